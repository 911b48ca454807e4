"""scripts/setup says precisely what is missing when it may not install it."""
import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOBODY = 65534


@pytest.fixture
def checkout():
    """A copy of the scripts, with a dpkg-query that knows no package but git, and no sudo."""
    folder = tempfile.TemporaryDirectory(prefix="sightline-setup-")  # open to other users
    tmp_path = pathlib.Path(folder.name)
    tmp_path.chmod(0o755)
    for name in ("setup", "requirements.txt"):
        (tmp_path / "scripts").mkdir(exist_ok=True)
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts" / name)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "env", "dirname", "grep", "sed", "cat"):
        (tools / tool).symlink_to(shutil.which(tool))
    fake = tools / "dpkg-query"
    fake.write_text("#!/bin/sh\necho 'ii  git'\nexit 1\n")
    fake.chmod(0o755)
    yield tmp_path
    folder.cleanup()


def test_missing_packages_and_the_command_are_named(checkout):
    as_nobody = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
    done = subprocess.run([checkout / "scripts/setup"], capture_output=True, text=True,
                          env={"PATH": str(checkout / "tools")}, **as_nobody)
    assert done.returncode == 3, done.stderr
    missing, command = done.stderr.splitlines()
    assert missing.startswith("setup: missing: ") and " cmake " in missing
    assert " git " not in missing
    assert "apt-get install --no-install-recommends" in command and "libwebp-dev" in command


def test_every_requirement_is_pinned():
    lines = (ROOT / "scripts/requirements.txt").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted[0].startswith("torch==")
    assert all("==" in line for line in wanted)
