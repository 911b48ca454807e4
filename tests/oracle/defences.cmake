# The methods' published maths, written out in Python on Transformers' logits.
sightline_python_test(
  oracle_contrast
  LABELS
  full
  COMMAND
  -m
  pytest
  -q
  ${CMAKE_CURRENT_LIST_DIR}/test_contrast.py)
