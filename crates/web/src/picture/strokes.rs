//! The paths of lines: straight, smooth, in zigzag, and the heads of arrows.

use super::curve::Curve;
use super::rect::Point;

/// A number of a picture: a tenth of a pixel is enough.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

fn pair(at: Point) -> String {
    format!("{} {}", number(at.x), number(at.y))
}

/// Straight from point to point.
pub(super) fn polyline(points: &[Point]) -> String {
    let pairs: Vec<String> = points.iter().map(|at| pair(*at)).collect();
    if pairs.is_empty() { String::new() } else { format!("M{}", pairs.join("L")) }
}

/// As it bends.
pub(super) fn smooth(curve: &Curve) -> String {
    let Curve { from, bend: (a, b), to } = curve;
    format!("M{}C{} {} {}", pair(*from), pair(*a), pair(*b), pair(*to))
}

/// The same the other way round.
pub(super) fn turned(curve: &Curve) -> Curve {
    Curve { from: curve.to, bend: (curve.bend.1, curve.bend.0), to: curve.from }
}

/// From tip to tip of a zigzag.
const STEP: f64 = 5.0;
/// How far tips lie beside the curve.
const TIP: f64 = 3.2;
const TIPS_MAX: usize = 400;

/// Along the curve in zigzag.
pub(super) fn zigzag(curve: &Curve) -> String {
    const SAMPLES: u32 = 24;
    let along: Vec<Point> =
        (0..=SAMPLES).map(|at| curve.point(f64::from(at) / f64::from(SAMPLES))).collect();
    let length: f64 =
        along.windows(2).map(|two| (two[1].x - two[0].x).hypot(two[1].y - two[0].y)).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let tips = ((length / STEP) as usize).clamp(2, TIPS_MAX);
    let mut points = vec![curve.from];
    for tip in 1..tips {
        let t = tip as f64 / tips as f64;
        let (before, after) = (curve.point(t - 0.01), curve.point(t + 0.01));
        let (dx, dy) = (after.x - before.x, after.y - before.y);
        let long = dx.hypot(dy).max(0.01);
        let aside = if tip % 2 == 0 { TIP } else { -TIP };
        points.push(curve.point(t).moved(Point::new(-dy / long * aside, dx / long * aside)));
    }
    points.push(curve.to);
    polyline(&points)
}

/// The head of an arrow at the end of a curve.
pub(super) fn arrow(curve: &Curve) -> String {
    const LONG: f64 = 8.0;
    const HALF: f64 = 3.6;
    let (tip, from) = (curve.to, curve.point(0.9));
    let from = if (tip.x - curve.bend.1.x).hypot(tip.y - curve.bend.1.y) > 1.0 {
        curve.bend.1
    } else {
        from
    };
    let (dx, dy) = (tip.x - from.x, tip.y - from.y);
    let long = dx.hypot(dy).max(0.01);
    let (ux, uy) = (dx / long, dy / long);
    let corner =
        |side: f64| Point::new(tip.x - ux * LONG - uy * side, tip.y - uy * LONG + ux * side);
    format!("{}Z", polyline(&[corner(HALF), tip, corner(-HALF)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let (from, to) = (Point::new(0.0, 0.0), Point::new(40.0, 0.0));
        let curve = Curve { from, bend: (from, Point::new(30.0, 0.0)), to };
        assert_eq!(smooth(&curve), "M0 0C0 0 30 0 40 0");
        assert_eq!(polyline(&[from, to]), "M0 0L40 0");
        assert_eq!(arrow(&curve), "M32 3.6L40 0L32 -3.6Z");
        assert_eq!(zigzag(&curve).matches('L').count(), 8);
        assert_eq!(number(-0.04), "-0");
    }
}
