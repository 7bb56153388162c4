//! Keys of a record and what they mean.

use super::super::polarity::polarity;
use super::comment;
use crate::spectrum::{Identity, Precursor, Spectrum};

/// Splits `Key: value`; the key in lower case without blanks, `_`, `-` and `#`. `None` where the
/// line does not begin with a key.
pub(super) fn key_and_value(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let starts = key.trim_start().starts_with(|c: char| c.is_alphabetic());
    if !starts || key.len() > 40 || key.contains(['"', ';', '(']) {
        return None;
    }
    let key = normalise(key);
    let value = value.split('\0').next().unwrap_or_default();
    Some((key, value.trim().to_owned()))
}

/// A key in the form in which keys are compared.
pub(super) fn normalise(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Fills in identity, provenance, precursor and metadata. What a record states in its own keys comes
/// before what its comment states.
pub(super) fn apply(fields: &[(String, String, usize)], spectrum: &mut Spectrum) {
    let stated = |value: &str| !value.is_empty() && !value.eq_ignore_ascii_case("n/a");
    for (key, value, _) in fields.iter().filter(|(_, value, _)| stated(value)) {
        match key.as_str() {
            "comment" | "comments" => {}
            _ => state(key, value, spectrum),
        }
    }
    for (key, value, _) in fields.iter().filter(|(_, value, _)| stated(value)) {
        if matches!(key.as_str(), "comment" | "comments") {
            for (key, value) in comment::key_values(value) {
                state(&key, &value, spectrum);
            }
            spectrum
                .metadata
                .push(("comment".to_owned(), value.clone()));
        }
    }
    spectrum.title.clone_from(&spectrum.identity.name);
}

/// Takes one statement; the first of a kind counts.
fn state(key: &str, value: &str, spectrum: &mut Spectrum) {
    let identity = &mut spectrum.identity;
    let provenance = &mut spectrum.provenance;
    let set = |slot: &mut Option<String>| {
        slot.get_or_insert_with(|| value.to_owned());
    };
    match key {
        "name" | "compoundname" if identity.name.is_empty() => value.clone_into(&mut identity.name),
        "synon" | "synonym" | "synonyms" => identity.synonyms.push(synonym(value)),
        "inchikey" => set(&mut identity.inchikey),
        "cas" | "casno" | "casnumber" | "casrn" => {
            if identity.cas.is_none() {
                identity.cas = Identity::cas_number(value);
            }
            // A value of several numbers is kept as it is.
            if value.contains([' ', ';', ',']) {
                keep(key, value, spectrum);
            }
        }
        "formula" | "molecularformula" => set(&mut identity.formula),
        "smiles" => set(&mut identity.smiles),
        "id" | "db" | "dbno" | "nist" | "nistno" | "accession" | "spectrumid" => {
            set(&mut provenance.id);
        }
        "instrument" => set(&mut provenance.instrument),
        "date" => set(&mut provenance.date),
        "license" | "licence" => set(&mut provenance.licence),
        "contributor" | "author" | "authors" => set(&mut provenance.origin),
        "precursormz" | "precursorionmz" => {
            // Some programs write 0 where there is no precursor.
            if let Some(mz) = leading_number(value).filter(|mz| *mz > 0.0) {
                precursor(spectrum).mz.get_or_insert(mz);
            }
        }
        "precursortype" | "adduct" | "adductionname" => set(&mut precursor(spectrum).adduct),
        "collisionenergy" | "ce" => set(&mut precursor(spectrum).collision_energy),
        "ionmode" | "polarity" => {
            if let Some(positive) = polarity(value) {
                precursor(spectrum).positive.get_or_insert(positive);
            }
            keep(key, value, spectrum);
        }
        _ => keep(key, value, spectrum),
    }
}

fn keep(key: &str, value: &str, spectrum: &mut Spectrum) {
    spectrum.metadata.push((key.to_owned(), value.to_owned()));
}

fn precursor(spectrum: &mut Spectrum) -> &mut Precursor {
    spectrum.precursor.get_or_insert_with(Precursor::default)
}

/// NIST writes kinds of synonyms as `$:28name`.
fn synonym(value: &str) -> String {
    match value.strip_prefix("$:") {
        Some(rest) => rest
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim()
            .to_owned(),
        None => value.to_owned(),
    }
}

fn leading_number(value: &str) -> Option<f64> {
    let word = value.split([' ', ',', ';', '/']).next()?;
    super::super::number::parse(word, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_any_dress() {
        assert_eq!(
            key_and_value("NUM PEAKS: 3"),
            Some(("numpeaks".into(), "3".into()))
        );
        assert_eq!(
            key_and_value("Num_Peaks:3"),
            Some(("numpeaks".into(), "3".into()))
        );
        assert_eq!(key_and_value("41:27 42:31"), None);
    }

    #[test]
    fn synonyms_without_their_kind() {
        assert_eq!(synonym("$:28ephedrine"), "ephedrine");
    }
}
