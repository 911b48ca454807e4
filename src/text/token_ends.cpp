#include "text/token_ends.h"

#include <array>
#include <charconv>
#include <string>

#include "text/byte_level.h"
#include "text/tokenizer_core.h"

namespace sightline {
namespace {

constexpr std::string_view kMetaspace = "\xE2\x96\x81";  // ▁

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// "<0x0A>" → that byte.
std::optional<char> byte_fallback(std::string_view token) {
  if (token.size() != 6 || !token.starts_with("<0x") || token.back() != '>') return {};
  unsigned value = 0;
  const auto [end, error] = std::from_chars(token.data() + 3, token.data() + 5, value, 16);
  if (error != std::errc() || end != token.data() + 5) return {};
  return static_cast<char>(value);
}

std::string with_spaces(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size();) {
    const bool mark = token.substr(i).starts_with(kMetaspace);
    out += mark ? ' ' : token[i];
    i += mark ? kMetaspace.size() : 1;
  }
  return out;
}

class Walker {
 public:
  Walker(const text::TokenizerCore& core, std::string_view text) : core_(core), text_(text) {}

  // False when the token is not what comes next.
  bool take(std::int64_t id) {
    if (const auto added = core_.added_texts.find(id); added != core_.added_texts.end()) {
      after_added_ = true;
      return take_spelling(added->second) || take_after_spaces(added->second);
    }
    const std::string_view token = core_.token(id);
    std::string bytes;
    text::append_bytes_of(token, bytes);
    const std::string spaced = with_spaces(token);
    const auto fallback = byte_fallback(token);
    const bool taken = take_spelling(bytes) || take_spelling(spaced) ||
                       (fallback && take_spelling({&*fallback, 1})) || take_prefixed(spaced) ||
                       (after_added_ && take_after_spaces(bytes));
    after_added_ = false;
    return taken;
  }

  std::size_t at() const { return at_; }
  bool rest_is_space() const {
    return text_.find_first_not_of(" \n\t\r", at_) == std::string_view::npos;
  }

 private:
  bool take_spelling(std::string_view spelling) {
    if (spelling.empty() || !text_.substr(at_).starts_with(spelling)) return false;
    at_ += spelling.size();
    return true;
  }

  // A space that the tokenizer puts in front of a text, or of what follows an added token.
  bool take_prefixed(std::string_view spelling) {
    if ((at_ != 0 && !after_added_) || !spelling.starts_with(' ')) return false;
    return spelling.size() == 1 || take_spelling(spelling.substr(1));
  }

  // Added tokens may swallow the white space around them.
  bool take_after_spaces(std::string_view spelling) {
    const std::size_t before = at_;
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (take_spelling(spelling)) return true;
    at_ = before;
    return false;
  }

  const text::TokenizerCore& core_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool after_added_ = true;
};

}  // namespace

std::optional<std::vector<std::size_t>> token_ends(const Tokenizer& tokenizer,
                                                   std::span<const std::int64_t> ids,
                                                   std::string_view text) {
  Walker walker(tokenizer.core(), text);
  const auto& prefix = tokenizer.core().prefix;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool taken = walker.take(ids[i]);
    const bool put_in_front = i < prefix.size() && ids[i] == prefix[i] && walker.at() == 0;
    if (!taken && !put_in_front) return {};
    ends.push_back(walker.at());
  }
  if (!walker.rest_is_space()) return {};
  return ends;
}

}  // namespace sightline
