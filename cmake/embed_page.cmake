# Writes OUTPUT, a C++ source that holds the text of PAGE.
file(READ ${PAGE} page)
set(mark "sightline_page")
string(FIND "${page}" ")${mark}\"" end)
if(NOT end EQUAL -1)
  message(FATAL_ERROR "${PAGE} holds )${mark}\", which ends a raw string")
endif()
file(
  WRITE ${OUTPUT}
  "#include \"reports/page.h\"\n\nnamespace sightline {\n\n"
  "std::string_view report_page() {\n  return R\"${mark}(" "${page}"
  ")${mark}\";\n}\n\n}  // namespace sightline\n")
