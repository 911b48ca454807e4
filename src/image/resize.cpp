#include "image/resize.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>
#include <string_view>

#include "sightline/error.h"

namespace sightline {
namespace {

// Pillow's arithmetic (src/libImaging/Resample.c): weights are rounded to 22 fractional bits, sums
// are 32-bit, and the result of the horizontal pass is rounded to bytes before the vertical one.
constexpr int kPrecisionBits = 32 - 8 - 2;
constexpr std::int32_t kHalf = 1 << (kPrecisionBits - 1);

// Columns that are brought through both passes together: bounds memory and stays in cache.
constexpr int kBlockColumns = 512;

std::uint8_t to_byte(std::int32_t sum) {
  return static_cast<std::uint8_t>(std::clamp(sum >> kPrecisionBits, 0, 255));
}

double sinc(double x) {
  if (x == 0.0) return 1.0;
  x *= std::numbers::pi;
  return std::sin(x) / x;
}

double hamming(double x) {
  x = std::abs(x);
  if (x == 0.0) return 1.0;
  if (x >= 1.0) return 0.0;
  x *= std::numbers::pi;
  return std::sin(x) / x * (0.54f + 0.46f * std::cos(x));
}

double bicubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
  if (x < 2.0) return (((x - 5) * x + 8) * x - 4) * a;
  return 0.0;
}

double weight_at(Filter filter, double x) {
  switch (filter) {
    case Filter::kBox: return x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
    case Filter::kBilinear: return std::max(0.0, 1.0 - std::abs(x));
    case Filter::kHamming: return hamming(x);
    case Filter::kBicubic: return bicubic(x);
    case Filter::kLanczos: return x >= -3.0 && x < 3.0 ? sinc(x) * sinc(x / 3) : 0.0;
    case Filter::kNearest: break;
  }
  fail(ErrorKind::kInternal, "the nearest filter has no weights");
}

double support_of(Filter filter) {
  switch (filter) {
    case Filter::kBox: return 0.5;
    case Filter::kBicubic: return 2.0;
    case Filter::kLanczos: return 3.0;
    default: return 1.0;
  }
}

// Where the samples of one output position come from along one axis.
class Axis {
 public:
  Axis(int in, int out, Filter filter)
      : in_(in),
        filter_(filter),
        scale_(static_cast<double>(in) / out),
        stretch_(std::max(scale_, 1.0)),
        support_(support_of(filter) * stretch_) {}

  // First sample used, and one past the last; both grow with `position`.
  int begin(int position) const {
    return std::max(static_cast<int>(center(position) - support_ + 0.5), 0);
  }
  int end(int position) const {
    return std::min(static_cast<int>(center(position) + support_ + 0.5), in_);
  }

