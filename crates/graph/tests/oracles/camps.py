#!/usr/bin/env python3
"""Makes camps.csv: frustration and signed modularity of the village of graphs.py over all divisions,
and modularity of divisions of the office and the likeness of divisions by igraph and leidenalg."""
import sys

import igraph as ig
import leidenalg as la
from graphs import GRAPHS

nodes, edges = GRAPHS["village"]
lines = []


def divisions(n, most):
    def go(done, used):
        if len(done) == n:
            yield tuple(done)
            return
        for camp in range(min(used + 1, most)):
            yield from go(done + [camp], max(used, camp + 1))
    yield from go([], 0)


for most in (1, 2, 3, 4):
    best, count = None, 0
    for d in divisions(nodes, most):
        cost = sum(max(0, -w) if d[a] == d[b] else max(0, w) for a, b, w in edges)
        if best is None or cost < best:
            best, count = cost, 0
        count += cost == best
    lines.append(("frustration", most, count, best))

friends = [(a, b, w) for a, b, w in edges if w > 0]
foes = [(a, b, -w) for a, b, w in edges if w < 0]


def parts(ties):
    s = [0] * nodes
    for a, b, w in ties:
        s[a] += w
        s[b] += w
    return s, sum(s)


(sf, wf), (se, we) = parts(friends), parts(foes)


def signed(d):
    q = sum(2 * w for a, b, w in edges if d[a] == d[b])
    for c in set(d):
        members = [v for v in range(nodes) if d[v] == c]
        q -= sum(sf[v] for v in members) ** 2 / wf - sum(se[v] for v in members) ** 2 / we
    return q / (wf + we)


best = max(divisions(nodes, nodes), key=signed)
lines.append(("signed modularity", 0, 0, signed(best)))
lines.append(("signed modularity of thirds", 0, 0, signed([v % 3 for v in range(nodes)])))

nodes, edges = GRAPHS["office"]
U = ig.Graph(nodes, [(a, b) for a, b, _ in edges])
U.es["weight"] = [w for *_, w in edges]
lines.append(("modularity of thirds", 0, 0, U.modularity([v % 3 for v in range(nodes)], weights="weight")))
found = max((la.find_partition(U, la.ModularityVertexPartition, weights="weight", seed=s) for s in range(50)), key=lambda p: p.q)
lines.append(("modularity", 0, 0, found.q))
lines.append(("alike", 3, 5, ig.compare_communities([v % 3 for v in range(30)], [v % 5 for v in range(30)], method="adjusted_rand")))
lines.append(("alike", 3, 6, ig.compare_communities([v % 3 for v in range(30)], [v % 6 for v in range(30)], method="adjusted_rand")))
with open("camps.csv", "w") as out:
    print(f"# Made by camps.py, igraph {ig.__version__}, leidenalg {la.version}, Python {sys.version.split()[0]}", file=out)
    print("# what, camps, divisions, value", file=out)
    for line in lines:
        print(*line, sep=",", file=out)
