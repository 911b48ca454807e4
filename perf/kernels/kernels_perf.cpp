// How near the kernels come to the machine's bounds: a decoded token of a 135M decoder against
// reading the same bytes, wide passes in GFLOPS, attention. Bounds and kernels take turns, so that
// a busy machine slows both; the middle of the repeats is printed.
//
//   kernels_perf [threads [set [type [decoder|wide|attention]]]]
#include <immintrin.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <vector>

#include "base/random.h"
#include "nn/kernels/kernel_set.h"
#include "nn/kernels/kernels.h"
#include "nn/kernels/workers.h"

namespace sightline::kernels {
namespace {

// As tensors have it: on cache lines.
template <class T>
struct Aligned {
  using value_type = T;
  Aligned() = default;
  template <class U>
  Aligned(const Aligned<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64}));
  }
  void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
  bool operator==(const Aligned&) const { return true; }
};

using Floats = std::vector<float, Aligned<float>>;

constexpr std::int64_t kLayers = 30, kWidth = 576, kHidden = 1536, kVocabulary = 49153;
constexpr std::int64_t kHeads = 9, kKvHeads = 3, kHeadWidth = 64;
constexpr std::int64_t kQkv = (kHeads + 2 * kKvHeads) * kHeadWidth;
constexpr int kRepeats = 9;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Middle and least time of each piece of work; they take turns.
struct Times {
  double middle;
  double least;
};

std::vector<Times> take_turns(const std::vector<std::function<void()>>& works) {
  std::vector<std::vector<double>> times(works.size());
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    for (std::size_t i = 0; i < works.size(); ++i) times[i].push_back(seconds(works[i]));
  }
  std::vector<Times> out;
  for (std::vector<double>& t : times) {
    std::sort(t.begin(), t.end());
    out.push_back({t[t.size() / 2], t.front()});
  }
  return out;
}

Floats random_floats(std::int64_t count, std::uint64_t seed) {
  Random random(seed);
  Floats values(static_cast<std::size_t>(count));
  for (float& v : values) v = static_cast<float>(random.uniform() - 0.5);
  return values;
}

std::size_t bytes_of(WeightType type) {
  return type == WeightType::kF32 ? 4 : type == WeightType::kBf16 ? 2 : 1;
}

const char* name_of(WeightType type) {
  return type == WeightType::kF32 ? "fp32" : type == WeightType::kBf16 ? "bf16" : "int8";
}

// Reads all bytes on all threads: what memory gives.
void read_memory(const std::vector<std::byte>& bytes) {
  constexpr std::int64_t kPiece = 64 << 10;
  parallel_for(kernel_threads(), std::int64_t(bytes.size()) / kPiece,
               std::int64_t(bytes.size()) / kPiece, [&](std::int64_t begin, std::int64_t, int) {
                 const std::byte* at = bytes.data() + begin * kPiece;
                 __m256i a = _mm256_setzero_si256();
                 __m256i b = a;
                 for (std::int64_t i = 0; i < kPiece; i += 64) {
                   a = _mm256_xor_si256(a, _mm256_loadu_si256((const __m256i*)(at + i)));
                   b = _mm256_xor_si256(b, _mm256_loadu_si256((const __m256i*)(at + i + 32)));
                 }
                 a = _mm256_xor_si256(a, b);
                 asm volatile("" ::"x"(a));
               });
}

// The decoder's weights, every layer its own, in one block of memory as a mapped file has them.
struct Decoder {
  WeightType type;
  std::vector<std::byte> bytes;
  Floats scales = Floats(kVocabulary, 0.0005f);
  std::size_t next = 0;
  std::vector<std::vector<LinearTask>> layers[4];
  std::vector<Linear> qkv, o, gate_up, down;
  Linear head;

  explicit Decoder(WeightType t) : type(t) {
    const std::int64_t values =
        kLayers * (kQkv * kWidth + kWidth * kWidth + 3 * kHidden * kWidth) + kVocabulary * kWidth;
    bytes.resize(std::size_t(values) * bytes_of(type));
    const Floats some = random_floats(1 << 16, 7);
    for (std::size_t i = 0; i < bytes.size(); i += bytes_of(type)) {
      const float value = 0.1f * some[i / bytes_of(type) % some.size()];
      const auto* raw = reinterpret_cast<const std::byte*>(&value);
      std::copy_n(raw + 4 - bytes_of(type), bytes_of(type), bytes.data() + i);
    }
    for (std::int64_t layer = 0; layer < kLayers; ++layer) {
      qkv.push_back(take(kQkv, kWidth));
      o.push_back(take(kWidth, kWidth));
      gate_up.push_back(take(2 * kHidden, kWidth));
      down.push_back(take(kWidth, kHidden));
    }
    head = take(kVocabulary, kWidth);
  }

