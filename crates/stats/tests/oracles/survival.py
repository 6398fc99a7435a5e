#!/usr/bin/env python3
"""Makes survival_rows.csv, kaplan_meier.csv, parametric.csv and cox.csv with lifelines.

The cured shares are not in lifelines in this form: they come from scipy's minimiser on the same
likelihood, with errors from numerical second derivatives.
"""
import warnings

import lifelines
import numpy as np
import pandas as pd
import scipy
from scipy.optimize import minimize
from scipy.stats import norm

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)
n = 150
X = rng.normal(size=(n, 3)).round(3)
X[:, 2] = X[:, 2] > 0.3
d = np.exp(1 + X @ [0.5, -0.3, 0.4]) * rng.weibull(1.3, n)
c = rng.exponential(8, n)
never = rng.random(n) < 0.25
t = np.where(never, c, np.minimum(d, c))
# Some ties, no event at the moment of an entry.
t = np.where(np.arange(n) % 3 == 0, t.round(0) + 0.5, t.round(4) + 0.00005)
e = (d < c) & ~never
entry = np.where(np.arange(n) % 4 == 0, (t * 0.4).round(3), 0.0)
w = rng.integers(1, 4, n).astype(float)
HEAD = f"# Made by survival.py, lifelines {lifelines.__version__}, scipy {scipy.__version__}"


def table(name, remark):
    out = open(name, "w")
    print(HEAD, file=out)
    print("# " + remark, file=out)
    return out


with table("survival_rows.csv", "duration, happened, entry, weight, three covariates") as out:
    for i in range(n):
        print(t[i], int(e[i]), entry[i], w[i], *X[i], sep=",", file=out)

with table("kaplan_meier.csv", "case, time, at risk, survival, Greenwood variance, lower, upper; or case, median, time") as out:
    for case, en, we in [("plain", None, None), ("weights", None, w), ("entries", entry, None), ("both", entry, w)]:
        km = lifelines.KaplanMeierFitter().fit(t, e, entry=en, weights=we)
        S = km.survival_function_.iloc[:, 0]
        var = km._cumulative_sq_ * S**2
        ci = km.confidence_interval_
        for time in S.index[S.index > 0][::7]:
            if km.event_table.observed[time] > 0:
                print(case, time, km.event_table.at_risk[time], S[time], var[time], *ci.loc[time], sep=",", file=out)
        print(case, "median", km.median_survival_time_, sep=",", file=out)


def misfit(theta, family):
    mu, ln_s, a = theta
    p = 1 / (1 + np.exp(-a))
    z = (np.log(t) - mu) / np.exp(ln_s)
    if family == "weibull":
        lf, S = z - np.exp(z), np.exp(-np.exp(z))
    else:
        lf, S = norm.logpdf(z), norm.sf(z)
    ll = np.where(e, np.log1p(-p) + lf - ln_s - np.log(t), np.log(p + (1 - p) * S))
    return -np.sum(w * ll)


def hessian(f, x, h=1e-4):
    k, I = len(x), np.eye(len(x)) * h
    return np.array([[(f(x + I[i] + I[j]) - f(x + I[i] - I[j]) - f(x - I[i] + I[j]) + f(x - I[i] - I[j])) / (4 * h * h)
                      for j in range(k)] for i in range(k)])


with table("parametric.csv", "case, then value and error of each parameter, then the log-likelihood") as out:
    def fit(name, m, order, ll):
        s = m.summary
        print(name, *[x for p in order for x in (s.loc[p, "coef"], s.loc[p, "se(coef)"])], ll, sep=",", file=out)
    for we, tag in [(None, ""), (w, "-weights")]:
        m = lifelines.WeibullFitter().fit(t, e, weights=we)
        fit("weibull" + tag, m, ["lambda_", "rho_"], m.log_likelihood_)
        m = lifelines.LogNormalFitter().fit(t, e, weights=we)
        fit("lognormal" + tag, m, ["mu_", "sigma_"], m.log_likelihood_)
    D = pd.DataFrame(X, columns=list("abc")).assign(T=t, E=e, W=w)
    for name, F, par, anc in [("aft-weibull", lifelines.WeibullAFTFitter, "lambda_", "rho_"), ("aft-lognormal", lifelines.LogNormalAFTFitter, "mu_", "sigma_")]:
        m = F().fit(D, "T", "E", weights_col="W")
        fit(name, m, [(par, "Intercept"), (par, "a"), (par, "b"), (par, "c"), (anc, "Intercept")], m.log_likelihood_)
    for family in ("weibull", "lognormal"):
        r = minimize(misfit, [1.0, 0.0, -1.0], (family,), method="Nelder-Mead", options=dict(xatol=1e-10, fatol=1e-12, maxiter=20000))
        se = np.sqrt(np.diag(np.linalg.inv(hessian(lambda x: misfit(x, family), r.x))))
        mu, ln_s, a = r.x
        p = 1 / (1 + np.exp(-a))
        pe = p * (1 - p) * se[2]
        if family == "weibull":
            v = [np.exp(mu), np.exp(mu) * se[0], np.exp(-ln_s), np.exp(-ln_s) * se[1]]
        else:
            v = [mu, se[0], np.exp(ln_s), np.exp(ln_s) * se[1]]
        print("cured-" + family, *v, p, pe, -r.fun, sep=",", file=out)

with table("cox.csv", "case, three coefficients, three errors, log-likelihood, then three times of events and the survival there of the row (1, 0.5, 1)") as out:
    # Between events lifelines draws straight lines, and we draw steps.
    times = np.unique(t[e])[[10, 40, 60]]
    for name, we, pen in [("plain", None, 0.0), ("weights", "W", 0.0), ("penalty", None, 0.1)]:
        cols = list("abcTE") + (["W"] if we else [])
        m = lifelines.CoxPHFitter(penalizer=pen).fit(D[cols], "T", "E", weights_col=we, fit_options=dict(precision=1e-12))
        S = m.predict_survival_function(pd.DataFrame([[1.0, 0.5, 1.0]], columns=list("abc")), times=times).iloc[:, 0]
        # lifelines counts the penalty, on columns of unit deviation and times n, into its likelihood.
        sd = D[list("abc")].std(ddof=1).values
        ll = m.log_likelihood_ + (n * pen / 2 * np.sum((m.params_.values * sd) ** 2) if pen else 0.0)
        print(name, *m.params_, *m.standard_errors_, ll, *times, *S, sep=",", file=out)
