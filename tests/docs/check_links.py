"""Every relative link of the documents leads to a file, and every `path/like/this` in them exists."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:src|include|tests|scripts|data|docs|apps|models|examples|perf)/[\w./-]+)`")


def documents():
    yield from ROOT.glob("*.md")
    for folder in ("docs", "src", "tests", "examples", "perf"):
        yield from (ROOT / folder).rglob("*.md")


def broken(document):
    text = document.read_text(encoding="utf-8")
    for match in LINK.finditer(text):
        if "://" not in match[1] and not (document.parent / match[1]).exists():
            yield match[1]
    # Names what is still to come, or what the reader is about to add.
    if document.name == "architecture.md" or document.name.startswith("add-a-"):
        return
    for match in PATH.finditer(text):
        # NAME and capitals stand for anything.
        if not re.search(r"[A-Z]{2,}(?!\.md|SUMS)", match[1]) and not (ROOT / match[1]).exists():
            yield match[1]


def main():
    bad = [(d.relative_to(ROOT), what) for d in sorted(documents()) for what in broken(d)]
    for document, what in bad:
        print(f"{document}: there is no {what}")
    return 1 if bad else 0


sys.exit(main())
