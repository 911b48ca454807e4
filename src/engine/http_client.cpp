#include "engine/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "sightline/error.h"

namespace sightline {
namespace {

using Outcome = HttpReply::Outcome;

constexpr long kConnectTimeoutMs = 15'000;
constexpr int kPollMs = 1000;

struct Body {
  std::string bytes;
  std::size_t limit = 0;
  bool too_large = false;
};

std::size_t take_bytes(const char* data, std::size_t size, std::size_t count, void* into) {
  Body& body = *static_cast<Body*>(into);
  const std::size_t more = size * count;
  if (more > body.limit - body.bytes.size()) {
    body.too_large = true;
    return 0;  // ends the transfer
  }
  body.bytes.append(data, more);
  return more;
}

using Headers = std::unique_ptr<curl_slist, decltype(&::curl_slist_free_all)>;

Headers headers_of(const HttpRequest& request) {
  curl_slist* list = nullptr;
  const auto add = [&](const std::string& line) {
    curl_slist* longer = ::curl_slist_append(list, line.c_str());
    if (longer == nullptr) fail(ErrorKind::kInternal, "no memory for the headers of a request");
    list = longer;
  };
  for (const std::string& line : request.headers) add(line);
  if (!request.body.empty()) {
    add("Content-Type: application/json");
    add("Expect:");  // no waiting for "100 Continue"
  }
  return Headers(list, ::curl_slist_free_all);
}

}  // namespace

// One easy handle that runs in a multi handle of its own, which can be woken to cancel it.
class HttpClient::Connection {
 public:
  Connection() : multi_(::curl_multi_init()), easy_(::curl_easy_init()) {
    if (multi_ == nullptr || easy_ == nullptr) fail(ErrorKind::kInternal, "libcurl does not start");
  }
  ~Connection() {
    ::curl_easy_cleanup(easy_);
    ::curl_multi_cleanup(multi_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  HttpReply send(const HttpRequest& request, const std::stop_token& cancel) {
    Body body{.bytes = {}, .limit = request.max_reply_bytes};
    const Headers headers = headers_of(request);
    set_up(request, headers.get(), body);
    char trouble[CURL_ERROR_SIZE] = "";
    ::curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, trouble);
    const CURLcode code = perform(cancel);
    HttpReply reply{.outcome = outcome_of(code, body), .body = std::move(body.bytes)};
    if (cancel.stop_requested() && reply.outcome != Outcome::kReply) {
      reply.outcome = Outcome::kCancelled;
    }
    reply.trouble = *trouble != '\0' ? trouble : ::curl_easy_strerror(code);
    if (reply.outcome == Outcome::kReply) read_facts(reply);
    ::curl_easy_reset(easy_);  // nothing of this call may be pointed at later
    return reply;
  }

 private:
  void set_up(const HttpRequest& request, curl_slist* headers, Body& body) {
    const auto set = [this](CURLoption option, auto value) {
      ::curl_easy_setopt(easy_, option, value);
    };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTPHEADER, headers);
    set(CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    set(CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(request.timeout_seconds * 1000)));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_reply_bytes));
    set(CURLOPT_WRITEFUNCTION, &take_bytes);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
    if (request.direct) set(CURLOPT_PROXY, "");
    if (request.body.empty()) return;
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }

  CURLcode perform(const std::stop_token& cancel) {
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    ::curl_multi_add_handle(multi_, easy_);
    {
      const std::stop_callback wake(cancel, [this] { ::curl_multi_wakeup(multi_); });
      int running = 1;
      while (running > 0 && !cancel.stop_requested()) {
        if (::curl_multi_perform(multi_, &running) != CURLM_OK) break;
        if (running > 0) ::curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
      }
    }
    int left = 0;
    while (const CURLMsg* message = ::curl_multi_info_read(multi_, &left)) {
      if (message->msg == CURLMSG_DONE) code = message->data.result;
    }
    ::curl_multi_remove_handle(multi_, easy_);
    return code;
  }

  Outcome outcome_of(CURLcode code, const Body& body) const {
    if (body.too_large) return Outcome::kTooLarge;
    curl_off_t sent_after = 0;  // microseconds until the connection stood; 0: never
    ::curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &sent_after);
    switch (code) {
      case CURLE_OK: return Outcome::kReply;
      case CURLE_FILESIZE_EXCEEDED: return Outcome::kTooLarge;
      case CURLE_OPERATION_TIMEDOUT: return sent_after > 0 ? Outcome::kTimeout : Outcome::kLost;
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_CONNECT:
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_SEND_ERROR:
      case CURLE_RECV_ERROR:
      case CURLE_GOT_NOTHING:
      case CURLE_PARTIAL_FILE:
      case CURLE_HTTP2:
      case CURLE_HTTP2_STREAM: return Outcome::kLost;
      default: return Outcome::kRefused;
    }
  }

  void read_facts(HttpReply& reply) const {
    long status = 0;
    curl_off_t retry_after = 0;
    ::curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    ::curl_easy_getinfo(easy_, CURLINFO_RETRY_AFTER, &retry_after);
    reply.status = static_cast<int>(status);
    reply.retry_after_seconds = static_cast<double>(retry_after);
  }

  CURLM* multi_;
  CURL* easy_;
};

HttpClient::HttpClient() {
  if (::curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    fail(ErrorKind::kInternal, "libcurl does not start");
  }
}

HttpClient::~HttpClient() {
  idle_.clear();
  ::curl_global_cleanup();
}

std::unique_ptr<HttpClient::Connection> HttpClient::take() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Connection>();
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void HttpClient::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

HttpReply HttpClient::send(const HttpRequest& request, std::stop_token cancel) {
  auto connection = take();
  HttpReply reply = connection->send(request, cancel);
  give_back(std::move(connection));
  return reply;
}

}  // namespace sightline
