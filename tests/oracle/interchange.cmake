# The real inspect_ai opens our logs and writes the ones we read; Python's csv and json are the other oracles.
sightline_python_test(
  oracle_interchange
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_interchange.py)
