#!/usr/bin/env python3
"""Makes winning_rows.csv and winning.csv: parts that keep groups together by scikit-learn, and the
nested choice of a ridge in two plain loops over its LogisticRegression."""
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

warnings.simplefilter("ignore")
rng = np.random.default_rng(21)
n, k, parts, seed = 150, 5, 5, 3
strengths = [0.3, 3.0, 30.0]
groups = rng.integers(0, 90, n) * 11
X = rng.integers(0, 2, (90, k))[groups // 11].astype(float)
y = (rng.random(n) < 1 / (1 + np.exp(0.4 - X @ [0.9, -0.7, 0.0, 0.4, 0.0]))).astype(int)
HEAD = f"# Made by winning.py, scikit-learn {sklearn.__version__}, numpy {np.__version__}"
MASK = (1 << 64) - 1


def mix(number):
    state = (number + 0x9E3779B97F4A7C15) & MASK
    z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


# scikit-learn takes groups in the order of their names, so they are named in the order wanted.
order = sorted(set(groups.tolist()), key=lambda g: mix(g ^ mix(seed)))
names = np.array([order.index(g) for g in groups])
part = np.zeros(n, int)
for at, (_, test) in enumerate(StratifiedGroupKFold(parts).split(X, y, names)):
    part[test] = at


def fit(train, strength):
    return LogisticRegression(C=1 / strength, tol=1e-12, max_iter=10000).fit(X[train], y[train])


def loss(train, test, strength):
    p = fit(train, strength).predict_proba(X[test])[:, 1]
    return -np.sum(np.log(np.where(y[test] == 1, p, 1 - p)))


p = np.zeros(n)
for outer in range(parts):
    inner = [sum(loss((part != outer) & (part != i), part == i, s) for i in range(parts) if i != outer)
             for s in strengths]
    best = strengths[int(np.argmin(inner))]
    p[part == outer] = fit(part != outer, best).predict_proba(X[part == outer])[:, 1]
total = [sum(loss(part != i, part == i, s) for i in range(parts)) for s in strengths]
with open("winning_rows.csv", "w") as out:
    print(HEAD, "# group, outcome, columns (5), part, nested probability", sep="\n", file=out)
    for row in zip(groups, y, X, part, p):
        print(row[0], row[1], *row[2], row[3], float(row[4]), sep=",", file=out)
with open("winning.csv", "w") as out:
    print(HEAD, "# the strength chosen on all", sep="\n", file=out)
    print(strengths[int(np.argmin(total))], file=out)
