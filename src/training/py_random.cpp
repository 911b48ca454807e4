#include "training/py_random.h"

#include <bit>
#include <numeric>
#include <unordered_set>

namespace sightline {
namespace {

constexpr std::size_t kWords = 624, kShift = 397;

// Matsumoto and Nishimura's mt19937ar, 2002.
std::uint32_t mixed(std::uint32_t word) { return word ^ (word >> 30); }

}  // namespace

PyRandom::PyRandom(std::uint64_t seed) {
  state_[0] = 19650218;
  for (std::uint32_t i = 1; i < kWords; ++i) state_[i] = 1812433253 * mixed(state_[i - 1]) + i;

  const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(seed),
                                            static_cast<std::uint32_t>(seed >> 32)};
  const std::uint32_t length = key[1] == 0 ? 1 : 2;
  std::size_t i = 1;
  const auto advance = [&] {
    if (++i < kWords) return;
    state_[0] = state_[kWords - 1];
    i = 1;
  };
  for (std::uint32_t n = 0, j = 0; n < kWords; ++n, j = (j + 1) % length) {
    state_[i] = (state_[i] ^ (mixed(state_[i - 1]) * 1664525)) + key[j] + j;
    advance();
  }
  for (std::size_t n = 1; n < kWords; ++n) {
    state_[i] = (state_[i] ^ (mixed(state_[i - 1]) * 1566083941)) - static_cast<std::uint32_t>(i);
    advance();
  }
  state_[0] = 0x80000000;
}

void PyRandom::refill() {
  for (std::size_t i = 0; i < kWords; ++i) {
    const std::uint32_t y = (state_[i] & 0x80000000) | (state_[(i + 1) % kWords] & 0x7FFFFFFF);
    state_[i] = state_[(i + kShift) % kWords] ^ (y >> 1) ^ (y % 2 == 1 ? 0x9908B0DF : 0);
  }
  used_ = 0;
}

std::uint32_t PyRandom::next() {
  if (used_ == kWords) refill();
  std::uint32_t y = state_[used_++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9D2C5680;
  y ^= (y << 15) & 0xEFC60000;
  return y ^ (y >> 18);
}

std::uint32_t PyRandom::bits(int count) { return next() >> (32 - count); }

std::size_t PyRandom::below(std::size_t bound) {
  const int width = std::bit_width(bound);
  std::size_t value = bits(width);
  while (value >= bound) value = bits(width);
  return value;
}

std::vector<std::size_t> PyRandom::sample(std::size_t size, std::size_t count) {
  std::size_t set_size = 21;  // Python's estimate of what a set of `count` costs
  if (count > 5) {
    std::size_t power = 1;
    while (power < 3 * count) power *= 4;
    set_size += power;
  }
  std::vector<std::size_t> taken;
  taken.reserve(count);
  if (size <= set_size) {
    std::vector<std::size_t> pool(size);
    std::iota(pool.begin(), pool.end(), std::size_t{0});
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t j = below(size - i);
      taken.push_back(pool[j]);
      pool[j] = pool[size - i - 1];
    }
    return taken;
  }
  std::unordered_set<std::size_t> seen;
  while (taken.size() < count) {
    const std::size_t j = below(size);
    if (seen.insert(j).second) taken.push_back(j);
  }
  return taken;
}

}  // namespace sightline
