// The fixed wordings that ship in data/prompts (its README shows their form).
#pragma once

#include <map>
#include <string>

namespace sightline {

// The text of data/prompts/ID.json; an id without its version means version 1. Throws kNotFound for
// an unknown id and kBadFile when the text is not the one its hash states: a table's meaning stays
// fixed.
std::string prompt_text(const std::string& id);

// The same with each {slot} replaced by its value; values are not looked at again.
// Throws kInternal for a slot that has no value.
std::string filled_prompt(const std::string& id, const std::map<std::string, std::string>& values);

}  // namespace sightline
