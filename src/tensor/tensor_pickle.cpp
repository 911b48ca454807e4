#include "tensor/tensor_pickle.h"

#include <ATen/ops/as_strided.h>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "sightline/error.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxName = 4096;  // bytes; each dict keeps its own copy
constexpr int kMaxNesting = 8;          // of tuples; a tensor needs 3

struct Tuple;
struct Ignored {};  // None, numbers with a point
struct Global {
  std::string_view name;  // of kGlobals or kStorages
};
struct Storage {
  at::Tensor elements;  // [numel]
};
using Text = std::shared_ptr<const std::string>;
// By name; undefined where the value is no tensor. Dicts hold nothing else, so that no value can
// contain itself.
using Dict = std::map<std::string, at::Tensor>;
using Value = std::variant<Ignored, bool, std::int64_t, Text, Global, Storage, at::Tensor,
                           std::shared_ptr<const Tuple>, std::shared_ptr<Dict>>;
struct Tuple {
  std::vector<Value> items;
  int nesting = 1;
};

constexpr std::string_view kOrderedDict = "collections.OrderedDict";
constexpr std::string_view kTensor = "torch._utils._rebuild_tensor_v2";
constexpr std::string_view kParameter = "torch._utils._rebuild_parameter";
constexpr std::array kGlobals = {kOrderedDict, kTensor, kParameter};
constexpr std::array<std::pair<std::string_view, at::ScalarType>, 9> kStorages = {
    {{"torch.BFloat16Storage", at::kBFloat16},
     {"torch.BoolStorage", at::kBool},
     {"torch.ByteStorage", at::kByte},
     {"torch.CharStorage", at::kChar},
     {"torch.DoubleStorage", at::kDouble},
     {"torch.FloatStorage", at::kFloat},
     {"torch.HalfStorage", at::kHalf},
     {"torch.IntStorage", at::kInt},
     {"torch.LongStorage", at::kLong}}};

class Machine {
 public:
  Machine(std::string_view bytes, const std::string& origin, const LoadStorage& load)
      : bytes_(bytes), origin_(origin), load_(load) {}

  std::map<std::string, at::Tensor> run() {
    while (step(static_cast<unsigned char>(take(1)[0]))) {
    }
    const auto dict = pop_as<std::shared_ptr<Dict>>("a dict of tensors");
    for (const auto& [name, tensor] : *dict) {
      if (!tensor.defined()) bad(format("'{}' is no tensor", name));
    }
    return *dict;
  }

 private:
  [[noreturn]] void bad(const std::string& why) const {
    fail(ErrorKind::kBadFile, "{}: its pickle is not one of tensors: {}, at byte {}", origin_, why,
         at_);
  }

  // False at the end. Opcodes as in CPython's Lib/pickle.py.
  bool step(unsigned char opcode) {
    switch (opcode) {
      case 0x80: take(1); return true;                                       // PROTO
      case 0x95: take(8); return true;                                       // FRAME
      case '.': return false;                                                // STOP
      case 'N': push(Ignored{}); return true;                                // NONE
      case 'G': ignore(take(8)); return true;                                // BINFLOAT
      case 0x88: push(true); return true;                                    // NEWTRUE
      case 0x89: push(false); return true;                                   // NEWFALSE
      case 'K': push(integer(1)); return true;                               // BININT1
      case 'M': push(integer(2)); return true;                               // BININT2
      case 'J': push(signed_integer(4)); return true;                        // BININT
      case 0x8a: push(signed_integer(integer(1))); return true;              // LONG1
      case 0x8c: push(text(integer(1))); return true;                        // SHORT_BINUNICODE
      case 'X': push(text(integer(4))); return true;                         // BINUNICODE
      case '(': marks_.push_back(stack_.size()); return true;                // MARK
      case ')': push_tuple(0); return true;                                  // EMPTY_TUPLE
      case 0x85: push_tuple(1); return true;                                 // TUPLE1
      case 0x86: push_tuple(2); return true;                                 // TUPLE2
      case 0x87: push_tuple(3); return true;                                 // TUPLE3
      case 't': push_tuple(unmark()); return true;                           // TUPLE
      case '}': push(std::make_shared<Dict>()); return true;                 // EMPTY_DICT
      case 's': set_items(2); return true;                                   // SETITEM
      case 'u': set_items(unmark()); return true;                            // SETITEMS
      case 'q': put(integer(1)); return true;                                // BINPUT
      case 'r': put(integer(4)); return true;                                // LONG_BINPUT
      case 0x94: put(static_cast<std::int64_t>(memo_.size())); return true;  // MEMOIZE
      case 'h': get(integer(1)); return true;                                // BINGET
      case 'j': get(integer(4)); return true;                                // LONG_BINGET
      case 'c': global_lines(); return true;                                 // GLOBAL
      case 0x93: stack_global(); return true;                                // STACK_GLOBAL
      case 'Q': push_storage(); return true;                                 // BINPERSID
      case 'R': reduce(); return true;                                       // REDUCE
      case 'b': build(); return true;                                        // BUILD
      default: bad(format("operation {}", static_cast<int>(opcode)));
    }
  }

