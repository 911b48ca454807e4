// A checkpoint with adapters merged in, as a plain Hugging Face folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sightline {

// `model`: folder or name as load_bundle takes it; `adapters`: "DIR" or "DIR:scale". W + s·B A in
// fp32, rounded once to the stored dtype; names, dtypes and all other files stay as they are.
// Throws Error: kUsage when `out` exists, kUnsupported for GGUF or an adapter that does not fit.
void merge_adapters(const std::string& model, const std::vector<std::string>& adapters,
                    const std::filesystem::path& out);

}  // namespace sightline