  Linear take(std::int64_t out, std::int64_t in) {
    const Linear linear = {.type = type,
                           .data = bytes.data() + next,
                           .scales = type == WeightType::kInt8 ? scales.data() : nullptr,
                           .bias = nullptr,
                           .out = out};
    next += std::size_t(out * in) * bytes_of(type);
    return linear;
  }
};

struct Buffers {
  Floats x, qkv, attended, gate_up, hidden, logits, norm, turn;
  std::vector<std::vector<std::uint16_t>> caches;
  explicit Buffers(std::int64_t rows, std::int64_t context)
      : x(random_floats(rows * kWidth, 1)),
        qkv(std::size_t(rows * kQkv)),
        attended(std::size_t(rows * kWidth)),
        gate_up(std::size_t(rows * 2 * kHidden)),
        hidden(std::size_t(rows * kHidden)),
        logits(std::size_t(rows * kVocabulary)),
        norm(kWidth, 0.5f),
        turn(std::size_t(rows * kHeadWidth), 0.5f),
        caches(2 * kLayers,
               std::vector<std::uint16_t>(std::size_t(kKvHeads * context * kHeadWidth), 0x3C00)) {}
};

void run(const Linear& weight, const Floats& x, std::int64_t rows, std::int64_t in, Floats& y,
         bool add = false) {
  const LinearTask task = {.weight = weight, .y = y.data(), .stride = weight.out, .add = add};
  linear(x.data(), rows, in, {&task, 1});
}

void linears_only(const Decoder& d, Buffers& b, std::int64_t rows) {
  for (std::size_t i = 0; i < std::size_t(kLayers); ++i) {
    run(d.qkv[i], b.x, rows, kWidth, b.qkv);
    run(d.o[i], b.attended, rows, kWidth, b.x);
    run(d.gate_up[i], b.x, rows, kWidth, b.gate_up);
    run(d.down[i], b.hidden, rows, kHidden, b.x);
  }
  run(d.head, b.x, rows, kWidth, b.logits);
}

// One pass of the whole decoder over `rows` rows of one sequence that end at `context`.
void whole_pass(const Decoder& d, Buffers& b, std::int64_t rows, std::int64_t context,
                std::int64_t logit_rows) {
  const std::int64_t position = context - rows;
  const AttentionShape shape = {.heads = kHeads,
                                .kv_heads = kKvHeads,
                                .head_width = kHeadWidth,
                                .q_stride = kQkv,
                                .out_stride = kWidth,
                                .scale = 0.125f,
                                .cache = CacheType::kBf16};
  Floats normed(b.x.size());
  for (std::size_t i = 0; i < std::size_t(kLayers); ++i) {
    rms_norm(b.x.data(), b.norm.data(), 1e-5f, rows, kWidth, normed.data());
    run(d.qkv[i], normed, rows, kWidth, b.qkv);
    rotate_half(b.qkv.data(), rows, kQkv, kHeads + kKvHeads, kHeadWidth, b.turn.data(),
                b.turn.data());
    for (int part = 0; part < 2; ++part) {
      append_to_cache(b.qkv.data() + (kHeads + part * kKvHeads) * kHeadWidth, rows, kQkv, kKvHeads,
                      kHeadWidth, position, context, CacheType::kBf16,
                      b.caches[2 * i + std::size_t(part)].data());
    }
    const AttentionTask task = {.q = b.qkv.data(),
                                .out = b.attended.data(),
                                .keys = b.caches[2 * i].data(),
                                .values = b.caches[2 * i + 1].data(),
                                .capacity = context,
                                .position = position,
                                .count = rows};
    attention(shape, {&task, 1});
    run(d.o[i], b.attended, rows, kWidth, b.x);
    rms_norm(b.x.data(), b.norm.data(), 1e-5f, rows, kWidth, normed.data());
    run(d.gate_up[i], normed, rows, kWidth, b.gate_up);
    silu_multiply(b.gate_up.data(), b.gate_up.data() + kHidden, rows, kHidden, 2 * kHidden,
                  b.hidden.data());
    run(d.down[i], b.hidden, rows, kHidden, b.x);
  }
  run(d.head, b.x, logit_rows, kWidth, b.logits);
}

