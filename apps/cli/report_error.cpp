#include "report_error.h"

#include <cstdio>

#include "base/json.h"

namespace sightline::cli {

int report_error(const Error& error, bool json) {
  std::fflush(stdout);
  std::string text;
  if (json) {
    const Json body = {{"kind", std::string(name_of(error.kind()))},
                       {"message", error.message()},
                       {"hint", error.hint()}};
    text = dump_json({{"error", body}}) + "\n";
  } else {
    text = "error: " + error.message() + "\n";
    if (!error.hint().empty()) text += "hint: " + error.hint() + "\n";
  }
  std::fputs(text.c_str(), stderr);
  return exit_code_of(error.kind());
}

}  // namespace sightline::cli
