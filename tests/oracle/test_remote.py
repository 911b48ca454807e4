"""A model behind a server: a real HTTP server answers, and misbehaves in every way that servers do.

Environment: SIGHTLINE_BUILD_DIR (default build/release).
"""

import base64
import email.utils
import json
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SIGHTLINE_BUILD_DIR", ROOT / "build" / "release"))
PICTURE = ROOT / "data/mini/images/test_000.png"
KEY = "sk-test-0123456789abcdef"
EXIT_USAGE, EXIT_NOT_FOUND, EXIT_UNSUPPORTED, EXIT_REMOTE = 2, 3, 5, 6
MAX_REPLY_BYTES = 8 << 20


def reply(text="Hello there.", finish="stop", **more):
    usage = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}], "usage": usage, **more}


class Server:
    """`script(server, handler, number, body)` answers POST number 0, 1, …; by default politely."""

    def __init__(self, script=None, tls=None):
        self.script = script or (lambda server, handler, number, body: server.say(handler, reply()))
        self.lock = threading.Lock()
        self.posts, self.times, self.headers = [], [], []
        self.at_once = self.most_at_once = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                outer.headers.append(dict(self.headers))
                outer.say(self, {"object": "list", "data": []})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.lock:
                    number = len(outer.posts)
                    outer.posts.append((self.path, json.loads(body)))
                    outer.times.append(time.monotonic())
                    outer.headers.append(dict(self.headers))
                    outer.at_once += 1
                    outer.most_at_once = max(outer.most_at_once, outer.at_once)
                try:
                    outer.script(outer, self, number, outer.posts[number][1])
                except (BrokenPipeError, ConnectionResetError):
                    pass
                finally:
                    with outer.lock:
                        outer.at_once -= 1

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        if tls:
            self.http.socket = tls.wrap_socket(self.http.socket, server_side=True)
        self.scheme = "https" if tls else "http"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @property
    def model(self):
        return f"{self.scheme}://127.0.0.1:{self.http.server_address[1]}/v1#test/model"

    @staticmethod
    def say(handler, document, status=200, headers=()):
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def serve():
    servers = []

    def start(script=None, tls=None):
        servers.append(Server(script, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.http.shutdown()
        server.http.server_close()


def environment(key=KEY):
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and not k.endswith("_API_KEY")}
    return kept | ({"SIGHTLINE_API_KEY": key} if key else {})


def sightline(*arguments, key=KEY, **more):
    return subprocess.run(
        [BUILD / "sightline", *map(str, arguments)], capture_output=True, text=True, timeout=120, env=environment(key) | more
    )


def chat(server, *arguments, **more):
    return sightline("chat", "--model", server.model, "--prompt", "Say hello.", "--json", *arguments, **more)


def evaluate(server, out, *arguments, **more):
    return sightline("eval", "--model", server.model, "--limit", 8, "--seed", 3, "--out", out, "--json", *arguments, **more)


def rows(out, sql):
    store = sqlite3.connect(out / "runs.db")
    try:
        return store.execute(sql).fetchall()
    finally:
        store.close()


def script_of(*steps, then=None):
    """Step by step, then politely."""

    def script(server, handler, number, body):
        if number < len(steps):
            steps[number](server, handler)
        else:
            server.say(handler, then or reply())

    return script


def status(code, headers=(), document=None):
    return lambda server, handler: server.say(handler, document or {"error": {"message": "not now"}}, code, headers)


def cut_off(server, handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"content": "Hello')
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def hang_up(server, handler):
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def test_a_question_with_a_picture_arrives_whole(serve):
    server = serve()
    flags = ["--image", PICTURE, "--system", "Be brief.", "--temperature", 0.5, "--top-p", 0.9, "--seed", 7, "--stop", "END", "--max-new-tokens", 12]
    done = chat(server, *flags)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["text"], answer["finish_reason"]) == ("Hello there.", "stop")
    assert answer["usage"]["prompt_tokens"] == 11 and answer["usage"]["completion_tokens"] == 3
    [(path, body)] = server.posts
    assert path == "/v1/chat/completions"
    messages = body.pop("messages")
    assert body == dict(model="test/model", temperature=0.5, top_p=0.9, seed=7, stop=["END"], max_tokens=12)
    assert messages[0] == {"role": "system", "content": "Be brief."}
    picture, text = messages[1]["content"]
    assert text == {"type": "text", "text": "Say hello."}
    kind, encoded = picture["image_url"]["url"].split(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(encoded, validate=True) == PICTURE.read_bytes()
    assert all(headers["Authorization"] == f"Bearer {KEY}" for headers in server.headers)


def keys_seen(server):
    return {headers.get("Authorization") for headers in server.headers}


def test_a_named_variable_comes_before_our_own(serve):
    server = serve()
    assert chat(server, "--key-variable", "MY_KEY", MY_KEY="named-key-1234").returncode == 0
    assert keys_seen(server) == {"Bearer named-key-1234"}
    server = serve()
    assert chat(server, key=None).returncode == 0
    assert keys_seen(server) == {None}


def test_the_key_of_openai_goes_to_no_other_server(serve):
    server = serve()
    assert chat(server, key=None, OPENAI_API_KEY=KEY).returncode == 0
    assert keys_seen(server) == {None}


@pytest.mark.parametrize("host", ["127.evil.example", "192.0.2.1"])
def test_a_key_leaves_this_machine_only_encrypted(host):
    done = sightline("chat", "--model", f"http://{host}/v1#m", "--prompt", "Hi")
    assert done.returncode == EXIT_USAGE and "unencrypted" in done.stderr and KEY not in done.stderr


def test_a_server_here_is_asked_past_the_proxy(serve):
    server, proxy = serve(), serve()
    address = proxy.model.split("/v1")[0]
    assert chat(server, http_proxy=address, HTTP_PROXY=address, ALL_PROXY=address).returncode == 0
    assert server.posts and not proxy.headers


def test_the_measured_servers_key_does_not_reach_the_judge(serve, tmp_path):
    def refusals(server, handler, number, body):
        server.say(handler, reply("yes"))

    for flags, wanted in [([], None), (["--judge-key-variable", "JUDGE_KEY"], "Bearer judge-key-1234")]:
        server, judge = serve(), serve(refusals)
        out = tmp_path / str(len(flags))
        done = evaluate(server, out, "--judge", "refusal", "--judge-model", judge.model, *flags, JUDGE_KEY="judge-key-1234")
        assert done.returncode == 0, done.stderr
        assert judge.posts and keys_seen(judge) == {wanted}
        assert keys_seen(server) == {f"Bearer {KEY}"}
    again = ["judge", "--store", out / "runs.db", "--judge", "pair", "--judge-model", judge.model, "--key-variable", "JUDGE_KEY", "--timeout", 20]
    judge.headers.clear()
    assert sightline(*again, JUDGE_KEY="judge-key-1234").returncode == 0
    assert keys_seen(judge) == {"Bearer judge-key-1234"}


def test_what_judges_were_asked_is_counted_apart(serve, tmp_path):
    server, judge = serve(), serve(lambda server, handler, number, body: server.say(handler, reply("yes")))
    prices = ["--prompt-price", 2, "--completion-price", 10]
    done = evaluate(server, tmp_path, "--judge", "refusal", "--judge-model", judge.model, *prices)
    summary = json.loads(done.stdout)
    assert summary["endpoint"]["answers"] == len(server.posts) == 8 and summary["endpoint"]["cost"] > 0
    [(name, account)] = summary["judge_endpoints"].items()
    assert name == judge.model and account["answers"] == len(judge.posts) > 0
    assert (account["prompt_tokens"], account["cost"]) == (11 * len(judge.posts), 0)  # the prices are the other server's
    judge.posts.clear()
    again = ["judge", "--store", tmp_path / "runs.db", "--judge", "pair", "--judge-model", judge.model, "--json", *prices]
    judged = json.loads(sightline(*again).stdout)["judged"]["endpoints"][judge.model]
    asked = len(judge.posts)
    assert judged == {"answers": asked, "retries": 0, "prompt_tokens": 11 * asked, "completion_tokens": 3 * asked, "cost": pytest.approx(52e-6 * asked)}
    itself = json.loads(evaluate(server, tmp_path / "b", "--judge", "refusal", "--judge-model", server.model).stdout)
    assert "judge_endpoints" not in itself and itself["endpoint"]["answers"] > 8


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_server_that_asks_for_a_pause_gets_it(serve, form):
    def pause(server, handler):
        value = "2" if form == "seconds" else email.utils.formatdate(time.time() + 3, usegmt=True)
        server.say(handler, {"error": {"message": "slow down"}}, 429, [("Retry-After", value)])

    server = serve(script_of(pause))
    assert chat(server).returncode == 0
    assert len(server.times) == 2 and server.times[1] - server.times[0] >= 1.9


def test_a_pause_of_hours_is_an_error_now(serve):
    server = serve(script_of(status(429, [("Retry-After", "7200")])))
    done = chat(server)
    assert done.returncode == EXIT_REMOTE and len(server.posts) == 1 and "429" in done.stderr


@pytest.mark.parametrize("trouble", [status(500), status(408), status(409), status(503), cut_off, hang_up])
def test_passing_trouble_is_outlasted(serve, trouble):
    server = serve(script_of(trouble, trouble, trouble))
    done = chat(server)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"] == "Hello there."
    assert len(server.posts) == 4


def test_lasting_trouble_is_an_error_after_six_attempts(serve):
    server = serve(script_of(*[status(500)] * 20))
    done = chat(server)
    assert done.returncode == EXIT_REMOTE and len(server.posts) == 6
    assert "HTTP 500: not now" in done.stderr


@pytest.mark.parametrize("code", [400, 403, 404, 413, 422])
def test_other_refusals_are_not_tried_again(serve, code):
    server = serve(script_of(status(code)))
    done = chat(server)
    assert done.returncode == EXIT_REMOTE and len(server.posts) == 1
    assert f"HTTP {code}: not now" in done.stderr


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>welcome</html>", b'{"choices": [{"message": {"con', b"[]", b'{"choices": []}', b'{"choices": [{"message": {}}]}',
     b'{"choices": [{"message": {"content": 5}}]}', b'{"choices": 7}', b"[" * 100000, b'{"choices": [{"message": {"content": "\xff"}}]}'],
)  # fmt: skip
def test_nonsense_is_an_error_and_no_answer(serve, body):
    server = serve(lambda server, handler, number, _: server.say(handler, body))
    done = chat(server)
    assert done.returncode == EXIT_REMOTE, (done.returncode, done.stdout, done.stderr)
    assert len(server.posts) == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("announced", [True, False])
