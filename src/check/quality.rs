//! Entries too poor to be a reference.

use super::ions::Ions;
use super::record::Record;
use super::{Check, Finding, Severity};
use crate::decide::{Level, assess_quality};
use crate::library::ReferenceKind;
use crate::spectrum::{Shape, Spectrum, Technique};

/// Peaks, and neighbouring points, of one highest value that rounding does not explain.
const EQUAL_PEAKS: usize = 4;
const PLATEAU: usize = 8;
/// Peaks from which a spectrum can be noise.
const MANY: usize = 30;
/// Shannon entropy over that of as many equal peaks: sets of noise peaks come near 1.
const EVEN: f64 = 0.96;

pub(super) fn check(record: &Record, spectrum: &Spectrum) -> Vec<Finding> {
    let finding = |severity, message| record.finding(Check::Quality, severity, message);
    let mut found = Vec::new();
    if record.entry.kind != ReferenceKind::FullSpectrum {
        return found;
    }
    let quality = assess_quality(spectrum);
    for (level, sentence) in quality.judged {
        // Few fragments are what many substances give in MS/MS.
        let few = spectrum.technique == Technique::MsMs && sentence.starts_with("Only");
        let severity = match level {
            Level::Poor if !few => Severity::Warning,
            Level::Limited | Level::Poor => Severity::Note,
            Level::Good => continue,
        };
        found.push(finding(severity, sentence));
    }
    if let Some(message) = cut_off(spectrum) {
        found.push(finding(Severity::Warning, message));
    }
    let ions = match (spectrum.shape, spectrum.technique) {
        (Shape::Sticks, Technique::EiMs) => Ions::of(spectrum),
        _ => None,
    };
    if let Some(share) = ions.as_ref().and_then(evenness).filter(|e| *e > EVEN) {
        found.push(finding(
            Severity::Warning,
            format!("The ions are nearly equal in abundance (evenness {share:.2}): mostly noise. Replace the entry by a spectrum of a larger amount."),
        ));
    }
    found
}

/// Peaks, or neighbouring points of a curve, that share the highest value.
fn cut_off(spectrum: &Spectrum) -> Option<String> {
    let y = &spectrum.ordinate;
    let top = spectrum.y_range()?.1;
    if spectrum.shape == Shape::Sticks {
        let equal = y.iter().filter(|v| **v == top).count();
        let many = equal >= EQUAL_PEAKS && y.len() > 2 * equal && spectrum.technique.is_mass();
        return many.then(|| format!("{equal} peaks share the highest value: the detector was saturated, or abundances were cut off. Replace the entry by a spectrum of a smaller amount."));
    }
    let transmittance = spectrum.y_unit.fraction_scale().is_some();
    let runs = y.chunk_by(|a, b| a == b).filter(|run| run[0] == top);
    let longest = runs.map(<[f64]>::len).max()?;
    (longest >= PLATEAU && !transmittance).then(|| format!("{longest} neighbouring points share the highest value: the detector was saturated and bands are cut off. Replace the entry by a spectrum of a shorter exposure or a thinner sample."))
}

/// Shannon entropy of the abundances over the logarithm of the number of ions.
fn evenness(ions: &Ions) -> Option<f64> {
    let all: Vec<f64> = ions.above(0.1).map(|(_, y)| y).collect();
    let sum: f64 = all.iter().sum();
    let entropy: f64 = all.iter().map(|y| y / sum).map(|p| -p * p.ln()).sum();
    (all.len() >= MANY).then(|| entropy / (all.len() as f64).ln())
}
