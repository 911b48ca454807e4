// Puts an instruction into a conversation without touching the user's own words.
#pragma once

#include <string>

#include "sightline/request.h"

namespace sightline {

enum class Placement {
  kSystem,        // the system turn; one is added, or the text goes before the existing one
  kUserPrefix,    // before the words of the last user turn, where they stand
  kUserSuffix,    // after them
  kAfterPicture,  // right behind the last picture of that turn; without one as kUserPrefix
};

void insert_instruction(Conversation& conversation, const std::string& text, Placement placement);

// The conversation without its pictures.
Conversation without_pictures(const Conversation& conversation);

// The conversation with every picture replaced.
Conversation with_picture(const Conversation& conversation,
                          const std::shared_ptr<const Picture>& picture);

// The first picture, or null.
std::shared_ptr<const Picture> first_picture(const Conversation& conversation);

}  // namespace sightline
