add_executable(models_probe ${CMAKE_CURRENT_LIST_DIR}/models_probe.cpp)
target_link_libraries(models_probe PRIVATE sightline_models)
sightline_python_test(
  oracle_models
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_models.py)
