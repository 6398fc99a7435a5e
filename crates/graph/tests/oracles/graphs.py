#!/usr/bin/env python3
"""Graphs of our own, drawn from seeds: graphs.csv. The other scripts read them from here.

office: who turns to whom how often, 24 people in two parts and one who is alone.
chances: 8 nodes, edges hold with a probability; few enough to go through all worlds.
village: friends and foes, 11 people.
"""
import numpy as np


def office():
    rng = np.random.default_rng(11)
    edges = []
    for part in (range(0, 16), range(16, 23)):
        for a in part:
            for b in part:
                if a != b and rng.random() < (0.2 if len(part) > 10 else 0.45):
                    edges.append((a, b, int(rng.integers(1, 6))))
    return 24, edges


def chances():
    rng = np.random.default_rng(5)
    pairs = [(a, b) for a in range(8) for b in range(8) if a != b]
    chosen = rng.choice(len(pairs), 16, replace=False)
    return 8, [(*pairs[at], round(float(rng.uniform(0.1, 0.95)), 2)) for at in sorted(chosen)]


def village():
    rng = np.random.default_rng(8)
    camp = rng.integers(0, 3, 11)
    edges = []
    for a in range(11):
        for b in range(a + 1, 11):
            if rng.random() < 0.6:
                friends = (camp[a] == camp[b]) != (rng.random() < 0.2)
                edges.append((a, b, int(rng.integers(1, 4)) * (1 if friends else -1)))
    return 11, edges


GRAPHS = {"office": office(), "chances": chances(), "village": village()}

if __name__ == "__main__":
    with open("graphs.csv", "w") as out:
        print(f"# Made by graphs.py, numpy {np.__version__}\n# graph, nodes, from, to, weight", file=out)
        for name, (nodes, edges) in GRAPHS.items():
            for a, b, w in edges:
                print(name, nodes, a, b, w, sep=",", file=out)
