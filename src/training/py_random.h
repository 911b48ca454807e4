// The random stream of CPython's `random` module, for data sets whose subsets were drawn with it:
// PyRandom(0).sample(20, 5) is random.Random(0).sample(range(20), 5), and so for the others.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sightline {

// MT19937. Not thread-safe.
class PyRandom {
 public:
  explicit PyRandom(std::uint64_t seed);

  std::uint32_t next();                  // uniform 32 bits
  std::uint32_t bits(int count);         // random.getrandbits(count). REQUIRES: 1 <= count <= 32
  std::size_t below(std::size_t bound);  // uniform in [0, bound). REQUIRES: 0 < bound < 2^32

  // random.sample(range(size), count). REQUIRES: count <= size < 2^32
  std::vector<std::size_t> sample(std::size_t size, std::size_t count);

  template <class T>
  const T& choice(const std::vector<T>& from) {
    return from[below(from.size())];
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i-- > 1;) std::swap(items[i], items[below(i + 1)]);
  }

 private:
  void refill();

  std::array<std::uint32_t, 624> state_;
  std::size_t used_ = 624;
};

}  // namespace sightline
