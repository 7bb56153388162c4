//! A chromatographic run of `specid identify` as it was written.

use super::{
    Candidate, Component, Hypotheses, OfPeak, Program, Quality, Ranked, Reason, Residual,
    SearchedLibrary, Source, Verdict, Warning,
};
use crate::report::{Amends, Parameters, Recorded};
use crate::spectrum::{Axis, Shape, Spectrum, Technique};
use serde::Deserialize;

/// How a run's peaks were found.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct RunFacts {
    /// Number of scans.
    pub scans: usize,
    /// Retention time of the first scan, s.
    pub first_s: f64,
    /// Retention time of the last scan, s.
    pub last_s: f64,
    /// Smallest area told, per cent.
    pub min_area_percent: f64,
    /// Smallest signal-to-noise told.
    pub min_signal_to_noise: f64,
    /// The blank run.
    pub blank: Option<String>,
    /// SHA-256 of its file.
    pub blank_sha256: Option<String>,
    /// The ladder of retention indices.
    pub ri_ladder: Option<String>,
    /// SHA-256 of its file.
    pub ri_ladder_sha256: Option<String>,
    /// The internal standard.
    pub internal_standard: Option<InternalStandard>,
}

/// The internal standard of a run.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct InternalStandard {
    /// What was asked for.
    pub asked: String,
    /// Number of its peak; `None` where there is none.
    pub peak: Option<usize>,
}

/// A peak of a run.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Peak {
    /// Where it is, and how large.
    #[serde(flatten)]
    pub place: OfPeak,
    /// What it is where it is not of the sample.
    #[serde(default)]
    pub background: Option<String>,
    /// m/z and abundance of its ions.
    #[serde(default)]
    pub ions: Vec<(f64, f64)>,
    /// What is said of it.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// Candidates, best first.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// Components; `None` where not several are named.
    #[serde(default)]
    pub components: Option<Vec<Component>>,
    /// What they leave.
    #[serde(default)]
    pub residual: Option<Residual>,
    /// What the shares mean.
    #[serde(default)]
    pub component_notes: Vec<String>,
    /// Hypotheses.
    #[serde(default)]
    pub emerging: Option<Hypotheses>,
    /// Quality of its spectrum.
    #[serde(default)]
    pub quality: Option<Quality>,
    /// Why it could not be searched for.
    #[serde(default)]
    pub error: Option<Reason>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Run {
    /// Where it came from.
    pub source: Source,
    /// How its peaks were found.
    #[serde(default)]
    pub run: RunFacts,
    /// Its peaks by time.
    pub peaks: Vec<Peak>,
    /// What reading and finding peaks found odd.
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// What the result is not, and what would confirm it.
    #[serde(default)]
    pub notice: String,
    /// The library.
    pub library: SearchedLibrary,
    /// The program.
    #[serde(default)]
    pub program: Program,
    /// The settings.
    #[serde(default)]
    pub parameters: Option<Parameters>,
    /// The earlier result that it takes the place of.
    #[serde(default)]
    pub amends: Option<Amends>,
    /// Where it is recorded.
    #[serde(default)]
    pub recorded: Option<Recorded>,
}

impl Run {
    /// Whether a peak is the internal standard, which is no part of the sample.
    pub fn is_standard(&self, peak: &Peak) -> bool {
        let standard = self.run.internal_standard.as_ref();
        standard.is_some_and(|standard| standard.peak == Some(peak.place.number))
    }

    /// Whether a peak is of the sample: neither background, nor in the blank, nor the internal standard.
    pub fn is_own(&self, peak: &Peak) -> bool {
        !peak.is_background() && !self.is_standard(peak)
    }

    /// What is said of a peak, as of a spectrum by itself; `None` where it was not searched for.
    pub fn result_of(&self, peak: &Peak) -> Option<Ranked> {
        Some(Ranked {
            peak: None,
            source: self.source.clone(),
            technique: Technique::EiMs.id().to_owned(),
            title: String::new(),
            verdict: peak.verdict.clone()?,
            alerts: Vec::new(),
            targets: Vec::new(),
            components: peak.components.clone(),
            residual: peak.residual.clone(),
            component_notes: peak.component_notes.clone(),
            emerging: peak.emerging.clone(),
            candidates: peak.candidates.clone(),
            quality: peak.quality.clone().unwrap_or_default(),
            warnings: Vec::new(),
            notice: self.notice.clone(),
            library: self.library.clone(),
            program: self.program.clone(),
            parameters: None,
            amends: None,
            recorded: None,
        })
    }
}

impl Peak {
    /// A peak of which nothing is known yet but where it is.
    pub fn at(place: OfPeak) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    /// Its own spectrum.
    pub fn spectrum(&self) -> Spectrum {
        let (mz, abundances): (Vec<f64>, Vec<f64>) = self.ions.iter().copied().unzip();
        Spectrum::new(
            Technique::EiMs,
            Shape::Sticks,
            Axis::Explicit(mz),
            abundances,
        )
    }

    /// Whether it is not of the sample.
    pub fn is_background(&self) -> bool {
        self.background.is_some() || self.place.in_blank == Some(true)
    }
}
