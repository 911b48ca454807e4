// The pickle inside a file of torch.save, read as hostile bytes.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace sightline {

inline constexpr std::size_t kMaxPickleBytes = 16 << 20;

// The storage called `key` as [numel] of `dtype`.
using LoadStorage =
    std::function<at::Tensor(const std::string& key, at::ScalarType dtype, std::int64_t numel)>;

// A dict (or OrderedDict, as a module's state) of names to tensors or parameters. Tensors are views
// of what `load` gives, within its bounds. Throws Error{kBadFile} beginning with `origin`.
std::map<std::string, at::Tensor> read_tensor_pickle(std::string_view bytes,
                                                     const std::string& origin,
                                                     const LoadStorage& load);

}  // namespace sightline
