// The `loop` of a for statement. Internal to the jinja_* files.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/jinja_runtime.h"

namespace sightline::jinja {

struct Loop : std::enable_shared_from_this<Loop> {
  std::vector<Value> source;
  std::function<bool(const Value&)> accepts;  // empty: every item

  // The next item, or nothing. Conditions are asked as late as possible: they may depend on what
  // the body sets.
  std::optional<Value> next();

  // loop.index, loop.cycle, …; nothing: there is no such attribute.
  std::optional<Value> attribute(Runtime& runtime, const std::string& name);

  // Drops all values: a value may hold the loop itself.
  void clear();

 private:
  std::optional<Value> pull();
  std::optional<Value> peek();
  std::int64_t length();
  Value cycle(Runtime& runtime, const Arguments& arguments) const;
  bool changed(Runtime& runtime, const Arguments& arguments);

  std::size_t position_ = 0;
  std::deque<Value> ahead_;  // accepted, not yet reached
  std::int64_t index0_ = -1;
  std::optional<std::int64_t> length_;
  std::optional<Value> previous_;
  std::optional<Value> current_;
  std::optional<std::vector<Value>> last_;
};

}  // namespace sightline::jinja
