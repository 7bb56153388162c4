//! What verdicts are worth: confusion, coverage and size of the sets, calibration.

use super::bootstrap::{Clusters, Interval, interval};
use super::trial::{Trial, VerdictResult};
use crate::decide::{Rate, VerdictLevel};
use serde::Serialize;
use std::collections::BTreeMap;

/// Points of a calibration curve.
const POINTS: usize = 12;

/// Number of spectra by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Identified, the right substance in the set.
    pub identified_right: usize,
    /// Identified, the right substance not in the set.
    pub identified_wrong: usize,
    /// Only the class.
    pub class_only: usize,
    /// No statement.
    pub inconclusive: usize,
    /// Not in the library.
    pub not_in_library: usize,
}

impl Counts {
    /// All of them.
    pub fn total(&self) -> usize {
        self.identified_right
            + self.identified_wrong
            + self.class_only
            + self.inconclusive
            + self.not_in_library
    }

    fn of<'a>(verdicts: impl Iterator<Item = &'a VerdictResult>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            *match (verdict.level, verdict.holds_truth) {
                (VerdictLevel::Identified, true) => &mut counts.identified_right,
                (VerdictLevel::Identified, false) => &mut counts.identified_wrong,
                (VerdictLevel::ClassOnly, _) => &mut counts.class_only,
                (VerdictLevel::Inconclusive, _) => &mut counts.inconclusive,
                (VerdictLevel::NotInLibrary, _) => &mut counts.not_in_library,
            } += 1;
        }
        counts
    }
}

/// What was stated against what was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibrated {
    /// The stated share.
    pub stated: f64,
    /// The measured one.
    pub measured: Rate,
}

/// Figures of the verdicts of one technique.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdicts {
    /// Spectra of substances that the library holds.
    pub present: Counts,
    /// Spectra of substances that it does not hold; none of them can be identified rightly.
    pub absent: Counts,
    /// Share of present substances' spectra that were identified rightly.
    pub identified_right: Rate,
    /// Share of absent substances' spectra that were called identified; `None` without such spectra.
    pub false_identified: Option<Rate>,
    /// Its interval by the bootstrap over substances.
    pub false_identified_by_substance: Option<Interval>,
    /// Share of the identified sets of present substances that hold the right one.
    pub coverage: Rate,
    /// Mean number of substances in these sets; `None` without any.
    pub mean_set_size: Option<f64>,
    /// Median number.
    pub median_set_size: Option<f64>,
    /// How many sets have how many substances.
    pub set_sizes: BTreeMap<usize, usize>,
    /// For each stated rate p: the share of absent substances' spectra that were called identified
    /// with a stated rate of at most p. Equal to p where the statement is calibrated.
    pub false_rate_calibration: Vec<Calibrated>,
    /// For each stated coverage, to two decimals: the share of such sets that hold the right one.
    pub coverage_calibration: Vec<Calibrated>,
}

impl Verdicts {
    /// Share of present substances that were called not in the library.
    pub fn missed(&self) -> Rate {
        let present = &self.present;
        Rate::wilson(
            present.not_in_library,
            present.total(),
            "spectra of present substances",
        )
    }
}

/// Figures of the verdicts; `None` where there are none.
pub fn verdicts(present: &[&Trial], absent: &[&Trial], of_absent: &Clusters) -> Option<Verdicts> {
    let given = |trials: &[&Trial]| trials.iter().any(|t| t.verdict.is_some());
    if !given(present) && !given(absent) {
        return None;
    }
    let of_present: Vec<&VerdictResult> =
        present.iter().filter_map(|t| t.verdict.as_ref()).collect();
    let sets: Vec<&VerdictResult> = of_present
        .iter()
        .copied()
        .filter(|v| v.level == VerdictLevel::Identified)
        .collect();
    let mut sizes: Vec<f64> = sets.iter().map(|v| v.set_size as f64).collect();
    sizes.sort_by(f64::total_cmp);
    let mut set_sizes = BTreeMap::new();
    for set in &sets {
        *set_sizes.entry(set.set_size).or_default() += 1;
    }
    let counts = Counts::of(of_present.iter().copied());
    let absent_counts = Counts::of(absent.iter().filter_map(|t| t.verdict.as_ref()));
    let held = sets.iter().filter(|v| v.holds_truth).count();
    Some(Verdicts {
        present: counts,
        absent: absent_counts,
        identified_right: Rate::wilson(
            counts.identified_right,
            counts.total(),
            "spectra of present substances",
        ),
        false_identified: (absent_counts.total() > 0).then(|| false_rate(absent)),
        false_identified_by_substance: false_spread(absent, of_absent),
        coverage: Rate::wilson(held, sets.len(), "identified sets of present substances"),
        mean_set_size: (!sizes.is_empty()).then(|| sizes.iter().sum::<f64>() / sizes.len() as f64),
        median_set_size: super::bootstrap::quantile(&sizes, 0.5),
        set_sizes,
        false_rate_calibration: false_rate_calibration(absent),
        coverage_calibration: coverage_calibration(&sets),
    })
}

/// Share of absent substances' spectra that were called identified.
pub fn false_rate(absent: &[&Trial]) -> Rate {
    let judged = absent.iter().filter_map(|t| t.verdict.as_ref());
    let (count, n) = judged.fold((0, 0), |(count, n), v| {
        (
            count + usize::from(v.level == VerdictLevel::Identified),
            n + 1,
        )
    });
    Rate::wilson(count, n, "spectra of absent substances")
}

