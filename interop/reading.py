"""Our archive as warcio reads it: every record, every digest, against our index and our exports."""

import hashlib
import io
import json
import subprocess
import sys
from collections import Counter

from warcio.archiveiterator import ArchiveIterator

# Statements whose archived bytes are asked for one by one.
SHOWN = 40


def differences(tools, corpus):
    """What warcio and demarche say differently."""
    found, bodies, records = [], set(), Counter()
    for file in corpus.files():
        wrong, decoded, number = file_differences(corpus, file)
        found += wrong + index_differences(corpus, file)
        bodies |= decoded
        records[file.name] = number
    found += audit_differences(tools, corpus, records)
    found += statement_differences(tools, corpus, bodies)
    print(f"warcio: {sum(records.values())} records, {len(bodies)} bodies, {len(found)} differences")
    return found


def file_differences(corpus, file):
    """Reads one file; what differs from its index, the digests of its bodies, its records."""
    found, bodies, number, answered = [], set(), 0, {}
    index = {int(line.offset): line for line in corpus.lines() if line.file == file}
    with open(file, "rb") as stream:
        records = ArchiveIterator(stream, check_digests=True)
        try:
            for record in records:
                number += 1
                headers = record.rec_headers
                url = headers.get_header("WARC-Target-URI")
                payload = record.raw_stream.read()
                at, length = records.get_record_offset(), records.get_record_length()
                for problem in record.digest_checker.problems:
                    found.append(f"{file.name}: {url}: warcio: {problem}")
                answered[headers.get_header("WARC-Record-ID")] = (record.rec_type, url)
                asked = headers.get_header("WARC-Concurrent-To")
                if asked and "import" not in file.name and answered.get(asked) != ("request", url):
                    found.append(f"{file.name}: {url}: {asked} is not its request")
                if record.rec_type in ("warcinfo", "request"):
                    continue
                line = index.pop(at, None)
                if line is None:
                    found.append(f"{file.name}: {url}: no line for the record at {at}")
                    continue
                digest = "sha256:" + hashlib.sha256(payload).hexdigest()
                status = record.http_headers.get_statuscode() if record.http_headers else ""
                if headers.get_header("WARC-Profile", "").endswith("/server-not-modified"):
                    status = status or "304"
                theirs = [url, record.rec_type, headers.get_header("WARC-Date"), status, length]
                ours = [line.url, line.type, line.date, line.status, int(line.length)]
                if theirs != ours:
                    found.append(f"{file.name}: {url}: warcio reads {theirs}, our index has {ours}")
                if record.rec_type != "revisit":
                    if line.digest.startswith("sha256:") and line.digest != digest:
                        found.append(f"{file.name}: {url}: payload {digest}, index {line.digest}")
                    record.raw_stream = io.BytesIO(payload)
                    body = "sha256:" + hashlib.sha256(record.content_stream().read()).hexdigest()
                    if line.body != body:
                        found.append(f"{file.name}: {url}: body {body}, index {line.body}")
                    bodies.add(body)
        except Exception as error:  # Whatever stops warcio is the difference.
            found.append(f"{file.name}: warcio stops after {number} records: {error!r}")
    for line in index.values():
        found.append(f"{file.name}: {line.url}: a line for {line.offset}, warcio has no record there")
    return found, bodies, number


def index_differences(corpus, file):
    """Key, time and place of every capture are those that pywb's own indexer gives it."""
    command = [sys.executable, "-m", "pywb.indexer.cdxindexer", "-j", str(file)]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    theirs = {}
    for line in printed.splitlines():
        if "{" in line:
            urlkey, timestamp, fields = line.split(" ", 2)
            fields = json.loads(fields)
            theirs[fields["offset"]] = (urlkey, timestamp, fields["length"])
    found = []
    for line in corpus.lines():
        ours = (line.urlkey, line.timestamp, line.length)
        if line.file == file and line.captures and theirs.get(line.offset) != ours:
            their = theirs.get(line.offset)
            found.append(f"{file.name}: {line.url}: indexed as {ours}, by pywb as {their}")
    return found


def audit_differences(tools, corpus, records):
    """Our own audit counts the records that warcio counts, and finds nothing."""
    report = json.loads(
        tools.demarche("check", "--archive", "--json", "--corpus", corpus.folder, well=(0, 1))
    )
    ours = {file["file"]: file["records"] for file in report["archive"]}
    found = [
        f"{file}: warcio counts {number} records, demarche {ours.get(file)}"
        for file, number in records.items()
        if ours.get(file) != number
    ]
    if not report["whole"]:
        found.append("check --archive: the archive is not whole")
    return found


def statement_differences(tools, corpus, bodies):
    """The capture of every statement is a body that warcio read; its bytes are what `show` prints."""
    exported = tools.demarche("export", "statements", "--corpus", corpus.folder, well=(0, 1))
    statements = [json.loads(line) for line in exported.splitlines()]
    found = [] if statements else ["export statements: none, so that nothing is shown"]
    for statement in statements:
        # A row of a table: `sha256:...#row 7`.
        digest = statement["capture_digest"].split("#")[0]
        if digest not in bodies:
            found.append(f"{statement['id']}: warcio read no body {digest}")
    step = max(1, len(statements) // SHOWN)
    for statement in statements[::step]:
        shown = tools.demarche(
            "show", statement["id"], "--raw", "--corpus", corpus.folder, well=(0, 1, 2)
        )
        if "sha256:" + hashlib.sha256(shown).hexdigest() != statement["capture_digest"].split("#")[0]:
            found.append(f"{statement['id']}: show --raw prints other bytes than its capture")
    return found
