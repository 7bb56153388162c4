//! The JSON form of mzSpecLib: the same terms and peaks as the text form.

use super::super::Limits;
use super::super::error::{ErrorKind, ReadError};
use super::terms::{Peaks, Record, Term};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

type Sets = HashMap<String, Vec<Attribute>>;

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
    analytes: HashMap<String, Analyte>,
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

pub(super) fn records(text: &str, limits: &Limits) -> Result<Vec<Record>, ReadError> {
    let library: Library = serde_json::from_str(text).map_err(|e| {
        ReadError::new(ErrorKind::Malformed, "the JSON text cannot be read")
            .at_line(e.line())
            .expected("a library in the JSON form of mzSpecLib")
            .found(e.to_string())
    })?;
    if library.spectra.len() > limits.spectra {
        return Err(limits.too_many_spectra());
    }
    let terms = |sets: &Sets, name: &str| -> Option<Vec<Term>> {
        Some(sets.get(name)?.iter().map(Attribute::term).collect())
    };
    let all = terms(&library.spectrum_attribute_sets, "all");
    let record = |entry: Entry| {
        let mut record = Record::new(all.as_ref());
        let analytes = entry.analytes.values().flat_map(|a| &a.attributes);
        for attribute in analytes.chain(&entry.attributes) {
            let term = attribute.term();
            if term.name == "library attribute set name" {
                record.join(terms(&library.spectrum_attribute_sets, &term.value).as_ref());
                record.join(terms(&library.analyte_attribute_sets, &term.value).as_ref());
            } else {
                record.terms.push(term);
            }
        }
        record.peaks = peaks(entry.mzs, entry.intensities, limits);
        record
    };
    Ok(library.spectra.into_iter().map(record).collect())
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
