// One function per verb: options as the verb tables complete them → exit code. Failures are thrown;
// dispatch.cpp tells them.
#pragma once

#include "base/json.h"

namespace sightline::cli {

int run_chat_verb(const Json& options);
int run_eval_verb(const Json& options);
int run_fit_verb(const Json& options);
int run_judge_verb(const Json& options);
int run_export_verb(const Json& options);
int run_import_verb(const Json& options);
int run_report_verb(const Json& options);
int run_compare_verb(const Json& options);
int run_gate_verb(const Json& options);
int run_power_verb(const Json& options);
int run_sweep_verb(const Json& options);
int run_capture_verb(const Json& options);
int run_data_verb(const Json& options);
int run_merge_verb(const Json& options);
int run_train_verb(const Json& options);
int run_tokenize_verb(const Json& options);
int run_list_verb(const Json& options);
int run_inspect_verb(const Json& options);
int run_doctor_verb(const Json& options);

}  // namespace sightline::cli
