#include "text/tokenizer_core.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline::text {

void TokenizerCore::add_tokens(std::vector<AddedToken> tokens, std::string_view origin) {
  const Vocabulary& vocabulary = model->vocabulary();
  const auto model_size = static_cast<std::int64_t>(vocabulary.size());
  end_id = std::max(end_id, vocabulary.end_id());
  std::int64_t highest_added = -1;
  for (AddedToken& token : tokens) {
    if (token.content.empty()) continue;
    token.id = find(token.content);
    if (token.id < 0) {
      const std::int64_t next = std::max(model_size, highest_added + 1);
      if (next > kMaxTokenId)
        fail(ErrorKind::kBadFile, "{}: more than {} tokens", origin, kMaxTokenId);
      token.id = static_cast<std::int32_t>(next);
    }
    highest_added = std::max<std::int64_t>(highest_added, token.id);
    end_id = std::max(end_id, highest_added + 1);
    added_ids[token.content] = token.id;
  }
  // The reference looks for special tokens first, and of equal texts the last one counts.
  std::stable_partition(tokens.begin(), tokens.end(),
                        [](const AddedToken& t) { return t.special; });
  for (const AddedToken& token : tokens) {
    if (token.content.empty()) continue;
    Normalised value{token.content, 0};
    if (token.normalized && normalizer != nullptr) normalizer->apply(value);
    (token.normalized ? normalised_finder : raw_finder).add(value.text, token, origin);
    added_texts[token.id] = std::move(value.text);
  }
  // Skipping goes by text: a special token whose text is normalised away is no longer one.
  for (const AddedToken& token : tokens) {
    if (!token.special) continue;
    for (const std::int32_t id : {token.id, vocabulary.find(token.content)}) {
      if (id >= 0 && this->token(id) == token.content) special_ids.insert(id);
    }
  }
}

std::int32_t TokenizerCore::find(std::string_view token) const {
  const auto added = added_ids.find(std::string(token));
  return added != added_ids.end() ? added->second : model->vocabulary().find(token);
}

std::string_view TokenizerCore::token(std::int64_t id) const {
  const auto added = added_texts.find(id);
  return added != added_texts.end() ? added->second : model->vocabulary().token(id);
}

bool TokenizerCore::has_id(std::int64_t id) const {
  return added_texts.contains(id) || model->vocabulary().has_id(id);
}

bool TokenizerCore::is_special(std::int64_t id) const { return special_ids.contains(id); }

void TokenizerCore::encode(std::string_view text, std::vector<std::int64_t>& ids) const {
  TextArena arena;
  MergeScratch scratch;
  std::vector<Piece> found;
  std::vector<Piece> pieces;
  std::vector<Piece> words;
  raw_finder.split({text, -1, text.empty() ? std::size_t{0} : std::size_t{1}}, found);
  const auto encode_words = [&](const Piece& piece) {
    words.clear();
    if (pre_tokenizer != nullptr)
      pre_tokenizer->split(piece, arena, words);
    else
      words.push_back(piece);
    for (const Piece& word : words) model->encode(word.text, scratch, ids);
  };
  for (const Piece& raw : found) {
    if (raw.token >= 0) {
      ids.push_back(raw.token);
      continue;
    }
    Piece piece = raw;
    if (normalizer != nullptr) {
      Normalised value{std::string(raw.text), raw.origin};
      normalizer->apply(value);
      piece.origin = value.origin;
      piece.text = arena.keep(std::move(value.text));
    }
    pieces.clear();
    normalised_finder.split(piece, pieces);
    for (const Piece& each : pieces) {
      if (each.token >= 0)
        ids.push_back(each.token);
      else
        encode_words(each);
    }
  }
}

}  // namespace sightline::text
