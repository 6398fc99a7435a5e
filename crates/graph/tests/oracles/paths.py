#!/usr/bin/env python3
"""Makes paths.csv: shortest and likeliest paths, gentle ones, reliability, cuts and influence of the
graphs of graphs.py, by networkx and by going through all worlds."""
import math
import sys
from itertools import islice

import networkx as nx
from graphs import GRAPHS


def digraph(name):
    nodes, edges = GRAPHS[name]
    D = nx.DiGraph()
    D.add_nodes_from(range(nodes))
    D.add_weighted_edges_from(edges)
    return D


office, chances = digraph("office"), digraph("chances")
lines = []


def shortest(D, a, b, avoid, k, weight, kind):
    D = D.copy()
    D.remove_nodes_from(avoid)
    try:
        found = list(islice(nx.shortest_simple_paths(D, a, b, weight=weight), k))
    except nx.NetworkXNoPath:
        found = []
    for at, path in enumerate(found):
        length = sum(D[x][y][weight] if weight else 1 for x, y in zip(path, path[1:]))
        lines.append((kind, a, b, " ".join(map(str, avoid)), at, length))


for a, b, avoid in [(0, 9, []), (0, 9, [3]), (2, 14, []), (15, 4, [1, 7]), (17, 22, []), (0, 20, [])]:
    shortest(office, a, b, avoid, 12, "weight", "by length")
    shortest(office, a, b, avoid, 12, None, "by steps")

_, edges = GRAPHS["chances"]
for x, y, d in chances.edges(data=True):
    d["length"] = -math.log(d["weight"])
worlds = []
for bits in range(1 << len(edges)):
    p = math.prod(w if bits >> at & 1 else 1 - w for at, (*_, w) in enumerate(edges))
    near = [[] for _ in range(8)]
    for at, (x, y, _) in enumerate(edges):
        if bits >> at & 1:
            near[x].append(y)
    worlds.append((p, near))


def reached(near, seeds, avoid=()):
    seen, todo = set(seeds), list(seeds)
    while todo:
        for y in near[todo.pop()]:
            if y not in seen and y not in avoid:
                seen.add(y)
                todo.append(y)
    return seen


# Who minds for each node: the next one.
minds = [(node + 1) % 8 if node % 2 == 0 else None for node in range(8)]
for a in range(8):
    for b in range(8):
        if a == b:
            continue
        shortest(chances, a, b, [], 6, "length", "likeliest")
        fronts, best = [], 99
        every = sorted(nx.all_simple_paths(chances, a, b), key=lambda p: (sum(chances[x][y]["length"] for x, y in zip(p, p[1:]))))
        scored = [(math.prod(chances[x][y]["weight"] for x, y in zip(p, p[1:])),
                   len({minds[v] for v in p[:-1] if minds[v] is not None} - set(p))) for p in every]
        for p, toes in sorted(scored, key=lambda s: (-round(s[0], 12), s[1])):
            if toes < best:
                best = toes
                lines.append(("gentle", a, b, toes, len(fronts), p))
                fronts.append(p)
        avoid = [(a + b) % 8] if (a + b) % 8 not in (a, b) else []
        for avoid in ([], avoid):
            hold = sum(p for p, near in worlds if b in reached(near, [a], avoid))
            lines.append(("reliability", a, b, " ".join(map(str, avoid)), 0, hold))
for a, b in [(0, 9), (2, 14), (15, 4), (17, 22), (0, 20)]:
    lines.append(("cut", a, b, "", 0, nx.minimum_cut_value(office, a, b, capacity="weight")))
seeds = []
for at in range(3):
    spread = {v: sum(p * len(reached(near, [*seeds, v])) for p, near in worlds) for v in range(8) if v not in seeds}
    best = max(spread, key=spread.get)
    seeds.append(best)
    lines.append(("influence", best, best, "", at, spread[best]))
with open("paths.csv", "w") as out:
    print(f"# Made by paths.py, networkx {nx.__version__}, Python {sys.version.split()[0]}", file=out)
    print("# what, from, to, avoided or toes, place, value", file=out)
    for line in lines:
        print(*line, sep=",", file=out)
