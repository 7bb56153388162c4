//! What a batch needs of a GC-MS run and of its peaks.

use crate::chromatogram::{Peak, Settings};
use crate::report::run::StandardView;
use serde::{Deserialize, Serialize};

/// The run of an injection in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InjectionBrief {
    /// Number of its scans.
    pub scans: usize,
    /// Peaks that were found.
    pub peaks: usize,
    /// Those of them that are of column bleed or air, and that nothing of the library is like.
    pub background: usize,
    /// Those of them that could not be searched for, such as those of too few ions.
    pub not_searched: usize,
    /// Peaks beside these that are smaller than was asked for.
    pub too_small: usize,
    /// What is said where the internal standard was not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_standard: Option<String>,
    /// What of the run could not be read, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
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
    /// Linear retention index; `None` without a ladder and outside it.
    #[serde(default)]
    pub retention_index: Option<f64>,
    /// Area over that of the internal standard.
    #[serde(default)]
    pub ratio_to_internal_standard: Option<f64>,
    /// Whether the blank has it, too; `None` without a blank.
    #[serde(default)]
    pub in_blank: Option<bool>,
    /// Whether one of its ions reaches the ceiling of the run.
    pub saturated: bool,
}

impl PeakBrief {
    /// The peak of this number, counted from 1, with its retention index.
    pub fn of(number: usize, peak: &Peak, retention_index: Option<f64>) -> Self {
        Self {
            number,
            retention_min: peak.retention_s / 60.0,
            area: peak.area,
            area_percent: peak.area_percent,
            signal_to_noise: peak.signal_to_noise,
            purity: peak.purity,
            retention_index,
            ratio_to_internal_standard: None,
            in_blank: peak.in_blank,
            saturated: peak.saturated,
        }
    }
}

impl PeakBrief {
    /// Whether it is the internal standard.
    pub fn is_standard(&self) -> bool {
        StandardView::is_itself(self.ratio_to_internal_standard)
    }

    /// What it has beside its time and area where runs are measured against a blank, a ladder or a standard: names
    /// and values.
    pub fn measured(&self) -> Vec<(&'static str, String)> {
        let index = self.retention_index.map(|index| format!("{index:.0}"));
        let ratio = self.ratio_to_internal_standard;
        let ratio = ratio.map(|ratio| match self.is_standard() {
            true => "it is the internal standard, which is not counted".to_owned(),
            false => format!("{ratio:.4}"),
        });
        let blank = self.in_blank.map(|has| match has {
            true => "it has this peak, too, which is not counted".to_owned(),
            false => "it does not have this peak".to_owned(),
        });
        let told = [
            ("Retention index", index),
            ("Area over the internal standard's", ratio),
            ("Blank", blank),
        ];
        let told = told.into_iter();
        told.filter_map(|(name, value)| Some((name, value?)))
            .collect()
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
