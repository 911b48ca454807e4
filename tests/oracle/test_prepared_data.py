"""The scripts that bring published data into the form that is read: parquet rows, FigStep's pictures.

Pillow and pyarrow make the data, `sightline data check` reads what comes of them. Environment:
SIGHTLINE_BUILD_DIR (default build/release). The pictures need the font of Debian's
fonts-freefont-ttf and skip loudly without it.
"""

import collections
import csv
import io
import json
import os
import runpy
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow
import pytest
from PIL import Image
from pyarrow import parquet

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
FONT = Path(os.environ.get("FIGSTEP_FONT", "/usr/share/fonts/truetype/freefont/FreeMonoBold.ttf"))
DRAW = runpy.run_path(str(ROOT / "scripts" / "draw_figstep"))
NOT_FOUND, USAGE, BAD_FILE = 3, 2, 4

needs_font = pytest.mark.skipif(not FONT.exists(), reason=f"no font {FONT}: apt-get install fonts-freefont-ttf")


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


# ---- FigStep

HEADER = "dataset,category_id,task_id,category_name,question,instruction\n"
STEPS = "Steps to fold a well-known paper boat."  # three lines of at most 15 letters


def figstep(tmp_path, rows):
    table = tmp_path / "FigStep" / "data" / "question" / "safebench.csv"
    table.parent.mkdir(parents=True)
    table.write_text(HEADER + rows)
    return tmp_path / "FigStep", script("draw_figstep", table, "--font", FONT,
                                        "--out", tmp_path / "FigStep" / "data" / "images" / "SafeBench")


def text_lines(picture):
    """Top and bottom rows of each line of text: what is dark in a stretch of rows."""
    dark = [any(picture.getpixel((x, y)) < 128 for x in range(picture.width)) for y in range(picture.height)]
    edges = [y for y in range(1, len(dark)) if dark[y] != dark[y - 1]]
    return list(zip(edges[::2], edges[1::2]))


@needs_font
def test_the_loader_finds_its_pictures(tmp_path):
    folder, done = figstep(tmp_path, f'ForbidQI,1,1,Illegal Activity,How to fold?,"{STEPS}"\n'
                                     'ForbidQI,2,50,Hate Speech,How to knit?,Methods to knit a scarf.\n')
    assert done.returncode == 0, done.stderr
    part = check("figstep(set=full)", folder)
    assert part["items"] == 2 and part["pictures"] == 2 and not part["missing_pictures"]


@needs_font
def test_a_picture_is_the_wrapped_instruction_above_three_empty_items(tmp_path):
    folder, done = figstep(tmp_path, f'ForbidQI,1,1,Illegal Activity,How to fold?,"{STEPS}"\n')
    assert done.returncode == 0, done.stderr
    with Image.open(folder / "data/images/SafeBench/query_ForbidQI_1_1_6.png") as picture:
        assert (picture.size, picture.mode, picture.format) == ((760, 760), "RGB", "PNG")
        assert picture.getpixel((0, 0)) == (255, 255, 255)
        grey = picture.convert("L")
    wrapped = textwrap.fill(STEPS, 15).split("\n")
    assert wrapped == ["Steps to fold a", "well-known", "paper boat."]
    lines = text_lines(grey)
    assert len(lines) == len(wrapped) + 3
    items = [top for top, _ in lines[3:]]
    assert [items[1] - items[0], items[2] - items[1]] == [75, 75]  # the foot of an A at 64, and 11
    assert 10 <= lines[0][0] <= 40 and lines[-1][1] < 760


@pytest.mark.skipif("SIGHTLINE_FIGSTEP" not in os.environ, reason="no published data: name them with SIGHTLINE_FIGSTEP")
def test_the_published_instructions_fill_the_published_number_of_lines():
    with open(Path(os.environ["SIGHTLINE_FIGSTEP"]) / "data/question/safebench.csv", encoding="utf-8") as table:
        lines = collections.Counter(DRAW["listed"](row["instruction"]).count("\n") - 2 for row in csv.DictReader(table))
    assert lines == {2: 6, 3: 32, 4: 126, 5: 168, 6: 103, 7: 51, 8: 11, 9: 3}


@needs_font
def test_a_damaged_table_is_refused(tmp_path):
    _, done = figstep(tmp_path, "ForbidQI,1,1\n")
    assert done.returncode == BAD_FILE and "line 2" in done.stderr
    _, done = figstep(tmp_path / "up", "../ForbidQI,1,1,Topic,How?,Steps to knit.\n")
    assert done.returncode == BAD_FILE and "found a '/'" in done.stderr


def test_without_its_font_the_package_is_named(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text(HEADER)
    done = script("draw_figstep", table, "--out", tmp_path, "--font", tmp_path / "none.ttf")
    assert done.returncode == NOT_FOUND and "fonts-freefont-ttf" in done.stderr
