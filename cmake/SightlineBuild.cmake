# How everything is compiled, in one place.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Paths relative to the source tree, so that a second checkout finds what the first compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
               ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
if(SIGHTLINE_SANITIZE)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1") # names and lines for reports; quick to build
endif()

add_library(sightline_flags INTERFACE)
target_compile_options(
  sightline_flags
  INTERFACE -march=x86-64-v3
            -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wno-unknown-pragmas
            -Wno-missing-field-initializers)
target_compile_definitions(sightline_flags INTERFACE AT_PER_OPERATOR_HEADERS
                                                     JSON_USE_IMPLICIT_CONVERSIONS=0)
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  target_link_options(sightline_flags INTERFACE -fuse-ld=mold)
endif()

# LibTorch itself is not instrumented: leaks of its statics and its vptr tables are not ours to
# report.
if(SIGHTLINE_SANITIZE STREQUAL "address")
  set(SIGHTLINE_SANITIZE_FLAGS -fsanitize=address,undefined -fno-sanitize=vptr
                               -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
elseif(SIGHTLINE_SANITIZE STREQUAL "thread")
  set(SIGHTLINE_SANITIZE_FLAGS -fsanitize=thread -fno-omit-frame-pointer)
elseif(SIGHTLINE_SANITIZE STREQUAL "fuzzer")
  set(SIGHTLINE_SANITIZE_FLAGS -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr
                               -fno-omit-frame-pointer)
endif()
target_compile_options(sightline_flags INTERFACE ${SIGHTLINE_SANITIZE_FLAGS})
target_link_options(sightline_flags INTERFACE ${SIGHTLINE_SANITIZE_FLAGS})

# sightline_library(text SOURCES a.cpp b.cpp DEPENDS tensor LINKS PkgConfig::pcre2)
# One static library per folder of src/. DEPENDS are folders below it, LINKS are packages.
function(sightline_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINKS" ${ARGN})
  add_library(sightline_${name} STATIC ${ARG_SOURCES})
  target_include_directories(sightline_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                                      ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(sightline_${name} PUBLIC sightline_flags ${ARG_LINKS})
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(sightline_${name} PUBLIC sightline_${dependency})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY SIGHTLINE_LIBRARIES sightline_${name})
endfunction()

# What sanitized tests run under. LibTorch and OpenMP are not instrumented: see the .supp files.
set(SIGHTLINE_SANITIZER_ENVIRONMENT "")
if(SIGHTLINE_SANITIZE)
  set(suppressions ${CMAKE_CURRENT_SOURCE_DIR}/tests/support)
  string(
    JOIN
    ":"
    thread_options
    suppressions=${suppressions}/tsan.supp
    ignore_noninstrumented_modules=1
    halt_on_error=1
    second_deadlock_stack=1)
  set(SIGHTLINE_SANITIZER_ENVIRONMENT
      TSAN_OPTIONS=${thread_options} LSAN_OPTIONS=suppressions=${suppressions}/lsan.supp
      UBSAN_OPTIONS=print_stacktrace=1 SIGHTLINE_SANITIZED=1)
endif()

# sightline_test(text_tests SOURCES a_test.cpp LINKS sightline_text [LABELS full])
# One GoogleTest binary is one ctest test. Label "fast" unless told; only those exist under
# sanitizers.
function(sightline_test name)
  cmake_parse_arguments(ARG "" "LABELS" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS fast)
  endif()
  if(SIGHTLINE_SANITIZE AND NOT ARG_LABELS STREQUAL "fast")
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE sightline_flags GTest::gtest GTest::gmock GTest::gtest_main
                                        ${ARG_LINKS})
  target_compile_options(${name} PRIVATE -O1) # tests are built more often than they compute
  target_compile_definitions(${name} PRIVATE SIGHTLINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABELS} TIMEOUT 600 ENVIRONMENT
                                          "${SIGHTLINE_SANITIZER_ENVIRONMENT}")
endfunction()

# sightline_python_test(cli_cases LABELS fast COMMAND run_cases.py cases)
# A script of tests, run by the project's Python; its exit code is the verdict.
function(sightline_python_test name)
  cmake_parse_arguments(ARG "" "LABELS" "COMMAND" ${ARGN})
  add_test(
    NAME ${name}
    COMMAND ${PROJECT_SOURCE_DIR}/.venv/bin/python ${ARG_COMMAND}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(
    ${name} PROPERTIES LABELS ${ARG_LABELS} TIMEOUT 900 ENVIRONMENT
                       "SIGHTLINE_BUILD_DIR=${PROJECT_BINARY_DIR};PYTHONDONTWRITEBYTECODE=1")
endfunction()
