#include "evals/judges/rubric.h"

#include <algorithm>

#include "base/prompt.h"
#include "evals/hashed_document.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

constexpr int kMostTokens = 100'000;

Json field_policy(const Json& policy, bool official) {
  Json out = policy;
  if (official && policy.contains("official")) out.update(policy.at("official"));
  return out;
}

// `text` with each {slot} of `slots` replaced.
std::string filled(std::string_view text, const std::vector<std::string>& slots,
                   const Rubric::SlotText& slot) {
  return fill_slots(text, [&](const std::string& name) -> std::optional<std::string> {
    if (std::find(slots.begin(), slots.end(), name) == slots.end()) return std::nullopt;
    return slot(name);
  });
}

}  // namespace

Rubric Rubric::load(const std::string& name, bool official) {
  if (name.ends_with(".json")) return parse(read_json(name), name, official);
  const NamedDocument found = read_document("rubrics", name, "rubric");
  return parse(found.json, found.origin, official);
}

Rubric Rubric::parse(const Json& document, const std::string& origin, bool official) {
  Rubric out;
  out.origin_ = origin;
  out.id_ = json_get<std::string>(document, "id", origin);
  out.system_ = json_get_or<std::string>(document, "system", origin, "");
  out.picture_ = json_get_or<bool>(document, "picture", origin, false);
  out.raw_ = json_get_or<bool>(document, "raw", origin, false);
  out.extra_ = json_get_or<Json>(document, "extra", origin, Json::object());
  const auto tokens = json_get<std::int64_t>(document, "max_new_tokens", origin);
  if (tokens < 1 || tokens > kMostTokens) {
    detail::json_wrong(origin, "max_new_tokens", tokens, "1 to 100000");
  }
  out.max_new_tokens_ = static_cast<int>(tokens);
  if (document.contains("template")) {
    out.templates_[""] = json_get<std::string>(document, "template", origin);
  } else {
    const Json templates = json_get<Json>(document, "templates", origin);
    for (const auto& [variant, text] : templates.items()) {
      if (!text.is_string()) detail::json_wrong(origin, "templates", text, "texts");
      out.templates_[variant] = text.get<std::string>();
    }
  }
  for (const Json& slot : json_get<Json>(document, "slots", origin)) {
    if (!slot.is_string()) detail::json_wrong(origin, "slots", slot, "texts");
    out.slots_.push_back(slot.get<std::string>());
  }
  out.check_slots();
  const Json after = json_get_or<Json>(document, "after", origin, Json::object());
  for (const auto& [slot, text] : after.items()) {
    if (!text.is_string()) detail::json_wrong(origin, "after", text, "texts");
    out.after_[slot] = text.get<std::string>();
  }
  const Json cut = json_get_or<Json>(document, "cut", origin, Json::object());
  for (const auto& [slot, count] : cut.items()) {
    const bool size = count.is_number_integer() && count.get<std::int64_t>() >= 0;
    if (!size) detail::json_wrong(origin, "cut", count, "numbers of characters");
    out.cut_[slot] = count.get<std::size_t>();
  }
  const Json parser = json_get<Json>(document, "parser", origin);
  for (const auto& [field, policy] : parser.items()) {
    out.fields_.emplace(field, ReplyField(field_policy(policy, official), origin));
  }
  out.read_labels(json_get_or<Json>(document, "labels", origin, Json::array()));
  // A file of the user's own may come without a hash.
  out.sha256_ = document.contains("sha256") ? checked_document_hash(document, origin)
                                            : document_hash(document);
  return out;
}

void Rubric::read_labels(const Json& labels) {
  for (const Json& rule : labels) {
    LabelRule& added = labels_.emplace_back();
    added.label = json_get<std::string>(rule, "label", origin_);
    if (!rule.contains("texts")) {
      added.from = json_get<double>(rule, "from", origin_);
      added.to = json_get<double>(rule, "to", origin_);
      continue;
    }
    for (const Json& text : rule.at("texts")) {
      if (!text.is_string()) detail::json_wrong(origin_, "texts", text, "texts");
      added.texts.push_back(text.get<std::string>());
    }
  }
}

void Rubric::check_slots() const {
  for (const std::string& slot : slots_) {
    const bool used = std::any_of(templates_.begin(), templates_.end(), [&](const auto& one) {
      return one.second.find("{" + slot + "}") != std::string::npos;
    });
    if (!used && system_.find("{" + slot + "}") == std::string::npos) {
      fail(ErrorKind::kBadFile, "{}: no template has the slot '{}'", origin_, slot);
    }
  }
}

std::string Rubric::trimmed_slot(const std::string& name, std::string text) const {
  if (const auto after = after_.find(name); after != after_.end()) {
    const std::size_t at = text.rfind(after->second);
    if (at != std::string::npos) text = text.substr(at + after->second.size());
  }
  const auto cut = cut_.find(name);
  if (cut == cut_.end()) return text;
  return std::string(first_characters(text::repair_utf8(text), cut->second));
}

std::string Rubric::text(const SlotText& slot, const std::string& variant) const {
  const auto found = templates_.find(variant);
  if (found == templates_.end()) {
    fail(ErrorKind::kUsage, "{}: no template '{}'", origin_, variant);
  }
  return filled(found->second, slots_,
                [&](const std::string& name) { return trimmed_slot(name, slot(name)); });
}

Conversation Rubric::fill(const SlotText& slot, const std::string& variant) const {
  Conversation out;
  if (!system_.empty()) out.push_back(Message::text("system", filled(system_, slots_, slot)));
  out.push_back(Message::text(raw_ ? "raw" : "user", text(slot, variant)));
  return out;
}

const ReplyField& Rubric::field(const std::string& name) const {
  const auto found = fields_.find(name);
  if (found == fields_.end()) {
    fail(ErrorKind::kBadFile, "{}: its parser has no field '{}'", origin_, name);
  }
  return found->second;
}

std::string Rubric::label_of(const ReplyValue& value) const {
  for (const LabelRule& rule : labels_) {
    const bool named =
        std::find(rule.texts.begin(), rule.texts.end(), value.text) != rule.texts.end();
    const bool within = value.number && *value.number >= rule.from && *value.number <= rule.to;
    if (named || within) return rule.label;
  }
  return "";
}

std::string Rubric::labels() const {
  std::string out;
  for (const LabelRule& rule : labels_) out += (out.empty() ? "" : ",") + rule.label;
  return out;
}

}  // namespace sightline
