add_executable(text_probe ${CMAKE_CURRENT_LIST_DIR}/text_probe.cpp)
target_link_libraries(text_probe PRIVATE sightline_text)

# The tokenizers package is the oracle of token ids, jinja2 that of templates.
foreach(oracle tokenizer template)
  add_test(NAME oracle_${oracle} COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q
                                         ${CMAKE_CURRENT_LIST_DIR}/test_${oracle}.py)
  set_tests_properties(
    oracle_${oracle} PROPERTIES LABELS full ENVIRONMENT SIGHTLINE_BUILD_DIR=${PROJECT_BINARY_DIR}
                                TIMEOUT 600)
endforeach()
