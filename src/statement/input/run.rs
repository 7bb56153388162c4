//! A chromatographic run of `specid identify` as it was written.

use super::{
    Candidate, Component, Hypotheses, Program, Quality, Ranked, Reason, Residual, SearchedLibrary,
    Source, Verdict, Warning,
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
    /// The ladder of retention indices.
    pub ri_ladder: Option<String>,
}

/// A peak of a run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Peak {
    /// 1 for the first in time.
    pub number: usize,
    /// Retention time of its apex, min.
    pub retention_min: f64,
    /// Per cent of the area of all peaks.
    #[serde(default)]
    pub area_percent: f64,
    /// Height over noise.
    #[serde(default)]
    pub signal_to_noise: f64,
    /// Share of the signal at the apex that is this peak's.
    #[serde(default)]
    pub purity: f64,
    /// Retention index.
    #[serde(default)]
    pub retention_index: Option<f64>,
    /// What it is where it is not of the sample.
    #[serde(default)]
    pub background: Option<String>,
    /// Whether the blank has it, too.
    #[serde(default)]
    pub in_blank: Option<bool>,
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
        self.background.is_some() || self.in_blank == Some(true)
    }
}
