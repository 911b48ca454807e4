#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace sightline {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kTerminalInterval = std::chrono::milliseconds(100);
constexpr auto kPlainInterval = std::chrono::seconds(15);
constexpr std::size_t kBarWidth = 28;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 3600) return fmt::format("{}m {:02}s", whole / 60, whole % 60);
  return fmt::format("{}h {:02}m", whole / 3600, whole % 3600 / 60);
}

Progress::Progress(std::string title, std::size_t total, std::string unit)
    : title_(std::move(title)),
      unit_(std::move(unit)),
      total_(total),
      terminal_(::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      drawn_(start_) {}

Progress::~Progress() {
  const std::lock_guard lock(mutex_);
  draw(true);
}

void Progress::advance(std::size_t count) {
  const std::lock_guard lock(mutex_);
  done_ += count;
  const auto now = Clock::now();
  if (now - drawn_ <
      (terminal_ ? Clock::duration(kTerminalInterval) : Clock::duration(kPlainInterval))) {
    return;
  }
  drawn_ = now;
  draw(false);
}

void Progress::draw(bool last) {
  const double seconds = seconds_since(start_);
  const double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  const double share = total_ > 0 ? static_cast<double>(done_) / static_cast<double>(total_) : 1;
  const std::string left =
      last ? "in " + duration_text(seconds)
      : rate > 0
          ? duration_text(static_cast<double>(total_ - std::min(done_, total_)) / rate) + " left"
          : "starting";
  const std::string counts =
      fmt::format("{}/{} {} · {:.1f}/s · {}", done_, total_, unit_, rate, left);
  if (!terminal_) {
    fmt::print(stderr, "{}: {:3.0f} % · {}\n", title_, 100 * share, counts);
    return;
  }
  const auto filled = static_cast<std::size_t>(std::min(share, 1.0) * kBarWidth);
  std::string bar;
  for (std::size_t i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
  fmt::print(stderr, "\r\033[K{} {} {}{}", title_, bar, counts, last ? "\n" : "");
  std::fflush(stderr);
}

}  // namespace sightline
