//! ASDF: the squeezed forms of evenly spaced data, `(X++(Y..Y))`.
//!
//! McDonald & Wilks 1988, "ASDF": a line holds an abscissa and ordinates. AFFN writes numbers in
//! full; PAC lets the sign part them; SQZ replaces sign and first digit by a letter (`@` 0, `A`-`I` 1
//! to 9, `a`-`i` -1 to -9); DIF writes differences (`%` 0, `J`-`R`, `j`-`r`); DUP counts repetitions
//! (`S`-`Z` 1 to 8, `s` 9). A line that ends in a difference repeats its last ordinate at the start of
//! the next line, the Y-check.

use crate::read::number;

/// Ordinates of a table and what its checks say.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Ordinates as written, before YFACTOR; not-a-number for `?`.
    pub y: Vec<f64>,
    /// The abscissas of the lines.
    pub starts: Vec<Start>,
    /// Most decimal places of such an abscissa as written.
    pub decimals: i32,
    /// Most significant figures of one.
    pub figures: i32,
    /// Lines whose Y-check failed.
    pub failed_checks: Vec<usize>,
    /// First line that could not be read to its end, with the text found there.
    pub broken: Option<(usize, String)>,
    /// Whether reading stopped at the limit.
    pub overfull: bool,
}

/// Where a line says that it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Start {
    /// Abscissa as written, before XFACTOR.
    pub x: f64,
    /// Index of the line's first ordinate that is not a check.
    pub index: usize,
    /// Whether the line begins with a Y-check.
    pub checked: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Absolute,
    Difference,
}

/// Decodes the lines of a table, at most `limit` ordinates.
pub fn decode(lines: &[(usize, &str)], comma: bool, limit: usize) -> Decoded {
    // The letter E is both the digit 5 of SQZ and an exponent. A table in which any other squeezed
    // letter occurs has no exponents.
    let squeezed = lines
        .iter()
        .any(|(_, line)| line.bytes().any(is_squeezed_letter));
    let mut state = State {
        decoded: Decoded::default(),
        squeezed,
        comma,
        limit,
        last: None,
    };
    for (number, line) in lines {
        if state.decoded.overfull {
            break;
        }
        if let Err(found) = state.line(*number, line) {
            state.decoded.broken.get_or_insert((*number, found));
        }
    }
    state.decoded
}

fn is_squeezed_letter(b: u8) -> bool {
    matches!(b, b'@' | b'%' | b'A'..=b'D' | b'F'..=b'Z' | b'a'..=b'd' | b'f'..=b's')
}

struct State {
    decoded: Decoded,
    squeezed: bool,
    comma: bool,
    limit: usize,
    /// Last ordinate and the form of the last item.
    last: Option<(f64, Form, f64)>,
}

