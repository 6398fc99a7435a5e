#!/usr/bin/env python3
"""Makes power.csv: power indices and the worth of asking, by going through all groups with exact
fractions. Committees of our own."""
import sys
from fractions import Fraction as F
from math import factorial, log2

# name: rules (quota, weights), who has a veto, probabilities of a yes in hundredths
COMMITTEES = {
    "seven": ([(9, [4, 3, 3, 2, 2, 1, 0])], [], [50, 70, 35, 90, 60, 10, 40]),
    "seven with a veto": ([(9, [4, 3, 3, 2, 2, 1, 0])], [3], [50, 70, 35, 90, 60, 10, 40]),
    "two rules": ([(5, [3, 2, 2, 1, 1, 1]), (4, [1, 1, 1, 1, 1, 1])], [], [80, 20, 55, 60, 45, 30]),
    "two rules and two vetoes": ([(5, [3, 2, 2, 1, 1, 1]), (3, [1, 1, 1, 1, 1, 1])], [1, 5], [80, 20, 55, 60, 45, 30]),
}
GAIN, COST, RIGHT = F(100), F(35), F(3, 4)


def entropy(p):
    return sum(-float(x) * log2(float(x)) for x in (p, 1 - p) if x > 0)


def rows(rules, veto, yes):
    n = len(yes)
    members = range(n)

    def wins(group):
        return all(group >> v & 1 for v in veto) and all(
            sum(w for m, w in enumerate(weights) if group >> m & 1) >= quota for quota, weights in rules)

    def chance(p):
        total = F(0)
        for group in range(1 << n):
            if wins(group):
                q = F(1)
                for m in members:
                    q *= p[m] if group >> m & 1 else 1 - p[m]
                total += q
        return total

    p = [F(y, 100) for y in yes]
    win = chance(p)
    value = lambda q: max(F(0), GAIN * q - COST)
    swings, shapley = [0] * n, [F(0)] * n
    for group in range(1 << n):
        for m in members:
            if not group >> m & 1 and not wins(group) and wins(group | 1 << m):
                size = bin(group).count("1")
                swings[m] += 1
                shapley[m] += F(factorial(size) * factorial(n - 1 - size), factorial(n))
    for m in members:
        up, down = chance(p[:m] + [F(1)] + p[m + 1:]), chance(p[:m] + [F(0)] + p[m + 1:])
        perfect = p[m] * value(up) + (1 - p[m]) * value(down) - value(win)
        asked = -value(win)
        for right in (RIGHT, 1 - RIGHT):
            told = p[m] * right + (1 - p[m]) * (1 - right)
            asked += told * value((p[m] * right * up + (1 - p[m]) * (1 - right) * down) / told)
        bits = entropy(win) - float(p[m]) * entropy(up) - float(1 - p[m]) * entropy(down)
        yield (m, swings[m], F(swings[m], sum(swings)), F(swings[m], 2 ** (n - 1)), shapley[m], win, up, down, bits, perfect, asked)


with open("power.csv", "w") as out:
    print(f"# Made by power.py, Python {sys.version.split()[0]}", file=out)
    print("# committee, member, swings, banzhaf, penrose, shapley, win, win if yes, win if no, bits, perfect, asked", file=out)
    for name, (rules, veto, yes) in COMMITTEES.items():
        for row in rows(rules, veto, yes):
            print(name, *(float(value) if isinstance(value, F) else value for value in row), sep=",", file=out)
