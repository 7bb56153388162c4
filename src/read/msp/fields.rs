//! Keys of a record and what they mean.

use crate::spectrum::{Precursor, Spectrum, Technique, WarningKind};

/// Splits `Key: value`; the key in lower case without blanks, `_`, `-` and `#`. `None` where the
/// line does not begin with a key.
pub(super) fn key_and_value(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let starts = key.trim_start().starts_with(|c: char| c.is_alphabetic());
    if !starts || key.len() > 40 || key.contains(['"', ';', '(']) {
        return None;
    }
    let key = key
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let value = value.split('\0').next().unwrap_or_default();
    Some((key, value.trim().to_owned()))
}

/// Fills in identity, provenance, precursor and metadata.
pub(super) fn apply(fields: &[(String, String, usize)], spectrum: &mut Spectrum) {
    for (key, value, _) in fields {
        if value.is_empty() || value.eq_ignore_ascii_case("n/a") {
            continue;
        }
        let given = || Some(value.clone());
        let identity = &mut spectrum.identity;
        let provenance = &mut spectrum.provenance;
        match key.as_str() {
            "name" | "compoundname" if identity.name.is_empty() => identity.name.clone_from(value),
            "synon" | "synonym" | "synonyms" => identity.synonyms.push(synonym(value)),
            "inchikey" => identity.inchikey = given(),
            "cas" | "casno" | "casnumber" | "casrn" => identity.cas = cas(value),
            "formula" | "molecularformula" => identity.formula = given(),
            "smiles" => identity.smiles = given(),
            "id" | "db" | "dbno" | "nist" | "nistno" | "accession" | "spectrumid" => {
                provenance.id.get_or_insert_with(|| value.clone());
            }
            "instrument" => provenance.instrument = given(),
            "date" => provenance.date = given(),
            "license" | "licence" => provenance.licence = given(),
            "contributor" | "author" | "authors" => provenance.origin = given(),
            "precursormz" | "precursorionmz" => precursor(spectrum).mz = leading_number(value),
            "precursortype" | "adduct" | "adductionname" => precursor(spectrum).adduct = given(),
            "collisionenergy" | "ce" => precursor(spectrum).collision_energy = given(),
            "ionmode" | "polarity" => {
                precursor(spectrum).positive = Some(!value.to_lowercase().starts_with('n'));
                spectrum.metadata.push((key.clone(), value.clone()));
            }
            "comment" | "comments" => comment(value, spectrum),
            _ => spectrum.metadata.push((key.clone(), value.clone())),
        }
    }
    spectrum.title.clone_from(&spectrum.identity.name);
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

/// CAS numbers are written with or without hyphens; 0 stands for none.
fn cas(value: &str) -> Option<String> {
    let value = value.split([';', ' ']).next().unwrap_or_default();
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    match (digits, value.len()) {
        (true, 5..=10) => {
            let (rest, check) = value.split_at(value.len() - 1);
            let (first, middle) = rest.split_at(rest.len() - 2);
            Some(format!(
                "{}-{middle}-{check}",
                first.trim_start_matches('0')
            ))
        }
        (true, _) => None,
        (false, _) => Some(value.to_owned()),
    }
}

fn leading_number(value: &str) -> Option<f64> {
    let word = value.split([' ', ',', ';', '/']).next()?;
    super::super::number::parse(word, false)
}

/// `Comment: key="value" key=value ...`, or free text.
fn comment(value: &str, spectrum: &mut Spectrum) {
    for (key, text) in key_values(value) {
        match key.to_lowercase().as_str() {
            "contributor" | "author" => spectrum.provenance.origin = Some(text),
            "license" | "licence" => spectrum.provenance.licence = Some(text),
            "inchikey" if spectrum.identity.inchikey.is_none() => {
                spectrum.identity.inchikey = Some(text);
            }
            "cas" if spectrum.identity.cas.is_none() => spectrum.identity.cas = cas(&text),
            "smiles" if spectrum.identity.smiles.is_none() => spectrum.identity.smiles = Some(text),
            "accession" if spectrum.provenance.id.is_none() => spectrum.provenance.id = Some(text),
            _ => spectrum.metadata.push((key, text)),
        }
    }
    spectrum
        .metadata
        .push(("comment".to_owned(), value.to_owned()));
}

/// Pairs `key="value"`, `"key=value"` and `key=value` of a comment.
fn key_values(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (item, tail) = next_item(rest);
        rest = tail.trim_start();
        if let Some((key, value)) = item.split_once('=') {
            let clean = |t: &str| t.trim().trim_matches('"').to_owned();
            let (key, value) = (clean(key), clean(value));
            if !key.is_empty() && !value.is_empty() && !key.contains(' ') {
                pairs.push((key, value));
            }
        }
    }
    pairs
}

/// The text up to the next blank outside quotes, and the rest.
fn next_item(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

/// Takes the technique from what the record states; `tenths` says that all m/z are whole tenths.
pub(super) fn decide_technique(spectrum: &mut Spectrum, tenths: bool) {
    let stated: String = [
        "instrumenttype",
        "ionization",
        "ionisation",
        "ionmode",
        "sourceinstrument",
        "msmode",
        "ionizationmode",
    ]
    .iter()
    .filter_map(|label| spectrum.meta(label))
    .chain(spectrum.provenance.instrument.as_deref())
    .collect::<Vec<_>>()
    .join(" ")
    .to_uppercase();
    let has = |word: &str| {
        stated
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == word)
    };
    let selected = spectrum.precursor.as_ref().is_some_and(|p| p.mz.is_some());
    let other = ["CI", "FI", "FD", "FAB", "MALDI"].iter().find(|w| has(w));
    spectrum.technique = if has("EI") && !selected {
        Technique::EiMs
    } else if let (Some(word), false) = (other, selected) {
        let word = word.to_owned();
        spectrum.warn(
            WarningKind::Technique,
            format!("Ionised by {word}, not EI: not compared with EI references."),
        );
        Technique::Unknown
    } else if selected || ["ESI", "APCI", "LC", "MS2"].iter().any(|w| has(w)) {
        Technique::MsMs
    } else if tenths {
        spectrum.warn(
            WarningKind::Technique,
            "The record does not say how it was ionised; taken as an EI mass spectrum.",
        );
        Technique::EiMs
    } else {
        spectrum.warn(
            WarningKind::Technique,
            "The record does not say how it was measured; --technique says it.",
        );
        Technique::Unknown
    };
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
    fn cas_with_and_without_hyphens() {
        assert_eq!(cas("103797"), Some("103-79-7".into()));
        assert_eq!(cas("103-79-7; NIST#: 5"), Some("103-79-7".into()));
        assert_eq!(cas("0"), None);
    }

    #[test]
    fn comment_pairs() {
        let pairs = key_values("contributor=\"SWG / DEA\" \"SMILES=CC(=O)C\" free words RI=1210");
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("contributor", "SWG / DEA"),
                ("SMILES", "CC(=O)C"),
                ("RI", "1210")
            ]
        );
        assert_eq!(synonym("$:28ephedrine"), "ephedrine");
    }
}
