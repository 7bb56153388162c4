#![doc = include_str!("guide.md")]

mod background;
mod blank;
mod cluster;
mod deconvolve;
mod ladder;
mod maxima;
mod model;
mod nnls;
mod noise;
mod peak;
mod sift;
mod skew;
mod traces;

#[cfg(test)]
mod tests;

pub use background::Background;
pub use blank::{CLEARLY_GREATER, is_measured, mark_blank};
pub use ladder::{Ladder, LadderError};
pub use peak::{Ion, Peak};

use crate::spectrum::Spectrum;
use model::Model;
use noise::Noise;
use skew::Skew;
use thiserror::Error;
use traces::Traces;

/// Which peaks are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Smallest area, per cent of all peaks.
    pub min_area_percent: f64,
    /// Smallest signal-to-noise.
    pub min_signal_to_noise: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            min_area_percent: 0.001,
            min_signal_to_noise: 10.0,
        }
    }
}

/// Why a run has no chromatogram. Each is one sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChromatogramError {
    /// Not enough scans.
    #[error("The run has {0} scans; peaks need at least 10.")]
    TooFew(usize),
    /// Times that do not rise.
    #[error("The scans of the run have no retention times that rise.")]
    Time,
    /// Empty scans.
    #[error("The scans of the run hold no ion of m/z 1 to 2000.")]
    NoIons,
}

/// A run as peaks over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Chromatogram {
    /// Retention time in s and total ion current of each scan.
    pub total: Vec<(f64, f64)>,
    /// Peaks by retention time.
    pub peaks: Vec<Peak>,
    /// How many more were found that are smaller than the settings ask for.
    pub too_small: usize,
    /// The run's noise factor: noise over the square root of the abundance.
    pub noise_factor: f64,
    /// By how many scans the maxima of the heaviest ions come later than those of the lightest.
    pub skew: f64,
}

impl Chromatogram {
    /// Finds the peaks of a run. `scans` are its scans in order of time.
    ///
    /// # Errors
    /// [`ChromatogramError`] where the scans are too few, have no times that rise, or hold no ion.
    pub fn of(scans: &[&Spectrum], settings: &Settings) -> Result<Self, ChromatogramError> {
        let traces = Traces::of(scans)?;
        let noise = Noise::of(&traces);
        let (models, skew) = models(&traces, &noise);
        let mut components = sift::components(models, &traces, &noise, &skew);
        let all = components.len();
        components.retain(|c| c.ratio >= settings.min_signal_to_noise);
        let mut peaks: Vec<Peak> = components.iter().map(|c| Peak::of(c, &traces)).collect();
        peak::shares(&mut peaks, settings);
        let range = |end: Option<&traces::Trace>| end.map_or(0.0, |t| f64::from(t.mz));
        Ok(Self {
            total: traces
                .times
                .iter()
                .copied()
                .zip(traces.total.iter().copied())
                .collect(),
            too_small: all - peaks.len(),
            peaks,
            noise_factor: noise.factor,
            skew: skew.slope * (range(traces.ions.last()) - range(traces.ions.first())),
        })
    }
}

/// The shapes of all components, by time, and the skew that was taken out.
fn models(traces: &Traces, noise: &Noise) -> (Vec<Model>, Skew) {
    let mut maxima = maxima::maxima(traces, noise);
    maxima.sort_by(|a, b| a.apex.total_cmp(&b.apex).then(a.ion.cmp(&b.ion)));
    let mut clusters = cluster::clusters(&maxima, traces.len());
    let skew = Skew::of(&clusters, &maxima, traces);
    if skew != Skew::default() {
        for maximum in &mut maxima {
            let mz = traces.ions.get(maximum.ion).map_or(0, |t| t.mz);
            maximum.apex -= skew.shift(mz);
        }
        maxima.sort_by(|a, b| a.apex.total_cmp(&b.apex).then(a.ion.cmp(&b.ion)));
        clusters = cluster::clusters(&maxima, traces.len());
    }
    let shapes = clusters
        .iter()
        .filter_map(|c| model::model(c, &maxima, traces, &skew));
    let mut models: Vec<Model> = shapes.collect();
    models.sort_by(|a, b| a.apex.total_cmp(&b.apex));
    model::drop_blends(&mut models);
    (models, skew)
}
