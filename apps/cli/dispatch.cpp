// The entry of libsightline_verbs.so: verb name → its function, exceptions → exit codes.
#include <c10/util/Exception.h>

#include <map>
#include <new>
#include <string>

#include "base/log.h"
#include "report_error.h"
#include "run_verbs.h"

namespace {

using sightline::Error;
using sightline::ErrorKind;
using sightline::Json;
namespace cli = sightline::cli;

using VerbFunction = int (*)(const Json& options);

// One file per verb, one line per verb.
const std::map<std::string, VerbFunction> kVerbs = {
    {"capture", cli::run_capture_verb}, {"chat", cli::run_chat_verb},
    {"data", cli::run_data_verb},       {"doctor", cli::run_doctor_verb},
    {"eval", cli::run_eval_verb},       {"fit", cli::run_fit_verb},
    {"inspect", cli::run_inspect_verb}, {"list", cli::run_list_verb},
    {"export", cli::run_export_verb},   {"import", cli::run_import_verb},
    {"report", cli::run_report_verb},   {"tokenize", cli::run_tokenize_verb},
    {"merge", cli::run_merge_verb},     {"train", cli::run_train_verb},
    {"judge", cli::run_judge_verb},     {"compare", cli::run_compare_verb},
    {"gate", cli::run_gate_verb},       {"power", cli::run_power_verb},
    {"sweep", cli::run_sweep_verb},
};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

int run(const std::string& verb, const Json& options) {
  if (options.value("verbose", false)) sightline::set_log_level(sightline::LogLevel::kDebug);
  if (options.value("quiet", false)) sightline::set_log_level(sightline::LogLevel::kWarning);
  const auto found = kVerbs.find(verb);
  if (found == kVerbs.end()) {
    sightline::fail(ErrorKind::kInternal, "this build does not carry the verb '{}'", verb);
  }
  return found->second(options);
}

}  // namespace

// See verbs_library.h.
extern "C" __attribute__((visibility("default"))) int sightline_run_verb(const char* verb,
                                                                         const char* options_json) {
  bool json = false;
  try {
    const Json options = sightline::parse_json(options_json, "options");
    json = options.value("json", false);
    return run(verb, options);
  } catch (const Error& error) {
    return cli::report_error(error, json);
  } catch (const c10::Error& error) {
    return cli::report_error(
        Error(ErrorKind::kInternal, "LibTorch: " + first_line(error.what_without_backtrace())),
        json);
  } catch (const std::bad_alloc&) {
    return cli::report_error(Error(ErrorKind::kInternal, "out of memory",
                                   "a smaller --batch or --dtype bf16 needs less"),
                             json);
  } catch (const std::exception& error) {
    return cli::report_error(Error(ErrorKind::kInternal, first_line(error.what())), json);
  } catch (...) {
    return cli::report_error(Error(ErrorKind::kInternal, "an unknown exception"), json);
  }
}
