#include "training/rendering.h"

#include <algorithm>
#include <array>

#include "base/near.h"
#include "engine/encode.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// LLaVA's conversation.py: the texts its trainers put around turns.
struct FixedTemplate {
  std::string_view name;
  std::string_view system;
  std::string_view before_user;
  std::string_view before_answer;
  std::string_view end;
};

constexpr std::array kFixed = {
    FixedTemplate{"vicuna_v1",
                  "A chat between a curious user and an artificial intelligence assistant. The "
                  "assistant gives helpful, detailed, and polite answers to the user's questions.",
                  "USER: ", " ASSISTANT:", "</s>"},
    FixedTemplate{"llava_v1",
                  "A chat between a curious human and an artificial intelligence assistant. The "
                  "assistant gives helpful, detailed, and polite answers to the human's questions.",
                  "USER: ", " ASSISTANT:", "</s>"},
    FixedTemplate{"llama2", "", "[INST] ", " [/INST]", " </s>"},
};
constexpr std::string_view kPlain = "plain";
constexpr std::string_view kCheckpoint = "checkpoint";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

void refuse_marks(const TrainingRecord& record, const std::string& text, std::string_view mark) {
  if (mark.empty() || text.find(mark) == std::string::npos) return;
  fail(ErrorKind::kBadFile, "record '{}': a turn holds '{}', which the template uses itself",
       record.id, mark);
}

std::string_view trimmed_mark(std::string_view mark) {
  while (mark.starts_with(' ')) mark.remove_prefix(1);
  while (mark.ends_with(' ')) mark.remove_suffix(1);
  return mark;
}

RenderedRecord render_fixed(const TrainingRecord& record, const FixedTemplate& form,
                            const Bundle& bundle) {
  RenderedRecord out;
  const std::string system = record.system.empty() ? std::string(form.system) : record.system;
  const bool llama = form.name == "llama2";
  if (!llama) out.text = system + " ";
  for (std::size_t turn = 0; turn < record.turns.size(); ++turn) {
    const TrainingTurn& one = record.turns[turn];
    for (const std::string_view mark : {form.before_answer, form.end}) {
      refuse_marks(record, one.text, trimmed_mark(mark));
    }
    if (one.role == "user") {
      out.text += form.before_user;
      if (llama && turn == 0 && !system.empty()) {
        out.text += "<<SYS>>\n" + system + "\n<</SYS>>\n\n";
      }
      out.text += replaced(one.text, kImageTag, bundle.image_text);
      continue;
    }
    out.text += form.before_answer;
    AnswerSpan span{.turn = turn, .begin = out.text.size()};
    out.text += " " + one.text;
    span.end = out.text.size();
    out.text += form.end;
    span.limit = out.text.size();
    out.answers.push_back(span);
  }
  return out;
}

// "<image>{caption}\n": no system, no roles; caption and newline are targets.
RenderedRecord render_plain(const TrainingRecord& record, const Bundle& bundle) {
  if (record.turns.size() != 2) {
    fail(ErrorKind::kBadFile, "record '{}': template 'plain' takes one question and its caption",
         record.id);
  }
  RenderedRecord out;
  for (std::size_t n = 0; n < record.images.size(); ++n) out.text += bundle.image_text;
  AnswerSpan span{.turn = 1, .begin = out.text.size()};
  out.text += record.turns[1].text + "\n";
  span.end = span.limit = out.text.size();
  out.answers.push_back(span);
  return out;
}

// Text and image tags as parts, as requests have them. The newline after a tag is the tag's.
OrderedJson content_of(const std::string& text) {
  if (text.find(kImageTag) == std::string::npos) return text;
  OrderedJson parts = OrderedJson::array();
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t tag = std::min(text.find(kImageTag, at), text.size());
    if (tag > at) parts.push_back({{"type", "text"}, {"text", text.substr(at, tag - at)}});
    if (tag == text.size()) break;
    parts.push_back({{"type", "image"}});
    at = tag + kImageTag.size();
    if (at < text.size() && text[at] == '\n') ++at;
  }
  return parts;
}

OrderedJson messages_of(const TrainingRecord& record) {
  OrderedJson out = OrderedJson::array();
  if (!record.system.empty()) out.push_back({{"role", "system"}, {"content", record.system}});
  for (const TrainingTurn& turn : record.turns) {
    out.push_back({{"role", turn.role}, {"content", content_of(turn.text)}});
  }
  return out;
}

