// Answers the picture oracle's questions: one JSON request a line on stdin, one JSON line on
// stdout, followed by as many raw bytes as its "bytes" says.
//
//   {"op": "decode", "file": F, "drop_alpha": true}                      → width, height, RGB bytes
//   {"op": "resize", "file": F, "width": W, "height": H, "resample": 3}  → the same, resized
//   {"op": "frame" | "preprocess", "file": F, "config": {...}}           → RGB bytes | fp32 CHW
//   {"op": "encode", "file": F}                                          → a PNG
// An error answers {"kind": ..., "error": ...}.
#include <cstdio>
#include <iostream>
#include <string>

#include "base/file.h"
#include "base/json.h"
#include "image/preprocess.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

void answer(int width, int height, std::string_view bytes) {
  const Json reply = {{"width", width}, {"height", height}, {"bytes", bytes.size()}};
  std::cout << dump_json(reply) << '\n' << bytes << std::flush;
}

std::string_view text_of(const auto& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0])};
}

Image load(const Json& request) {
  const auto path = json_get<std::string>(request, "file", "request");
  const std::string bytes = read_file(path, kMaxBytes);
  DecodeOptions options;
  if (json_get_or(request, "drop_alpha", "request", false)) {
    options.transparency = Transparency::kDrop;
  }
  return decode_image(std::as_bytes(std::span(bytes)), path, options);
}

void handle(const Json& request) {
  const auto op = json_get<std::string>(request, "op", "request");
  Image image = load(request);
  if (op == "preprocess") {
    const PixelValues pixels =
        preprocess(image, parse_preprocess_config(request.at("config"), "config"));
    return answer(pixels.width, pixels.height, text_of(pixels.values));
  }
  if (op == "encode") return answer(image.width, image.height, encode_png(image));
  if (op == "frame") {
    image = frame(image, parse_preprocess_config(request.at("config"), "config"));
  } else if (op == "resize") {
    const PreprocessConfig filter = parse_preprocess_config({{"resample", request.at("resample")}},
                                                            "request");  // Pillow's numbers
    image = resize(image, request.at("width").get<int>(), request.at("height").get<int>(),
                   filter.resample);
  }
  answer(image.width, image.height, text_of(image.rgb));
}

}  // namespace
}  // namespace sightline

int main() {
  using namespace sightline;
  std::string line;
  while (std::getline(std::cin, line)) {
    try {
      handle(parse_json(line, "request"));
    } catch (const Error& error) {
      const Json reply = {{"kind", name_of(error.kind())}, {"error", error.message()}};
      std::cout << dump_json(reply) << std::endl;
    }
  }
}