  std::string_view take(std::int64_t count) {
    if (count < 0 || static_cast<std::uint64_t>(count) > bytes_.size() - at_) bad("it is cut off");
    const std::string_view out = bytes_.substr(at_, static_cast<std::size_t>(count));
    at_ += static_cast<std::size_t>(count);
    return out;
  }

  // Little-endian, up to 4 bytes.
  std::int64_t integer(std::int64_t size) {
    std::int64_t out = 0;
    int shift = 0;
    for (const char byte : take(size)) {
      out |= static_cast<std::int64_t>(static_cast<unsigned char>(byte)) << shift;
      shift += 8;
    }
    return out;
  }

  // Two's complement, up to 8 bytes.
  std::int64_t signed_integer(std::int64_t size) {
    if (size > 8) bad("a number of more than 64 bits");
    std::uint64_t out = 0;
    int bits = 0;
    for (const char byte : take(size)) {
      out |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << bits;
      bits += 8;
    }
    if (bits > 0 && bits < 64 && (out >> (bits - 1)) != 0) out |= ~std::uint64_t{0} << bits;
    return std::bit_cast<std::int64_t>(out);
  }

  Text text(std::int64_t size) { return std::make_shared<const std::string>(take(size)); }

  std::string line() {
    const std::size_t end = bytes_.find('\n', at_);
    if (end == std::string_view::npos) bad("it is cut off");
    const std::string out(bytes_.substr(at_, end - at_));
    at_ = end + 1;
    return out;
  }

  void push(Value value) { stack_.push_back(std::move(value)); }

