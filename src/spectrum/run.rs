//! A chromatographic run: many scans of one injection, not many samples.

use super::{Spectrum, Technique};
use serde::Serialize;

/// Fewer scans than this are taken as single spectra that happen to state a time.
const SCANS: usize = 10;
/// Peaks of the total ion current that are named.
const PEAKS: usize = 5;
/// Tops nearer than this, s, are taken as one peak.
const APART_S: f64 = 15.0;

/// One scan of a run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scan {
    /// Position in the file, from 0.
    pub index: usize,
    /// Retention time, s.
    pub retention_s: f64,
    /// Sum of the ordinates.
    pub total: f64,
}

/// A run of mass spectra over retention time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Number of scans.
    pub scans: usize,
    /// Retention time of the first scan, s.
    pub first_s: f64,
    /// Retention time of the last scan, s.
    pub last_s: f64,
    /// The scans at the highest peaks of the total ion current, highest first.
    pub peaks: Vec<Scan>,
}

/// Whether the spectrum is a scan that belongs to a run. Scans of selected ions (MS/MS) are
/// spectra of their own.
pub fn is_scan(spectrum: &Spectrum) -> bool {
    let mass = spectrum.technique == Technique::EiMs || spectrum.technique == Technique::Unknown;
    mass && spectrum.companion.is_none() && spectrum.retention.is_some()
}

impl Run {
    /// The run that these spectra form; `None` where they are too few or not in order of time.
    pub fn of<'a>(spectra: impl Iterator<Item = &'a Spectrum>) -> Option<Self> {
        let scans: Vec<Scan> = spectra
            .filter(|s| is_scan(s))
            .map(|s| Scan {
                index: s.provenance.index,
                retention_s: s.retention.unwrap_or_default(),
                total: s.ordinate.iter().filter(|y| y.is_finite()).sum(),
            })
            .collect();
        let ordered = scans
            .windows(2)
            .all(|w| w[0].retention_s <= w[1].retention_s);
        if scans.len() < SCANS || !ordered {
            return None;
        }
        let mut peaks: Vec<Scan> = scans
            .windows(3)
            .filter(|w| w[1].total > w[0].total && w[1].total >= w[2].total)
            .map(|w| w[1])
            .collect();
        peaks.sort_by(|a, b| b.total.total_cmp(&a.total));
        // Neighbouring tops belong to one chromatographic peak.
        let mut apart: Vec<Scan> = Vec::new();
        for peak in peaks {
            let near = |other: &Scan| (other.retention_s - peak.retention_s).abs() < APART_S;
            if apart.len() < PEAKS && !apart.iter().any(near) {
                apart.push(peak);
            }
        }
        Some(Self {
            scans: scans.len(),
            first_s: scans.first()?.retention_s,
            last_s: scans.last()?.retention_s,
            peaks: apart,
        })
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "a run of {} scans from {:.2} to {:.2} min",
            self.scans,
            self.first_s / 60.0,
            self.last_s / 60.0
        )?;
        if !self.peaks.is_empty() {
            let peak = |p: &Scan| format!("{} ({:.2} min)", p.index + 1, p.retention_s / 60.0);
            let list: Vec<String> = self.peaks.iter().map(peak).collect();
            write!(
                f,
                ", highest total ion current at scans {}",
                list.join(", ")
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Shape};

    fn scans(totals: &[f64], technique: Technique) -> Vec<Spectrum> {
        let scan = |(index, total): (usize, &f64)| {
            let axis = Axis::Explicit(vec![58.0]);
            let mut spectrum = Spectrum::new(technique, Shape::Sticks, axis, vec![*total]);
            spectrum.retention = Some(60.0 * index as f64);
            spectrum.provenance.index = index;
            spectrum
        };
        totals.iter().enumerate().map(scan).collect()
    }

    #[test]
    fn peaks_of_the_total_ion_current() {
        let totals = [1.0, 5.0, 1.0, 2.0, 9.0, 9.0, 1.0, 0.0, 0.0, 1.0];
        let run = Run::of(scans(&totals, Technique::EiMs).iter()).unwrap();
        let found: Vec<usize> = run.peaks.iter().map(|p| p.index).collect();
        assert_eq!((run.scans, run.last_s, found), (10, 540.0, vec![4, 1]));
        assert!(run.to_string().contains("scans 5 (4.00 min), 2 (1.00 min)"));
    }

    #[test]
    fn few_scans_and_selected_ions_are_no_run() {
        assert_eq!(Run::of(scans(&[1.0; 9], Technique::EiMs).iter()), None);
        assert_eq!(Run::of(scans(&[1.0; 20], Technique::MsMs).iter()), None);
        let mut turned = scans(&[1.0; 20], Technique::EiMs);
        turned.reverse();
        assert_eq!(Run::of(turned.iter()), None);
    }
}
