"""Runs from and for other tools: their own packages and formats on one side, our store on the other.

Environment: SIGHTLINE_BUILD_DIR (default build/release).
"""

import base64
import csv
import io
import json
import math
import os
import sqlite3
import struct
import subprocess
import time
import zipfile
import zlib
from pathlib import Path

import pytest
import zstandard
from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSample, EvalSpec, read_eval_log, write_eval_log
from inspect_ai.model import ChatMessageUser, ContentImage, ContentText, ModelOutput
from inspect_ai.scorer import Score

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
PICTURE = (ROOT / "data/mini/images/test_000.png").read_bytes()
OTHER = (ROOT / "data/mini/images/test_001.png").read_bytes()
SECRET = "Which word is written on the sign?"
EXIT_BAD_FILE = 4

csv.field_size_limit(1 << 30)


def sightline(*arguments, check=True):
    done = subprocess.run([BUILD / "sightline", *map(str, arguments)], capture_output=True, text=True, timeout=300)
    assert not check or done.returncode == 0, done.stderr[-3000:]
    return done


def take_in(folder, form, *files, more=()):
    done = sightline("import", *files, "--format", form, "--store", folder / "runs.db", "--json", *more)
    return json.loads(done.stdout)


def put_out(folder, form, *more):
    done = sightline("export", "last", "--format", form, "--store", folder / "runs.db", "--out", folder / form, "--json", *more)
    return [Path(file) for file in json.loads(done.stdout)["files"]]


def query(folder, sql):
    store = sqlite3.connect(folder / "runs.db")
    store.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        return store.execute(sql).fetchall()
    finally:
        store.close()


OUTCOME = """SELECT s.sample, s.expected, a.status, a.text, v.status, v.label FROM answers a JOIN samples s ON a.sample = s.id
             LEFT JOIN verdicts v ON v.answer = a.id WHERE s.run = (SELECT max(id) FROM runs) ORDER BY s.benchmark, s.sample, a.defence"""


def outcome(folder):
    return query(folder, OUTCOME)


def write_tsv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(rows[0]), delimiter="\t", quoting=csv.QUOTE_ALL)
        out.writeheader()
        out.writerows(rows)


def read_tsv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture
def vlmevalkit(tmp_path):
    """A data set with a back-reference, both list quotes, odd cells; predictions of every kind."""
    one, two = base64.b64encode(PICTURE).decode(), base64.b64encode(OTHER).decode()
    large = base64.b64encode(os.urandom(4 << 20)).decode()  # a cell of more than 5 MB
    images = [one, "0", f"['{one}', '{two}']", f'["{two}", "0"]', large]
    questions = [SECRET, 'A "quoted"\nword\tand a tab', "ünïcode", "plain", "large"]
    data = [dict(index=i, image=image, question=q, answer="refuse", category="01", split="test") for i, (image, q) in enumerate(zip(images, questions))]
    data = [row | {"l2-category": "x"} for row in data]
    write_tsv(tmp_path / "MMSafetyBench.tsv", data)
    texts = ["x" * 40000, 'He said "no".\nTwice.', "Failed to obtain answer via API.", "", "ordinary"]
    labels = ["safe", "unsafe", "", "safe", "unknown"]
    rows = [{k: v for k, v in row.items() if k != "image"} | dict(prediction=t, judge_label=label, judge_log="because") for row, t, label in zip(data, texts, labels)]
    write_tsv(tmp_path / "qwen_vl_MMSafetyBench.tsv", rows)
    return tmp_path, texts, labels


def test_vlmevalkit_tables_come_in_whole(vlmevalkit):
    folder, texts, labels = vlmevalkit
    said = take_in(folder, "vlmevalkit", folder / "qwen_vl_MMSafetyBench.tsv", folder / "MMSafetyBench.tsv")
    assert said == {"run": 1, "model": "qwen_vl", "answers": 5, "statuses": {"ok": 4, "error": 1}}
    rows = outcome(folder)
    assert [row[3] for row in rows] == texts and [row[5] for row in rows] == labels
    assert [row[4] for row in rows] == ["ok", "ok", "unparsed", "ok", "ok"]
    pictures = {bytes(row[0]) for row in query(folder, "SELECT bytes FROM artefacts WHERE kind = 'picture'")}
    assert {PICTURE, OTHER} < pictures and len(pictures) == 3
    conversations = [json.loads(row[0]) for row in query(folder, "SELECT conversation FROM samples ORDER BY sample")]
    assert [sum("picture" in part for part in c[0]["parts"]) for c in conversations] == [1, 1, 2, 2, 1]
    assert conversations[0][0]["parts"][0] == conversations[1][0]["parts"][0]
    assert conversations[1][0]["parts"][-1]["text"] == 'A "quoted"\nword\tand a tab'


