#include "image/preprocess.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <optional>
#include <utility>

#include "base/json.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr int kMaxEdge = 16384;  // of a configured size

// Numbers of transformers' PILImageResampling, in order.
constexpr std::array kFilters = {Filter::kNearest, Filter::kLanczos, Filter::kBilinear,
                                 Filter::kBicubic, Filter::kBox,     Filter::kHamming};

struct Processor {
  std::string_view name;
  bool pads_to_square;  // what its do_pad means; otherwise it pads to pad_size
};
constexpr std::array kProcessors = {Processor{"CLIPImageProcessor", false},
                                    Processor{"CLIPFeatureExtractor", false},
                                    Processor{"LlavaImageProcessor", true}};

Processor processor_of(const Json& document, std::string_view origin) {
  const std::string old_name = json_get_or<std::string>(document, "feature_extractor_type", origin,
                                                        std::string(kProcessors[0].name));
  const std::string name =
      json_get_or<std::string>(document, "image_processor_type", origin, old_name);
  std::string_view base = name;
  for (const std::string_view backend : {"Fast", "Pil"}) {
    if (base.ends_with(backend)) base.remove_suffix(backend.size());
  }
  std::string known;
  for (const Processor& processor : kProcessors) {
    if (processor.name == base) return processor;
    known += known.empty() ? "" : ", ";
    known += processor.name;
  }
  fail_with_hint(ErrorKind::kUnsupported, "known: " + known, "{}: image processor '{}'", origin,
                 name);
}

int edge(const Json& object, const char* key, std::string_view origin) {
  const auto value = json_get<std::int64_t>(object, key, origin);
  if (value < 1 || value > kMaxEdge) {
    fail(ErrorKind::kBadFile, "{}: '{}' is {}, wanted 1 to {}", origin, key, value, kMaxEdge);
  }
  return static_cast<int>(value);
}

bool has(const Json& object, const char* key) {
  return object.contains(key) && !object.at(key).is_null();
}

// The forms of `size`: 224, {"shortest_edge": 224}, {"height": 224, "width": 224}.
ResizeTarget size_of(const Json& document, std::string_view origin) {
  if (!has(document, "size")) return {};
  const Json& size = document.at("size");
  if (size.is_number_integer()) return {.shortest_edge = edge(document, "size", origin)};
  if (has(size, "shortest_edge")) {
    const int longest = has(size, "longest_edge") ? edge(size, "longest_edge", origin) : 0;
    return {.shortest_edge = edge(size, "shortest_edge", origin), .longest_edge = longest};
  }
  if (has(size, "height") && has(size, "width")) {
    return {.shortest_edge = 0,
            .height = edge(size, "height", origin),
            .width = edge(size, "width", origin)};
  }
  fail(ErrorKind::kUnsupported,
       "{}: 'size' is {}, wanted a number, 'shortest_edge', or 'height' and 'width'", origin,
       dump_json(size));
}

void read_crop(const Json& document, std::string_view origin, PreprocessConfig& config) {
  if (!has(document, "crop_size")) return;
  const Json& crop = document.at("crop_size");
  if (crop.is_object()) {
    config.crop_height = edge(crop, "height", origin);
    config.crop_width = edge(crop, "width", origin);
  } else {
    config.crop_height = config.crop_width = edge(document, "crop_size", origin);
  }
}

// One number for all channels, or a list of three.
std::array<double, 3> channels_of(const Json& document, const char* key, std::string_view origin,
                                  const std::array<double, 3>& fallback) {
  if (!has(document, key)) return fallback;
  const Json& value = document.at(key);
  if (!value.is_array()) {
    const double number = json_get<double>(document, key, origin);
    return {number, number, number};
  }
  const bool numbers =
      std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_number(); });
  if (value.size() != 3 || !numbers) {
    fail(ErrorKind::kBadFile, "{}: '{}' is {}, wanted three numbers", origin, key,
         dump_json(value));
  }
  return {value[0].get<double>(), value[1].get<double>(), value[2].get<double>()};
}

Filter filter_of(const Json& document, std::string_view origin) {
  const auto number = json_get_or<std::int64_t>(document, "resample", origin, 3);
  if (number < 0 || number >= static_cast<std::int64_t>(kFilters.size())) {
    fail(ErrorKind::kBadFile, "{}: 'resample' is {}, wanted 0 to 5", origin, number);
  }
  return kFilters[static_cast<std::size_t>(number)];
}

bool pads(const Json& document, const Processor& processor, std::string_view origin) {
  const bool do_pad = json_get_or(document, "do_pad", origin, false);
  if (do_pad && !processor.pads_to_square && has(document, "pad_size")) {
    fail(ErrorKind::kUnsupported, "{}: 'do_pad' with a 'pad_size' is not done here", origin);
  }
  const std::string ratio =
      json_get_or<std::string>(document, "image_aspect_ratio", origin, "square");
  return (do_pad && processor.pads_to_square) || ratio == "pad";
}

struct Size {
  int width;
  int height;
};

