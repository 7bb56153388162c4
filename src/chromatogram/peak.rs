//! Peaks as they are told: areas, retention, spectra.

use super::deconvolve::Component;
use super::traces::Traces;
use super::{Background, Settings};
use crate::spectrum::{Axis, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};

/// One ion of a peak's spectrum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ion {
    /// Nominal m/z.
    pub mz: u32,
    /// Abundance in the peak's highest scan, in the unit of the run.
    pub abundance: f64,
}

/// A chromatographic peak: one component, with what it has by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Peak {
    /// Retention time of the apex, s, between scans.
    pub retention_s: f64,
    /// The scan nearest to the apex: position in the file, from 0.
    pub scan: usize,
    /// Where the peak begins, s.
    pub start_s: f64,
    /// Where it ends, s.
    pub end_s: f64,
    /// Width at half height, s.
    pub width_s: f64,
    /// Sum of its ions' abundances in the highest scan.
    pub height: f64,
    /// Sum of its ions' abundances over the peak, abundance x s.
    pub area: f64,
    /// Per cent of the areas of all peaks that were found.
    pub area_percent: f64,
    /// Height over the noise of the same ions' sum.
    pub signal_to_noise: f64,
    /// Share of what stands above the baseline in the highest scan that is this peak's.
    pub purity: f64,
    /// Its spectrum, by rising m/z.
    pub ions: Vec<Ion>,
    /// Its shape: retention time in s, sum of its ions' abundances.
    pub profile: Vec<(f64, f64)>,
    /// What it is where it is not of the sample.
    pub background: Option<Background>,
    /// Whether one of its ions reaches the ceiling of the run.
    pub saturated: bool,
    /// Whether the blank has it, too; `None` without a blank.
    pub in_blank: Option<bool>,
}

impl Peak {
    pub(super) fn of(component: &Component, traces: &Traces) -> Self {
        let model = &component.model;
        let ions = component.ions.clone();
        let height: f64 = ions.iter().map(|ion| ion.abundance).sum();
        let scans = model.from..model.end().min(traces.len());
        let seconds: f64 = scans
            .map(|scan| model.at(scan) * traces.seconds(scan))
            .sum();
        let place = |scan: usize| traces.places.get(scan).copied().unwrap_or_default();
        let nearest = model.apex.round().max(0.0) as usize;
        let half = model.width / 2.0;
        // From the scan before to the scan behind, where nothing of it is left.
        let drawn = model.from.saturating_sub(1)..(model.end() + 1).min(traces.len());
        let profile = drawn.map(|scan| (traces.time_at(scan as f64), height * model.at(scan)));
        Self {
            retention_s: traces.time_at(model.apex),
            scan: place(nearest.min(traces.len().saturating_sub(1))),
            // The apex lies between scans; a shape of one scan can lie beside it.
            start_s: traces.time_at(model.apex.min(model.from as f64)),
            end_s: traces.time_at(model.apex.max(model.end().saturating_sub(1) as f64)),
            width_s: traces.time_at(model.apex + half) - traces.time_at(model.apex - half),
            height,
            area: height * seconds,
            area_percent: 0.0,
            signal_to_noise: component.ratio,
            purity: component.purity,
            background: Background::of(&ions),
            ions,
            profile: profile.collect(),
            saturated: component.clipped,
            in_blank: None,
        }
    }

    /// The peak's spectrum as a spectrum of the run's file: identity and warnings are not taken over, the
    /// position is that of its highest scan.
    pub fn spectrum(&self, title: String, scan: &Spectrum) -> Spectrum {
        let mz = self.ions.iter().map(|ion| f64::from(ion.mz)).collect();
        let abundance = self.ions.iter().map(|ion| ion.abundance).collect();
        let axis = Axis::Explicit(mz);
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, abundance);
        spectrum.title = title;
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        spectrum.retention = Some(self.retention_s);
        spectrum.provenance = scan.provenance.clone();
        spectrum.provenance.index = self.scan;
        spectrum.provenance.id = None;
        spectrum
    }
}

/// Tells each peak's share of the area of all, and leaves out those that are too small.
pub(super) fn shares(peaks: &mut Vec<Peak>, settings: &Settings) {
    let all: f64 = peaks.iter().map(|p| p.area).sum();
    for peak in peaks.iter_mut() {
        peak.area_percent = 100.0 * peak.area / all.max(f64::MIN_POSITIVE);
    }
    peaks.retain(|p| p.area_percent >= settings.min_area_percent);
}