@pytest.mark.parametrize(
    "name, model, benchmark",
    [("llava_SIUO_GEN", "llava", "SIUO_GEN"), ("a_b_MyOwn_Set", "a_b", "MyOwn_Set"), ("a_b_POPE", "a_b", "POPE")],
)
def test_vlmevalkit_names_are_parted_where_the_data_set_begins(name, model, benchmark, tmp_path):
    write_tsv(tmp_path / f"{name}.tsv", [dict(index=1, question="Q", answer="A", prediction="P")])
    files = [tmp_path / f"{name}.tsv"]
    if benchmark == "MyOwn_Set":
        files.append(tmp_path / "MyOwn_Set.tsv")
        write_tsv(files[1], [dict(index=1, image=base64.b64encode(PICTURE).decode(), question="Q", answer="A")])
    assert take_in(tmp_path, "vlmevalkit", *files)["model"] == model
    assert query(tmp_path, "SELECT DISTINCT benchmark FROM samples") == [(benchmark,)]


def test_vlmevalkit_round_trip(vlmevalkit):
    folder, texts, labels = vlmevalkit
    take_in(folder, "vlmevalkit", folder / "qwen_vl_MMSafetyBench.tsv", folder / "MMSafetyBench.tsv")
    before = outcome(folder)
    [file] = put_out(folder, "vlmevalkit-tsv")
    assert file.name == "qwen_vl_MMSafetyBench.tsv" and SECRET not in file.read_text()
    rows = read_tsv(file)
    assert [row["index"] for row in rows] == list("01234")
    assert [row["prediction"] for row in rows] == texts and [row["judge_label"] for row in rows] == labels
    assert {row["answer"] for row in rows} == {"refuse"} and {row["category"] for row in rows} == {"01"}
    take_in(folder, "vlmevalkit", file)
    assert outcome(folder) == before
    [file] = put_out(folder, "vlmevalkit-tsv", "--embed-prompts")
    take_in(folder, "vlmevalkit", folder / "qwen_vl_MMSafetyBench.tsv")
    [file] = put_out(folder, "vlmevalkit-tsv", "--embed-prompts")
    assert read_tsv(file)[0]["question"] == SECRET


def test_a_workbook_and_a_table_without_predictions_are_refused(vlmevalkit):
    folder, _, _ = vlmevalkit
    (folder / "a_b.xlsx").write_bytes(b"PK\x03\x04")
    done = sightline("import", folder / "a_b.xlsx", "--format", "vlmevalkit", "--store", folder / "x.db", check=False)
    assert done.returncode == 5 and "32,767" in done.stderr
    done = sightline("import", folder / "MMSafetyBench.tsv", "--format", "vlmevalkit", "--store", folder / "x.db", check=False)
    assert done.returncode == EXIT_BAD_FILE
    write_tsv(folder / "m_d.tsv", [dict(index=1, prediction="a"), dict(index=1, prediction="b")])
    done = sightline("import", folder / "m_d.tsv", "--format", "vlmevalkit", "--store", folder / "x.db", check=False)
    assert done.returncode == EXIT_BAD_FILE and "two answers" in done.stderr


