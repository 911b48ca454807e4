// What a model judge is asked and how its reply is read, as one data file: data/rubrics
// (format: the README there).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "evals/judges/reply_parser.h"
#include "sightline/request.h"

namespace sightline {

// Immutable; const use is thread-safe.
class Rubric {
 public:
  using SlotText = std::function<std::string(const std::string& slot)>;

  // An id of data/rubrics, or the path of a .json file in the same layout. `official` reads replies
  // as the published script did, flaws included, where the file says how. Throws kNotFound,
  // kBadFile.
  static Rubric load(const std::string& name, bool official = false);
  static Rubric parse(const Json& document, const std::string& origin, bool official = false);

  // The turns to send: the system text when there is one, then the user's, with the slots filled
  // in; `variant` chooses among several templates. What a slot is filled with is never searched for
  // slots again. Throws what `slot` throws; kUsage for an unknown variant.
  Conversation fill(const SlotText& slot, const std::string& variant = "") const;

  // The user's text alone.
  std::string text(const SlotText& slot, const std::string& variant = "") const;

  const ReplyField& field(const std::string& name) const;  // kBadFile when the file has none

  // The label that a value of the field "verdict" carries; empty when none does.
  std::string label_of(const ReplyValue& value) const;
  std::string labels() const;  // "safe,unsafe"

  const std::string& id() const { return id_; }
  const std::string& sha256() const { return sha256_; }
  std::string identity() const { return id_ + ":" + sha256_; }
  bool picture() const { return picture_; }  // the judge sees the pictures of the request
  bool raw() const { return raw_; }  // the text is the whole prompt, special tokens included
  int max_new_tokens() const { return max_new_tokens_; }
  const Json& extra() const { return extra_; }  // what only one judge reads: codes, personas

 private:
  struct LabelRule {
    std::string label;
    std::vector<std::string> texts;
    double from = 0;
    double to = -1;  // numbers from…to, none when to < from
  };

  void read_labels(const Json& labels);
  void check_slots() const;
  std::string trimmed_slot(const std::string& name, std::string text) const;

  std::string origin_;
  std::string id_;
  std::string sha256_;
  std::string system_;
  std::map<std::string, std::string> templates_;  // by variant; "" where there is one
  std::vector<std::string> slots_;
  std::map<std::string, std::string> after_;  // slot → text after whose last occurrence it begins
  std::map<std::string, std::size_t> cut_;    // slot → characters it is cut to
  std::map<std::string, ReplyField> fields_;
  std::vector<LabelRule> labels_;
  bool picture_ = false;
  bool raw_ = false;
  int max_new_tokens_ = 0;
  Json extra_;
};

}  // namespace sightline
