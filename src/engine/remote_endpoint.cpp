#include "engine/remote_endpoint.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "base/log.h"
#include "engine/remote_reply.h"
#include "engine/remote_request.h"

namespace sightline {
namespace {

using Clock = std::chrono::steady_clock;
using Outcome = HttpReply::Outcome;

constexpr double kGreetingTimeoutSeconds = 20;
constexpr std::string_view kOpenAiHost = "api.openai.com";
constexpr std::size_t kShortestSecret = 8;  // "EMPTY" and the like are words, not keys

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

// The key that is meant for this server, empty when there is none: servers of one's own often want
// none.
std::string read_key(const RemoteAddress& address, const RemoteOptions& options) {
  const bool meant = options.key_base.empty() || options.key_base == address.base;
  const std::string variable = meant ? options.key_variable : "";
  std::string key;
  if (meant) key = environment(variable.empty() ? "SIGHTLINE_API_KEY" : variable);
  if (key.empty() && variable.empty() && address.host == kOpenAiHost) {
    key = environment("OPENAI_API_KEY");
  }
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (!printable) fail(ErrorKind::kUsage, "the endpoint's key holds characters that no key has");
  if (!key.empty() && !address.is_private) {
    fail_with_hint(ErrorKind::kUsage,
                   "give an https:// address; for a server that wants no key, unset the variable",
                   "the key would go to {} unencrypted", address.base);
  }
  return key;
}

// What to do about a key that a server refuses.
std::string key_hint(const RemoteAddress& address, const RemoteOptions& options) {
  if (!options.key_base.empty() && options.key_base != address.base) {
    return "its key is not that of " + options.key_base + ": name it with --judge-key-variable";
  }
  if (!options.key_variable.empty()) return "is the key in " + options.key_variable + " right?";
  const bool openai = address.host == kOpenAiHost;
  return std::string("put the key into SIGHTLINE_API_KEY") + (openai ? " or OPENAI_API_KEY" : "");
}

// In [0, 1). Jitter decides when, never what.
double any_fraction() { return std::random_device{}() / 4294967296.0; }

Generation cancelled() {
  Generation out;
  out.finish = FinishReason::kCancelled;
  return out;
}

bool served(const HttpReply& reply) {
  return reply.outcome != Outcome::kLost &&
         !(reply.outcome == Outcome::kReply && is_worth_retrying(reply.status));
}

}  // namespace

RemoteEndpoint::RemoteEndpoint(const std::string& model, const EngineOptions& options)
    : address_(parse_remote_address(model)),
      options_(options.remote),
      key_(read_key(address_, options.remote)),
      gate_(options.remote.requests_per_minute, std::max(1, options.max_batch)) {
  if (!options.adapters.empty()) {
    fail(ErrorKind::kUnsupported, "adapters go onto a model that runs here, not onto {}",
         address_.name());
  }
  greet();
}

// Servers that keep no list of models answer with some error; only what will not get better counts.
void RemoteEndpoint::greet() {
  HttpRequest request{.url = address_.base + "/models", .direct = address_.is_local};
  request.timeout_seconds = std::min(kGreetingTimeoutSeconds, options_.timeout_seconds);
  if (!key_.empty()) request.headers.push_back("Authorization: Bearer " + key_);
  HttpReply reply = client_.send(request);
  for (int attempt = 1; attempt < options_.attempts && reply.outcome == Outcome::kLost; ++attempt) {
    wait_for(retry_wait_seconds(attempt, any_fraction(), 0), {});
    reply = client_.send(request);
  }
  const bool refused =
      reply.outcome == Outcome::kReply && (reply.status == 401 || reply.status == 403);
  if (refused || reply.outcome == Outcome::kLost || reply.outcome == Outcome::kRefused) {
    refuse(reply);
  }
}

HttpReply RemoteEndpoint::ask_until_served(const HttpRequest& request,
                                           const std::stop_token& cancel) {
  HttpReply reply;
  for (int attempt = 1;; ++attempt) {
    if (!gate_.wait_turn(cancel)) break;
    reply = client_.send(request, cancel);
    reply.body = without_key(std::move(reply.body));  // before anything is cut out of it
    if (served(reply) || attempt >= options_.attempts) return reply;
    if (reply.retry_after_seconds > kMaxRetryAfterSeconds) return reply;
    const double wait = retry_wait_seconds(attempt, any_fraction(), reply.retry_after_seconds);
    log_debug("{}: {}, asked again in {} ms", address_.base,
              reply.outcome == Outcome::kReply ? format("HTTP {}", reply.status) : reply.trouble,
              static_cast<int>(wait * 1000));
    if (!wait_for(wait, cancel)) break;
    const std::lock_guard lock(mutex_);
    ++account_.retries;
  }
  reply.outcome = Outcome::kCancelled;
  return reply;
}

HttpReply RemoteEndpoint::ask(const Request& request) {
  HttpRequest post{.url = address_.base + "/chat/completions",
                   .timeout_seconds = options_.timeout_seconds,
                   .direct = address_.is_local};
  if (!key_.empty()) post.headers.push_back("Authorization: Bearer " + key_);
  const bool completion_tokens = max_completion_tokens_;
  post.body = chat_request_body(
      request, {.model = address_.model, .max_completion_tokens = completion_tokens});
  HttpReply reply = ask_until_served(post, request.cancel);
  const bool renames = reply.outcome == Outcome::kReply && reply.status == 400 &&
                       reply.body.find("max_completion_tokens") != std::string::npos;
  if (!renames || completion_tokens) return reply;
  max_completion_tokens_ = true;
  post.body = chat_request_body(request, {.model = address_.model, .max_completion_tokens = true});
  return ask_until_served(post, request.cancel);
}

Generation RemoteEndpoint::generate(const Request& request) {
  const auto start = Clock::now();
  const RequestGate::Place place = gate_.enter(request.cancel);
  if (!place.held()) return cancelled();
  const HttpReply reply = ask(request);
  if (reply.outcome == Outcome::kCancelled) return cancelled();
  if (reply.outcome != Outcome::kReply || reply.status != 200) refuse(reply);
  Generation out;
  try {
    out = read_chat_reply(reply.body, address_.base);
  } catch (const NoAnswer&) {
    throw;
  } catch (const Error& error) {
    throw Error(error.kind(), without_key(error.message()));
  }
  out.text = without_key(std::move(out.text));
  out.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  out.seconds_to_first_token = out.seconds;
  count(out.usage);
  if (request.on_text) request.on_text(out.text);
  return out;
}

void RemoteEndpoint::refuse(const HttpReply& reply) const {
  const std::string& origin = address_.base;
  if (reply.outcome == Outcome::kTimeout) {
    throw NoAnswer(NoAnswer::Why::kTimeout,
                   format("{}: no answer within {} s", origin, options_.timeout_seconds));
  }
  if (reply.outcome == Outcome::kTooLarge) {
    fail(ErrorKind::kRemote, "{}: the reply is larger than {} bytes", origin,
         HttpRequest().max_reply_bytes);
  }
  if (reply.outcome != Outcome::kReply) {
    fail(ErrorKind::kRemote, "{}: {}", origin, without_key(reply.trouble));
  }
  const RemoteRefusal refusal = read_refusal(reply.body);
  const std::string message =
      without_key(format("{}: HTTP {}{}{}", origin, reply.status,
                         refusal.message.empty() ? "" : ": ", refusal.message));
  if (refusal.filtered) throw NoAnswer(NoAnswer::Why::kFiltered, message);
  std::string hint;
  if (reply.status == 401 || reply.status == 403) {
    hint = key_hint(address_, options_);
  }
  if (reply.status == 404) hint = "does the address go up to /v1, and is the model's name right?";
  if (reply.status / 100 == 3) hint = "redirects are not followed: give the address they end at";
  throw Error(ErrorKind::kRemote, message, hint);
}

void RemoteEndpoint::count(const Usage& usage) {
  const std::lock_guard lock(mutex_);
  ++account_.answers;
  account_.prompt_tokens += usage.prompt_tokens;
  account_.completion_tokens += usage.completion_tokens;
}

RemoteAccount RemoteEndpoint::account() const {
  constexpr double kMillion = 1e6;
  const std::lock_guard lock(mutex_);
  RemoteAccount out = account_;
  out.cost = (options_.prompt_price * static_cast<double>(out.prompt_tokens) +
              options_.completion_price * static_cast<double>(out.completion_tokens)) /
             kMillion;
  return out;
}

std::string RemoteEndpoint::without_key(std::string text) const {
  if (key_.size() < kShortestSecret) return text;
  for (std::size_t at = text.find(key_); at != std::string::npos; at = text.find(key_, at)) {
    text.replace(at, key_.size(), "[key]");
  }
  return text;
}

ModelInfo RemoteEndpoint::info() const {
  return {.name = address_.name(), .family = "remote", .sees_pictures = true};
}

}  // namespace sightline
