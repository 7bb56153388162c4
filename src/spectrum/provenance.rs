//! Where a spectrum comes from, so that a result can be traced to its raw file.

use serde::{Deserialize, Serialize};

/// Origin of a spectrum: the raw file, its place in it, and what the file says of the measurement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Path as the user gave it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Format identifier of the reader, such as `jcamp-dx`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// SHA-256 of the whole raw file, lower-case hexadecimal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Position of the spectrum in the file, counted from 0.
    pub index: usize,
    /// The record's own identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Instrument, as the file names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Laser wavelength in nm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub laser_nm: Option<f64>,
    /// Date of measurement, as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Owner of the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Laboratory or source the record names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Method of measurement: sampling, column, accessory, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Licence the record states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

impl Provenance {
    /// Who measured it: the laboratory or source that the record names, else the owner of the data.
    pub fn contributor(&self) -> Option<&str> {
        self.origin.as_deref().or(self.owner.as_deref())
    }
}
