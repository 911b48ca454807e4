#include "evals/judges/model_judge.h"

#include <utility>

#include "evals/judges/gold.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

std::shared_ptr<Generator> generator_of(const JudgeContext& context, const std::string& name) {
  if (!context.generator) {
    fail_with_hint(ErrorKind::kUsage, "judge the stored run with 'sightline judge'",
                   "this judge asks a model, and there is none to ask here");
  }
  return context.generator(name);
}

std::string joined(const std::vector<std::string>& accepted) {
  std::string out;
  for (const std::string& one : accepted) out += (out.empty() ? "" : " or ") + one;
  return out;
}

// A value of the sample's gold or notes.
std::string noted(const Sample& sample, const std::string& name) {
  const std::string origin = "sample " + sample.id;
  const Json expected = parse_json(sample.expected_json, origin);
  if (expected.is_object() && expected.contains(name)) {
    const Json& value = expected.at(name);
    return value.is_string() ? value.get<std::string>() : dump_json(value);
  }
  const auto note = sample.meta.find(name);
  if (note == sample.meta.end()) {
    fail(ErrorKind::kBadFile, "{}: has no '{}', which this judge needs", origin, name);
  }
  return note->second;
}

std::string identity_of(const ModelInfo& info) {
  std::string out = "model " + info.name;
  for (const std::string& part : {info.dtype, info.weights_sha256, info.template_sha256}) {
    if (!part.empty()) out += " " + part;
  }
  return out;
}

// "safe" or "unsafe", as the item is known to be: noted, or the last letter of a three-letter code
// (picture, words, both together) that is its subset.
std::string safety_label(const Sample& sample) {
  const std::string& code = sample.subset;
  if (code.size() != 3 || code.find_first_not_of("SU") != std::string::npos) {
    return noted(sample, "label");
  }
  return code.back() == 'S' ? "safe" : "unsafe";
}

class RubricJudge : public Judge {
 public:
  RubricJudge(std::string name, const Json& options, const JudgeContext& context)
      : name_(std::move(name)),
        official_(reads_as_official(options)),
        rubric_(Rubric::load(options.at("rubric").get<std::string>(), official_)),
        model_(context, options.at("model").get<std::string>()) {}

  std::string identity() const override {
    return name_ + (official_ ? "(parse=official) " : " ") + rubric_.identity() + " " +
           model_.identity();
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    return judge_by(rubric_, model_, sample, text);
  }

  std::string name_;
  bool official_;
  Rubric rubric_;
  JudgeModel model_;
};

}  // namespace

JudgeModel::JudgeModel(const JudgeContext& context, const std::string& name)
    : generator_(generator_of(context, name)), identity_(identity_of(generator_->info())) {}

JudgeReply JudgeModel::ask(Conversation conversation, int max_new_tokens,
                           std::vector<TokenGroup> first_token) const {
  Request request;
  request.first_token = std::move(first_token);
  request.conversation = std::move(conversation);
  request.sampling.max_new_tokens = max_new_tokens;
  JudgeReply reply;
  try {
    Generation generation = generator_->generate(request);
    reply.text = std::move(generation.text);
    reply.usage = generation.usage;
    reply.first_token = std::move(generation.first_token_scores);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    return {.status = Status::kError,
            .text = "",
            .why = format("{}: {}", name_of(error.kind()), error.message()),
            .usage = {}};
  } catch (const std::exception& error) {  // LibTorch's, with a stack after the first line
    const std::string_view what = error.what();
    return {.status = Status::kError,
            .text = "",
            .why = std::string(what.substr(0, what.find('\n'))),
            .usage = {}};
  }
  if (is_blank(text::repair_utf8(reply.text))) {
    reply.status = Status::kUnparsed;
    reply.why = "the judge said nothing";
  }
  return reply;
}

OptionTable model_options() {
  return {{"model", "", "model that judges; absent: the one of --judge-model"}};
}

