#include "tensor/torch_file.h"

#include <ATen/ops/empty.h>
#include <c10/core/Storage.h>
#include <c10/util/Exception.h>
#include <caffe2/serialize/inline_container.h>

#include <algorithm>
#include <fstream>

#include "base/file.h"
#include "sightline/error.h"
#include "tensor/shapes.h"
#include "tensor/tensor_pickle.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxSharing = 8;  // how often a file's bytes may be used by its tensors

// Fails unless it is a zip archive; returns its size.
std::uint64_t expect_zip(const fs::path& file) {
  const std::size_t size = MappedFile::open(file)->bytes().size();
  std::string start(4, '\0');
  std::ifstream(file, std::ios::binary).read(start.data(), 4);
  if (start == "PK\x03\x04") return size;
  if (start[0] == '\x80') {
    fail_with_hint(ErrorKind::kUnsupported,
                   "write it anew: python -c \"import torch; f = 'FILE'; "
                   "torch.save(torch.load(f, map_location='cpu', weights_only=True), f)\"",
                   "{}: written in PyTorch's format before 1.6, or by pickle", file);
  }
  fail(ErrorKind::kBadFile, "{}: no file of torch.save (a zip archive)", file);
}

class TorchFile {
 public:
  explicit TorchFile(const fs::path& file)
      : file_(file), size_(expect_zip(file)), reader_(file.string()) {}

  std::map<std::string, at::Tensor> tensors() {
    if (reader_.hasRecord("byteorder") && record("byteorder") != "little") {
      fail(ErrorKind::kUnsupported, "{}: its numbers are big-endian", file_);
    }
    const auto out =
        read_tensor_pickle(record("data.pkl"), file_.string(),
                           [this](const std::string& key, at::ScalarType dtype,
                                  std::int64_t numel) { return storage(key, dtype, numel); });
    std::uint64_t bytes = 0;
    for (const auto& [name, tensor] : out)
      bytes = checked_add(bytes, tensor.nbytes(), file_.string());
    if (bytes / kMaxSharing > size_) {
      fail(ErrorKind::kBadFile, "{}: tensors of {} bytes in a file of {}", file_, bytes, size_);
    }
    return out;
  }

 private:
  // [bytes]
  at::Tensor bytes_of(const std::string& name) {
    if (!reader_.hasRecord(name)) fail(ErrorKind::kBadFile, "{}: '{}' is missing", file_, name);
    const std::size_t size = reader_.getRecordSize(name);
    if (size > size_) {
      fail(ErrorKind::kBadFile, "{}: '{}' of {} bytes in a file of {}", file_, name, size, size_);
    }
    at::Tensor out = at::empty({static_cast<std::int64_t>(size)}, at::kByte);
    if (size > 0) reader_.getRecord(name, out.mutable_data_ptr(), size);
    return out;
  }

  std::string record(const std::string& name) {
    const at::Tensor bytes = bytes_of(name);
    return {static_cast<const char*>(bytes.const_data_ptr()), bytes.nbytes()};
  }

  // torch.save compresses nothing: together the storages are smaller than the file.
  at::Tensor storage_bytes(const std::string& key) {
    const auto known = storages_.find(key);
    if (known != storages_.end()) return known->second;
    const at::Tensor bytes = storages_[key] = bytes_of("data/" + key);
    loaded_ = checked_add(loaded_, bytes.nbytes(), file_.string());
    if (loaded_ > size_) {
      fail(ErrorKind::kBadFile, "{}: storages of {} bytes in a file of {}", file_, loaded_, size_);
    }
    return bytes;
  }

  at::Tensor storage(const std::string& key, at::ScalarType dtype, std::int64_t numel) {
    const at::Tensor bytes = storage_bytes(key);
    const std::uint64_t wanted =
        checked_mul(static_cast<std::uint64_t>(std::max<std::int64_t>(0, numel)),
                    c10::elementSize(dtype), file_.string());
    if (numel < 0 || wanted != bytes.nbytes()) {
      fail(ErrorKind::kBadFile, "{}: storage '{}' has {} bytes, wanted {} of {}", file_, key,
           bytes.nbytes(), numel, dtype_name(dtype));
    }
    return bytes.view(dtype);
  }

  const fs::path file_;
  const std::uint64_t size_;
  caffe2::serialize::PyTorchStreamReader reader_;
  std::uint64_t loaded_ = 0;                    // bytes of storages_
  std::map<std::string, at::Tensor> storages_;  // by key, as bytes
};

}  // namespace

std::map<std::string, at::Tensor> read_torch_file(const fs::path& file) {
  try {
    return TorchFile(file).tensors();
  } catch (const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    fail(ErrorKind::kBadFile, "{}: damaged: {}", file, text.substr(0, text.find('\n')));
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {  // of the archive's own numbers
    fail(ErrorKind::kBadFile, "{}: damaged: {}", file, error.what());
  }
}

}  // namespace sightline
