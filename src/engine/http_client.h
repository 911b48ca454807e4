// Requests to HTTP servers that are not trusted: over verified TLS, within bounds, never
// redirected.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace sightline {

struct HttpRequest {
  std::string url;
  std::string body = {};                  // empty: GET, else POST of JSON
  std::vector<std::string> headers = {};  // "Name: value"
  double timeout_seconds = 60;            // from connecting to the last byte
  std::size_t max_reply_bytes = std::size_t{8} << 20;
  bool direct = false;  // past the proxies that the environment names
};

// What became of a request; a failure is a value, since most are tried again.
struct HttpReply {
  enum class Outcome {
    kReply,      // a status and a whole body
    kLost,       // no connection, or it broke
    kTimeout,    // connected, but not answered in time
    kTooLarge,   // more than max_reply_bytes
    kCancelled,  // by the stop token
    kRefused,    // anything else, such as a certificate that does not verify
  };
  Outcome outcome = Outcome::kRefused;
  int status = 0;
  std::string body;
  double retry_after_seconds = 0;  // as the server asks, from either form of the header
  std::string trouble;             // what went wrong, for messages
};

// Thread-safe; connections are kept open and used again.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  HttpReply send(const HttpRequest& request, std::stop_token cancel = {});

 private:
  class Connection;

  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);

  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
};

}  // namespace sightline
