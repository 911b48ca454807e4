#include "engine/remote_request.h"

#include <algorithm>

#include "base/json.h"
#include "image/picture_uri.h"

namespace sightline {
namespace {

void check(const Request& request) {
  if (request.conversation.empty()) fail(ErrorKind::kUsage, "the conversation is empty");
  const auto refuse = [](std::string_view what) {
    fail_with_hint(ErrorKind::kUnsupported, "use a model that runs here",
                   "{}, which an endpoint cannot do", what);
  };
  if (request.plan.needs_model()) {
    refuse("the plan reads or edits the model (taps, pixels, branches or gates)");
  }
  for (const Message& message : request.conversation) {
    if (message.role == "raw") refuse("the prompt is one text without turns");
    if (message.role == "prefill") refuse("the answer is to go on from given words");
  }
  if (!request.sampling.stop_ids.empty()) refuse("token ids are to end the answer");
  if (request.sampling.max_new_tokens < 1) refuse("the prompt is to be read without an answer");
}

Json content_of(const Message& message) {
  const bool has_picture = std::any_of(message.parts.begin(), message.parts.end(),
                                       [](const Part& part) { return part.picture != nullptr; });
  if (!has_picture) {  // what servers of text models understand too
    std::string text;
    for (const Part& part : message.parts) text += part.text;
    return text;
  }
  Json parts = Json::array();
  for (const Part& part : message.parts) {
    if (part.picture) {
      parts.push_back(
          {{"type", "image_url"}, {"image_url", {{"url", picture_uri(part.picture->bytes())}}}});
    } else {
      parts.push_back({{"type", "text"}, {"text", part.text}});
    }
  }
  return parts;
}

}  // namespace

std::string chat_request_body(const Request& request, const RemoteDialect& dialect) {
  check(request);
  const Sampling& sampling = request.sampling;
  Json body = {{"model", dialect.model},
               {"messages", Json::array()},
               {"temperature", sampling.temperature},
               {"top_p", sampling.top_p},
               {"seed", sampling.seed}};
  body[dialect.max_completion_tokens ? "max_completion_tokens" : "max_tokens"] =
      sampling.max_new_tokens;
  if (sampling.top_k > 0) body["top_k"] = sampling.top_k;  // not OpenAI's, but of most others
  if (!sampling.stop.empty()) body["stop"] = sampling.stop;
  for (const Message& message : request.conversation) {
    body["messages"].push_back({{"role", message.role}, {"content", content_of(message)}});
  }
  return dump_json(body);
}

}  // namespace sightline
