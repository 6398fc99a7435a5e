#!/usr/bin/env python3
"""Simulated data for `cargo xtask bench fit`, and the peers' fits of it.

    fit.py data FOLDER N..     writes FOLDER/waits-N.bin, repeats-N.bin, regression-100000.bin
    fit.py peers FOLDER N..    fits them with lifelines, lifetimes and scikit-learn
    fit.py pymc FOLDER N..     fits them with PyMC-Marketing

A fit is a line: name, tool, n, seconds of processor (median of three, of one where it is slow), first
figures, separated by tabs. A tool that is not there gives no line.
"""
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter("ignore")
COVARIATES, COLUMNS, REGRESSION_ROWS, SLOW_S = 5, 150, 100_000, 10.0
# Beyond these a peer takes many minutes.
PARETO_MAX, NUTS_MAX = 10_000, 1_000


def waits(rng, n):
    X = rng.normal(size=(n, COVARIATES))
    ends = np.exp(1 + X @ [0.5, -0.3, 0.2, 0.0, 0.1]) * rng.weibull(0.7, n)
    watched = rng.exponential(20, n)
    return np.c_[np.minimum(ends, watched) + 1e-3, ends < watched, X]


def repeats(rng, n):
    rate, stop, watched = rng.gamma(0.5, 1 / 10, n), rng.beta(1, 3, n), rng.uniform(30, 300, n)
    count, last, now, alive = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, bool)
    while alive.any():
        now = now + rng.exponential(1 / rate)
        came = alive & (now < watched)
        count[came] += 1
        last[came] = now[came]
        alive = came & (rng.random(n) > stop)
    return np.c_[count, last, watched]


def regression(rng, n):
    X = np.c_[np.ones(n), rng.uniform(-1, 1, (n, COLUMNS - 1))]
    logit = X @ (np.sin(np.arange(COLUMNS)) * 0.5 - 0.1)
    return np.c_[rng.random(n) < 1 / (1 + np.exp(-logit)), X]


def data(folder, sizes):
    folder.mkdir(parents=True, exist_ok=True)
    for n in sizes:
        waits(np.random.default_rng(n), n).astype("<f8").tofile(folder / f"waits-{n}.bin")
        repeats(np.random.default_rng(n), n).astype("<f8").tofile(folder / f"repeats-{n}.bin")
    rows = regression(np.random.default_rng(1), REGRESSION_ROWS)
    rows.astype("<f8").tofile(folder / f"regression-{REGRESSION_ROWS}.bin")


def table(file, width):
    return np.fromfile(file, "<f8").reshape(-1, width)


def timed(name, tool, n, fit):
    spent = []
    while len(spent) < 3 and (not spent or spent[0] < SLOW_S):
        start = time.process_time()
        figures = fit()
        spent.append(time.process_time() - start)
    figures = " ".join(f"{float(v):.4f}" for v in figures)
    print(name, tool, n, f"{np.median(spent):.4f}", figures, sep="\t", flush=True)


def lifelines_fits(folder, n):
    import lifelines as L
    import pandas as pd

    D = pd.DataFrame(table(folder / f"waits-{n}.bin", 2 + COVARIATES), columns=["T", "E", *"abcde"])
    tool = f"lifelines {L.__version__}"
    timed("Kaplan-Meier", tool, n, lambda: [L.KaplanMeierFitter().fit(D["T"], D.E).median_survival_time_])
    timed("Weibull", tool, n, lambda: L.WeibullFitter().fit(D["T"], D.E).params_)
    order = ["Intercept", *"abcde"]
    timed("Weibull AFT", tool, n, lambda: L.WeibullAFTFitter().fit(D, "T", "E").params_["lambda_"][order])
    timed("Cox", tool, n, lambda: L.CoxPHFitter().fit(D, "T", "E").params_)


def lifetimes_fits(folder, n):
    import lifetimes

    columns = table(folder / f"repeats-{n}.bin", 3).T
    tool = f"lifetimes {lifetimes.__version__}"
    timed("BG/NBD", tool, n, lambda: lifetimes.BetaGeoFitter(0.0).fit(*columns).params_)
    if n <= PARETO_MAX:
        timed("Pareto/NBD", tool, n, lambda: lifetimes.ParetoNBDFitter(0.0).fit(*columns).params_)


def sklearn_fits(folder, n):
    import sklearn
    from sklearn.linear_model import LogisticRegression

    file = folder / f"regression-{REGRESSION_ROWS}.bin"
    rows = table(file, 1 + COLUMNS)
    for solver in ("lbfgs", "newton-cholesky"):
        tool = f"scikit-learn {sklearn.__version__}, {solver}"
        fit = lambda: LogisticRegression(solver=solver, fit_intercept=False, max_iter=1000).fit(rows[:, 1:], rows[:, 0])
        timed("logistic", tool, REGRESSION_ROWS, lambda: fit().coef_[0][:3])


def pymc_fits(folder, n):
    import pandas as pd
    import pymc_marketing
    from pymc_marketing import clv

    x, last, watched = table(folder / f"repeats-{n}.bin", 3).T
    D = pd.DataFrame(dict(customer_id=np.arange(n), frequency=x, recency=last, T=watched))
    tool = f"PyMC-Marketing {pymc_marketing.__version__}"

    def fit(**options):
        model = clv.BetaGeoModel(data=D)
        model.fit(progressbar=False, **options)
        means = model.idata.posterior.mean(("chain", "draw"))
        return [means[name] for name in ("r", "alpha", "a", "b")]

    timed("BG/NBD", tool + ", MAP", n, lambda: fit(method="map"))
    if n <= NUTS_MAX:
        timed("BG/NBD", tool + ", 2 × 500 draws", n, lambda: fit(method="mcmc", draws=500, tune=500, chains=2, cores=1))


def main(task, folder, *sizes):
    folder, sizes = Path(folder), [int(n) for n in sizes]
    if task == "data":
        return data(folder, sizes)
    fits = [pymc_fits] if task == "pymc" else [lifelines_fits, lifetimes_fits]
    jobs = [(fit, n) for n in sizes for fit in fits] + ([(sklearn_fits, 0)] if task == "peers" else [])
    for fit, n in jobs:
        try:
            fit(folder, n)
        except ImportError as cause:
            print(cause, file=sys.stderr)


main(*sys.argv[1:])
