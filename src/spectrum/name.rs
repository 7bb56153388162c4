//! Names as people write them.

/// A name without case, blanks and punctuation that writers vary, Greek letters in words; primes and `+`
/// tell substances apart and stay.
pub fn normalised(name: &str) -> String {
    if name.is_ascii() {
        return normalised_ascii(name);
    }
    name.chars().flat_map(char::to_lowercase).fold(
        String::with_capacity(name.len()),
        |mut text, c| {
            match c {
                '\u{2032}' | '\u{2019}' | '`' => text.push('\''),
                '+' | '\'' => text.push(c),
                c if c.is_alphanumeric() => match greek(c) {
                    Some(word) => text.push_str(word),
                    None => text.push(c),
                },
                _ => {}
            }
            text
        },
    )
}

/// The same for most names, quickly.
fn normalised_ascii(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    text.extend(name.bytes().filter_map(|byte| match byte {
        b'`' => Some('\''),
        b'+' | b'\'' => Some(char::from(byte)),
        _ if byte.is_ascii_alphanumeric() => Some(char::from(byte.to_ascii_lowercase())),
        _ => None,
    }));
    text
}

/// The name of a small Greek letter.
fn greek(letter: char) -> Option<&'static str> {
    const NAMES: [(char, &str); 8] = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "epsilon"),
        ('κ', "kappa"),
        ('μ', "mu"),
        ('ω', "omega"),
    ];
    let found = NAMES.iter().find(|(greek, _)| *greek == letter);
    found.map(|(_, name)| *name)
}

/// Words of a name in lower case: parts between blanks, brackets and hyphens.
pub fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| c.is_whitespace() || "-()[],;:_".contains(c))
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_with_greek_letters_and_primes() {
        for (one, other) in [
            ("ALPHA-PVP", "α-PVP"),
            ("Δ9-THC", "delta-9-thc"),
            ("γ-Butyrolactone", "gamma-butyrolactone"),
            ("4,4′-DMAR", "4,4'-DMAR"),
            ("P-2-P", "p2p"),
        ] {
            assert_eq!(normalised(one), normalised(other), "{one}");
        }
        assert_ne!(normalised("(+)-ephedrine"), normalised("(-)-ephedrine"));
    }
}
