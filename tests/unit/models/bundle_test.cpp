// From a name to a model that can be spoken to: folders, hub caches, GGUF files.
#include "models/bundle.h"

#include <ATen/ops/arange.h>
#include <gmock/gmock.h>

#include <cstdlib>

#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "models/text_parts.h"
#include "support/temporary_folder.h"
#include "tensor/safetensors.h"
#include "unit/nn/memory_checkpoint.h"
#include "unit/tensor/gguf_bytes.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

// A byte-level tokenizer of 64 letters and three special tokens: <s> 64, </s> 65, <image> 66.
Json tokenizer_json() {
  Json vocabulary = Json::object();
  for (int i = 0; i < 64; ++i) vocabulary[std::string(1, static_cast<char>('!' + i))] = i;
  Json added = Json::array();
  int id = 64;
  for (const char* text : {"<s>", "</s>", "<image>"}) {
    added.push_back({{"id", id++},
                     {"content", text},
                     {"single_word", false},
                     {"lstrip", false},
                     {"rstrip", false},
                     {"normalized", false},
                     {"special", true}});
  }
  return {
      {"version", "1.0"},
      {"added_tokens", added},
      {"normalizer", nullptr},
      {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", true}}},
      {"post_processor", nullptr},
      {"decoder", {{"type", "ByteLevel"}}},
      {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", Json::array()}}}};
}

class BundleTest : public testing::Test {
 protected:
  BundleTest() {
    setenv("SIGHTLINE_CACHE", (root_.path() / "cache").c_str(), 1);
    setenv("HF_HUB_CACHE", (root_.path() / "hub").c_str(), 1);
    write_model(folder_, *tiny_llava());
  }
  ~BundleTest() override {
    unsetenv("SIGHTLINE_CACHE");
    unsetenv("HF_HUB_CACHE");
  }

  void write_model(const fs::path& folder, const MemoryCheckpoint& weights) {
    make_folder(folder);
    write_safetensors(folder / "model.safetensors", weights.tensors);
    put(folder / "config.json", weights.document);
    put(folder / "tokenizer.json", tokenizer_json());
    put(folder / "tokenizer_config.json",
        {{"bos_token", "<s>"}, {"eos_token", {{"content", "</s>"}, {"special", true}}}});
    put(folder / "preprocessor_config.json", {{"image_processor_type", "CLIPImageProcessor"},
                                              {"size", {{"shortest_edge", 13}}},
                                              {"crop_size", {{"height", 13}, {"width", 13}}}});
  }
  void put(const fs::path& file, const Json& document) {
    write_file_atomically(file, dump_json(document));
  }
  void change(const char* name, const Json& patch) {
    Json document = fs::exists(folder_ / name) ? read_json(folder_ / name) : Json::object();
    document.merge_patch(patch);
    put(folder_ / name, document);
  }
  Error error_of(const std::string& name) {
    try {
      load_bundle(name, {.device = "cpu"});
    } catch (const Error& error) {
      return error;
    }
    return Error(ErrorKind::kInternal, "loaded");
  }
  std::string template_source() {
    const Bundle bundle = load_text_parts(folder_.string());
    return bundle.chat_template ? bundle.chat_template->source() : "none";
  }

  TemporaryFolder root_;
  fs::path folder_ = root_.path() / "model";
};

TEST_F(BundleTest, HoldsEverythingOfAFolder) {
  const Bundle bundle = load_bundle(folder_.string(), {.dtype = "bf16", .device = "cpu"});
  EXPECT_EQ(bundle.name, folder_.string());
  EXPECT_EQ(bundle.location, folder_);
  EXPECT_EQ(bundle.model->shape().family, "llava");
  EXPECT_EQ(bundle.tokenizer->token_id("<image>"), 66);
  EXPECT_EQ(bundle.bos_token, "<s>");
  EXPECT_EQ(bundle.eos_token, "</s>");
  EXPECT_EQ(bundle.image_text, "<image>");
  EXPECT_EQ(bundle.preprocess.crop_width, 13);
  EXPECT_EQ(bundle.dtype, "bf16");
  EXPECT_THAT(bundle.end_ids, ElementsAre(65));
}

TEST_F(BundleTest, TextPartsNeedNoWeights) {
  fs::remove(folder_ / "model.safetensors");
  const Bundle bundle = load_text_parts(folder_.string());
  EXPECT_EQ(bundle.model, nullptr);
  EXPECT_EQ(bundle.tokenizer->token_id("<s>"), 64);
  EXPECT_EQ(error_of(folder_.string()).kind(), ErrorKind::kNotFound);
}

TEST_F(BundleTest, EndIdsComeFromTheFirstFileThatTells) {
  const auto ids = [&] { return load_text_parts(folder_.string()).end_ids; };
  change("config.json", {{"text_config", {{"eos_token_id", 7}}}});
  EXPECT_THAT(ids(), ElementsAre(7));
  change("config.json", {{"eos_token_id", 8}});
  EXPECT_THAT(ids(), ElementsAre(8));
  change("generation_config.json", {{"eos_token_id", {9, 10}}});
  EXPECT_THAT(ids(), ElementsAre(9, 10));
  change("generation_config.json", {{"eos_token_id", "x"}});
  EXPECT_EQ(error_of(folder_.string()).kind(), ErrorKind::kBadFile);
}

TEST_F(BundleTest, TheProcessorsTemplateGoesBeforeTheTokenizers) {
  EXPECT_EQ(template_source(), "none");
  change("tokenizer_config.json", {{"chat_template", "tokenizer"}});
  EXPECT_EQ(template_source(), "tokenizer");
  change("processor_config.json", {{"chat_template", "processor"}});
  EXPECT_EQ(template_source(), "processor");
  change("chat_template.json", {{"chat_template", "json"}});
  EXPECT_EQ(template_source(), "json");
  write_file_atomically(folder_ / "chat_template.jinja", "jinja");
  EXPECT_EQ(template_source(), "jinja");
}

TEST_F(BundleTest, OfNamedTemplatesTheDefaultIsTaken) {
  change("tokenizer_config.json",
         {{"chat_template",
           {{{"name", "tool_use"}, {"template", "a"}}, {{"name", "default"}, {"template", "b"}}}}});
  EXPECT_EQ(template_source(), "b");
  change("tokenizer_config.json",
         {{"chat_template", Json::array({{{"name", "tool_use"}, {"template", "a"}}})}});
  EXPECT_THAT(error_of(folder_.string()).message(), HasSubstr("named 'default'"));
}

TEST_F(BundleTest, RefusesAProcessorWithAnotherImageToken) {
  change("processor_config.json", {{"image_token", "<s>"}});
  const Error error = error_of(folder_.string());
  EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
  EXPECT_THAT(error.message(),
              HasSubstr("image_token is '<s>', id 66 of config.json is '<image>'"));
}

TEST_F(BundleTest, SaysHowToMakeAMissingTokenizerFile) {
  fs::remove(folder_ / "tokenizer.json");
  EXPECT_EQ(error_of(folder_.string()).kind(), ErrorKind::kNotFound);
  write_file_atomically(folder_ / "tokenizer.model", "x");
  EXPECT_EQ(error_of(folder_.string()).kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(error_of(folder_.string()).hint(), HasSubstr("save_pretrained"));
}

TEST_F(BundleTest, FollowsTheHubCache) {
  const fs::path hub = root_.path() / "hub" / "models--org--tiny";
  write_model(hub / "snapshots" / "abc", *tiny_llava());
  EXPECT_EQ(locate_model(hub.string()), hub / "snapshots" / "abc");
  EXPECT_EQ(locate_model("org/tiny"), hub / "snapshots" / "abc");
  write_model(hub / "snapshots" / "def", *tiny_llava());
  EXPECT_EQ(error_of(hub.string()).kind(), ErrorKind::kNotFound);
  make_folder(hub / "refs");
  write_file_atomically(hub / "refs" / "main", "def\n");
  EXPECT_EQ(locate_model("org/tiny"), hub / "snapshots" / "def");
  write_file_atomically(hub / "refs" / "main", "gone");
  EXPECT_EQ(error_of(hub.string()).kind(), ErrorKind::kNotFound);
  write_file_atomically(hub / "refs" / "main", "../../..");
  EXPECT_EQ(error_of(hub.string()).kind(), ErrorKind::kBadFile);
}

TEST_F(BundleTest, RefusesNamesOfNoModel) {
  EXPECT_EQ(error_of("no/such").kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error_of((root_.path() / "nothing").string()).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error_of(root_.path().string()).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error_of((folder_ / "config.json").string()).kind(), ErrorKind::kUnsupported);
}

TEST_F(BundleTest, TheHashOfTheWeightsIsThatOfTheFileAndFollowsIt) {
  const Bundle bundle = load_text_parts(folder_.string());
  const fs::path file = folder_ / "model.safetensors";
  EXPECT_EQ(weights_sha256(bundle), sha256_of_file(file));
  EXPECT_EQ(weights_sha256(bundle), sha256_of_file(file));  // from the note
  auto weights = tiny_llava();
  weights->tensors["language_model.lm_head.weight"].zero_();
  write_safetensors(file, weights->tensors);
  EXPECT_EQ(weights_sha256(bundle), sha256_of_file(file));
}

TEST_F(BundleTest, TheHashIsRememberedButADamagedNoteIsNot) {
  const Bundle bundle = load_text_parts(folder_.string());
  const std::string hash = weights_sha256(bundle);
  const fs::path note = fs::directory_iterator(root_.path() / "cache" / "hashes")->path();
  Json edited = read_json(note);
  edited["sha256"] = "remembered";
  put(note, edited);
  EXPECT_EQ(weights_sha256(bundle), "remembered");
  write_file_atomically(note, "{");
  EXPECT_EQ(weights_sha256(bundle), hash);
}

TEST_F(BundleTest, ShardsHashAsOne) {
  const auto weights = tiny_llava();
  std::map<std::string, at::Tensor> first, second;
  Json map = Json::object();
  for (const auto& [name, tensor] : weights->tensors) {
    const bool vision = name.starts_with("vision");
    (vision ? first : second)[name] = tensor;
    map[name] = vision ? "a.safetensors" : "b.safetensors";
  }
  fs::remove(folder_ / "model.safetensors");
  write_safetensors(folder_ / "a.safetensors", first);
  write_safetensors(folder_ / "b.safetensors", second);
  put(folder_ / "model.safetensors.index.json", {{"weight_map", map}});
  const Bundle bundle = load_bundle(folder_.string(), {.device = "cpu"});
  EXPECT_EQ(weights_sha256(bundle), sha256(sha256_of_file(folder_ / "a.safetensors") +
                                           sha256_of_file(folder_ / "b.safetensors")));
}

std::string text_array(const std::vector<std::string>& texts) {
  std::string out = little_endian(static_cast<std::uint32_t>(GgufKind::kString)) +
                    little_endian<std::uint64_t>(texts.size());
  for (const std::string& text : texts) out += gguf_text(text);
  return out;
}

TEST(GgufParts, ComeFromTheMetadata) {
  GgufBytes bytes;
  bytes.text("tokenizer.ggml.model", "gpt2")
      .text("tokenizer.ggml.pre", "default")
      .text("tokenizer.chat_template", "{{ bos_token }}")
      .u32("tokenizer.ggml.bos_token_id", 2)
      .u32("tokenizer.ggml.eos_token_id", 3)
      .u32("tokenizer.ggml.eot_token_id", 4)
      .pair("tokenizer.ggml.tokens", GgufKind::kArray,
            text_array({"a", "b", "<s>", "</s>", "<end>", "ab"}))
      .pair("tokenizer.ggml.merges", GgufKind::kArray, text_array({"a b"}));
  Bundle bundle;
  read_gguf_parts(*bytes.view(), bundle);
  EXPECT_EQ(bundle.bos_token, "<s>");
  EXPECT_EQ(bundle.eos_token, "</s>");
  EXPECT_THAT(bundle.end_ids, ElementsAre(3, 4));
  EXPECT_EQ(bundle.chat_template->source(), "{{ bos_token }}");
  EXPECT_THAT(bundle.tokenizer->encode("ab"), ElementsAre(5));
}

}  // namespace
}  // namespace sightline