  Value pop() {
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) bad("a value is missing");
    Value out = std::move(stack_.back());
    stack_.pop_back();
    return out;
  }

  template <class T>
  T pop_as(const char* wanted) {
    return as<T>(pop(), wanted);
  }

  template <class T>
  T as(const Value& value, const char* wanted) const {
    const T* found = std::get_if<T>(&value);
    if (found == nullptr) bad(format("wanted {}", wanted));
    return *found;
  }

  // How many values were pushed since the last mark, which goes.
  std::size_t unmark() {
    if (marks_.empty()) bad("a mark is missing");
    const std::size_t count = stack_.size() - marks_.back();
    marks_.pop_back();
    return count;
  }

  void push_tuple(std::size_t count) {
    Tuple tuple{.items = std::vector<Value>(count)};
    for (std::size_t i = count; i-- > 0;) {
      tuple.items[i] = pop();
      const auto* inner = std::get_if<std::shared_ptr<const Tuple>>(&tuple.items[i]);
      if (inner != nullptr) tuple.nesting = std::max(tuple.nesting, 1 + (*inner)->nesting);
    }
    if (tuple.nesting > kMaxNesting) bad(format("tuples nested more than {} deep", kMaxNesting));
    push(std::make_shared<const Tuple>(std::move(tuple)));
  }

  void set_items(std::size_t count) {
    if (count % 2 != 0) bad("a name without value");
    Dict some;
    for (; count > 0; count -= 2) {
      const Value value = pop();
      const auto* tensor = std::get_if<at::Tensor>(&value);
      const Text name = pop_as<Text>("names that are text");
      if (name->size() > kMaxName) bad(format("a name of {} bytes", name->size()));
      some.emplace(*name, tensor == nullptr ? at::Tensor() : *tensor);
    }
    const auto dict = pop_as<std::shared_ptr<Dict>>("a dict to fill");
    dict->merge(some);
    push(dict);
  }

  void put(std::int64_t index) {
    Value value = pop();
    memo_[index] = value;
    push(std::move(value));
  }

  void get(std::int64_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) bad(format("it asks for value {}, which it did not keep", index));
    push(found->second);
  }

  void ignore(std::string_view) { push(Ignored{}); }

  void global_lines() {
    const std::string module = line();
    push_global(module, line());
  }

  void stack_global() {
    const Text name = pop_as<Text>("the name of a function");
    const Text module = pop_as<Text>("the name of a module");
    push_global(*module, *name);
  }

  void push_global(const std::string& module, const std::string& name) {
    const std::string full = module + "." + name;
    for (const std::string_view known : kGlobals) {
      if (full == known) return push(Global{known});
    }
    for (const auto& [known, dtype] : kStorages) {
      if (full == known) return push(Global{known});
    }
    fail_with_hint(ErrorKind::kBadFile, "only dicts of tensors are read; nothing of it was run",
                   "{}: its pickle wants '{}'", origin_, full.substr(0, 100));
  }

  std::shared_ptr<const Tuple> pop_tuple(std::size_t least) {
    const auto tuple = pop_as<std::shared_ptr<const Tuple>>("a tuple");
    if (tuple->items.size() < least) bad(format("a tuple of less than {}", least));
    return tuple;
  }

  // ("storage", class, key, device, numel)
  void push_storage() {
    const auto id = pop_tuple(5);
    if (*as<Text>(id->items[0], "a storage") != "storage") bad("wanted a storage");
    const Global type = as<Global>(id->items[1], "a storage's type");
    const Text key = as<Text>(id->items[2], "a storage's key");
    const auto numel = as<std::int64_t>(id->items[4], "a storage's size");
    for (const auto& [name, dtype] : kStorages) {
      if (name == type.name) return push(Storage{load_(*key, dtype, numel)});
    }
    bad(format("'{}' is no storage", type.name));
  }

  void reduce() {
    const auto arguments = pop_as<std::shared_ptr<const Tuple>>("arguments");
    const auto function = pop_as<Global>("a function");
    const std::vector<Value>& items = arguments->items;
    if (function.name == kOrderedDict && items.empty()) return push(std::make_shared<Dict>());
    if (function.name == kTensor && items.size() >= 4) return push(tensor_of(items));
    if (function.name == kParameter && !items.empty()) {
      return push(as<at::Tensor>(items[0], "a parameter's tensor"));
    }
    bad(format("arguments of '{}'", function.name));
  }

  std::vector<std::int64_t> extents(const Value& value) const {
    std::vector<std::int64_t> out;
    for (const Value& one : as<std::shared_ptr<const Tuple>>(value, "a tuple")->items) {
      out.push_back(as<std::int64_t>(one, "an integer"));
      if (out.back() < 0) bad(format("an extent of {}", out.back()));
    }
    if (out.size() > kMaxTensorRank) bad(format("a tensor of {} dimensions", out.size()));
    return out;
  }

  // (storage, offset, sizes, strides, …)
  at::Tensor tensor_of(const std::vector<Value>& items) const {
    const at::Tensor elements = as<Storage>(items[0], "a tensor's storage").elements;
    const auto offset = as<std::int64_t>(items[1], "a tensor's offset");
    const std::vector<std::int64_t> sizes = extents(items[2]);
    const std::vector<std::int64_t> strides = extents(items[3]);
    if (offset < 0 || sizes.size() != strides.size()) bad("a tensor without shape");
    std::uint64_t numel = 1;
    std::uint64_t end = checked_add(static_cast<std::uint64_t>(offset), 1, origin_);
    for (std::size_t d = 0; d < sizes.size(); ++d) {
      numel = checked_mul(numel, static_cast<std::uint64_t>(sizes[d]), origin_);
      if (sizes[d] == 0) continue;
      end = checked_add(end,
                        checked_mul(static_cast<std::uint64_t>(sizes[d] - 1),
                                    static_cast<std::uint64_t>(strides[d]), origin_),
                        origin_);
    }
    const auto room = static_cast<std::uint64_t>(elements.numel());
    if (numel > 0 && (end > room || numel > room)) {
      bad(format("a tensor {} at {} of a storage of {}", shape_text(sizes), offset, room));
    }
    return at::as_strided(elements, sizes, strides, numel > 0 ? offset : 0);
  }

  // The state of an OrderedDict, a module's versions: not needed.
  void build() {
    pop();
    push(pop_as<std::shared_ptr<Dict>>("a dict"));
  }

  std::string_view bytes_;
  const std::string& origin_;
  const LoadStorage& load_;
  std::size_t at_ = 0;
  std::vector<Value> stack_;
  std::vector<std::size_t> marks_;  // sizes of stack_
  std::unordered_map<std::int64_t, Value> memo_;
};

}  // namespace

std::map<std::string, at::Tensor> read_tensor_pickle(std::string_view bytes,
                                                     const std::string& origin,
                                                     const LoadStorage& load) {
  if (bytes.size() > kMaxPickleBytes) {
    fail(ErrorKind::kBadFile, "{}: a pickle of {} bytes, at most {} are read", origin, bytes.size(),
         kMaxPickleBytes);
  }
  return Machine(bytes, origin, load).run();
}

}  // namespace sightline
