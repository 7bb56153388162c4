//! Changing entries by hand: metadata, and whether they are searched.

use super::builder::Builder;
use super::entry::{Deprecated, Entry, ReferenceKind};
use crate::spectrum::{Identity, Spectrum, cas_check_digit_holds, is_inchikey, monoisotopic_mass};

/// One change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// A field gets this value; an empty one takes it away.
    Set {
        /// Name of the field ([`Amendment::FIELDS`]), or any label of its metadata.
        field: String,
        /// The new value.
        value: String,
    },
    /// It is kept but no longer searched.
    Deprecate(Deprecated),
    /// It is searched again.
    Restore,
}

impl Amendment {
    /// Fields that have a meaning to the program; every other name is a label of the metadata.
    pub const FIELDS: [&'static str; 14] = [
        "name",
        "synonyms",
        "cas",
        "inchikey",
        "formula",
        "smiles",
        "instrument",
        "laboratory",
        "date",
        "licence",
        "owner",
        "method",
        "kind",
        "laser",
    ];

    /// Applies the change. `Ok(false)` where the entry is so already.
    ///
    /// # Errors
    /// One sentence where the value is not one of the field's.
    pub fn apply(&self, entry: &mut Entry) -> Result<bool, String> {
        let before = entry.clone();
        match self {
            Self::Set { field, value } => {
                set_field(entry, field, value.trim())?;
                if *entry != before {
                    entry.edited = true;
                }
            }
            Self::Deprecate(_) if entry.deprecated.is_some() => {}
            Self::Deprecate(why) => entry.deprecated = Some(why.clone()),
            Self::Restore => entry.deprecated = None,
        }
        Ok(*entry != before)
    }
}

/// Sets a field of an entry by its name.
///
/// # Errors
/// One sentence where the value is not one of the field's.
pub fn set_field(entry: &mut Entry, field: &str, value: &str) -> Result<(), String> {
    let given = || (!value.is_empty()).then(|| value.to_owned());
    let identity = &mut entry.identity;
    let provenance = &mut entry.provenance;
    match field {
        "name" => match value.is_empty() {
            true => return Err("An entry needs a name.".to_owned()),
            false => identity.name = value.to_owned(),
        },
        "synonyms" => {
            let names = value.split(';').map(str::trim).filter(|n| !n.is_empty());
            identity.synonyms = names.map(str::to_owned).collect();
        }
        "cas" => {
            let read = Identity::cas_number(value);
            if !value.is_empty() && !read.as_ref().is_some_and(|c| cas_check_digit_holds(c)) {
                return Err(format!(
                    "{value:?} is no CAS number; expected digits such as 103-79-7, whose last one checks the others."
                ));
            }
            identity.cas = read;
        }
        "inchikey" => {
            if !value.is_empty() && !is_inchikey(value) {
                return Err(format!(
                    "{value:?} is no InChIKey; expected 14, 10 and 1 capital letters with hyphens."
                ));
            }
            identity.inchikey = given();
        }
        "formula" => {
            if !value.is_empty() && monoisotopic_mass(value).is_none() {
                return Err(format!(
                    "{value:?} is no molecular formula; expected elements and numbers such as C9H10O."
                ));
            }
            identity.formula = given();
        }
        "smiles" => identity.smiles = given(),
        "instrument" => provenance.instrument = given(),
        "laboratory" => provenance.origin = given(),
        "date" => provenance.date = given(),
        "licence" => provenance.licence = given(),
        "owner" => provenance.owner = given(),
        "method" => provenance.method = given(),
        "kind" => {
            let parsed = serde_json::from_value(serde_json::Value::String(value.to_owned()));
            entry.kind = parsed.map_err(|_| {
                format!(
                    "{value:?} is no kind of reference; expected full-spectrum, principal-ions or band-table."
                )
            })?;
        }
        "laser" => match (value.is_empty(), value.parse::<f64>()) {
            (true, _) => provenance.laser_nm = None,
            (false, Ok(nm)) if nm.is_finite() && nm > 0.0 => provenance.laser_nm = Some(nm),
            _ => return Err(format!("{value:?} is no wavelength in nm.")),
        },
        label => {
            let metadata = &mut entry.metadata;
            let place = metadata
                .iter()
                .position(|(k, _)| k.eq_ignore_ascii_case(label));
            match (place, value.is_empty()) {
                (Some(at), true) => {
                    metadata.remove(at);
                }
                (Some(at), false) => value.clone_into(&mut metadata[at].1),
                (None, true) => {}
                (None, false) => metadata.push((label.to_owned(), value.to_owned())),
            }
        }
    }
    Ok(())
}

