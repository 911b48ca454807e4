#include "text/pre_tokenizers.h"

#include <map>
#include <optional>

#include "text/byte_level.h"
#include "text/normalizers.h"
#include "text/unicode.h"

namespace sightline::text {
namespace {

constexpr std::string_view kGpt2Pattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

std::vector<Span> matches_of(const Regex& regex, std::string_view text) {
  std::vector<Span> out;
  regex.for_each_match(text, [&](Span span) { out.push_back(span); });
  return out;
}

template <class Belongs>
std::vector<Span> characters_where(std::string_view text, const Belongs& belongs) {
  std::vector<Span> out;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = utf8_step(text, at);
    if (belongs(step.value)) out.push_back({at, at + step.size});
    at += step.size;
  }
  return out;
}

SplitBehavior behavior_of(const Json& description, std::string_view origin) {
  static const std::map<std::string, SplitBehavior> kNames = {
      {"Removed", SplitBehavior::kRemoved},
      {"Isolated", SplitBehavior::kIsolated},
      {"MergedWithPrevious", SplitBehavior::kMergedWithPrevious},
      {"MergedWithNext", SplitBehavior::kMergedWithNext},
      {"Contiguous", SplitBehavior::kContiguous}};
  const auto name = json_get<std::string>(description, "behavior", origin);
  const auto found = kNames.find(name);
  if (found == kNames.end()) {
    fail(ErrorKind::kUnsupported, "{}: split behavior '{}' is not supported", origin, name);
  }
  return found->second;
}

class ByteLevel : public PreTokenizer {
 public:
  ByteLevel(bool add_prefix_space, bool use_regex) : add_prefix_space_(add_prefix_space) {
    if (use_regex) regex_.emplace(kGpt2Pattern);
  }

  void split(const Piece& piece, TextArena& arena, std::vector<Piece>& out) const override {
    Normalised value{std::string(piece.text), piece.origin};
    if (add_prefix_space_ && value.text[0] != ' ') prepend(" ", value);
    std::vector<Span> words{{0, value.text.size()}};
    if (regex_) words = covering(matches_of(*regex_, value.text), value.text.size());
    std::string mapped;
    mapped.reserve(value.text.size() * 2);  // at most two bytes a byte: views into it stay valid
    std::size_t origin = 0;
    for (Span& word : words) {
      const std::size_t begin = mapped.size();
      append_byte_level(std::string_view(value.text).substr(word.begin, word.end - word.begin),
                        mapped);
      if (word.begin < value.origin) origin = mapped.size();
      word = {begin, mapped.size()};
    }
    const Piece whole{arena.keep(std::move(mapped)), -1, origin};
    for (const Span& word : words) out.push_back(whole.part(word.begin, word.end));
  }

 private:
  // Matches and what lies between them.
  static std::vector<Span> covering(const std::vector<Span>& matches, std::size_t size) {
    std::vector<Span> out;
    out.reserve(matches.size() + 1);
    std::size_t at = 0;
    for (const Span& match : matches) {
      if (match.begin > at) out.push_back({at, match.begin});
      if (match.end > match.begin) out.push_back(match);
      at = match.end;
    }
    if (at < size) out.push_back({at, size});
    return out;
  }

  bool add_prefix_space_;
  std::optional<Regex> regex_;
};

class Split : public PreTokenizer {
 public:
  Split(Regex regex, SplitBehavior behavior, bool invert)
      : regex_(std::move(regex)), behavior_(behavior), invert_(invert) {}

  void split(const Piece& piece, TextArena&, std::vector<Piece>& out) const override {
    split_at(piece, matches_of(regex_, piece.text), behavior_, invert_, out);
  }

 private:
  Regex regex_;
  SplitBehavior behavior_;
  bool invert_;
};

// Cuts around characters of a class.
class Characters : public PreTokenizer {
 public:
  using Belongs = bool (*)(char32_t);
  Characters(Belongs belongs, SplitBehavior behavior) : belongs_(belongs), behavior_(behavior) {}

  void split(const Piece& piece, TextArena&, std::vector<Piece>& out) const override {
    split_at(piece, characters_where(piece.text, belongs_), behavior_, false, out);
  }

 private:
  Belongs belongs_;
  SplitBehavior behavior_;
};

// \w+|[^\w\s]+: words and runs of other characters; white space goes.
class Whitespace : public PreTokenizer {
 public:
  void split(const Piece& piece, TextArena&, std::vector<Piece>& out) const override {
    const auto kind = [&](char32_t c) { return is_whitespace(c) ? 0 : is_word(c) ? 1 : 2; };
    std::size_t begin = 0;
    int current = 0;
    for (std::size_t at = 0; at < piece.text.size();) {
      const Utf8Step step = utf8_step(piece.text, at);
      if (kind(step.value) != current) {
        if (current != 0) out.push_back(piece.part(begin, at));
        begin = at;
        current = kind(step.value);
      }
      at += step.size;
    }
    if (current != 0) out.push_back(piece.part(begin, piece.text.size()));
  }
};

class Metaspace : public PreTokenizer {
 public:
  enum class Scheme { kAlways, kFirst, kNever };
  Metaspace(std::string mark, Scheme scheme, bool split)
      : mark_(std::move(mark)),
        scheme_(scheme),
        split_(split),
        spaces_(" ", mark_),
        marks_(Regex::literal(mark_)) {}

