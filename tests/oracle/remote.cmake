# A real HTTP server that misbehaves.
sightline_python_test(
  oracle_remote
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_remote.py)
