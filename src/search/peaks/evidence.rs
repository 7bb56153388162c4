//! What speaks for one MS/MS reference.

use crate::correlate::score::entropy::{Peak, Shared, similarity_of_peaks};
use crate::library::{LEAST_LOSS, PeakLists, Resolution, neutral_losses};
use crate::spectrum::Spectrum;

/// Weight of the neutral losses beside the fragments, where precursors are not compared.
pub(super) const LOSSES: f64 = 0.5;

/// The query at both resolutions.
#[derive(Debug)]
pub(super) struct Query {
    resolution: Resolution,
    precursor: Option<f64>,
    fine: Sides,
    unit: Sides,
}

/// Peaks and the losses from the precursor that they stand for.
#[derive(Debug)]
pub(super) struct Sides {
    pub peaks: Vec<Peak>,
    pub losses: Vec<Peak>,
}

/// How one reference compares with the query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// Ranking score, 0 to 1.
    pub score: f64,
    /// Of the peaks, at the resolution of the pair.
    pub fragments: Shared,
    /// Of the neutral losses, where they count.
    pub losses: Option<Shared>,
}

impl Sides {
    fn of(spectrum: &Spectrum, resolution: Resolution, precursor: Option<f64>) -> Self {
        let peaks = resolution.peaks(spectrum);
        let losses = precursor.map(|mz| neutral_losses(peaks.iter().copied(), mz).collect());
        Self {
            peaks,
            losses: losses.unwrap_or_default(),
        }
    }
}

impl Query {
    pub fn of(spectrum: &Spectrum) -> Self {
        let precursor = spectrum.precursor.as_ref().and_then(|p| p.mz);
        let precursor = precursor.filter(|mz| mz.is_finite());
        Self {
            resolution: Resolution::of(spectrum),
            precursor,
            fine: Sides::of(spectrum, Resolution::Fine, precursor),
            unit: Sides::of(spectrum, Resolution::Unit, precursor),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.fine.peaks.is_empty()
    }

    /// Whether no peak lies below the precursor's.
    pub fn is_only_precursor(&self) -> bool {
        let own = &self.at(self.resolution).peaks;
        let fragment = |p: &Peak| self.precursor.is_none_or(|mz| mz - p.0 > LEAST_LOSS);
        !own.iter().any(fragment)
    }

    /// The query at a resolution.
    pub fn at(&self, resolution: Resolution) -> &Sides {
        match resolution {
            Resolution::Fine => &self.fine,
            Resolution::Unit => &self.unit,
        }
    }

    /// The resolution at which references of another are compared: unit where one of the two is.
    pub fn common(&self, other: Resolution) -> Resolution {
        match (self.resolution, other) {
            (Resolution::Fine, Resolution::Fine) => Resolution::Fine,
            _ => Resolution::Unit,
        }
    }

    /// What the score with losses is divided by.
    pub fn most(&self) -> f64 {
        self.precursor.map_or(1.0, |_| 1.0 + LOSSES)
    }

    /// Compares a reference, at unit resolution where one of the two is.
    ///
    /// The score is the entropy similarity `S` of the peaks. Where `with_losses` is asked and the
    /// query states its precursor, it is `(S + L / 2) / (1 + 1 / 2)` with the same sum `L` over
    /// neutral losses: the peaks' distances from either spectrum's own precursor, at the peaks'
    /// weights. A wrong precursor leaves `S` to decide.
    pub fn compare(&self, lists: &PeakLists, row: usize, with_losses: bool) -> Option<Evidence> {
        let resolution = self.common(lists.resolution(row));
        let (own, tolerance) = (self.at(resolution), resolution.tolerance());
        let reference = lists.at(resolution).row(row)?;
        let fragments = Shared::of(own.peaks.iter().copied(), reference.clone(), tolerance);
        let shared_losses = self.precursor.filter(|_| with_losses).map(|_| {
            let precursor = lists.precursor.get(row).copied().unwrap_or(f64::NAN);
            let theirs = neutral_losses(reference, precursor);
            Shared::of(own.losses.iter().copied(), theirs, tolerance)
        });
        let score = match shared_losses {
            Some(l) => (fragments.similarity + LOSSES * l.similarity) / self.most(),
            None => fragments.similarity,
        };
        Some(Evidence {
            score,
            fragments,
            losses: shared_losses,
        })
    }

    /// The entropy similarity as published, at 0.02 m/z whatever the instruments.
    pub fn published(&self, lists: &PeakLists, row: usize) -> Vec<(&'static str, f64)> {
        let reference: Vec<Peak> = lists.fine.row(row).into_iter().flatten().collect();
        let tolerance = Resolution::Fine.tolerance();
        let entropy = similarity_of_peaks(&self.fine.peaks, &reference, tolerance);
        vec![("entropy", entropy)]
    }
}

impl Evidence {
    /// Named features: `similarity` (entropy similarity at the resolution of the pair), `losses` (the
    /// same of neutral losses, where they count), `matched_peaks`, `explained` (share of the query's
    /// entropy-weighted intensity in matched peaks), `missing` (share of the reference's in unmatched
    /// ones).
    pub fn features(&self) -> Vec<(&'static str, f64)> {
        let mut features = vec![("similarity", self.fragments.similarity)];
        features.extend(self.losses.map(|l| ("losses", l.similarity)));
        features.extend([
            ("matched_peaks", self.fragments.peaks as f64),
            ("explained", self.fragments.of_query),
            ("missing", (1.0 - self.fragments.of_reference).max(0.0)),
        ]);
        features
    }
}
