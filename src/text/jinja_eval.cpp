#include "text/jinja_eval.h"

#include <algorithm>

#include "sightline/format.h"
#include "text/jinja_loop.h"

namespace sightline::jinja {

namespace {

// Points `slot` elsewhere for a while.
class Redirect {
 public:
  Redirect(std::string*& slot, std::string* target) : slot_(slot), before_(slot) { slot = target; }
  ~Redirect() { slot_ = before_; }
  Redirect(const Redirect&) = delete;
  Redirect& operator=(const Redirect&) = delete;

 private:
  std::string*& slot_;
  std::string* before_;
};

}  // namespace

// Enters a new scope; leaves it again, also by an exception.
class Interpreter::ScopeGuard {
 public:
  ScopeGuard(Interpreter& owner, Scope* parent)
      : owner_(owner), before_(owner.scope_), scope_(std::make_unique<Scope>()) {
    owner.budget().allocate(sizeof(Scope));
    scope_->parent = parent;
    owner.scope_ = scope_.get();
  }
  ~ScopeGuard() {
    owner_.scope_ = before_;
    if (scope_->kept) owner_.kept_.push_back(std::move(scope_));
  }
  ScopeGuard(const ScopeGuard&) = delete;
  ScopeGuard& operator=(const ScopeGuard&) = delete;

 private:
  Interpreter& owner_;
  Scope* before_;
  std::unique_ptr<Scope> scope_;
};

class Interpreter::Descent {
 public:
  explicit Descent(Interpreter& owner) : owner_(owner) {
    owner.budget().check_recursion(++owner.depth_);
  }
  ~Descent() { --owner_.depth_; }
  Descent(const Descent&) = delete;
  Descent& operator=(const Descent&) = delete;

