"""Our archive as pywb replays it, by our own index; and what demarche crawls through its proxy."""

import base64
import hashlib
import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter

import worlds

COLLECTION = "ours"
# Seconds within which pywb must be up.
PATIENCE = 60
CONFIG = """\
collections:
  {collection}:
    index_paths: {archive}/
    archive_paths: {archive}/
proxy:
  coll: {collection}
  ca_name: pywb of make interop
  ca_file_cache: {ca}
  # The pages as they are: no banner, no rewritten links.
  enable_content_rewrite: false
"""


class Pywb:
    """A pywb that serves one archive, by address and as a proxy."""

    def __init__(self, tools, corpus):
        self.folder = tools.scratch / f"pywb-{corpus.name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.ca = self.folder / "ca.pem"
        config = CONFIG.format(collection=COLLECTION, archive=corpus.archive, ca=self.ca)
        (self.folder / "config.yaml").write_text(config, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.proxy = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        command = [sys.executable, "-c", "from pywb.apps.cli import wayback; wayback()"]
        command += ["--bind", "127.0.0.1", "--port", str(self.port), "--directory", self.folder]
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        for _ in range(PATIENCE * 10):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        said = (self.folder / "log").read_text(errors="replace")
        raise SystemExit(f"interop: pywb does not start:\n{said}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.putheader("Accept-Encoding", "gzip, deflate, br, zstd")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body


def differences(pywb, corpus):
    """Every capture that pywb replays with other bytes than the archive's."""
    found, replayed = [], 0
    payloads = {}
    for line in corpus.lines():
        if line.captures:
            payloads.setdefault((line.url, line.timestamp), set()).add(line.digest)
    for (url, timestamp), digests in payloads.items():
        status, body = pywb.get(f"/{COLLECTION}/{timestamp}id_/{url}")
        digest = "sha256:" + hashlib.sha256(body).hexdigest()
        if not digests & {digest, sha1(body)}:
            found.append(
                f"pywb replays {url} of {timestamp} as {digest} (status {status}), "
                f"the archive has {', '.join(sorted(digests))}"
            )
        replayed += 1
    if not replayed:
        found.append("pywb: no capture to replay, so that nothing is shown")
    print(f"pywb: {replayed} captures replayed, {len(found)} differences")
    return found


def sha1(body):
    """The digest as other WARC writers print it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def crawled(tools, pywb, corpus, source):
    """What a crawl through pywb's proxy brings home differently than the archive has it."""
    again = worlds.Corpus(source.id, pywb.folder / f"crawled-{source.id}")
    options = ["--proxy", pywb.proxy, "--ca-cert", pywb.ca, "--delay", "0s", "--retries", "1"]
    options += ["--source", source.id, "--corpus", again.folder, "--json", "-q"]
    if source.config:
        options += ["--config", source.config]
    printed = tools.demarche("crawl", *options, *source.options, well=(0, 2, 3))
    outcome = json.loads(printed)["sources"][0]
    wanted = {url: line for url, line in corpus.newest().items() if source.wanted(line)}
    wanted = {url: line for url, line in wanted.items() if line.purpose in ("", "page")}
    brought = {url: line for url, line in again.newest().items() if line.status == "200"}
    found = []
    for url, line in wanted.items():
        got = brought.get(url)
        if got is None:
            found.append(f"{source.id}: {url} was not fetched through pywb")
        elif got.digest != line.digest and got.body != line.body:
            found.append(f"{source.id}: {url} came through pywb as {got.digest}, not {line.digest}")
    for url, line in brought.items():
        if line.purpose in ("", "page") and url not in wanted:
            found.append(f"{source.id}: {url} was fetched and is not among the source's pages")
    schemes = Counter(url.split(":")[0] for url in brought)
    print(
        f"crawl through pywb: {source.id}: {outcome['listed']} listed, {outcome['fetched']} fetched, "
        f"{len(outcome['failed'])} failed ({dict(schemes)}), {len(found)} differences"
    )
    if not wanted:
        found.append(f"{source.id}: no page was expected, so that nothing is shown")
    return found
