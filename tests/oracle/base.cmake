add_executable(base_probe ${CMAKE_CURRENT_LIST_DIR}/base_probe.cpp)
target_link_libraries(base_probe PRIVATE sightline_flags sightline_base)

# Python's csv module is the oracle of comma- and tab-separated files.
add_test(NAME oracle_csv COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q
                                 ${CMAKE_CURRENT_LIST_DIR}/test_csv.py)
set_tests_properties(oracle_csv PROPERTIES LABELS full ENVIRONMENT
                                           SIGHTLINE_BUILD_DIR=${PROJECT_BINARY_DIR} TIMEOUT 600)
