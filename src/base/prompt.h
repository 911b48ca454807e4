// The fixed wordings that ship in data/prompts (its README shows their form).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sightline {

// The text of data/prompts/ID.json; an id without its version means version 1. Throws kNotFound for
// an unknown id and kBadFile when the text is not the one its hash states: a table's meaning stays
// fixed.
std::string prompt_text(const std::string& id);

// `text` with each {name} replaced by its `value`; where that is nothing, the braces stay. Values
// are not looked at again. Throws what `value` throws.
using SlotValue = std::function<std::optional<std::string>(const std::string& name)>;
std::string fill_slots(std::string_view text, const SlotValue& value);

// prompt_text() with each {slot} filled: letters, digits and _ between braces. Throws kInternal for
// a slot that has no value.
std::string filled_prompt(const std::string& id, const std::map<std::string, std::string>& values);

}  // namespace sightline
