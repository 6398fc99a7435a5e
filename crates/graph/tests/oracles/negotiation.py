#!/usr/bin/env python3
"""Makes negotiation.csv: rounds of the group decision model for actors of our own, from its equations
written down pair by pair."""
import sys

ACTORS = [(1.0, 2.0, 0.9), (0.6, 3.5, 0.4), (0.8, 7.0, 0.7), (0.3, 9.0, 1.0), (0.9, 8.0, 0.3), (0.5, 2.5, 0.6)]
ROUNDS = 5
N = range(len(ACTORS))
c, s = [a[0] for a in ACTORS], [a[2] for a in ACTORS]
width = max(a[1] for a in ACTORS) - min(a[1] for a in ACTORS)


def odds(x, one, other, risk, pairwise):
    def vote(k, a, b):
        return c[k] * s[k] * ((abs(x[k] - b) / width) ** risk[k] - (abs(x[k] - a) / width) ** risk[k])
    for_one = sum(max(0, vote(k, x[one], x[other])) for k in N)
    if pairwise:
        whole = sum(abs(vote(k, x[one], x[other])) for k in N)
    else:
        whole = sum(abs(vote(k, x[a], x[b])) for k in N for a in N for b in N)
    return for_one / whole if whole else 0.0


def expected(x, viewer, i, j, r, risk, pairwise):
    d = abs(x[i] - x[j]) / width
    success, failure, quo = (2 - 4 * z ** r[viewer] for z in (0.5 - d / 2, 0.5 + d / 2, 0.5))
    p = odds(x, i, j, risk, pairwise)
    return s[j] * (p * success + (1 - p) * failure) + (1 - s[j]) * success - quo


def risks(x, pairwise):
    ones = [1.0] * len(x)
    danger = [sum(expected(x, j, j, i, ones, ones, pairwise) for j in N if j != i) for i in N]
    hi, lo = max(danger), min(danger)
    place = [(2 * d - hi - lo) / (hi - lo) if hi > lo else 0.0 for d in danger]
    return [(1 - p / 3) / (1 + p / 3) for p in place]


def move(x, i, r, risk, pairwise, least):
    offers = []
    for j in N:
        if x[i] == x[j]:
            continue
        mine, his = expected(x, i, i, j, r, risk, pairwise), expected(x, i, j, i, r, risk, pairwise)
        if his > mine > 0:
            offers.append((0, abs(x[j] - x[i]), x[j]))
        elif mine < 0 < his and his > -mine:
            to = x[i] + (x[j] - x[i]) * abs(mine / his)
            by = abs(to - x[i]) if least else (abs(mine) * x[i] + his * x[j]) / (abs(mine) + his)
            offers.append((1, by, to))
        elif mine < 0 < his:
            offers.append((2, abs(x[j] - x[i]), x[j]))
    return min(offers, key=lambda o: o[:2])[2] if offers else x[i]


with open("negotiation.csv", "w") as out:
    print(f"# Made by negotiation.py, Python {sys.version.split()[0]}\n# pairwise, neutral, least move, round, actor, position, risk", file=out)
    for pairwise in (0, 1):
        for neutral in (0, 1):
            for least in (0, 1):
                x = [a[1] for a in ACTORS]
                for round_ in range(ROUNDS + 1):
                    r = risks(x, pairwise)
                    for i in N:
                        print(pairwise, neutral, least, round_, i, x[i], r[i], sep=",", file=out)
                    x = [move(x, i, r, [1.0] * len(x) if neutral else r, pairwise, least) for i in N]
