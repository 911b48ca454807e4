#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/regex.h"

#include <pcre2.h>

#include "sightline/error.h"
#include "text/unicode.h"

namespace sightline::text {
namespace {

constexpr std::size_t kMaxPatternBytes = 64 * 1024;
constexpr std::size_t kJitStackBytes = 1 << 20;
constexpr unsigned kMaxNesting = 100;
constexpr unsigned kHeapKilobytes = 64 * 1024;

std::string error_text(int code) {
  PCRE2_UCHAR buffer[256];
  pcre2_get_error_message(code, buffer, sizeof(buffer));
  return reinterpret_cast<const char*>(buffer);
}

// What a thread needs to match: offsets of a match and its first group, limits and a stack.
struct Workspace {
  pcre2_match_data* data = pcre2_match_data_create(2, nullptr);
  pcre2_match_context* context = pcre2_match_context_create(nullptr);
  pcre2_jit_stack* stack = pcre2_jit_stack_create(32 * 1024, kJitStackBytes, nullptr);

  Workspace() {
    pcre2_set_match_limit(context, Regex::kMatchSteps);
    pcre2_set_heap_limit(context, kHeapKilobytes);
    pcre2_jit_stack_assign(context, nullptr, stack);
  }
  ~Workspace() {
    pcre2_jit_stack_free(stack);
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
};

Workspace& workspace() {
  thread_local Workspace mine;
  return mine;
}

std::shared_ptr<const pcre2_code> compile(const std::string& translated, std::string_view pattern) {
  if (translated.size() > kMaxPatternBytes) {
    fail(ErrorKind::kUnsupported, "regular expression of {} bytes, at most {} are compiled",
         translated.size(), kMaxPatternBytes);
  }
  const std::unique_ptr<pcre2_compile_context, decltype(&pcre2_compile_context_free)> context(
      pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  pcre2_set_parens_nest_limit(context.get(), kMaxNesting);
  int code = 0;
  PCRE2_SIZE where = 0;
  pcre2_code* compiled = pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
      PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK, &code,
      &where, context.get());
  if (compiled == nullptr) {
    fail(ErrorKind::kUnsupported, "regular expression '{}': {}", pattern, error_text(code));
  }
  pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);  // without JIT the interpreter does the same
  return {compiled, [](const pcre2_code* p) { pcre2_code_free(const_cast<pcre2_code*>(p)); }};
}

}  // namespace

Regex::Regex(std::string_view pattern) : Regex(pattern, translate_pattern(pattern)) {}

Regex::Regex(std::string_view pattern, std::string translated)
    : pattern_(pattern), code_(compile(translated, pattern)) {}

Regex Regex::literal(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool special = static_cast<unsigned char>(c) < 0x80 && is_punctuation(c);
    if (special) escaped += '\\';
    escaped += c;
  }
  return Regex(text, std::move(escaped));
}

void Regex::for_each_match(std::string_view text, const std::function<void(Span)>& found) const {
  search(text, false, found);
}

void Regex::for_each_group(std::string_view text, const std::function<void(Span)>& found) const {
  search(text, true, found);
}

void Regex::search(std::string_view text, bool group,
                   const std::function<void(Span)>& found) const {
  Workspace& space = workspace();
  const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
  std::size_t at = 0;
  std::size_t last_end = std::string_view::npos;
  while (at <= text.size()) {
    const int code = pcre2_match(code_.get(), subject, text.size(), at, PCRE2_NO_UTF_CHECK,
                                 space.data, space.context);
    if (code == PCRE2_ERROR_NOMATCH) return;
    if (code < 0) {
      fail(ErrorKind::kUnsupported, "regular expression '{}' on {} bytes of text: {}", pattern_,
           text.size(), error_text(code));
    }
    const PCRE2_SIZE* pair = pcre2_get_ovector_pointer(space.data);
    const Span span{pair[0], pair[1]};
    if (span.begin > span.end) {  // \K inside a lookahead
      fail(ErrorKind::kUnsupported, "regular expression '{}' matches backwards", pattern_);
    }
    if (span.begin == span.end && span.end == last_end) {
      if (at >= text.size()) return;
      at += utf8_step(text, at).size;
      continue;
    }
    // Read before `found`, which may match something else in this thread's workspace. A pattern
    // without groups fills one pair, and code is 1; with more pairs than there is room it is 0.
    const bool grouped = group && code != 1 && pair[2] != PCRE2_UNSET && pair[2] <= pair[3];
    found(grouped ? Span{pair[2], pair[3]} : span);
    at = last_end = span.end;
  }
}

}  // namespace sightline::text
