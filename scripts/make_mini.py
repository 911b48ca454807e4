#!/usr/bin/env python3
"""Makes the mini benchmark in data/mini, or checks that the committed one is what it makes.

Items, pictures and their order depend only on --seed, the concept table and the emoji font (Debian
package fonts-noto-color-emoji 2.042). The card, README.md, is written by hand and left alone.

  scripts/make_mini.py                  write data/mini
  scripts/make_mini.py --check          make it again elsewhere and compare; exit 1 where it differs
"""

import argparse
import hashlib
import io
import json
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from mini import drawing, items, pictures, risks  # noqa: E402

SPLITS = ("fit", "validation", "test")
DEFAULT_SEED = 20250611
EXIT_DIFFERENT = 1
EXIT_USAGE = 2
EXIT_NO_FONT = 3


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "data" / "mini")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--font", type=pathlib.Path, default=drawing.FONT_PATH)
    parser.add_argument(
        "--concepts", type=pathlib.Path, default=ROOT / "models" / "default" / "concepts.json"
    )
    parser.add_argument("--check", action="store_true", help="compare with --out, write nothing")
    return parser.parse_args()


def font_problem(path):
    """Why the font cannot give the committed pictures, or None."""
    if not path.is_file():
        return f"no emoji font at {path}; install the Debian package fonts-noto-color-emoji"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != drawing.FONT_SHA256:
        return (
            f"{path} is another font version: wanted SHA-256 {drawing.FONT_SHA256}, found {found}"
        )
    return None


def make(out, concepts, font, seed):
    """Writes the generated files under `out`."""
    (out / "images").mkdir(parents=True, exist_ok=True)
    glyphs = drawing.GlyphSource(font)
    records = {}
    for split in SPLITS:
        album = pictures.Album(split, concepts, seed)
        split_items = items.Composer(split, album, seed).compose()
        write_lines(out / f"{split}.jsonl", split_items)
        used = {item["image"] for item in split_items}
        records.update({p["file"]: p for p in album.all() if p["file"] in used})
    for record in records.values():
        png = drawing.encode_png(pictures.draw(record, glyphs))
        (out / record["file"]).write_bytes(png)
        record["sha256"] = hashlib.sha256(png).hexdigest()
    write_lines(out / "pictures.jsonl", records.values())
    text = json.dumps(risks.table(concepts), indent=2, ensure_ascii=False)
    (out / "risk_categories.json").write_text(text + "\n", encoding="utf-8")


def write_lines(path, rows):
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def generated_files(folder):
    names = [f"{split}.jsonl" for split in SPLITS] + ["pictures.jsonl", "risk_categories.json"]
    return names + sorted(f"images/{p.name}" for p in (folder / "images").glob("*.png"))


def differences(made, kept):
    """One line per file that is missing, surplus or different. PNG files may differ in packing."""
    out = []
    ours, theirs = set(generated_files(made)), set(generated_files(kept))
    out += [f"missing: {name}" for name in sorted(ours - theirs)]
    out += [f"surplus: {name}" for name in sorted(theirs - ours)]
    for name in sorted(ours & theirs):
        if not (kept / name).is_file():
            out.append(f"missing: {name}")
        elif not same_content((made / name).read_bytes(), (kept / name).read_bytes(), name):
            out.append(f"different: {name}")
    return out


def same_content(a, b, name):
    if a == b:
        return True
    if not name.endswith(".png"):
        return False
    # Another zlib packs the same pixels into other bytes; then the pixels decide.
    from PIL import Image

    with Image.open(io.BytesIO(a)) as left, Image.open(io.BytesIO(b)) as right:
        return left.size == right.size and left.tobytes() == right.tobytes()


def check(kept, concepts, font, seed):
    with tempfile.TemporaryDirectory(prefix="sightline-mini-") as folder:
        made = pathlib.Path(folder)
        make(made, concepts, font, seed)
        found = differences(made, kept)
    for line in found:
        print(line)
    print(f"{kept}: {'as made by this script' if not found else f'{len(found)} differences'}")
    return EXIT_DIFFERENT if found else 0


def main():
    arguments = parse_arguments()
    problem = font_problem(arguments.font)
    if problem:
        print(f"make_mini: {problem}", file=sys.stderr)
        return EXIT_NO_FONT
    if not arguments.concepts.is_file():
        print(
            f"make_mini: no concept table at {arguments.concepts}; give --concepts", file=sys.stderr
        )
        return EXIT_USAGE
    concepts = json.loads(arguments.concepts.read_text(encoding="utf-8"))
    if arguments.check:
        return check(arguments.out, concepts, arguments.font, arguments.seed)
    make(arguments.out, concepts, arguments.font, arguments.seed)
    print(f"wrote {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
