// What a server of the OpenAI chat API says. The text is hostile: wrong types are errors, never
// crashes.
#pragma once

#include <string>
#include <string_view>

#include "sightline/generator.h"

namespace sightline {

// The answer of a reply with status 200. `origin` names the server in messages. Throws
// Error{kRemote} for a reply that is none, NoAnswer when the server's filter kept it.
Generation read_chat_reply(std::string_view body, const std::string& origin);

struct RemoteRefusal {
  std::string message;    // one short line; may be empty
  bool filtered = false;  // the prompt was refused by a content filter
};

// What a reply with another status says of its reason.
RemoteRefusal read_refusal(std::string_view body);

}  // namespace sightline
