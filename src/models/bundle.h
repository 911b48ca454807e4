// A model with everything needed to speak to it: tokenizer, chat template, picture preprocessing.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "image/preprocess.h"
#include "models/model.h"
#include "text/chat_template.h"
#include "text/tokenizer.h"

namespace sightline {

struct LoadOptions {
  std::string dtype = "auto";              // auto, fp32, bf16, fp16, int8
  std::string device = "auto";             // auto, cpu, cuda, cuda:i
  std::vector<std::string> adapters = {};  // "FOLDER" or "FOLDER:scale"; their deltas add up
  // Called once with the model, adapters on, before it is shared.
  std::function<void(Model&)> prepare = {};
};

struct Bundle {
  std::string name;                // as the user gave it, adapters too: "default + brt:0.5"
  std::filesystem::path location;  // folder or .gguf file
  std::shared_ptr<const Model> model;
  std::shared_ptr<const Tokenizer> tokenizer;
  std::shared_ptr<const ChatTemplate> chat_template;
  PreprocessConfig preprocess;
  std::vector<std::int64_t> end_ids;  // from generation_config.json, config.json, tokenizer
  std::string bos_token;              // text, for templates; may be empty
  std::string eos_token;
  std::string image_text = "<image>";  // what a picture part is in the rendered prompt
  std::string dtype;                   // resolved name
  std::vector<std::string> adapters;   // as given
};

// `name`: a Hugging Face folder, a hub cache folder (models--org--name), a .gguf file, or
// "default". Throws Error: kNotFound, kBadFile, kShape, kUnsupported (unknown family, with the
// known ones).
Bundle load_bundle(const std::string& name, const LoadOptions& options = {});

// Only the parts that need no weights (for `tokenize`, `inspect`): model stays null.
Bundle load_text_parts(const std::string& name);

// Folder or file behind `name`; assembles the default model when needed.
std::filesystem::path locate_model(const std::string& name);

// SHA-256 over the weight files, and over the adapters' files and scales where there are some;
// cached in the cache folder by path, size and time.
std::string weights_sha256(const Bundle& bundle);

}  // namespace sightline
