#!/usr/bin/env python3
"""A worker for `bitcurve serve` in Python's standard library alone: the job protocol over HTTP, with a network that is made up.

    python3 samples/python_worker.py --server http://127.0.0.1:5080 --jobs 20

It offers a workload of 8 layers and "measures" this smooth function of the bits b_l of layer l = 0..7 after t epochs of fine-tuning:

    accuracy(b, t) = 0.92 - 0.02 exp(-t/3) - (0.25 + 0.75 exp(-t/4)) * sum_l s_l 2^(-b_l),    s_l = 0.30 / (1 + l)

cut to [0, 1]; FP32 (no bits) is 0.92, whatever t is. To make it a worker for a network of yours, replace `Network`.
"""

import argparse
import hashlib
import json
import math
import signal
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

LAYERS = 8
BASELINE_EPOCHS = 5
LONG_POLL_SECONDS = 30


class Leave(Exception):
    """SIGTERM or Ctrl-C: give the job back and say goodbye."""


class Network:
    """What a real worker would train: weights that remember how long, and a metric."""

    def __init__(self, bits, start_epochs):
        self.bits, self.epochs = bits, start_epochs

    def train_epoch(self):
        self.epochs += 1

    def accuracy(self):
        if not self.bits:
            return 0.92
        lost = sum(0.30 / (1 + layer) * 2.0 ** -bits for layer, bits in enumerate(self.bits))
        recovered = 0.25 + 0.75 * math.exp(-self.epochs / 4)
        return min(1.0, max(0.0, 0.92 - 0.02 * math.exp(-self.epochs / 3) - recovered * lost))

    def checkpoint(self):
        return json.dumps({"bits": self.bits, "epochs": self.epochs}).encode()


