//! One spectrum that stands for a group.

use super::alike::{Alike, Measure};
use super::points::Points;
use crate::spectrum::{Shape, Technique};
use crate::units::{XUnit, YUnit};

/// Height of the base peak.
const BASE: f64 = 1000.0;
/// Height below which an ion is left out.
const LEAST: f64 = 0.05;

/// The spectrum that stands for a group: of EI spectra the median of each unit mass, every base peak set to
/// 1000; of others the member that is most like all others, as it was measured. `None` for no members.
pub fn consensus(members: &[(Points, Alike)]) -> Option<Points> {
    let ions: Option<Vec<_>> = members.iter().map(|(_, alike)| alike.ions()).collect();
    if let Some(ions) = ions.filter(|ions| !ions.is_empty()) {
        return Some(medians(&ions));
    }
    let mut measure = Measure::default();
    let mut best: Option<(f64, &Points)> = None;
    for (points, alike) in members {
        let all = measure.against(alike, members.iter().map(|(_, other)| other));
        let sum: f64 = all.iter().flatten().map(|l| l.similarity).sum();
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, points));
        }
    }
    best.map(|(_, points)| points.clone())
}

fn medians(members: &[(&[f64], std::ops::Range<usize>)]) -> Points {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    let bases: Vec<f64> = members
        .iter()
        .map(|(values, _)| values.iter().copied().fold(0.0, f64::max))
        .collect();
    let end = members.iter().map(|(values, _)| values.len()).max();
    for mz in 0..end.unwrap_or(0) {
        let mut heights: Vec<f64> = members
            .iter()
            .zip(&bases)
            .filter(|((_, range), base)| range.contains(&mz) && **base > 0.0)
            .map(|((values, _), base)| BASE * values.get(mz).copied().unwrap_or(0.0) / base)
            .collect();
        let height = median(&mut heights);
        if height >= LEAST {
            x.push(mz as f64);
            y.push((100.0 * height).round() / 100.0);
        }
    }
    Points {
        technique: Technique::EiMs,
        shape: Shape::Sticks,
        x_unit: XUnit::MassToCharge,
        y_unit: YUnit::Intensity,
        laser_nm: None,
        precursor: None,
        x,
        y,
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |index: usize| values.get(index).copied().unwrap_or(0.0);
    match values.len() % 2 {
        0 if middle > 0 => (at(middle - 1) + at(middle)) / 2.0,
        _ => at(middle),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unknowns::points::tests::{ions, product_ions};

    fn member(points: Points) -> (Points, Alike) {
        let alike = Alike::of(&points).unwrap();
        (points, alike)
    }

    #[test]
    fn an_ion_of_one_in_three_is_left_out() {
        let plain = ions(&[(58.0, 100.0), (91.0, 40.0)]);
        let noisy = ions(&[(58.0, 200.0), (91.0, 90.0), (120.0, 5.0)]);
        let all = [plain.clone(), noisy, plain].map(member);
        let found = consensus(&all).unwrap();
        assert_eq!((found.x, found.y), (vec![58.0, 91.0], vec![1000.0, 400.0]));
        assert_eq!(consensus(&[]), None);
    }

    #[test]
    fn product_ions_are_those_of_a_member() {
        let points = product_ions(Some(300.1), None);
        let all = [points.clone(), points.clone()].map(member);
        assert_eq!(consensus(&all), Some(points));
    }
}