// transformers' get_size_with_aspect_ratio and get_resize_output_image_size: the shorter side
// becomes the target, the other one is cut down to a whole number.
Size resized_size(const Image& image, const ResizeTarget& target) {
  if (target.shortest_edge == 0) return {target.width, target.height};
  const double shorter = std::min(image.width, image.height);
  const double longer = std::max(image.width, image.height);
  int short_edge = target.shortest_edge;
  double exact = short_edge;
  if (target.longest_edge > 0 && longer / shorter * short_edge > target.longest_edge) {
    exact = target.longest_edge * shorter / longer;
    short_edge = static_cast<int>(std::nearbyint(exact));  // half to even
    if (short_edge == std::min(image.width, image.height)) return {image.width, image.height};
  }
  // What no int can hold is refused by resize_window(), which knows the bound.
  const double long_edge = std::min<double>(exact * longer / shorter, INT_MAX);
  const int other = static_cast<int>(long_edge);
  return image.width <= image.height ? Size{short_edge, other} : Size{other, short_edge};
}

std::array<std::uint8_t, 3> background_of(const PreprocessConfig& config) {
  std::array<std::uint8_t, 3> colour;
  for (std::size_t c = 0; c < 3; ++c) {
    colour[c] = static_cast<std::uint8_t>(std::clamp(config.image_mean[c] * 255, 0.0, 255.0));
  }
  return colour;
}

// Every byte's value after rescaling and normalising, rounded to fp32 where NumPy does.
std::array<float, 256> value_table(const PreprocessConfig& config, std::size_t channel) {
  const auto mean = static_cast<float>(config.image_mean[channel]);
  const auto deviation = static_cast<float>(config.image_std[channel]);
  std::array<float, 256> table;
  for (int byte = 0; byte < 256; ++byte) {
    const double scaled = config.do_rescale ? byte * config.rescale_factor : byte;
    auto value = static_cast<float>(scaled);
    if (config.do_normalize) value = (value - mean) / deviation;
    table[static_cast<std::size_t>(byte)] = value;
  }
  return table;
}

}  // namespace

std::string PreprocessConfig::hash_text() const {
  const std::string size_text = size.shortest_edge > 0
                                    ? format("{}..{}", size.shortest_edge, size.longest_edge)
                                    : format("{}x{}", size.width, size.height);
  return format("pad={} resize={}:{}:{} crop={}:{}x{} rescale={}:{} normalize={}:{},{},{}:{},{},{}",
                pad_to_square, do_resize, size_text, static_cast<int>(resample), do_center_crop,
                crop_width, crop_height, do_rescale, rescale_factor, do_normalize, image_mean[0],
                image_mean[1], image_mean[2], image_std[0], image_std[1], image_std[2]);
}

PreprocessConfig parse_preprocess_config(const Json& document, std::string_view origin) {
  if (!document.is_object()) {
    fail(ErrorKind::kBadFile, "{}: wanted an object of settings", origin);
  }
  if (has(document, "image_processor")) {
    const Json& inner = document.at("image_processor");
    return parse_preprocess_config(inner, format("{}: image_processor", origin));
  }
  PreprocessConfig config;
  config.pad_to_square = pads(document, processor_of(document, origin), origin);
  config.do_resize = json_get_or(document, "do_resize", origin, config.do_resize);
  config.size = size_of(document, origin);
  config.resample = filter_of(document, origin);
  config.do_center_crop = json_get_or(document, "do_center_crop", origin, config.do_center_crop);
  read_crop(document, origin, config);
  config.do_rescale = json_get_or(document, "do_rescale", origin, config.do_rescale);
  config.rescale_factor = json_get_or(document, "rescale_factor", origin, config.rescale_factor);
  config.do_normalize = json_get_or(document, "do_normalize", origin, config.do_normalize);
  config.image_mean = channels_of(document, "image_mean", origin, config.image_mean);
  config.image_std = channels_of(document, "image_std", origin, config.image_std);
  for (const double deviation : config.image_std) {
    if (deviation == 0.0) fail(ErrorKind::kBadFile, "{}: 'image_std' has a zero", origin);
  }
  return config;
}

PreprocessConfig read_preprocess_config(const std::filesystem::path& folder) {
  const std::filesystem::path nested = folder / "processor_config.json";
  if (std::filesystem::exists(nested)) {
    const Json document = read_json(nested);
    if (document.is_object() && has(document, "image_processor")) {
      return parse_preprocess_config(document, nested.string());
    }
  }
  const std::filesystem::path file = folder / "preprocessor_config.json";
  return parse_preprocess_config(read_json(file), file.string());
}

Image frame(const Image& image, const PreprocessConfig& config) {
  std::optional<Image> padded;
  if (config.pad_to_square) padded = pad_to_square(image, background_of(config));
  const Image& source = padded ? *padded : image;
  const Size size =
      config.do_resize ? resized_size(source, config.size) : Size{source.width, source.height};
  const Window window = config.do_center_crop ? center_window(size.width, size.height,
                                                              config.crop_width, config.crop_height)
                                              : Window{0, 0, size.width, size.height};
  Image part = resize_window(source, size.width, size.height, window, config.resample);
  if (!config.do_center_crop) return part;
  return center_crop(part, config.crop_width, config.crop_height);
}

PixelValues preprocess(const Image& image, const PreprocessConfig& config) {
  const Image framed = frame(image, config);
  PixelValues pixels{3, framed.height, framed.width, {}};
  pixels.values.resize(framed.rgb.size());
  const std::size_t plane = framed.rgb.size() / 3;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const std::array<float, 256> table = value_table(config, channel);
    float* const out = pixels.values.data() + channel * plane;
    for (std::size_t i = 0; i < plane; ++i) out[i] = table[framed.rgb[i * 3 + channel]];
  }
  return pixels;
}

}  // namespace sightline