impl Builder {
    /// Changes the entry of this id. `Ok(false)` where it is so already.
    ///
    /// # Errors
    /// One sentence where there is no such entry or the value is not one of the field's.
    pub fn amend(&mut self, id: &str, amendment: &Amendment) -> Result<bool, String> {
        let since = self.generation();
        let index = self.known.ids.get(id).copied();
        let item = index.and_then(|i| self.items.get_mut(i)).ok_or_else(|| {
            format!(
                "The library has no entry {id:?}; `specid library list TEXT` finds ids by name."
            )
        })?;
        if let (Some(publisher), Amendment::Set { .. }) = (&item.entry.publisher, amendment) {
            return Err(format!(
                "Entry {id:?} was received from {publisher}, whose next update would undo the change; tell them, or deprecate it here and add your own."
            ));
        }
        let changed = amendment.apply(&mut item.entry)?;
        if let (true, Some(why)) = (item.entry.publisher.is_some(), &mut item.entry.deprecated) {
            why.here = true;
        }
        if changed {
            item.since = since;
            let (axis, ordinate) = (item.spectrum.axis.clone(), item.spectrum.ordinate.clone());
            item.spectrum = item.entry.clone().into_spectrum(axis, ordinate);
            if !self.report.touched.iter().any(|t| t == id) {
                self.report.touched.push(id.to_owned());
            }
        }
        Ok(changed)
    }
}

/// Takes fields from labels of a record's metadata (`map`: field, label), gives fields that it does not
/// state a value (`default`: field, value), and fields a value whatever it states (`set`). A label that
/// the record lacks changes nothing. Gives the kind of reference that this says.
///
/// # Errors
/// One sentence where a value is not one of its field's.
pub fn map_fields(
    spectrum: &mut Spectrum,
    map: &[(String, String)],
    default: &[(String, String)],
    set: &[(String, String)],
) -> Result<ReferenceKind, String> {
    if [map, default, set].iter().all(|list| list.is_empty()) {
        return Ok(ReferenceKind::default());
    }
    let unnamed = spectrum.identity.name.clone();
    let mut entry = Entry::of(spectrum, String::new(), ReferenceKind::FullSpectrum);
    for (field, label) in map {
        if let Some(value) = spectrum.meta(label) {
            set_field(&mut entry, field, value.trim())
                .map_err(|message| format!("its {label:?} cannot be its {field}: {message}"))?;
        }
    }
    for (field, value) in default {
        let stated = match field.as_str() {
            "licence" => entry.provenance.licence.is_some(),
            "laboratory" => entry.provenance.origin.is_some(),
            label => spectrum.meta(label).is_some(),
        };
        if !stated {
            set_field(&mut entry, field, value)?;
        }
    }
    for (field, value) in set {
        set_field(&mut entry, field, value)?;
    }
    let says_name = |list: &[(String, String)]| list.iter().any(|(field, _)| field == "name");
    if ![map, default, set].into_iter().any(says_name) {
        // An entry is named after its file where its record has no name, which is to be told.
        entry.identity.name = unnamed;
    }
    spectrum.identity = entry.identity;
    spectrum.provenance = entry.provenance;
    spectrum.metadata = entry.metadata;
    Ok(entry.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Shape, Technique};

    fn entry() -> Entry {
        let axis = Axis::Explicit(vec![58.0]);
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, vec![1.0]);
        spectrum.identity.name = "water".to_owned();
        spectrum.metadata = vec![("Registry".to_owned(), "7732185".to_owned())];
        Entry::of(&spectrum, "a".to_owned(), ReferenceKind::FullSpectrum)
    }

    #[test]
    fn fields_take_only_what_they_can_hold() {
        let mut entry = entry();
        for (field, value) in [
            ("cas", "7732-18-4"),
            ("inchikey", "water"),
            ("name", ""),
            ("kind", "drawing"),
            ("laser", "green"),
            ("formula", "banana"),
        ] {
            let message = set_field(&mut entry, field, value).unwrap_err();
            assert!(message.ends_with('.'), "{message}");
        }
        set_field(&mut entry, "cas", "7732-18-5").unwrap();
        set_field(&mut entry, "synonyms", "aqua; oxidane").unwrap();
        set_field(&mut entry, "batch", "17").unwrap();
        assert_eq!(entry.identity.cas.as_deref(), Some("7732-18-5"));
        assert_eq!(entry.identity.synonyms, ["aqua", "oxidane"]);
        assert_eq!(entry.metadata[1], ("batch".into(), "17".into()));
        set_field(&mut entry, "BATCH", "").unwrap();
        assert_eq!(entry.metadata.len(), 1);
    }

    #[test]
    fn labels_become_fields() {
        let mut spectrum = {
            let entry = entry();
            entry.into_spectrum(Axis::Explicit(vec![58.0]), vec![1.0])
        };
        let map = [("cas".to_owned(), "registry".to_owned())];
        let set = [("licence".to_owned(), "CC0".to_owned())];
        map_fields(&mut spectrum, &map, &set, &[]).unwrap();
        assert_eq!(spectrum.identity.cas.as_deref(), Some("7732-18-5"));
        assert_eq!(spectrum.provenance.licence.as_deref(), Some("CC0"));
    }
}
