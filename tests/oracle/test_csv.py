"""Comma- and tab-separated files against Python's csv module, strict, on random tables and scraps.

Environment: SIGHTLINE_BUILD_DIR (default build/release), SIGHTLINE_TEST_SEED (default 1234).
"""

import csv
import io
import json
import os
import random
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
RNG = random.Random(int(os.environ.get("SIGHTLINE_TEST_SEED", "1234")))
SCRAPS = ["a", "b ", '"', '""', ",", "\t", "\n", "\r\n", "\r", " ", "é", "漢", "😀", "'", "\\", "\0", "\ufeff", "x" * 70000]


def ask(requests):
    text = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run([BUILD / "tests" / "oracle" / "base_probe"], input=text.encode(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


def scrap(most):
    weights = [4] * (len(SCRAPS) - 1) + [0.05]
    return "".join(RNG.choices(SCRAPS, weights, k=RNG.randrange(most)))


def read_by_python(text, separator):
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if row]
    except csv.Error:
        return None


def random_tables(quoting):
    for _ in range(250):
        separator = RNG.choice(",\t")
        rows = [[scrap(6) for _ in range(RNG.randrange(1, 6))] for _ in range(RNG.randrange(6))]
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=RNG.choice(["\n", "\r\n"])).writerows(rows)
        yield separator, rows, out.getvalue()


def ask_to_read(folder, cases):
    requests = []
    for i, (separator, text) in enumerate(cases):
        path = folder / f"{i}.csv"
        path.write_bytes(("\ufeff" if i % 3 == 0 else "").encode() + text.encode())
        requests.append({"read": str(path), "separator": separator})
    return ask(requests)


def test_tables_that_python_writes_are_read(tmp_path):
    csv.field_size_limit(1 << 27)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC):
        cases = [c for c in random_tables(quoting) if not c[2].startswith("\ufeff")]
        folder = tmp_path / str(quoting)
        folder.mkdir()
        for (separator, rows, text), found in zip(cases, ask_to_read(folder, [(s, t) for s, _, t in cases])):
            if quoting == csv.QUOTE_ALL:  # else Python leaves a lone CR bare, and reads it as a line end
                assert found == {"records": rows}, text[:200]
            assert found == {"records": read_by_python(text, separator)}, text[:200]


def test_any_text_is_read_or_refused_as_in_python(tmp_path):
    csv.field_size_limit(1 << 27)
    cases = [(RNG.choice(",\t"), scrap(25).lstrip("\ufeff")) for _ in range(3000)]
    refused = 0
    for (separator, text), found in zip(cases, ask_to_read(tmp_path, cases)):
        want = read_by_python(text, separator)
        refused += want is None
        assert ("error" in found) == (want is None), text[:200]
        if want is not None:
            assert found["records"] == want, text[:200]
    assert 0.1 < refused / len(cases) < 0.9


def test_python_reads_what_is_written():
    cases = [(separator, rows) for separator, rows, _ in random_tables(csv.QUOTE_ALL)]
    texts = ask([{"write": rows, "separator": separator} for separator, rows in cases])
    for (separator, rows), found in zip(cases, texts):
        assert read_by_python(found["text"], separator) == rows
