"""A disk that fills up while an adapter is trained: a clear error, whole checkpoints, a run that goes on.

Needs to mount a small tmpfs; where it may not, the tests are skipped and say so.

Environment: SIGHTLINE_TEST_SEED (default 1234), SIGHTLINE_BUILD_DIR (default build/release).
"""

import random
import subprocess

import pytest
from safetensors import safe_open

from test_training import SEED, UPDATES, default_model, draw_records, log_of, sightline, tiny_model, train_arguments

assert default_model and tiny_model  # fixtures
EXIT_BAD_FILE = 4


def mount(folder, *arguments):
    return subprocess.run(["mount", "-t", "tmpfs", *arguments, "tmpfs", folder], capture_output=True, text=True)


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    done = mount(disk, "-o", "size=2m")
    if done.returncode != 0:
        pytest.skip(f"NOT TESTED: a full disk; no tmpfs can be mounted here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.parametrize("room_kb", [120, 400, 900])
def test_a_full_disk_leaves_whole_checkpoints_and_a_run_that_goes_on(room_kb, small_disk, tiny_model, tmp_path):
    draw_records(tmp_path, random.Random(SEED), 12)
    sightline(*train_arguments(tmp_path, tiny_model, tmp_path / "whole"))
    out = small_disk / "out"
    out.mkdir()
    filler = small_disk / "filler"
    filler.write_bytes(bytes(2 * 1024 * 1024 - 1024 * room_kb))

    arguments = train_arguments(tmp_path, tiny_model, out)
    done = sightline(*arguments, check=False)
    assert done.returncode == EXIT_BAD_FILE, (done.returncode, done.stderr)
    assert "space" in done.stderr or "full" in done.stderr, done.stderr
    assert not (out / "adapter_model.safetensors").exists()
    whole = [folder for folder in out.iterdir() if folder.name.startswith("step-") and folder.suffix != ".tmp"]
    for folder in whole:
        for file in folder.glob("*.safetensors"):
            with safe_open(file, "pt") as tensors:
                assert all(tensors.get_tensor(name).isfinite().all() for name in tensors.keys())

    filler.unlink()
    mount(small_disk, "-o", "remount,size=64m")
    sightline(*arguments, *(["--resume"] if whole else []))
    assert (out / "adapter_model.safetensors").read_bytes() == (tmp_path / "whole" / "adapter_model.safetensors").read_bytes()
    assert len(log_of(out)) == UPDATES
