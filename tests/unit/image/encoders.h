// Pictures as files, made in memory for tests.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "image/image.h"
#include "sightline/error.h"

namespace sightline {

std::string jpeg_of(const Image& image, bool progressive = false);
std::string webp_of(const Image& image);                                         // lossless
std::string png_of_rgba(int width, int height, std::vector<std::uint8_t> rgba);  // 8 bits

// A smooth picture, so that JPEG comes close to it.
Image gradient_image(int width, int height);

Image decode(const std::string& file, const DecodeOptions& options = {});

// The error `run` throws; a test failure when it throws none.
Error error_of(const std::function<void()>& run);

}  // namespace sightline
