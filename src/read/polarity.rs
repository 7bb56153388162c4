//! Polarity of ions, as programs write it.

/// Polarity by a word or sign; `None` for `N/A` and the like, `Some(true)` for positive.
pub(super) fn polarity(value: &str) -> Option<bool> {
    let value = value.trim().to_ascii_lowercase();
    match value.as_str() {
        "n" | "-" | "-1" => Some(false),
        "p" | "+" | "1" | "+1" => Some(true),
        _ if value.starts_with("neg") => Some(false),
        _ if value.starts_with("pos") => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs() {
        for text in ["P", "positive", "Positive scan", "+", "POS"] {
            assert_eq!(polarity(text), Some(true), "{text}");
        }
        for text in ["n", "NEGATIVE", "-", "neg"] {
            assert_eq!(polarity(text), Some(false), "{text}");
        }
        for text in ["", "N/A", "unknown", "0"] {
            assert_eq!(polarity(text), None, "{text}");
        }
    }
}
