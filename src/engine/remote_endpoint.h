// The generator over a model behind an OpenAI-compatible server.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>

#include "engine/http_client.h"
#include "engine/remote_address.h"
#include "engine/remote_retry.h"
#include "sightline/generator.h"

namespace sightline {

// What a server was asked so far, by all callers together.
struct RemoteAccount {
  std::int64_t answers = 0;
  std::int64_t retries = 0;  // attempts beyond each request's first
  std::int64_t prompt_tokens = 0;
  std::int64_t completion_tokens = 0;
  double cost = 0;  // at the prices of the options
};

// Callers block on their own request, at most `max_batch` at once. Attempts that a server cannot
// serve now are repeated (remote_retry.h). The key is read from the environment and appears nowhere
// else: it is cut out of whatever the server says. A streamed answer arrives in one piece.
class RemoteEndpoint : public Generator {
 public:
  // Asks the server for its list of models, to fail early. Throws Error: kUsage (malformed address
  // or key, or a key that would go unencrypted to another machine), kUnsupported (adapters),
  // kRemote (no connection, or the key is refused).
  RemoteEndpoint(const std::string& model, const EngineOptions& options);

  Generation generate(const Request& request) override;
  ModelInfo info() const override;

  RemoteAccount account() const;  // thread-safe

 private:
  HttpReply ask_until_served(const HttpRequest& request, const std::stop_token& cancel);
  void greet();
  HttpReply ask(const Request& request);
  [[noreturn]] void refuse(const HttpReply& reply) const;
  void count(const Usage& usage);
  std::string without_key(std::string text) const;

  RemoteAddress address_;
  RemoteOptions options_;
  std::string key_;
  RequestGate gate_;
  HttpClient client_;
  std::atomic<bool> max_completion_tokens_ = false;  // learnt from a refusal
  mutable std::mutex mutex_;
  RemoteAccount account_;  // guarded by mutex_
};

}  // namespace sightline