  // Fixed-point weights of the samples begin..end.
  void weights(int position, std::vector<std::int32_t>& out) {
    const int first = begin(position);
    const int count = end(position) - first;
    const double inverse = 1.0 / stretch_;
    exact_.resize(static_cast<std::size_t>(count));
    double total = 0.0;
    for (int i = 0; i < count; ++i) {
      const double weight = weight_at(filter_, (i + first - center(position) + 0.5) * inverse);
      exact_[static_cast<std::size_t>(i)] = weight;
      total += weight;
    }
    out.resize(exact_.size());
    for (std::size_t i = 0; i < exact_.size(); ++i) {
      const double share = total != 0.0 ? exact_[i] / total : exact_[i];
      const double scaled = share * (1 << kPrecisionBits);
      out[i] = static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
  }

 private:
  double center(int position) const { return (position + 0.5) * scale_; }

  int in_;
  Filter filter_;
  double scale_;    // samples per position
  double stretch_;  // how much the filter is widened
  double support_;
  std::vector<double> exact_;
};

// Rows of RGB pixels somewhere in memory.
struct Rows {
  const std::uint8_t* data;
  std::size_t stride;
  const std::uint8_t* row(int y) const { return data + static_cast<std::size_t>(y) * stride; }
};

Rows rows_of(const Image& image, int x = 0) {
  return {image.rgb.data() + static_cast<std::size_t>(x) * 3,
          static_cast<std::size_t>(image.width) * 3};
}

// Two neighbouring pixels in eight lanes (r g b r g b and two idle ones), for the horizontal pass.
constexpr std::size_t kLanes = 8;
using Lanes [[gnu::vector_size(32)]] = std::int32_t;
using Bytes [[gnu::vector_size(32)]] = std::uint8_t;
using Octets [[gnu::vector_size(32)]] = std::uint64_t;

// sums += bytes * weights, lane by lane. (GCC 12 makes one shuffle of this, but eight inserts of
// __builtin_convertvector.)
inline void add_products(const std::uint8_t* bytes, const Lanes& weights, Lanes& sums) {
  std::uint64_t octet;
  std::memcpy(&octet, bytes, kLanes);
  const auto spread = reinterpret_cast<Bytes>(Octets{octet, octet, octet, octet});
  constexpr Bytes kZeros{};
  sums += reinterpret_cast<Lanes>(__builtin_shufflevector(
              spread, kZeros, 0, 32, 32, 32, 1, 32, 32, 32, 2, 32, 32, 32, 3, 32, 32, 32,  //
              20, 32, 32, 32, 21, 32, 32, 32, 22, 32, 32, 32, 23, 32, 32, 32)) *
          weights;
}

// The horizontal weights of a block of columns, each spread over the lanes of its pixel.
class BlockWeights {
 public:
  BlockWeights(Axis& axis, int first, int columns) : begin_(axis.begin(first)) {
    std::vector<std::int32_t> weights;
    for (int x = first; x < first + columns; ++x) {
      axis.weights(x, weights);
      const std::size_t pairs = (weights.size() + 1) / 2;
      weights.resize(pairs * 2, 0);
      columns_.push_back({static_cast<std::size_t>(axis.begin(x) - begin_) * 3, pairs});
      for (std::size_t i = 0; i < weights.size(); i += 2) {
        const std::int32_t a = weights[i];
        const std::int32_t b = weights[i + 1];
        lanes_.push_back(Lanes{a, a, a, b, b, b, 0, 0});
      }
    }
    length_ = static_cast<std::size_t>(axis.end(first + columns - 1) - begin_) * 3;
  }

  // The samples the block needs: from begin() on, bytes() of them.
  int begin() const { return begin_; }
  std::size_t bytes() const { return length_; }

  // One row: `in` points at the first sample needed, `out` gets the block's pixels.
  void apply(const std::uint8_t* in, std::uint8_t* out) {
    // A copy with room behind it: the last pair reads up to five bytes too many.
    padded_.resize(length_ + kLanes);
    std::memcpy(padded_.data(), in, length_);
    const Lanes* weights = lanes_.data();
    for (const Column& column : columns_) {
      const std::uint8_t* pixels = padded_.data() + column.offset;
      Lanes sum{};
      for (std::size_t i = 0; i < column.pairs; ++i, pixels += 6) {
        add_products(pixels, *weights++, sum);
      }
      for (int c = 0; c < 3; ++c) *out++ = to_byte(sum[c] + sum[c + 3] + kHalf);
    }
  }

 private:
  struct Column {
    std::size_t offset;  // bytes from the first sample of the block
    std::size_t pairs;
  };

  int begin_;
  std::size_t length_ = 0;
  std::vector<Column> columns_;
  std::vector<Lanes> lanes_;
  std::vector<std::uint8_t> padded_;
};

// The vertical pass: output rows from rows of `bytes` samples each.
class RowBlender {
 public:
  RowBlender(Axis& axis, std::size_t bytes) : axis_(axis), sums_(bytes) {}