def workload(name):
    """A network as the server sees it; the content hash stands for everything that decides the FP32 baseline but the seed."""
    layers = [{"name": f"conv{i}", "weightShape": [16 << i // 3, 16, 3, 3], "macs": 1000000 >> i // 2} for i in range(LAYERS)]
    content = json.dumps([name, layers, Network.accuracy.__code__.co_code.hex()])
    return {
        "name": name,
        "contentHash": hashlib.sha256(content.encode()).hexdigest(),
        "metric": "accuracy",
        "layers": layers,
        "baselineEpochs": BASELINE_EPOCHS,
    }


class Server:
    """Requests that are repeated until the server answers; a refusal (4xx) comes back as its status."""

    def __init__(self, address, token):
        self.base = address.rstrip("/") + "/api/v1/"
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method, path, body=None, headers=None, give_up=False):
        """Returns (status, headers, JSON or None). With `body` as bytes they are sent as they are."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        pause = 0.5
        while True:
            request = urllib.request.Request(self.base + path, data, {**self.headers, "Content-Type": kind, **(headers or {})}, method=method)
            try:
                with urllib.request.urlopen(request, timeout=LONG_POLL_SECONDS + 30) as answer:
                    text = answer.read()
                    return answer.status, answer.headers, json.loads(text) if text else None
            except urllib.error.HTTPError as refusal:
                if refusal.code in (401, 403):
                    sys.exit(f"python_worker: the server refused the token: {refusal.read().decode(errors='replace')}")
                if refusal.code < 500 and refusal.code != 429:
                    text = refusal.read().decode(errors="replace")
                    if method != "HEAD" and refusal.code != 409:
                        print(f"{method} {path}: {refusal.code} {text}", file=sys.stderr)
                    return refusal.code, refusal.headers, None
                problem, asked = refusal, refusal.headers.get("Retry-After", "")
                pause = max(pause, float(asked) if asked.isdigit() else 0)
            except (OSError, ValueError) as missed:
                problem = missed
            if give_up:
                return 0, {}, None
            print(f"{method} {path}: {problem}; again in {pause:g} s", file=sys.stderr)
            time.sleep(pause)
            pause = min(30.0, 2 * pause)

    def upload(self, content):
        """Makes sure that the server has an artifact; returns its name."""
        name = hashlib.sha256(content).hexdigest()
        for _ in range(5):
            status, headers, _ = self.ask("HEAD", f"artifacts/{name}")
            if status == 200:
                return name
            offset = int(headers.get("Upload-Offset", 0))
            self.ask("PATCH", f"artifacts/{name}", content[offset:], {"Upload-Offset": str(offset), "Upload-Length": str(len(content))})
        sys.exit(f"python_worker: the server does not take artifact {name}")


def carry_out(server, job, epoch_seconds):
    """Trains and measures what was ordered; False when the server wanted it to stop."""
    lease, order = job["leaseId"], job["order"]
    trace = {"traceparent": job["traceParent"]} if "traceParent" in job else {}  # a server that traces sees the answers where it asked
    started = time.monotonic()
    network = Network(order["bits"], order["startEpochs"])
    progress = {"epochsDone": network.epochs, "checkpoint": None, "measurements": [], "trainSeconds": 0.0}
    for evaluate_at in order["evaluateAt"]:
        while network.epochs < evaluate_at:
            time.sleep(epoch_seconds)
            network.train_epoch()
            progress.update(epochsDone=network.epochs, checkpoint=server.upload(network.checkpoint()), trainSeconds=time.monotonic() - started)
            _, _, reply = server.ask("POST", f"leases/{lease}/heartbeat", progress, trace)
            if not reply or reply["answer"] == "stop":
                return False
        progress["measurements"].append({"epochs": network.epochs, "accuracy": network.accuracy(), "checkpoint": server.upload(network.checkpoint())})
    report = {
        "measurements": progress["measurements"],
        "trainSeconds": time.monotonic() - started,
        "trainedEpochs": network.epochs - order["startEpochs"],
    }
    server.ask("PUT", f"leases/{lease}/report", report, trace)
    print(f"{lease}: {order['bits'] or 'FP32'} {report['measurements'][-1]['accuracy']:.4f} after {network.epochs} epochs", flush=True)
    return True


def work(server, registration, jobs, epoch_seconds):
    """Leases and carries out so many jobs (None: until told to leave)."""
    session, job = None, None
    try:
        while jobs is None or jobs > 0:
            if session is None:
                status, _, session = server.ask("POST", "workers", registration)
                if session is None:
                    sys.exit(f"python_worker: the server refused the registration: {status}")
                print(f"joined {server.base} as {session['workerId']}", flush=True)
            request = {"workerId": session["workerId"], "session": session["session"], "waitSeconds": LONG_POLL_SECONDS}
            asked = time.monotonic()
            status, _, job = server.ask("POST", "leases", request)
            if status == 409:  # registered by another process, or forgotten: join again
                session = None
            elif status not in (200, 204):
                sys.exit(f"python_worker: the server gives this worker no work: {status}")
            elif job is None and time.monotonic() - asked < 1:
                time.sleep(1)  # a server that is about to stop does not hold the request
            elif job is not None:
                carry_out(server, job, epoch_seconds)
                jobs = None if jobs is None else jobs - 1
                job = None
    except Leave:
        if job is not None:
            server.ask("POST", f"leases/{job['leaseId']}/release", {}, give_up=True)
    if session is not None:
        name, key = urllib.parse.quote(session["workerId"], safe=""), urllib.parse.quote(session["session"], safe="")
        server.ask("DELETE", f"workers/{name}?session={key}", give_up=True)


def leave(number, _):
    signal.signal(number, signal.SIG_IGN)
    raise Leave


def main():
    options = argparse.ArgumentParser(description="A worker with a made-up network.")
    options.add_argument("--server", default="http://127.0.0.1:5080")
    options.add_argument("--token-file", help="file whose first line is a token of role worker")
    options.add_argument("--jobs", type=int, help="stop after so many jobs [default: never]")
    options.add_argument("--workload-name", default="python/made-up")
    options.add_argument("--name", default=f"{socket.gethostname()}/python")
    options.add_argument("--epoch-seconds", type=float, default=0.0, help="how long an epoch takes")
    given = options.parse_args()
    token = open(given.token_file, encoding="utf-8").readline().strip() if given.token_file else None
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    registration = {"workerId": given.name, "deviceKind": "python", "workloads": [workload(given.workload_name)]}
    work(Server(given.server, token), registration, given.jobs, given.epoch_seconds)


if __name__ == "__main__":
    main()
