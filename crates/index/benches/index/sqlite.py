# Reads a line of queries and then a text a line, indexes with FTS5 trigram, prints one line.
import json, os, sqlite3, sys, tempfile, time

head = json.loads(sys.stdin.readline())
size, reading = 0, 0.0


def texts():
    """One text after the other; the time in which they are read does not count."""
    global size, reading
    start = time.perf_counter()
    for line in sys.stdin:
        text = json.loads(line)
        size += len(text.encode())
        reading += time.perf_counter() - start
        yield (text,)
        start = time.perf_counter()


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "peer.db")
    base = sqlite3.connect(path)
    start = time.perf_counter()
    base.execute("create virtual table turns using fts5(text, tokenize='trigram')")
    base.executemany("insert into turns values (?)", texts())
    base.commit()
    took = time.perf_counter() - start - reading

    times = []
    for terms in head["asked"] * head["rounds"]:
        if len([t for t in terms if len(t) > 2]) == len(terms):
            where, values = "turns match ?", [" AND ".join('"%s"' % t for t in terms)]
        else:
            where = " and ".join("text like '%' || ? || '%'" for _ in terms)
            values = terms
        start = time.perf_counter()
        base.execute("select count(*) from turns where " + where, values).fetchone()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    pick = lambda share: times[(len(times) - 1) * share // 100]
    print(
        "query p50 %.2fms p99 %.1fms, indexing %.1f MB/s, size %.2f of the text"
        % (pick(50), pick(99), size / 1e6 / took, os.path.getsize(path) / size)
    )
