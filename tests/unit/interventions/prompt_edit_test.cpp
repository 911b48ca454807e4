#include "interventions/prompt_edit.h"

#include <gtest/gtest.h>

#include "sightline/error.h"

namespace sightline {
namespace {

std::shared_ptr<const Picture> picture() { return Picture::from_bytes("x", "test"); }

TEST(InsertInstruction, AddsASystemTurn) {
  Conversation conversation = ask("hello", picture());
  insert_instruction(conversation, "be safe", Placement::kSystem);
  ASSERT_EQ(conversation.size(), 2U);
  EXPECT_EQ(conversation[0].role, "system");
  EXPECT_EQ(conversation[0].parts[0].text, "be safe");
}

TEST(InsertInstruction, GoesBeforeAnExistingSystemText) {
  Conversation conversation = {Message::text("system", "be brief"), Message::text("user", "hi")};
  insert_instruction(conversation, "be safe", Placement::kSystem);
  EXPECT_EQ(conversation.size(), 2U);
  EXPECT_EQ(conversation[0].parts[0].text, "be safe\nbe brief");
}

TEST(InsertInstruction, GoesAroundTheLastUserWordsAfterThePicture) {
  Conversation conversation = ask("what is it?", picture());
  insert_instruction(conversation, "Look.", Placement::kUserPrefix);
  insert_instruction(conversation, "Be safe.", Placement::kUserSuffix);
  EXPECT_TRUE(conversation[0].parts[0].picture);
  EXPECT_EQ(conversation[0].parts[1].text, "Look. what is it? Be safe.");
}

TEST(InsertInstruction, GoesBehindThePictureWhereverItStands) {
  Conversation last = {
      {.role = "user", .parts = {{.text = "what is it?"}, {.picture = picture()}}}};
  insert_instruction(last, "Look.", Placement::kAfterPicture);
  ASSERT_EQ(last[0].parts.size(), 3U);
  EXPECT_EQ(last[0].parts[0].text, "what is it?");
  EXPECT_EQ(last[0].parts[2].text, "Look.");
  Conversation first = ask("what is it?", picture());
  insert_instruction(first, "Look.", Placement::kAfterPicture);
  EXPECT_EQ(first[0].parts[1].text, "Look. what is it?");
  Conversation words = ask("what is it?");
  insert_instruction(words, "Look.", Placement::kAfterPicture);
  EXPECT_EQ(words[0].parts[0].text, "Look. what is it?");
}

TEST(InsertInstruction, RefusesAConversationWithoutUser) {
  Conversation conversation = {Message::text("assistant", "hi")};
  EXPECT_THROW(insert_instruction(conversation, "x", Placement::kUserPrefix), Error);
}

TEST(Pictures, AreDroppedAndReplacedEverywhere) {
  Conversation conversation = ask("a", picture());
  conversation.push_back(ask("b", picture())[0]);
  EXPECT_FALSE(first_picture(without_pictures(conversation)));
  const auto other = Picture::from_bytes("y", "other");
  for (const Message& message : with_picture(conversation, other)) {
    EXPECT_EQ(message.parts[0].picture, other);
  }
}

}  // namespace
}  // namespace sightline
