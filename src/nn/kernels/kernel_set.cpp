#include "nn/kernels/kernel_set.h"

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <vector>

#include "nn/kernels/amx.h"
#include "nn/kernels/amx_attention.h"

namespace sightline::kernels {
namespace {

bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

// The processor's word; the system must still lend the registers.
bool has_amx() {
  constexpr unsigned kAmxBf16 = 1u << 22;    // leaf 7.0, edx
  constexpr unsigned kAmxTile = 1u << 24;    // leaf 7.0, edx
  constexpr unsigned kAmxInt8 = 1u << 25;    // leaf 7.0, edx
  constexpr unsigned kAvx512Bf16 = 1u << 5;  // leaf 7.1, eax
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  constexpr unsigned kAmx = kAmxBf16 | kAmxTile | kAmxInt8;
  if ((d & kAmx) != kAmx) return false;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & kAvx512Bf16) != 0;
}

// Asks the system for the tile registers of all threads of the process.
bool enable_amx() {
  constexpr long kRequestPermission = 0x1023;  // ARCH_REQ_XCOMP_PERM
  constexpr long kTileData = 18;               // XFEATURE_XTILEDATA
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

void amx_or_dot_linear(const LinearPass& pass, const LinearTask& task, const LinearPart& part,
                       std::byte* scratch) {
  const bool dot = task.weight.type == WeightType::kF32;
  (dot ? kAvx512Kernels.linear : amx_linear)(pass, task, part, scratch);
}

std::size_t amx_or_dot_scratch(std::int64_t in) {
  return std::max(kAvx512Kernels.linear_scratch(in), amx_linear_scratch(in));
}

void amx_or_dot_attention(const AttentionShape& shape, const AttentionTask& task,
                          const AttentionPart& part, std::byte* scratch) {
  (amx_attends(shape) ? amx_attention : kAvx512Kernels.attention)(shape, task, part, scratch);
}

std::size_t amx_or_dot_attention_scratch(const AttentionShape& shape, std::int64_t rows,
                                         std::int64_t visible) {
  return (amx_attends(shape) ? amx_attention_scratch : kAvx512Kernels.attention_scratch)(
      shape, rows, visible);
}

KernelSet make_amx() {
  KernelSet set = kAvx512Kernels;
  set.name = "amx";
  set.packed_bytes = amx_packed_bytes;
  set.pack = amx_pack;
  set.linear_scratch = amx_or_dot_scratch;
  set.linear = amx_or_dot_linear;
  set.attention_scratch = amx_or_dot_attention_scratch;
  set.attention = amx_or_dot_attention;
  return set;
}

std::vector<const KernelSet*> find_available() {
  static const KernelSet amx = make_amx();
  std::vector<const KernelSet*> sets;
  if (has_avx512() && has_amx() && enable_amx()) sets.push_back(&amx);
  if (has_avx512()) sets.push_back(&kAvx512Kernels);
  sets.push_back(&kAvx2Kernels);
  return sets;
}

const KernelSet* find(std::string_view name) {
  for (const KernelSet* set : available_kernel_sets()) {
    if (set->name == name) return set;
  }
  return nullptr;
}

const KernelSet* first_choice() {
  const char* const wanted = std::getenv("SIGHTLINE_KERNELS");
  const KernelSet* const found = wanted ? find(wanted) : nullptr;
  return found ? found : available_kernel_sets().front();
}

std::atomic<const KernelSet*>& current() {
  static std::atomic<const KernelSet*> set{first_choice()};
  return set;
}

}  // namespace

std::int64_t rows_apart(std::int64_t blocks, std::int64_t row_bytes) {
  constexpr std::int64_t kEnoughBytes = 8 << 10;  // measured: places further apart gain nothing
  const std::int64_t groups = std::max<std::int64_t>(
      {1, blocks * row_bytes / kEnoughBytes, (blocks + kMostApart - 1) / kMostApart});
  return (blocks + groups - 1) / groups;
}

std::span<const KernelSet* const> available_kernel_sets() {
  static const std::vector<const KernelSet*> sets = find_available();
  return sets;
}

const KernelSet& current_kernels() { return *current().load(std::memory_order_acquire); }

bool select_kernel_set(std::string_view name) {
  const KernelSet* const found = find(name);
  if (found) current().store(found, std::memory_order_release);
  return found != nullptr;
}

std::string_view kernel_set() { return current_kernels().name; }

}  // namespace sightline::kernels
