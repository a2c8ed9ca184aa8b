"""What `biaochi bench engine` stands beside: the same work by numpy, SALib and pymcdm, each timed after a first run that
is not counted. Sizes come as arguments, so that both sides do the same; data are drawn here.

    python3 engine.py CASE [ARGUMENT…]     one JSON object a line: {"key", "peer", "ms"} or {"key", "absent"}

CASES: asem FOLDER REPLICATIONS, build UNITS INDICATORS, sobol DIMENSIONS POINTS, ishigami POINTS, weights UNITS
INDICATORS, rules ROWS, assess UNITS INDICATORS,
footprint PROCESSES INPUTS. A throw-away environment is made by environment.sh beside this file.
"""

import csv
import json
import sys
import time

try:
    import numpy as np
except ImportError:
    print(json.dumps({"key": "numpy", "absent": "numpy"}))
    sys.exit(0)

NUMPY = f"numpy {np.__version__}"


def tell(key, peer, work, times=3):
    work()
    best = min(timed(work) for _ in range(times))
    print(json.dumps({"key": key, "peer": peer, "ms": best * 1000}), flush=True)


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def once(key, peer, work):
    print(json.dumps({"key": key, "peer": peer, "ms": timed(work) * 1000}), flush=True)


def absent(key, what):
    print(json.dumps({"key": key, "absent": what}), flush=True)


