//! How well a score tells present substances that were found from absent ones.
//!
//! For a threshold t: *right* is the share of present substances' spectra whose first candidate is
//! the right substance and scores at least t; *false* is the share of absent substances' spectra
//! whose first candidate scores at least t. The curve of right over false is the open-set
//! classification rate (Dhamija, Günther & Boult 2018, Reducing Network Agnostophobia); it ends at
//! the share ranked first, not at 1. The area under it is the chance that a spectrum of a present
//! substance is ranked rightly and above one of an absent substance, equal scores counting half.

use super::bootstrap::{Clusters, Interval, interval};
use super::trial::Trial;
use crate::decide::Rate;
use serde::Serialize;

/// Share of false ones at which the right ones are read.
pub const FALSE_SHARE: f64 = 0.01;
/// Fewest absent spectra of which such a share says anything: of fewer not even one is so small a share.
pub const FEWEST_ABSENT: usize = 100;
/// Share of right ones at which the false ones are read.
pub const RIGHT_SHARE: f64 = 0.90;
/// Points of a curve that are kept for output.
const KEPT: usize = 200;

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Least score.
    pub threshold: f64,
    /// Share of absent ones at or above it.
    #[serde(rename = "false")]
    pub wrong: f64,
    /// Share of present ones found rightly at or above it.
    pub right: f64,
}

/// A share read at a threshold that the data themselves gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The threshold; `None` above every score.
    pub threshold: Option<f64>,
    /// The share there; Wilson interval, the threshold taken as given.
    pub rate: Rate,
    /// Interval by the bootstrap over substances, in which the threshold varies too.
    pub by_substance: Option<Interval>,
}

/// The curve of one score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Roc {
    /// Name of the score.
    pub score: &'static str,
    /// Area under the curve.
    pub area: f64,
    /// Interval of the area by the bootstrap over substances.
    pub area_interval: Option<Interval>,
    /// Right at no more than [`FALSE_SHARE`] false; `None` with fewer than [`FEWEST_ABSENT`] absent ones.
    pub right_at_1_percent_false: Option<Reading>,
    /// False at [`RIGHT_SHARE`] right; `None` where so many are never right.
    pub false_at_90_percent_right: Option<Reading>,
    /// The curve from the highest threshold down, thinned.
    pub curve: Vec<Point>,
}

/// One spectrum on the curve.
struct Scored {
    score: f64,
    present: bool,
    right: bool,
    cluster: usize,
}

/// What one sweep over falling thresholds gives.
struct Swept {
    area: f64,
    right_at: (f64, f64),
    false_at: Option<(f64, f64)>,
}

/// The curve of `score`; `None` without present or without absent ones.
pub fn roc(
    score: &'static str,
    present: &[&Trial],
    absent: &[&Trial],
    of_present: &Clusters,
    of_absent: &Clusters,
) -> Option<Roc> {
    if present.is_empty() || absent.is_empty() {
        return None;
    }
    let scored = |trial: &Trial, present: bool, cluster: usize| Scored {
        score: trial
            .by(score)
            .and_then(|s| s.best)
            .unwrap_or(f64::NEG_INFINITY),
        present,
        right: present && trial.within(score, 1),
        cluster,
    };
    let of = |trials: &[&Trial], clusters: &Clusters, is_present: bool| -> Vec<Scored> {
        let pairs = trials.iter().zip(&clusters.of);
        pairs.map(|(t, c)| scored(t, is_present, *c)).collect()
    };
    let mut all = of(present, of_present, true);
    all.extend(of(absent, of_absent, false));
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    let sets = [of_present.count, of_absent.count];
    let ones = sets.map(|count| vec![1; count]);
    let mut curve = Vec::new();
    let swept = sweep(&all, &ones, |point| curve.push(point))?;
    let spread = |pick: fn(Swept) -> Option<f64>| {
        interval(&sets, |weights| pick(sweep(&all, weights, |_| {})?))
    };
    let reading = |(threshold, share): (f64, f64), n: usize, basis: &str, by_substance| Reading {
        threshold: threshold.is_finite().then_some(threshold),
        rate: Rate::wilson((share * n as f64).round() as usize, n, basis),
        by_substance,
    };
    Some(Roc {
        score,
        area: swept.area,
        area_interval: spread(|s| Some(s.area)),
        right_at_1_percent_false: (absent.len() >= FEWEST_ABSENT).then(|| {
            reading(
                swept.right_at,
                present.len(),
                "spectra of present substances",
                spread(|s| Some(s.right_at.1)),
            )
        }),
        false_at_90_percent_right: swept.false_at.map(|at| {
            let by_substance = spread(|s| s.false_at.map(|at| at.1));
            reading(
                at,
                absent.len(),
                "spectra of absent substances",
                by_substance,
            )
        }),
        curve: thinned(curve),
    })
}