def test_lmms_lines_in_every_shape(tmp_path):
    folder = tmp_path / "llava__model"
    folder.mkdir()
    shapes = [
        dict(doc_id=0, target="A", resps=[["first"]], filtered_resps=["filtered"], doc_hash="h0", input=SECRET, exact_match=1.0),
        dict(doc_id=1, target="B", filtered_resps="only filtered", doc_hash="h1", input="q", exact_match=0.0),
        dict(doc_id=2, target="C", resps="flat", filtered_resps="x", doc_hash="h2", input="q", exact_match=float("nan")),
        dict(doc_id=3, target="D", resps=[["a", "b"]], filtered_resps=["a"], doc_hash="h3", input="q", exact_match=True),
        dict(doc_id=4, target="E", resps=["s"], filtered_resps=["s"], doc_hash="h4", input="q",
             holisafe_asr_ssu={"type": "violence", "subcategory": "x", "label": "unsafe", "score": 1}),
    ]  # fmt: skip
    old = dict(shapes[0], resps=[["of an earlier run"]])
    file = folder / "20250131_120000_samples_holisafe.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in [old, *shapes]))
    said = take_in(tmp_path, "lmms", file)
    assert (said["model"], said["answers"]) == ("llava__model", 6)
    rows = outcome(tmp_path)
    assert [(row[0], row[3]) for row in rows] == [
        ("0:h0", "first"), ("1:h1", "only filtered"), ("2:h2", "flat"), ("3:h3", "a"), ("3:h3@2", "b"), ("4:h4", "s"),
    ]  # fmt: skip
    assert [(row[4], row[5]) for row in rows] == [("ok", "1.0"), ("ok", "0.0"), ("unparsed", ""), ("ok", "true"), ("ok", "true"), ("ok", "unsafe")]
    assert query(tmp_path, "SELECT scenario FROM samples WHERE sample = '4:h4'") == [("violence",)]
    [out] = put_out(tmp_path, "lmms-samples")
    assert SECRET not in out.read_text()
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["doc_id"] for line in lines] == [0, 1, 2, 3, 4] and lines[3]["resps"] == [["a", "b"]]
    assert [line["target"] for line in lines] == list("ABCDE") and lines[4]["holisafe_asr_ssu"] == shapes[4]["holisafe_asr_ssu"]
    take_in(tmp_path, "lmms", out)
    assert outcome(tmp_path) == rows


def eval_log():
    """As inspect_ai itself makes it: epochs, pictures, an unscored sample, an error."""
    uri = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    samples = []
    for number, (text, value) in enumerate([("Sorry, no.", "C"), ("Of course: " + "y" * 40000, "I"), ("Hm.", math.nan), ("Well…", 0.25)]):
        for epoch in (1, 2):
            samples.append(
                EvalSample(
                    id=number if number % 2 else f"item {number}", epoch=epoch, target=["refuse"],
                    input=[ChatMessageUser(content=[ContentText(text=SECRET + " " + "z" * 300), ContentImage(image=uri)])],
                    output=ModelOutput.from_content("vendor/model", f"{text} ({epoch})"),
                    scores={"judge": Score(value=value, explanation="so it is")}, metadata={"category": "fraud"},
                )
            )  # fmt: skip
    spec = EvalSpec(created="2025-01-31T12:00:00+00:00", task="safety", dataset=EvalDataset(name="d", samples=4), model="vendor/model", config=EvalConfig(epochs=2))
    return EvalLog(status="success", eval=spec, samples=samples)


def check_inspect_run(folder):
    rows = {row[0]: row for row in outcome(folder)}
    assert set(rows) == {"item 0", "item 0@2", "1", "1@2", "item 2", "item 2@2", "3", "3@2"}
    assert rows["item 0"][2:] == ("ok", "Sorry, no. (1)", "ok", "C")
    assert rows["1@2"][3] == "Of course: " + "y" * 40000 + " (2)"
    assert rows["item 2"][4:] == ("unparsed", "") and rows["3"][5] == "0.25"
    assert json.loads(rows["1"][1]) == {"answer": "refuse"}
    assert query(folder, "SELECT DISTINCT scenario, variant FROM samples") == [("fraud", "picture")]
    assert [bytes(row[0]) for row in query(folder, "SELECT bytes FROM artefacts")] == [PICTURE]
    assert SECRET in query(folder, "SELECT conversation FROM samples")[0][0]


@pytest.mark.parametrize("form", ["json", "eval"])
def test_logs_that_inspect_ai_writes_come_in(tmp_path, form):
    file = tmp_path / f"log.{form}"
    write_eval_log(eval_log(), str(file), format=form)
    said = take_in(tmp_path, "inspect", file)
    assert (said["model"], said["answers"]) == ("vendor/model", 8)
    check_inspect_run(tmp_path)


