//! Numbers as instruments write them.

/// Parses a number with a decimal point or, where `comma` is set, a decimal comma.
/// `None` for anything else, infinities and words such as `nan` included.
pub fn parse(text: &str, comma: bool) -> Option<f64> {
    let text = text.trim();
    let fraction = comma && text.starts_with(',');
    if !fraction && !begins(text.as_bytes()) {
        return None;
    }
    let value: f64 = match (comma, text.contains(',')) {
        (_, false) => fast_float2::parse(text).ok()?,
        (true, true) => fast_float2::parse(text.replacen(',', ".", 1)).ok()?,
        (false, true) => return None,
    };
    value.is_finite().then_some(value)
}

/// The number that `text` begins with, with a decimal point, and what stands behind it.
pub fn leading(text: &str) -> Option<(f64, &str)> {
    if !begins(text.as_bytes()) {
        return None;
    }
    let (value, length) = fast_float2::parse_partial::<f64, _>(text).ok()?;
    value.is_finite().then(|| (value, &text[length..]))
}

/// The two numbers of a line such as `58.1 999`, parted by blanks or tabs, with nothing else on it.
pub fn pair(line: &str) -> Option<(f64, f64)> {
    let blank = [' ', '\t'];
    let (first, rest) = leading(line)?;
    let parted = rest.trim_start_matches(blank);
    if parted.len() == rest.len() {
        return None;
    }
    let (second, rest) = leading(parted)?;
    rest.trim_start_matches(blank)
        .is_empty()
        .then_some((first, second))
}

/// Whether a number may begin here: words such as `inf` and `nan` are none.
fn begins(text: &[u8]) -> bool {
    match text {
        [b'+' | b'-', next, ..] | [next, ..] => next.is_ascii_digit() || *next == b'.',
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_commas_and_refusals() {
        assert_eq!(parse(" 1.5e3 ", false), Some(1500.0));
        assert_eq!(parse("+.5", false), Some(0.5));
        assert_eq!(parse("7.", false), Some(7.0));
        assert_eq!(parse("176,58", true), Some(176.58));
        assert_eq!(parse(",8", true), Some(0.8));
        assert_eq!(parse("176,58", false), None);
        for word in [
            "nan",
            "-inf",
            "+Infinity",
            "1e999",
            "",
            "-",
            ".",
            "e5",
            "1x",
        ] {
            assert_eq!(parse(word, true), None, "{word}");
        }
    }

    #[test]
    fn a_number_and_what_follows() {
        assert_eq!(leading("58.1\t9"), Some((58.1, "\t9")));
        assert_eq!(leading("-2e3;"), Some((-2000.0, ";")));
        assert_eq!(leading("x"), None);
        assert_eq!(pair("58.1  999 "), Some((58.1, 999.0)));
        for line in ["58.1", "58,999", "58 999 3", "58 999\"a\"", "58 nan", "1-2"] {
            assert_eq!(pair(line), None, "{line}");
        }
    }
}
