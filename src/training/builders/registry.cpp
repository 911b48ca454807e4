#include "training/builders/builder.h"

namespace sightline {

BuilderEntry llava_builder();
BuilderEntry reject_sft_builder();
BuilderEntry reject_sft_random_builder();
BuilderEntry spa_vl_builder();
BuilderEntry text_safety_builder();
BuilderEntry vcr_builder();
BuilderEntry vlguard_builder();

const BuilderRegistry& data_builders() {
  static const BuilderRegistry registry = [] {
    BuilderRegistry r("data builder");
    r.add("llava", llava_builder());
    r.add("reject_sft", reject_sft_builder());
    r.add("reject_sft_random", reject_sft_random_builder());
    r.add("spa_vl", spa_vl_builder());
    r.add("text_safety", text_safety_builder());
    r.add("vcr", vcr_builder());
    r.add("vlguard", vlguard_builder());
    return r;
  }();
  return registry;
}

}  // namespace sightline
