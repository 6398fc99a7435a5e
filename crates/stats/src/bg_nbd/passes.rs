//! The part of the log-likelihood of BG/NBD that depends on times, in one pass over all members.
//!
//! With `s = r + x`, `T = α + watched`, `t = α + last` a member who came again adds
//! `ln(T^−s + t^−s a / (b + x − 1))`, one who never did `−r ln T`. A pass costs one logarithm and one
//! exponential for each member who came again: logarithms whose sum alone is asked for are taken of
//! products.

use crate::Repeats;
use crate::lanes::{LANES, exp_of_negative, ln_of_large};
use crate::repeats::Terms;

/// Counts below this have their figures in a table.
const TABLED: usize = 64;
/// The logarithm of a product is taken before it leaves this range.
const PRODUCT_MIN: f64 = 1e-100;
const PRODUCT_MAX: f64 = 1e100;

/// The sum of the logarithms of many positive numbers.
#[derive(Debug, Clone, Copy)]
struct LnSum {
    product: f64,
    sum: f64,
}

impl LnSum {
    const ZERO: Self = Self { product: 1.0, sum: 0.0 };

    fn add(&mut self, value: f64) {
        let product = self.product * value;
        if (PRODUCT_MIN..PRODUCT_MAX).contains(&product) {
            self.product = product;
        } else {
            self.sum += self.product.ln() + value.ln();
            self.product = 1.0;
        }
    }

    fn get(&self) -> f64 {
        self.sum + self.product.ln()
    }
}

/// What members with one count share.
#[derive(Debug, Clone, Copy)]
struct Shared {
    /// `r + x`.
    shape: f64,
    /// `1 / (b + x − 1)`.
    per_left: f64,
    /// `ln(a / (b + x − 1))`.
    ln_stop: f64,
}

impl Shared {
    fn of(x: f64, [r, _, a, b]: [f64; 4]) -> Self {
        let left = b + x - 1.0;
        Self { shape: r + x, per_left: 1.0 / left, ln_stop: (a / left).ln() }
    }
}

/// Of all, with its derivatives by `r`, `α`, `a`, `b`.
pub(super) fn of_times(repeats: &Repeats<'_>, at: [f64; 4]) -> Terms {
    let alpha = at[1];
    let table: [Shared; TABLED] = std::array::from_fn(|x| Shared::of(x as f64, at));
    // The logarithms of T, by count, as each counts r + x times.
    let mut going = [LnSum::ZERO; TABLED];
    let (mut going_beyond, mut going_all) = (0.0, LnSum::ZERO);
    let mut never = Never::default();
    let mut again = Again::default();
    let mut block = Block::default();
    for one in repeats.each() {
        let tabled = table.get(one.count as usize).zip(going.get_mut(one.count as usize));
        let end = alpha + one.watched;
        let per_end = 1.0 / end;
        let shared = if let Some((shared, ln_end)) = tabled {
            ln_end.add(end);
            *shared
        } else {
            let shared = Shared::of(f64::from(one.count), at);
            going_beyond += shared.shape * end.ln();
            going_all.add(end);
            shared
        };
        if one.count == 0 {
            never.add(per_end);
        } else {
            block.add(&shared, per_end, 1.0 / (alpha + one.last));
            if block.len == LANES {
                again.add(&mut block);
            }
        }
    }
    again.add(&mut block);
    let mut sum = again.terms(at[2]);
    never.add_to(&mut sum, at[0]);
    sum.value -= going_beyond;
    sum.slope[0] -= going_all.get();
    for (shared, ln_end) in table.iter().zip(&going) {
        sum.value -= shared.shape * ln_end.get();
        sum.slope[0] -= ln_end.get();
    }
    sum
}

/// Sums over those who never came again.
#[derive(Debug, Default)]
struct Never {
    per_end: f64,
    per_end_squared: f64,
}

impl Never {
    fn add(&mut self, per_end: f64) {
        self.per_end += per_end;
        self.per_end_squared += per_end * per_end;
    }