fn false_spread(absent: &[&Trial], clusters: &Clusters) -> Option<Interval> {
    let mut sums = vec![(0_u32, 0_u32); clusters.count];
    for (trial, cluster) in absent.iter().zip(&clusters.of) {
        if let Some(verdict) = &trial.verdict {
            sums[*cluster].0 += 1;
            sums[*cluster].1 += u32::from(verdict.level == VerdictLevel::Identified);
        }
    }
    interval(&[clusters.count], |weights| {
        let weighed = sums.iter().zip(&weights[0]);
        let (n, k) = weighed.fold((0, 0), |(n, k), (s, w)| (n + s.0 * w, k + s.1 * w));
        (n > 0).then(|| f64::from(k) / f64::from(n))
    })
}

fn false_rate_calibration(absent: &[&Trial]) -> Vec<Calibrated> {
    let judged: Vec<&VerdictResult> = absent.iter().filter_map(|t| t.verdict.as_ref()).collect();
    let identified = |v: &&&VerdictResult| v.level == VerdictLevel::Identified;
    let mut stated: Vec<f64> = judged
        .iter()
        .filter(identified)
        .filter_map(|v| v.stated_false)
        .collect();
    stated.sort_by(f64::total_cmp);
    let levels: Vec<f64> = {
        let mut distinct = stated.clone();
        distinct.dedup();
        let step = distinct.len().div_ceil(POINTS).max(1);
        let last = distinct.len().saturating_sub(1);
        let kept = distinct.into_iter().enumerate();
        kept.filter(|(i, _)| i % step == 0 || *i == last)
            .map(|(_, level)| level)
            .collect()
    };
    levels
        .into_iter()
        .map(|level| Calibrated {
            stated: level,
            measured: Rate::wilson(
                stated.partition_point(|s| *s <= level),
                judged.len(),
                "spectra of absent substances",
            ),
        })
        .collect()
}

fn coverage_calibration(sets: &[&VerdictResult]) -> Vec<Calibrated> {
    let mut by_stated: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for set in sets {
        if let Some(stated) = set.stated_coverage.filter(|c| (0.0..=1.0).contains(c)) {
            let counts = by_stated
                .entry((stated * 100.0).round() as u32)
                .or_default();
            counts.0 += usize::from(set.holds_truth);
            counts.1 += 1;
        }
    }
    by_stated
        .into_iter()
        .map(|(stated, (held, n))| Calibrated {
            stated: f64::from(stated) / 100.0,
            measured: Rate::wilson(held, n, "identified sets of present substances"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::sample::trial;
    use approx::assert_relative_eq;

    fn judged(present: bool, level: VerdictLevel, size: usize, holds: bool, stated: f64) -> Trial {
        let mut trial = trial("a", present, present.then_some(1), 0.9);
        let identified = level == VerdictLevel::Identified;
        trial.verdict = Some(VerdictResult {
            level,
            set_size: size,
            holds_truth: holds,
            stated_false: identified.then_some(stated),
            stated_coverage: identified.then_some(0.95),
        });
        trial
    }

    #[test]
    fn confusion_coverage_and_calibration_by_hand() {
        use VerdictLevel::{ClassOnly, Identified, Inconclusive, NotInLibrary};
        let present = [
            judged(true, Identified, 1, true, 0.01),
            judged(true, Identified, 4, true, 0.01),
            judged(true, Identified, 1, false, 0.01),
            judged(true, ClassOnly, 0, false, 0.0),
            judged(true, NotInLibrary, 0, false, 0.0),
        ];
        let absent = [
            judged(false, Identified, 1, false, 0.01),
            judged(false, Identified, 1, false, 0.2),
            judged(false, Inconclusive, 0, false, 0.0),
            judged(false, NotInLibrary, 0, false, 0.0),
        ];
        let (p, a): (Vec<&Trial>, Vec<&Trial>) =
            (present.iter().collect(), absent.iter().collect());
        let clusters = Clusters::by(a.iter().map(|t| t.key.as_str()));
        let figures = verdicts(&p, &a, &clusters).unwrap();
        assert_eq!(
            (
                figures.present.identified_right,
                figures.present.identified_wrong
            ),
            (2, 1)
        );
        assert_eq!((figures.present.total(), figures.absent.total()), (5, 4));
        assert_relative_eq!(figures.identified_right.estimate, 0.4);
        assert_relative_eq!(figures.coverage.estimate, 2.0 / 3.0);
        assert_relative_eq!(figures.mean_set_size.unwrap(), 2.0);
        assert_relative_eq!(figures.median_set_size.unwrap(), 1.0);
        assert_eq!(figures.set_sizes, BTreeMap::from([(1, 2), (4, 1)]));
        assert_relative_eq!(figures.false_identified.unwrap().estimate, 0.5);
        let curve: Vec<(f64, f64)> = figures
            .false_rate_calibration
            .iter()
            .map(|c| (c.stated, c.measured.estimate))
            .collect();
        assert_eq!(curve, [(0.01, 0.25), (0.2, 0.5)]);
        assert_eq!(figures.coverage_calibration.len(), 1);
        assert_relative_eq!(figures.coverage_calibration[0].stated, 0.95);
        assert_eq!(verdicts(&[], &[], &Clusters::default()), None);
    }
}
