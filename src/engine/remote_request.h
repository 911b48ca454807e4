// A request in the words of the OpenAI chat API.
#pragma once

#include <string>

#include "sightline/request.h"

namespace sightline {

struct RemoteDialect {
  std::string model;
  bool max_completion_tokens = false;  // servers that refuse max_tokens want this name
};

// The JSON body: pictures are data URIs, a message without pictures is plain text. Throws Error:
// kUsage (empty conversation), kUnsupported (what only a local model can do).
std::string chat_request_body(const Request& request, const RemoteDialect& dialect);

}  // namespace sightline
