//! What a result says of a country's own law.

use serde::Deserialize;

/// From which overlay it comes.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct OverlaySource {
    /// Title.
    pub title: String,
    /// Who made it.
    pub issued_by: String,
    /// Its version.
    pub list_version: String,
    /// The day whose law it states.
    pub as_of: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Who signed it.
    pub signed_by: String,
}

/// An entry of an overlay.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct NationalEntry {
    /// Whether it applies.
    pub applies: String,
    /// Whether it is in force.
    pub force: String,
    /// What it does.
    pub status: String,
    /// What the law calls the substance.
    pub category: String,
    /// Title of the law.
    pub law_title: String,
    /// Title of the law in the country's language.
    pub law_title_local: String,
    /// The list as the law calls it.
    pub list_label: String,
    /// Number of the entry.
    pub entry_no: String,
    /// The name in the list.
    pub name_official: String,
    /// First day in force.
    pub from: Option<String>,
    /// Last day in force.
    pub to: Option<String>,
    /// What the answer depends on.
    pub caveats: Vec<String>,
}

/// The status under a country's own law.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct NationalStatus {
    /// The country.
    pub country: String,
    /// The day that was asked for.
    pub day: Option<String>,
    /// The answer in one line.
    pub summary: String,
    /// The overlay; `None` where none was installed.
    pub overlay: Option<OverlaySource>,
    /// What its entries say.
    pub standings: Vec<NationalEntry>,
    /// What else must be known.
    pub remarks: Vec<String>,
}
