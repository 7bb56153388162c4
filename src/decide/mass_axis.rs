//! Whether the masses of an EI spectrum are off: by one, or by a share.
//!
//! Losses and isotopes are the same on a wrong axis, so that only the library can show it. Where nothing is identified
//! the spectrum is searched again with its masses put right by each of a few changes; where a reference then fits far
//! better, the axis is in doubt and nothing can be said of what is not in the library. How many spectra of right and
//! wrong axes are told, and on what the limits were chosen, stands in `src/decide/guide/verdicts.md`.

use super::Quality;
use super::quality::Level;
use crate::library::{Library, LibraryError};
use crate::search::{Hit, Ranking, Searcher};
use crate::spectrum::{Axis, Spectrum, Technique};

/// Errors that are tried: what was added to the masses, or by what they were multiplied.
const TRIED: [Change; 10] = [
    Change::Added(-1.0),
    Change::Added(1.0),
    Change::Multiplied(0.99),
    Change::Multiplied(0.9925),
    Change::Multiplied(0.995),
    Change::Multiplied(0.9975),
    Change::Multiplied(1.0025),
    Change::Multiplied(1.005),
    Change::Multiplied(1.0075),
    Change::Multiplied(1.01),
];
/// Share of what the best score lacks to a perfect one that may be left with 1 added or taken off.
const LEFT: f64 = 0.4;
/// The same with masses multiplied: below m/z 200 that moves the heavy ions by one and leaves the light ones, as an
/// amine in the place of an alcohol does.
const LEFT_OF_SHARE: f64 = 0.33;
/// The same for correlations, of all references, from which it is worth looking.
const WORTH_LOOKING: f64 = 0.85;

/// An error of the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    /// This was added to all masses.
    Added(f64),
    /// All masses were multiplied by this.
    Multiplied(f64),
}

/// An axis that is in doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct MassAxis {
    /// The finding, with cause and remedy.
    pub finding: String,
}

impl MassAxis {
    /// Why nothing is said of a spectrum of which the masses may be off.
    pub const REASON: &'static str = "The masses may be off, as the quality says: a substance of the library may not be recognised, so that nothing can be said. Calibrate the mass axis and measure again.";

    /// Looks whether another axis explains an EI spectrum that was not identified; this is its ranking.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn doubt(
        spectrum: &Spectrum,
        ranking: &Ranking,
        searcher: &Searcher<'_>,
        library: &Library,
    ) -> Result<Option<Self>, LibraryError> {
        if spectrum.technique != Technique::EiMs {
            return Ok(None);
        }
        let Some(best) = ranking.hits.first() else {
            return Ok(None);
        };
        let correlation = searcher.nearest_ions(spectrum).unwrap_or(0.0);
        let nearest = TRIED.iter().filter_map(|change| {
            let right = change.undone(spectrum);
            Some((change, searcher.nearest_ions(&right)?, right))
        });
        let nearest = nearest.max_by(|a, b| a.1.total_cmp(&b.1));
        let worth = |found: f64| 1.0 - found <= WORTH_LOOKING * (1.0 - correlation);
        let Some((change, _, right)) = nearest.filter(|(_, found, _)| worth(*found)) else {
            return Ok(None);
        };
        let Ok(again) = searcher.rank(&right) else {
            return Ok(None);
        };
        let left = match change {
            Change::Added(_) => LEFT,
            Change::Multiplied(_) => LEFT_OF_SHARE,
        };
        let better = |hit: &&Hit| 1.0 - hit.score < left * (1.0 - best.score);
        let Some(hit) = again.hits.first().filter(better) else {
            return Ok(None);
        };
        let name = library.entry(hit.entry)?.identity.name;
        Ok(Some(Self {
            finding: change.finding(&name, hit.score, best.score),
        }))
    }

    /// Adds the finding to what limits a query.
    pub fn tell(self, quality: &mut Quality) {
        quality.find(Level::Limited, self.finding);
    }
}

