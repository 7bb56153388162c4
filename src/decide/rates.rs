//! The rates that a verdict tells: the laboratory's own where it measured enough, else those learned.

use crate::library::{Calibration, Library, Rate, Uncalibrated, ValidatedFigures};
use crate::prepare::Family;

/// Spectra from which a laboratory's own rate is told: none wrong in fewer still leaves a rate of more than 9 %.
pub(super) const LEAST_OWN: usize = 40;

/// A laboratory's own rate where it was measured on enough spectra.
fn enough(rate: Option<&Rate>) -> Option<&Rate> {
    rate.filter(|rate| rate.n >= LEAST_OWN)
}

/// The rates of a family of references.
pub(super) struct Rates<'a> {
    calibration: &'a Calibration,
    own: Option<&'a ValidatedFigures>,
    uncalibrated: Option<&'a Uncalibrated>,
}

impl<'a> Rates<'a> {
    /// Those of a library.
    pub fn of(calibration: &'a Calibration, library: &'a Library, family: Family) -> Self {
        Self {
            calibration,
            own: library.own_figures(family),
            uncalibrated: None,
        }
    }

    /// Those of spectra whose axis was put right, which no validation tells apart.
    pub fn uncalibrated(calibration: &'a Calibration, learned: &'a Uncalibrated) -> Self {
        Self {
            calibration,
            own: None,
            uncalibrated: Some(learned),
        }
    }

    fn own(&self, rate: impl Fn(&'a ValidatedFigures) -> Option<&'a Rate>) -> Option<&'a Rate> {
        enough(self.own.and_then(rate))
    }

    /// How often an absent substance is called identified.
    pub fn false_positive(&self) -> &'a Rate {
        let own = self.own(|figures| figures.false_identified.as_ref());
        let learned = self.uncalibrated.map(|learned| &learned.false_positive);
        own.or(learned).unwrap_or(&self.calibration.false_positive)
    }

    /// How often a present substance is called not in the library.
    pub fn missed(&self) -> &'a Rate {
        let own = self.own(|figures| figures.missed.as_ref());
        own.unwrap_or(&self.calibration.missed)
    }

    /// How often identified sets hold the true substance, and whether the laboratory measured that itself.
    pub fn coverage(&self) -> (&'a Rate, bool) {
        let own = self.own(|figures| figures.coverage.as_ref());
        let learned = self.uncalibrated.map(|learned| &learned.coverage);
        let told = own.or(learned).unwrap_or(&self.calibration.coverage);
        (told, own.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_spectra_are_no_rate_of_ones_own() {
        let of = |n: usize| {
            let figures = ValidatedFigures {
                missed: Some(Rate::wilson(n / 10, n, "own")),
                ..ValidatedFigures::default()
            };
            enough(figures.missed.as_ref()).is_some()
        };
        assert!(!of(LEAST_OWN - 1) && of(LEAST_OWN));
    }
}