impl State {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        let line = line.trim();
        let (x, mut rest) = self.plain_number(line).ok_or_else(|| line.to_owned())?;
        let (decimals, figures) = precision(&line[..line.len() - rest.len()]);
        self.decoded.decimals = self.decoded.decimals.max(decimals);
        self.decoded.figures = self.decoded.figures.max(figures);
        self.decoded.starts.push(Start {
            x,
            index: self.decoded.y.len(),
            checked: false,
        });
        // The first ordinate of a line is a check where the line before ended in a difference.
        let mut check = match self.last {
            Some((value, Form::Difference, _)) => Some(value),
            _ => None,
        };
        let separators = |b: &u8| matches!(b, b' ' | b'\t' | b',' | b';');
        loop {
            // These are single bytes, so that the text can be cut behind them.
            rest = &rest[rest.bytes().take_while(|b| separators(b)).count()..];
            let Some(first) = rest.bytes().next() else {
                break;
            };
            if self.decoded.y.len() >= self.limit {
                self.decoded.overfull = true;
                return Ok(());
            }
            rest = match first {
                b'?' => {
                    self.put(f64::NAN, Form::Absolute, 0.0);
                    &rest[1..]
                }
                b'S'..=b'Z' | b's' => self.repeat(rest, &mut check)?,
                b'%' | b'J'..=b'R' | b'j'..=b'r' => {
                    let (step, tail) = self.lettered(rest).ok_or_else(|| rest.to_owned())?;
                    let (value, ..) = self.last.ok_or_else(|| rest.to_owned())?;
                    check = None;
                    self.put(value + step, Form::Difference, step);
                    tail
                }
                _ => {
                    let (value, tail) = self
                        .lettered(rest)
                        .or_else(|| self.plain_number(rest))
                        .ok_or_else(|| rest.to_owned())?;
                    match check.take() {
                        Some(expected) => self.check(number, expected, value),
                        None => self.put(value, Form::Absolute, 0.0),
                    }
                    tail
                }
            };
        }
        Ok(())
    }

    fn put(&mut self, value: f64, form: Form, step: f64) {
        self.decoded.y.push(value);
        self.last = Some((value, form, step));
    }

    /// The Y-check repeats a value that is already there. After it, values are absolute again.
    fn check(&mut self, number: usize, expected: f64, value: f64) {
        if (expected - value).abs() > 1e-6 * expected.abs().max(1.0) {
            self.decoded.failed_checks.push(number);
        }
        self.last = Some((value, Form::Absolute, 0.0));
        if let Some(start) = self.decoded.starts.last_mut() {
            start.checked = true;
        }
    }

    /// DUP: the item before occurs so many times in all. After a difference the difference repeats.
    fn repeat<'a>(&mut self, text: &'a str, check: &mut Option<f64>) -> Result<&'a str, String> {
        let (count, tail) = self.lettered(text).ok_or_else(|| text.to_owned())?;
        let (mut value, form, step) = self.last.ok_or_else(|| text.to_owned())?;
        *check = None;
        let times = (count as usize).saturating_sub(1);
        for _ in 0..times {
            if self.decoded.y.len() >= self.limit {
                self.decoded.overfull = true;
                break;
            }
            if form == Form::Difference {
                value += step;
            }
            self.put(value, form, step);
        }
        Ok(tail)
    }

    /// A number that begins with a letter of SQZ, DIF or DUP; the rest of its digits follow.
    fn lettered<'a>(&self, text: &'a str) -> Option<(f64, &'a str)> {
        let (digit, sign) = match text.bytes().next()? {
            b'@' | b'%' => (0, 1.0),
            b @ b'A'..=b'I' => (b - b'A' + 1, 1.0),
            b @ b'a'..=b'i' => (b - b'a' + 1, -1.0),
            b @ b'J'..=b'R' => (b - b'J' + 1, 1.0),
            b @ b'j'..=b'r' => (b - b'j' + 1, -1.0),
            b @ b'S'..=b'Z' => (b - b'S' + 1, 1.0),
            b's' => (9, 1.0),
            _ => return None,
        };
        let tail = &text[1..];
        let count = tail.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = tail.split_at(count);
        let fraction = rest.starts_with('.') || (self.comma && rest.starts_with(','));
        // Up to 15 digits are exact as a whole number, and nearly all are.
        if !fraction && count < 15 {
            let join = |value: u64, b: u8| value * 10 + u64::from(b - b'0');
            let value = digits.bytes().fold(u64::from(digit), join);
            return Some((sign * value as f64, rest));
        }
        let end = tail
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || (self.comma && c == ',')))
            .unwrap_or(tail.len());
        let digits = format!("{digit}{}", &tail[..end]);
        let value = number::parse(&digits, self.comma)?;
        Some((sign * value, &tail[end..]))
    }

    /// A number written in full, up to the next sign, letter or separator.
    fn plain_number<'a>(&self, text: &'a str) -> Option<(f64, &'a str)> {
        if !self.comma
            && let Some(found) = number::plain(text)
        {
            return Some(found);
        }
        let bytes = text.as_bytes();
        let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        while let Some(b) = bytes.get(end) {
            let exponent = matches!(b, b'e' | b'E') && !self.squeezed && end > 0;
            let digit = b.is_ascii_digit() || *b == b'.' || (self.comma && *b == b',');
            if exponent {
                end += 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            } else if digit {
                end += 1;
            } else {
                break;
            }
        }
        let value = number::parse(text.get(..end)?, self.comma)?;
        Some((value, &text[end..]))
    }
}

