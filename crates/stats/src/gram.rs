//! `Xᵀ W X` for many rows: nearly all the time of a regression goes here.
//!
//! Computes: the sum over rows of `w x xᵀ` with `w ≥ 0`.
//!
//! How: some rows at a time are scaled by `√w` and laid out in panels of four columns, so that a
//! tile of 4 × 4 sums stays in registers while two panels are read straight through. That reads
//! memory once and needs no instructions beyond those that every machine has.
//!
//! Source: Goto and van de Geijn (2008), Anatomy of high-performance matrix multiplication.
//! Checked against: the definition (see the test).

use crate::Symmetric;

/// Rows laid out at a time: their panels fit into the second cache for some hundred columns.
const ROWS: usize = 64;
const WIDTH: usize = 4;

/// Adds `Xᵀ W X` to a matrix whose order is the number of columns; one weight a row, none
/// negative.
pub(crate) fn add_gram(matrix: &mut Symmetric, rows: &[f64], weights: &[f64]) {
    let k = matrix.order();
    if k == 0 {
        return;
    }
    let panels = k.div_ceil(WIDTH);
    let mut packed = vec![[0.0; WIDTH]; panels * ROWS];
    // Tile after tile, in the order in which they are visited below.
    let mut tiles = vec![[[0.0; WIDTH]; WIDTH]; panels * (panels + 1) / 2];
    for (block, weights) in rows.chunks(k * ROWS).zip(weights.chunks(ROWS)) {
        let count = pack(&mut packed, block, weights, k);
        let mut tile = tiles.iter_mut();
        for left in packed.chunks_exact(ROWS) {
            for (right, tile) in packed.chunks_exact(ROWS).zip(&mut tile) {
                add_tile(tile, &left[..count], &right[..count]);
                if std::ptr::eq(left, right) {
                    break;
                }
            }
        }
    }
    unpack(matrix, &tiles);
}

/// Lays rows out in panels, scaled; returns how many rows there are.
fn pack(packed: &mut [[f64; WIDTH]], block: &[f64], weights: &[f64], k: usize) -> usize {
    for (at, (row, weight)) in block.chunks_exact(k).zip(weights).enumerate() {
        let scale = weight.sqrt();
        for (panel, values) in row.chunks(WIDTH).enumerate() {
            let place = &mut packed[panel * ROWS + at];
            for (place, value) in place.iter_mut().zip(values) {
                *place = scale * value;
            }
        }
    }
    weights.len()
}

/// Adds what two panels give to one tile.
fn add_tile(tile: &mut [[f64; WIDTH]; WIDTH], left: &[[f64; WIDTH]], right: &[[f64; WIDTH]]) {
    let mut sums = *tile;
    for (a, b) in left.iter().zip(right) {
        for (sums, a) in sums.iter_mut().zip(a) {
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum += a * b;
            }
        }
    }
    *tile = sums;
}

fn unpack(matrix: &mut Symmetric, tiles: &[[[f64; WIDTH]; WIDTH]]) {
    let k = matrix.order();
    let mut tile = tiles.iter();
    for left in (0..k).step_by(WIDTH) {
        for (right, tile) in (0..=left).step_by(WIDTH).zip(&mut tile) {
            for (row, sums) in (left..k).zip(tile) {
                for (column, sum) in (right..k).zip(sums) {
                    matrix.row_mut(row)[column] += sum;
                }
            }
        }
    }
    matrix.mirror();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: usize, k: usize) {
        let rows: Vec<f64> = (0..n * k).map(|i| ((i * 7919) % 101) as f64 / 50.0 - 1.0).collect();
        let weights: Vec<f64> = (0..n).map(|i| ((i * 31) % 7) as f64 / 3.0).collect();
        let mut matrix = Symmetric::diagonal(&vec![0.5; k]);
        add_gram(&mut matrix, &rows, &weights);
        for a in 0..k {
            for b in 0..k {
                let own = if a == b { 0.5 } else { 0.0 };
                let sum: f64 = (0..n).map(|i| weights[i] * rows[i * k + a] * rows[i * k + b]).sum();
                let found = matrix.get(a, b).unwrap();
                assert!((found - own - sum).abs() < 1e-9, "{n}×{k} {a},{b}: {found}");
            }
        }
    }

    #[test]
    fn is_the_sum_of_outer_products() {
        for k in [1, 3, 4, 5, 8, 11] {
            for n in [0, 1, 63, 64, 65, 130] {
                check(n, k);
            }
        }
    }
}
