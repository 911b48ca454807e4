"""Runs the commands that documents show: every ```sh block after a line `<!-- test -->`.

The blocks of one document run in order in one empty folder, with the built program on the path, and must
succeed. A ```text block after `<!-- output -->` lists lines that the block before it must have printed, in
this order; [...] in them is any text. Usage: run_commands.py [DOCUMENT…]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build/release"))
BLOCK = re.compile(r"^<!-- (test|output) -->\n```(?:sh|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TIMEOUT_S = 600


def environment():
    env = {k: v for k, v in os.environ.items() if not k.startswith("SIGHTLINE_")}
    env["PATH"] = f"{BUILD}:{env['PATH']}"
    env["SIGHTLINE_CACHE"] = str(BUILD / "test-cache")
    return env


def lacking(expected, printed):
    """The first expected line that is not printed after the ones before it."""
    lines = iter(printed.splitlines())
    for wanted in expected.splitlines():
        pattern = re.compile(re.escape(wanted.strip()).replace(re.escape("[...]"), ".*"))
        if not any(pattern.search(line) for line in lines):
            return wanted
    return None


def failures_of(document):
    with tempfile.TemporaryDirectory(prefix="sightline-docs-") as folder:
        printed = ""
        for kind, text in BLOCK.findall(document.read_text(encoding="utf-8")):
            if kind == "output":
                if missing := lacking(text, printed):
                    yield f"did not print: {missing}\nbut:\n{printed}"
                continue
            print(f"  {text.strip()}", flush=True)
            done = subprocess.run(["bash", "-e", "-c", text], cwd=folder, env=environment(),
                                  capture_output=True, text=True, timeout=TIMEOUT_S)
            printed = done.stdout
            if done.returncode != 0:
                yield f"exit code {done.returncode} of:\n{text}{done.stdout}{done.stderr}"


def main(names):
    documents = [pathlib.Path(name) for name in names]
    documents = documents or [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    failed = blocks = 0
    for document in documents:
        if "<!-- test -->" not in document.read_text(encoding="utf-8"):
            continue
        print(document, flush=True)
        blocks += 1
        for failure in failures_of(document):
            failed += 1
            print(f"FAIL {document}\n{failure}", flush=True)
    print(f"{blocks} documents, {failed} failures")
    return 1 if failed or not blocks else 0


sys.exit(main(sys.argv[1:]))
