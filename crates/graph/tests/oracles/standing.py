#!/usr/bin/env python3
"""Makes standing.csv: SpringRank, David's score, agony, DeGroot and Friedkin-Johnsen of the office of
graphs.py, by dense algebra in numpy and a linear program in scipy."""
import numpy as np
import scipy
from graphs import GRAPHS
from scipy.optimize import linprog

nodes, edges = GRAPHS["office"]
A = np.zeros((nodes, nodes))
for a, b, w in edges:
    A[a, b] += w


def springrank(alpha):
    up, down = A.sum(1), A.sum(0)
    L = np.diag(up + down + alpha) - A - A.T
    return (np.linalg.pinv(L) if alpha == 0 else np.linalg.inv(L)) @ (down - up)


def david():
    both = A + A.T
    P = np.divide(A.T, both, out=np.zeros_like(A), where=both > 0)
    w, l = P.sum(1), P.sum(0)
    return w + P @ w - l - P.T @ l


def agony():
    # Ranks, then one slack an edge: slack >= rank(from) - rank(to) + 1.
    rows = np.zeros((len(edges), nodes + len(edges)))
    for at, (a, b, _) in enumerate(edges):
        rows[at, a], rows[at, b], rows[at, nodes + at] = 1, -1, -1
    cost = np.r_[np.zeros(nodes), [w for *_, w in edges]]
    bounds = [(None, None)] * nodes + [(0, None)] * len(edges)
    return linprog(cost, rows, -np.ones(len(edges)), bounds=bounds, method="highs").fun


def listened(part):
    W = A[np.ix_(part, part)]
    return W / W.sum(1, keepdims=True)


def consensus():
    # The first part alone: all of it must hang together.
    W = listened(range(16))
    values, vectors = np.linalg.eig(W.T)
    v = np.real(vectors[:, np.argmin(abs(values - 1))])
    return np.r_[v / v.sum(), np.zeros(nodes - 16)]


open_ = np.array([(node % 5) / 5 for node in range(nodes)])
first = np.array([np.sin(node) for node in range(nodes)])
strength = A.sum(1)
W = np.divide(A, strength[:, None], out=np.eye(nodes), where=strength[:, None] > 0)
V = np.linalg.inv(np.eye(nodes) - np.diag(open_) @ W) @ np.diag(1 - open_)
V[strength == 0] = np.eye(nodes)[strength == 0]
TABLE = {
    "springrank 0": springrank(0),
    "springrank 0.5": springrank(0.5),
    "david": david(),
    "consensus": consensus(),
    "after 3": np.linalg.matrix_power(W, 3) @ first,
    "equilibrium": V @ first,
    "social power": V.sum(0),
    "agony": [agony()],
}
with open("standing.csv", "w") as out:
    print(f"# Made by standing.py, numpy {np.__version__}, scipy {scipy.__version__}\n# measure, node, value", file=out)
    for name, values in TABLE.items():
        for node, value in enumerate(values):
            print(name, node, float(value), sep=",", file=out)