[[noreturn]] void fail_uncut(const TrainingRecord& record, const char* why) {
  fail_with_hint(ErrorKind::kUnsupported, "choose another template for training",
                 "record '{}': the model's chat template {}", record.id, why);
}

// Where the answer's own text ends; templates may trim it.
std::size_t answer_end(const TrainingRecord& record, const TrainingTurn& turn,
                       const std::string& text, std::size_t begin) {
  const std::size_t first = turn.text.find_first_not_of(" \n\t\r");
  if (first == std::string::npos) fail_uncut(record, "was given an empty answer");
  const std::size_t start = text.find_first_not_of(" \n\t\r", begin);
  const std::size_t last = turn.text.find_last_not_of(" \n\t\r");
  const std::string core = turn.text.substr(first, last - first + 1);
  if (start == std::string::npos || text.compare(start, core.size(), core) != 0) {
    fail_uncut(record, "rewrites an answer");
  }
  const std::size_t end = start + core.size();
  const std::string tail = turn.text.substr(last + 1);
  return text.compare(end, tail.size(), tail) == 0 ? end + tail.size() : end;
}

RenderedRecord render_checkpoint(const TrainingRecord& record, const Bundle& bundle) {
  if (!bundle.chat_template) {
    fail_with_hint(ErrorKind::kUsage, "add chat_template.jinja, or name another template",
                   "model '{}' has no chat template", bundle.name);
  }
  TemplateOptions options = template_options(bundle);
  const OrderedJson all = messages_of(record);
  const std::size_t systems = all.size() - record.turns.size();
  RenderedRecord out{.text = bundle.chat_template->render(all, options)};
  for (std::size_t turn = 0; turn < record.turns.size(); ++turn) {
    const TrainingTurn& one = record.turns[turn];
    refuse_marks(record, one.text, bundle.eos_token);
    if (one.role != "assistant") continue;
    const auto before = static_cast<std::ptrdiff_t>(systems + turn);
    options.add_generation_prompt = true;
    const OrderedJson head(OrderedJson::array_t(all.begin(), all.begin() + before));
    const std::string prompt = bundle.chat_template->render(head, options);
    options.add_generation_prompt = false;
    if (!out.text.starts_with(prompt)) fail_uncut(record, "changes earlier turns");
    const OrderedJson whole(OrderedJson::array_t(all.begin(), all.begin() + before + 1));
    const std::string turns = bundle.chat_template->render(whole, options);
    if (!out.text.starts_with(turns)) fail_uncut(record, "changes earlier turns");
    out.answers.push_back({.turn = turn,
                           .begin = prompt.size(),
                           .end = answer_end(record, one, out.text, prompt.size()),
                           .limit = turns.size()});
  }
  return out;
}

}  // namespace

std::vector<std::string> training_template_names() {
  std::vector<std::string> names{std::string(kCheckpoint), std::string(kPlain)};
  for (const FixedTemplate& form : kFixed) names.emplace_back(form.name);
  return names;
}

void expect_template_fits(const std::string& template_name, const Bundle& bundle) {
  const auto form = std::ranges::find(kFixed, template_name, &FixedTemplate::name);
  if (form == kFixed.end()) return;
  const std::string_view end = trimmed_mark(form->end);
  const auto id = bundle.tokenizer->token_id(end);
  if (id && bundle.tokenizer->is_special(*id)) return;
  fail_with_hint(ErrorKind::kUnsupported,
                 "template=checkpoint writes turns as the model knows them; template_force=true "
                 "trains all the same",
                 "template '{}' ends turns with '{}', which is no special token of model '{}'",
                 template_name, end, bundle.name);
}

RenderedRecord render_record(const TrainingRecord& record, const std::string& template_name,
                             const Bundle& bundle) {
  if (template_name == kCheckpoint) return render_checkpoint(record, bundle);
  if (template_name == kPlain) return render_plain(record, bundle);
  const auto form = std::ranges::find(kFixed, template_name, &FixedTemplate::name);
  if (form == kFixed.end()) {
    fail_with_hint(ErrorKind::kUsage, near_names_hint(template_name, training_template_names()),
                   "no training template '{}'", template_name);
  }
  return render_fixed(record, *form, bundle);
}

}  // namespace sightline
