// Parses expressions; the statement parser stands on it. Internal to the jinja_* files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/jinja_ast.h"
#include "text/jinja_lexer.h"

namespace sightline::jinja {

// How a tuple is read.
struct TupleRules {
  bool conditional = true;         // may an element be "a if b else c"?
  std::string_view end_name = {};  // a name that ends the tuple
  bool in_brackets = false;        // may it be empty?
};

class ExpressionParser {
 public:
  ExpressionParser(std::string_view source, std::string_view origin);

 protected:
  [[noreturn]] void syntax(std::string_view what) const;
  [[noreturn]] void unsupported(std::string_view what) const;

  const Token& current() const { return tokens_[at_]; }
  const Token& next() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
  Token advance();
  std::string described() const;  // the current token, for messages

  bool at(Token::Kind kind) const { return current().kind == kind; }
  bool at_name(std::string_view name) const {
    return at(Token::Kind::kName) && current().text == name;
  }
  bool at_operator(std::string_view text) const {
    return at(Token::Kind::kOperator) && current().text == text;
  }
  bool take(Token::Kind kind);
  bool take_name(std::string_view name);
  bool take_operator(std::string_view text);
  void expect(Token::Kind kind, std::string_view wanted);
  void expect_operator(std::string_view text);
  std::string name_token();  // that can be assigned to

  ExpressionPtr expression();                         // a if b else c
  ExpressionPtr tuple(const TupleRules& rules = {});  // a or a, b
  // Names, tuples of names or ns.attribute (when allowed), up to the name `end_name`.
  ExpressionPtr target(std::string_view end_name, bool with_namespace = false);
  // |a|b(c) applied to `input`; `inline_first`: the first without its bar. Null without filters.
  ExpressionPtr filters(ExpressionPtr input, bool inline_first = false);

  std::string_view origin_;
  int macros_ = 0;  // how many macro bodies we are in

 private:
  std::unique_ptr<Expression> node(Expression::Kind kind, int line) const;
  ExpressionPtr finish(std::unique_ptr<Expression> made) const;  // checks the depth
  ExpressionPtr pair(Expression::Kind kind, std::string name, int line, ExpressionPtr left,
                     ExpressionPtr right) const;

  ExpressionPtr either();      // or
  ExpressionPtr both();        // and
  ExpressionPtr negation();    // not
  ExpressionPtr comparison();  // == != < <= > >= in not in
  ExpressionPtr sum();         // + -
  ExpressionPtr concat();      // ~
  ExpressionPtr product();     // * / // %
  ExpressionPtr power();       // **
  ExpressionPtr unary(bool with_filters);
  ExpressionPtr primary();
  ExpressionPtr number();
  ExpressionPtr name();
  ExpressionPtr list();
  ExpressionPtr dict();
  ExpressionPtr postfix(ExpressionPtr value);
  ExpressionPtr subscript(ExpressionPtr value);
  ExpressionPtr call(ExpressionPtr function);
  ExpressionPtr test(ExpressionPtr value);
  ExpressionPtr assignable(bool with_namespace);
  CallArguments call_arguments();

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int recursion_ = 0;
};

}  // namespace sightline::jinja
