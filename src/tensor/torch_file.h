// Files of torch.save that hold a dict of tensors: a zip archive with a pickle, "data.pkl", and a
// record of bytes for each storage. The pickle is read by a machine of our own that knows only what
// such a dict needs; every other name or operation in it is refused, and nothing is ever run.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>

namespace sightline {

// CPU tensors by name, strided and sharing memory as they were saved. Throws Error: kNotFound,
// kBadFile (damaged, or a pickle of something else), kUnsupported (the format before PyTorch 1.6,
// big-endian).
std::map<std::string, at::Tensor> read_torch_file(const std::filesystem::path& file);

}  // namespace sightline
