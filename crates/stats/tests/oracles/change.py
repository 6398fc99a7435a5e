#!/usr/bin/env python3
"""Makes change.csv: change points by the recursion of Adams and MacKay in numpy, all runs kept, with
predictive densities from scipy.stats."""
import numpy as np
import scipy
from scipy import stats

WINDOW, HAZARD = 12, 1 / 60
rng = np.random.default_rng(8)
x = np.r_[rng.normal(1, 1, 40), rng.normal(4, 0.7, 25), rng.normal(3.5, 2, 30)].round(3)
y = np.r_[rng.random(50) < 0.8, rng.random(45) < 0.2].astype(int)
c = np.r_[rng.poisson(2, 60), rng.poisson(6, 35)]


class Normal:
    def __init__(self):
        self.p = [np.array([v]) for v in (1.5, 0.3, 2.0, 4.0)]

    def ln(self, v):
        m, k, a, b = self.p
        return stats.t.logpdf(v, 2 * a, m, np.sqrt(b * (k + 1) / (a * k)))

    def learn(self, v):
        m, k, a, b = self.p
        new = [(k * m + v) / (k + 1), k + 1, a + 0.5, b + k * (v - m) ** 2 / (2 * (k + 1))]
        self.p = [np.r_[p0, p] for p0, p in zip((1.5, 0.3, 2.0, 4.0), new)]


class Bernoulli:
    def __init__(self):
        self.p = [np.array([1.0]), np.array([2.0])]

    def ln(self, v):
        a, b = self.p
        return stats.bernoulli.logpmf(v, a / (a + b))

    def learn(self, v):
        a, b = self.p
        self.p = [np.r_[1.0, a + v], np.r_[2.0, b + 1 - v]]


class Poisson:
    def __init__(self):
        self.p = [np.array([3.0]), np.array([1.5])]

    def ln(self, v):
        a, b = self.p
        return stats.nbinom.logpmf(v, a, b / (b + 1))

    def learn(self, v):
        a, b = self.p
        self.p = [np.r_[3.0, a + v], np.r_[1.5, b + 1]]


def detect(models, streams):
    R, out = np.array([1.0]), []
    for values in zip(*streams):
        g = R * np.exp(sum(m.ln(v) for m, v in zip(models, values)))
        R = np.r_[(g * HAZARD).sum(), g * (1 - HAZARD)]
        R /= R.sum()
        for m, v in zip(models, values):
            m.learn(v)
        out.append(R[: min(WINDOW + 1, len(R) - 1)].sum())
    return out


columns = [detect([Normal()], [x]), detect([Bernoulli()], [y]), detect([Poisson()], [c]),
           detect([Normal(), Bernoulli(), Poisson()], [x, y, c])]
with open("change.csv", "w") as out:
    print(f"# Made by change.py, numpy {np.__version__}, scipy {scipy.__version__}", file=out)
    print("# number, yes or no, count, P(change within 12) by each alone and by all", file=out)
    for row in zip(x, y, c, *columns):
        print(*row, sep=",", file=out)