  void split(const Piece& piece, TextArena& arena, std::vector<Piece>& out) const override {
    Normalised value;
    value.origin = piece.origin;
    value.text = spaces_.apply(piece.text, &value.origin);
    const bool wanted =
        scheme_ == Scheme::kAlways || (scheme_ == Scheme::kFirst && value.origin > 0);
    if (wanted && value.text.compare(0, mark_.size(), mark_) != 0) prepend(mark_, value);
    const Piece whole{arena.keep(std::move(value.text)), -1, value.origin};
    if (!split_) {
      out.push_back(whole);
      return;
    }
    split_at(whole, matches_of(marks_, whole.text), SplitBehavior::kMergedWithNext, false, out);
  }

 private:
  std::string mark_;
  Scheme scheme_;
  bool split_;
  Replacement spaces_;
  Regex marks_;
};

class Sequence : public PreTokenizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<const PreTokenizer>> parts)
      : parts_(std::move(parts)) {}

  void split(const Piece& piece, TextArena& arena, std::vector<Piece>& out) const override {
    std::vector<Piece> before{piece};
    std::vector<Piece> after;
    for (const auto& part : parts_) {
      after.clear();
      for (const Piece& each : before) part->split(each, arena, after);
      before.swap(after);
    }
    out.insert(out.end(), before.begin(), before.end());
  }

 private:
  std::vector<std::unique_ptr<const PreTokenizer>> parts_;
};

std::unique_ptr<const PreTokenizer> make_metaspace(const Json& description,
                                                   std::string_view origin) {
  static const std::map<std::string, Metaspace::Scheme> kSchemes = {
      {"always", Metaspace::Scheme::kAlways},
      {"first", Metaspace::Scheme::kFirst},
      {"never", Metaspace::Scheme::kNever}};
  const auto mark = json_get<std::string>(description, "replacement", origin);
  const bool add = json_get_or(description, "add_prefix_space", origin, true);
  const auto scheme =
      json_get_or<std::string>(description, "prepend_scheme", origin, add ? "always" : "never");
  if (!kSchemes.contains(scheme)) {
    fail(ErrorKind::kUnsupported, "{}: Metaspace prepend_scheme '{}' is not supported", origin,
         scheme);
  }
  if (count_characters(mark) != 1) {
    fail(ErrorKind::kBadFile, "{}: Metaspace replacement should be one character, found '{}'",
         origin, mark);
  }
  return std::make_unique<Metaspace>(mark, kSchemes.at(scheme),
                                     json_get_or(description, "split", origin, true));
}

std::unique_ptr<const PreTokenizer> make_split(const Json& description, std::string_view origin) {
  const Json pattern = json_get<Json>(description, "pattern", origin);
  Regex regex = pattern.contains("String")
                    ? Regex::literal(json_get<std::string>(pattern, "String", origin))
                    : Regex(json_get<std::string>(pattern, "Regex", origin));
  return std::make_unique<Split>(std::move(regex), behavior_of(description, origin),
                                 json_get_or(description, "invert", origin, false));
}

}  // namespace

std::unique_ptr<const PreTokenizer> make_pre_tokenizer(const Json& description,
                                                       std::string_view origin) {
  const auto type = json_get<std::string>(description, "type", origin);
  if (type == "ByteLevel") {
    return std::make_unique<ByteLevel>(json_get_or(description, "add_prefix_space", origin, true),
                                       json_get_or(description, "use_regex", origin, true));
  }
  if (type == "Split") return make_split(description, origin);
  if (type == "Metaspace") return make_metaspace(description, origin);
  if (type == "Digits") {
    const bool single = json_get_or(description, "individual_digits", origin, false);
    return std::make_unique<Characters>(
        is_numeric, single ? SplitBehavior::kIsolated : SplitBehavior::kContiguous);
  }
  if (type == "Punctuation") {
    const bool given = description.contains("behavior");
    return std::make_unique<Characters>(
        is_punctuation, given ? behavior_of(description, origin) : SplitBehavior::kIsolated);
  }
  if (type == "Whitespace") return std::make_unique<Whitespace>();
  if (type == "WhitespaceSplit") {
    return std::make_unique<Characters>(is_whitespace, SplitBehavior::kRemoved);
  }
  if (type == "Sequence") {
    std::vector<std::unique_ptr<const PreTokenizer>> parts;
    for (const Json& part : json_get<Json>(description, "pretokenizers", origin)) {
      parts.push_back(make_pre_tokenizer(part, origin));
    }
    return std::make_unique<Sequence>(std::move(parts));
  }
  fail(ErrorKind::kUnsupported, "{}: pre-tokenizer '{}' is not supported", origin, type);
}

}  // namespace sightline::text
