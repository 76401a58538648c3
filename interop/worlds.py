"""Archives to be tried: of an invented site that is edited between two crawls, and of real pages.

Everything is made by demarche itself; what it is told to fetch or to import is made here.
"""

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

TABLE = {
    "institution": "MFA Ruritania",
    "lang": "en",
    "date": "2022-03-16",
    "title": "Remarks of March 16, 2022",
    "body": "We regret the war, and we have said so many times, in many places.",
}


@dataclass
class Tools:
    bin: Path
    scratch: Path

    def demarche(self, *arguments, well=(0,)):
        """Runs demarche; what it prints. An exit code that is not among `well` is an error."""
        command = [str(self.bin / "demarche"), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode not in well:
            said = done.stderr.decode(errors="replace")
            raise SystemExit(f"interop: {' '.join(command)}: exit {done.returncode}\n{said}")
        return done.stdout


@dataclass
class Line:
    """One line of our CDXJ, and the archive file that it stands beside."""

    file: Path
    urlkey: str
    timestamp: str
    fields: dict

    def __getattr__(self, name):
        return self.fields.get(name, "")

    @property
    def captures(self):
        """Whether it is something that a web server answered."""
        return self.type in ("response", "revisit")


@dataclass
class Corpus:
    name: str
    folder: Path

    @property
    def archive(self):
        return self.folder / "archive"

    def files(self):
        return sorted(self.archive.glob("*.warc.gz"))

    def lines(self):
        """Our own index of the archive."""
        for file in self.files():
            index = file.with_name(file.name.removesuffix(".warc.gz") + ".cdxj")
            for line in index.read_text(encoding="utf-8").splitlines():
                urlkey, timestamp, fields = line.split(" ", 2)
                yield Line(file, urlkey, timestamp, json.loads(fields))

    def newest(self):
        """The newest capture of each address."""
        found = {}
        for line in self.lines():
            known = found.get(line.url)
            if line.captures and (known is None or line.date >= known.date):
                found[line.url] = line
        return found


@dataclass
class Source:
    """A source to be crawled anew, and which of its addresses a crawl is to fetch."""

    id: str
    options: list
    config: Path | None
    wanted: object


def invented_config(tools, scheme):
    """The configuration of the demo, its sources at addresses of that scheme."""
    config = tools.scratch / f"config-{scheme}"
    if not config.exists():
        shutil.copytree("config", config)
        shutil.rmtree(config / "sources")
        shutil.copytree("demo/config/sources", config / "sources")
        for file in (config / "sources").iterdir():
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace('"http://', f'"{scheme}://'), encoding="utf-8")
    return config


def invented(tools, scheme):
    """The demo's site, crawled twice: between the crawls a page is edited and another deleted."""
    name = f"invented-{scheme}"
    corpus = Corpus(name, tools.scratch / name)
    config, site = invented_config(tools, scheme), tools.scratch / f"site-{scheme}"
    shutil.copytree("demo/site", site)
    crawl(tools, corpus, site, config, well=(0,))
    pages = sorted(page for page in site.rglob("t2022*html"))
    edited, deleted = pages[0], pages[1]
    words = edited.read_text(encoding="utf-8")
    edited.write_text(words.replace("</p>", " (edited)</p>", 1), encoding="utf-8")
    deleted.unlink()
    # Captures are told apart by the second.
    time.sleep(1.1)
    crawl(tools, corpus, site, config, well=(0, 3))
    table = tools.scratch / f"table-{scheme}.jsonl"
    table.write_text(json.dumps(TABLE) + "\n", encoding="utf-8")
    common = ["--corpus", corpus.folder, "--config", config, "-q"]
    tools.demarche("import", table, "--source", "rt-mfa-en", *common)
    tools.demarche("normalize", *common, well=(0, 3))
    return corpus


def crawl(tools, corpus, site, config, well):
    ca = tools.scratch / "replay-ca.pem"
    ca.unlink(missing_ok=True)
    command = [tools.bin / "replay", "--ca", ca, site]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            proxy = server.stdout.readline().split()[0]
            options = ["--proxy", proxy, "--ca-cert", ca, "--delay", "0s", "--full", "-q"]
            tools.demarche(
                "crawl", *options, "--corpus", corpus.folder, "--config", config, well=well
            )
        finally:
            server.kill()


def invented_sources(tools, scheme):
    """All that the demo declares; what was deleted at last is not fetched."""
    config = invented_config(tools, scheme)
    for file in sorted((config / "sources").glob("*.toml")):
        yield Source(
            file.stem,
            [],
            config,
            lambda line, id=file.stem: line.source == id and line.status in ("200", "304"),
        )


def real(tools, data):
    """The real pages and listings; eighty of the pages once more under their old addresses."""
    corpus = Corpus("real", tools.scratch / "real")
    warcs = [
        data / "prc/mfa-zh-2020-2022.warc.gz",
        data / "prc/mfa-zh-listing-2020-12.warc.gz",
        data / "dprk/kcna-and-rodong-pages.warc.gz",
    ]
    at_old_addresses = tools.scratch / "alias.warc.gz"
    alias(data / "prc/alias-old-new-id-2020.tsv", warcs[0], at_old_addresses)
    common = ["--corpus", corpus.folder, "-q"]
    tools.demarche("import", *warcs, at_old_addresses, *common, well=(0, 3))
    tools.demarche("normalize", *common, well=(0, 3))
    return corpus


def alias(table, warc, out):
    """Writes, with warcio, the pages of a table at the addresses that they had before."""
    rows = [row.split("\t") for row in table.read_text(encoding="utf-8").splitlines()[1:]]
    old = {row[2]: row[1] for row in rows}
    with open(warc, "rb") as pages, open(out, "wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for record in ArchiveIterator(pages):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type == "response" and url in old:
                copy = writer.create_warc_record(
                    old[url],
                    "response",
                    payload=record.raw_stream,
                    http_headers=record.http_headers,
                    warc_headers_dict={"WARC-Date": "2021-01-01T00:00:00Z"},
                )
                writer.write_record(copy)


def real_sources():
    """The listing of 1,000 items with the 80 pages that are there (https); Rodong's newest (http)."""
    article = "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/t"
    yield Source(
        "cn-mfa-zh",
        ["--era", "2017-2021"],
        None,
        lambda line: line.url.startswith(article) and line.date == "2021-01-01T00:00:00Z",
    )
    yield Source(
        "rodong-en", ["--era", "to-2022"], None, lambda line: "newsID=2022-03" in line.url
    )


