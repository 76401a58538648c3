"""Interoperation, shown: what warcio, pywb and demarche say of one archive must be one thing.

Two worlds are tried: the invented site of the demo, over http and over https, and, where the real
data lies beside the project, the real pages and listings. In each, demarche makes an archive;
warcio reads it, pywb replays it, and demarche crawls it again through pywb's proxy. Then bytes are
changed on purpose, and each of the three must notice.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

import damage
import reading
import replaying
import worlds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="folder of demarche and replay")
    parser.add_argument("--scratch", type=Path, required=True, help="a folder that is made anew")
    parser.add_argument(
        "--shared",
        type=Path,
        default=Path(os.environ.get("DEMARCHE_SHARED", "../shared")),
        help="the real data; without it only the invented site is tried",
    )
    arguments = parser.parse_args()
    shutil.rmtree(arguments.scratch, ignore_errors=True)
    arguments.scratch.mkdir(parents=True)
    tools = worlds.Tools(arguments.bin.resolve(), arguments.scratch.resolve())

    found = []
    for scheme in ("http", "https"):
        corpus = worlds.invented(tools, scheme)
        found += check(tools, corpus, worlds.invented_sources(tools, scheme))
        if scheme == "https":
            found += damage.noticed(tools, corpus, worlds.invented_sources(tools, scheme))
    data = arguments.shared / "data"
    if data.is_dir():
        corpus = worlds.real(tools, data.resolve())
        found += check(tools, corpus, worlds.real_sources())
    else:
        print(f"skipped: no real data at {data}")

    print()
    for difference in found:
        print(f"DIFFERENCE {difference}")
    print(f"{len(found)} differences" if found else "no difference")
    return 1 if found else 0


def check(tools, corpus, sources):
    """What differs between demarche and the others about one archive."""
    print(f"\n== {corpus.name}")
    found = reading.differences(tools, corpus)
    with replaying.Pywb(tools, corpus) as pywb:
        found += replaying.differences(pywb, corpus)
        for source in sources:
            found += replaying.crawled(tools, pywb, corpus, source)
    return [f"{corpus.name}: {difference}" for difference in found]


if __name__ == "__main__":
    sys.exit(main())
