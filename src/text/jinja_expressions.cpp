#include "text/jinja_expressions.h"

#include <algorithm>
#include <charconv>

#include "sightline/error.h"

namespace sightline::jinja {
namespace {

constexpr int kMaxDepth = 150;      // of expression trees
constexpr int kMaxRecursion = 100;  // of brackets

// Counts how deep the parser is in itself.
class Descent {
 public:
  explicit Descent(int& depth) : depth_(depth) { ++depth_; }
  ~Descent() { --depth_; }
  Descent(const Descent&) = delete;
  Descent& operator=(const Descent&) = delete;

 private:
  int& depth_;
};

}  // namespace

ExpressionParser::ExpressionParser(std::string_view source, std::string_view origin)
    : origin_(origin), tokens_(tokenize(source, origin)) {}

void ExpressionParser::syntax(std::string_view what) const {
  fail(ErrorKind::kBadFile, "{}, line {}: {}", origin_, current().line, what);
}

void ExpressionParser::unsupported(std::string_view what) const {
  fail(ErrorKind::kUnsupported, "{}, line {}: {}", origin_, current().line, what);
}

Token ExpressionParser::advance() {
  return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_[at_];
}

std::string ExpressionParser::described() const {
  switch (current().kind) {
    case Token::Kind::kEnd: return "the end of the template";
    case Token::Kind::kBlockEnd: return "'%}'";
    case Token::Kind::kPrintEnd: return "'}}'";
    case Token::Kind::kText: return "text";
    default: return "'" + current().text + "'";
  }
}

bool ExpressionParser::take(Token::Kind kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

bool ExpressionParser::take_name(std::string_view name) {
  if (!at_name(name)) return false;
  advance();
  return true;
}

bool ExpressionParser::take_operator(std::string_view text) {
  if (!at_operator(text)) return false;
  advance();
  return true;
}

void ExpressionParser::expect(Token::Kind kind, std::string_view wanted) {
  if (!take(kind)) syntax(format("wanted {}, found {}", wanted, described()));
}

void ExpressionParser::expect_operator(std::string_view text) {
  if (!take_operator(text)) syntax(format("wanted '{}', found {}", text, described()));
}

std::string ExpressionParser::name_token() {
  if (!at(Token::Kind::kName)) syntax(format("wanted a name, found {}", described()));
  static constexpr std::string_view kConstants[] = {"true", "false", "none",
                                                    "True", "False", "None"};
  if (std::find(std::begin(kConstants), std::end(kConstants), current().text) !=
      std::end(kConstants)) {
    syntax(format("cannot assign to '{}'", current().text));
  }
  return advance().text;
}

std::unique_ptr<Expression> ExpressionParser::node(Expression::Kind kind, int line) const {
  auto out = std::make_unique<Expression>();
  out->kind = kind;
  out->line = line;
  return out;
}

ExpressionPtr ExpressionParser::finish(std::unique_ptr<Expression> made) const {
  int below = 0;
  const auto look = [&](const ExpressionPtr& part) {
    if (part != nullptr) below = std::max(below, part->depth);
  };
  for (const ExpressionPtr& part : made->parts) look(part);
  for (const ExpressionPtr& part : made->arguments.positional) look(part);
  for (const auto& [key, part] : made->arguments.named) look(part);
  made->depth = below + 1;
  if (made->depth > kMaxDepth)
    unsupported(format("an expression of more than {} levels", kMaxDepth));
  return made;
}

ExpressionPtr ExpressionParser::pair(Expression::Kind kind, std::string name, int line,
                                     ExpressionPtr left, ExpressionPtr right) const {
  auto out = node(kind, line);
  out->name = std::move(name);
  out->parts.push_back(std::move(left));
  out->parts.push_back(std::move(right));
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::expression() {
  const Descent descent(recursion_);
  if (recursion_ > kMaxRecursion)
    unsupported(format("more than {} nested brackets", kMaxRecursion));
  ExpressionPtr value = either();
  while (at_name("if")) {
    auto out = node(Expression::Kind::kConditional, current().line);
    advance();
    out->parts.push_back(either());
    out->parts.push_back(std::move(value));
    out->parts.push_back(take_name("else") ? expression() : nullptr);
    value = finish(std::move(out));
  }
  return value;
}

ExpressionPtr ExpressionParser::either() {
  ExpressionPtr left = both();
  while (at_name("or")) {
    const int line = advance().line;
    left = pair(Expression::Kind::kOr, "", line, std::move(left), both());
  }
  return left;
}

ExpressionPtr ExpressionParser::both() {
  ExpressionPtr left = negation();
  while (at_name("and")) {
    const int line = advance().line;
    left = pair(Expression::Kind::kAnd, "", line, std::move(left), negation());
  }
  return left;
}

ExpressionPtr ExpressionParser::negation() {
  int count = 0;
  const int line = current().line;
  while (take_name("not")) ++count;
  ExpressionPtr value = comparison();
  for (; count > 0; --count) {
    auto out = node(Expression::Kind::kNot, line);
    out->parts.push_back(std::move(value));
    value = finish(std::move(out));
  }
  return value;
}

ExpressionPtr ExpressionParser::comparison() {
  static constexpr std::string_view kOperators[] = {"==", "!=", "<", "<=", ">", ">="};
  auto out = node(Expression::Kind::kCompare, current().line);
  out->parts.push_back(sum());
  while (true) {
    const bool compares = at(Token::Kind::kOperator) &&
                          std::find(std::begin(kOperators), std::end(kOperators), current().text) !=
                              std::end(kOperators);
    const bool not_in = at_name("not") && next().kind == Token::Kind::kName && next().text == "in";
    if (!compares && !not_in && !at_name("in")) break;
    if (not_in) advance();
    const std::string word = advance().text;
    out->operators.push_back(not_in ? "not in" : word);
    out->parts.push_back(sum());
  }
  if (out->operators.empty()) return std::move(out->parts[0]);
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::sum() {
  ExpressionPtr left = concat();
  while (at_operator("+") || at_operator("-")) {
    const Token token = advance();
    left = pair(Expression::Kind::kBinary, token.text, token.line, std::move(left), concat());
  }
  return left;
}

ExpressionPtr ExpressionParser::concat() {
  ExpressionPtr first = product();
  if (!at_operator("~")) return first;
  auto out = node(Expression::Kind::kConcat, current().line);
  out->parts.push_back(std::move(first));
  while (take_operator("~")) out->parts.push_back(product());
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::product() {
  ExpressionPtr left = power();
  while (at_operator("*") || at_operator("/") || at_operator("//") || at_operator("%")) {
    const Token token = advance();
    left = pair(Expression::Kind::kBinary, token.text, token.line, std::move(left), power());
  }
  return left;
}

ExpressionPtr ExpressionParser::power() {
  ExpressionPtr left = unary(true);
  while (at_operator("**")) {
    const int line = advance().line;
    left = pair(Expression::Kind::kBinary, "**", line, std::move(left), unary(true));
  }
  return left;
}

ExpressionPtr ExpressionParser::unary(bool with_filters) {
  const Descent descent(recursion_);
  if (recursion_ > kMaxRecursion) unsupported(format("more than {} signs in a row", kMaxRecursion));
  ExpressionPtr value;
  if (at_operator("-") || at_operator("+")) {
    const Token token = advance();
    auto out = node(Expression::Kind::kUnary, token.line);
    out->name = token.text;
    out->parts.push_back(unary(false));
    value = finish(std::move(out));
  } else {
    value = primary();
  }
  value = postfix(std::move(value));
  while (with_filters) {
    if (at_operator("|"))
      value = filters(std::move(value));
    else if (at_name("is"))
      value = test(std::move(value));
    else if (at_operator("("))
      value = call(std::move(value));
    else
      break;
  }
  return value;
}

ExpressionPtr ExpressionParser::primary() {
  const int line = current().line;
  if (at(Token::Kind::kName)) return name();
  if (at(Token::Kind::kInteger) || at(Token::Kind::kFloat)) return number();
  if (at(Token::Kind::kString)) {
    std::string text;
    while (at(Token::Kind::kString)) text += advance().text;
    auto out = node(Expression::Kind::kConstant, line);
    out->value = std::move(text);
    return finish(std::move(out));
  }
  if (take_operator("(")) {
    ExpressionPtr value = tuple({.in_brackets = true});
    expect_operator(")");
    return value;
  }
  if (at_operator("[")) return list();
  if (at_operator("{")) return dict();
  syntax(format("wanted an expression, found {}", described()));
}

ExpressionPtr ExpressionParser::number() {
  const Token token = advance();
  auto out = node(Expression::Kind::kConstant, token.line);
  const char* end = token.text.data() + token.text.size();
  if (token.kind == Token::Kind::kInteger) {
    std::int64_t value = 0;
    if (std::from_chars(token.text.data(), end, value).ec != std::errc()) {
      unsupported(format("the integer {} needs more than 64 bits", token.text));
    }
    out->value = value;
  } else {
    double value = 0;
    if (std::from_chars(token.text.data(), end, value).ec != std::errc()) {
      unsupported(format("the number {} is out of range", token.text));
    }
    out->value = value;
  }
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::name() {
  const Token token = advance();
  const std::string& text = token.text;
  auto out = node(Expression::Kind::kConstant, token.line);
  if (text == "true" || text == "True") {
    out->value = true;
  } else if (text == "false" || text == "False") {
    out->value = false;
  } else if (text == "none" || text == "None") {
    out->value = None{};
  } else {
    if (macros_ > 0 && (text == "varargs" || text == "kwargs")) {
      unsupported(format("'{}' in macros is not supported", text));
    }
    out->kind = Expression::Kind::kName;
    out->name = text;
  }
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::tuple(const TupleRules& rules) {
  auto out = node(Expression::Kind::kTuple, current().line);
  bool comma = false;
  while (true) {
    const bool ends = at(Token::Kind::kPrintEnd) || at(Token::Kind::kBlockEnd) ||
                      at_operator(")") || (!rules.end_name.empty() && at_name(rules.end_name));
    if (ends) break;
    out->parts.push_back(rules.conditional ? expression() : either());
    if (!take_operator(",")) break;
    comma = true;
  }
  if (!comma && out->parts.size() == 1) return std::move(out->parts[0]);
  if (out->parts.empty() && !rules.in_brackets) {
    syntax(format("wanted an expression, found {}", described()));
  }
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::assignable(bool with_namespace) {
  if (take_operator("(")) {
    ExpressionPtr inner = target(")");
    expect_operator(")");
    return inner;
  }
  auto out = node(Expression::Kind::kName, current().line);
  out->name = name_token();
  if (with_namespace && take_operator(".")) {
    out->kind = Expression::Kind::kNamespaceRef;
    if (!at(Token::Kind::kName)) syntax(format("wanted a name, found {}", described()));
    out->attribute = advance().text;
  }
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::target(std::string_view end_name, bool with_namespace) {
  const Descent descent(recursion_);
  if (recursion_ > kMaxRecursion)
    unsupported(format("more than {} nested brackets", kMaxRecursion));
  auto out = node(Expression::Kind::kTuple, current().line);
  bool comma = false;
  while (at(Token::Kind::kName) || at_operator("(")) {
    if (!end_name.empty() && at_name(end_name)) break;
    out->parts.push_back(assignable(with_namespace));
    if (!take_operator(",")) break;
    comma = true;
  }
  if (out->parts.empty()) syntax(format("wanted a name to assign to, found {}", described()));
  if (!comma) return std::move(out->parts[0]);
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::list() {
  auto out = node(Expression::Kind::kList, current().line);
  expect_operator("[");
  while (!at_operator("]")) {
    if (!out->parts.empty()) expect_operator(",");
    if (at_operator("]")) break;
    out->parts.push_back(expression());
  }
  expect_operator("]");
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::dict() {
  auto out = node(Expression::Kind::kDict, current().line);
  expect_operator("{");
  while (!at_operator("}")) {
    if (!out->parts.empty()) expect_operator(",");
    if (at_operator("}")) break;
    out->parts.push_back(expression());
    expect_operator(":");
    out->parts.push_back(expression());
  }
  expect_operator("}");
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::postfix(ExpressionPtr value) {
  while (true) {
    if (at_operator(".") || at_operator("["))
      value = subscript(std::move(value));
    else if (at_operator("("))
      value = call(std::move(value));
    else
      return value;
  }
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr value) {
  const int line = current().line;
  if (take_operator(".")) {
    if (at(Token::Kind::kInteger)) {
      return pair(Expression::Kind::kItem, "", line, std::move(value), number());
    }
    if (!at(Token::Kind::kName)) syntax(format("wanted a name or number, found {}", described()));
    auto out = node(Expression::Kind::kAttribute, line);
    out->name = advance().text;
    out->parts.push_back(std::move(value));
    return finish(std::move(out));
  }
  expect_operator("[");
  auto out = node(Expression::Kind::kSlice, line);
  out->parts.push_back(std::move(value));
  bool slice = false;
  for (int i = 0; i < 3; ++i) {
    const bool absent = at_operator(":") || at_operator("]");
    out->parts.push_back(absent ? nullptr : expression());
    if (i == 2 || !take_operator(":")) break;
    slice = true;
  }
  if (at_operator(",")) unsupported("subscripts with a comma are not supported");
  expect_operator("]");
  if (slice) {
    out->parts.resize(4);
    return finish(std::move(out));
  }
  if (out->parts[1] == nullptr) syntax("a subscript is empty");
  out->kind = Expression::Kind::kItem;
  return finish(std::move(out));
}

CallArguments ExpressionParser::call_arguments() {
  CallArguments out;
  expect_operator("(");
  bool first = true;
  while (!at_operator(")")) {
    if (!first) expect_operator(",");
    first = false;
    if (at_operator(")")) break;
    if (at_operator("*") || at_operator("**")) {
      unsupported("calls with * or ** arguments are not supported");
    }
    const bool named =
        at(Token::Kind::kName) && next().kind == Token::Kind::kOperator && next().text == "=";
    if (named) {
      const std::string key = advance().text;
      advance();
      out.named.emplace_back(key, expression());
    } else {
      if (!out.named.empty()) syntax("a positional argument follows a named one");
      out.positional.push_back(expression());
    }
  }
  expect_operator(")");
  return out;
}

ExpressionPtr ExpressionParser::call(ExpressionPtr function) {
  auto out = node(Expression::Kind::kCall, current().line);
  out->parts.push_back(std::move(function));
  out->arguments = call_arguments();
  return finish(std::move(out));
}

ExpressionPtr ExpressionParser::filters(ExpressionPtr input, bool inline_first) {
  while (inline_first || take_operator("|")) {
    inline_first = false;
    auto out = node(Expression::Kind::kFilter, current().line);
    if (!at(Token::Kind::kName)) syntax(format("wanted a filter, found {}", described()));
    out->name = advance().text;
    out->parts.push_back(std::move(input));
    if (at_operator("(")) out->arguments = call_arguments();
    input = finish(std::move(out));
  }
  return input;
}

ExpressionPtr ExpressionParser::test(ExpressionPtr value) {
  const int line = advance().line;
  const bool negated = take_name("not");
  auto out = node(Expression::Kind::kTest, line);
  if (!at(Token::Kind::kName)) syntax(format("wanted a test, found {}", described()));
  out->name = advance().text;
  out->parts.push_back(std::move(value));
  const bool word_ends = at_name("else") || at_name("or") || at_name("and");
  const bool starts_value = (at(Token::Kind::kName) && !word_ends) || at(Token::Kind::kString) ||
                            at(Token::Kind::kInteger) || at(Token::Kind::kFloat) ||
                            at_operator("[") || at_operator("{");
  if (at_operator("(")) {
    out->arguments = call_arguments();
  } else if (starts_value) {
    if (at_name("is")) syntax("tests with 'is' cannot be chained");
    out->arguments.positional.push_back(postfix(primary()));
  }
  ExpressionPtr result = finish(std::move(out));
  if (!negated) return result;
  auto outer = node(Expression::Kind::kNot, line);
  outer->parts.push_back(std::move(result));
  return finish(std::move(outer));
}

}  // namespace sightline::jinja
