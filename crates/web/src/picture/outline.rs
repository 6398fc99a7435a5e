//! The left and right edges of a part of a tree, from its top down, so that neighbours can stand as
//! close as their shapes let them.

use super::rect::Point;

/// A stretch of an edge: down to there, it is that far out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    to: f64,
    x: f64,
}

/// Both edges. What they hold reaches from the top down without a hole.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Outline {
    left: Vec<Stretch>,
    right: Vec<Stretch>,
}

impl Outline {
    /// That of a box from the top down.
    pub(super) fn of(x: f64, width: f64, height: f64) -> Self {
        Self {
            left: vec![Stretch { to: height, x }],
            right: vec![Stretch { to: height, x: x + width }],
        }
    }

    /// How far the other must move to the right to stand beside this, so far apart.
    pub(super) fn clearance(&self, other: &Self, gap: f64) -> f64 {
        let (mut ours, mut theirs) = (self.right.iter(), other.left.iter());
        let (mut a, mut b) = (ours.next(), theirs.next());
        let mut most: f64 = 0.0;
        while let (Some(right), Some(left)) = (a, b) {
            most = most.max(right.x + gap - left.x);
            if right.to <= left.to {
                a = ours.next();
            }
            if left.to <= right.to {
                b = theirs.next();
            }
        }
        most
    }

    /// Takes in what stands to the right of this.
    pub(super) fn join(&mut self, other: &Self) {
        let height = |edge: &[Stretch]| edge.last().map_or(0.0, |last| last.to);
        let (ours, theirs) = (height(&self.left), height(&other.left));
        let below = |edge: &[Stretch], from: f64| -> Vec<Stretch> {
            edge.iter().filter(|stretch| stretch.to > from).copied().collect()
        };
        self.left.extend(below(&other.left, ours));
        let rest = below(&self.right, theirs);
        self.right.clone_from(&other.right);
        self.right.extend(rest);
    }

    /// Puts something on top; this goes down by its height.
    pub(super) fn under(&mut self, top: &Self) {
        let height = top.left.last().map_or(0.0, |last| last.to);
        self.shift(Point::new(0.0, height));
        self.left.splice(0..0, top.left.iter().copied());
        self.right.splice(0..0, top.right.iter().copied());
    }

    /// Moves it sideways by `x`, and every stretch down by `y`.
    pub(super) fn shift(&mut self, by: Point) {
        for stretch in self.left.iter_mut().chain(&mut self.right) {
            stretch.to += by.y;
            stretch.x += by.x;
        }
    }

    /// How far it reaches to the left.
    pub(super) fn leftmost(&self) -> f64 {
        self.left.iter().map(|stretch| stretch.x).fold(f64::INFINITY, f64::min)
    }

    /// How far it reaches to the right.
    pub(super) fn rightmost(&self) -> f64 {
        self.right.iter().map(|stretch| stretch.x).fold(f64::NEG_INFINITY, f64::max)
    }

    /// How far it reaches down.
    pub(super) fn height(&self) -> f64 {
        self.left.last().map_or(0.0, |last| last.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.01, "{found}, expected {expected}");
    }

    #[test]
    fn a_short_one_stands_over_the_foot_of_a_long_one() {
        let mut long = Outline::of(-50.0, 200.0, 40.0);
        long.under(&Outline::of(0.0, 100.0, 60.0));
        check(long.height(), 100.0);
        let short = Outline::of(0.0, 100.0, 50.0);
        check(long.clearance(&short, 10.0), 110.0);
        check(long.clearance(&Outline::of(0.0, 100.0, 90.0), 10.0), 160.0);
        let mut both = long.clone();
        let mut beside = short;
        beside.shift(Point::new(110.0, 0.0));
        both.join(&beside);
        check(both.leftmost(), -50.0);
        check(both.rightmost(), 210.0);
        check(both.clearance(&Outline::of(0.0, 1.0, 1.0), 0.0), 210.0);
    }
}
