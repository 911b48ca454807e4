// A folder in which a test lays out a benchmark's data as its authors do.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "image/image.h"
#include "image/synthetic.h"
#include "sightline/benchmark.h"
#include "support/temporary_folder.h"

namespace sightline {

class DataFolder {
 public:
  const std::filesystem::path& path() const { return folder_.path(); }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path() / name).parent_path());
    std::ofstream(path() / name, std::ios::binary) << text;
  }

  // A PNG whatever the name says; pictures of one shade have equal bytes.
  void picture(const std::string& name, std::uint8_t shade = 0) const {
    write(name, encode_png(solid_image(4, 3, {shade, shade, shade})));
  }

  // "siuo(data=FOLDER,set=mcqa)" for load_benchmark().
  std::string spec(const std::string& benchmark, const std::string& options = "") const {
    return benchmark + "(data=\"" + path().string() + "\"" +
           (options.empty() ? "" : "," + options) + ")";
  }

 private:
  TemporaryFolder folder_;
};

inline const Sample& sample_named(const BenchmarkData& data, const std::string& id) {
  for (const Sample& sample : data.samples) {
    if (sample.id == id) return sample;
  }
  throw std::out_of_range("no sample " + id);
}

inline std::string words_of(const Sample& sample) {
  return sample.conversation.at(0).parts.back().text;
}

inline bool has_picture(const Sample& sample) {
  return sample.conversation.at(0).parts.front().picture != nullptr;
}

}  // namespace sightline
