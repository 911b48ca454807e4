#include "sightline/tap.h"

#include <array>
#include <utility>
#include <vector>

#include "base/near.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::array<std::pair<Site, std::string_view>, 8> kSites = {{
    {Site::kEmbed, "embed"},
    {Site::kBlockIn, "block_in"},
    {Site::kAttnOut, "attn_out"},
    {Site::kMlpOut, "mlp_out"},
    {Site::kBlockOut, "block_out"},
    {Site::kFinalNorm, "final_norm"},
    {Site::kVisionOut, "vision_out"},
    {Site::kProjectorOut, "projector_out"},
}};

}  // namespace

std::string_view name_of(Site site) {
  for (const auto& [known, name] : kSites) {
    if (known == site) return name;
  }
  fail(ErrorKind::kInternal, "site {} has no name", static_cast<int>(site));
}

Site site_of(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [site, known] : kSites) {
    if (known == name) return site;
    names.emplace_back(known);
  }
  fail_with_hint(ErrorKind::kUsage, near_names_hint(name, names), "unknown tap site '{}'", name);
}

bool has_layers(Site site) {
  return site == Site::kBlockIn || site == Site::kAttnOut || site == Site::kMlpOut ||
         site == Site::kBlockOut;
}

}  // namespace sightline
