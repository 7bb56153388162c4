//! What the verdict is made from: the candidates' set and the quantities that tell a right best
//! candidate from a wrong one.

use crate::prepare::Family;
use crate::search::Hit;

/// Candidates of a ranking that stand for a decision, best first.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    hits: Vec<&'a Hit>,
}

/// Distance from the perfect score that counts even for a perfect best candidate.
const SPARE: f64 = 0.05;

impl<'a> Standing<'a> {
    /// Hits, best first.
    pub fn of(hits: impl IntoIterator<Item = &'a Hit>) -> Self {
        Self {
            hits: hits.into_iter().collect(),
        }
    }

    /// The best candidate.
    pub fn best(&self) -> Option<&'a Hit> {
        self.hits.first().copied()
    }

    /// The first `count` candidates, or as many as there are.
    pub fn leading(&self, count: usize) -> &[&'a Hit] {
        &self.hits[..count.min(self.hits.len())]
    }

    /// `0.05 + 1 - best score`: what distances from the best score are measured in.
    pub fn allowance(&self) -> f64 {
        let best = self.best().map_or(0.0, |b| b.score);
        (SPARE + 1.0 - best).max(f64::MIN_POSITIVE)
    }

    /// How far a candidate lies behind the best one, in shares of the best one's own distance from
    /// a perfect score: `(best - score) / (0.05 + 1 - best)`.
    pub fn behind(&self, hit: &Hit) -> f64 {
        let best = self.best().map_or(0.0, |b| b.score);
        (best - hit.score) / self.allowance()
    }

    /// Number of leading candidates not further behind than `width`.
    pub fn set_size(&self, width: f64) -> usize {
        self.hits
            .iter()
            .take_while(|hit| self.behind(hit) <= width)
            .count()
    }

    /// These quantities, or `None` where the ranking is empty or one of them is not known.
    pub fn quantities<'n>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
        width: f64,
    ) -> Option<Vec<f64>> {
        let best = self.best()?;
        names
            .into_iter()
            .map(|name| self.quantity(best, name, width))
            .collect()
    }

    fn quantity(&self, best: &Hit, name: &str, width: f64) -> Option<f64> {
        let stated = |name: &str| best.scores.iter().find(|(n, _)| *n == name).map(|s| s.1);
        Some(match name {
            "score" => best.score,
            "closeness" => closeness(best.score),
            "correlation_closeness" => closeness(stated("correlation")?),
            "gap" => {
                // A candidate that stands alone has nothing to be told apart from.
                let others = &self.hits[1..];
                let next = self.hits.get(self.set_size(width)).or(others.last());
                best.score - next.map_or(0.0, |hit| hit.score)
            }
            "crowd" => {
                let others: Vec<f64> = self.hits.iter().skip(1).take(9).map(|h| h.score).collect();
                others.iter().sum::<f64>() / others.len().max(1) as f64
            }
            "tilt" => stated(name)?.abs(),
            "heaviest_ion" | "matched_peaks" | "support" => stated(name)?.ln_1p(),
            _ => stated(name)?,
        })
    }
}

/// `-ln(1.0001 - score)`: stretches the differences between high scores.
fn closeness(score: f64) -> f64 {
    -(1.0001 - score.min(1.0)).ln()
}

/// The quantities that the acceptance model of a family learns to weigh; one learned earlier weighs those
/// that it names.
pub fn names_of(family: Family) -> &'static [&'static str] {
    match family {
        Family::EiMs | Family::EiMsPrincipal => &[
            "score",
            "closeness",
            "correlation_closeness",
            "gap",
            "crowd",
            "foreign",
            "lacking",
            "surplus",
            "deficit",
            "tilt",
            "scatter",
            "molecular_ion",
            "above_molecular_ion",
            "largest_surplus",
            "largest_deficit",
            "heaviest_ion",
            "fragments",
        ],
        Family::MsMs => &[
            "score",
            "closeness",
            "gap",
            "crowd",
            "explained",
            "missing",
            "matched_peaks",
            "support",
        ],
        Family::Raman | Family::Infrared | Family::NearInfrared => &[
            "score",
            "closeness",
            "gap",
            "crowd",
            "axis_rms",
            "flexibility",
            "unexplained",
            "missing",
            "extra",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(score: f64) -> Hit {
        let names = ["axis_rms", "flexibility", "unexplained", "missing", "extra"];
        Hit {
            scores: names.map(|name| (name, 0.0)).to_vec(),
            ..Hit::scored(score)
        }
    }

    #[test]
    fn sets_widen_with_the_distance_from_a_perfect_score() {
        let hits = [hit(0.95), hit(0.93), hit(0.92), hit(0.5)];
        let standing = Standing::of(&hits);
        // 0.25 * (0.05 + 0.05) = 0.025 behind the best.
        assert_eq!(standing.set_size(0.25), 2);
        assert_eq!(standing.set_size(0.5), 3);
        let names = names_of(Family::Raman);
        let values = standing.quantities(names.iter().copied(), 0.25).unwrap();
        let value = |name: &str| values[names.iter().position(|n| *n == name).unwrap()];
        assert!((value("gap") - 0.03).abs() < 1e-12);
        assert!((value("crowd") - (0.93 + 0.92 + 0.5) / 3.0).abs() < 1e-12);
        assert!(standing.quantities(["of another version"], 0.25).is_none());
        assert!(
            Standing::of(&hits[..0])
                .quantities(["score"], 0.25)
                .is_none()
        );
    }
}
