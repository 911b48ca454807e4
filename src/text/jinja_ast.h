// What a template is made of after parsing: expressions and statements. Internal to the jinja_*
// files.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "text/jinja_value.h"

namespace sightline::jinja {

struct Expression;
struct Statement;
using ExpressionPtr = std::unique_ptr<const Expression>;
using Block = std::vector<std::unique_ptr<const Statement>>;

struct CallArguments {
  std::vector<ExpressionPtr> positional;
  std::vector<std::pair<std::string, ExpressionPtr>> named;
};

struct Expression {
  enum class Kind {
    kConstant,     // value
    kName,         // name
    kList,         // parts
    kTuple,        // parts
    kDict,         // parts: key, value, key, value, …
    kAttribute,    // parts[0].name
    kItem,         // parts[0][parts[1]]
    kSlice,        // parts[0][parts[1]:parts[2]:parts[3]], absent ones null
    kCall,         // parts[0](arguments)
    kFilter,       // parts[0] | name(arguments); parts[0] null: of a block's text
    kTest,         // parts[0] is name(arguments)
    kNot,          // parts[0]
    kUnary,        // name parts[0]
    kAnd,          // parts[0] and parts[1]
    kOr,           // parts[0] or parts[1]
    kBinary,       // parts[0] name parts[1]
    kCompare,      // parts[0] operators[0] parts[1] operators[1] parts[2] …
    kConcat,       // parts joined by ~
    kConditional,  // parts[1] if parts[0] else parts[2]; parts[2] may be null
    kNamespaceRef  // name.attribute as a target of set
  };
  Kind kind;
  int line = 0;
  int depth = 1;  // of the tree below
  std::string name;
  std::string attribute;
  Value value;
  std::vector<ExpressionPtr> parts;
  std::vector<std::string> operators;
  CallArguments arguments;
};

// name, name=default, …
struct Parameter {
  std::string name;
  ExpressionPtr fallback;  // null: none
};

struct Statement {
  enum class Kind {
    kText,         // text
    kPrint,        // value
    kIf,           // branches in order; the last may have no condition
    kFor,          // target in value if condition: body, else: otherwise
    kSet,          // target = value
    kSetBlock,     // target = text of body, through filters in value (may be null)
    kMacro,        // name(parameters): body
    kCallBlock,    // value is the call, body the caller with parameters
    kFilterBlock,  // text of body through filters in value
    kWith,         // targets and values in assignments, body
    kScope,        // body with its own variables
    kBreak,
    kContinue
  };
  struct Branch {
    ExpressionPtr condition;  // null: else
    Block body;
  };
  Kind kind;
  int line = 0;
  std::string text;
  std::string name;
  ExpressionPtr target;
  ExpressionPtr value;
  ExpressionPtr condition;
  std::vector<Branch> branches;
  std::vector<std::pair<ExpressionPtr, ExpressionPtr>> assignments;
  std::vector<Parameter> parameters;
  Block body;
  Block otherwise;
};

}  // namespace sightline::jinja
