"""The expected numbers of src/multinomial.rs, by scipy.optimize.minimize."""

import numpy as np
from scipy.optimize import minimize

X = np.array([[1, 0], [0.8, 0.3], [0, 0], [0.2, 0.1], [0, 1], [0.5, 0.9]])
kinds = np.array([0, 0, 1, 1, 2, 0])
a0 = np.array([0.1, 0, -0.1])
b0 = np.array([[0.5, 0], [0, 0], [0, 1.0]])


def loss(p):
    a, b = p[:3], p[3:].reshape(3, 2)
    z = a + X @ b.T
    log_p = z - np.log(np.exp(z).sum(1, keepdims=True))
    return -log_p[np.arange(6), kinds].sum() + 0.4 * ((b - b0) ** 2).sum() + 0.5 * ((a - a0) ** 2).sum()


print(minimize(loss, np.concatenate([a0, b0.ravel()]), method="BFGS", options={"gtol": 1e-9}).x)
