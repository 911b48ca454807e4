#include "verbs.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "base/near.h"

namespace sightline::cli {
namespace {

using Options = std::vector<VerbOption>;

Options operator+(Options left, const Options& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

VerbOption positional(VerbOption option) {
  option.positional = true;
  return option;
}

VerbOption required(VerbOption option) {
  option.required = true;
  return option;
}

VerbOption model_option() {
  return {{"model", "default", "model folder (Hugging Face layout), .gguf file or 'default'"},
          "NAME"};
}

// What decides where and how a model computes.
Options machine_options() {
  return {
      {{"adapter", Json::array(),
        "LoRA adapter put on the model: FOLDER or FOLDER:SCALE; repeatable"},
       "FOLDER"},
      {{"device", "auto", "where to compute: auto, cpu, cuda or cuda:i"}, "DEVICE"},
      {{"dtype",
        "auto",
        "weights in memory; auto: as in the file",
        {},
        {},
        {"auto", "fp32", "bf16", "fp16", "int8"}},
       "DTYPE"},
      {{"threads", 0, "CPU threads; 0: one per core", 0, 1024}, "N"},
  };
}

// The models of the verbs that only ask, and how one behind a server is asked.
VerbOption any_model_option() {
  VerbOption option = model_option();
  option.spec.help = "model folder, .gguf file, 'default', or an endpoint https://HOST/v1#MODEL";
  return option;
}

Options endpoint_options() {
  return {
      {{"rpm", 0.0, "of an endpoint: at most so many requests a minute; 0: no limit", 0, 1e6}, "N"},
      {{"timeout", 300.0, "of an endpoint: seconds one attempt may take", 0.1, 86400}, "SECONDS"},
      {{"key_variable", nullptr,
        "environment variable of an endpoint's key; absent: SIGHTLINE_API_KEY, then, at "
        "api.openai.com alone, OPENAI_API_KEY"},
       "NAME"},
  };
}

// What its answers cost, of a model that is measured, talked with or asked to judge again.
Options price_options() {
  return {
      {{"prompt_price", 0.0, "of an endpoint, per million tokens of prompts", 0, 1e9}, "X"},
      {{"completion_price", 0.0, "of an endpoint, per million tokens of answers", 0, 1e9}, "X"},
  };
}

Options common_options() {
  return {
      {{"json", false, "print JSON for machines"}},
      {{"verbose", false, "say more on stderr"}, "", 'v'},
      {{"quiet", false, "say only warnings and errors on stderr"}, "", 'q'},
      {{"config", nullptr, "YAML file with the same keys; flags and environment win"}, "FILE"},
  };
}

VerbOption seed_option() {
  return {{"seed", 0, "makes every random choice repeatable", 0, 9007199254740991.0}, "N"};
}

VerbOption limit_option(const std::string& help) { return {{"limit", 0, help, 0, 1e9}, "N"}; }

VerbOption store_option() {
  return {{"store", "sightline-out/runs.db", "run store to read"}, "FILE"};
}

VerbOption image_option() {
  return {{"image", Json::array(), "picture file (JPEG, PNG, WebP); repeatable"}, "FILE"};
}

Options sampling_options() {
  return {
      {{"max_new_tokens", 64, "longest answer in tokens", 0, 1e6}, "N"},
      {{"temperature", 0.0, "0: always the likeliest token", 0, 100}, "X"},
      {{"top_p", 1.0, "sample from the likeliest tokens of this total probability", 0, 1}, "X"},
      {{"top_k", 0, "sample from the k likeliest tokens; 0: off", 0, 1e9}, "K"},
      {{"stop", Json::array(), "text that ends the answer; repeatable"}, "TEXT"},
  };
}

Verb chat_verb() {
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  return {
      "chat",
      "ask a model one question, or talk with it",
      Options{any_model_option(),
              {{"prompt", nullptr, "one question; without it the conversation is interactive"},
               "TEXT",
               'p'},
              image_option(),
              {{"system", nullptr, "system message; absent: the template's own"}, "TEXT"},
              {{"defence", "none", "defence, such as 'safety_prompt+cmrm(alpha=1.0)'"}, "SPEC"},
              seed_option(),
              {{"stream", terminal, "print the answer while it is made"}}} +
          sampling_options() + machine_options() + endpoint_options() + price_options() +
          common_options(),
      {{"sightline chat --prompt 'What is the capital of France?'", "one answer"},
       {"sightline chat --image photo.jpg --prompt 'What is in the picture?'", "with a picture"},
       {"sightline chat --model http://localhost:8000/v1#llava --prompt Hello",
        "a model behind a server"},
       {"sightline chat", "a conversation; /help lists its commands"}}};
}

VerbOption judge_model_option() {
  return {{"judge_model", nullptr,
           "model that judges, where the judge asks one: folder, .gguf, 'default' or address"},
          "NAME"};
}

// What is measured, and into which run.
Options eval_options() {
  return Options{any_model_option(),
                 {{"benchmark", Json::array({"mini"}),
                   "benchmark to ask, such as 'mini(split=validation)'; repeatable"},
                  "SPEC"},
                 {{"data", nullptr, "folder of the benchmark's data, for one that does not ship"},
                  "FOLDER"},
                 {{"defence", Json::array({"none"}),
                   "defence to measure, such as 'safety_prompt+cmrm(alpha=1.0)'; repeatable"},
                  "SPEC"},
                 {{"judge", nullptr, "judge of the answers; absent: the benchmark's own"}, "SPEC"},
                 judge_model_option(),
                 {{"judge_key_variable", nullptr,
                   "environment variable of the key of endpoints that judge; absent: the measured "
                   "endpoint's, at the same address alone"},
                  "NAME"},
                 {{"ablate", Json::array(),
                   "twins in whose picture's place stands none, blank, noise, caption or shuffled, "
                   "such as image=none,blank; repeatable"},
                  "image=KIND"},
                 limit_option("at most so many samples, drawn evenly from all subsets; 0: all"),
                 seed_option(),
                 {{"max_new_tokens", 0, "longest answer in tokens; 0: the benchmark's own", 0, 1e6},
                  "N"},
                 {{"out", "sightline-out", "folder of the run store and the report"}, "FOLDER"},
                 {{"retry_failed", false,
                   "go on with the newest run of the same settings, also a finished one: ask "
                   "again what failed or timed out, judge again where a judge failed or could not "
                   "be read"}},
                 {{"workers", 0, "samples asked at the same time; 0: twice --batch", 0, 4096}, "N"},
                 {{"batch", 32, "sequences decoded together", 1, 4096}, "N"}} +
         machine_options() + endpoint_options() + price_options() + common_options();
}

Verb eval_verb() {
  return {
      "eval",
      "measure a model on benchmarks under defences, into a run",
      eval_options() +
          Options{{{"resume", false, "go on with the unfinished run of the same settings"}}},
      {{"sightline eval --defence none --defence safety_prompt", "two defences, the same items"},
       {"sightline eval --ablate image=none,blank --limit 40", "how much the picture changes"},
       {"sightline eval --limit 40 --seed 7", "a stated sample"},
       {"sightline eval --config recipes/suites/mmsafeaware.yaml --data MMSafetyAwareness",
        "a suite that ships"},
       {"sightline eval --model https://api.example.org/v1#some-model --rpm 60",
        "a model behind a server; its key comes from the environment"},
       {"sightline eval --resume", "after Ctrl-C"},
       {"sightline eval --retry-failed", "after an outage, a refused key"}}};
}

Verb sweep_verb() {
  return {
      "sweep",
      "which values of options are safest, most helpful and cheapest",
      Options{
          {{"recipe", nullptr,
            "recipe of 'sightline train' that makes an adapter for each point; none: the "
            "defences alone vary"},
           "RECIPE"},
          {{"train", Json::array(),
            "setting of the recipe as key=value or key={value,value}; repeatable"},
           "KEY=VALUE"},
          {{"builder", nullptr, "builder of the recipe's data; none: the recipe names them"},
           "NAME"},
          {{"input", Json::array(), "input of the builder as key=FILE; repeatable"}, "KEY=FILE"},
          {{"build", Json::array(),
            "option of the builder as key=value or key={value,value}; repeatable"},
           "KEY=VALUE"},
          {{"metric", Json::array(),
            "metric that points are held against; repeatable; none: the headline's shares"},
           "METRIC"},
          {{"keep", Json::array(), "limit of the operating point, as 'gate' takes it; repeatable"},
           "REQUIREMENT"}} +
          eval_options(),
      {{"sightline sweep --defence none --defence 'cmrm(alpha={0.5,1,1.5})' "
        "--keep 'over_refusal<=10%'",
        "strengths of one defence, and the safest within a limit"},
       {"sightline sweep --recipe reject_sft --builder reject_sft --input refuse=medical.json "
        "--input utility=mix.json --build n_util=800 --build 'n_rej={0,42,89,200}' "
        "--train images=pictures --defence none --defence 'brt(adapter={adapter})'",
        "an adapter for each share of refusals; the same command goes on after Ctrl-C"}}};
}

Verb judge_verb() {
  return {"judge",
          "judge the answers of a run again, without asking its model again",
          Options{positional({{"run", "last", "run by number or name"}, "RUN"}),
                  required({{"judge", nullptr, "judge, such as 'keywords(list=xstest)'"}, "SPEC"}),
                  judge_model_option(),
                  {{"store", "sightline-out/runs.db", "run store to read and write"}, "FILE"},
                  {{"retry_failed", false,
                    "judge again also where the judge's words could not be read; where it failed, "
                    "it is asked again in any case"}},
                  {{"workers", 0, "judgements in flight; 0: twice --batch", 0, 4096}, "N"},
                  {{"batch", 32, "sequences decoded together", 1, 4096}, "N"}} +
              machine_options() + endpoint_options() + price_options() + common_options(),
          {{"sightline judge --judge 'keywords(list=xstest)'", "the newest run, by another list"},
           {"sightline judge 3 --judge strongreject --judge-model default",
            "by a model; after Ctrl-C or an outage the same command goes on"},
           {"sightline judge --judge 'jury(rounds=3)' --judge-model default", "by a jury"},
           {"sightline judge --judge 'human(file=labels.jsonl)'", "by people"}}};
}

Verb fit_verb() {
  return {
      "fit",
      "fit a defence's vectors and thresholds into an artefact",
      Options{
          required(positional({{"method", nullptr, "defence to fit, such as cmrm"}, "METHOD"})),
          model_option(),
          {{"benchmark", "mini", "where the fit and validation splits come from"}, "SPEC"},
          {{"set", Json::array(), "option of the method as key=value; repeatable"}, "KEY=VALUE"},
          {{"out", nullptr, "artefact folder; absent: where --defence METHOD looks"}, "FOLDER"},
          limit_option("at most so many items of each split; 0: all"),
          seed_option()} +
          machine_options() + common_options(),
      {{"sightline fit cmrm", "on the default model"},
       {"sightline fit cmrm --set reduction=svd1_uncentred --out cmrm-svd",
        "with an option, elsewhere"}}};
}

Verb report_verb() {
  return {"report",
          "turn runs into tables and pages",
          Options{positional(
                      {{"runs", Json::array(), "runs by number or name; none: the newest"}, "RUN"}),
                  store_option(),
                  {{"format",
                    Json::array({"table", "html"}),
                    "what to make; repeatable",
                    {},
                    {},
                    {"table", "html", "md", "json", "csv", "junit"}},
                   "FORMAT"},
                  {{"out", nullptr, "folder to write to; absent: beside the store"}, "FOLDER"}} +
              common_options(),
          {{"sightline report", "the newest run"},
           {"sightline report 1 2 --format md,json --out pages", "two runs"},
           {"sightline report --format csv,junit", "for spreadsheets and continuous integration"}}};
}

Verb compare_verb() {
  return {
      "compare",
      "compare runs and defences on the items they share",
      Options{
          positional({{"runs", Json::array(), "runs by number or name; none: the newest"}, "RUN"}),
          store_option(),
          {{"base", nullptr,
            "side that the others are compared with: DEFENCE or RUN:DEFENCE; absent: the first"},
           "SIDE"},
          {{"metric", Json::array(),
            "metric of the family that is tested together; repeatable; none: the headline's"},
           "METRIC"},
          {{"scenarios", false, "also within each scenario"}}} +
          common_options(),
      {{"sightline compare", "the newest run: its defences against the first"},
       {"sightline compare 1 2", "two runs, paired by sample"},
       {"sightline compare 3 --base none --metric unsafe_rate_picture --scenarios",
        "one declared metric, and where it moved"}}};
}

Verb gate_verb() {
  return {
      "gate",
      "does a run hold what is required? Exit code 0 or 1",
      Options{
          positional({{"run", "last", "run by number or name"}, "RUN"}),
          {{"require", Json::array(),
            "METRIC[defence=…,scenario=…] OP VALUE, or upper(METRIC), lower(METRIC); repeatable"},
           "REQUIREMENT"},
          {{"repair", nullptr,
            "the defence before a repair: the others should be safer and no worse"},
           "DEFENCE"},
          {{"defence", Json::array(), "repair to judge; repeatable; none: all but the base"},
           "DEFENCE"},
          {{"tolerance", 0.02, "how much worse a repair may make anything", 0, 1}, "X"},
          {{"junit", nullptr, "file to write the checks to, as JUnit XML"}, "FILE"},
          store_option()} +
          common_options(),
      {{"sightline gate --require 'unsafe_rate_picture<=5%' --require 'upper(over_refusal)<0.2'",
        "every defence of the newest run, the second by its interval"},
       {"sightline gate 3 --require 'unsafe_rate_picture[defence=cmrm]<=0.05' --junit gate.xml",
        "one defence, for continuous integration"},
       {"sightline gate --repair none --tolerance 0.03",
        "fewer unsafe answers, nothing else lost"}}};
}

Verb power_verb() {
  return {
      "power",
      "what a number of items can show, and how many a difference needs",
      Options{
          {{"rate", 0.5, "share that is expected", 0, 1}, "P"},
          {{"n", Json::array(), "number of items; repeatable"}, "N"},
          {{"effect", Json::array(), "difference to show, such as 0.05; repeatable"}, "X"},
          {{"omega", 0.0, "standard deviation of the paired differences; 0: not known", 0, 1}, "X"},
          {{"icc", 0.0, "correlation of items that share a picture", 0, 1}, "X"},
          {{"cluster_size", 1.0, "items that share one, on average", 1, 1e6}, "M"},
          {{"design_effect", 0.0, "instead of both; 0: from them", 0, 1e6}, "X"}} +
          common_options(),
      {{"sightline power --rate 0.4 --n 171 --n 497", "what two sizes can show"},
       {"sightline power --rate 0.4 --effect 0.05 --omega 0.34", "how many items it takes"},
       {"sightline power --n 1523 --icc 0.3 --cluster-size 3.4", "where pictures repeat"}}};
}

Verb export_verb() {
  return {
      "export",
      "write a run as files of another tool",
      Options{positional({{"run", "last", "run by number; last: the newest"}, "RUN"}),
              {{"store", "sightline-out/runs.db", "run store to read"}, "FILE"},
              required({{"format",
                         nullptr,
                         "whose files",
                         {},
                         {},
                         {"inspect-json", "lmms-samples", "omnisafe-jsonl", "records",
                          "vlmevalkit-tsv"}},
                        "FORMAT"}),
              required({{"out", nullptr, "folder to write to"}, "FOLDER"}),
              {{"embed_prompts", false, "write prompts and pictures too, not only their hashes"}}} +
          common_options(),
      {{"sightline export 3 --format vlmevalkit-tsv --out tables", "a TSV a defence"},
       {"sightline export --format inspect-json --embed-prompts --out logs",
        "then: inspect view --log-dir logs"}}};
}

Verb import_verb() {
  return {"import",
          "make a run of files of another tool",
          Options{positional({{"files", Json::array(), "files of one model"}, "FILE"}),
                  required({{"format",
                             nullptr,
                             "whose files",
                             {},
                             {},
                             {"inspect", "lmms", "mm-safetybench-ans", "omnisafe", "vlmevalkit"}},
                            "FORMAT"}),
                  {{"store", "sightline-out/runs.db", "run store to write"}, "FILE"},
                  {{"model", nullptr, "name of the model; absent: as the files say"}, "NAME"},
                  {{"benchmark", nullptr, "name of the data; absent: as the files say"}, "NAME"}} +
              common_options(),
          {{"sightline import --format vlmevalkit llava_MMSafetyBench.tsv MMSafetyBench.tsv",
            "predictions, and the data set for its pictures"},
           {"sightline import --format inspect logs/2025-01-31.eval --store theirs.db",
            "then: sightline report --store theirs.db"}}};
}

Verb capture_verb() {
  return {
      "capture",
      "write hidden states and logits of one prompt to a safetensors file",
      Options{model_option(),
              required({{"prompt", nullptr, "what to ask"}, "TEXT", 'p'}),
              image_option(),
              {{"system", nullptr, "system message; absent: the template's own"}, "TEXT"},
              {{"taps", Json::array({"block_out:*"}), "SITE or SITE:LAYERS; repeatable"}, "PLACE"},
              required({{"out", nullptr, "file to write"}, "FILE"})} +
          machine_options() + common_options(),
      {{"sightline capture --prompt Hello --taps 'block_out:*' --out hello.safetensors",
        "every block"},
       {"sightline capture --prompt 'What is this?' --image a.png --taps projector_out --out a.st",
        "picture rows"}}};
}

Verb data_verb() {
  return {
      "data",
      "build training data from files of others, check the data of a benchmark",
      Options{
          required(positional(
              {{"action", nullptr, "what to do", {}, {}, {"build", "check", "list"}}, "ACTION"})),
          positional(
              {{"builder", nullptr, "builder, such as reject_sft; for check: benchmark"}, "NAME"}),
          positional({{"place", nullptr, "for check: folder of the data, or the file of items"},
                      "FOLDER"}),
          {{"input", Json::array(), "input of the builder as key=FILE; repeatable"}, "KEY=FILE"},
          {{"set", Json::array(), "option of the builder as key=value; repeatable"}, "KEY=VALUE"},
          {{"out", nullptr, "file to write, .json or .jsonl, or an existing folder"}, "FILE"},
          {{"format", "sightline", "layout of the records", {}, {}, {"sightline", "llama_factory"}},
           "FORMAT"}} +
          common_options(),
      {{"sightline data list", "every builder with its inputs and options"},
       {"sightline data check siuo SIUO", "what is there of a benchmark, and what is not"},
       {"sightline data build reject_sft --input refuse=medical.json --input utility=mix.json "
        "--set n_rej=200 --set n_util=500 --out mix-200-500.json",
        "refusals on benign questions"},
       {"sightline data build llava --input records=mine.jsonl --out checked.json",
        "check records of your own"}}};
}

Verb train_verb() {
  return {"train",
          "tune a model by a recipe, into an adapter",
          Options{required(positional(
                      {{"recipe", nullptr, "YAML file, or a recipe that ships"}, "RECIPE"})),
                  {{"set", Json::array(), "setting of the recipe as key=value; repeatable"},
                   "KEY=VALUE"},
                  {{"resume", false, "go on from the newest checkpoint in --out"}},
                  {{"out", "sightline-train", "folder of checkpoints, logs and adapter"}, "FOLDER"},
                  {{"threads", 0, "CPU threads; 0: one per core", 0, 1024}, "N"}} +
              common_options(),
          {{"sightline train reject_sft --set data=mix.json --set images=pictures --out brt",
            "refusals on benign questions, the paper's settings"},
           {"sightline train mine.yaml --set lora.r=8 --set max_updates=20", "a short try"},
           {"sightline train mine.yaml --set eval_every=20 --set abort.over_refusal=0.5",
            "measured on the way; the best adapter is kept in OUT/best"},
           {"sightline train mine.yaml --resume", "after Ctrl-C or a crash"}}};
}

Verb merge_verb() {
  return {
      "merge",
      "write a model with adapters merged in, as a plain Hugging Face folder",
      Options{model_option(),
              {{"adapter", Json::array(), "adapter folder, or FOLDER:SCALE; repeatable"}, "FOLDER"},
              required({{"out", nullptr, "folder to write"}, "FOLDER"})} +
          common_options(),
      {{"sightline merge --adapter brt --out default-brt",
        "then: sightline chat --model "
        "default-brt"}}};
}

Verb tokenize_verb() {
  return {
      "tokenize",
      "text to token ids and back",
      Options{
          positional(model_option()),
          positional({{"text", nullptr, "text to encode; absent: --file or, whole, standard input"},
                      "TEXT"}),
          {{"file", nullptr,
            "JSON lines \"…\", {\"text\": …} or {\"ids\": […]}; - is standard input"},
           "FILE"},
          {{"special", true, "add the tokens that begin and end a text"}}} +
          common_options(),
      {{"sightline tokenize default 'Hello, world'", "ids and pieces"},
       {"sightline tokenize default --file texts.jsonl --json", "one JSON line per text"}}};
}

Verb list_verb() {
  return {
      "list",
      "what there is: models, families, defences, benchmarks, builders, recipes, judges, metrics",
      Options{positional({{"kind",
                           "all",
                           "what to list",
                           {},
                           {},
                           {"all", "models", "families", "defences", "benchmarks", "builders",
                            "recipes", "judges", "metrics"}},
                          "KIND"})} +
          common_options(),
      {{"sightline list defences", "with their options"}, {"sightline list --json", "all of it"}}};
}

Verb inspect_verb() {
  return {
      "inspect",
      "what is inside a model folder, weight file or artefact",
      Options{positional({{"path", "default", "folder, .safetensors, .gguf or 'default'"}, "PATH"}),
              {{"tensors", true, "list every tensor"}}} +
          common_options(),
      {{"sightline inspect default", "config and tensors"},
       {"sightline inspect model.gguf --no-tensors", "summary alone"}}};
}

Verb doctor_verb() {
  return {"doctor",
          "check this machine and installation",
          common_options(),
          {{"sightline doctor", "exit code 1 when something is missing"}}};
}

}  // namespace

OptionTable Verb::table() const {
  OptionTable specs;
  for (const VerbOption& option : options) specs.push_back(option.spec);
  return specs;
}

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
      chat_verb(),     eval_verb(),  judge_verb(),   compare_verb(), gate_verb(),
      power_verb(),    sweep_verb(), fit_verb(),     report_verb(),  data_verb(),
      train_verb(),    merge_verb(), export_verb(),  import_verb(),  capture_verb(),
      tokenize_verb(), list_verb(),  inspect_verb(), doctor_verb(),
  };
  return all;
}

const Verb& verb_named(std::string_view name) {
  std::vector<std::string> names;
  for (const Verb& verb : verbs()) {
    if (verb.name == name) return verb;
    names.push_back(verb.name);
  }
  fail_with_hint(ErrorKind::kUsage, near_names_hint(name, names), "unknown verb '{}'", name);
}

std::string flag_of(const std::string& option) {
  std::string flag = "--" + option;
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string environment_of(const std::string& option) {
  std::string name = "SIGHTLINE_" + option;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

}  // namespace sightline::cli
