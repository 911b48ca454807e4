add_executable(training_probe ${CMAKE_CURRENT_LIST_DIR}/training_probe.cpp)
target_link_libraries(training_probe PRIVATE sightline_flags sightline_training_data)

# Python's random and json are the oracles, and the methods' algorithms written out in Python.
sightline_python_test(
  oracle_training_data
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_training_data.py)

# Transformers, PEFT and torch.optim are the oracles of training itself.
sightline_python_test(
  oracle_training
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_training.py)
sightline_python_test(
  oracle_distributed
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_distributed.py)
# Pickled adapters against torch.load, LoRA on the vision tower against PEFT.
sightline_python_test(
  oracle_adapters
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_adapters.py)
# Mounts a small tmpfs; says loudly where it may not.
sightline_python_test(
  oracle_full_disk
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  -rs
  ${CMAKE_CURRENT_LIST_DIR}/test_full_disk.py)
# TensorBoard reads the event files.
sightline_python_test(
  oracle_training_watch
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_training_watch.py)
# Masks by hand, Transformers' losses, and end tokens masked or dropped.
sightline_python_test(
  oracle_training_targets
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_training_targets.py)
# DPO against Transformers and PEFT, and what it does to answers.
sightline_python_test(
  oracle_preferences
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_preferences.py)
# Probes of one modality on counterfactual sets; the tiny model learns an exclusive or.
sightline_python_test(
  oracle_vcr
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_vcr.py)
# BRT on the default model beside its control.
sightline_python_test(
  oracle_brt
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_brt.py)
# Adapters for a range of data, measured as one frontier.
sightline_python_test(
  oracle_sweep
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_sweep.py)