/// Goes down the thresholds; `scored` falls, `weights` are those of present and absent clusters.
fn sweep(scored: &[Scored], weights: &[Vec<u32>], mut each: impl FnMut(Point)) -> Option<Swept> {
    let [present, absent] = weights else {
        return None;
    };
    let weight = |s: &Scored| {
        let of = if s.present { present } else { absent };
        f64::from(of.get(s.cluster).copied().unwrap_or(0))
    };
    let total = |is_present: bool| -> f64 {
        let of = scored.iter().filter(|s| s.present == is_present);
        of.map(weight).sum()
    };
    let (all_present, all_absent) = (total(true), total(false));
    if all_present == 0.0 || all_absent == 0.0 {
        return None;
    }
    let (mut right, mut wrong, mut area) = (0.0, 0.0, 0.0);
    let mut right_at = (f64::INFINITY, 0.0);
    let mut false_at = None;
    for equal in scored.chunk_by(|a, b| a.score == b.score) {
        let add = |pick: fn(&Scored) -> bool| -> f64 {
            equal.iter().filter(|s| pick(s)).map(weight).sum()
        };
        let (more_right, more_wrong) = (add(|s| s.right), add(|s| !s.present));
        area += more_wrong * (right + more_right / 2.0);
        right += more_right;
        wrong += more_wrong;
        let point = Point {
            threshold: equal[0].score,
            wrong: wrong / all_absent,
            right: right / all_present,
        };
        if point.threshold == f64::NEG_INFINITY {
            break;
        }
        if point.wrong <= FALSE_SHARE {
            right_at = (point.threshold, point.right);
        }
        if false_at.is_none() && point.right >= RIGHT_SHARE {
            false_at = Some((point.threshold, point.wrong));
        }
        each(point);
    }
    Some(Swept {
        area: area / (all_present * all_absent),
        right_at,
        false_at,
    })
}

/// The corners of the curve, and of those at most about [`KEPT`].
fn thinned(curve: Vec<Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    for point in curve {
        if let [.., before, last] = corners.as_slice()
            && ((before.wrong == last.wrong && last.wrong == point.wrong)
                || (before.right == last.right && last.right == point.right))
        {
            corners.pop();
        }
        corners.push(point);
    }
    let last = corners.len().saturating_sub(1);
    let step = corners.len().div_ceil(KEPT).max(1);
    let kept = corners.into_iter().enumerate();
    kept.filter(|(i, _)| i % step == 0 || *i == last)
        .map(|(_, point)| point)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::sample::trial;
    use approx::assert_relative_eq;

    fn of(present: &[Trial], absent: &[Trial]) -> Option<Roc> {
        let (present, absent): (Vec<&Trial>, Vec<&Trial>) =
            (present.iter().collect(), absent.iter().collect());
        let clusters = |trials: &[&Trial]| Clusters::by(trials.iter().map(|t| t.key.as_str()));
        let (a, b) = (clusters(&present), clusters(&absent));
        roc("specid", &present, &absent, &a, &b)
    }

    #[test]
    fn the_area_by_hand() {
        // Present: right at 0.9 and 0.5, wrong at 0.8. Absent: 0.7, 0.5.
        let present = [
            trial("a", true, Some(1), 0.9),
            trial("b", true, Some(2), 0.8),
            trial("c", true, Some(1), 0.5),
        ];
        let absent = [trial("x", false, None, 0.7), trial("y", false, None, 0.5)];
        let roc = of(&present, &absent).unwrap();
        // Pairs: a over both (2), c equal to y (1/2), b never counts: 2.5 of 6.
        assert_relative_eq!(roc.area, 2.5 / 6.0);
        assert_eq!(roc.right_at_1_percent_false, None, "two are too few");
        assert_eq!(roc.false_at_90_percent_right, None, "one is never right");
        let last = roc.curve.last().unwrap();
        assert_relative_eq!(last.right, 2.0 / 3.0);
        assert_relative_eq!(last.wrong, 1.0);
    }

    #[test]
    fn one_of_a_hundred_needs_a_hundred() {
        let present = [
            trial("a", true, Some(1), 0.9),
            trial("b", true, Some(1), 0.6),
            trial("c", true, Some(1), 0.4),
        ];
        let absent = |n: usize| -> Vec<Trial> {
            let score = |i| if i == 0 { 0.7 } else { 0.5 };
            (0..n).map(|i| trial("x", false, None, score(i))).collect()
        };
        let few = of(&present, &absent(99)).unwrap();
        assert_eq!(few.right_at_1_percent_false, None);
        // One of a hundred may be false: all above 0.5, that is two of three.
        let enough = of(&present, &absent(100)).unwrap();
        let at = enough.right_at_1_percent_false.unwrap();
        assert_relative_eq!(at.rate.estimate, 2.0 / 3.0);
        assert_eq!(at.threshold, Some(0.6));
    }

    #[test]
    fn without_candidates_or_without_absent_ones() {
        let present = [trial("a", true, Some(1), 0.9)];
        assert!(of(&present, &[]).is_none());
        let mut silent = trial("x", false, None, 0.0);
        silent.scores[0].best = None;
        let roc = of(&present, &[silent]).unwrap();
        assert_relative_eq!(roc.area, 1.0);
        assert_eq!(roc.false_at_90_percent_right.unwrap().rate.estimate, 0.0);
    }
}
