//! One measured reference of a substance.

use crate::spectrum::{Axis, Identity, Precursor, Provenance, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What kind of reference an entry is; results say so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceKind {
    /// A measured spectrum with all its points.
    #[default]
    FullSpectrum,
    /// Only the principal ions of a mass spectrum, as figures.
    PrincipalIons,
    /// Only band positions of a vibrational spectrum, some with relative intensities.
    BandTable,
}

impl ReferenceKind {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::FullSpectrum => "full spectrum",
            Self::PrincipalIons => "principal ions",
            Self::BandTable => "band table",
        }
    }
}

/// Name of a file without folder and extension; what an unnamed record is called.
pub(crate) fn file_stem(path: &str) -> String {
    let stem = std::path::Path::new(path).file_stem();
    stem.map_or_else(
        || "unnamed".to_owned(),
        |s| s.to_string_lossy().into_owned(),
    )
}

/// How the names of entries begin whose records name no substance.
const UNNAMED: &str = "unnamed (";

/// What an entry is called whose record names no substance, by its InChIKey or else its id: the name of a file
/// would make one substance of all that it holds.
pub(super) fn unnamed(what: &str) -> String {
    format!("{UNNAMED}{what})")
}

/// Metadata of one entry; its points lie in the library's columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Unique in the library and stable through its generations.
    pub id: String,
    /// The substance as the record names it.
    pub identity: Identity,
    /// How it was measured.
    pub technique: Technique,
    /// Curve or sticks.
    pub shape: Shape,
    /// What kind of reference it is.
    pub kind: ReferenceKind,
    /// Unit of the abscissa.
    pub x_unit: XUnit,
    /// Unit of the ordinate.
    pub y_unit: YUnit,
    /// First and last abscissa of an even axis; explicit abscissas otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub even: Option<(f64, f64)>,
    /// MS/MS selection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precursor: Option<Precursor>,
    /// Where it comes from.
    #[serde(default)]
    pub provenance: Provenance,
    /// What else the record states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metadata: Vec<(String, String)>,
    /// Who published it, for an entry received in an update; otherwise it is the library's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its id in the publisher's library, where that id was taken here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_as: Option<String>,
    /// Quality of the measurement when it was imported: `good`, `limited` or `poor`; `None` where it
    /// was not judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<String>,
    /// SHA-256 of the source's record as it was imported; `None` for entries that were not imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Whether its metadata were changed by hand since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
    /// Since when and why it is no longer searched; `None` for entries in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecated>,
}

/// Why an entry is kept but no longer searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deprecated {
    /// Reason, in words.
    pub reason: String,
    /// When, RFC 3339.
    pub date: String,
    /// Who, as the system or the user says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Whether an entry of another publisher was deprecated here, which its updates leave so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub here: bool,
}

/// How the reason begins of an entry that was taken in and not searched, since something is probably wrong with it.
const SUSPECT: &str = "suspect: ";

impl Deprecated {
    /// Of an entry that is taken in and not searched, since this is probably wrong with it.
    pub fn suspect(why: &str, date: String) -> Self {
        Self {
            reason: format!("{SUSPECT}{why}"),
            date,
            by: String::new(),
            here: false,
        }
    }

    /// Whether it is the program's suspicion, and nobody's decision.
    pub fn is_suspicion(&self) -> bool {
        self.reason.starts_with(SUSPECT)
    }
}

impl Entry {
    /// Names of the fields in which it and another state of it differ.
    pub fn differing(&self, other: &Entry) -> Vec<String> {
        let flat = |entry: &Entry| {
            let mut fields = BTreeMap::new();
            // An entry always has a JSON form.
            let value = serde_json::to_value(entry).unwrap_or_default();
            for (key, value) in value.as_object().into_iter().flatten() {
                match value.as_object() {
                    Some(inner) if key == "identity" || key == "provenance" => {
                        fields.extend(inner.iter().map(|(k, v)| (k.clone(), v.to_string())));
                    }
                    _ => {
                        fields.insert(key.clone(), value.to_string());
                    }
                }
            }
            fields
        };
        let (a, b) = (flat(self), flat(other));
        let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
        let differing = names
            .into_iter()
            .filter(|name| a.get(*name) != b.get(*name));
        differing
            .filter(|name| {
                !matches!(
                    name.as_str(),
                    "record" | "edited" | "index" | "path" | "sha256"
                )
            })
            .cloned()
            .collect()
    }

    /// Metadata of a spectrum as an entry of this id and kind.
    pub fn of(spectrum: &Spectrum, id: String, kind: ReferenceKind) -> Self {
        let mut identity = spectrum.identity.clone();
        if identity.name.trim().is_empty() {
            identity.name.clone_from(&spectrum.title);
        }
        if identity.name.trim().is_empty() {
            identity.name = file_stem(&spectrum.provenance.path);
        }
        Self {
            id,
            identity,
            technique: spectrum.technique,
            shape: spectrum.shape,
            kind,
            x_unit: spectrum.x_unit,
            y_unit: spectrum.y_unit,
            even: match spectrum.axis {
                Axis::Even { first, last, .. } => Some((first, last)),
                Axis::Explicit(_) => None,
            },
            precursor: spectrum.precursor.clone(),
            provenance: spectrum.provenance.clone(),
            metadata: spectrum.metadata.clone(),
            publisher: None,
            published_as: None,
            quality: None,
            record: None,
            edited: false,
            deprecated: None,
        }
    }

    /// Whether its record names no substance, nor could the register.
    pub fn is_nameless(&self) -> bool {
        self.identity.name.starts_with(UNNAMED)
    }

    /// The entry with its points as a spectrum.
    pub(crate) fn into_spectrum(self, axis: Axis, ordinate: Vec<f64>) -> Spectrum {
        let mut spectrum = Spectrum::new(self.technique, self.shape, axis, ordinate);
        spectrum.title.clone_from(&self.identity.name);
        spectrum.x_unit = self.x_unit;
        spectrum.y_unit = self.y_unit;
        spectrum.identity = self.identity;
        spectrum.precursor = self.precursor;
        spectrum.provenance = self.provenance;
        spectrum.metadata = self.metadata;
        spectrum
    }

    /// What makes two entries the same substance: InChIKey, else CAS number, else name.
    pub fn substance_key(&self) -> String {
        let identity = &self.identity;
        match (&identity.inchikey, &identity.cas) {
            (Some(key), _) => key.clone(),
            (None, Some(cas)) => format!("cas:{cas}"),
            (None, None) => format!("name:{}", identity.name.trim().to_lowercase()),
        }
    }
}
