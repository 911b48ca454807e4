// Ends an answer at the first stop string without ever showing a part of one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightline {

class StopText {
 public:
  explicit StopText(std::vector<std::string> stops);

  // Takes new text, returns what may be shown now; holds back what could begin a stop string.
  std::string push(std::string_view text);
  std::string finish();  // what was held back, when no stop string came

  bool stopped() const { return stopped_; }

 private:
  std::vector<std::string> stops_;
  std::string held_;
  bool stopped_ = false;
};

}  // namespace sightline
