// Help texts, made from the verb tables.
#pragma once

#include <string>

#include "verbs.h"

namespace sightline::cli {

std::string program_help();
std::string verb_help(const Verb& verb);

}  // namespace sightline::cli