def test_a_huge_reply_is_refused_early(serve, announced):
    sent = []

    def flood(server, handler, number, body):
        handler.send_response(200)
        if announced:
            handler.send_header("Content-Length", str(50 << 20))
        else:
            handler.send_header("Connection", "close")
            handler.close_connection = True
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"x" * (1 << 20))
            sent.append(1)

    server = serve(flood)
    done = chat(server)
    assert done.returncode == EXIT_REMOTE and str(MAX_REPLY_BYTES) in done.stderr
    assert len(server.posts) == 1 and len(sent) < 30


def test_a_slow_and_a_silent_server_time_out(serve):
    def drip(server, handler, number, body):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.2)

    for script in (drip, lambda server, handler, number, body: time.sleep(8)):
        start = time.monotonic()
        done = chat(serve(script), "--timeout", 1)
        assert done.returncode == EXIT_REMOTE and "within 1 s" in done.stderr
        assert time.monotonic() - start < 7


def test_nobody_there_and_a_refused_key_are_told_before_anything_is_asked(serve, tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        done = sightline("eval", "--model", f"http://127.0.0.1:{unused.getsockname()[1]}/v1#m", "--out", tmp_path)
        assert done.returncode == EXIT_REMOTE, done.stderr
    server = serve()
    server.http.RequestHandlerClass.do_GET = lambda handler: server.say(handler, {"error": {"message": "bad key " + KEY}}, 401)
    done = evaluate(server, tmp_path)
    assert done.returncode == EXIT_REMOTE and "SIGHTLINE_API_KEY" in done.stderr
    assert KEY not in done.stderr and not server.posts


def test_a_redirect_takes_the_key_nowhere(serve):
    other = serve()
    target = other.model.split("#")[0] + "/chat/completions"
    server = serve(script_of(status(307, [("Location", target)])))
    done = chat(server)
    assert done.returncode == EXIT_REMOTE and "redirect" in done.stderr
    assert not other.posts and not other.headers


def test_a_certificate_that_does_not_verify_ends_it(serve, tmp_path):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = serve(tls=context)
    done = chat(server)
    assert done.returncode == EXIT_REMOTE and "certificate" in done.stderr.lower(), done.stderr
    assert not server.headers and not server.posts


def test_the_newer_name_of_the_length_limit_is_learnt_once(serve, tmp_path):
    def modern(server, handler, number, body):
        if "max_tokens" in body:
            server.say(handler, {"error": {"message": "Unsupported parameter: use 'max_completion_tokens' instead."}}, 400)
        else:
            server.say(handler, reply())

    server = serve(modern)
    assert evaluate(server, tmp_path, "--batch", 1, "--workers", 1).returncode == 0
    assert sum("max_tokens" in body for _, body in server.posts) == 1
    assert sum("max_completion_tokens" in body for _, body in server.posts) == 8


def test_an_evaluation_runs_end_to_end(serve, tmp_path):
    server = serve()
    done = evaluate(server, tmp_path, "--defence", "none,safety_prompt", "--prompt-price", 2, "--completion-price", 10)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["endpoint"] == {"answers": 16, "retries": 0, "prompt_tokens": 176, "completion_tokens": 48, "cost": pytest.approx(832e-6)}
    [(config,)] = rows(tmp_path, "SELECT config FROM runs")
    model = json.loads(config)["asks"]["model"]
    assert (model["name"], model["family"], model["weights_sha256"]) == (server.model, "remote", "")
    assert rows(tmp_path, "SELECT count(*), sum(prompt_tokens) FROM answers WHERE status = 'ok'") == [(16, 176)]
    assert (tmp_path / "report.html").exists()


def test_the_key_is_written_nowhere_even_when_the_server_says_it(serve, tmp_path):
    def indiscreet(server, handler, number, body):
        if number % 3 == 0:
            server.say(handler, {"error": {"message": "x" * 290 + f" Incorrect API key provided: {KEY}"}}, 400)
        elif number % 3 == 1:
            server.say(handler, reply(f"Your key is {KEY}."))
        else:
            server.say(handler, b'{"choices":[{"message":{"content":"' + "".join(f"\\u{ord(c):04x}" for c in KEY).encode() + b'"}}]}')

    server = serve(indiscreet)
    done = evaluate(server, tmp_path, "-v", "--batch", 2)
    assert done.returncode == 0, done.stderr
    secret = KEY.encode()
    assert KEY not in done.stdout + done.stderr and "sk-test" not in done.stdout + done.stderr
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {"runs.db", "report.html"} <= {file.name for file in files}
    assert all(secret not in file.read_bytes() and b"sk-test" not in file.read_bytes() for file in files)
    assert rows(tmp_path, "SELECT count(*) FROM answers WHERE text LIKE '%[key]%'")[0][0] >= 4


def test_an_address_with_credentials_is_refused_and_not_repeated(tmp_path):
    for model in (f"https://me:{KEY}@host/v1#m", f"https://host/v1?key={KEY}#m"):
        done = sightline("eval", "--model", model, "--out", tmp_path)
        assert done.returncode == EXIT_USAGE and KEY not in done.stderr
        assert all(KEY.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_requests_are_parallel_up_to_the_bound(serve, tmp_path):
    def slow(server, handler, number, body):
        time.sleep(0.3)
        server.say(handler, reply())

    server = serve(slow)
    assert evaluate(server, tmp_path, "--batch", 4, "--workers", 16).returncode == 0
    assert server.most_at_once == 4


def test_a_rate_limit_spreads_the_requests(serve, tmp_path):
    server = serve()
    assert evaluate(server, tmp_path, "--rpm", 240).returncode == 0
    gaps = [b - a for a, b in zip(sorted(server.times), sorted(server.times)[1:])]
    assert len(gaps) == 7 and sum(gaps) >= 7 * 0.25 - 0.1


def test_what_keeps_an_answer_back_is_a_status(serve, tmp_path):
    def moody(server, handler, number, body):
        if number % 4 == 0:
            server.say(handler, reply("", "content_filter"))
        elif number % 4 == 1:
            server.say(handler, {"error": {"code": "content_filter", "message": "filtered"}}, 400)
        elif number % 4 == 2:
            time.sleep(3)
        else:
            server.say(handler, b"<html>")

    done = evaluate(serve(moody), tmp_path, "--batch", 1, "--workers", 1, "--timeout", 1)
    assert done.returncode == 0, done.stderr
    assert dict(rows(tmp_path, "SELECT status, count(*) FROM answers GROUP BY 1")) == {"filtered": 4, "timeout": 2, "error": 2}
    assert rows(tmp_path, "SELECT count(*) FROM verdicts WHERE status = 'ok'") == [(0,)]


def test_answers_that_failed_are_asked_again_when_the_server_is_back(serve, tmp_path):
    """An outage used to stay in the run for good, which called itself done."""

    def outage(server, handler, number, body):
        server.say(handler, *((reply(),) if number < 3 else ({"error": {"message": "key revoked"}}, 401)))

    server = serve(outage)
    alone = ["--batch", 1, "--workers", 1]
    done = evaluate(server, tmp_path, *alone)
    assert done.returncode == 0 and json.loads(done.stdout)["failed"] == 5
    assert "5 of 8 answers failed" in done.stderr and "--retry-failed" in done.stderr
    assert evaluate(server, tmp_path, *alone, "--resume").returncode == EXIT_NOT_FOUND
    server.script = script_of()
    before = len(server.posts)
    done = evaluate(server, tmp_path, *alone, "--retry-failed")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["failed"] == 0 and "failed" not in done.stderr
    assert len(server.posts) - before == 5
    assert rows(tmp_path, "SELECT status, count(*) FROM answers GROUP BY 1") == [("ok", 8)]
    assert rows(tmp_path, "SELECT state, count(*) FROM runs GROUP BY 1") == [("done", 1)]


def test_a_defence_inside_the_model_is_refused_clearly(serve, tmp_path):
    done = evaluate(serve(), tmp_path, "--defence", "cmrm")
    assert done.returncode != 0 and done.stderr.strip() and "internal" not in done.stderr
    done = chat(serve(), "--adapter", tmp_path)
    assert done.returncode == EXIT_UNSUPPORTED and "adapter" in done.stderr


def test_a_killed_run_goes_on_and_asks_nothing_twice(serve, tmp_path):
    def steady(server, handler, number, body):
        time.sleep(0.1)
        server.say(handler, reply("No, that is not safe." if len(json.dumps(body)) % 2 else "Yes."))

    server = serve(steady)
    command = ["eval", "--model", server.model, "--limit", 24, "--batch", 2, "--workers", 2, "--json", "--out"]
    with subprocess.Popen(
        [BUILD / "sightline", *map(str, command), tmp_path / "killed"], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 60
        while len(server.posts) < 8 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    [(kept,)] = rows(tmp_path / "killed", "SELECT count(*) FROM answers")
    assert 0 < kept < 24
    before = len(server.posts)
    resumed = sightline(*command, tmp_path / "killed", "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert len(server.posts) - before == 24 - kept
    whole = sightline(*command, tmp_path / "whole")
    assert whole.returncode == 0
    sql = "SELECT benchmark, metric, scenario, value, n, n_ok FROM summaries WHERE metric NOT LIKE '%seconds%' ORDER BY 1, 2, 3"
    assert rows(tmp_path / "killed", sql) == rows(tmp_path / "whole", sql) != []
