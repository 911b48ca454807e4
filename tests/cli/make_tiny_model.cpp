// make_tiny_model FOLDER [CONTEXT]: leaves a tiny random LLaVA there, for cases to use and to
// break.
#include <cstdlib>
#include <filesystem>

#include "support/tiny_model.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  sightline::TinyModelOptions options;
  if (argc > 2) options.context = std::atoi(argv[2]);
  const sightline::TinyModel model(options);
  std::filesystem::copy(model.path(), argv[1], std::filesystem::copy_options::recursive);
}
