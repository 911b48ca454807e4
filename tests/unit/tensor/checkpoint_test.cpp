#include "tensor/checkpoint.h"

#include <ATen/ops/ones.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "refusal.h"
#include "support/temporary_folder.h"
#include "tensor/safetensors.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

class CheckpointTest : public ::testing::Test {
 protected:
  void shard(const std::string& name, const std::vector<std::string>& tensors) const {
    std::map<std::string, at::Tensor> out;
    for (const std::string& tensor : tensors) out[tensor] = at::ones({2});
    write_safetensors(folder() / name, out);
  }
  void index(const std::string& weight_map) const {
    write_file_atomically(folder() / "model.safetensors.index.json",
                          "{\"weight_map\":" + weight_map + "}");
  }
  const fs::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

TEST_F(CheckpointTest, OpensFolderFileAndIndexAlike) {
  shard("model.safetensors", {"a"});
  for (const fs::path& path : {folder(), folder() / "model.safetensors"}) {
    EXPECT_EQ(Checkpoint::open(path)->names(), (std::vector<std::string>{"a"}));
  }
}

TEST_F(CheckpointTest, JoinsShards) {
  shard("one.safetensors", {"b"});
  shard("two.safetensors", {"a", "c"});
  index(R"({"a":"two.safetensors","b":"one.safetensors","c":"two.safetensors"})");
  const auto checkpoint = Checkpoint::open(folder());
  EXPECT_EQ(checkpoint->names(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(checkpoint->file_of("c").filename(), "two.safetensors");
  EXPECT_EQ(checkpoint->shape("b"), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(Checkpoint::open(folder() / "model.safetensors.index.json")->contains("c"));
}

TEST_F(CheckpointTest, ShardOutsideTheFolderIsRefused) {
  for (const char* name : {"../x.safetensors", "/x.safetensors", "sub/x.safetensors", "..", ".", "",
                           "..\\\\x", "x\\u0000y"}) {
    index("{\"a\":\"" + std::string(name) + "\"}");
    expect_refused(ErrorKind::kBadFile, {"not a plain file name"},
                   [&] { Checkpoint::open(folder()); });
  }
}

TEST_F(CheckpointTest, MissingShardIsNamed) {
  index(R"({"a":"gone.safetensors"})");
  expect_refused(ErrorKind::kNotFound, {"'gone.safetensors' is missing"},
                 [&] { Checkpoint::open(folder()); });
}

TEST_F(CheckpointTest, IndexAndShardMustAgree) {
  shard("one.safetensors", {"a", "b"});
  index(R"({"a":"one.safetensors","c":"one.safetensors"})");
  expect_refused(ErrorKind::kBadFile, {"'c' is not in its shard 'one.safetensors'"},
                 [&] { Checkpoint::open(folder()); });
  index(R"({"a":"one.safetensors"})");
  expect_refused(ErrorKind::kBadFile, {"'b' of shard 'one.safetensors' is not in the index"},
                 [&] { Checkpoint::open(folder()); });
}

TEST_F(CheckpointTest, MalformedIndexIsRefused) {
  index("[]");
  expect_refused(ErrorKind::kBadFile, {"weight_map should be an object"},
                 [&] { Checkpoint::open(folder()); });
  index(R"({"a":1})");
  expect_refused(ErrorKind::kBadFile, {"shard of 'a' should be a string"},
                 [&] { Checkpoint::open(folder()); });
  write_file_atomically(folder() / "model.safetensors.index.json", "{}");
  expect_refused(ErrorKind::kBadFile, {"weight_map"}, [&] { Checkpoint::open(folder()); });
}

TEST_F(CheckpointTest, NoWeightsSaysWhatWasLookedFor) {
  expect_refused(ErrorKind::kNotFound, {"model.safetensors", ".gguf"},
                 [&] { Checkpoint::open(folder()); });
  expect_refused(ErrorKind::kNotFound, {"no model at"},
                 [&] { Checkpoint::open(folder() / "nowhere"); });
  write_file_atomically(folder() / "model.bin", "x");
  expect_refused(ErrorKind::kUnsupported, {"model.bin"},
                 [&] { Checkpoint::open(folder() / "model.bin"); });
  write_file_atomically(folder() / "a.gguf", "x");
  write_file_atomically(folder() / "b.gguf", "x");
  expect_refused(ErrorKind::kUsage, {"2 GGUF files"}, [&] { Checkpoint::open(folder()); });
}

TEST_F(CheckpointTest, ReadsItsConfiguration) {
  shard("model.safetensors", {"a"});
  write_file_atomically(folder() / "config.json", R"({"model_type":"llama"})");
  EXPECT_EQ(Checkpoint::open(folder())->config().at("model_type"), "llama");
  EXPECT_EQ(Checkpoint::open(folder())->gguf(), nullptr);
}

TEST_F(CheckpointTest, ConvertsOnlyWhatIsAskedFor) {
  shard("model.safetensors", {"a"});
  const auto checkpoint = Checkpoint::open(folder());
  EXPECT_EQ(checkpoint->tensor("a").scalar_type(), at::kFloat);
  EXPECT_EQ(checkpoint->tensor("a", at::kHalf).scalar_type(), at::kHalf);
  expect_refused(ErrorKind::kNotFound, {"'z'"}, [&] { checkpoint->tensor("z"); });
}

}  // namespace
}  // namespace sightline