  // `in`: rows of which the first is row `shift` of the source.
  void apply(const Rows& in, int shift, int position, std::uint8_t* out) {
    axis_.weights(position, weights_);
    std::fill(sums_.begin(), sums_.end(), kHalf);
    std::int32_t* const sums = sums_.data();
    const std::size_t count = sums_.size();
    int y = axis_.begin(position) - shift;
    for (const std::int32_t weight : weights_) {
      const std::uint8_t* const row = in.row(y++);
      for (std::size_t x = 0; x < count; ++x) sums[x] += row[x] * weight;
    }
    for (std::size_t x = 0; x < count; ++x) out[x] = to_byte(sums[x]);
  }

 private:
  Axis& axis_;
  std::vector<std::int32_t> sums_;
  std::vector<std::int32_t> weights_;
};

// Brings a block of columns of the window through the passes that are needed. The order shows in
// the last bit; Pillow 13 shrinks the height first where that takes off much more than the width
// loses.
class Resampler {
 public:
  Resampler(const Image& image, int width, int height, const Window& window, Filter filter)
      : image_(image),
        window_(window),
        horizontal_(image.width, width, filter),
        vertical_(image.height, height, filter),
        same_width_(width == image.width),
        same_height_(height == image.height),
        vertical_first_(height < image.height &&
                        image.height - height > 2 * std::int64_t{image.width - width}) {}

  // Columns [x, x + columns) of the window.
  void run(int x, int columns, Image& out) {
    if (same_width_) {
      run_vertical(rows_of(image_, window_.x + x), 0, x, columns, out);
    } else if (vertical_first_) {
      run_vertical_first(x, columns, out);
    } else {
      run_horizontal_first(x, columns, out);
    }
  }

 private:
  std::uint8_t* target(Image& out, int x, int y) const {
    return out.rgb.data() + (static_cast<std::size_t>(y) * out.width + x) * 3;
  }

  // From rows that have their final width already; the first is row `shift` of the source.
  void run_vertical(const Rows& rows, int shift, int x, int columns, Image& out) {
    const auto bytes = static_cast<std::size_t>(columns) * 3;
    RowBlender blender(vertical_, bytes);
    for (int y = 0; y < window_.height; ++y) {
      const int position = window_.y + y;
      if (same_height_) {
        std::memcpy(target(out, x, y), rows.row(position - shift), bytes);
      } else {
        blender.apply(rows, shift, position, target(out, x, y));
      }
    }
  }

  void run_horizontal_first(int x, int columns, Image& out) {
    BlockWeights weights(horizontal_, window_.x + x, columns);
    const int last = window_.y + window_.height - 1;
    const int first_row = same_height_ ? window_.y : vertical_.begin(window_.y);
    const int end_row = same_height_ ? last + 1 : vertical_.end(last);
    const auto bytes = static_cast<std::size_t>(columns) * 3;
    const Rows rows = rows_of(image_, weights.begin());
    between_.resize(bytes * static_cast<std::size_t>(end_row - first_row));
    for (int y = first_row; y < end_row; ++y) {
      weights.apply(rows.row(y), between_.data() + bytes * static_cast<std::size_t>(y - first_row));
    }
    run_vertical({between_.data(), bytes}, first_row, x, columns, out);
  }

  void run_vertical_first(int x, int columns, Image& out) {
    BlockWeights weights(horizontal_, window_.x + x, columns);
    RowBlender blender(vertical_, weights.bytes());
    const Rows rows = rows_of(image_, weights.begin());
    between_.resize(weights.bytes());
    for (int y = 0; y < window_.height; ++y) {
      blender.apply(rows, 0, window_.y + y, between_.data());
      weights.apply(between_.data(), target(out, x, y));
    }
  }

