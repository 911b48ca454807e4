# Writes OUTPUT with the revision of SOURCE, only when it changed; run at every build.
execute_process(
  COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=40 --match=
  OUTPUT_VARIABLE revision
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
  RESULT_VARIABLE missing)
if(missing)
  set(revision "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
     "#pragma once\n\ninline constexpr const char* kGitRevision = \"${revision}\";\n")
