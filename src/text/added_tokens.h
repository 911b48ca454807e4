// Tokens found in the text itself before any subword model sees it: "<|im_end|>", "<image>".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/pieces.h"

namespace sightline::text {

struct AddedToken {
  std::string content;
  std::int32_t id = -1;
  bool special = false;      // skipped when decoding for people
  bool normalized = true;    // looked for in normalised text instead of the raw one
  bool left_strip = false;   // swallows white space before it
  bool right_strip = false;  // swallows white space after it
  bool single_word = false;  // not inside a word
};

// Finds added tokens, leftmost and longest first. Const use is thread-safe.
class AddedTokenFinder {
 public:
  // Texts longer than this are refused (Error{kUnsupported}): searching is size × longest text.
  static constexpr std::size_t kMaxTokenBytes = 1024;

  AddedTokenFinder();

  // `content` is what to look for: the token's own text or its normalised form. "" is never found;
  // of equal texts the last counts.
  void add(std::string_view content, const AddedToken& token, std::string_view origin);

  // Cuts `piece` around the tokens in it and appends what is not empty to `out`.
  void split(const Piece& piece, std::vector<Piece>& out) const;

 private:
  struct Rule {
    std::int32_t id;
    bool left_strip;
    bool right_strip;
    bool single_word;
  };
  struct Node {  // of a trie; children are linked lists
    std::int32_t first_child = -1;
    std::int32_t sibling = -1;
    std::int32_t rule = -1;
    char byte = 0;
  };
  struct Match {
    std::size_t begin;
    std::size_t end;
    std::int32_t rule;  // -1: none
  };
  std::int32_t child_of(std::int32_t node, char byte) const;
  Match find_from(std::string_view text, std::size_t at) const;

  std::vector<Rule> rules_;
  std::vector<Node> nodes_;          // the first is the root
  std::vector<std::int32_t> roots_;  // the root's children by byte, -1: none
};

}  // namespace sightline::text
