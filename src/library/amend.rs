//! Changing entries by hand: metadata, and whether they are searched.

use super::builder::Builder;
use super::entry::{Deprecated, Entry, ReferenceKind};
use crate::spectrum::{Identity, Spectrum, cas_check_digit_holds, is_inchikey, monoisotopic_mass};
use crate::units::YUnit;

/// One change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// A field gets this value; an empty one takes it away.
    Set {
        /// Name of the field ([`Amendment::FIELDS`]), or any label of its metadata: `label:NAME` where it
        /// resembles a field's name.
        field: String,
        /// The new value.
        value: String,
    },
    /// It is kept but no longer searched.
    Deprecate(Deprecated),
    /// It is searched again.
    Restore,
}

/// What stands before a label of the metadata that is named like a field, or nearly so.
const LABEL: &str = "label:";

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
                check_date(field, value.trim())?;
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
/// One sentence where the value is not one of the field's, or the name seems to be a misspelt field.
pub fn set_field(entry: &mut Entry, field: &str, value: &str) -> Result<(), String> {
    let given = || (!value.is_empty()).then(|| value.to_owned());
    let identity = &mut entry.identity;
    let provenance = &mut entry.provenance;
    let own = Amendment::FIELDS
        .iter()
        .find(|own| own.eq_ignore_ascii_case(field));
    match *own.unwrap_or(&field) {
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
            let meant = label.strip_prefix(LABEL);
            let label = meant.unwrap_or(label);
            let metadata = &mut entry.metadata;
            let place = metadata
                .iter()
                .position(|(k, _)| k.eq_ignore_ascii_case(label));
            if let (None, None, Some(near)) = (meant, place, misspelt(label)) {
                return Err(format!(
                    "{label:?} is no field; did you mean {near:?}? To keep a label of this name among the metadata write {LABEL}{label}."
                ));
            }
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

/// The field whose name a label seems to be, misspelt: one letter is wrong, or two of a longer name.
fn misspelt(label: &str) -> Option<&'static str> {
    let label = label.to_lowercase();
    let far = |field: &&str| strsim::damerau_levenshtein(&label, field);
    let nearest = Amendment::FIELDS.into_iter().min_by_key(far);
    nearest.filter(|field| far(field) <= if field.len() < 6 { 1 } else { 2 })
}

/// Whether the day that somebody writes for an entry is one. Records state days in many ways, which are kept.
fn check_date(field: &str, value: &str) -> Result<(), String> {
    let year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let month = |text: &str| format!("{text}-01").parse::<jiff::civil::Date>().is_ok();
    let day = |text: &str| text.parse::<jiff::civil::DateTime>().is_ok();
    let is_date = value.is_empty() || year(value) || month(value) || day(value);
    match field.eq_ignore_ascii_case("date") && !is_date {
        true => Err(format!(
            "{value:?} is no date; write year, month and day such as 2026-03-31, or 2026-03, or 2026."
        )),
        false => Ok(()),
    }
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

/// The field that says what the ordinate is, whatever the record calls it.
const ORDINATE: &str = "ordinate";

fn ordinate(value: &str, spectrum: &Spectrum) -> Result<YUnit, String> {
    let highest = spectrum.ordinate.iter().copied().fold(0.0, f64::max);
    match value.trim().to_lowercase().as_str() {
        "absorbance" => Ok(YUnit::Absorbance),
        // As much as passes at most, with some noise.
        "transmittance" if highest <= 2.0 => Ok(YUnit::Transmittance),
        "transmittance" => Ok(YUnit::PercentTransmittance),
        _ => Err(format!(
            "The ordinate cannot be {value:?}; give absorbance or transmittance."
        )),
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
    for (_, value) in set.iter().filter(|(field, _)| field == ORDINATE) {
        spectrum.y_unit = ordinate(value, spectrum)?;
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
    for (field, value) in set.iter().filter(|(field, _)| field != ORDINATE) {
        check_date(field, value)?;
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
            ("nmae", "x"),
            ("inchkey", ""),
            ("Synonims", "x"),
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
        let message = set_field(&mut entry, "nmae", "x").unwrap_err();
        assert!(message.contains("did you mean \"name\"?"), "{message}");
        assert!(message.contains("label:nmae"), "{message}");
        // Labels stay free: with the prefix, where the record has one, and where it resembles no field.
        set_field(&mut entry, "label:case", "17").unwrap();
        set_field(&mut entry, "case", "18").unwrap();
        set_field(&mut entry, "note", "x").unwrap();
        assert_eq!(entry.metadata[1], ("case".into(), "18".into()));
        assert_eq!(entry.metadata[2], ("note".into(), "x".into()));
        set_field(&mut entry, "Name", "ice").unwrap();
        assert_eq!(entry.identity.name, "ice");
    }

    #[test]
    fn a_date_by_hand_is_a_date() {
        let mut entry = entry();
        let mut set = |value: &str| {
            let (field, value) = ("date".to_owned(), value.to_owned());
            Amendment::Set { field, value }.apply(&mut entry)
        };
        for wrong in ["yesterday", "31.12.2024", "2024-13", "2024-02-30", "24"] {
            let message = set(wrong).unwrap_err();
            assert!(message.contains("2026-03-31"), "{message}");
        }
        for right in ["2024", "2024-02", "2024-02-29", "2024-02-29T10:30:00", ""] {
            assert_eq!(set(right), Ok(true), "{right}");
        }
        // What a record says is kept as it says it.
        set_field(&mut entry, "date", "29 Feb 2024").unwrap();
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
