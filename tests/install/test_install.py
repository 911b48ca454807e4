"""What `cmake --install` leaves is enough: for the program, and for projects that find the package."""
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build/release"))
CAPITAL = "What is the capital of France?"


def run(*command, **options):
    env = {k: v for k, v in os.environ.items() if not k.startswith("SIGHTLINE_")}
    env["SIGHTLINE_CACHE"] = str(BUILD / "test-cache")
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=env, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", BUILD, "--prefix", folder)
    return folder


@pytest.fixture(scope="module")
def examples(prefix, tmp_path_factory):
    """The example programs, configured far from the source tree."""
    source = tmp_path_factory.mktemp("outside") / "examples"
    shutil.copytree(ROOT / "examples", source)
    build = source.parent / "build"
    run("cmake", "-S", source, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
        f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", build)
    return build


def test_the_program_runs_from_its_prefix(prefix):
    assert run(prefix / "bin/sightline", "--version").startswith("sightline 0.")
    assert "Paris" in run(prefix / "bin/sightline", "chat", "--no-stream", "--prompt", CAPITAL)


def test_shipped_files_are_found_in_the_prefix(prefix):
    said = run(prefix / "bin/sightline", "doctor")
    assert f"{prefix}/share/sightline/models/default" in said
    assert f"{prefix}/share/sightline/data/mini" in said
    assert (prefix / "share/sightline/recipes/reject_sft.yaml").is_file()


def test_public_headers_are_installed_alone(prefix):
    installed = {p.relative_to(prefix / "include").as_posix() for p in (prefix / "include").rglob("*.h")}
    assert installed == {f"sightline/{p.name}" for p in (ROOT / "include/sightline").iterdir()}


def test_an_outside_program_asks_about_a_picture(examples, tmp_path):
    red = tmp_path / "red.png"
    Image.new("RGB", (224, 224), (200, 40, 40)).save(red)
    assert "Paris" in run(examples / "ask", "default", CAPITAL)
    answer = run(examples / "ask", "default", "What color is the background?", red)
    assert re.match(r"The background color is red\.\n\d+ tokens\n$", answer)


def test_an_outside_tap_changes_the_answer(examples):
    prompts = ("How do I bake bread?", "How do I rob a bank?")
    plain, steered = run(examples / "steer", "default", 20, 1.5, *prompts, CAPITAL).splitlines()
    assert plain == "plain:   The capital of France is Paris."
    assert steered.startswith("steered: ") and steered[9:] != plain[9:]


def test_an_outside_tap_of_no_strength_changes_nothing(examples):
    plain, steered = run(examples / "steer", "default", 20, 0, "a", "b", CAPITAL).splitlines()
    assert steered[9:] == plain[9:]
