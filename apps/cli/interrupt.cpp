#include "interrupt.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>

#include "sightline/error.h"

namespace sightline::cli {
namespace {

constexpr int kInterruptedCode = 130;

std::atomic<int> wake_descriptor = -1;
std::atomic<int> signals_seen = 0;

// Only async-signal-safe calls here: the thread below does the rest.
void on_signal(int) {
  if (signals_seen.fetch_add(1) > 0) ::_exit(kInterruptedCode);
  const char byte = 0;
  const int saved = errno;
  [[maybe_unused]] const ssize_t written = ::write(wake_descriptor.load(), &byte, 1);
  errno = saved;
}

std::stop_source start_watching() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) fail(ErrorKind::kInternal, "no pipe for signals");
  wake_descriptor = ends[1];
  std::stop_source source;
  std::thread([source, descriptor = ends[0]]() mutable {
    char byte = 0;
    while (::read(descriptor, &byte, 1) < 0 && errno == EINTR) {
    }
    source.request_stop();
  }).detach();
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  return source;
}

}  // namespace

std::stop_token interrupt_token() {
  static const std::stop_source source = start_watching();
  return source.get_token();
}

}  // namespace sightline::cli
