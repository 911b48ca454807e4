#include "text/jinja_loop.h"

namespace sightline::jinja {

std::optional<Value> Loop::pull() {
  while (position_ < source.size()) {
    const Value& item = source[position_++];
    if (!accepts || accepts(item)) return item;
  }
  return std::nullopt;
}

std::optional<Value> Loop::peek() {
  if (ahead_.empty()) {
    std::optional<Value> item = pull();
    if (!item) return std::nullopt;
    ahead_.push_back(std::move(*item));
  }
  return ahead_.front();
}

std::optional<Value> Loop::next() {
  std::optional<Value> item = peek();
  if (!item) return std::nullopt;
  ahead_.pop_front();
  previous_ = std::move(current_);
  current_ = item;
  ++index0_;
  return item;
}

std::int64_t Loop::length() {
  if (!length_) {
    while (std::optional<Value> item = pull()) ahead_.push_back(std::move(*item));
    length_ = index0_ + 1 + static_cast<std::int64_t>(ahead_.size());
  }
  return *length_;
}

Value Loop::cycle(Runtime& runtime, const Arguments& arguments) const {
  if (arguments.positional.empty()) runtime.error("loop.cycle needs an argument");
  return arguments.positional[static_cast<std::size_t>(index0_) % arguments.positional.size()];
}

bool Loop::changed(Runtime& runtime, const Arguments& arguments) {
  const std::vector<Value>& now = arguments.positional;
  bool same = last_ && last_->size() == now.size();
  for (std::size_t i = 0; same && i < now.size(); ++i) same = runtime.equal((*last_)[i], now[i]);
  if (!same) last_ = now;
  return !same;
}

std::optional<Value> Loop::attribute(Runtime& runtime, const std::string& name) {
  const auto number = [](std::int64_t value) { return std::optional<Value>(Value(value)); };
  if (name == "index") return number(index0_ + 1);
  if (name == "index0") return number(index0_);
  if (name == "first") return Value(index0_ == 0);
  if (name == "last") return Value(!peek().has_value());
  if (name == "length") return number(length());
  if (name == "revindex") return number(length() - index0_);
  if (name == "revindex0") return number(length() - index0_ - 1);
  if (name == "depth") return number(1);
  if (name == "depth0") return number(0);
  if (name == "previtem") {
    return previous_ ? *previous_ : runtime.undefined("there is no previous item");
  }
  if (name == "nextitem") {
    std::optional<Value> item = peek();
    return item ? *item : runtime.undefined("there is no next item");
  }
  if (name == "cycle" || name == "changed") {
    return Value(std::make_shared<const Callable>(
        Callable{name, [self = shared_from_this(), cycles = name == "cycle"](
                           Runtime& rt, const Arguments& arguments) {
                   return cycles ? self->cycle(rt, arguments) : Value(self->changed(rt, arguments));
                 }}));
  }
  return std::nullopt;
}

void Loop::clear() {
  source.clear();
  ahead_.clear();
  previous_.reset();
  current_.reset();
  last_.reset();
  accepts = nullptr;
}

}  // namespace sightline::jinja
