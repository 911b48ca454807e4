#include <algorithm>
#include <initializer_list>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "models/text_parts.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// The JSON files of a folder that speak about text; absent ones are empty objects.
struct FolderFiles {
  explicit FolderFiles(const fs::path& folder)
      : path(folder),
        tokenizer_config(read_if(folder / "tokenizer_config.json")),
        special_tokens(read_if(folder / "special_tokens_map.json")),
        processor_config(read_if(folder / "processor_config.json")),
        chat_template(read_if(folder / "chat_template.json")),
        generation_config(read_if(folder / "generation_config.json")) {}

  static Json read_if(const fs::path& file) {
    if (!fs::exists(file)) return Json::object();
    Json document = read_json(file);
    if (!document.is_object()) fail(ErrorKind::kBadFile, "{}: wanted an object", file);
    return document;
  }

  fs::path path;
  Json tokenizer_config;
  Json special_tokens;
  Json processor_config;
  Json chat_template;
  Json generation_config;
};

const Json* find(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

// A token is text, or an object with its text as "content".
std::optional<std::string> token_text(const Json& object, const char* key,
                                      const std::string& origin) {
  const Json* value = find(object, key);
  if (value == nullptr) return {};
  if (value->is_object()) return json_get<std::string>(*value, "content", origin + ": " + key);
  return json_get<std::string>(object, key, origin);
}

std::string special_token(const FolderFiles& files, const char* key) {
  if (const auto text = token_text(files.tokenizer_config, key,
                                   (files.path / "tokenizer_config.json").string())) {
    return *text;
  }
  return token_text(files.special_tokens, key, (files.path / "special_tokens_map.json").string())
      .value_or("");
}

// One template, or a list of named ones whose "default" is meant.
std::optional<std::string> template_text(const Json& object, const std::string& origin) {
  const Json* value = find(object, "chat_template");
  if (value == nullptr) return {};
  if (!value->is_array()) return json_get<std::string>(object, "chat_template", origin);
  for (const Json& named : *value) {
    if (json_get<std::string>(named, "name", origin) == "default") {
      return json_get<std::string>(named, "template", origin);
    }
  }
  fail(ErrorKind::kBadFile, "{}: none of {} chat templates is named 'default'", origin,
       value->size());
}

// The processor's template goes before the tokenizer's, which may know no pictures.
std::shared_ptr<const ChatTemplate> read_template(const FolderFiles& files) {
  const fs::path jinja = files.path / "chat_template.jinja";
  if (fs::exists(jinja)) {
    return std::make_shared<ChatTemplate>(read_file(jinja, ChatTemplate::kMaxBytes),
                                          jinja.string());
  }
  for (const auto& [document, name] :
       {std::pair(&files.chat_template, "chat_template.json"),
        std::pair(&files.processor_config, "processor_config.json"),
        std::pair(&files.tokenizer_config, "tokenizer_config.json")}) {
    const std::string origin = (files.path / name).string();
    if (auto source = template_text(*document, origin)) {
      return std::make_shared<ChatTemplate>(std::move(*source), origin);
    }
  }
  return nullptr;
}

std::vector<std::int64_t> id_list(const Json& object, const std::string& origin) {
  const Json* value = find(object, "eos_token_id");
  if (value == nullptr) return {};
  const Json list = value->is_array() ? *value : Json::array({*value});
  std::vector<std::int64_t> out;
  for (const Json& id : list) {
    if (!id.is_number_integer() || id.get<std::int64_t>() < 0) {
      fail(ErrorKind::kBadFile, "{}: eos_token_id is {}, wanted token ids", origin,
           dump_json(*value));
    }
    out.push_back(id.get<std::int64_t>());
  }
  return out;
}

// The first that is told: generation_config.json, config.json, its language part, the tokenizer.
std::vector<std::int64_t> read_end_ids(const FolderFiles& files, const Json& config,
                                       const Bundle& bundle) {
  const std::string origin = (files.path / "config.json").string();
  const Json* text = find(config, "text_config");
  for (const auto& ids :
       {id_list(files.generation_config, (files.path / "generation_config.json").string()),
        id_list(config, origin),
        text && text->is_object() ? id_list(*text, origin) : std::vector<std::int64_t>()}) {
    if (!ids.empty()) return ids;
  }
  const auto id = bundle.tokenizer->token_id(bundle.eos_token);
  return id ? std::vector{*id} : std::vector<std::int64_t>();
}

// What the rendered prompt says for a picture: the token of the config's image id.
std::string read_image_text(const FolderFiles& files, std::int64_t image_token,
                            const Bundle& bundle) {
  const std::string token(bundle.tokenizer->token(image_token));
  if (token.empty()) {
    fail(ErrorKind::kBadFile, "{}: the tokenizer has no token for the image id {}",
         files.path / "config.json", image_token);
  }
  const fs::path processor = files.path / "processor_config.json";
  const auto named = token_text(files.processor_config, "image_token", processor.string());
  if (named && *named != token) {
    fail(ErrorKind::kBadFile, "{}: image_token is '{}', id {} of config.json is '{}'", processor,
         *named, image_token, token);
  }
  return token;
}

std::optional<std::int64_t> image_token_of(const Json& config, const std::string& origin) {
  for (const char* key : {"image_token_id", "image_token_index"}) {
    if (find(config, key) != nullptr) return json_get<std::int64_t>(config, key, origin);
  }
  return {};
}

std::shared_ptr<const Tokenizer> read_tokenizer(const fs::path& folder) {
  const fs::path file = folder / "tokenizer.json";
  if (!fs::exists(file) && fs::exists(folder / "tokenizer.model")) {
    fail_with_hint(ErrorKind::kUnsupported,
                   "write tokenizer.json with transformers: "
                   "AutoTokenizer.from_pretrained(folder).save_pretrained(folder)",
                   "{}: only tokenizer.model, wanted tokenizer.json", folder);
  }
  return std::make_shared<Tokenizer>(Tokenizer::from_file(file));
}

}  // namespace

void read_folder_parts(const fs::path& folder, const Json& config, Bundle& bundle) {
  const FolderFiles files(folder);
  bundle.tokenizer = read_tokenizer(folder);
  bundle.chat_template = read_template(files);
  bundle.bos_token = special_token(files, "bos_token");
  bundle.eos_token = special_token(files, "eos_token");
  bundle.end_ids = read_end_ids(files, config, bundle);
  const auto image_token = image_token_of(config, (folder / "config.json").string());
  if (!image_token) return;
  bundle.image_text = read_image_text(files, *image_token, bundle);
  bundle.preprocess = read_preprocess_config(folder);
}

}  // namespace sightline
