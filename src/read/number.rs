//! Numbers as instruments write them.

/// Parses a number with a decimal point or, where `comma` is set, a decimal comma.
/// `None` for anything else, infinities and words such as `nan` included.
pub fn parse(text: &str, comma: bool) -> Option<f64> {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.,eE".contains(&b));
    if text.is_empty() || !plain {
        return None;
    }
    let value: f64 = match (comma, text.contains(',')) {
        (_, false) => text.parse().ok()?,
        (true, true) => text.replacen(',', ".", 1).parse().ok()?,
        (false, true) => return None,
    };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_commas_and_refusals() {
        assert_eq!(parse(" 1.5e3 ", false), Some(1500.0));
        assert_eq!(parse("176,58", true), Some(176.58));
        assert_eq!(parse("176,58", false), None);
        assert_eq!(parse("nan", false), None);
        assert_eq!(parse("1e999", false), None);
        assert_eq!(parse("", true), None);
    }
}
