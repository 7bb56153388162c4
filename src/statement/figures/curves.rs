//! Two curves on one axis, the one put over the other, and what is left.

/// Points of a curve by rising abscissa.
pub(super) type Curve = Vec<(f64, f64)>;

/// Two curves as they are drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Overlaid {
    /// The query.
    pub query: Curve,
    /// The reference at the query's places: moved, scaled and put on the query's slow course.
    pub reference: Curve,
    /// The query less the reference.
    pub rest: Curve,
}

/// Terms of the slow course under the reference: a cubic, as in the search.
const TERMS: usize = 4;

/// Puts a reference over a query: moved by what the axes differ by, then scaled with a cubic under it by
/// least squares. `None` where they share fewer than 8 points of the query or are opposed to one another.
pub(super) fn overlaid(
    query: &[(f64, f64)],
    reference: &[(f64, f64)],
    moved: &[(f64, f64)],
) -> Option<Overlaid> {
    let placed: Curve = reference
        .iter()
        .map(|(x, y)| (x + at(moved, *x).unwrap_or(0.0), *y))
        .collect();
    let (first, last) = (placed.first()?.0, placed.last()?.0);
    let both: Vec<(f64, f64, f64)> = query
        .iter()
        .filter(|(x, _)| (first..=last).contains(x))
        .filter_map(|(x, y)| Some((*x, *y, at(&placed, *x)?)))
        .collect();
    if both.len() < 8 {
        return None;
    }
    let slow = course(&both);
    let q: Vec<f64> = both.iter().map(|p| p.1).collect();
    let r: Vec<f64> = both.iter().map(|p| p.2).collect();
    let (q_free, r_free) = (without(&q, &slow), without(&r, &slow));
    // A curve that is no more than its slow course has nothing to be compared.
    let is_flat = |free: &[f64], all: &[f64]| dot(free, free) <= 1e-18 * dot(all, all);
    if is_flat(&q_free, &q) || is_flat(&r_free, &r) {
        return None;
    }
    let scale = dot(&q_free, &r_free) / dot(&r_free, &r_free);
    if !(scale > 0.0 && scale.is_finite()) {
        return None;
    }
    let x = both.iter().map(|p| p.0);
    let rest: Curve = x
        .clone()
        .zip(q_free.iter().zip(&r_free))
        .map(|(x, (q, r))| (x, q - scale * r))
        .collect();
    let fitted = x
        .zip(q.iter().zip(&rest))
        .map(|(x, (q, rest))| (x, q - rest.1));
    Some(Overlaid {
        reference: fitted.collect(),
        query: both.iter().map(|p| (p.0, p.1)).collect(),
        rest,
    })
}

/// A curve's ordinate at a place, between its points by a straight line, beyond its ends that of the end.
pub(super) fn at(curve: &[(f64, f64)], x: f64) -> Option<f64> {
    let after = curve.partition_point(|p| p.0 < x);
    let (right, left) = (
        curve.get(after),
        after.checked_sub(1).and_then(|i| curve.get(i)),
    );
    match (left, right) {
        (Some(a), Some(b)) if b.0 > a.0 => Some(a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0)),
        (_, Some(b)) => Some(b.1),
        (Some(a), None) => Some(a.1),
        (None, None) => None,
    }
}

/// Orthonormal polynomials over the points.
fn course(points: &[(f64, f64, f64)]) -> Vec<Vec<f64>> {
    let (first, last) = match (points.first(), points.last()) {
        (Some(first), Some(last)) if last.0 > first.0 => (first.0, last.0),
        _ => return Vec::new(),
    };
    let place = |x: f64| 2.0 * (x - first) / (last - first) - 1.0;
    let mut found: Vec<Vec<f64>> = Vec::new();
    for power in 0..TERMS {
        let term: Vec<f64> = points
            .iter()
            .map(|p| place(p.0).powi(power as i32))
            .collect();
        let mut term = without(&term, &found);
        let norm = dot(&term, &term).sqrt();
        if norm > 0.0 {
            term.iter_mut().for_each(|v| *v /= norm);
            found.push(term);
        }
    }
    found
}

fn without(values: &[f64], terms: &[Vec<f64>]) -> Vec<f64> {
    let mut free = values.to_vec();
    for term in terms {
        let part = dot(&free, term);
        free.iter_mut().zip(term).for_each(|(v, t)| *v -= part * t);
    }
    free
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(f: impl Fn(f64) -> f64) -> Curve {
        (0..400)
            .map(|i| f64::from(i) * 2.0 + 200.0)
            .map(|x| (x, f(x)))
            .collect()
    }

    fn bands(x: f64) -> f64 {
        let band = |centre: f64| 1.0 / (1.0 + ((x - centre) / 8.0).powi(2));
        band(420.0) + 0.5 * band(700.0)
    }

    #[test]
    fn scale_course_and_shift_are_taken_out() {
        let reference = curve(bands);
        let query = curve(|x| 3.0 * bands(x - 6.0) + 5.0 + 0.01 * x - 1e-5 * x * x);
        let over = overlaid(&query, &reference, &[(200.0, 6.0)]).unwrap();
        let worst = over.rest.iter().fold(0.0_f64, |m, p| m.max(p.1.abs()));
        assert!(worst < 0.06, "{worst}");
        for ((q, r), rest) in over.query.iter().zip(&over.reference).zip(&over.rest) {
            assert!((q.1 - r.1 - rest.1).abs() < 1e-9);
        }
        // A band that only the query has is what is left.
        let query = curve(|x| bands(x) + 1.0 / (1.0 + ((x - 560.0) / 8.0).powi(2)));
        let over = overlaid(&query, &reference, &[]).unwrap();
        let most = over.rest.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(most.0, 560.0);
    }

    #[test]
    fn what_cannot_be_put_over_one_another() {
        let reference = curve(bands);
        assert_eq!(overlaid(&curve(|x| -bands(x)), &reference, &[]), None);
        assert_eq!(overlaid(&reference[..5], &reference, &[]), None);
        assert_eq!(overlaid(&reference, &[], &[]), None);
        assert_eq!(overlaid(&curve(|_| 1.0), &curve(|_| 1.0), &[]), None);
    }

    #[test]
    fn between_points() {
        let curve = [(1.0, 10.0), (3.0, 20.0)];
        assert_eq!(at(&curve, 2.0), Some(15.0));
        assert_eq!((at(&curve, 0.0), at(&curve, 9.0)), (Some(10.0), Some(20.0)));
        assert_eq!(at(&[], 1.0), None);
    }
}
