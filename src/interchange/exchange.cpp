#include "interchange/exchange.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "base/json.h"
#include "base/sha256.h"

namespace sightline {
namespace {

constexpr std::string_view kHashed = "sha256:";

std::string last_words(const Sample& sample) {
  for (auto message = sample.conversation.rbegin(); message != sample.conversation.rend();
       ++message) {
    if (message->role != "user") continue;
    std::string text;
    for (const Part& part : message->parts) text += part.text;
    return text;
  }
  return "";
}

}  // namespace

void set_model(Exchange& exchange, const ImportFiles& from, const std::string& model,
               const std::filesystem::path& file) {
  if (exchange.model.empty()) exchange.model = from.model.empty() ? model : from.model;
  if (!from.model.empty() || model == exchange.model) return;
  fail_with_hint(ErrorKind::kUsage, "import one model at a time, or name it with --model",
                 "'{}' has answers of '{}', others of '{}'", file.string(), model, exchange.model);
}

std::string item_id(const Sample& sample) {
  const auto found = sample.meta.find("item_id");
  return found == sample.meta.end() ? sample.id : found->second;
}

int epoch(const Sample& sample) {
  const auto found = sample.meta.find("epoch");
  if (found == sample.meta.end()) return 1;
  int number = 1;
  const std::string& text = found->second;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::max(1, number);
}

void set_epoch(Sample& sample, int number) {
  if (number == 1) return;
  sample.meta["item_id"] = sample.id;
  sample.meta["epoch"] = std::to_string(number);
  sample.id += '@';
  sample.id += std::to_string(number);
}

std::string prompt_of(const Sample& sample, bool embed) {
  std::string text = last_words(sample);
  if (embed || text.empty() || text.starts_with(kHashed)) return text;
  return std::string(kHashed) + sha256(text);
}

void set_prompt(Sample& sample, const std::string& text, std::shared_ptr<const Picture> picture) {
  sample.conversation = ask(text, std::move(picture));
  const auto shown = picture_of(sample);
  sample.variant = shown ? "picture" : "text_only";
  if (shown) sample.cluster = shown->sha256;
  if (sample.cluster.empty()) sample.cluster = text.empty() ? sample.id : sha256(text);
}

std::shared_ptr<const Picture> picture_of(const Sample& sample) {
  for (const Message& message : sample.conversation) {
    for (const Part& part : message.parts) {
      if (part.picture) return part.picture;
    }
  }
  return nullptr;
}

std::string gold_of(const Sample& sample) {
  if (sample.expected_json.empty()) return "";
  const Json expected = parse_json(sample.expected_json, "sample " + sample.id);
  const auto answer = expected.is_object() ? expected.find("answer") : expected.end();
  if (answer == expected.end()) return "";
  if (answer->is_array() && answer->size() == 1) {
    return answer->front().is_string() ? answer->front().get<std::string>() : dump_json(*answer);
  }
  return answer->is_string() ? answer->get<std::string>() : dump_json(*answer);
}

void set_gold(Sample& sample, const std::string& gold) {
  sample.expected_json = gold.empty() ? "{}" : dump_json({{"answer", gold}});
}

Verdict headline(const ExchangeRecord& record) {
  if (!record.judgements.empty()) return record.judgements.front().verdict;
  Verdict none;
  none.status = record.answer.status == Status::kOk ? Status::kUnparsed : record.answer.status;
  none.reason = "not judged";
  return none;
}

std::string subject_of(const Exchange& exchange, const ExchangeRecord& record) {
  return record.defence == "none" ? exchange.model : exchange.model + "+" + record.defence;
}

namespace {

constexpr std::size_t kMaxFileNamePart = 100;

// Other characters than plain ones as "_".
std::string plain_characters(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kMaxFileNamePart)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '+' || c == '.' || c == '_';
    out += plain ? c : '_';
  }
  if (out.empty() || out.front() == '.') out.insert(out.begin(), '_');
  return out;
}

// Only the model is a path that may be shortened: what differs of a defence is all of it.
ExchangePart part_of(const Exchange& exchange, const ExchangeRecord& record) {
  const std::string& defence = record.defence;
  std::string subject = file_name_part(exchange.model);
  if (defence != "none") subject += "+" + plain_characters(defence);
  return {.benchmark = {record.benchmark, file_name_part(record.benchmark)},
          .subject = {subject_of(exchange, record), subject.substr(0, kMaxFileNamePart)},
          .defence = {defence, plain_characters(defence)},
          .records = {}};
}

void tell_apart(std::vector<ExchangePart>& parts, FileNamed ExchangePart::*name) {
  constexpr std::size_t kHashDigits = 8;
  std::map<std::string, std::set<std::string>> texts;  // by their name in files
  for (const ExchangePart& part : parts) texts[(part.*name).file].insert((part.*name).text);
  for (ExchangePart& part : parts) {
    FileNamed& one = part.*name;
    if (texts.at(one.file).size() > 1) one.file += "-" + sha256(one.text).substr(0, kHashDigits);
  }
}

}  // namespace

std::vector<ExchangePart> parts_of(const Exchange& exchange) {
  std::vector<ExchangePart> parts;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (const ExchangeRecord& record : exchange.records) {
    const std::string subject = subject_of(exchange, record);
    const auto [place, fresh] = places.emplace(std::pair(record.benchmark, subject), parts.size());
    if (fresh) parts.push_back(part_of(exchange, record));
    parts[place->second].records.push_back(&record);
  }
  tell_apart(parts, &ExchangePart::benchmark);
  tell_apart(parts, &ExchangePart::subject);
  tell_apart(parts, &ExchangePart::defence);
  return parts;
}

std::string file_name_part(std::string_view text) {
  const std::size_t last = text.rfind('/');
  if (last != std::string_view::npos && last > 0) {
    const std::size_t before = text.rfind('/', last - 1);
    if (before != std::string_view::npos) text.remove_prefix(before + 1);
  }
  return plain_characters(text);
}

}  // namespace sightline
