// Progress of a known amount of work: a bar with rate and time left on a terminal, a plain line now
// and then otherwise. Writes to stderr only.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace sightline {

class Progress {
 public:
  // `unit` is the plural noun of what is counted ("answers").
  Progress(std::string title, std::size_t total, std::string unit);
  ~Progress();  // ends the line

  void advance(std::size_t count = 1);  // thread-safe

 private:
  void draw(bool last);

  std::string title_;
  std::string unit_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool terminal_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
  std::mutex mutex_;
};

// "1m 05s", "12.3 s", "2h 10m".
std::string duration_text(double seconds);

}  // namespace sightline
