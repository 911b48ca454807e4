// Tests: what may follow "is".
#include <map>

#include "sightline/format.h"
#include "text/jinja_runtime.h"
#include "text/jinja_text.h"

namespace sightline::jinja {
namespace {

using Test = bool (*)(Runtime& runtime, const Value& value, const Bound& bound);

// Tests with a Python type or constant behind them take no argument; the others take one, two names
// at most.
struct Entry {
  Test test;
  bool takes_argument = false;
};

bool is_type(const Value& value, std::initializer_list<Type> types) {
  for (const Type type : types) {
    if (value.is(type)) return true;
  }
  return false;
}

bool iterable(Runtime&, const Value& value, const Bound&) {
  return is_type(value,
                 {Type::kUndefined, Type::kString, Type::kSequence, Type::kDict, Type::kLoop});
}

// Has a length and items by index, which Python's undefined values claim too.
bool sequence(Runtime&, const Value& value, const Bound&) {
  if (value.is(Type::kSequence)) {
    return !value.is_kind(Sequence::Kind::kIterator) && !value.is_kind(Sequence::Kind::kView);
  }
  return is_type(value, {Type::kUndefined, Type::kString, Type::kDict});
}

// Whether there is a letter with case and none of the other case.
bool in_case(Runtime& rt, const Value& value, bool wants_upper) {
  const std::string text = rt.str(value);
  const bool has_case = upper(text) != lower(text);
  return has_case && (wants_upper ? upper(text) : lower(text)) == text;
}

bool modulo(Runtime& rt, const Value& value, std::int64_t by, std::int64_t rest) {
  return rt.equal(rt.binary("%", value, Value(by)), Value(rest));
}

bool same_object(Runtime& rt, const Value& a, const Value& b) {
  if (a.type() != b.type()) return false;
  if (is_type(a, {Type::kNone, Type::kBool})) return rt.equal(a, b);
  rt.unsupported("'sameas' of anything but true, false and none");
}

const std::map<std::string, Entry> kTests = {
    {"!=",
     {[](Runtime& rt, const Value& v, const Bound& b) { return !rt.equal(v, b.at(0)); }, true}},
    {"<",
     {[](Runtime& rt, const Value& v, const Bound& b) { return rt.compare("<", v, b.at(0)); },
      true}},
    {"<=",
     {[](Runtime& rt, const Value& v, const Bound& b) { return rt.compare("<=", v, b.at(0)); },
      true}},
    {"==",
     {[](Runtime& rt, const Value& v, const Bound& b) { return rt.equal(v, b.at(0)); }, true}},
    {">",
     {[](Runtime& rt, const Value& v, const Bound& b) { return rt.compare(">", v, b.at(0)); },
      true}},
    {">=",
     {[](Runtime& rt, const Value& v, const Bound& b) { return rt.compare(">=", v, b.at(0)); },
      true}},
    {"boolean", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kBool); }}},
    {"callable", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kCallable); }}},
    {"defined", {[](Runtime&, const Value& v, const Bound&) { return !v.is(Type::kUndefined); }}},
    {"divisibleby",
     {[](Runtime& rt, const Value& v, const Bound& b) {
        return modulo(rt, v, rt.integer(b.at(0), "divisibleby"), 0);
      },
      true}},
    {"even", {[](Runtime& rt, const Value& v, const Bound&) { return modulo(rt, v, 2, 0); }}},
    {"false",
     {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kBool) && !v.boolean(); }}},
    {"float", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kFloat); }}},
    {"in",
     {[](Runtime& rt, const Value& v, const Bound& b) { return rt.contains(b.at(0), v); }, true}},
    {"integer", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kInt); }}},
    {"iterable", {iterable}},
    {"lower", {[](Runtime& rt, const Value& v, const Bound&) { return in_case(rt, v, false); }}},
    {"mapping", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kDict); }}},
    {"none", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kNone); }}},
    {"number", {[](Runtime&, const Value& v, const Bound&) { return v.is_number(); }}},
    {"odd", {[](Runtime& rt, const Value& v, const Bound&) { return modulo(rt, v, 2, 1); }}},
    {"sameas",
     {[](Runtime& rt, const Value& v, const Bound& b) { return same_object(rt, v, b.at(0)); },
      true}},
    {"sequence", {sequence}},
    {"string", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kString); }}},
    {"true",
     {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kBool) && v.boolean(); }}},
    {"undefined", {[](Runtime&, const Value& v, const Bound&) { return v.is(Type::kUndefined); }}},
    {"upper", {[](Runtime& rt, const Value& v, const Bound&) { return in_case(rt, v, true); }}}};

const std::map<std::string, std::string> kOtherNames = {
    {"eq", "=="}, {"equalto", "=="}, {"ne", "!="},         {"lt", "<"}, {"lessthan", "<"},
    {"le", "<="}, {"gt", ">"},       {"greaterthan", ">"}, {"ge", ">="}};

}  // namespace

bool apply_test(Runtime& runtime, const std::string& name, const Value& value,
                const Arguments& arguments) {
  const auto other = kOtherNames.find(name);
  const auto found = kTests.find(other == kOtherNames.end() ? name : other->second);
  if (found == kTests.end()) runtime.unsupported(format("the test '{}' is not supported", name));
  if (found->second.takes_argument) {
    return found->second.test(runtime, value, Bound(runtime, name, arguments, {"other"}));
  }
  return found->second.test(runtime, value, Bound(runtime, name, arguments, {}));
}

}  // namespace sightline::jinja
