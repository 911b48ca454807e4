// Expressions → values.
#include "sightline/format.h"
#include "text/jinja_eval.h"

namespace sightline::jinja {

Arguments Interpreter::evaluate(const CallArguments& arguments) {
  Arguments out;
  out.positional.reserve(arguments.positional.size());
  for (const ExpressionPtr& argument : arguments.positional) {
    out.positional.push_back(evaluate(*argument));
  }
  for (const auto& [name, argument] : arguments.named) {
    out.named.emplace_back(name, evaluate(*argument));
  }
  return out;
}

Value Interpreter::evaluate(const Expression& expression) {
  using Kind = Expression::Kind;
  budget().check_recursion(++depth_);
  budget().step();
  set_line(expression.line);
  const auto part = [&](std::size_t i) { return evaluate(*expression.parts[i]); };
  Value out;
  switch (expression.kind) {
    case Kind::kConstant: out = expression.value; break;
    case Kind::kName: out = lookup(expression.name); break;
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kDict:
    case Kind::kConcat: out = evaluate_container(expression); break;
    case Kind::kAttribute:
    case Kind::kItem:
    case Kind::kSlice: out = evaluate_access(expression); break;
    case Kind::kCall: out = call_expression(expression, nullptr); break;
    case Kind::kFilter: out = evaluate_filter(expression, nullptr); break;
    case Kind::kTest: {
      const Value value = part(0);
      out = apply_test(*this, expression.name, value, evaluate(expression.arguments));
      break;
    }
    case Kind::kNot: out = !truth(part(0)); break;
    case Kind::kUnary: out = unary(expression.name, part(0)); break;
    case Kind::kAnd:
      out = part(0);
      if (truth(out)) out = part(1);
      break;
    case Kind::kOr:
      out = part(0);
      if (!truth(out)) out = part(1);
      break;
    case Kind::kBinary: {
      const Value left = part(0);
      out = binary(expression.name, left, part(1));
      break;
    }
    case Kind::kCompare: out = evaluate_compare(expression); break;
    case Kind::kConditional:
      if (truth(part(0)))
        out = part(1);
      else if (expression.parts[2] != nullptr)
        out = part(2);
      else
        out = undefined("the inline if-expression was false and has no else");
      break;
    case Kind::kNamespaceRef: error("a namespace reference is no value");
  }
  --depth_;
  return out;
}

Value Interpreter::evaluate_container(const Expression& expression) {
  using Kind = Expression::Kind;
  std::vector<Value> values;
  values.reserve(expression.parts.size());
  for (const ExpressionPtr& part : expression.parts) values.push_back(evaluate(*part));
  if (expression.kind == Kind::kList) return list(std::move(values));
  if (expression.kind == Kind::kTuple) return list(std::move(values), Sequence::Kind::kTuple);
  if (expression.kind == Kind::kConcat) {
    std::string out;
    for (const Value& value : values) {
      out += str(value);
      if (out.size() > Budget::kMaxBytes) break;
    }
    return text(std::move(out));
  }
  std::vector<std::pair<Value, Value>> entries;
  for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
    entries.emplace_back(values[i], values[i + 1]);
  }
  return dict(std::move(entries));
}

Value Interpreter::evaluate_access(const Expression& expression) {
  const Value object = evaluate(*expression.parts[0]);
  set_line(expression.line);
  if (expression.kind == Expression::Kind::kAttribute) return attribute(object, expression.name);
  if (expression.kind == Expression::Kind::kItem)
    return item(object, evaluate(*expression.parts[1]));
  const auto bound = [&](std::size_t i) {
    return expression.parts[i] == nullptr ? Value(None{}) : evaluate(*expression.parts[i]);
  };
  const Value begin = bound(1);
  const Value end = bound(2);
  return slice(object, begin, end, bound(3));
}

Value Interpreter::evaluate_compare(const Expression& expression) {
  Value left = evaluate(*expression.parts[0]);
  for (std::size_t i = 0; i < expression.operators.size(); ++i) {
    Value right = evaluate(*expression.parts[i + 1]);
    if (!compare(expression.operators[i], left, right)) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}

Value Interpreter::evaluate_filter(const Expression& expression, const Value* block_text) {
  const ExpressionPtr& inner = expression.parts[0];
  Value input;
  if (inner == nullptr) {
    input = *block_text;
  } else if (inner->kind == Expression::Kind::kFilter) {
    const int before = depth_;
    budget().check_recursion(++depth_);
    input = evaluate_filter(*inner, block_text);
    depth_ = before;
  } else {
    input = evaluate(*inner);
  }
  const Arguments arguments = evaluate(expression.arguments);
  set_line(expression.line);
  budget().step();
  return apply_filter(*this, expression.name, input, arguments);
}

Value Interpreter::filter_block(const ExpressionPtr& filters, Value text) {
  return filters == nullptr ? text : evaluate_filter(*filters, &text);
}

Value Interpreter::call_expression(const Expression& expression, const Value* caller) {
  const Expression& function = *expression.parts[0];
  Value object;
  Value target;
  Method method = nullptr;
  if (function.kind == Expression::Kind::kAttribute) {  // a method needs no bound copy
    object = evaluate(*function.parts[0]);
    set_line(function.line);
    method = function.name.starts_with("__") ? nullptr : find_method(*this, object, function.name);
    if (method == nullptr) target = attribute(object, function.name);
  } else {
    target = evaluate(function);
  }
  Arguments arguments = evaluate(expression.arguments);
  if (caller != nullptr) arguments.named.emplace_back("caller", *caller);
  set_line(expression.line);
  return method != nullptr ? method(*this, object, arguments) : call(target, arguments);
}

}  // namespace sightline::jinja
