"""The expected numbers of src/sparse_margin.rs, by scipy.optimize.minimize."""

import numpy as np
from scipy.optimize import minimize

X = np.array(
    [[1, 0.5, 0], [0.8, 0, 1.5], [0, 1, 0], [0.3, 0.2, 0.1], [0, 0, 1], [0, 0.4, 2], [0, 0, 0], [0.6, 0, 0]]
)
s = np.array([1, 1, 1, -1, -1, -1, -1, 1])


def loss(p):
    lacking = np.maximum(0, 1 - s * (X @ p[:3] + p[3]))
    return (lacking**2).sum() + 0.5 * 0.7 * (p[:3] ** 2).sum()


print(minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-9}).x)
