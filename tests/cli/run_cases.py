"""Runs plain-text command line cases; see README.md. Usage: run_cases.py FILE…"""
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build/release"))
SEED = os.environ.get("SIGHTLINE_TEST_SEED", "1234")
TIMEOUT_S = 300
TRIES_WITHIN = 5  # the best of these counts: the machine may be busy


@dataclasses.dataclass
class Case:
    name: str
    where: str
    run: str = ""
    exit: int = 0
    stdin: str = ""
    within_ms: float = 0
    env: dict = dataclasses.field(default_factory=dict)
    files: dict = dataclasses.field(default_factory=dict)
    expected: list = dataclasses.field(default_factory=list)  # (stream, line)


def parse(path):
    cases, body = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if body is not None and (line.startswith("    ") or not line):
            body.append(line[4:])
            continue
        body = None
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "test":
            cases.append(Case(rest, f"{path.name}:{number}"))
            continue
        case = cases[-1]
        if word == "run":
            case.run = rest
        elif word == "exit":
            case.exit = int(rest)
        elif word == "stdin":
            case.stdin += rest + "\n"
        elif word == "within":
            case.within_ms = float(rest.split()[0])
        elif word == "env":
            name, _, value = rest.partition("=")
            case.env[name] = value
        elif word == "file":
            body = case.files.setdefault(rest, [])
        elif word in ("stdout", "stderr", "not-stdout", "not-stderr"):
            case.expected.append((word, rest))
        else:
            raise SystemExit(f"{path.name}:{number}: unknown word '{word}'")
    return cases


def fill(text, folder):
    return text.replace("[path]", folder).replace("[root]", str(ROOT)).replace("[seed]", SEED)


def pattern(line, folder):
    text = re.escape(fill(line, folder))
    text = text.replace(re.escape("[...]"), ".*").replace(re.escape("[n]"), r"[-+0-9.e]+")
    return re.compile(text)


def environment(case, folder):
    env = {k: v for k, v in os.environ.items() if not k.startswith("SIGHTLINE_")}
    env["PATH"] = f"{BUILD}:{BUILD}/tests/cli:{env['PATH']}"
    # One cache for all cases: assembling the default model takes seconds.
    env["SIGHTLINE_CACHE"] = str(BUILD / "test-cache")
    return env | {name: fill(value, folder) for name, value in case.env.items()}


def execute(case, folder):
    started = time.monotonic()
    done = subprocess.run(
        ["bash", "-c", fill(case.run, folder)], input=fill(case.stdin, folder).encode(),
        capture_output=True, cwd=folder, env=environment(case, folder), timeout=TIMEOUT_S)
    return done, 1000 * (time.monotonic() - started)


def complaints(case, done, folder):
    """What `case` expected and `done` did not do."""
    if done.returncode != case.exit:
        yield f"exit code {done.returncode}, expected {case.exit}"
    streams = {"stdout": done.stdout, "stderr": done.stderr}
    rest = {name: bytes_.decode("utf-8", "replace").splitlines() for name, bytes_ in streams.items()}
    for word, line in case.expected:
        stream = word.removeprefix("not-")
        if line == "nothing":
            if streams[stream]:
                yield f"{stream} is not empty"
            continue
        wanted = pattern(line, folder)
        hits = [i for i, found in enumerate(rest[stream]) if wanted.search(found)]
        if word.startswith("not-"):
            if hits:
                yield f"{stream} has the unwanted line: {line}"
        elif not hits:
            yield f"{stream} lacks (from there on): {line}"
        else:
            rest[stream] = rest[stream][hits[0] + 1:]


def check(case):
    """The complaints about one case; none when it passes."""
    with tempfile.TemporaryDirectory(prefix="sightline-cli-") as folder:
        for name, lines in case.files.items():
            target = pathlib.Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(fill("\n".join(lines) + "\n", folder), encoding="utf-8")
        try:
            done, elapsed_ms = execute(case, folder)
            for _ in range(TRIES_WITHIN - 1 if case.within_ms else 0):
                elapsed_ms = min(elapsed_ms, execute(case, folder)[1])
        except subprocess.TimeoutExpired:
            return [f"still running after {TIMEOUT_S} s"]
        found = list(complaints(case, done, folder))
        if case.within_ms and elapsed_ms > case.within_ms:
            found.append(f"took {elapsed_ms:.0f} ms, at most {case.within_ms:.0f} wanted")
        if found:
            found += ["stdout:\n" + done.stdout.decode("utf-8", "replace"),
                      "stderr:\n" + done.stderr.decode("utf-8", "replace")]
        return found


def main(names):
    failed = total = 0
    for case in (case for name in names for case in parse(pathlib.Path(name))):
        total += 1
        found = check(case)
        print(f"{'FAIL' if found else 'ok  '} {case.where} {case.name}", flush=True)
        if found:
            failed += 1
            print("  $ " + case.run)
            print("  " + "\n".join(found).rstrip().replace("\n", "\n  "))
    print(f"{total - failed} passed, {failed} failed")
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
