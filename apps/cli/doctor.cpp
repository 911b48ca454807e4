// sightline doctor: what this machine and installation have, and what is missing.
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/version.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/share.h"
#include "nn/kernels/kernels.h"
#include "run_verbs.h"
#include "sightline/error.h"
#include "sightline/version.h"

namespace sightline::cli {
namespace {

struct Check {
  std::string name;
  bool good = true;
  std::string found;
  std::string hint = {};  // what to do when it is not good
};

std::string gib(double bytes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f GiB", bytes / double(1 << 30));
  return text.data();
}

Check memory() {
  const double page = double(::sysconf(_SC_PAGESIZE));
  const double total = page * double(::sysconf(_SC_PHYS_PAGES));
  const double free = page * double(::sysconf(_SC_AVPHYS_PAGES));
  return {"memory", total >= 2e9, gib(total) + ", " + gib(free) + " free",
          "the default model needs about 1 GiB"};
}

// CPU kernels are compiled for several instruction sets; the least of them must be there.
Check processor() {
  const bool good = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  return {"CPU kernels", good, std::string(kernels::kernel_set()),
          "a processor with AVX2 and FMA is needed"};
}

Check shipped(const std::string& name, const char* relative) {
  try {
    return {name, true, share_path(relative).string()};
  } catch (const Error& error) {
    return {name, false, error.message(), error.hint()};
  }
}

Check cache() {
  const std::filesystem::path folder = cache_folder();
  const std::filesystem::path probe = folder / "doctor";
  try {
    make_folder(folder);
    write_file_atomically(probe, "writable\n");
    std::filesystem::remove(probe);
    return {"cache folder", true, folder.string()};
  } catch (const Error& error) {
    return {"cache folder", false, error.message(), "set SIGHTLINE_CACHE to a writable folder"};
  }
}

std::vector<Check> all_checks() {
  std::vector<Check> checks;
  checks.push_back({"sightline", true, std::string(version())});
  checks.push_back({"compiler", true, "g++ " __VERSION__});
  checks.push_back({"LibTorch", true, TORCH_VERSION});
  const bool cuda = at::detail::getCUDAHooks().hasCUDA();
  checks.push_back({"CUDA", true, cuda ? "available" : "none: computing on the CPU"});
  checks.push_back(processor());
  checks.push_back({"cores", true, to_text(std::thread::hardware_concurrency())});
  checks.push_back(memory());
  checks.push_back(cache());
  checks.push_back(shipped("default model", "models/default"));
  checks.push_back(shipped("mini benchmark", "data/mini"));
  return checks;
}

}  // namespace

int run_doctor_verb(const Json& options) {
  const std::vector<Check> checks = all_checks();
  bool good = true;
  Json report = Json::array();
  for (const Check& check : checks) {
    good = good && check.good;
    report.push_back({{"check", check.name}, {"ok", check.good}, {"found", check.found}});
    if (!check.good) report.back()["hint"] = check.hint;
    if (options.at("json") == true) continue;
    std::printf("%-5s %-18s %s\n", check.good ? "ok" : "BAD", check.name.c_str(),
                check.found.c_str());
    if (!check.good) std::printf("      %-18s hint: %s\n", "", check.hint.c_str());
  }
  if (options.at("json") == true) {
    std::printf("%s\n", dump_json({{"ok", good}, {"checks", report}}, 2).c_str());
  }
  return good ? 0 : 1;
}

}  // namespace sightline::cli