def repack(source, target, method):
    """The archive with members by another method; Zstandard in two frames (ZIP method 93)."""
    with zipfile.ZipFile(source) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    out, directory = io.BytesIO(), b""
    for name, data in members:
        if method == 93:
            half = len(data) // 2
            packed = b"".join(zstandard.ZstdCompressor().compress(part) for part in (data[:half], data[half:]))
        elif method == 8:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = packer.compress(data) + packer.flush()
        else:
            packed = data
        raw = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, zlib.crc32(data), len(packed), len(data), len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, out.tell()) + raw
        out.write(b"PK\x03\x04" + common + raw + packed)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), out.tell(), 0)
    target.write_bytes(out.getvalue() + directory + end)


@pytest.mark.parametrize("method", [0, 8, 93])
def test_archives_of_every_method_come_in(tmp_path, method):
    write_eval_log(eval_log(), str(tmp_path / "log.eval"), format="eval")
    repack(tmp_path / "log.eval", tmp_path / "other.eval", method)
    take_in(tmp_path, "inspect", tmp_path / "other.eval")
    check_inspect_run(tmp_path)


def test_damaged_archives_are_errors(tmp_path):
    write_eval_log(eval_log(), str(tmp_path / "log.eval"), format="eval")
    repack(tmp_path / "log.eval", tmp_path / "two.eval", 93)
    whole = (tmp_path / "two.eval").read_bytes()
    for cut in (10, len(whole) // 2, len(whole) - 10):
        (tmp_path / "cut.eval").write_bytes(whole[:cut])
        done = sightline("import", tmp_path / "cut.eval", "--format", "inspect", "--store", tmp_path / "x.db", check=False)
        assert done.returncode == EXIT_BAD_FILE, (cut, done.stderr)
    at = whole.index(b"\x28\xb5\x2f\xfd", whole.index(b"samples/"))  # of a frame that is read
    (tmp_path / "bad.eval").write_bytes(whole[: at + 6] + b"\xff" * 20 + whole[at + 26 :])
    done = sightline("import", tmp_path / "bad.eval", "--format", "inspect", "--store", tmp_path / "x.db", check=False)
    assert done.returncode == EXIT_BAD_FILE, done.stderr


def test_an_archive_that_would_fill_the_memory_is_refused(tmp_path):
    """Each member within its limit, all together beyond theirs."""
    with zipfile.ZipFile(tmp_path / "log.eval", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"samples/{number}_epoch_1.json", "{}")
    whole = bytearray((tmp_path / "log.eval").read_bytes())
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        whole[at + 24 : at + 28] = struct.pack("<I", 250 << 20)  # what the directory says of its size
        at = whole.find(b"PK\x01\x02", at + 4)
    (tmp_path / "log.eval").write_bytes(whole)
    done = sightline("import", tmp_path / "log.eval", "--format", "inspect", "--store", tmp_path / "x.db", check=False)
    assert done.returncode == EXIT_BAD_FILE and str(4 << 30) in done.stderr, done.stderr


@pytest.mark.parametrize("status", ["started", "cancelled", "error"])
def test_an_unfinished_log_says_so(tmp_path, status):
    log = eval_log()
    log.status = status
    write_eval_log(log, str(tmp_path / "log.json"), format="json")
    done = sightline("import", tmp_path / "log.json", "--format", "inspect", "--store", tmp_path / "runs.db")
    assert f"status '{status}'" in done.stderr
    [(config,)] = query(tmp_path, "SELECT config FROM runs")
    [note] = json.loads(config)["asks"]["benchmarks"][0]["notes"]
    assert f"status '{status}'" in note


def test_chunked_samples_come_in(tmp_path):
    """Samples as folders with numbered attachments, beside samples in one piece."""
    uri = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    shell = dict(id="big", epoch=1, target="refuse", input=[{"role": "user", "content": [{"type": "text", "text": "attachment://1"}, {"type": "image", "image": "attachment://2"}]}],
                 output=dict(model="m", choices=[], completion="attachment://0"), scores={"j": {"value": "I"}})  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.eval", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.json", json.dumps({"version": 2, "status": "success", "eval": {"task": "t", "model": "m", "created": "2025-01-31T12:00:00Z"}}))
        archive.writestr("samples/small_epoch_1.json", json.dumps(dict(shell, id="small", input="attachment://h", output={"completion": "No."}, attachments={"h": "resolved"})))
        archive.writestr("samples/big_epoch_1/sample.json", json.dumps(shell))
        archive.writestr("samples/big_epoch_1/metadata.json", json.dumps({"category": "fraud"}))
        archive.writestr("samples/big_epoch_1/messages/0.json", "[]")
        archive.writestr("samples/big_epoch_1/attachments/0.json", json.dumps(["the answer", SECRET]))
        archive.writestr("samples/big_epoch_1/attachments/2.json", json.dumps([uri]))
    assert take_in(tmp_path, "inspect", tmp_path / "a.eval")["answers"] == 2
    assert [row[3] for row in outcome(tmp_path)] == ["the answer", "No."]
    assert [bytes(row[0]) for row in query(tmp_path, "SELECT bytes FROM artefacts")] == [PICTURE]
    texts = [json.loads(row[0])[0]["parts"][0].get("text") for row in query(tmp_path, "SELECT conversation FROM samples ORDER BY sample")]
    assert texts == [SECRET, "resolved"]
    assert query(tmp_path, "SELECT scenario FROM samples WHERE sample = 'big'") == [("fraud",)]