OptionTable rubric_options(const char* rubric) {
  OptionTable options = model_options();
  options.push_back({"rubric", rubric, "a file of data/rubrics without .json, or a path"});
  options.push_back({"parse",
                     "strict",
                     "how replies are read; official: as the published script, flaws included",
                     {},
                     {},
                     {"strict", "official"}});
  return options;
}

std::string last_words(const Sample& sample) {
  for (auto message = sample.conversation.rbegin(); message != sample.conversation.rend();
       ++message) {
    if (message->role != "user") continue;
    std::string words;
    for (const Part& part : message->parts) {
      if (!part.picture) words += (words.empty() ? "" : "\n") + part.text;
    }
    return words;
  }
  return "";
}

Rubric::SlotText slots_of(const Sample& sample, std::string_view answer) {
  return [&sample, answer](const std::string& slot) -> std::string {
    if (slot == "answer") return std::string(answer);
    if (slot == "gold") return joined(accepted_answers(sample));
    if (slot == "label") return safety_label(sample);
    if (slot != "request") return noted(sample, slot);
    const auto bare = sample.meta.find("request");
    return bare == sample.meta.end() ? last_words(sample) : bare->second;
  };
}

void add_pictures(Conversation& conversation, const Sample& sample) {
  std::vector<Part> parts;
  for (const Message& message : sample.conversation) {
    for (const Part& part : message.parts) {
      if (part.picture) parts.push_back(part);
    }
  }
  std::vector<Part>& last = conversation.back().parts;
  last.insert(last.begin(), parts.begin(), parts.end());
}

Verdict no_verdict(const JudgeReply& reply, const std::string& problem) {
  Verdict verdict;
  verdict.raw = reply.text;
  verdict.status = reply.status == Status::kOk ? Status::kUnparsed : reply.status;
  verdict.reason = reply.status == Status::kOk ? "the reply " + problem : reply.why;
  return verdict;
}

Verdict judge_by(const Rubric& rubric, const JudgeModel& model, const Sample& sample,
                 std::string_view answer, const std::string& variant) {
  Conversation conversation = rubric.fill(slots_of(sample, answer), variant);
  if (rubric.picture()) add_pictures(conversation, sample);
  const JudgeReply reply = model.ask(std::move(conversation), rubric.max_new_tokens());
  if (reply.status != Status::kOk) return no_verdict(reply);
  const ReplyValue value = rubric.field("verdict").read(reply.text);
  if (!value.ok()) return no_verdict(reply, value.problem);
  const std::string label = rubric.label_of(value);
  if (label.empty()) return no_verdict(reply, "says '" + value.text + "'");
  return {.label = label,
          .score = value.number.value_or(1),
          .reason = "said " + value.text,
          .raw = reply.text};
}

std::vector<TokenGroup> yes_no_groups() {
  return {{"yes", {"Yes", "yes", " Yes", " yes", "YES"}}, {"no", {"No", "no", " No", " no", "NO"}}};
}

std::optional<double> yes_share(const JudgeReply& reply) {
  const auto yes = reply.first_token.find("yes");
  const auto no = reply.first_token.find("no");
  if (yes == reply.first_token.end() || no == reply.first_token.end()) return std::nullopt;
  const double both = yes->second + no->second;
  return both > 0 ? std::optional(yes->second / both) : std::nullopt;
}

bool reads_as_official(const Json& options) { return options.at("parse") == "official"; }

std::string rubric_labels(const Json& options) {
  return Rubric::load(options.at("rubric").get<std::string>()).labels();
}

JudgeEntry rubric_judge(const char* name, const char* rubric, const char* summary) {
  return {.summary = summary,
          .options = rubric_options(rubric),
          .labels = "",
          .make =
              [name = std::string(name)](const Json& options, const JudgeContext& context) {
                return std::make_shared<RubricJudge>(name, options, context);
              },
          .labels_of = rubric_labels};
}

}  // namespace sightline
