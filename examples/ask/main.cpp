// ask MODEL QUESTION [PICTURE]: one answer, printed while it is made.
#include <iostream>
#include <memory>

#include "sightline/error.h"
#include "sightline/generator.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: ask MODEL QUESTION [PICTURE]\n";
    return 2;
  }
  try {
    const auto picture = argc > 3 ? sightline::Picture::from_file(argv[3]) : nullptr;
    const auto generator = sightline::load_generator(argv[1]);
    sightline::Request request;
    request.conversation = sightline::ask(argv[2], picture);
    request.on_text = [](std::string_view piece) { std::cout << piece << std::flush; };
    const sightline::Generation answer = generator->generate(request);
    std::cout << "\n" << answer.usage.completion_tokens << " tokens\n";
  } catch (const sightline::Error& error) {
    std::cerr << "error: " << error.message() << "\n";
    return exit_code_of(error.kind());
  }
}
