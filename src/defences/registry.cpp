#include "defences/registry.h"

namespace sightline {

DefenceEntry describe_brt();
DefenceEntry describe_cmrm();
DefenceEntry describe_coca();
DefenceEntry describe_none();
DefenceEntry describe_safety_prompt();
DefenceEntry describe_vcd();
DefenceEntry describe_vcr();

namespace {

DefenceRegistry make_registry() {
  DefenceRegistry r("defence");
  r.add("brt", describe_brt());
  r.add("cmrm", describe_cmrm());
  r.add("coca", describe_coca());
  r.add("none", describe_none());
  r.add("safety_prompt", describe_safety_prompt());
  r.add("vcd", describe_vcd());
  r.add("vcr", describe_vcr());
  return r;
}

}  // namespace

const DefenceRegistry& defence_registry() {
  static const DefenceRegistry registry = make_registry();
  return registry;
}

}  // namespace sightline
