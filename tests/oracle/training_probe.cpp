// Training data for the Python oracle: a JSON request a line on stdin, its result a line on stdout.
#include <functional>
#include <iostream>
#include <map>
#include <numeric>

#include "base/json.h"
#include "training/builders/balance.h"
#include "training/builders/build.h"
#include "training/py_random.h"

namespace sightline {
namespace {

// {"words": n, "below": [bounds], "choices": n, "sample": [size, count], "shuffle": size}, drawn in
// this order from one stream.
Json random_stream(const Json& in) {
  PyRandom random(in.at("seed").get<std::uint64_t>());
  Json out = {{"words", Json::array()}, {"below", Json::array()}};
  for (int i = 0; i < in.at("words").get<int>(); ++i) out["words"].push_back(random.next());
  for (const Json& bound : in.at("below")) {
    out["below"].push_back(random.below(bound.get<std::size_t>()));
  }
  out["sample"] = random.sample(in.at("sample").at(0).get<std::size_t>(),
                                in.at("sample").at(1).get<std::size_t>());
  std::vector<std::size_t> order(in.at("shuffle").get<std::size_t>());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  out["shuffle"] = order;
  return out;
}

Json build(const Json& in) {
  BuildRequest request{.builder = in.at("builder").get<std::string>(),
                       .inputs = {},
                       .options = in.at("options"),
                       .out = in.at("out").get<std::string>()};
  for (const auto& [key, file] : in.at("inputs").items()) {
    request.inputs[key] = file.get<std::string>();
  }
  return build_data(request).manifest;
}

Json information(const Json& in) {
  return mutual_information_bits(in.at("pairs").get<std::vector<std::pair<std::string, bool>>>());
}

const std::map<std::string, std::function<Json(const Json&)>> kOperations = {
    {"build", build}, {"information", information}, {"random", random_stream}};

}  // namespace
}  // namespace sightline

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const sightline::Json in = sightline::parse_json(line, "request");
    try {
      const auto& operation = sightline::kOperations.at(in.at("op").get<std::string>());
      std::cout << sightline::dump_json(operation(in)) << "\n";
    } catch (const sightline::Error& error) {
      std::cout << sightline::dump_json({{"error", error.what()}}) << "\n";
    }
  }
}
