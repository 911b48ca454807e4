#include "text/jinja_value.h"

#include "sightline/error.h"

namespace sightline::jinja {

std::string name_of(const Value& value) {
  switch (value.type()) {
    case Type::kUndefined: return "Undefined";
    case Type::kNone: return "NoneType";
    case Type::kBool: return "bool";
    case Type::kInt: return "int";
    case Type::kFloat: return "float";
    case Type::kString: return "str";
    case Type::kSequence:
      switch (value.sequence().kind) {
        case Sequence::Kind::kList: return "list";
        case Sequence::Kind::kTuple: return "tuple";
        case Sequence::Kind::kRange: return "range";
        case Sequence::Kind::kView: return "dict view";
        case Sequence::Kind::kIterator: return "generator";
      }
      return "list";
    case Type::kDict: return "dict";
    case Type::kNamespace: return "Namespace";
    case Type::kLoop: return "LoopContext";
    case Type::kCallable: return "function";
  }
  return "unknown";
}

void Budget::exceeded(std::string_view what, std::uint64_t limit) const {
  fail(ErrorKind::kUnsupported, "{}: the template needs more than {} {}", origin_, limit, what);
}

void Budget::step(std::uint64_t count) {
  steps_ += count;
  if (steps_ > kMaxSteps) exceeded("steps", kMaxSteps);
}

void Budget::allocate(std::uint64_t bytes) {
  if (bytes > kMaxBytes || bytes_ + bytes > kMaxBytes)
    exceeded("bytes of text and lists", kMaxBytes);
  bytes_ += bytes;
  step(1 + bytes / 256);
}

void Budget::check_nesting(int depth) {
  if (depth > kMaxNesting) exceeded("levels of nested values", kMaxNesting);
}

void Budget::check_recursion(int depth) {
  if (depth > kMaxRecursion) exceeded("levels of recursion", kMaxRecursion);
}

}  // namespace sightline::jinja
