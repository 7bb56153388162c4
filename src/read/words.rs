//! Labels and headings as words, so that `straw` is not taken for `raw`.

/// Words of a text in lower case, each between single blanks: `Dark Subtracted #1` becomes
/// ` dark subtracted 1 `, `LaserWavelength_nm` becomes ` laser wavelength nm `.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    let mut after_small = false;
    for c in text.chars() {
        let parts = !c.is_alphanumeric() || after_small && c.is_uppercase();
        if parts && !out.ends_with(' ') {
            out.push(' ');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// Whether [`plain`] words hold one of these phrases as whole words.
pub(super) fn has(plain: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        plain.match_indices(phrase).any(|(at, _)| {
            let end = plain.as_bytes().get(at + phrase.len());
            at > 0 && plain.as_bytes().get(at - 1) == Some(&b' ') && end == Some(&b' ')
        })
    })
}

/// Whether [`plain`] words are exactly one of these phrases.
pub(super) fn is(plain: &str, phrases: &[&str]) -> bool {
    phrases.contains(&plain.trim())
}

/// Whether EI is named as a word, or electron impact or ionisation, whatever the capitals: files of one format write all
/// of these.
pub(super) fn names_electron(value: &str) -> bool {
    let value = value.to_lowercase();
    let mut words = value.split(|c: char| !c.is_alphabetic());
    words.any(|word| word == "ei")
        || ["electron impact", "electron ioni"]
            .iter()
            .any(|phrase| value.contains(phrase))
}

/// Whether [`plain`] words hold a number.
pub(super) fn has_number(plain: &str) -> bool {
    plain
        .split(' ')
        .any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// [`plain`] words without the numbers among them.
pub(super) fn without_numbers(plain: &str) -> String {
    let words = plain
        .split(' ')
        .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a value says that something is absent or switched off.
pub(super) fn is_off(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let zero = value.parse().is_ok_and(|number: f64| number == 0.0);
    zero || matches!(
        value.as_str(),
        "" | "false" | "no" | "off" | "none" | "n/a" | "nein" | "disabled" | "not used"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn electron_ionisation_by_its_names() {
        for yes in [
            "EI",
            "EI+",
            "GC-EI-QTOF",
            "Electron Impact",
            "electron ionization",
            "electron ionisation",
        ] {
            assert!(names_electron(yes), "{yes}");
        }
        for no in [
            "ESI",
            "CI",
            "electrospray ionization",
            "electron capture",
            "reir",
            "",
        ] {
            assert!(!names_electron(no), "{no}");
        }
    }

    #[test]
    fn whole_words_only() {
        assert_eq!(plain("Dark Subtracted #1"), " dark subtracted 1 ");
        assert_eq!(plain("LaserWavelength_nm"), " laser wavelength nm ");
        assert!(has(&plain("Raw_Data"), &["raw"]));
        assert!(!has(&plain("Straw"), &["raw"]));
        assert!(!has(&plain("matrix tablet"), &["atr"]));
        assert!(has(&plain("JASCO FT/IR-4100"), &["ft ir"]));
        assert_eq!(without_numbers(&plain("Sample 1")).trim(), "sample");
        assert!(is_off("0.0") && is_off("False") && !is_off("785"));
    }
}
