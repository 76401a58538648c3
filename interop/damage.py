"""Whether the tool itself can fail: bytes are changed on purpose, and each part must say which."""

import gzip
import json
import shutil
import string

import reading
import replaying
import worlds


def noticed(tools, corpus, sources):
    """What was changed and not noticed; nothing where all is well."""
    sources = list(sources)
    victim = max(
        (line for line in corpus.newest().values() if line.type == "response" and sources[0].wanted(line)),
        key=lambda line: len(line.url),
    )
    missed = []
    print(f"\n== a byte of {victim.url} is changed on purpose")
    letter = copy_of(tools, corpus, "letter")
    change_letter(letter, victim)
    said = reading.differences(tools, letter)
    missed += silent("warcio's reading", said, victim)
    missed += silent("our own audit", [found for found in said if "check --archive" in found], None)
    with replaying.Pywb(tools, letter) as pywb:
        missed += silent("pywb's replay", replaying.differences(pywb, letter), victim)
        # What comes through pywb is held against the archive as it was.
        crawled = replaying.crawled(tools, pywb, corpus, sources[0])
        missed += silent("the crawl through pywb", crawled, victim)
    member = copy_of(tools, corpus, "member")
    change_member(member, victim)
    said = reading.differences(tools, member)
    missed += silent("warcio's reading", said, None)
    missed += silent("our own audit", [found for found in said if "check --archive" in found], None)
    print(f"noticed: {6 - len(missed)} of 6")
    return missed


def silent(part, differences, victim):
    """A complaint where a part found nothing, or not what was changed."""
    named = [found for found in differences if victim is None or victim.url in found]
    if named:
        return []
    return [f"{part} does not notice a changed byte" + (f" in {victim.url}" if victim else "")]


def copy_of(tools, corpus, name):
    folder = tools.scratch / f"damaged-{name}"
    shutil.copytree(corpus.folder, folder)
    return worlds.Corpus(f"damaged-{name}", folder)


def change_letter(corpus, victim):
    """Changes one letter of a payload, in a gzip member that is whole; the index moves with it."""
    file = corpus.archive / victim.file.name
    archive = file.read_bytes()
    start, end = int(victim.offset), int(victim.offset) + int(victim.length)
    record = bytearray(gzip.decompress(archive[start:end]))
    at = max(n for n, byte in enumerate(record) if chr(byte) in string.ascii_lowercase[:-1])
    record[at] += 1
    member = gzip.compress(bytes(record))
    file.write_bytes(archive[:start] + member + archive[end:])
    index = file.with_name(file.name.removesuffix(".warc.gz") + ".cdxj")
    moved = len(member) - (end - start)
    lines = []
    for line in index.read_text(encoding="utf-8").splitlines():
        urlkey, timestamp, fields = line.split(" ", 2)
        fields = json.loads(fields)
        if int(fields["offset"]) > start:
            fields["offset"] = str(int(fields["offset"]) + moved)
        elif int(fields["offset"]) == start:
            fields["length"] = str(len(member))
        lines.append(f"{urlkey} {timestamp} {json.dumps(fields)}\n")
    index.write_text("".join(lines), encoding="utf-8")


def change_member(corpus, victim):
    """Flips one bit in the middle of a gzip member, as a failing disk does."""
    file = corpus.archive / victim.file.name
    archive = bytearray(file.read_bytes())
    archive[int(victim.offset) + int(victim.length) // 2] ^= 1
    file.write_bytes(archive)
