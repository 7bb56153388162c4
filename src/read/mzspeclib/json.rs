//! The JSON form of mzSpecLib: the same terms and peaks as the text form.

use super::super::Limits;
use super::super::error::{ErrorKind, ReadError};
use super::sets::{SET_TERMS, Shared};
use super::terms::{Peaks, Record, Term};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

type Sets = BTreeMap<String, Vec<Attribute>>;

#[derive(Deserialize)]
struct Library {
    #[serde(default)]
    spectrum_attribute_sets: Sets,
    #[serde(default)]
    analyte_attribute_sets: Sets,
    spectra: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    attributes: Vec<Attribute>,
    #[serde(default)]
    analytes: BTreeMap<String, Analyte>,
    #[serde(default)]
    mzs: Vec<f64>,
    #[serde(default)]
    intensities: Vec<f64>,
}

#[derive(Deserialize)]
struct Analyte {
    #[serde(default)]
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Attribute {
    name: String,
    #[serde(default)]
    value: Value,
    cv_param_group: Option<String>,
}

impl Attribute {
    fn term(&self) -> Term {
        Term {
            group: self.cv_param_group.clone(),
            name: self.name.to_lowercase(),
            value: match &self.value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            },
        }
    }
}

/// The records of a library, and whether a set of attributes was cut short.
pub(super) fn records(text: &str, limits: &Limits) -> Result<(Vec<Record>, bool), ReadError> {
    let library: Library = serde_json::from_str(text).map_err(|e| {
        ReadError::new(ErrorKind::Malformed, "the JSON text cannot be read")
            .at_line(e.line())
            .expected("a library in the JSON form of mzSpecLib")
            .found(e.to_string())
    })?;
    if library.spectra.len() > limits.spectra {
        return Err(limits.too_many_spectra());
    }
    let mut sets = Shared::default();
    for (kind, group) in [
        ("Spectrum", library.spectrum_attribute_sets),
        ("Analyte", library.analyte_attribute_sets),
    ] {
        for (name, attributes) in group {
            sets.overfull |= attributes.len() > SET_TERMS;
            let terms = attributes.iter().take(SET_TERMS).map(Attribute::term);
            sets.extend(&format!("{kind}={name}"), terms);
        }
    }
    let record = |entry: Entry| {
        let mut record = Record::new(sets.get("Spectrum=all"));
        if !entry.analytes.is_empty() {
            record.join(sets.get("Analyte=all"));
        }
        for attribute in entry.attributes.iter().chain(in_order(&entry.analytes)) {
            let term = attribute.term();
            if term.name == "library attribute set name" {
                record.join(sets.get(&format!("Spectrum={}", term.value)));
                record.join(sets.get(&format!("Analyte={}", term.value)));
            } else {
                record.terms.push(term);
            }
        }
        record.peaks = peaks(entry.mzs, entry.intensities, limits);
        record
    };
    let records = library.spectra.into_iter().map(record).collect();
    Ok((records, sets.overfull))
}

/// Attributes of the analytes, the first analyte's first: they are named by numbers.
fn in_order(analytes: &BTreeMap<String, Analyte>) -> impl Iterator<Item = &Attribute> {
    let mut ordered: Vec<_> = analytes.iter().collect();
    ordered.sort_by_key(|(name, _)| name.parse().unwrap_or(u64::MAX));
    ordered.into_iter().flat_map(|(_, a)| &a.attributes)
}

fn peaks(mz: Vec<f64>, intensity: Vec<f64>, limits: &Limits) -> Result<Peaks, ReadError> {
    if mz.len() != intensity.len() {
        return Err(
            ReadError::new(ErrorKind::Malformed, "the lists of peaks differ in length")
                .expected(format!("as many intensities as m/z ({})", mz.len()))
                .found(intensity.len().to_string()),
        );
    }
    if mz.len() > limits.points {
        return Err(limits.too_many_points());
    }
    Ok(Peaks { mz, intensity })
}
