//! Statements within a comment: `Comment: key="value" "key of words=value" key=value ...`.

use super::fields::normalise;

/// Pairs `key="value"`, `"key=value"` and `key=value` of a comment, keys as [`normalise`] has them.
pub(super) fn key_values(text: &str) -> Vec<(String, String)> {
    if let Some(parts) = parted(text) {
        return parts.into_iter().filter_map(pair).collect();
    }
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (item, tail) = next_item(rest);
        rest = tail.trim_start();
        pairs.extend(pair(item));
    }
    pairs
}

/// The parts of a comment whose statements are parted by semicolons rather than blanks.
fn parted(text: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = text.split(';').filter(|p| !p.trim().is_empty()).collect();
    let pairs = parts.iter().filter(|part| part.contains('=')).count();
    (!text.contains('"') && parts.len() > 2 && pairs * 5 >= parts.len() * 4).then_some(parts)
}

/// One statement. Keys of several words are short; a sentence with an equals sign is no key.
fn pair(item: &str) -> Option<(String, String)> {
    let clean = |t: &str| t.trim().trim_matches(['"', ';']).trim().to_owned();
    let (key, value) = item.split_once('=')?;
    let (key, value) = (clean(key), clean(value));
    let is_key = key.len() <= 40 && key.split(' ').count() <= 4;
    let key = normalise(&key);
    (is_key && !key.is_empty() && !value.is_empty()).then_some((key, value))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment_pairs() {
        let pairs = key_values(
            "contributor=\"SWG / DEA\" \"SMILES=CC(=O)C\" \"ms level=MS1\" free words RI=1210",
        );
        let parted =
            key_values("Spectrum_type=MS2; Ionization=ESI; Notes=by a = b; exact mass=283.1");
        assert_eq!(parted[1], ("ionization".to_owned(), "ESI".to_owned()));
        assert_eq!(parted[3], ("exactmass".to_owned(), "283.1".to_owned()));
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("contributor", "SWG / DEA"),
                ("smiles", "CC(=O)C"),
                ("mslevel", "MS1"),
                ("ri", "1210")
            ]
        );
    }
}
