#include "text/jinja_parser.h"

#include <initializer_list>

#include "sightline/error.h"
#include "text/jinja_expressions.h"

namespace sightline::jinja {
namespace {

constexpr int kMaxBlocks = 60;  // nested tags

using Ends = std::initializer_list<std::string_view>;

class Parser : private ExpressionParser {
 public:
  Parser(std::string_view source, std::string_view origin) : ExpressionParser(source, origin) {}

  Block run() {
    Block out = block({});
    if (!at(Token::Kind::kEnd)) syntax(format("unexpected {}", described()));
    return out;
  }

 private:
  using Kind = Statement::Kind;

  static std::unique_ptr<Statement> make(Kind kind, int line) {
    auto out = std::make_unique<Statement>();
    out->kind = kind;
    out->line = line;
    return out;
  }

  // Statements until one of the tags `ends`, which stays: the name token is next.
  Block block(Ends ends) {
    if (++nesting_ > kMaxBlocks) unsupported(format("more than {} nested tags", kMaxBlocks));
    Block out;
    while (!at(Token::Kind::kEnd)) {
      const int line = current().line;
      if (at(Token::Kind::kText)) {
        out.push_back(text());
      } else if (take(Token::Kind::kPrintBegin)) {
        auto print = make(Kind::kPrint, line);
        print->value = tuple();
        expect(Token::Kind::kPrintEnd, "'}}'");
        out.push_back(std::move(print));
      } else {
        expect(Token::Kind::kBlockBegin, "a tag");
        bool ended = false;
        for (const std::string_view end : ends) ended = ended || at_name(end);
        if (ended) break;
        statement(out);
        expect(Token::Kind::kBlockEnd, "'%}'");
      }
    }
    if (ends.size() > 0 && at(Token::Kind::kEnd)) {
      syntax(format("the template ends before '{}'", *(ends.end() - 1)));
    }
    --nesting_;
    return out;
  }

  std::unique_ptr<Statement> text() {
    auto out = make(Kind::kText, current().line);
    out->text = advance().text;
    return out;
  }

  // The rest of an opening tag, then its body up to one of `ends`.
  Block body(Ends ends) {
    take_operator(":");
    expect(Token::Kind::kBlockEnd, "'%}'");
    return block(ends);
  }
  Block body_and_end(std::string_view end) {
    Block out = body({end});
    advance();
    return out;
  }

  void statement(Block& out) {
    if (!at(Token::Kind::kName)) syntax(format("wanted the name of a tag, found {}", described()));
    const Token tag = advance();
    const std::string& name = tag.text;
    if (name == "for")
      out.push_back(for_loop(tag.line));
    else if (name == "if")
      out.push_back(conditional(tag.line));
    else if (name == "set")
      out.push_back(assignment(tag.line));
    else if (name == "macro")
      out.push_back(macro(tag.line));
    else if (name == "print")
      print_list(tag.line, out);
    else if (name == "with")
      out.push_back(with(tag.line));
    else if (name == "call")
      out.push_back(call_block(tag.line));
    else if (name == "filter")
      out.push_back(filter_block(tag.line));
    else if (name == "generation")
      out.push_back(generation(tag.line));
    else if (name == "break" || name == "continue")
      out.push_back(jump(name, tag.line));
    else
      fail(ErrorKind::kUnsupported, "{}, line {}: the tag '{}' is not supported", origin_, tag.line,
           name);
  }

  std::unique_ptr<Statement> jump(const std::string& name, int line) {
    if (loops_ == 0) syntax(format("'{}' outside of a loop", name));
    return make(name == "break" ? Kind::kBreak : Kind::kContinue, line);
  }

  std::unique_ptr<Statement> for_loop(int line) {
    auto out = make(Kind::kFor, line);
    out->target = target("in");
    if (!take_name("in")) syntax(format("wanted 'in', found {}", described()));
    out->value = tuple({.conditional = false, .end_name = "recursive"});
    if (take_name("if")) out->condition = expression();
    if (at_name("recursive")) unsupported("recursive loops are not supported");
    ++loops_;
    out->body = body({"else", "endfor"});
    --loops_;
    if (advance().text == "else") out->otherwise = body_and_end("endfor");
    return out;
  }

  std::unique_ptr<Statement> conditional(int line) {
    auto out = make(Kind::kIf, line);
    while (true) {
      ExpressionPtr condition = tuple({.conditional = false});
      Block then = body({"elif", "else", "endif"});
      out->branches.push_back({std::move(condition), std::move(then)});
      if (take_name("elif")) continue;
      if (take_name("else")) {
        out->branches.push_back({nullptr, body_and_end("endif")});
      } else {
        advance();  // endif
      }
      return out;
    }
  }

  std::unique_ptr<Statement> assignment(int line) {
    auto out = make(Kind::kSet, line);
    out->target = target("", true);
    if (take_operator("=")) {
      out->value = tuple();
      return out;
    }
    out->kind = Kind::kSetBlock;
    out->value = filters(nullptr);
    out->body = body_and_end("endset");
    return out;
  }

  std::vector<Parameter> signature() {
    std::vector<Parameter> out;
    expect_operator("(");
    while (!at_operator(")")) {
      if (!out.empty()) expect_operator(",");
      Parameter parameter;
      parameter.name = name_token();
      if (take_operator("="))
        parameter.fallback = expression();
      else if (!out.empty() && out.back().fallback) {
        syntax("a parameter without default follows one with a default");
      }
      out.push_back(std::move(parameter));
    }
    expect_operator(")");
    return out;
  }

  std::unique_ptr<Statement> macro(int line) {
    auto out = make(Kind::kMacro, line);
    out->name = name_token();
    out->parameters = signature();
    macro_body(*out, "endmacro");
    return out;
  }

  void macro_body(Statement& out, std::string_view end) {
    const int loops = std::exchange(loops_, 0);
    ++macros_;
    out.body = body_and_end(end);
    --macros_;
    loops_ = loops;
  }

  std::unique_ptr<Statement> call_block(int line) {
    auto out = make(Kind::kCallBlock, line);
    if (at_operator("(")) out->parameters = signature();
    out->value = expression();
    if (out->value->kind != Expression::Kind::kCall) syntax("wanted a call after 'call'");
    macro_body(*out, "endcall");
    return out;
  }

  std::unique_ptr<Statement> filter_block(int line) {
    auto out = make(Kind::kFilterBlock, line);
    out->value = filters(nullptr, true);
    out->body = body_and_end("endfilter");
    return out;
  }

  void print_list(int line, Block& out) {
    bool first = true;
    while (!at(Token::Kind::kBlockEnd)) {
      if (!first) expect_operator(",");
      first = false;
      auto print = make(Kind::kPrint, line);
      print->value = expression();
      out.push_back(std::move(print));
    }
  }

  std::unique_ptr<Statement> with(int line) {
    auto out = make(Kind::kWith, line);
    while (!at(Token::Kind::kBlockEnd) && !at_operator(":")) {
      if (!out->assignments.empty()) expect_operator(",");
      ExpressionPtr name = target("");
      expect_operator("=");
      out->assignments.emplace_back(std::move(name), expression());
    }
    out->body = body_and_end("endwith");
    return out;
  }

  // transformers' marker around what the assistant says: its text is all that matters here.
  std::unique_ptr<Statement> generation(int line) {
    auto out = make(Kind::kScope, line);
    macro_body(*out, "endgeneration");
    return out;
  }

  int nesting_ = 0;
  int loops_ = 0;
};

}  // namespace

Block parse(std::string_view source, std::string_view origin) {
  return Parser(source, origin).run();
}

}  // namespace sightline::jinja
