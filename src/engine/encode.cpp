#include "engine/encode.h"

#include <ATen/ops/from_blob.h>

#include "base/json.h"
#include "base/random.h"
#include "engine/picture_image.h"

namespace sightline {
namespace {

Json template_messages(const Conversation& conversation) {
  Json messages = Json::array();
  for (const Message& message : conversation) {
    // A single text part is plain content, which every template understands.
    if (message.parts.size() == 1 && !message.parts.front().picture) {
      messages.push_back({{"role", message.role}, {"content", message.parts.front().text}});
      continue;
    }
    Json content = Json::array();
    for (const Part& part : message.parts) {
      content.push_back(part.picture ? Json{{"type", "image"}}
                                     : Json{{"type", "text"}, {"text", part.text}});
    }
    messages.push_back({{"role", message.role}, {"content", std::move(content)}});
  }
  return messages;
}

// The parts as they stand; pictures fill the placeholders that the text holds.
std::string raw_text(const Message& message) {
  std::string text;
  for (const Part& part : message.parts) text += part.text;
  return text;
}

void check_conversation(const Conversation& conversation, const Bundle& bundle) {
  if (conversation.empty()) fail(ErrorKind::kUsage, "the conversation is empty");
  for (const Message& message : conversation) {
    if (message.parts.empty()) fail(ErrorKind::kUsage, "a '{}' message has no parts", message.role);
    for (const Part& part : message.parts) {
      if (part.picture && !bundle.model->shape().image_token) {
        fail_with_hint(ErrorKind::kUnsupported,
                       "choose a vision-language model, or leave the picture out",
                       "model '{}' reads text only, but '{}' came with the request", bundle.name,
                       part.picture->origin);
      }
    }
  }
}

// User text that spells the placeholder would otherwise conjure a picture.
void check_placeholders(std::size_t found, std::size_t pictures, const Bundle& bundle) {
  if (found == pictures) return;
  fail_with_hint(ErrorKind::kUsage,
                 "the words of a request must not contain '" + bundle.image_text + "'",
                 "the prompt holds {} picture placeholders for {} pictures", found, pictures);
}

}  // namespace

std::vector<std::uint64_t> EncodedPrompt::row_keys(const std::string& pixels_key) const {
  std::vector<std::uint64_t> keys(ids.size());
  std::size_t picture = 0;
  std::int64_t within = 0;
  std::uint64_t picture_seed = 0;
  for (std::size_t t = 0; t < ids.size(); ++t) {
    if (kinds[t] != TokenKind::kImage) {
      keys[t] = static_cast<std::uint64_t>(ids[t]);
      continue;
    }
    if (picture < picture_rows.size() && static_cast<std::int64_t>(t) == picture_rows[picture]) {
      picture_seed = derive_seed(1, pictures[picture]->sha256 + pixels_key);
      ++picture;
      within = 0;
    }
    keys[t] = Random(picture_seed + static_cast<std::uint64_t>(within++)).next() | (1ULL << 63);
  }
  return keys;
}

std::string render_prompt(const Conversation& conversation, const Bundle& bundle) {
  if (conversation.size() == 1 && conversation.front().role == "raw") {
    return raw_text(conversation.front());
  }
  if (!bundle.chat_template) {
    fail_with_hint(ErrorKind::kUsage, "add chat_template.jinja to the model folder",
                   "model '{}' has no chat template", bundle.name);
  }
  TemplateOptions options = template_options(bundle);
  options.add_generation_prompt = true;
  if (conversation.back().role != "prefill") {
    return bundle.chat_template->render(template_messages(conversation), options);
  }
  const Conversation asked(conversation.begin(), conversation.end() - 1);
  return bundle.chat_template->render(template_messages(asked), options) +
         raw_text(conversation.back());
}

TemplateOptions template_options(const Bundle& bundle) {
  TemplateOptions options;
  if (!bundle.bos_token.empty()) options.bos_token = bundle.bos_token;
  if (!bundle.eos_token.empty()) options.eos_token = bundle.eos_token;
  return options;
}

std::vector<std::int64_t> encode_rendered(const std::string& text, const Bundle& bundle) {
  EncodeOptions options;
  options.add_special_tokens = bundle.bos_token.empty() || !text.starts_with(bundle.bos_token);
  return bundle.tokenizer->encode(text, options);
}

EncodedPrompt encode_prompt(const Conversation& conversation, const Bundle& bundle) {
  check_conversation(conversation, bundle);
  const ModelShape& shape = bundle.model->shape();
  const std::string text = render_prompt(conversation, bundle);
  const std::vector<std::int64_t> tokens = encode_rendered(text, bundle);

  EncodedPrompt prompt;
  for (const Message& message : conversation) {
    for (const Part& part : message.parts) {
      if (part.picture) prompt.pictures.push_back(part.picture);
    }
  }
  for (const std::int64_t id : tokens) {
    const bool placeholder = shape.image_token && id == *shape.image_token;
    const std::int64_t copies = placeholder ? shape.rows_per_image : 1;
    if (placeholder) prompt.picture_rows.push_back(static_cast<std::int64_t>(prompt.ids.size()));
    prompt.ids.insert(prompt.ids.end(), static_cast<std::size_t>(copies), id);
    prompt.kinds.insert(prompt.kinds.end(), static_cast<std::size_t>(copies),
                        placeholder ? TokenKind::kImage : TokenKind::kText);
  }
  check_placeholders(prompt.picture_rows.size(), prompt.pictures.size(), bundle);
  if (prompt.ids.empty()) fail(ErrorKind::kUsage, "the prompt has no tokens");
  if (static_cast<std::int64_t>(prompt.ids.size()) >= shape.context) {
    fail_with_hint(ErrorKind::kUsage, "shorten the prompt or use fewer pictures",
                   "the prompt has {} tokens, model '{}' takes at most {} with the answer",
                   prompt.ids.size(), bundle.name, shape.context);
  }
  return prompt;
}

at::Tensor load_pixels(const Picture& picture, const Bundle& bundle) {
  const Image image = image_of(picture);
  PixelValues pixels = preprocess(image, bundle.preprocess);
  return at::from_blob(pixels.values.data(), {pixels.channels, pixels.height, pixels.width},
                       at::kFloat)
      .clone();
}

}  // namespace sightline
