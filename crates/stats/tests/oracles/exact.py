#!/usr/bin/env python3
"""Makes exact.csv: exact tests and intervals of shares with scipy."""
import scipy
from scipy.stats import beta, binomtest, fisher_exact

HEAD = f"# Made by exact.py, scipy {scipy.__version__}"
SIDES = [("less", "less"), ("greater", "greater"), ("both", "two-sided")]
with open("exact.csv", "w") as out:
    print(HEAD, "# fisher, side, the table, p; binomial, side, k, n, supposed share, p; interval, name, k, n, level, low, high", sep="\n", file=out)
    for t in [[8, 2, 1, 5], [0, 5, 5, 0], [3, 3, 3, 3], [10, 0, 0, 12], [1, 0, 0, 0], [0, 0, 0, 0], [7, 12, 0, 5],
              [100, 80, 60, 90], [1000, 1200, 900, 1300], [3, 4000, 9, 3500], [0, 3, 0, 9], [190, 800, 200, 900]]:
        for name, side in SIDES:
            print("fisher", name, *t, float(fisher_exact([t[:2], t[2:]], alternative=side).pvalue), sep=",", file=out)
    for k, n, p in [(9, 10, 0.5), (0, 7, 0.3), (7, 7, 0.3), (3, 20, 0.15), (51, 235, 1 / 6), (480, 1000, 0.5), (4, 10, 0.0),
                    (0, 10, 0.0), (10, 10, 1.0), (2, 100000, 1e-5), (50100, 100000, 0.5), (1, 1, 0.5)]:
        for name, side in SIDES:
            print("binomial", name, k, n, p, float(binomtest(k, n, p, alternative=side).pvalue), sep=",", file=out)
    for k, n in [(0, 10), (10, 10), (3, 10), (1, 1), (49, 100), (7, 12345), (500000, 1000000)]:
        for level in (0.8, 0.95, 0.999):
            t = binomtest(k, n)
            for name, method in (("wilson", "wilson"), ("clopper-pearson", "exact")):
                ci = t.proportion_ci(level, method)
                print("interval", name, k, n, level, float(ci.low), float(ci.high), sep=",", file=out)
            d, a = beta(k + 0.5, n - k + 0.5), (1 - level) / 2
            print("interval", "jeffreys", k, n, level, 0.0 if k == 0 else float(d.ppf(a)), 1.0 if k == n else float(d.ppf(1 - a)), sep=",", file=out)