    fn add_to(&self, sum: &mut Terms, r: f64) {
        sum.slope[1] -= r * self.per_end;
        sum.curve[1][0] -= self.per_end;
        sum.curve[1][1] += r * self.per_end_squared;
    }
}

/// Some who came again, whose logarithms and exponentials are taken together.
#[derive(Debug)]
struct Block {
    len: usize,
    shared: [Shared; LANES],
    per_end: [f64; LANES],
    per_last: [f64; LANES],
    /// `ln(T / t)`.
    ln_silence: [f64; LANES],
    /// Of having stopped.
    log_odds: [f64; LANES],
    /// `exp` of minus their size.
    lesser: [f64; LANES],
}

impl Default for Block {
    fn default() -> Self {
        let none = Shared { shape: 0.0, per_left: 0.0, ln_stop: 0.0 };
        Self {
            len: 0,
            shared: [none; LANES],
            per_end: [1.0; LANES],
            per_last: [1.0; LANES],
            ln_silence: [0.0; LANES],
            log_odds: [0.0; LANES],
            lesser: [0.0; LANES],
        }
    }
}

impl Block {
    fn add(&mut self, shared: &Shared, per_end: f64, per_last: f64) {
        if self.len < LANES {
            self.shared[self.len] = *shared;
            self.per_end[self.len] = per_end;
            self.per_last[self.len] = per_last;
            self.len += 1;
        }
    }

    fn fill(&mut self) {
        for at in 0..LANES {
            self.ln_silence[at] = (self.per_last[at] / self.per_end[at]).max(1.0);
        }
        ln_of_large(&mut self.ln_silence);
        for at in 0..LANES {
            let shared = &self.shared[at];
            self.log_odds[at] = shared.shape * self.ln_silence[at] + shared.ln_stop;
            self.lesser[at] = -self.log_odds[at].abs();
        }
        exp_of_negative(&mut self.lesser);
    }
}

/// Sums over those who came again. "Stopped" is the chance of having stopped, "apart" how far the
/// slopes of going on and of having stopped are from each other.
#[derive(Debug)]
struct Again {
    value: f64,
    ln_either: LnSum,
    stopped: f64,
    stopped_per_left: f64,
    stopped_per_left_squared: f64,
    slope: [f64; 2],
    curve: [f64; 3],
    /// The chance of having stopped times that of not, times what lies apart by each two of `r`,
    /// `α` and `b`.
    apart: [f64; 6],
    /// The same by one alone.
    apart_once: [f64; 4],
}

impl Default for Again {
    fn default() -> Self {
        Self {
            value: 0.0,
            ln_either: LnSum::ZERO,
            stopped: 0.0,
            stopped_per_left: 0.0,
            stopped_per_left_squared: 0.0,
            slope: [0.0; 2],
            curve: [0.0; 3],
            apart: [0.0; 6],
            apart_once: [0.0; 4],
        }
    }
}

impl Again {
    /// Adds those of a block, and empties it.
    fn add(&mut self, block: &mut Block) {
        block.fill();
        for at in 0..block.len.min(LANES) {
            self.add_one(
                &block.shared[at],
                [block.per_end[at], block.per_last[at]],
                [block.ln_silence[at], block.log_odds[at], block.lesser[at]],
            );
        }
        block.len = 0;
    }

