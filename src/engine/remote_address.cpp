#include "engine/remote_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <cstdint>
#include <memory>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr const char* kShape = "an endpoint is given as 'https://host/v1#model'";

using Url = std::unique_ptr<CURLU, decltype(&::curl_url_cleanup)>;

// Empty for a part that is not there.
std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (::curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string out = text;
  ::curl_free(text);
  return out;
}

// By the address itself, never by how a name looks: anyone may own "127.example.org".
bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  constexpr std::uint32_t kLoopback = 127;  // of the network 127.0.0.0/8
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1 &&
         (ntohl(address.s_addr) >> 24) == kLoopback;
}

}  // namespace

bool is_remote_model(std::string_view model) {
  return model.starts_with("http://") || model.starts_with("https://");
}

RemoteAddress parse_remote_address(const std::string& model) {
  const std::size_t mark = model.find('#');
  const Url url(::curl_url(), ::curl_url_cleanup);
  if (::curl_url_set(url.get(), CURLUPART_URL, model.substr(0, mark).c_str(), 0) != CURLUE_OK) {
    fail_with_hint(ErrorKind::kUsage, kShape, "the endpoint's address is malformed");
  }
  const std::string host = part_of(url.get(), CURLUPART_HOST);
  if (!part_of(url.get(), CURLUPART_USER).empty() ||
      !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
    fail_with_hint(ErrorKind::kUsage, "the key is read from the environment: SIGHTLINE_API_KEY",
                   "the address of the endpoint at {} holds credentials", host);
  }
  if (!part_of(url.get(), CURLUPART_QUERY).empty()) {
    fail_with_hint(ErrorKind::kUsage, kShape, "the address of the endpoint at {} has a query",
                   host);
  }
  RemoteAddress address;
  address.base = part_of(url.get(), CURLUPART_URL);
  while (address.base.ends_with('/')) address.base.pop_back();
  if (mark != std::string::npos) address.model = model.substr(mark + 1);
  if (address.model.empty()) {
    fail_with_hint(ErrorKind::kUsage, kShape, "no model is named after {}#", address.base);
  }
  address.host = host;
  address.is_local = is_loopback(host);
  address.is_private = address.is_local || address.base.starts_with("https://");
  return address;
}

}  // namespace sightline
