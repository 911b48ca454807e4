#include "tensor/weight_scope.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

constexpr std::size_t kListedNames = 5;

// Whole-text match; '*' stands for any text. Linear in text for each '*' (no recursion).
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches(pattern, text); });
}

}  // namespace

struct WeightScope::State {
  std::shared_ptr<const Checkpoint> checkpoint;
  WeightOptions options;
  std::vector<std::string> names;  // sorted
  std::mutex mutex;                // guards taken
  std::set<std::string> taken;
};

WeightScope::WeightScope(std::shared_ptr<const Checkpoint> checkpoint, WeightOptions options)
    : state_(std::make_shared<State>()) {
  state_->names = checkpoint->names();
  state_->checkpoint = std::move(checkpoint);
  state_->options = options;
}

WeightScope::WeightScope(std::shared_ptr<State> state, std::string prefix)
    : state_(std::move(state)), prefix_(std::move(prefix)) {}

std::string WeightScope::full_key(std::string_view key) const {
  if (prefix_.empty()) return std::string(key);
  return key.empty() ? prefix_ : prefix_ + "." + std::string(key);
}

WeightScope WeightScope::in(std::string_view name) const { return {state_, full_key(name)}; }

at::Tensor WeightScope::take_full(const std::string& key, at::IntArrayRef shape,
                                  std::optional<at::ScalarType> dtype) const {
  const Checkpoint& source = *state_->checkpoint;
  if (!source.contains(key)) {
    fail(ErrorKind::kNotFound, "{}: tensor '{}' is missing, wanted with shape {}", source.path(),
         key, shape_text(shape));
  }
  const std::vector<std::int64_t> found = source.shape(key);
  if (!shape_matches(found, shape)) {
    fail(ErrorKind::kShape, "{}: tensor '{}' has shape {}, wanted {}", source.file_of(key), key,
         shape_text(found), shape_text(shape));
  }
  at::Tensor tensor = source.tensor(key, dtype);
  const std::scoped_lock lock(state_->mutex);
  state_->taken.insert(key);
  return tensor.to(state_->options.device);
}

at::Tensor WeightScope::take(std::string_view key, at::IntArrayRef shape) const {
  return take_full(full_key(key), shape, state_->options.dtype);
}

at::Tensor WeightScope::take_as(std::string_view key, at::IntArrayRef shape,
                                at::ScalarType dtype) const {
  return take_full(full_key(key), shape, dtype);
}

at::Tensor WeightScope::take_if(std::string_view key, at::IntArrayRef shape) const {
  return has(key) ? take(key, shape) : at::Tensor();
}

bool WeightScope::has(std::string_view key) const {
  return state_->checkpoint->contains(full_key(key));
}

bool WeightScope::has_scope(std::string_view name) const {
  const std::string below = full_key(name) + ".";
  const auto first = std::lower_bound(state_->names.begin(), state_->names.end(), below);
  return first != state_->names.end() && first->starts_with(below);
}

void WeightScope::skip(std::string_view key) const {
  const std::scoped_lock lock(state_->mutex);
  state_->taken.insert(full_key(key));
}

void WeightScope::finish(const std::vector<std::string>& ignorable) const {
  const std::string below = prefix_.empty() ? "" : prefix_ + ".";
  std::string listed;
  std::size_t count = 0;
  const std::scoped_lock lock(state_->mutex);
  for (const std::string& name : state_->names) {
    if (!name.starts_with(below) || state_->taken.contains(name) || matches_any(ignorable, name)) {
      continue;
    }
    if (count++ < kListedNames) listed += (listed.empty() ? "'" : ", '") + name + "'";
  }
  if (count == 0) return;
  if (count > kListedNames) listed += ", …";
  fail(ErrorKind::kBadFile, "{}: {} tensors that this model does not use: {}",
       state_->checkpoint->path(), count, listed);
}

const Checkpoint& WeightScope::checkpoint() const { return *state_->checkpoint; }
const WeightOptions& WeightScope::options() const { return state_->options; }

}  // namespace sightline
