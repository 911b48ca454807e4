#include "engine/remote_address.h"

#include <curl/curl.h>

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
  const bool is_local = host == "localhost" || host.starts_with("127.") || host == "[::1]";
  address.is_private = is_local || address.base.starts_with("https://");
  return address;
}

}  // namespace sightline
