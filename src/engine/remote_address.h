// Where a remote model is: "https://host/v1#model".
#pragma once

#include <string>
#include <string_view>

namespace sightline {

struct RemoteAddress {
  std::string base;         // "https://host/v1", without a slash at its end
  std::string model;        // as the server calls it
  std::string host;         // "host", "127.0.0.1", "[::1]"
  bool is_local = false;    // this machine: localhost, 127.0.0.0/8, ::1
  bool is_private = false;  // encrypted, or never leaves this machine

  std::string name() const { return base + "#" + model; }
};

// True for what starts with http:// or https://.
bool is_remote_model(std::string_view model);

// Throws Error{kUsage} for a malformed address and for one that carries credentials or a query;
// the message does not repeat it then.
RemoteAddress parse_remote_address(const std::string& model);

}  // namespace sightline
