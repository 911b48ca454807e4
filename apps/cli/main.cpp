// The sightline executable: reads the command line, answers what needs no model itself, and hands
// everything else to libsightline_verbs.so.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "help.h"
#include "report_error.h"
#include "settings.h"
#include "verbs.h"
#include "verbs_library.h"

namespace {

using sightline::Error;
using sightline::ErrorKind;
namespace cli = sightline::cli;

bool contains(const std::vector<std::string>& arguments, const std::string& wanted) {
  return std::find(arguments.begin(), arguments.end(), wanted) != arguments.end();
}

int print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

int run(std::vector<std::string> arguments) {
  if (arguments.empty()) {
    std::fputs(cli::program_help().c_str(), stderr);
    return exit_code_of(ErrorKind::kUsage);
  }
  const std::string first = arguments.front();
  if (first == "--version") return print(std::string("sightline ") + SIGHTLINE_VERSION + "\n");
  const bool help_wanted = first == "help" || first == "--help" || first == "-h";
  if (help_wanted && arguments.size() == 1) return print(cli::program_help());
  if (help_wanted) return print(cli::verb_help(cli::verb_named(arguments[1])));

  const cli::Verb& verb = cli::verb_named(first);
  arguments.erase(arguments.begin());
  const cli::Flags flags = cli::parse_flags(verb, arguments);
  if (flags.help) return print(cli::verb_help(verb));
  const cli::Settings settings = cli::resolve(verb, flags);
  if (flags.print_config) {
    return print(cli::settings_text(verb, settings, settings.at("json").value == true));
  }
  return cli::run_verb(verb.name, sightline::dump_json(cli::options_of(verb, settings)));
}

// Output that did not reach its file is a failure, whatever the verb thought.
int flushed(int code) {
  errno = 0;
  const bool lost = std::ferror(stdout) != 0 || std::fflush(stdout) != 0;
  if (!lost || code != 0) return code;
  const char* reason = errno != 0 ? std::strerror(errno) : "write failed";
  return cli::report_error(Error(ErrorKind::kBadFile, std::string("standard output: ") + reason),
                           false);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const bool json = contains(arguments, "--json");
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit is then a failed write, told like a full disk
  try {
    return flushed(run(arguments));
  } catch (const Error& error) {
    return cli::report_error(error, json);
  } catch (const std::exception& error) {
    return cli::report_error(Error(ErrorKind::kInternal, error.what()), json);
  }
}
