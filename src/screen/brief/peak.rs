//! What a batch needs of a GC-MS run and of its peaks.

use crate::chromatogram::{Peak, Settings};
use serde::{Deserialize, Serialize};

/// The run of an injection in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InjectionBrief {
    /// Number of its scans.
    pub scans: usize,
    /// Peaks that were found.
    pub peaks: usize,
    /// Those of them that are of column bleed or air, which were not searched for.
    pub background: usize,
    /// Those of them that could not be searched for, such as those of too few ions.
    pub not_searched: usize,
    /// Peaks beside these that are smaller than was asked for.
    pub too_small: usize,
}

/// A peak of a GC-MS run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeakBrief {
    /// 1 for the first in time.
    pub number: usize,
    /// Retention time of the apex, min.
    pub retention_min: f64,
    /// Summed abundance of its ions over the peak, abundance x s.
    pub area: f64,
    /// Per cent of the area of all peaks found.
    pub area_percent: f64,
    /// Height over noise.
    pub signal_to_noise: f64,
    /// Share of the signal above the baseline at the apex that is this peak's, 0 to 1.
    pub purity: f64,
    /// Whether one of its ions reaches the ceiling of the run.
    pub saturated: bool,
}

impl PeakBrief {
    /// The peak of this number, counted from 1.
    pub fn of(number: usize, peak: &Peak) -> Self {
        Self {
            number,
            retention_min: peak.retention_s / 60.0,
            area: peak.area,
            area_percent: peak.area_percent,
            signal_to_noise: peak.signal_to_noise,
            purity: peak.purity,
            saturated: peak.saturated,
        }
    }
}

impl InjectionBrief {
    /// What of the run was not searched for, in words; `None` where there is nothing.
    pub fn left(&self) -> Option<String> {
        let smallest = Settings::default();
        let told = [
            (self.background, "of column bleed or air".to_owned()),
            (
                self.not_searched,
                "that could not be searched for".to_owned(),
            ),
            (
                self.too_small,
                format!(
                    "below a signal-to-noise of {} or {} % of the area",
                    smallest.min_signal_to_noise, smallest.min_area_percent
                ),
            ),
        ];
        let told = told.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}
