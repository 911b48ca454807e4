#include "nn/kernels/kernel_set.h"

#include <atomic>
#include <cstdlib>
#include <vector>

namespace sightline::kernels {
namespace {

std::vector<const KernelSet*> find_available() {
  std::vector<const KernelSet*> sets;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    sets.push_back(&kAvx512Kernels);
  }
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
