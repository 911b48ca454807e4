// A picture → what a vision tower reads, as transformers' image processors do it on their Pillow
// backend (CLIPImageProcessorPil, LlavaImageProcessorPil of transformers 5), bit for bit:
// pad to square, resize, crop the middle, rescale, normalise.
#pragma once

#include <array>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "image/resize.h"

namespace sightline {

// The size to resize to: exactly one of the two forms is set (its numbers are > 0).
struct ResizeTarget {
  int shortest_edge = 224;  // keeps the aspect ratio; 0: use height and width
  int longest_edge = 0;     // with shortest_edge: bound of the other side; 0: none
  int height = 0;
  int width = 0;

  bool operator==(const ResizeTarget&) const = default;
};

// The fields of preprocessor_config.json; defaults are CLIP's. Pictures are always RGB
// (do_convert_rgb). Plain data: const use is thread-safe.
struct PreprocessConfig {
  bool pad_to_square = false;  // LLaVA's do_pad, or image_aspect_ratio "pad"
  bool do_resize = true;
  ResizeTarget size;
  Filter resample = Filter::kBicubic;
  bool do_center_crop = true;
  int crop_height = 224;
  int crop_width = 224;
  bool do_rescale = true;
  double rescale_factor = 1.0 / 255.0;
  bool do_normalize = true;
  std::array<double, 3> image_mean = {0.48145466, 0.4578275, 0.40821073};
  std::array<double, 3> image_std = {0.26862954, 0.26130258, 0.27577711};

  bool operator==(const PreprocessConfig&) const = default;

  // One line that names every field that matters: equal texts promise equal pixel values.
  std::string hash_text() const;
};

// The content of preprocessor_config.json, or of processor_config.json with an `image_processor`
// inside. Absent and null fields take their defaults. `origin` names the file in messages. Throws
// Error: kBadFile for a wrong type or a size out of range, kUnsupported for another processor or a
// form of size that is not known here.
PreprocessConfig parse_preprocess_config(const nlohmann::json& document, std::string_view origin);

// From a model folder: processor_config.json where it has an `image_processor`, else
// preprocessor_config.json. Throws Error{kNotFound} when the folder has neither.
PreprocessConfig read_preprocess_config(const std::filesystem::path& folder);

struct PixelValues {
  int channels = 0;  // 3
  int height = 0;
  int width = 0;
  std::vector<float> values;  // [channels, height, width]
};

// The bytes before rescaling: padded, resized, cropped. Only what the crop keeps is computed.
Image frame(const Image& image, const PreprocessConfig& config);

// REQUIRES: a picture with pixels. Throws Error{kUnsupported} where frame() would grow too large.
PixelValues preprocess(const Image& image, const PreprocessConfig& config);

}  // namespace sightline
