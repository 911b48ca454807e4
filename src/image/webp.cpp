#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

#include "image/decoders.h"
#include "sightline/error.h"

namespace sightline {
namespace {

struct FreeAnimation {
  void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
};

}  // namespace

// Still pictures are animations of one frame, so all files take the way Pillow takes.
Image decode_webp(std::span<const std::byte> bytes, std::string_view origin,
                  const DecodeOptions& options) {
  const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  WebPBitstreamFeatures features;
  const VP8StatusCode status = WebPGetFeatures(data.bytes, data.size, &features);
  if (status == VP8_STATUS_NOT_ENOUGH_DATA) {
    fail(ErrorKind::kBadFile, "{}: damaged WebP: the file ends too early", origin);
  }
  if (status != VP8_STATUS_OK) {
    fail(ErrorKind::kBadFile, "{}: damaged WebP: its header makes no sense", origin);
  }
  Image image = allocate_image(features.width, features.height, origin, options);

  WebPAnimDecoderOptions settings;
  WebPAnimDecoderOptionsInit(&settings);
  settings.color_mode = MODE_RGBA;
  const std::unique_ptr<WebPAnimDecoder, FreeAnimation> decoder(
      WebPAnimDecoderNew(&data, &settings));
  WebPAnimInfo info{};
  std::uint8_t* rgba = nullptr;  // owned by the decoder
  int timestamp = 0;
  if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &info) ||
      static_cast<int>(info.canvas_width) != image.width ||
      static_cast<int>(info.canvas_height) != image.height ||
      !WebPAnimDecoderGetNext(decoder.get(), &rgba, &timestamp)) {
    fail(ErrorKind::kBadFile, "{}: damaged WebP: its picture data is cut short or broken", origin);
  }
  const bool transparent = features.has_alpha != 0;
  for (std::size_t i = 0; i < image.rgb.size(); i += 3, rgba += 4) {
    write_pixel(rgba, transparent ? rgba[3] : 255, options.transparency, &image.rgb[i]);
  }
  return image;
}

}  // namespace sightline