    #[inline]
    fn add_one(
        &mut self,
        shared: &Shared,
        [per_end, per_last]: [f64; 2],
        [ln_silence, log_odds, lesser]: [f64; 3],
    ) {
        let Shared { shape, per_left, .. } = *shared;
        let greater_chance = 1.0 / (1.0 + lesser);
        self.ln_either.add(1.0 + lesser);
        self.value += log_odds.max(0.0);
        let stopped = greater_chance * if log_odds > 0.0 { 1.0 } else { lesser };
        let both = lesser * greater_chance * greater_chance;
        self.stopped += stopped;
        self.stopped_per_left += stopped * per_left;
        self.stopped_per_left_squared += stopped * per_left * per_left;
        // Per T, mixed with per t by the chance of having stopped.
        let per_either = per_end + stopped * (per_last - per_end);
        let per_either_squared =
            per_end * per_end + stopped * (per_last * per_last - per_end * per_end);
        self.slope[0] += stopped * ln_silence;
        self.slope[1] -= shape * per_either;
        self.curve[0] -= per_either;
        self.curve[1] += shape * per_either_squared;
        let by = [ln_silence, shape * (per_end - per_last), -per_left];
        let [first, second, third] = by.map(|by| both * by);
        self.apart_once[0] += first;
        self.apart_once[1] += second;
        self.apart_once[2] += third;
        self.apart_once[3] += both;
        self.apart[0] += first * by[0];
        self.apart[1] += second * by[0];
        self.apart[2] += second * by[1];
        self.apart[3] += third * by[0];
        self.apart[4] += third * by[1];
        self.apart[5] += third * by[2];
    }

    fn terms(&self, a: f64) -> Terms {
        let [r_r, alpha_r, alpha_alpha, b_r, b_alpha, b_b] = self.apart;
        let [once_r, once_alpha, once_b, once] = self.apart_once;
        Terms {
            value: self.value + self.ln_either.get(),
            slope: [self.slope[0], self.slope[1], self.stopped / a, -self.stopped_per_left],
            curve: [
                [r_r, 0.0, 0.0, 0.0],
                [self.curve[0] + alpha_r, self.curve[1] + alpha_alpha, 0.0, 0.0],
                [once_r / a, once_alpha / a, (once - self.stopped) / (a * a), 0.0],
                [b_r, b_alpha, once_b / a, self.stopped_per_left_squared + b_b],
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPEATS: Repeats<'_> = Repeats {
        counts: &[0, 2, 1, 0, 5, 0, 3, 1, 90, 70],
        lasts: &[0.0, 9.0, 3.0, 0.0, 30.0, 0.0, 12.0, 20.0, 36.0, 3.0],
        watched: &[38.0, 30.0, 35.0, 31.0, 33.0, 39.0, 34.0, 36.0, 36.0, 38.0],
    };

    /// As the formula stands in the head of this file.
    fn plainly([r, alpha, a, b]: [f64; 4]) -> f64 {
        let each = REPEATS.each().map(|one| {
            let (x, end) = (f64::from(one.count), (alpha + one.watched).ln());
            if one.count == 0 {
                return -r * end;
            }
            let going: f64 = -(r + x) * end;
            let stopped = -(r + x) * (alpha + one.last).ln() + (a / (b + x - 1.0)).ln();
            let most = going.max(stopped);
            most + ((going - most).exp() + (stopped - most).exp()).ln()
        });
        each.sum()
    }

    #[test]
    fn a_pass_is_the_formula_and_its_derivatives() {
        let at = [0.7, 5.0, 0.9, 2.5];
        let moved = |i: usize, by: f64| {
            let mut at = at;
            at[i] += by;
            at
        };
        let found = of_times(&REPEATS, at);
        assert!((found.value - plainly(at)).abs() < 1e-10, "{} {}", found.value, plainly(at));
        let step = 1e-5;
        for i in 0..4 {
            let slope = (plainly(moved(i, step)) - plainly(moved(i, -step))) / (2.0 * step);
            assert!((found.slope[i] - slope).abs() < 1e-5, "{i}: {} {slope}", found.slope[i]);
            let (up, down) =
                (of_times(&REPEATS, moved(i, step)), of_times(&REPEATS, moved(i, -step)));
            for j in 0..4 {
                let curve = (up.slope[j] - down.slope[j]) / (2.0 * step);
                let own = found.curve[i.max(j)][i.min(j)];
                assert!((own - curve).abs() < 1e-5 * (1.0 + curve.abs()), "{i} {j}: {own} {curve}");
            }
        }
    }
}
