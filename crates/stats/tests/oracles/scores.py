#!/usr/bin/env python3
"""Makes scores_rows.csv and scores.csv: proper scores, ranking, calibration error with scikit-learn
and numpy, and the cluster bootstrap with the generator of random.rs written again in Python."""
import numpy as np
import sklearn
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

rng = np.random.default_rng(9)
n, groups = 211, 23
g = rng.integers(0, groups, n) * 7
p = np.clip(rng.beta(1, 2, n), 0, 1).round(2)
y = (rng.random(n) < p**0.7).astype(int)
p[3], y[3] = 0.0, 1
HEAD = f"# Made by scores.py, scikit-learn {sklearn.__version__}, numpy {np.__version__}"
MASK = (1 << 64) - 1


class Random:
    """SplitMix64, and Lemire's numbers below a bound."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        while True:
            wide = self.bits() * bound
            if (wide & MASK) >= ((1 << 64) - bound) % bound:
                return wide >> 64


def ece(y, p, k):
    o = np.argsort(p, kind="stable")
    return sum(len(b) * abs(y[b].mean() - p[b].mean()) for b in np.array_split(o, k) if len(b)) / len(y)


def interval(seed, draws):
    random, names, areas = Random(seed), np.unique(g), []
    for _ in range(draws):
        times = np.bincount([random.below(len(names)) for _ in names], minlength=len(names))
        areas.append(roc_auc_score(y, p, sample_weight=times[np.searchsorted(names, g)]))
    return np.quantile(areas, [0.025, 0.975])


with open("scores_rows.csv", "w") as out:
    print(HEAD, "# outcome, probability, cluster", sep="\n", file=out)
    for row in zip(y, p, g):
        print(*row, sep=",", file=out)
with open("scores.csv", "w") as out:
    print(HEAD, "# name, value", sep="\n", file=out)
    c = np.clip(p, 1e-6, 1 - 1e-6)
    values = [("brier", brier_score_loss(y, p)), ("log_loss", log_loss(y, c)), ("auc", roc_auc_score(y, p)),
              ("average_precision", average_precision_score(y, p)), ("ece15", ece(y, p, 15)), ("ece7", ece(y, p, 7))]
    low, high = interval(42, 200)
    for name, value in values + [("auc_low", low), ("auc_high", high)]:
        print(name, float(value), sep=",", file=out)
