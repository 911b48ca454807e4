// A stratified choice of whole twin groups.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/random.h"
#include "sightline/benchmark.h"
#include "sightline/error.h"

namespace sightline {
namespace {

struct Group {
  std::uint64_t rank = 0;  // seeded order within the stratum
  std::vector<std::size_t> members;
};

using Stratum = std::vector<Group>;  // groups of equal size

std::string note(const Sample& sample, const std::string& key) {
  const auto found = sample.meta.find(key);
  return found == sample.meta.end() ? "" : found->second;
}

// What must stay together: items paired by their words, and the twins of one item.
std::string group_name(const Sample& sample) {
  const std::string pair = note(sample, "pair_id");
  if (!pair.empty()) return pair;
  const std::string twin = note(sample, "twin_of");
  return twin.empty() ? sample.id : twin;
}

// Groups by what has to keep its share: subset, kind, gold answer and the variants they hold.
std::map<std::string, Stratum> strata_of(const BenchmarkData& data, std::uint64_t seed) {
  std::map<std::string, Group> groups;
  for (std::size_t i = 0; i < data.samples.size(); ++i) {
    const std::string name = group_name(data.samples[i]);
    Group& group = groups[name];
    group.rank = derive_seed(seed, name);
    group.members.push_back(i);
  }
  std::map<std::string, Stratum> strata;
  for (auto& [name, group] : groups) {
    std::multiset<std::string> marks;
    for (const std::size_t i : group.members) {
      const Sample& sample = data.samples[i];
      marks.insert(sample.subset + '/' + note(sample, "kind") + '/' + note(sample, "gold") + '/' +
                   sample.variant);
    }
    std::string key;
    for (const std::string& mark : marks) key += mark + '\n';
    strata[key].push_back(std::move(group));
  }
  for (auto& [key, stratum] : strata) {
    std::sort(stratum.begin(), stratum.end(),
              [](const Group& a, const Group& b) { return a.rank < b.rank; });
  }
  return strata;
}

struct Share {
  const Stratum* stratum = nullptr;
  std::size_t take = 0;  // groups
  double remainder = 0;  // of the exact share, in groups
};

// Largest remainders: floors first, then one more group where most is missing and it still fits.
std::vector<Share> shares_of(const std::map<std::string, Stratum>& strata, std::size_t limit,
                             std::size_t total) {
  std::vector<Share> shares;
  std::size_t taken = 0;
  for (const auto& [key, stratum] : strata) {
    const double exact = static_cast<double>(limit) * static_cast<double>(stratum.size()) /
                         static_cast<double>(total);
    const auto take = static_cast<std::size_t>(std::floor(exact));
    shares.push_back({&stratum, take, exact - std::floor(exact)});
    taken += take * stratum.front().members.size();
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const Share& a, const Share& b) { return a.remainder > b.remainder; });
  for (Share& share : shares) {
    const std::size_t size = share.stratum->front().members.size();
    if (share.take == share.stratum->size() || taken + size > limit) continue;
    ++share.take;
    taken += size;
  }
  return shares;
}

}  // namespace

void limit_samples(BenchmarkData& data, const SampleLimit& limit) {
  if (limit.limit == 0 || limit.limit >= data.samples.size()) return;
  const std::map<std::string, Stratum> strata = strata_of(data, limit.seed);
  std::set<std::size_t> chosen;
  for (const Share& share : shares_of(strata, limit.limit, data.samples.size())) {
    for (std::size_t g = 0; g < share.take; ++g) {
      const std::vector<std::size_t>& members = (*share.stratum)[g].members;
      chosen.insert(members.begin(), members.end());
    }
  }
  if (chosen.empty()) {
    fail(ErrorKind::kUsage, "limit {} of {} is less than the smallest group of twins", limit.limit,
         data.spec);
  }
  std::vector<Sample> samples;
  std::set<std::string> ids;
  for (const std::size_t i : chosen) {
    ids.insert(data.samples[i].id);
    samples.push_back(std::move(data.samples[i]));
  }
  data.samples = std::move(samples);
  std::erase_if(data.missing, [&ids](const MissingPicture& m) { return !ids.contains(m.sample); });
}

}  // namespace sightline
