"""Follows docs/guide/add-a-defence.md: its file, its patches, then the tests of every defence.

Only what the guide touches is compiled again; the rest is linked from the build folder.
usage: add_a_defence.py SOURCE_DIR BUILD_DIR
"""

import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

source, build = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
guide = (source / "docs/guide/add-a-defence.md").read_text()
touched = [
    "src/defences/registry.cpp",
    "src/defences/CMakeLists.txt",
    "tests/unit/defences/all_defences_test.cpp",
]


def run(command, **options):
    done = subprocess.run(command, text=True, capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"failed: {command}\n{done.stdout}{done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory() as scratch:
    copy = pathlib.Path(scratch)
    for name in touched:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, copy / name)
    new_files = re.findall(r"<!-- file: (\S+) -->\n```cpp\n(.*?)```", guide, re.S)
    patches = re.findall(r"<!-- patch -->\n```diff\n(.*?)```", guide, re.S)
    assert len(new_files) == 1 and len(patches) == 2, "the guide lost a step"
    for name, text in new_files:
        (copy / name).write_text(text)
    for patch in patches:
        run(["patch", "--batch", "-p1"], cwd=copy, input=patch)
    assert "eyes_closed.cpp" in (copy / "src/defences/CMakeLists.txt").read_text()

    commands = json.loads((build / "compile_commands.json").read_text())

    def compile_like(model, name):
        """Compiles copy/name with the command of source/model."""
        entry = next(c for c in commands if c["file"] == str(source / model))
        words = shlex.split(entry["command"])
        output = copy / (pathlib.Path(name).stem + ".o")
        words[words.index("-o") + 1] = str(output)
        words[words.index("-c") + 1] = str(copy / name)
        if "-MF" in words:
            words[words.index("-MF") + 1] = str(output) + ".d"
        run(words, cwd=entry["directory"])
        return str(output)

    objects = [
        compile_like("src/defences/registry.cpp", "src/defences/eyes_closed.cpp"),
        compile_like("src/defences/registry.cpp", "src/defences/registry.cpp"),
    ]
    test = compile_like(
        "tests/unit/defences/all_defences_test.cpp", "tests/unit/defences/all_defences_test.cpp"
    )

    # The link command of defences_tests, with the changed objects in front of the archives.
    link = run(["ninja", "-C", str(build), "-t", "commands", "defences_tests"]).strip().splitlines()[-1]
    link = link.replace(": && ", "", 1).removesuffix(" && :")
    words = shlex.split(link)
    words = [test if w.endswith("all_defences_test.cpp.o") else w for w in words]
    words[words.index("-o") + 1] = str(copy / "defences_tests")
    words[1:1] = objects
    run(words, cwd=build)
    told = run([str(copy / "defences_tests"), "--gtest_filter=*eyes_closed*:Defences.*"])
    passed = re.search(r"\[  PASSED  \] (\d+) tests", told)
    assert passed and "eyes_closed" in told, told
    print(f"the guide's defence passes: {passed.group(0)}")
