#include "interchange/exchange.h"

namespace sightline {

// Each is defined in the file of its format.
Importer inspect_importer();
Importer lmms_importer();
Importer mm_safetybench_importer();
Importer omnisafe_importer();
Importer vlmevalkit_importer();
Exporter inspect_exporter();
Exporter lmms_exporter();
Exporter omnisafe_exporter();
Exporter records_exporter();
Exporter vlmevalkit_exporter();

Registry<Importer> importers() {
  Registry<Importer> all("import format");
  all.add("inspect", inspect_importer());
  all.add("lmms", lmms_importer());
  all.add("mm-safetybench-ans", mm_safetybench_importer());
  all.add("omnisafe", omnisafe_importer());
  all.add("vlmevalkit", vlmevalkit_importer());
  return all;
}

Registry<Exporter> exporters() {
  Registry<Exporter> all("export format");
  all.add("inspect-json", inspect_exporter());
  all.add("lmms-samples", lmms_exporter());
  all.add("omnisafe-jsonl", omnisafe_exporter());
  all.add("records", records_exporter());
  all.add("vlmevalkit-tsv", vlmevalkit_exporter());
  return all;
}

}  // namespace sightline
