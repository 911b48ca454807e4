// Runs parsed templates. Internal to the jinja_* files.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/jinja_ast.h"
#include "text/jinja_runtime.h"

namespace sightline::jinja {

// One rendering of one template.
class Interpreter : public Runtime {
 public:
  // `now` (seconds since 1970) is what strftime_now shows.
  Interpreter(std::string_view origin, std::int64_t now) : Runtime(origin), now_(now) {}
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  std::string render(const Block& block, std::vector<std::pair<std::string, Value>> variables);

 private:
  enum class Flow { kNormal, kBreak, kContinue };

  // Variables of a block; lookups go on to the parent.
  struct Scope {
    Scope* parent = nullptr;
    std::vector<std::pair<std::string, Value>> variables;
    bool kept = false;  // a macro was defined here and may run later
  };
  class ScopeGuard;
  class Descent;

  Flow run(const Block& block);
  Flow run(const Statement& statement);
  Flow run_if(const Statement& statement);
  Flow run_for(const Statement& statement);
  Flow run_scoped(const Statement& statement);
  void run_set_block(const Statement& statement);
  void run_call_block(const Statement& statement);
  std::string text_of(const Block& block, Scope* parent);  // in its own scope

  Value evaluate(const Expression& expression);
  Value evaluate_container(const Expression& expression);
  Value evaluate_access(const Expression& expression);
  Value evaluate_compare(const Expression& expression);
  Value evaluate_filter(const Expression& expression, const Value* block_text);
  Value filter_block(const ExpressionPtr& filters, Value text);
  Value call_expression(const Expression& expression, const Value* caller);
  Arguments evaluate(const CallArguments& arguments);

  Value lookup(const std::string& name);
  void assign(const Expression& target, const Value& value);
  void set(const std::string& name, Value value);
  Value make_macro(const Statement& statement, std::string name);
  Value call_macro(const Statement& statement, Scope* definition, const std::string& name,
                   const Arguments& arguments);
  void write(std::string_view text);
  Value make_namespace(const Arguments& arguments);

  std::int64_t now_;
  Scope* scope_ = nullptr;
  std::string* out_ = nullptr;
  int depth_ = 0;
  std::vector<std::unique_ptr<Scope>> kept_;
  std::vector<std::shared_ptr<Namespace>>
      namespaces_;  // emptied at the end: they may hold each other
};

}  // namespace sightline::jinja