void report_decoder(WeightType type) {
  const Decoder d(type);
  Buffers one(1, 256);
  Buffers sixteen(16, 256);
  Buffers prompt(512, 512);
  const std::vector<Times> t =
      take_turns({[&] { read_memory(d.bytes); }, [&] { linears_only(d, one, 1); },
                  [&] { whole_pass(d, one, 1, 256, 1); }, [&] { linears_only(d, sixteen, 16); },
                  [&] { whole_pass(d, prompt, 512, 512, 1); }});
  const double gigabytes = double(d.bytes.size()) / 1e9;
  const auto line = [&](const char* what, const Times& time) {
    std::printf("  %-34s %8.2f ms (least %.2f)  %6.1f GB/s  %3.0f %% of reading\n", what,
                time.middle * 1e3, time.least * 1e3, gigabytes / time.middle,
                100 * t[0].middle / time.middle);
  };
  std::printf("%s %s, %.0f MB\n", std::string(kernel_set()).c_str(), name_of(type),
              gigabytes * 1e3);
  line("read all weights", t[0]);
  line("linear layers, 1 row", t[1]);
  line("whole pass, 1 row at 256", t[2]);
  line("linear layers, 16 rows", t[3]);
  line("whole pass, prompt of 512", t[4]);
}

void report_wide(WeightType type) {
  const std::int64_t out = 2 * kHidden;
  const std::vector<std::byte> bytes(std::size_t(out * kHidden) * bytes_of(type));
  const Floats scales(std::size_t(out), 1.0f);
  std::printf("%s %s wide passes, GFLOPS:", std::string(kernel_set()).c_str(), name_of(type));
  for (const auto& [in, outs] : {std::pair{kWidth, out}, std::pair{kHidden, kWidth}}) {
    for (const std::int64_t rows : {16, 86, 512, 2000}) {
      const Floats x = random_floats(rows * in, 1);
      Floats y(std::size_t(rows * outs));
      const Linear weight = {type, bytes.data(), scales.data(), nullptr, outs};
      const auto work = [&] {
        for (int i = 0; i < 10; ++i) run(weight, x, rows, in, y);
      };
      const Times t = take_turns({work})[0];
      std::printf("  %ldx%ld->%ld %.0f", long(rows), long(in), long(outs),
                  20.0 * double(rows * in * outs) / t.middle / 1e9);
    }
  }
  std::printf("\n");
}

void report_attention(CacheType cache) {
  AttentionShape shape = {kHeads, kKvHeads, kHeadWidth, kQkv, kWidth, 0.125f, cache};
  std::printf("%s %s attention, us:", std::string(kernel_set()).c_str(),
              cache == CacheType::kBf16 ? "bf16" : "fp32");
  for (const auto& [rows, context] : {std::pair<std::int64_t, std::int64_t>{1, 128},
                                      {1, 512},
                                      {1, 2000},
                                      {86, 86},
                                      {512, 512},
                                      {2000, 2000}}) {
    Floats q = random_floats(rows * kQkv, 1);
    Floats out(std::size_t(rows * kWidth));
    const Floats keys = random_floats(kKvHeads * context * kHeadWidth, 2);
    std::vector<float> cached(keys.size());
    append_to_cache(keys.data(), context, kKvHeads * kHeadWidth, kKvHeads, kHeadWidth, 0, context,
                    cache, cached.data());
    const AttentionTask task = {q.data(), out.data(),     cached.data(), cached.data(),
                                context,  context - rows, rows};
    const Times t = take_turns({[&] { attention(shape, {&task, 1}); }})[0];
    std::printf("  %ld at %ld: %.0f", long(rows), long(context), t.middle * 1e6);
  }
  std::printf("\n");
}

}  // namespace
}  // namespace sightline::kernels

int main(int argc, char** argv) {
  using namespace sightline::kernels;
  const auto wanted = [&](int place, const char* name) {
    return argc <= place || std::string(argv[place]) == name;
  };
  if (argc > 1) set_kernel_threads(std::atoi(argv[1]));
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::printf("%d threads\n", kernel_threads());
  for (const KernelSet* set : available_kernel_sets()) {
    if (!wanted(2, set->name)) continue;
    select_kernel_set(set->name);
    for (const WeightType type : {WeightType::kBf16, WeightType::kInt8, WeightType::kF32}) {
      if (!wanted(3, name_of(type))) continue;
      if (wanted(4, "decoder")) report_decoder(type);
      if (wanted(4, "wide")) report_wide(type);
    }
    if (wanted(4, "attention")) report_attention(CacheType::kBf16);
    if (wanted(4, "attention")) report_attention(CacheType::kF32);
  }
}
