# Every package the project links, found once. Torch last: its headers shadow the system's fmt.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CURL REQUIRED)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg) # libjpeg-turbo's own interface
pkg_check_modules(spng REQUIRED IMPORTED_TARGET spng)
pkg_check_modules(webp REQUIRED IMPORTED_TARGET libwebp libwebpdemux)
pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(libzstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
if(SIGHTLINE_TESTS)
  find_package(GTest 1.12 REQUIRED)
endif()

if(NOT Torch_DIR AND NOT DEFINED ENV{Torch_DIR})
  # An importable torch: the project's own environment first, then the caller's.
  foreach(python ${PROJECT_SOURCE_DIR}/.venv/bin/python python3)
    execute_process(
      COMMAND ${python} -c "import torch; print(torch.utils.cmake_prefix_path)"
      OUTPUT_VARIABLE torch_prefix
      OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
      RESULT_VARIABLE torch_missing)
    if(torch_missing EQUAL 0)
      list(APPEND CMAKE_PREFIX_PATH ${torch_prefix})
      break()
    endif()
  endforeach()
endif()
find_package(Torch 2.11 REQUIRED)

# The wheel's include folders as system headers, and only for targets that ask for torch.
add_library(sightline_torch INTERFACE)
target_link_libraries(sightline_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(sightline_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