impl Change {
    /// The spectrum without this error.
    fn undone(self, spectrum: &Spectrum) -> Spectrum {
        let whole = |mz: &f64| (mz - mz.round()).abs() < 1e-3;
        let all_whole = spectrum.axis.iter().all(|mz| whole(&mz));
        let right = |mz: f64| match (self, all_whole) {
            (Self::Added(added), _) => mz - added,
            (Self::Multiplied(factor), true) => (mz / factor).round(),
            (Self::Multiplied(factor), false) => mz / factor,
        };
        Spectrum {
            axis: Axis::Explicit(spectrum.axis.iter().map(right).collect()),
            ..spectrum.clone()
        }
    }

    fn finding(self, name: &str, found: f64, before: f64) -> String {
        let (off, put_right) = match self {
            Self::Added(added) if added > 0.0 => ("1 too high".to_owned(), "1 taken off"),
            Self::Added(_) => ("1 too low".to_owned(), "1 added"),
            Self::Multiplied(factor) if factor > 1.0 => (
                format!("too high by {:.2} %", 100.0 * (factor - 1.0)),
                "that taken off",
            ),
            Self::Multiplied(factor) => (
                format!("too low by {:.2} %", 100.0 * (1.0 - factor)),
                "that added",
            ),
        };
        format!(
            "The masses may be {off}: with {put_right} the best reference, {name}, scores {found:.2} instead of {before:.2}, which is a sign of the axis and identifies nothing. Calibrate the mass axis (PFTBA: m/z 69, 219, 502) and measure again."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Builder, Info, ReferenceKind};
    use crate::search::Options;
    use crate::spectrum::Shape;

    const IONS: [(f64, f64); 13] = [
        (41.0, 12.0),
        (42.0, 22.0),
        (51.0, 9.0),
        (55.0, 12.0),
        (77.0, 31.0),
        (82.0, 100.0),
        (83.0, 38.0),
        (94.0, 29.0),
        (105.0, 32.0),
        (122.0, 6.0),
        (182.0, 71.0),
        (198.0, 10.0),
        (303.0, 21.0),
    ];

    fn ei(name: &str, ions: impl Iterator<Item = (f64, f64)>) -> Spectrum {
        let (x, y) = ions.unzip();
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.identity.name = name.to_owned();
        spectrum
    }

    /// What is told of a spectrum against a library of one substance, and another.
    fn told(ions: impl Iterator<Item = (f64, f64)>) -> Option<String> {
        let mut builder = Builder::new(Info::default());
        let other = IONS.iter().map(|(mz, a)| (mz + 14.0, *a));
        for reference in [ei("cocaine", IONS.into_iter()), ei("other", other)] {
            builder.add(reference, ReferenceKind::FullSpectrum);
        }
        let (library, _) = builder.build(&|| {});
        let searcher = Searcher::new(&library, Options::default());
        let query = ei("", ions);
        let ranking = searcher.rank(&query).unwrap();
        let found = MassAxis::doubt(&query, &ranking, &searcher, &library);
        found.unwrap().map(|axis| axis.finding)
    }

    #[test]
    fn masses_that_are_off_are_told_with_the_error() {
        for (added, words) in [(1.0, "1 too high: with 1 taken off"), (-1.0, "1 too low")] {
            let said = told(IONS.into_iter().map(|(mz, a)| (mz + added, a))).unwrap();
            assert!(
                said.contains(words) && said.contains("cocaine, scores 1.00"),
                "{said}"
            );
        }
        let stretched = |mz: f64| (1.005 * mz).round();
        let said = told(IONS.into_iter().map(|(mz, a)| (stretched(mz), a))).unwrap();
        assert!(said.contains("too high by 0.50 %"), "{said}");
        // Not rounded, as an instrument that writes decimals has it.
        let said = told(IONS.into_iter().map(|(mz, a)| (0.995 * mz, a))).unwrap();
        assert!(said.contains("too low by 0.50 %"), "{said}");
    }

    #[test]
    fn right_masses_and_another_substance_are_no_error() {
        assert_eq!(told(IONS.into_iter()), None);
        let other = [57.0, 71.0, 85.0, 99.0, 113.0, 127.0, 141.0];
        assert_eq!(told(other.into_iter().map(|mz| (mz, 7000.0 / mz))), None);
    }
}
