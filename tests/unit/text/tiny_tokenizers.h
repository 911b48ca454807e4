// Small tokenizers written out, so that tests can be read without running anything.
#pragma once

#include <vector>

#include "base/json.h"
#include "text/tokenizer.h"
#include "unit/tensor/refusal.h"

namespace sightline {

using Ids = std::vector<std::int64_t>;

// Byte-level BPE over "h", "e", "l", "o", "Ġ", é's two bytes and what they merge into.
inline Json byte_level_json() {
  return Json::parse(R"({
    "added_tokens": [
      {"id": 10, "content": "<|end|>", "special": true, "normalized": false},
      {"id": 11, "content": "[tool]", "special": false, "normalized": false}],
    "normalizer": null,
    "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
    "post_processor": null,
    "decoder": {"type": "ByteLevel"},
    "model": {"type": "BPE",
      "vocab": {"h": 0, "e": 1, "l": 2, "o": 3, "Ġ": 4, "he": 5, "ll": 6, "hell": 7, "Ã": 8, "©": 9},
      "merges": [["h", "e"], ["l", "l"], ["he", "ll"]]}})");
}

// Metaspace with byte tokens for é only: <0xC3> and <0xA9>.
inline Json byte_fallback_json() {
  return Json::parse(R"({
    "added_tokens": [{"id": 0, "content": "<unk>", "special": true, "normalized": false},
                     {"id": 1, "content": "<s>", "special": true, "normalized": false}],
    "normalizer": {"type": "Sequence", "normalizers": [
      {"type": "Prepend", "prepend": "▁"},
      {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
    "pre_tokenizer": null,
    "post_processor": {"type": "TemplateProcessing",
      "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
      "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
    "decoder": {"type": "Sequence", "decoders": [
      {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
      {"type": "ByteFallback"}, {"type": "Fuse"},
      {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
    "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
      "vocab": {"<unk>": 0, "<s>": 1, "▁": 2, "a": 3, "b": 4, "▁a": 5, "<0xC3>": 6, "<0xA9>": 7},
      "merges": [["▁", "a"]]}})");
}

inline Tokenizer tokenizer_of(const Json& json) {
  return Tokenizer::from_json(dump_json(json), "tokenizer.json");
}

}  // namespace sightline
