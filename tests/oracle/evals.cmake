add_executable(evals_probe ${CMAKE_CURRENT_LIST_DIR}/evals_probe.cpp)
target_link_libraries(evals_probe PRIVATE sightline_flags sightline_evals)

# SciPy and statsmodels are the oracles of the statistics, Python's own text rules those of judges,
# pyarrow and Pillow those of the scripts that prepare data.
foreach(oracle statistics judges mmsafeaware prepared_data)
  add_test(NAME oracle_${oracle} COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q
                                         ${CMAKE_CURRENT_LIST_DIR}/test_${oracle}.py)
  set_tests_properties(
    oracle_${oracle} PROPERTIES LABELS full ENVIRONMENT SIGHTLINE_BUILD_DIR=${PROJECT_BINARY_DIR}
                                TIMEOUT 600)
endforeach()
