#!/usr/bin/env python3
"""Makes logistic_rows.csv and logistic.csv: modes of penalised logistic regressions.

Plain ridge comes from scikit-learn, the prior with means and a full precision from scipy's
minimiser on the same objective; the precision of the posterior from numpy at that mode.
"""
import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(11)
n, k = 120, 4
X = np.c_[np.ones(n), rng.normal(size=(n, k - 1)) * [1.0, 2.0, 0.5]].round(4)
beta = np.array([-0.5, 0.8, -0.4, 1.1])
y = (rng.random(n) < 1 / (1 + np.exp(-X @ beta))).astype(float)
w = rng.integers(1, 5, n) / 2
HEAD = f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}"


def misfit(b, w, m, L):
    eta = X @ b
    return np.sum(w * (np.logaddexp(0, eta) - y * eta)) + (b - m) @ L @ (b - m) / 2


def slope(b, w, m, L):
    return X.T @ (w * (1 / (1 + np.exp(-X @ b)) - y)) + L @ (b - m)


def by_scipy(w, m, L):
    b = minimize(misfit, np.zeros(k), (w, m, L), jac=slope, method="BFGS", options=dict(gtol=1e-9)).x
    for _ in range(3):  # Newton steps to full precision
        p = 1 / (1 + np.exp(-X @ b))
        b = b - np.linalg.solve(X.T @ (X * (w * p * (1 - p))[:, None]) + L, slope(b, w, m, L))
    return b


def precision(b, w, L):
    p = 1 / (1 + np.exp(-X @ b))
    return X.T @ (X * (w * p * (1 - p))[:, None]) + L


ones = np.ones(k)
m = np.array([0.2, -0.3, 0.0, 1.0])
A = np.array([[2.0, 0.3, 0.0, 0.1], [0.3, 1.0, -0.2, 0.0], [0.0, -0.2, 3.0, 0.4], [0.1, 0.0, 0.4, 0.7]])
sk = LogisticRegression(C=1 / 0.7, fit_intercept=False, tol=1e-12, max_iter=10000).fit(X, y, sample_weight=w)
cases = [
    ("flat", np.ones(n), np.zeros(k), np.zeros((k, k)), None),
    ("ridge", w, np.zeros(k), 0.7 * np.eye(k), sk.coef_[0]),
    ("diagonal", w, m, np.diag([0.1, 4.0, 0.0, 2.0]), None),
    ("full", w, m, A, None),
]
with open("logistic_rows.csv", "w") as out:
    print(f"# Made by logistic.py, {HEAD}", file=out)
    for row, yi, wi in zip(X, y, w):
        print(*row, yi, wi, sep=",", file=out)
with open("logistic.csv", "w") as out:
    print(f"# Made by logistic.py, {HEAD}", file=out)
    print("# case, mode (4), posterior precision (4 x 4), averaged probability of (1, 1, 1, 1)", file=out)
    for name, w_, m_, L, known in cases:
        b = by_scipy(w_, m_, L)
        if known is not None:
            assert np.abs(b - known).max() < 1e-6, (b, known)
        H = precision(b, w_, L)
        s2 = ones @ np.linalg.solve(H, ones)
        averaged = 1 / (1 + np.exp(-(ones @ b) / np.sqrt(1 + np.pi * s2 / 8)))
        print(name, *b, *H.ravel(), averaged, sep=",", file=out)
