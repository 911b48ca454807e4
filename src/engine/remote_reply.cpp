#include "engine/remote_reply.h"

#include <algorithm>

#include "base/json.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxMessageBytes = 300;

// `object[key]`, or null.
const Json& at(const Json& object, const char* key) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t count_of(const Json& object, const char* key) {
  const Json& value = at(object, key);
  if (!value.is_number_integer()) return 0;
  return std::max<std::int64_t>(0, value.get<std::int64_t>());
}

// One printable line; servers send pages of HTML and worse.
std::string short_line(std::string text) {
  text.resize(std::min(text.size(), kMaxMessageBytes));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

// The message of an error object in any of its usual shapes; empty when there is none.
std::string error_message(const Json& document) {
  const Json& error = at(document, "error");
  for (const Json* place :
       {&at(error, "message"), &error, &at(document, "message"), &at(document, "detail")}) {
    if (place->is_string()) return short_line(text_of(*place));
  }
  return error.is_null() ? "" : short_line(dump_json(error));
}

// A string, or a list of text parts. Nothing else is an answer.
std::optional<std::string> content_text(const Json& content) {
  if (content.is_string()) return text_of(content);
  if (!content.is_array()) return std::nullopt;
  std::string text;
  for (const Json& part : content) text += text_of(at(part, "text"));
  return text;
}

// A model that refuses in a structured way leaves `content` null and says it in `refusal`.
std::string message_text(const Json& message, const std::string& origin) {
  if (const auto text = content_text(at(message, "content"))) return *text;
  if (at(message, "refusal").is_string()) return text_of(at(message, "refusal"));
  fail(ErrorKind::kRemote, "{}: the reply has no choices[0].message.content", origin);
}

Json parse_reply(std::string_view body, const std::string& origin) {
  try {
    return parse_json(body, origin);
  } catch (const Error& error) {
    fail(ErrorKind::kRemote, "the reply is no JSON: {}", error.message());
  }
}

Usage usage_of(const Json& usage) {
  return {.prompt_tokens = count_of(usage, "prompt_tokens"),
          .cached_tokens = count_of(at(usage, "prompt_tokens_details"), "cached_tokens"),
          .image_tokens = 0,
          .completion_tokens = count_of(usage, "completion_tokens")};
}

}  // namespace

Generation read_chat_reply(std::string_view body, const std::string& origin) {
  const Json document = parse_reply(body, origin);
  const Json& choices = at(document, "choices");
  if (!choices.is_array() || choices.empty()) {
    const std::string message = error_message(document);
    fail(ErrorKind::kRemote, "{}: {}", origin,
         message.empty() ? "the reply has no choices[0]" : message);
  }
  const std::string reason = text_of(at(choices[0], "finish_reason"));
  if (reason == "content_filter") {
    throw NoAnswer(NoAnswer::Why::kFiltered, origin + ": the server's content filter acted");
  }
  Generation out;
  out.text = message_text(at(choices[0], "message"), origin);
  out.finish = reason == "length" ? FinishReason::kLength : FinishReason::kStop;
  out.usage = usage_of(at(document, "usage"));
  return out;
}

RemoteRefusal read_refusal(std::string_view body) {
  try {
    const Json document = parse_json(body, "reply");
    const Json& error = at(document, "error");
    return {.message = error_message(document),
            .filtered = text_of(at(error, "code")) == "content_filter"};
  } catch (const Error&) {
    return {.message = short_line(std::string(body))};
  }
}

}  // namespace sightline
