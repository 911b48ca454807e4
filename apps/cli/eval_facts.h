// What the verbs that measure record about a run.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "evals/runner.h"

namespace sightline::cli {

// A defence under its canonical spec.
EvalDefence eval_defence(const std::string& spec, const ModelInfo& model);

// SHA-256 of the fitted state that each defence reads, by method.
Json artefacts_of(const std::vector<EvalDefence>& defences, const ModelInfo& model);

// Into a session of the run store: the command, how it computes, and with what.
void say_how(Json& session, int threads, int ranks);

// The command as it was typed, quoted for a shell.
std::string command_line();

}  // namespace sightline::cli
