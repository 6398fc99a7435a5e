#!/usr/bin/env python3
"""Makes centrality.csv: centralities of the office of graphs.py, by networkx and igraph."""
import igraph as ig
import networkx as nx
from graphs import GRAPHS

nodes, edges = GRAPHS["office"]
D = nx.DiGraph()
D.add_nodes_from(range(nodes))
D.add_weighted_edges_from(edges)
# Ties without direction, both weights added up.
U = nx.Graph()
U.add_nodes_from(range(nodes))
for a, b, w in edges:
    U.add_edge(a, b, weight=w + (U[a][b]["weight"] if U.has_edge(a, b) else 0))
G = ig.Graph(nodes, [(a, b) for a, b, _ in edges], directed=True)
groups = [node % 3 for node in range(nodes)]
start = [1.0 + node % 4 for node in range(nodes)]


def brokerage():
    counts = {kind: [0] * nodes for kind in ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")}
    for v in range(nodes):
        for a in range(nodes):
            for b in range(nodes):
                if len({a, b, v}) < 3 or not (D.has_edge(a, v) and D.has_edge(v, b)) or D.has_edge(a, b):
                    continue
                x, y, z = groups[a], groups[v], groups[b]
                kind = ("coordinator" if x == y == z else "itinerant" if x == z else "representative" if x == y
                        else "gatekeeper" if y == z else "liaison")
                counts[kind][v] += 1
    return counts


def each(values):
    return [values[node] for node in range(nodes)]


hubs, authorities = nx.hits(D, max_iter=100000, tol=1e-15)
part = {node: at for at, part in enumerate(sorted(map(sorted, nx.weakly_connected_components(D)))) for node in part}
constraint = nx.constraint(D, weight="weight")
# Node by node: of all nodes at once, networkx 3.6.1 gives other figures where weights differ.
size = nx.effective_size(U, nodes=range(nodes), weight="weight")
between = nx.betweenness_centrality(D, weight="weight", normalized=False)
assert all(abs(a - b) < 1e-9 for a, b in zip(each(between), G.betweenness(weights=[w for *_, w in edges])))
assert all(abs(a - b) < 1e-9 or a != a for a, b in zip(each(constraint), G.constraint(weights=[w for *_, w in edges])))
TABLE = {
    "pagerank": each(nx.pagerank(D, tol=1e-15, max_iter=100000)),
    "pagerank restart": each(nx.pagerank(D, alpha=0.6, personalization=dict(enumerate(start)), dangling=dict(enumerate(start)), tol=1e-15, max_iter=100000)),
    "hubs": each(hubs),
    "authorities": each(authorities),
    "betweenness": each(nx.betweenness_centrality(D, normalized=False)),
    "betweenness by length": each(between),
    "closeness": G.closeness(mode="out"),
    "closeness by length": G.closeness(mode="out", weights=[w for *_, w in edges]),
    "eigenvector": each(nx.eigenvector_centrality_numpy(U.subgraph(range(16)), weight="weight") | {n: 0 for n in range(16, nodes)}),
    "constraint": each(constraint),
    "effective size": each(size),
    "coreness": each(nx.core_number(U)),
    "component": each(part),
    **brokerage(),
}
with open("centrality.csv", "w") as out:
    print(f"# Made by centrality.py, networkx {nx.__version__}, igraph {ig.__version__}\n# measure, node, value", file=out)
    for name, values in TABLE.items():
        for node, value in enumerate(values):
            print(name, node, float(value), sep=",", file=out)