def skewed(x):
    n = len(x)
    d = x - x.mean(axis=0)
    second, third, fourth = (d**2).sum(axis=0), (d**3).sum(axis=0), (d**4).sum(axis=0)
    skew = np.sqrt(n) * third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = ((n + 1) * (n * fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return (np.abs(skew) >= 2) & (kurtosis >= 3.5)


def ranks(totals):
    order = np.argsort(-totals)
    own = np.empty(len(totals), dtype=np.int64)
    own[order] = np.arange(1, len(totals) + 1)
    return own


def minmax(x, low, high):
    least = np.nanmin(x, axis=0)
    return (x - least) / (np.nanmax(x, axis=0) - least) * (high - low) + low


# --- the ASEM index: one replication at a time, and all of them at once, both with the prepared stages kept ---


def asem(folder, replications):
    meta = list(csv.DictReader(open(f"{folder}/ASEM_iMeta.csv", encoding="utf-8")))
    data = list(csv.DictReader(open(f"{folder}/ASEM_iData.csv", encoding="utf-8")))
    leaves = [row for row in meta if row["Type"] == "Indicator"]
    number = lambda text: float(text) if text not in ("", "NA") else np.nan
    x = np.array([[number(unit[row["iCode"]]) for row in leaves] for unit in data])
    for at, row in enumerate(leaves):
        if row["Denominator"]:
            x[:, at] /= [number(unit[row["Denominator"]]) for unit in data]
    sign = np.array([float(row["Direction"]) for row in leaves])
    drawn_in = x.copy()
    for at in np.flatnonzero(skewed(np.where(np.isnan(x), np.nanmean(x, axis=0), x))):
        highest = np.argsort(np.nan_to_num(x[:, at], nan=-np.inf))[-5:]
        drawn_in[highest, at] = np.nan_to_num(x[:, at], nan=-np.inf)[highest].min()
    rank = lambda y: np.argsort(np.argsort(y, axis=0), axis=0) + 1.0
    stages = [way(y * sign) for y in (drawn_in, x) for way in (lambda y: minmax(y, 1, 100), rank)]
    levels = sorted({float(row["Level"]) for row in meta if row["Type"] == "Aggregate"})
    place = {row["iCode"]: at for at, row in enumerate(leaves)}
    groups = []  # of each level: of each parent the columns and weights below it
    for level in levels:
        parents = [row for row in meta if row["Type"] == "Aggregate" and float(row["Level"]) == level]
        below = [[row for row in meta if row["Parent"] == parent["iCode"]] for parent in parents]
        groups.append([([place[row["iCode"]] for row in rows], [float(row["Weight"]) for row in rows]) for rows in below])
        place = {parent["iCode"]: at for at, parent in enumerate(parents)}
    count = sum(len(columns) for level in groups for columns, _ in level)
    draws = np.random.default_rng(7).random((replications, count + 2))

    def total(y, factors, geometric):
        at = 0
        for level in groups:
            joined = []
            for columns, weights in level:
                w = np.array(weights) * factors[at : at + len(columns)]
                at += len(columns)
                z = y[:, columns]
                there = ~np.isnan(z)
                share = there @ w
                known = np.where(there, z, 1.0)
                joined.append(np.exp((np.log(known) * there) @ w / share) if geometric else np.where(there, z, 0.0) @ w / share)
            y = np.stack(joined, axis=1)
        return y[:, 0]

    nominal = ranks(total(stages[0], np.ones(count), False))

    def one_by_one():
        shifts = np.empty(replications)
        for at, draw in enumerate(draws):
            y = stages[int(draw[0] * 4)]
            totals = total(y, 0.75 + 0.5 * draw[2:], draw[1] < 0.5)
            shifts[at] = np.abs(ranks(totals) - nominal).mean()
        return shifts

    def together():
        for stage in range(4):
            for geometric in (False, True):
                chosen = draws[((draws[:, 0] * 4).astype(int) == stage) & ((draws[:, 1] < 0.5) == geometric)]
                y = np.broadcast_to(stages[stage], (len(chosen), *stages[stage].shape))
                factors, at = 0.75 + 0.5 * chosen[:, 2:], 0
                for level in groups:
                    joined = []
                    for columns, weights in level:
                        w = np.array(weights) * factors[:, at : at + len(columns)]
                        at += len(columns)
                        z = y[:, :, columns]
                        there = ~np.isnan(z)
                        known = np.where(there, np.log(np.where(there, z, 1.0)) if geometric else z, 0.0)
                        joined.append((known @ w[:, :, None])[:, :, 0] / (there @ w[:, :, None])[:, :, 0])
                    y = np.stack(joined, axis=2)
                    y = np.exp(y) if geometric else y
                order = np.argsort(-y[:, :, 0], axis=1)
                np.abs(np.argsort(order, axis=1) + 1 - nominal).mean(axis=1)

    once("one by one", f"{NUMPY}, stages kept, one replication at a time", one_by_one)
    once("together", f"{NUMPY}, stages kept, all replications in one array", together)


def build(units, indicators):
    x = np.random.default_rng(7).random((units, indicators)) * 90 + 5
    groups = np.array_split(np.arange(indicators), 8)

    def work():
        skewed(x)
        y = minmax(x, 0, 100)
        families = np.stack([y[:, group].mean(axis=1) for group in groups], axis=1)
        branches = np.stack([families[:, :4].mean(axis=1), families[:, 4:].mean(axis=1)], axis=1)
        ranks(branches.mean(axis=1))

    tell("build", NUMPY, work)


def sampler():
    try:
        from SALib.analyze import sobol as analyze
        from SALib.sample import sobol as sample
    except ImportError:
        return None
    import importlib.metadata

    return sample, analyze, f"SALib {importlib.metadata.version('SALib')}"


def sobol(dimensions, points):
    found = sampler()
    if found is None:
        return absent("sobol", "SALib")
    sample, analyze, peer = found
    problem = {"num_vars": dimensions, "names": [f"x{at}" for at in range(dimensions)], "bounds": [[0, 1]] * dimensions}
    size = (np.arange(dimensions) + 1.0) ** -1

    def work(second):
        def run():
            x = sample.sample(problem, points, calc_second_order=second)
            y = (x * size).sum(axis=1) + x[:, 0] * x[:, 1]
            analyze.analyze(problem, y, calc_second_order=second, num_resamples=100)

        return run

    once("sobol first", f"{peer}, 100 bootstraps", work(False))
    once("sobol second", f"{peer}, second order too, 100 bootstraps", work(True))


def ishigami(points):
    found = sampler()
    if found is None:
        return absent("ishigami", "SALib")
    sample, analyze, peer = found
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}

    def work():
        x = sample.sample(problem, points, calc_second_order=False)
        y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
        analyze.analyze(problem, y, calc_second_order=False, num_resamples=100)

    once("ishigami", f"{peer}, 100 bootstraps", work)


def weights(units, indicators):
    x = np.random.default_rng(7).random((units, indicators)) * 90 + 5

    def critic():
        y = minmax(x, 0, 1)
        c = y.std(axis=0, ddof=1) * (1 - np.corrcoef(y, rowvar=False)).sum(axis=0)
        return c / c.sum()

    def entropy():
        p = x / x.sum(axis=0)
        d = 1 + (p * np.log(p)).sum(axis=0) / np.log(len(x))
        return d / d.sum()

    tell("critic numpy", NUMPY, critic)
    tell("entropy numpy", NUMPY, entropy)
    try:
        import importlib.metadata

        from pymcdm import weights as of_pymcdm
    except ImportError:
        return absent("pymcdm", "pymcdm")
    peer = f"pymcdm {importlib.metadata.version('pymcdm')}"
    types = np.ones(indicators)
    once("critic", peer, lambda: of_pymcdm.critic_weights(x, types))
    once("entropy", peer, lambda: of_pymcdm.entropy_weights(x, types))


def rules(rows):
    random = np.random.default_rng(7)
    wage, relief, age = random.random(rows) * 400_000, random.random(rows) * 20_000, random.random(rows) * 90
    bands = [(0.03, 0), (0.1, 2520), (0.2, 16920), (0.25, 31920), (0.3, 52920), (0.35, 85920), (0.45, 181920)]

    def work(kind):
        w, r, a = wage.astype(kind), relief.astype(kind), age.astype(kind)

        def run():
            taxed = np.maximum(w - r - kind(60_000), 0)
            tax = taxed * kind(0.03)
            for rate, quick in bands[1:]:
                tax = np.maximum(tax, taxed * kind(rate) - kind(quick))
            insured = np.clip(w, 48_000, 360_000) * kind(0.105)
            allowance = np.where((a < 18) | (a >= 60), kind(6000), np.where(w < 30_000, kind(3000), kind(0)))
            return w - tax - insured + allowance

        return run

    tell("rules", NUMPY, work(np.float64))
    tell("rules float32", f"{NUMPY}, float32", work(np.float32))


def assess(units, indicators):
    x = np.random.default_rng(7).random((units, indicators)) * 90 + 5
    groups = np.array_split(np.arange(indicators), 12)

    def work():
        points = np.clip((x - 10) / 70 * 100, 0, 100)
        families = np.stack([points[:, group].mean(axis=1) for group in groups], axis=1)
        total = families.mean(axis=1)
        grade = np.select([(total >= 60) & (points[:, 0] > 20), total >= 52, total >= 45], [0, 1, 2], 3)
        grade[points[:, 1] <= 5] = 4
        ranks(total)

    tell("assess", NUMPY, work)


def footprint(processes, inputs):
    try:
        import scipy
        import scipy.sparse as sparse
        from scipy.sparse.linalg import bicgstab, LinearOperator
    except ImportError:
        return absent("scipy", "scipy")
    random = np.random.default_rng(7)
    column = np.repeat(np.arange(processes), inputs)
    hub = np.tile(np.arange(inputs) * 10 < inputs * 6, processes)
    near = (column + 1 + random.integers(0, 400, len(column))) % processes
    row = np.where(hub, (random.random(len(column)) ** 3 * 200).astype(int), near)
    a = sparse.eye(processes, format="csc") - sparse.csc_matrix(
        (random.random(len(column)) * 0.13, (row, column)), shape=(processes, processes)
    )
    a = a.tocsr()
    jacobi = LinearOperator(a.shape, lambda x: x / a.diagonal())
    demand = np.zeros(processes)
    demand[17] = 1

    # SciPy's own direct solver fills such a system for minutes; its iterative one is the one that ends.
    peer = f"scipy {scipy.__version__} bicgstab, rtol 1e-12"
    tell("solve", peer, lambda: bicgstab(a, demand, rtol=1e-12, M=jacobi))


CASES = {"asem": asem, "build": build, "sobol": sobol, "ishigami": ishigami, "weights": weights, "rules": rules, "assess": assess, "footprint": footprint}
case, *given = sys.argv[1:]
CASES[case](*[int(text) if text.isdigit() else text for text in given])
