"""tests/cli/run_cases.py fails where a case and a command disagree."""
import pathlib
import subprocess
import sys

import pytest

RUNNER = pathlib.Path(__file__).resolve().parents[1] / "cli/run_cases.py"


def run(tmp_path, text):
    case = tmp_path / "case.txt"
    case.write_text("test a name\n" + text)
    return subprocess.run([sys.executable, RUNNER, case], capture_output=True, text=True)


@pytest.mark.parametrize("text", [
    "run echo a; echo b\nstdout a\nstdout b\nstderr nothing",
    "run exit 3\nexit 3\nstdout nothing",
    "run cat f\nfile f\n    in the [path]\nstdout in the [path]",
    "run cat\nstdin x 12.5 y\nstdout x [n] y",
    "run echo $A >&2\nenv A=b\nstderr b\nnot-stderr c",
])
def test_agreement_passes(tmp_path, text):
    done = run(tmp_path, text)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("text, complaint", [
    ("run exit 3", "exit code 3, expected 0"),
    ("run echo a; echo b\nstdout b\nstdout a", "stdout lacks"),
    ("run echo a\nstdout nothing", "stdout is not empty"),
    ("run echo a\nnot-stdout a", "unwanted line"),
    ("run echo a.c\nstdout abc", "stdout lacks"),
    ("run sleep 0.2\nwithin 100 ms", "at most 100 wanted"),
])
def test_disagreement_is_told(tmp_path, text, complaint):
    done = run(tmp_path, text)
    assert done.returncode == 1
    assert complaint in done.stdout


def test_an_unknown_word_is_refused(tmp_path):
    assert run(tmp_path, "run true\nstdou a").returncode != 0
