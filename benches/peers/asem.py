"""The ASEM Sustainable Connectivity index by plain Python, step by step after the OECD/JRC Handbook and the
documentation of COINr, to hold `biaochi run` against: denominate, treat (skewness 2, kurtosis 3.5: at most five points
drawn in, else ln(x - min + 1 % of range)), minmax 0..100 with directions, weighted means over what is there.

    python3 asem.py FOLDER [arithmetic|geometric] [minmax LOW HIGH|zscore] [none|group:COLUMN] > totals.json
"""

import csv
import json
import math
import sys

folder = sys.argv[1]
aggregate = sys.argv[2] if len(sys.argv) > 2 else "arithmetic"
low, high = (float(sys.argv[4]), float(sys.argv[5])) if sys.argv[3:4] == ["minmax"] else (0.0, 100.0)
zscore = sys.argv[3:4] == ["zscore"]
group = sys.argv[-1].split(":", 1)[1] if sys.argv[-1].startswith("group:") else None
meta = list(csv.DictReader(open(f"{folder}/ASEM_iMeta.csv", encoding="utf-8")))
data = list(csv.DictReader(open(f"{folder}/ASEM_iData.csv", encoding="utf-8")))


def number(text):
    return float(text) if text not in ("", "NA") else None


def moments(values):
    middle = math.fsum(values) / len(values)
    return [math.fsum((v - middle) ** k for v in values) for k in (2, 3, 4)]


def sound(values):
    n = len(values)
    second, third, fourth = moments(values)
    if n < 4 or second == 0:
        return True
    skewness = math.sqrt(n) * third / second**1.5 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = ((n + 1) * (n * fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return abs(skewness) < 2 or kurtosis < 3.5


def treated(values):
    if sound(values):
        return values
    x, high_points, low_points = list(values), 0, 0
    while not sound(x) and high_points + low_points < 5:
        upwards = moments(x)[1] >= 0
        end = max(x) if upwards else min(x)
        rest = [v for v in x if v != end]
        count = len(x) - len(rest)
        if upwards:
            high_points = count
        else:
            low_points = count
        x = [(max(rest) if upwards else min(rest)) if v == end else v for v in x]
    if sound(x):
        return x
    least, greatest = min(values), max(values)
    return [math.log(v - least + 0.01 * (greatest - least)) for v in values]


def over(value, divisor):
    return None if value is None or divisor is None else value / divisor


scores = {}
for row in meta:
    if row["Type"] != "Indicator":
        continue
    column = [number(unit[row["iCode"]]) for unit in data]
    if row["Denominator"]:
        column = [over(v, number(unit[row["Denominator"]])) for v, unit in zip(column, data)]
    if group:
        before = list(column)
        for at, unit in enumerate(data):
            if column[at] is None:
                alike = [v for v, o in zip(before, data) if o[group] == unit[group] and v is not None]
                column[at] = math.fsum(alike) / len(alike) if alike else None
    known = iter(treated([v for v in column if v is not None]))
    column = [v if v is None else next(known) for v in column]
    column = [v if v is None else v * float(row["Direction"]) for v in column]
    there = [v for v in column if v is not None]
    if zscore:
        middle = math.fsum(there) / len(there)
        width = math.sqrt(math.fsum((v - middle) ** 2 for v in there) / (len(there) - 1))
        scores[row["iCode"]] = [v if v is None else (v - middle) / width for v in column]
    else:
        least, greatest = min(there), max(there)
        scores[row["iCode"]] = [
            v if v is None else (v - least) / (greatest - least) * (high - low) + low for v in column
        ]

for level in sorted({float(row["Level"]) for row in meta if row["Type"] == "Aggregate"}):
    for row in meta:
        if row["Type"] != "Aggregate" or float(row["Level"]) != level:
            continue
        below = [r for r in meta if r["Parent"] == row["iCode"]]
        joined = []
        for at in range(len(data)):
            parts = [(float(r["Weight"]), scores[r["iCode"]][at]) for r in below]
            parts = [(w, s) for w, s in parts if s is not None]
            total = math.fsum(w for w, _ in parts)
            if aggregate == "geometric":
                joined.append(math.exp(math.fsum(w * math.log(s) for w, s in parts) / total))
            else:
                joined.append(math.fsum(w * s for w, s in parts) / total)
        scores[row["iCode"]] = joined

nodes = [r["iCode"] for r in meta if r["Type"] in ("Indicator", "Aggregate")]
json.dump(
    {unit["uCode"]: {code: scores[code][at] for code in nodes} for at, unit in enumerate(data)},
    sys.stdout,
)
