#include "encoders.h"

#include <jpeglib.h>
#include <spng.h>
#include <webp/encode.h>

#include <cstdlib>
#include <span>

namespace sightline {

std::string jpeg_of(const Image& image, bool progressive) {
  jpeg_compress_struct info;
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* file = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &file, &size);
  info.image_width = static_cast<JDIMENSION>(image.width);
  info.image_height = static_cast<JDIMENSION>(image.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  if (progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  for (int y = 0; y < image.height; ++y) {
    auto* row = const_cast<JSAMPROW>(&image.rgb[static_cast<std::size_t>(y * image.width) * 3]);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  const std::string result(reinterpret_cast<char*>(file), size);
  std::free(file);
  return result;
}

std::string webp_of(const Image& image) {
  std::uint8_t* file = nullptr;
  const std::size_t size =
      WebPEncodeLosslessRGB(image.rgb.data(), image.width, image.height, image.width * 3, &file);
  const std::string result(reinterpret_cast<char*>(file), size);
  WebPFree(file);
  return result;
}

std::string png_of_rgba(int width, int height, std::vector<std::uint8_t> rgba) {
  spng_ctx* context = spng_ctx_new(SPNG_CTX_ENCODER);
  spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(width);
  header.height = static_cast<std::uint32_t>(height);
  header.bit_depth = 8;
  header.color_type = SPNG_COLOR_TYPE_TRUECOLOR_ALPHA;
  spng_set_ihdr(context, &header);
  EXPECT_EQ(
      spng_encode_image(context, rgba.data(), rgba.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE),
      SPNG_OK);
  std::size_t size = 0;
  int code = 0;
  void* file = spng_get_png_buffer(context, &size, &code);
  const std::string result(static_cast<char*>(file), size);
  std::free(file);
  spng_ctx_free(context);
  return result;
}

Image gradient_image(int width, int height) {
  Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.rgb.push_back(static_cast<std::uint8_t>(255 * x / width));
      image.rgb.push_back(static_cast<std::uint8_t>(255 * y / height));
      image.rgb.push_back(static_cast<std::uint8_t>(255 * (x + y) / (width + height)));
    }
  }
  return image;
}

Image decode(const std::string& file, const DecodeOptions& options) {
  return decode_image(std::as_bytes(std::span(file)), "cat.img", options);
}

Error error_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return Error(ErrorKind::kInternal, "none");
}

}  // namespace sightline
