# The page of web/ as a C++ source. Node and web/node_modules are what scripts/setup leaves;
# nothing is downloaded here.

# Leaves a Node that Vite runs on in the cache as NODE_PROGRAM: the project's own, else the system's.
function(sightline_find_node)
  foreach(folder ${PROJECT_SOURCE_DIR}/.venv/bin "")
    unset(node)
    if(folder AND EXISTS ${folder}/node)
      set(node ${folder}/node)
    elseif(NOT folder)
      find_program(SYSTEM_NODE node)
      set(node ${SYSTEM_NODE})
    endif()
    if(node)
      execute_process(
        COMMAND ${node} --version
        OUTPUT_VARIABLE version
        OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
      string(REGEX REPLACE "^v" "" version "${version}")
      if(version VERSION_GREATER_EQUAL 22.12 OR (version VERSION_GREATER_EQUAL 20.19
                                                 AND version VERSION_LESS 21))
        set(NODE_PROGRAM
            ${node}
            CACHE FILEPATH "Node: 20.19, 22.12 or newer")
        return()
      endif()
    endif()
  endforeach()
  message(FATAL_ERROR "Node of 20.19, 22.12 or newer is missing: run scripts/setup")
endfunction()

# Sets `source` to a C++ source with the bundle of web/.
function(sightline_page source)
  set(web ${PROJECT_SOURCE_DIR}/web)
  if(NOT NODE_PROGRAM)
    sightline_find_node()
  endif()
  set(vite ${web}/node_modules/vite/bin/vite.js)
  if(NOT EXISTS ${vite})
    message(FATAL_ERROR "${vite} is missing: run scripts/setup")
  endif()
  set(out ${PROJECT_BINARY_DIR}/web)
  list(TRANSFORM ARGN PREPEND ${web}/)
  add_custom_command(
    OUTPUT ${out}/page.cpp
    COMMAND ${NODE_PROGRAM} ${vite} build --logLevel warn --emptyOutDir --outDir ${out}/bundle
    COMMAND ${CMAKE_COMMAND} -DPAGE=${out}/bundle/index.html -DOUTPUT=${out}/page.cpp -P
            ${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake
    WORKING_DIRECTORY ${web}
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake
    COMMENT "Bundling the page of web/"
    VERBATIM)
  set(${source}
      ${out}/page.cpp
      PARENT_SCOPE)
endfunction()
