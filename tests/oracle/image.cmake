add_executable(image_probe image_probe.cpp)
target_link_libraries(image_probe PRIVATE sightline_image)

# Pillow and transformers from the project's environment are the oracle.
add_test(NAME oracle_image COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q
                                   ${CMAKE_CURRENT_SOURCE_DIR}/test_image.py)
set_tests_properties(oracle_image PROPERTIES LABELS full ENVIRONMENT
                                             SIGHTLINE_BUILD_DIR=${PROJECT_BINARY_DIR} TIMEOUT 600)
