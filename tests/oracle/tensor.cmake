add_executable(tensor_probe ${CMAKE_CURRENT_LIST_DIR}/tensor_probe.cpp)
target_link_libraries(tensor_probe PRIVATE sightline_tensor sightline_default_model)

# The safetensors and gguf packages are the oracle of the readers, Transformers that of the model.
foreach(oracle tensor default_model)
  add_test(NAME oracle_${oracle} COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q
                                         ${CMAKE_CURRENT_LIST_DIR}/test_${oracle}.py)
  set_tests_properties(
    oracle_${oracle} PROPERTIES LABELS full ENVIRONMENT SIGHTLINE_BUILD_DIR=${PROJECT_BINARY_DIR}
                                TIMEOUT 600)
endforeach()
