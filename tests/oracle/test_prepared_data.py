"""The script that brings parquet rows into the form that is read.

Pillow and pyarrow make the data, `sightline data check` reads what comes of them. Environment:
SIGHTLINE_BUILD_DIR (default build/release).
"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest
from PIL import Image
from pyarrow import parquet

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
NOT_FOUND, USAGE, BAD_FILE = 3, 2, 4


def script(name, *arguments):
    command = [sys.executable, ROOT / "scripts" / name, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def check(benchmark, folder):
    """The only part of `sightline data check`."""
    done = subprocess.run([BUILD / "sightline", "data", "check", benchmark, folder, "--json"],
                          capture_output=True, text=True, timeout=120)
    (part,) = json.loads(done.stdout)["parts"]
    return part


def encoded(form, shade=0):
    out = io.BytesIO()
    Image.new("RGB", (4, 3), (shade, shade, shade)).save(out, form)
    return out.getvalue()


# ---- parquet, with the columns of HADES

PICTURES = [encoded("PNG"), encoded("JPEG", 40), encoded("WEBP", 80)]


def hades_row(step, picture):
    return {"image": {"bytes": picture, "path": None}, "id": 7, "scenario": "Animal", "keywords": "cup",
            "step": step, "category": "object", "instruction": "Say where the cup stands."}


def written(path, rows):
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


@pytest.fixture
def exported(tmp_path):
    first = written(tmp_path / "test-0.parquet", [hades_row(0, PICTURES[0]), hades_row(1, PICTURES[1])])
    second = written(tmp_path / "test-1.parquet", [hades_row(2, PICTURES[2]), hades_row(3, PICTURES[0])])
    done = script("export_parquet", first, second, "--out", tmp_path / "HADES" / "test")
    assert done.returncode == 0, done.stderr
    return tmp_path / "HADES"


def test_rows_keep_their_order_values_and_picture_bytes(exported):
    rows = [json.loads(line) for line in open(exported / "test" / "metadata.jsonl", encoding="utf-8")]
    assert [row["file_name"] for row in rows] == ["0.png", "1.jpg", "2.webp", "3.png"]
    assert [row["step"] for row in rows] == [0, 1, 2, 3]
    assert rows[0]["instruction"] == "Say where the cup stands." and "image" not in rows[0]
    for row, picture in zip(rows, [*PICTURES, PICTURES[0]]):
        assert (exported / "test" / row["file_name"]).read_bytes() == picture
    assert sorted(file.suffix for file in (exported / "test").iterdir()) == [".jpg", ".jsonl", ".png", ".png", ".webp"]


def test_hades_reads_what_was_exported(exported):
    part = check("hades", exported)
    assert part["items"] == 4 and part["pictures"] == 3
    assert not part["missing_pictures"] and not part["undecodable_pictures"]


def test_a_row_without_picture_stays(tmp_path):
    table = written(tmp_path / "a.parquet", [hades_row(0, None), hades_row(1, PICTURES[0])])
    assert script("export_parquet", table, "--out", tmp_path / "out").returncode == 0
    rows = [json.loads(line) for line in open(tmp_path / "out" / "metadata.jsonl")]
    assert "file_name" not in rows[0] and rows[1]["file_name"] == "1.png"


def refuses(tmp_path, code, said, *files):
    done = script("export_parquet", *files, "--out", tmp_path / "refused")
    assert done.returncode == code, done.stderr
    assert said in done.stderr, done.stderr
    assert not (tmp_path / "refused" / "metadata.jsonl").exists()


def test_damage_is_named(tmp_path):
    refuses(tmp_path, NOT_FOUND, "no file", tmp_path / "none.parquet")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    refuses(tmp_path / "b", BAD_FILE, "broken.parquet", broken)
    no_picture = written(tmp_path / "no.parquet", [{"id": 1, "words": "a"}])
    refuses(tmp_path / "n", BAD_FILE, "row 0: has no column 'image', found id, words", no_picture)
    odd = written(tmp_path / "odd.parquet", [hades_row(0, PICTURES[0]), hades_row(1, b"GIF89a")])
    refuses(tmp_path / "o", BAD_FILE, "row 1: 'image' should be a PNG, JPEG or WebP", odd)


def test_a_folder_in_use_is_left_alone(tmp_path):
    table = written(tmp_path / "a.parquet", [hades_row(0, PICTURES[0])])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    done = script("export_parquet", table, "--out", tmp_path / "out")
    assert done.returncode == USAGE and "holds files already" in done.stderr
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.txt"]
