//! Whether the query is good enough to be compared. Each finding says what is wrong and what to do.

mod curve;
mod ions;
mod peaks;

use crate::spectrum::{Shape, Spectrum};
use serde::{Deserialize, Serialize};

/// Overall quality of a query. The limits are rules of thumb, not error rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing stands against using it.
    Good,
    /// Usable with care; the findings say why.
    Limited,
    /// A ranking from it means little.
    Poor,
}

impl Level {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Limited => "limited",
            Self::Poor => "poor",
        }
    }
}

/// Quality of a query with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Overall.
    pub level: Level,
    /// Usable points or ions.
    pub points: usize,
    /// Signal-to-noise ratio of a curve: the range from the 5th percentile to the maximum over the
    /// standard deviation of the noise (robust, from second differences), for Raman spectra above the
    /// background. `None` for mass spectra and where the noise is below what the numbers resolve.
    pub signal_to_noise: Option<f64>,
    /// First m/z of an EI spectrum that begins so late that lighter ions were not measured.
    #[serde(skip)]
    pub scan_from: Option<u32>,
    /// A sentence or two for each thing that limits it: the cause, and the remedy.
    pub findings: Vec<String>,
    /// The same sentences, each with how much it limits.
    #[serde(skip)]
    pub judged: Vec<(Level, String)>,
}

/// Judges a query before it is prepared.
pub fn assess_quality(spectrum: &Spectrum) -> Quality {
    let y: Vec<f64> = spectrum
        .ordinate
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    let mut quality = Quality {
        level: Level::Good,
        points: y.len(),
        signal_to_noise: None,
        scan_from: None,
        findings: Vec::new(),
        judged: Vec::new(),
    };
    if spectrum.technique.is_mass() || spectrum.shape == Shape::Sticks {
        peaks::judge(spectrum, &y, &mut quality);
    } else {
        curve::judge(spectrum, &y, &mut quality);
    }
    quality
}

impl Quality {
    pub(super) fn find(&mut self, level: Level, sentence: String) {
        self.level = self.level.max(level);
        self.judged.push((level, sentence.clone()));
        self.findings.push(sentence);
    }
}
