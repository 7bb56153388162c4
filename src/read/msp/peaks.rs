//! Lines of peaks.

/// Parses the peaks of a line and adds them to `peaks`; `None` where the line holds none.
///
/// Pairs are parted by `;`, by brackets, or by blanks where every word is a number and their count
/// is even; within a pair m/z and abundance are parted by blanks, tabs, a comma or a colon. What
/// follows the two numbers of a pair (a quoted annotation, a third column) is left out.
pub(super) fn parse_line(line: &str, peaks: &mut Vec<(f64, f64)>) -> Option<()> {
    if let Some(pair) = annotated(line) {
        peaks.push(pair);
        return Some(());
    }
    let plain = without_quotes(line);
    let bracketed = plain.contains(['(', '[']);
    let before = peaks.len();
    for part in plain.split([';', '(', ')', '[', ']']) {
        let words: Vec<&str> = part
            .split(|c: char| c.is_whitespace() || c == ',' || c == ':')
            .filter(|w| !w.is_empty())
            .collect();
        if words.is_empty() {
            continue;
        }
        let numbers: Vec<f64> = words.iter().map_while(|w| number(w)).collect();
        if numbers.len() < 2 {
            // Words behind a pair are its annotation; words alone are not peaks.
            if peaks.len() > before && numbers.is_empty() && (bracketed || plain.contains(';')) {
                continue;
            }
            return None;
        }
        let many = numbers.len() == words.len() && numbers.len().is_multiple_of(2);
        let pairs = if many { numbers.len() / 2 } else { 1 };
        peaks.extend(numbers.chunks_exact(2).take(pairs).map(|p| (p[0], p[1])));
    }
    (peaks.len() > before).then_some(())
}

/// The pair of a line of columns parted by tabs, the third of which is words and may hold anything.
fn annotated(line: &str) -> Option<(f64, f64)> {
    let mut columns = line.split('\t');
    let pair = (number(columns.next()?)?, number(columns.next()?)?);
    let note = columns.next()?.trim();
    (!note.is_empty() && number(note).is_none()).then_some(pair)
}

fn number(word: &str) -> Option<f64> {
    super::super::number::parse(word, false)
}

fn without_quotes(line: &str) -> String {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            if *c == '"' {
                quoted = !quoted;
            }
            !quoted && *c != '"'
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Vec<(f64, f64)>> {
        let mut peaks = Vec::new();
        parse_line(line, &mut peaks).map(|()| peaks)
    }

    #[test]
    fn one_and_many_pairs() {
        assert_eq!(parse("58\t999"), Some(vec![(58.0, 999.0)]));
        assert_eq!(
            parse("41 27; 42 31; 43 135;"),
            Some(vec![(41.0, 27.0), (42.0, 31.0), (43.0, 135.0)])
        );
        assert_eq!(parse("41 27 42 31"), Some(vec![(41.0, 27.0), (42.0, 31.0)]));
        assert_eq!(
            parse("(41,27) (42,31)"),
            Some(vec![(41.0, 27.0), (42.0, 31.0)])
        );
        assert_eq!(parse("41:27 42:31"), Some(vec![(41.0, 27.0), (42.0, 31.0)]));
    }

    #[test]
    fn annotations_are_left_out() {
        assert_eq!(parse("58.06 999 \"C3H8N 1/2\""), Some(vec![(58.06, 999.0)]));
        assert_eq!(parse("58.06 999 12.5"), Some(vec![(58.06, 999.0)]));
        assert_eq!(parse("58.06\t999\tC3H8N+"), Some(vec![(58.06, 999.0)]));
        assert_eq!(
            parse("58.06\t999\t[y3-17/0.02],(2 3)\t4 5"),
            Some(vec![(58.06, 999.0)])
        );
        assert_eq!(
            parse("41\t27\t42\t31"),
            Some(vec![(41.0, 27.0), (42.0, 31.0)])
        );
    }

    #[test]
    fn text_is_not_a_peak() {
        assert_eq!(parse("58 abc"), None);
        assert_eq!(parse("see page 3"), None);
        assert_eq!(parse("58 1e999"), None);
    }
}
