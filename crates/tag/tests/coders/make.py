"""Makes a.jsonl, b.jsonl and values.json: two invented codings of the same segments, and what the
package krippendorff (alpha) and scikit-learn (F1) give for them.

    pip install krippendorff==0.9.0 numpy scikit-learn
    python3 make.py
"""

import json
import random
import warnings

import krippendorff
import numpy as np
from sklearn.metrics import f1_score

warnings.simplefilter("ignore")
draw = random.Random(20220224)
TARGETS = ["US", "NATO", "WEST", "JP"]
FRAMES = ["hegemony", "sanctions", "dialogue"]
VOICES = ["own", "own", "own", "relayed", "none"]


def coding(unit, title):
    blames = [t for t in TARGETS if draw.random() < 0.25]
    return {
        "unit": unit, "title": title, "date": "2031-01-01", "text": f"Sentence {unit} of Ruritania.",
        "voice": draw.choice(VOICES),
        "blames": [{"target": t, "kind": draw.choice(["causal", "condemn"])} for t in blames],
        "frames": [f for f in FRAMES if draw.random() < 0.2],
    }


def other(first):
    """The same unit by somebody who sees most things alike."""
    again = coding(first["unit"], first["title"])
    return {key: (again if draw.random() < 0.25 else first)[key] for key in first}


first = [coding(f"u{n:02}", f"Document {n // 4}") for n in range(60)]
second = [other(row) for row in first]
# Two units that only one of them coded.
first_file, second_file = first[:-1], second[1:]
for name, rows in [("a.jsonl", first_file), ("b.jsonl", second_file)]:
    with open(name, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)

pairs = list(zip(first, second))[1:-1]


def targets(row):
    return frozenset(blame["target"] for blame in row["blames"])


def nominal(of):
    return krippendorff.alpha([[of(a) for a, _ in pairs], [of(b) for _, b in pairs]], level_of_measurement="nominal")


def masi(a, b):
    if a == b:
        return 0.0
    return 1 - len(a & b) / len(a | b) * (2 / 3 if a < b or b < a else 1 / 3)


def over_sets(of):
    """The sets as numbers, and MASI of them as the package's own measure of distance."""
    sets = sorted({of(row) for pair in pairs for row in pair}, key=sorted)
    places = [[float(sets.index(of(pair[coder]))) for pair in pairs] for coder in (0, 1)]
    distance = np.vectorize(lambda a, b: masi(sets[int(a)], sets[int(b)]))
    return krippendorff.alpha(places, level_of_measurement=lambda v1, v2, **_: distance(v1, v2))


def f1(of, items):
    flat = [[item in of(pair[coder]) for pair in pairs for item in items] for coder in (0, 1)]
    return f1_score(*flat)


values = {
    "voice": {"alpha": nominal(lambda row: VOICES.index(row["voice"]))},
    "any blame": {"alpha": nominal(lambda row: int(bool(targets(row)))), "f1": f1(lambda row: {bool(targets(row))}, [True])},
    "blames": {"alpha": over_sets(targets), "f1": f1(targets, TARGETS)},
    "blames of US, NATO, WEST": {"f1": f1(targets, TARGETS[:3])},
    "frames": {"alpha": over_sets(lambda row: frozenset(row["frames"])), "f1": f1(lambda row: row["frames"], FRAMES)},
}
for target in TARGETS:
    values[f"blame:{target}"] = {"alpha": nominal(lambda row: int(target in targets(row))), "f1": f1(targets, [target])}
for frame in FRAMES:
    values[f"frame:{frame}"] = {"alpha": nominal(lambda row: int(frame in row["frames"])), "f1": f1(lambda row: row["frames"], [frame])}
with open("values.json", "w", encoding="utf-8") as out:
    json.dump({"krippendorff": krippendorff.__version__ if hasattr(krippendorff, "__version__") else "0.9.0", "values": values}, out, indent=1)
    out.write("\n")
