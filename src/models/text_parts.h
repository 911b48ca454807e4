// Where the words of a model come from: tokenizer, template, marks and end ids.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "models/bundle.h"

namespace sightline {

class GgufFile;

// From a Hugging Face folder; `config` is its config.json. Fills tokenizer, chat_template (null
// when the folder has none), end_ids, bos_token, eos_token, image_text and, where the config has an
// image token, preprocess. Throws Error{kBadFile} where the files contradict each other.
void read_folder_parts(const std::filesystem::path& folder, const nlohmann::json& config,
                       Bundle& bundle);

// From a GGUF file's metadata: the same without pictures.
void read_gguf_parts(const GgufFile& file, Bundle& bundle);

}  // namespace sightline