/// Decimal places and significant figures of a number as written.
fn precision(written: &str) -> (i32, i32) {
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let count = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() as i32;
    let decimals = mantissa.split_once(['.', ',']).map_or(0, |(_, d)| count(d));
    let figures = count(mantissa.trim_start_matches(['+', '-', '0', '.', ',']));
    (
        decimals.saturating_sub(exponent.parse().unwrap_or(0)),
        figures,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str, comma: bool, limit: usize) -> Decoded {
        let lines: Vec<_> = crate::read::text::lines(text).collect();
        decode(&lines, comma, limit)
    }

    fn y(text: &str) -> Vec<f64> {
        decoded(text, false, 1000).y
    }

    /// The same ordinates 1 2 3 3 2 1 0 -1 -2 -3 in each form, as the standard's table shows them.
    #[test]
    fn one_line_in_every_form() {
        let expected = [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -3.0];
        for line in [
            "1 1 2 3 3 2 1 0 -1 -2 -3",
            "1+1+2+3+3+2+1+0-1-2-3",
            "1ABCCBA@abc",
            "1AJJ%jjjjjj",
            "1AJT%jX",
        ] {
            assert_eq!(y(line), expected, "{line}");
        }
    }

    #[test]
    fn y_check_is_not_a_point() {
        let got = decoded("1A1J1J1\n4C3J1\n", false, 99);
        assert_eq!(got.y, [11.0, 22.0, 33.0, 44.0]);
        assert!(got.failed_checks.is_empty());
        let got = decoded("1A1J1J1\n4C4J1\n", false, 99);
        assert_eq!((got.y.len(), got.failed_checks), (4, vec![2]));
        // A line that ends in a plain value has no check behind it.
        assert_eq!(y("1A1B2\n3B2C3\n"), [11.0, 22.0, 22.0, 33.0]);
    }

    #[test]
    fn dup_after_dif_repeats_the_difference() {
        assert_eq!(y("1A0J0V"), [10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!(y("1A0U"), [10.0, 10.0, 10.0]);
    }

    #[test]
    fn the_letter_e() {
        // Squeezed: 544.813 then 883 behind E = 5883. Written in full: an exponent.
        let got = decoded("544.813E883p27", false, 99);
        assert_eq!((got.starts[0].x, got.starts[0].index), (544.813, 0));
        assert_eq!(got.y, [5883.0, 5883.0 - 727.0]);
        assert_eq!(y("400 1.5E-02 2e3"), [0.015, 2000.0]);
    }

    #[test]
    fn precision_of_abscissas() {
        assert_eq!(precision("-1234.50"), (2, 6));
        assert_eq!(precision("0,050"), (3, 2));
        assert_eq!(precision("4.5E+02"), (-1, 2));
        let got = decoded("1A1J1J1\n4C3J1\n", false, 99);
        assert!(!got.starts[0].checked && got.starts[1].checked);
        assert_eq!((got.decimals, got.figures, got.starts[1].index), (0, 1, 3));
    }

    #[test]
    fn gaps_commas_and_rubbish() {
        let gap = y("1 2 ? 3");
        assert!(gap[1].is_nan() && gap.len() == 3);
        let got = decoded("176,36 1,5 2,5", true, 99);
        assert_eq!((got.starts[0].x, got.y), (176.36, vec![1.5, 2.5]));
        let got = decoded("1 2 3 }x\n4 5", false, 99);
        assert_eq!(got.broken, Some((1, "}x".to_owned())));
        assert_eq!(got.y, [2.0, 3.0, 5.0]);
        assert!(decoded("1A9999999999J1s999999999", false, 50).overfull);
    }
}
