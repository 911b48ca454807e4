"""scripts/check_layers finds each kind of breach, and only that."""
import pathlib
import subprocess
import sys

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/check_layers"


def check(tmp_path, files):
    for name, text in files.items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True,
                          env={"SIGHTLINE_ROOT": str(tmp_path)})
    return done.returncode, done.stdout


GOOD = {
    "include/sightline/a.h": '#include "sightline/b.h"\n#include <ATen/core/Tensor.h>\n',
    "include/sightline/b.h": "#include <string>\n",
    "src/base/x.h": "#include <string>\n",
    "src/base/x.cpp": '#include "base/x.h"\n#include <fmt/format.h>\n',
    "src/nn/y.cpp": '#include "base/x.h"\n#include "tensor/z.h"\n#include <ATen/ops/mm.h>\n',
    "src/tensor/z.h": "",
    "src/training/t.cpp": "#include <torch/torch.h>\n",
    "examples/ask/main.cpp": '#include "sightline/a.h"\n',
}


def test_a_sound_tree_passes(tmp_path):
    assert check(tmp_path, GOOD) == (0, "layers: 0 breaches in 7 files\n")


@pytest.mark.parametrize("name, text, complaint", [
    ("src/base/up.cpp", '\n#include "nn/y.h"\n', "src/base/up.cpp:2: base/ may not include nn/y.h"),
    ("src/text/beside.cpp", '#include "image/i.h"\n', "text/ may not include image/i.h"),
    ("src/nn/wide.cpp", "#include <torch/torch.h>\n", "torch/torch.h is too wide"),
    ("src/base/fmt.h", "#include <fmt/core.h>\n", "headers do not expose fmt/core.h"),
    ("src/nn/mix.cpp", "#include <fmt/core.h>\n#include <ATen/ops/mm.h>\n", "src/nn/mix.cpp: sees torch and fmt"),
    ("src/nn/mix.cpp", '#include <spdlog/spdlog.h>\n#include "sightline/a.h"\n', "src/nn/mix.cpp: sees torch and spdlog"),
    ("examples/ask/deep.cpp", '#include "base/x.h"\n', "only public headers here, not base/x.h"),
    ("include/sightline/deep.h", '#include "base/x.h"\n', "only public headers here, not base/x.h"),
])
def test_a_breach_is_named(tmp_path, name, text, complaint):
    code, out = check(tmp_path, GOOD | {name: text})
    assert code == 1
    assert complaint in out


def test_public_headers_stay_few(tmp_path):
    many = {f"include/sightline/h{i}.h": "" for i in range(14)}
    code, out = check(tmp_path, GOOD | many)
    assert code == 1 and "16 headers" in out
