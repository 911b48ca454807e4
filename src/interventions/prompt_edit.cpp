#include "interventions/prompt_edit.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline {
namespace {

void insert_into_system(Conversation& conversation, const std::string& text) {
  if (conversation.empty() || conversation.front().role != "system") {
    conversation.insert(conversation.begin(), Message::text("system", text));
    return;
  }
  auto& parts = conversation.front().parts;
  if (parts.empty()) parts.push_back({});
  parts.front().text = text + "\n" + parts.front().text;
}

void insert_into_user(Conversation& conversation, const std::string& text, Placement placement) {
  const auto turn = std::find_if(conversation.rbegin(), conversation.rend(),
                                 [](const Message& m) { return m.role == "user"; });
  if (turn == conversation.rend()) {
    fail(ErrorKind::kUsage, "the conversation has no user turn to put an instruction into");
  }
  std::vector<Part>& parts = turn->parts;
  auto from = parts.begin();
  if (placement == Placement::kAfterPicture) {
    from = std::find_if(parts.rbegin(), parts.rend(), [](const Part& p) {
             return p.picture != nullptr;
           }).base();
  }
  const auto words = std::find_if(from, parts.end(), [](const Part& p) { return !p.picture; });
  if (words == parts.end()) {
    parts.push_back({.text = text, .picture = nullptr});
  } else {
    const bool before = placement != Placement::kUserSuffix;
    words->text = before ? text + " " + words->text : words->text + " " + text;
  }
}

}  // namespace

void insert_instruction(Conversation& conversation, const std::string& text, Placement placement) {
  if (placement == Placement::kSystem) return insert_into_system(conversation, text);
  insert_into_user(conversation, text, placement);
}

Conversation without_pictures(const Conversation& conversation) {
  Conversation out = conversation;
  for (Message& message : out) {
    std::erase_if(message.parts, [](const Part& part) { return part.picture != nullptr; });
  }
  return out;
}

Conversation with_picture(const Conversation& conversation,
                          const std::shared_ptr<const Picture>& picture) {
  Conversation out = conversation;
  for (Message& message : out) {
    for (Part& part : message.parts) {
      if (part.picture) part.picture = picture;
    }
  }
  return out;
}

std::shared_ptr<const Picture> first_picture(const Conversation& conversation) {
  for (const Message& message : conversation) {
    for (const Part& part : message.parts) {
      if (part.picture) return part.picture;
    }
  }
  return nullptr;
}

}  // namespace sightline