  const Image& image_;
  Window window_;
  Axis horizontal_;
  Axis vertical_;
  bool same_width_;
  bool same_height_;
  bool vertical_first_;
  std::vector<std::uint8_t> between_;  // what the first pass left
};

// Source index of each output position; Pillow adds the step up, so rounding errors accumulate.
std::vector<int> nearest_positions(int in, int out, int first, int count) {
  const double step = static_cast<double>(in) / out;
  double position = step * 0.5;
  std::vector<int> result;
  for (int i = 0; i < first + count; ++i, position += step) {
    if (i >= first) result.push_back(static_cast<int>(position));
  }
  return result;
}

void resize_nearest(const Image& image, int width, int height, const Window& window, Image& out) {
  const auto columns = nearest_positions(image.width, width, window.x, window.width);
  const auto rows = nearest_positions(image.height, height, window.y, window.height);
  std::uint8_t* target = out.rgb.data();
  for (const int y : rows) {
    for (const int x : columns) {
      if (y < image.height && x < image.width) {
        std::memcpy(target, rows_of(image, x).row(y), 3);
      }
      target += 3;
    }
  }
}

Image blank(int width, int height) {
  return {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * 3)};
}

void check_pixels(std::int64_t width, std::int64_t height, std::int64_t limit,
                  std::string_view what) {
  if (width * height > limit) {
    fail(ErrorKind::kUnsupported, "{} to {} x {} pixels: at most {} pixels are made", what, width,
         height, limit);
  }
}

}  // namespace

Image resize(const Image& image, int width, int height, Filter filter) {
  return resize_window(image, width, height, {0, 0, width, height}, filter);
}

Image resize_window(const Image& image, int width, int height, const Window& window,
                    Filter filter) {
  if (width < 1 || height < 1 || std::max(width, height) > kMaxResizedEdge) {
    fail(ErrorKind::kUnsupported,
         "resizing a picture of {} x {} to {} x {} pixels: a side must be 1 to {}", image.width,
         image.height, width, height, kMaxResizedEdge);
  }
  if (image.rgb.empty() || window.width < 1 || window.height < 1 || window.x < 0 || window.y < 0 ||
      window.width > width - window.x || window.height > height - window.y) {
    fail(ErrorKind::kInternal, "resizing to {} x {}: no pixels, or a window outside", width,
         height);
  }
  check_pixels(window.width, window.height, kMaxResizedPixels, "resizing");
  Image out = blank(window.width, window.height);
  if (filter == Filter::kNearest) {
    resize_nearest(image, width, height, window, out);
    return out;
  }
  Resampler resampler(image, width, height, window, filter);
  for (int x = 0; x < window.width; x += kBlockColumns) {
    resampler.run(x, std::min(kBlockColumns, window.width - x), out);
  }
  return out;
}

Window center_window(int width, int height, int crop_width, int crop_height) {
  const auto start = [](int side, int crop) { return std::max(0, (side - crop) / 2); };
  return {start(width, crop_width), start(height, crop_height), std::min(width, crop_width),
          std::min(height, crop_height)};
}

Image center_crop(const Image& image, int width, int height) {
  check_pixels(width, height, kMaxResizedPixels, "cropping");
  const Window kept = center_window(image.width, image.height, width, height);
  // What is missing is split with the larger half above and to the left.
  const int left = (width - kept.width + 1) / 2;
  const int top = (height - kept.height + 1) / 2;
  Image out = blank(width, height);
  const auto bytes = static_cast<std::size_t>(kept.width) * 3;
  for (int y = 0; y < kept.height; ++y) {
    std::memcpy(out.rgb.data() + (static_cast<std::size_t>(top + y) * width + left) * 3,
                rows_of(image, kept.x).row(kept.y + y), bytes);
  }
  return out;
}

Image pad_to_square(const Image& image, const std::array<std::uint8_t, 3>& background) {
  if (image.width == image.height) return image;
  const int side = std::max(image.width, image.height);
  check_pixels(side, side, kMaxPaddedPixels, "padding");
  Image out = blank(side, side);
  for (std::size_t i = 0; i < out.rgb.size(); i += 3) {
    std::memcpy(&out.rgb[i], background.data(), 3);
  }
  const int left = (side - image.width) / 2;
  const int top = (side - image.height) / 2;
  for (int y = 0; y < image.height; ++y) {
    std::memcpy(out.rgb.data() + (static_cast<std::size_t>(top + y) * side + left) * 3,
                rows_of(image).row(y), static_cast<std::size_t>(image.width) * 3);
  }
  return out;
}

}  // namespace sightline
