# The data that ships: no binary is needed, Pillow and the emoji font are.
add_test(NAME oracle_mini_data COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q -rs
                                       ${CMAKE_CURRENT_SOURCE_DIR}/test_mini_data.py)
set_tests_properties(oracle_mini_data PROPERTIES LABELS full TIMEOUT 600)
add_test(NAME oracle_default_recipe COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python -m pytest -q
                                            ${CMAKE_CURRENT_SOURCE_DIR}/test_default_recipe.py)
set_tests_properties(oracle_default_recipe PROPERTIES LABELS full TIMEOUT 600)