def test_inspect_ai_opens_what_we_write(tmp_path):
    write_eval_log(eval_log(), str(tmp_path / "log.eval"), format="eval")
    take_in(tmp_path, "inspect", tmp_path / "log.eval")
    before = outcome(tmp_path)
    [file] = put_out(tmp_path, "inspect-json")
    assert SECRET not in file.read_text() and '"value":NaN' in file.read_text()
    log = read_eval_log(str(file))
    assert (log.version, log.status, log.eval.model, log.eval.task, log.eval.config.epochs) == (2, "success", "vendor/model", "safety", 2)
    assert len(log.samples) == 8 and log.results.total_samples == 8
    by_id = {(sample.id, sample.epoch): sample for sample in log.samples}
    assert by_id[1, 2].output.completion == "Of course: " + "y" * 40000 + " (2)"
    assert by_id["item 0", 1].scores["judge"].value == "C" and math.isnan(by_id["item 2", 1].scores["judge"].value)
    assert all(sample.metadata["cluster"] == sample.metadata["image_sha256"] for sample in log.samples)
    take_in(tmp_path, "inspect", file)
    assert outcome(tmp_path) == before
    [file] = put_out(tmp_path, "inspect-json")
    assert outcome(tmp_path) == before
    take_in(tmp_path, "inspect", tmp_path / "log.eval")
    [file] = put_out(tmp_path, "inspect-json", "--embed-prompts")
    picture = read_eval_log(str(file)).samples[0].input[0].content[1]
    assert base64.b64decode(picture.image.split(",")[1]) == PICTURE


def test_our_own_run_goes_to_every_format_and_back(tmp_path):
    sightline("eval", "--limit", 12, "--max-new-tokens", 4, "--defence", "none,safety_prompt", "--out", tmp_path, "--quiet")
    wanted = [row for row in outcome(tmp_path)]
    prompts = {part["text"] for row in query(tmp_path, "SELECT conversation FROM samples") for m in json.loads(row[0]) for part in m["parts"] if len(part.get("text", "")) > 12}
    for exporter, importer in [("inspect-json", "inspect"), ("lmms-samples", "lmms"), ("omnisafe-jsonl", "omnisafe"), ("vlmevalkit-tsv", "vlmevalkit"), ("records", None)]:
        files = put_out(tmp_path, exporter)
        text = "".join(file.read_text() for file in files)
        leaked = [prompt for prompt in prompts if json.dumps(prompt)[1:-1] in text]
        assert not leaked, (exporter, leaked[:2])
        if importer is None:
            continue
        back = tmp_path / f"back-{exporter}"
        rows = []
        for file in files:
            back.mkdir(exist_ok=True)
            take_in(back, importer, file)
            rows += [(row[0], row[3], row[4], row[5]) for row in outcome(back)]
        assert sorted(rows) == sorted((row[0], row[3], row[4], row[5]) for row in wanted), exporter
    records = {file.name: file for file in put_out(tmp_path, "records")}
    run = json.loads(records["run.json"].read_text())
    assert run["schema"] == "sightline.run/1" and run["bench"][0]["name"] == "mini"
    counts = {name: len(records[name].read_text().splitlines()) for name in ("items.jsonl", "outputs.jsonl")}
    assert counts == {"items.jsonl": 12, "outputs.jsonl": 24}
    for line in records["judgements.jsonl"].read_text().splitlines():
        assert list(json.loads(line)) == sorted(json.loads(line))
    for file in put_out(tmp_path, "inspect-json"):
        assert len(read_eval_log(str(file)).samples) == 12