 private:
  Interpreter& owner_;
};

Interpreter::~Interpreter() {
  for (const auto& names : namespaces_) names->attributes.clear();
}

std::string Interpreter::render(const Block& block,
                                std::vector<std::pair<std::string, Value>> variables) {
  std::string out;
  out_ = &out;
  const ScopeGuard globals(*this, nullptr);
  scope_->variables = std::move(variables);
  const ScopeGuard top(*this, scope_);
  run(block);
  return out;
}

void Interpreter::write(std::string_view text) {
  budget().allocate(text.size());
  *out_ += text;
}

Interpreter::Flow Interpreter::run(const Block& block) {
  for (const auto& statement : block) {
    const Flow flow = run(*statement);
    if (flow != Flow::kNormal) return flow;
  }
  return Flow::kNormal;
}

Interpreter::Flow Interpreter::run(const Statement& statement) {
  const Descent descent(*this);
  set_line(statement.line);
  budget().step();
  switch (statement.kind) {
    case Statement::Kind::kText: write(statement.text); break;
    case Statement::Kind::kPrint: write(str(evaluate(*statement.value))); break;
    case Statement::Kind::kIf: return run_if(statement);
    case Statement::Kind::kFor: return run_for(statement);
    case Statement::Kind::kSet: assign(*statement.target, evaluate(*statement.value)); break;
    case Statement::Kind::kSetBlock: run_set_block(statement); break;
    case Statement::Kind::kMacro: set(statement.name, make_macro(statement, statement.name)); break;
    case Statement::Kind::kCallBlock: run_call_block(statement); break;
    case Statement::Kind::kFilterBlock: {
      Value inner = text(text_of(statement.body, scope_));
      write(str(filter_block(statement.value, std::move(inner))));
      break;
    }
    case Statement::Kind::kWith:
    case Statement::Kind::kScope: return run_scoped(statement);
    case Statement::Kind::kBreak: return Flow::kBreak;
    case Statement::Kind::kContinue: return Flow::kContinue;
  }
  return Flow::kNormal;
}

Interpreter::Flow Interpreter::run_if(const Statement& statement) {
  for (const Statement::Branch& branch : statement.branches) {
    if (branch.condition == nullptr || truth(evaluate(*branch.condition))) return run(branch.body);
  }
  return Flow::kNormal;
}

Interpreter::Flow Interpreter::run_for(const Statement& statement) {
  const auto loop = std::make_shared<Loop>();
  const std::unique_ptr<Loop, void (*)(Loop*)> clears(loop.get(), [](Loop* l) { l->clear(); });
  loop->source = items(evaluate(*statement.value));
  Scope* const outside = scope_;
  if (statement.condition != nullptr) {
    loop->accepts = [this, &statement, outside](const Value& item) {
      const ScopeGuard guard(*this, outside);
      assign(*statement.target, item);
      return truth(evaluate(*statement.condition));
    };
  }
  bool any = false;
  while (std::optional<Value> item = loop->next()) {
    any = true;
    budget().step();
    const ScopeGuard guard(*this, outside);
    set("loop", Value(loop));
    assign(*statement.target, *item);
    if (run(statement.body) == Flow::kBreak) break;
  }
  if (any) return Flow::kNormal;
  const ScopeGuard guard(*this, outside);
  return run(statement.otherwise);
}

Interpreter::Flow Interpreter::run_scoped(const Statement& statement) {
  std::vector<Value> values;
  for (const auto& [target, value] : statement.assignments) values.push_back(evaluate(*value));
  const ScopeGuard guard(*this, scope_);
  for (std::size_t i = 0; i < values.size(); ++i) {
    assign(*statement.assignments[i].first, values[i]);
  }
  return run(statement.body);
}

std::string Interpreter::text_of(const Block& block, Scope* parent) {
  std::string out;
  const Redirect redirect(out_, &out);
  const ScopeGuard guard(*this, parent);
  run(block);
  return out;
}

void Interpreter::run_set_block(const Statement& statement) {
  Value value = text(text_of(statement.body, scope_));
  assign(*statement.target, filter_block(statement.value, std::move(value)));
}

void Interpreter::run_call_block(const Statement& statement) {
  const Value caller = make_macro(statement, "caller");
  write(str(call_expression(*statement.value, &caller)));
}

void Interpreter::set(const std::string& name, Value value) {
  for (auto& [known, slot] : scope_->variables) {
    if (known == name) {
      slot = std::move(value);
      return;
    }
  }
  budget().allocate(sizeof(Value) + name.size());
  scope_->variables.emplace_back(name, std::move(value));
}

void Interpreter::assign(const Expression& target, const Value& value) {
  if (target.kind == Expression::Kind::kName) return set(target.name, value);
  if (target.kind == Expression::Kind::kTuple) {
    const std::vector<Value> parts = items(value);
    if (parts.size() != target.parts.size()) {
      error(format("cannot unpack {} values into {} names", parts.size(), target.parts.size()));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) assign(*target.parts[i], parts[i]);
    return;
  }
  const Value names = lookup(target.name);
  if (!names.is(Type::kNamespace)) {
    error(format("cannot set '{}.{}': not a namespace", target.name, target.attribute));
  }
  if (target.attribute.starts_with("_")) {
    error(format("cannot set '{}' on a namespace: it starts with an underscore", target.attribute));
  }
  for (auto& [known, slot] : names.names()->attributes) {
    if (known == target.attribute) {
      slot = value;
      return;
    }
  }
  budget().allocate(sizeof(Value) + target.attribute.size());
  names.names()->attributes.emplace_back(target.attribute, value);
}

Value Interpreter::lookup(const std::string& name) {
  budget().step();
  for (const Scope* scope = scope_; scope != nullptr; scope = scope->parent) {
    for (const auto& [known, value] : scope->variables) {
      if (known == name) return value;
    }
  }
  if (name == "namespace") {
    return Value(std::make_shared<const Callable>(Callable{
        name, [this](Runtime&, const Arguments& arguments) { return make_namespace(arguments); }}));
  }
  if (std::optional<Value> global = find_global(*this, name, now_)) return *global;
  return undefined("'" + name + "' is undefined");
}

Value Interpreter::make_namespace(const Arguments& arguments) {
  const auto names = std::make_shared<Namespace>();
  namespaces_.push_back(names);
  budget().allocate(sizeof(Namespace));
  const auto put = [&](const std::string& name, const Value& value) {
    if (name.starts_with("_")) {
      error(format("cannot set '{}' on a namespace: it starts with an underscore", name));
    }
    names->attributes.emplace_back(name, value);
  };
  for (const Value& value : arguments.positional) {
    if (!value.is(Type::kDict)) unsupported("namespace() of something that is not a dict");
    for (const auto& [key, entry] : value.dict().entries) put(plain(key, "a namespace"), entry);
  }
  for (const auto& [name, value] : arguments.named) put(name, value);
  return Value(names);
}

Value Interpreter::make_macro(const Statement& statement, std::string name) {
  for (Scope* scope = scope_; scope != nullptr && !scope->kept; scope = scope->parent) {
    scope->kept = true;
  }
  const auto run_it = [this, &statement, scope = scope_, name](Runtime&,
                                                               const Arguments& arguments) {
    return call_macro(statement, scope, name, arguments);
  };
  return Value(std::make_shared<const Callable>(Callable{name, run_it}));
}

Value Interpreter::call_macro(const Statement& statement, Scope* definition,
                              const std::string& name, const Arguments& arguments) {
  const Descent descent(*this);
  const int line_before = line();
  const auto& parameters = statement.parameters;
  if (arguments.positional.size() > parameters.size()) {
    error(format("macro '{}' takes at most {} arguments, found {}", name, parameters.size(),
                 arguments.positional.size()));
  }
  const ScopeGuard guard(*this, definition);
  std::vector<bool> given(parameters.size(), false);
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
    set(parameters[i].name, arguments.positional[i]);
    given[i] = true;
  }
  for (const auto& [key, value] : arguments.named) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&name = key](const Parameter& p) { return p.name == name; });
    const auto index = static_cast<std::size_t>(found - parameters.begin());
    if (found == parameters.end() && key != "caller") {
      error(format("macro '{}' has no argument '{}'", name, key));
    }
    if (found != parameters.end()) {
      if (given[index]) error(format("macro '{}' got two values for '{}'", name, key));
      given[index] = true;
    }
    set(key, value);
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (given[i]) continue;
    const ExpressionPtr& fallback = parameters[i].fallback;
    set(parameters[i].name,
        fallback ? evaluate(*fallback)
                 : undefined(format("parameter '{}' was not provided", parameters[i].name)));
  }
  Value result = text(text_of(statement.body, scope_));
  set_line(line_before);
  return result;
}

}  // namespace sightline::jinja
