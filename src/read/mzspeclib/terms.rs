//! Terms of the PSI-MS vocabulary and what they say of a spectrum.

use super::super::error::ReadError;
use super::super::number;
use super::sets::Set;
use crate::read::polarity::polarity;
use crate::spectrum::{Axis, Identity, Precursor, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use std::rc::Rc;

/// One statement; terms of one group belong together.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub group: Option<String>,
    /// Name of the term in lower case.
    pub name: String,
    pub value: String,
}

/// Peaks as written.
#[derive(Debug, Default)]
pub(super) struct Peaks {
    pub mz: Vec<f64>,
    pub intensity: Vec<f64>,
}

impl Peaks {
    pub fn push(&mut self, mz: f64, intensity: f64) {
        self.mz.push(mz);
        self.intensity.push(intensity);
    }
}

/// A library record: its terms and its peaks, or why they cannot be read.
pub(super) struct Record {
    /// The sets it belongs to, most general first.
    shared: Vec<Set>,
    /// Its own terms, which win: those of the spectrum, then of its analytes, the first first.
    pub terms: Vec<Term>,
    pub peaks: Result<Peaks, ReadError>,
}

/// A value that is itself a term, `MS:1000130|positive scan`, means its name.
pub(super) fn plain_value(value: &str) -> String {
    let value = value.trim();
    let named = value.split_once('|').filter(|(accession, _)| {
        let (prefix, digits) = accession.split_once(':').unwrap_or_default();
        !prefix.is_empty()
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    named.map_or(value, |(_, name)| name.trim()).to_owned()
}

impl Record {
    pub fn new(shared: Option<&Set>) -> Self {
        Self {
            shared: shared.into_iter().cloned().collect(),
            terms: Vec::new(),
            peaks: Ok(Peaks::default()),
        }
    }

    /// Adds a set the record belongs to.
    pub fn join(&mut self, set: Option<&Set>) {
        let new = set.filter(|set| !self.shared.iter().any(|s| Rc::ptr_eq(s, set)));
        self.shared.extend(new.cloned());
    }

    /// The term of the first of these names that is stated, and the list it stands in. Of its own
    /// terms the first counts, of those it shares the most special.
    fn find(&self, names: &[&str]) -> Option<(&Term, &[Term])> {
        let own = |name: &str| Some((self.terms.iter().find(|t| t.name == name)?, &self.terms[..]));
        let shared = |name: &str| {
            self.shared.iter().rev().find_map(|set| {
                let term = set.iter().rev().find(|t| t.name == name)?;
                Some((term, &set[..]))
            })
        };
        names
            .iter()
            .find_map(|name| own(name).or_else(|| shared(name)))
    }

    fn value(&self, names: &[&str]) -> Option<String> {
        self.find(names)
            .map(|(t, _)| t.value.clone())
            .filter(|v| !v.is_empty())
    }

    fn number(&self, names: &[&str]) -> Option<f64> {
        number::parse(&self.value(names)?, false)
    }

    /// A value with the unit that stands in its group.
    fn with_unit(&self, names: &[&str]) -> Option<String> {
        let (term, list) = self.find(names)?;
        let unit = list
            .iter()
            .find(|t| t.group.is_some() && t.group == term.group && t.name == "unit");
        Some(match unit {
            Some(unit) => format!("{} {}", term.value, unit.value),
            None => term.value.clone(),
        })
    }

    pub fn into_spectrum(self) -> Result<Spectrum, ReadError> {
        let announced = self.number(&["number of peaks"]);
        let selected = self.number(&[
            "experimental precursor monoisotopic m/z",
            "selected ion m/z",
            "theoretical monoisotopic m/z",
        ]);
        let level = self.value(&["ms level"]);
        let ionised = self.value(&["ionization type"]).unwrap_or_default();
        let technique = match level.as_deref() {
            Some("1") | None if ionised.to_lowercase().contains("electron ionization") => {
                Technique::EiMs
            }
            Some("1") => Technique::Unknown,
            None if selected.is_none() => Technique::Unknown,
            _ => Technique::MsMs,
        };
        let precursor = Precursor {
            mz: selected,
            adduct: self.value(&["adduct ion formulation", "adduct ion"]),
            collision_energy: self.with_unit(&["collision energy", "normalized collision energy"]),
            positive: self
                .value(&["scan polarity"])
                .and_then(|p| polarity(p.as_ref())),
        };
        let has_precursor = precursor != Precursor::default();
        let title = self.value(&["library spectrum name"]).unwrap_or_default();
        let mut spectrum = Spectrum::new(
            technique,
            Shape::Sticks,
            Axis::Explicit(Vec::new()),
            Vec::new(),
        );
        spectrum.identity.name = self
            .value(&["compound name", "molecule name", "chemical compound"])
            .unwrap_or_else(|| title.clone());
        spectrum.title = title;
        spectrum.identity.formula = self.value(&["molecular formula", "chemical formula"]);
        spectrum.identity.inchikey = self.value(&["inchikey"]);
        spectrum.identity.smiles = self.value(&["smiles formula", "smiles notation"]);
        spectrum.identity.cas = self
            .value(&["cas registry number", "cas number"])
            .and_then(|cas| Identity::cas_number(&cas));
        spectrum.provenance.instrument = self.value(&["instrument model", "instrument"]);
        spectrum.provenance.id = self.value(&[
            "universal spectrum identifier",
            "library spectrum key",
            "scan number",
        ]);
        spectrum.precursor = (has_precursor && technique != Technique::EiMs).then_some(precursor);
        let peaks = self.peaks?;
        let read = peaks.mz.len();
        spectrum.axis = Axis::Explicit(peaks.mz);
        spectrum.ordinate = peaks.intensity;
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        let shared = self.shared.iter().flat_map(|set| set.iter().cloned());
        spectrum.metadata.extend(
            self.terms
                .into_iter()
                .chain(shared)
                .map(|t| (t.name, t.value)),
        );
        match announced {
            Some(n) if n != read as f64 => spectrum.warn(
                WarningKind::Count,
                format!("The record announces {n} peaks; {read} were read."),
            ),
            _ if read == 0 => spectrum.warn(WarningKind::Count, "The record has no peaks."),
            _ => {}
        }
        match (technique, level) {
            (Technique::Unknown, _) => spectrum.warn(
                WarningKind::Technique,
                "The record states neither electron ionization nor a precursor: it is not compared.",
            ),
            (Technique::MsMs, None) => spectrum.warn(
                WarningKind::Technique,
                "The record states no MS level: taken as MS/MS because it has a precursor.",
            ),
            _ => {}
        }
        Ok(spectrum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_be_a_term() {
        assert_eq!(plain_value("MS:1000130|positive scan"), "positive scan");
        assert_eq!(plain_value("a|b"), "a|b");
        assert_eq!(
            plain_value("mzspec:USI:x.raw:scan:1"),
            "mzspec:USI:x.raw:scan:1"
        );
    }
}