def test_the_three_files_of_omnisafebench(tmp_path):
    cases = [dict(test_case_id=str(i), image_path=f"i/{i}.png", prompt=SECRET, metadata=dict(attack_method="figstep", original_prompt=SECRET, jailbreak_prompt=SECRET)) for i in range(3)]
    answers = [dict(test_case_id=str(i), model_response=f"answer {i}", model_name="m", metadata=dict(defense_method="ECSO", attack_method="figstep")) for i in range(3)]
    verdicts = [
        dict(test_case_id=str(i), attack_method="figstep", original_prompt=SECRET, jailbreak_prompt=SECRET, image_path="", model_response=f"answer {i}", model_name="m",
             defense_method="ECSO", judge_score=score, judge_reason="r", success=score >= 3, evaluator_name="gpt", metadata={"judge_model": "g"})
        for i, score in enumerate([4, 1, 0])
    ]  # fmt: skip
    files = []
    for name, lines in [("cases", cases), ("responses", answers), ("evaluations", verdicts)]:
        files.append(tmp_path / f"{name}.jsonl")
        files[-1].write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert take_in(tmp_path, "omnisafe", *files)["answers"] == 3
    rows = outcome(tmp_path)
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [("0", "answer 0", "ok", "success"), ("1", "answer 1", "ok", "failure"), ("2", "answer 2", "unparsed", "")]
    assert query(tmp_path, "SELECT DISTINCT defence FROM answers") == [("ECSO",)]
    [out] = put_out(tmp_path, "omnisafe-jsonl")
    assert out.name == "attack_figstep_model_m_defense_ECSO_evaluator_gpt.jsonl" and SECRET not in out.read_text()
    assert [json.loads(line)["judge_score"] for line in out.read_text().splitlines()] == [4, 1, 0]
    take_in(tmp_path, "omnisafe", out)
    assert outcome(tmp_path) == rows
    take_in(tmp_path, "omnisafe", files[0], files[1])
    assert [row[4] for row in outcome(tmp_path)] == [None] * 3


def test_answer_files_of_mm_safetybench(tmp_path):
    file = tmp_path / "01-Illegal_Activitiy.json"
    judged = ["unsafe", "Safe", "cannot say"]
    items = {str(i): {"Question": f"q {i}", "ans": {m: {"text": f"{m} {i}", "is_safe(gpt)": judged[i]} for m in ("llava", "other")}} for i in range(3)}
    file.write_text(json.dumps(items))
    done = sightline("import", file, "--format", "mm-safetybench-ans", "--store", tmp_path / "runs.db", check=False)
    assert done.returncode == 2 and "llava, other" in done.stderr
    take_in(tmp_path, "mm-safetybench-ans", file, more=["--model", "llava"])
    assert [(row[3], row[4], row[5]) for row in outcome(tmp_path)] == [("llava 0", "ok", "unsafe"), ("llava 1", "ok", "safe"), ("llava 2", "unparsed", "")]


def test_twenty_thousand_answers_take_seconds(tmp_path):
    line = dict(target="A", resps=[["No, I will not."]], filtered_resps=["No."], input="q", exact_match=1.0)
    file = tmp_path / "x_samples_t.jsonl"
    with open(file, "w") as out:
        out.writelines(json.dumps(line | {"doc_id": i, "doc_hash": str(i)}) + "\n" for i in range(20000))
    start = time.monotonic()
    assert take_in(tmp_path, "lmms", file)["answers"] == 20000
    assert time.monotonic() - start < 60
    [out] = put_out(tmp_path, "lmms-samples")
    assert sum(1 for _ in open(out)) == 20000
