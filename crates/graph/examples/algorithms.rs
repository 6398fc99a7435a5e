//! Measures the algorithms: `algorithms FOLDER N…` runs them on the graphs that
//! `xtask/src/bench/graph.py` wrote there and prints a line for each: name, `ours`, edges, seconds of
//! processor, figure, separated by tabs.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads clocks and files, prints, and stops when it cannot go on"
)]

use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use inroad_graph::{
    CommunitySearch, Edge, FriedkinJohnsen, Graph, Lengths, Walk, Wanted, betweenness, communities,
    constraint, pagerank, shortest_paths, springrank,
};

/// Most edges for exact betweenness.
const BETWEENNESS_MAX: usize = 100_000;
/// Ends of paths, and paths between them.
const PAIRS: u32 = 10;
const PATHS: usize = 10;

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap();
    for count in args {
        let file = Path::new(&folder).join(format!("edges-{count}.bin"));
        measure(&read(&file, count.parse().unwrap()), &count);
    }
}

/// Rows of little-endian doubles; ten edges a node.
fn read(file: &Path, count: usize) -> Graph {
    let bytes = std::fs::read(file).unwrap();
    let numbers: Vec<f64> =
        bytes.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    // Written with a fraction, which `u32` does not parse.
    let node = |value: f64| format!("{value:.0}").parse::<u32>().unwrap();
    let edge = |row: &[f64]| Edge::new(node(row[0]), node(row[1]), row[2]);
    let edges: Vec<Edge> = numbers.chunks_exact(3).map(edge).collect();
    Graph::new(count / 10, &edges).unwrap()
}

fn greatest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn measure(graph: &Graph, count: &str) {
    timed("PageRank", count, || greatest(&pagerank(graph, &Walk::default()).unwrap()));
    timed("constraint", count, || constraint(graph).unwrap().into_iter().flatten().sum());
    timed("SpringRank", count, || greatest(&springrank(graph, 1.0).unwrap()));
    let first: Vec<f64> = graph.nodes().map(|node| f64::from(node).sin()).collect();
    let open = vec![0.8; graph.node_count()];
    timed("Friedkin-Johnsen", count, || {
        let model = FriedkinJohnsen::new(graph, &open).unwrap();
        model.equilibrium(&first).unwrap().iter().map(|opinion| opinion.abs()).sum()
    });
    timed("Yen", count, || paths(graph));
    if graph.edge_count() <= BETWEENNESS_MAX {
        timed("betweenness", count, || greatest(&betweenness(graph, Lengths::Steps).unwrap()));
    }
    let search = CommunitySearch { restarts: 1, ..CommunitySearch::default() };
    timed("communities", count, || communities(graph, search).unwrap().modularity);
}

/// The length of all paths between some ends.
fn paths(graph: &Graph) -> f64 {
    let nodes = u32::try_from(graph.node_count()).unwrap();
    let ends = (0..PAIRS).map(|at| ((7 * at + 1) % nodes, (nodes / 2 + 13 * at) % nodes));
    let all = ends.flat_map(|(from, to)| {
        let wanted = Wanted { from, to, avoid: &[], most: PATHS };
        shortest_paths(graph, &wanted, Lengths::Weights).unwrap()
    });
    all.map(|path| path.length).sum()
}

/// Runs again and again until it took long enough to be measured: the system counts in steps of some
/// milliseconds.
fn timed(name: &str, count: &str, run: impl Fn() -> f64) {
    const LONG_ENOUGH_S: f64 = 0.5;
    const TIMES_MAX: u32 = 1000;
    let start = spent_s();
    let mut figure = run();
    let mut times = 1;
    while spent_s() - start < LONG_ENOUGH_S && times < TIMES_MAX {
        figure = run();
        times += 1;
    }
    let seconds = (spent_s() - start) / f64::from(times);
    println!("{name}\tours\t{count}\t{seconds:.6}\t{figure:.6}");
}

/// What this process has used of processors so far; the clock where the system does not tell.
fn spent_s() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}
