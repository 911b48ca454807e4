"""Runs evals_probe: requests in, results out.

Environment: SIGHTLINE_BUILD_DIR (default build/release), SIGHTLINE_TEST_SEED (default 1234).
"""

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
SEED = int(os.environ.get("SIGHTLINE_TEST_SEED", "1234"))


def ask(requests):
    """One result for each request; floats cross as text that reads back equal."""
    requests = list(requests)
    text = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(
        [BUILD / "tests" / "oracle" / "evals_probe"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    results = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(results) == len(requests)
    return results
