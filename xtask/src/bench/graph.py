#!/usr/bin/env python3
"""Drawn graphs for `cargo xtask bench graph`, and the peers' runs on them.

    graph.py data FOLDER N..     writes FOLDER/edges-N.bin: rows of from, to, weight as doubles
    graph.py peers FOLDER N..    runs networkx, igraph, leidenalg and scipy

A run is a line: name, tool, edges, seconds of processor (median of three, of one where it is slow),
figures, separated by tabs. A tool that is not there gives no line.
"""
import sys
import time
from pathlib import Path

import numpy as np

SLOW_S = 2.0
# Beyond these a peer takes many minutes.
BETWEENNESS_MAX, NETWORKX_MAX, NETWORKX_PAGERANK_MAX = 100_000, 10_000, 1_000_000
PAIRS, PATHS = 10, 10


def data(folder, sizes):
    """Groups of about a hundred, 70 % of the edges within; ten edges a node."""
    folder.mkdir(parents=True, exist_ok=True)
    for count in sizes:
        rng, nodes = np.random.default_rng(count), count // 10
        groups = max(4, nodes // 100)
        a = rng.integers(0, nodes, 2 * count)
        within = rng.integers(0, nodes // groups, 2 * count) * groups + a % groups
        b = np.where(rng.random(2 * count) < 0.7, within, rng.integers(0, nodes, 2 * count))
        keys = np.unique((a * nodes + b)[a != b])
        keys = np.sort(rng.permutation(keys)[:count])
        rows = np.c_[keys // nodes, keys % nodes, rng.uniform(0.1, 2.0, len(keys)).round(3)]
        rows.astype("<f8").tofile(folder / f"edges-{count}.bin")


def read(folder, count):
    rows = np.fromfile(folder / f"edges-{count}.bin", "<f8").reshape(-1, 3)
    return count // 10, rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2]


def timed(name, tool, count, run):
    spent = []
    while len(spent) < 3 and (not spent or spent[0] < SLOW_S):
        start = time.process_time()
        figure = run()
        spent.append(time.process_time() - start)
    print(name, tool, count, f"{np.median(spent):.6f}", f"{float(figure):.6g}", sep="\t", flush=True)


def pairs(nodes):
    """The same ends as ours takes."""
    return [((7 * at + 1) % nodes, (nodes // 2 + 13 * at) % nodes) for at in range(PAIRS)]


def with_igraph(folder, count):
    import igraph as ig

    nodes, a, b, w = read(folder, count)
    tool, w = f"igraph {ig.__version__}", w.tolist()
    G = ig.Graph(nodes, list(zip(a.tolist(), b.tolist())), directed=True)
    timed("PageRank", tool, count, lambda: max(G.pagerank(weights=w)))
    timed("constraint", tool, count, lambda: np.nansum(G.constraint(weights=w)))
    length = lambda path: sum(w[e] for e in path)
    timed("Yen", tool, count, lambda: sum(
        length(p) for s, t in pairs(nodes) for p in G.get_k_shortest_paths(s, t, k=PATHS, weights=w, output="epath")))
    if count <= BETWEENNESS_MAX:
        timed("betweenness", tool, count, lambda: max(G.betweenness()))
    U = ig.Graph(nodes, list(zip(a.tolist(), b.tolist())))
    timed("communities", tool, count, lambda: U.modularity(
        U.community_leiden("modularity", weights=w, n_iterations=-1), weights=w))
    try:
        import leidenalg as la
    except ImportError:
        return
    timed("communities", f"leidenalg {la.version}", count, lambda: la.find_partition(
        U, la.ModularityVertexPartition, weights=w, n_iterations=-1, seed=1).q)


def with_scipy(folder, count):
    import scipy
    import scipy.sparse as sp
    from scipy.sparse.linalg import cg

    nodes, a, b, w = read(folder, count)
    tool = f"scipy {scipy.__version__}"
    A = sp.csr_array((w, (a, b)), shape=(nodes, nodes))
    up, down = A.sum(1), A.sum(0)

    def springrank():
        L = sp.diags_array(up + down + 1.0) - A - A.T
        return max(cg(L.tocsr(), down - up, rtol=1e-8)[0])

    def friedkin_johnsen():
        W = sp.diags_array(np.divide(1, up, out=np.zeros(nodes), where=up > 0)) @ A
        opinion = np.where(up > 0, 0.8, 0.0)
        first = np.sin(np.arange(nodes))
        x, held = first.copy(), (1 - opinion) * first
        while True:
            y = opinion * (W @ x) + held
            if abs(y - x).max() < 1e-10:
                return abs(y).sum()
            x = y

    def pagerank():
        out = np.divide(1, up, out=np.zeros(nodes), where=up > 0)
        P = (sp.diags_array(out) @ A).T.tocsr()
        x, dead = np.full(nodes, 1 / nodes), up == 0
        while True:
            y = 0.85 * (P @ x + x[dead].sum() / nodes) + 0.15 / nodes
            if abs(y - x).sum() < 1e-10:
                return max(y)
            x = y

    timed("SpringRank", tool, count, springrank)
    timed("Friedkin-Johnsen", tool, count, friedkin_johnsen)
    timed("PageRank", tool, count, pagerank)


def with_networkx(folder, count):
    from itertools import islice

    import networkx as nx

    nodes, a, b, w = read(folder, count)
    tool = f"networkx {nx.__version__}"
    G = nx.DiGraph()
    G.add_nodes_from(range(nodes))
    G.add_weighted_edges_from(zip(a.tolist(), b.tolist(), w.tolist()))
    if count <= NETWORKX_PAGERANK_MAX:
        timed("PageRank", tool, count, lambda: max(nx.pagerank(G, tol=1e-10 / nodes, max_iter=1000).values()))
    if count > NETWORKX_MAX:
        return
    timed("constraint", tool, count, lambda: np.nansum(list(nx.constraint(G, weight="weight").values())))
    timed("betweenness", tool, count, lambda: max(nx.betweenness_centrality(G, normalized=False).values()))
    timed("Yen", tool, count, lambda: sum(
        nx.path_weight(G, p, "weight") for s, t in pairs(nodes)
        for p in islice(nx.shortest_simple_paths(G, s, t, weight="weight"), PATHS)))
    U = G.to_undirected(reciprocal=False)
    timed("communities", tool + ", Louvain", count, lambda: nx.community.modularity(
        U, nx.community.louvain_communities(U, weight="weight", seed=1), weight="weight"))


def main(task, folder, *sizes):
    folder, sizes = Path(folder), [int(n) for n in sizes]
    if task == "data":
        return data(folder, sizes)
    for count in sizes:
        for peer in (with_igraph, with_scipy, with_networkx):
            try:
                peer(folder, count)
            except ImportError as cause:
                print(cause, file=sys.stderr)


main(*sys.argv[1:])
