#!/usr/bin/env python3
"""Makes repeats_rows.csv, repeats.csv and cdnow.csv with lifetimes.

The rows are simulated. Of CDNOW only figures of fits are kept here, not the data: the test reads
those from the package, which `cargo xtask corpus` fetches.
"""
import warnings

import lifetimes
import numpy as np
import scipy
from lifetimes import BetaGeoFitter, ParetoNBDFitter
from lifetimes.datasets import load_cdnow_summary

warnings.simplefilter("ignore")
HEAD = f"# Made by repeats.py, lifetimes {lifetimes.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"
REMARK = "# model, four parameters, log-likelihood; or model-alive / model-expected, count, last, watched, [ahead,] value"
PROBES = [(0, 0.0, 30.0), (1, 5.0, 30.0), (4, 29.0, 30.0), (20, 25.0, 38.0), (2, 38.0, 38.0), (60, 30.0, 31.0)]


def simulated(n, seed):
    rng = np.random.default_rng(seed)
    lam, p, T = rng.gamma(0.6, 1 / 5.0, n), rng.beta(1, 3, n), rng.uniform(20, 80, n)
    x, tx, alive, t = np.zeros(n, int), np.zeros(n), np.ones(n, bool), np.zeros(n)
    for _ in range(200):
        t = t + rng.exponential(1 / lam)
        ok = alive & (t < T)
        x[ok] += 1
        tx[ok] = t[ok]
        alive = ok & (rng.random(n) > p)
    return x, tx.round(3), T.round(3)


def figures(out, x, tx, T):
    for name, F in (("bg", BetaGeoFitter), ("pareto", ParetoNBDFitter)):
        m = F(penalizer_coef=0.0).fit(x, tx, T, **(dict(tol=1e-8) if name == "bg" else dict(tol=1e-10, maxiter=20000)))
        v = m.params_.values
        # Not what the fit keeps, which is in a unit of time of its own.
        if name == "bg":
            ll = -len(x) * F._negative_log_likelihood(np.log(v), x, tx, T, np.ones(len(x)), 0.0)
        else:
            ll = F._conditional_log_likelihood(v, x, tx, T).sum()
        print(name, *v, ll, sep=",", file=out)
        for c, a, w in PROBES:
            alive = m.conditional_probability_alive(c, a, w)
            print(name + "-alive", c, a, w, 0.0, float(np.ravel(alive)[0]), sep=",", file=out)
            for t in (10.0, 52.0):
                e = m.conditional_expected_number_of_purchases_up_to_time(t, c, a, w)
                print(name + "-expected", c, a, w, t, float(np.ravel(e)[0]), sep=",", file=out)


x, tx, T = simulated(500, 4)
with open("repeats_rows.csv", "w") as out:
    print(HEAD, "# count, last, watched", sep="\n", file=out)
    for row in zip(x, tx, T):
        print(*row, sep=",", file=out)
with open("repeats.csv", "w") as out:
    print(HEAD, REMARK, sep="\n", file=out)
    figures(out, x, tx, T)
d = load_cdnow_summary(index_col=[0])
with open("cdnow.csv", "w") as out:
    print(HEAD, REMARK, sep="\n", file=out)
    figures(out, d.frequency, d.recency, d["T"])
