//! Numbers as instruments write them.

/// Parses a number with a decimal point or, where `comma` is set, a decimal comma.
/// `None` for anything else, infinities and words such as `nan` included.
pub fn parse(text: &str, comma: bool) -> Option<f64> {
    let text = text.trim();
    if let Some((value, length)) = short(text.as_bytes())
        && length == text.len()
    {
        return Some(value);
    }
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
    if let Some((value, length)) = short(text.as_bytes()) {
        return Some((value, &text[length..]));
    }
    if !begins(text.as_bytes()) {
        return None;
    }
    let (value, length) = fast_float2::parse_partial::<f64, _>(text).ok()?;
    value.is_finite().then(|| (value, &text[length..]))
}

/// As [`leading`], for numbers of at most 15 digits without an exponent; `None` for all others.
pub fn plain(text: &str) -> Option<(f64, &str)> {
    short(text.as_bytes()).map(|(value, length)| (value, &text[length..]))
}

/// The two numbers of a line such as `58.1 999`, parted by blanks or tabs, with nothing else on it.
pub fn pair(line: &str) -> Option<(f64, f64)> {
    let blanks = |text: &str| {
        text.bytes()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count()
    };
    let (first, rest) = leading(line)?;
    let parted = blanks(rest);
    if parted == 0 {
        return None;
    }
    let (second, rest) = leading(&rest[parted..])?;
    (blanks(rest) == rest.len()).then_some((first, second))
}

/// The usual number: at most 15 digits, with or without sign and point, no exponent; and its length.
///
/// Its digits as a whole number and the power of ten are exact in binary, so that one division rounds
/// correctly. Everything else is left to the general parser.
fn short(text: &[u8]) -> Option<(f64, usize)> {
    const POWERS: [f64; 16] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    let negative = text.first() == Some(&b'-');
    let start = usize::from(negative || text.first() == Some(&b'+'));
    let (mut whole, mut digits, mut behind, mut at) = (0_u64, 0, None, start);
    while let Some(byte) = text.get(at) {
        match byte {
            b'0'..=b'9' if digits < 15 => {
                whole = 10 * whole + u64::from(byte - b'0');
                digits += 1;
                behind = behind.map(|count: usize| count + 1);
            }
            b'.' if behind.is_none() => behind = Some(0),
            b'0'..=b'9' | b'e' | b'E' | b'.' => return None,
            _ => break,
        }
        at += 1;
    }
    let value = whole as f64 / POWERS[behind.unwrap_or(0)];
    (digits > 0).then_some((if negative { -value } else { value }, at))
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

    proptest::proptest! {
        /// The short way gives what the standard library gives, to the last bit.
        #[test]
        fn short_numbers_are_rounded_correctly(text in "[+-]?[0-9]{0,9}[.]?[0-9]{0,9}([eE][0-9])?") {
            let expected = text.parse::<f64>().ok();
            proptest::prop_assert_eq!(parse(&text, false).map(f64::to_bits), expected.map(f64::to_bits));
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
