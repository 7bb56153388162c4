//! Separator and decimal sign.

use crate::read::number;
use crate::read::text::lines;

/// How cells are parted and numbers written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Separator; a blank stands for any run of blanks and tabs.
    pub separator: char,
    /// Whether numbers have a decimal comma.
    pub comma: bool,
    /// First line of the longest run of numeric lines, counted from 1.
    pub first_line: usize,
    /// Numeric lines in that run.
    pub rows: usize,
    /// Cells in its first line.
    pub cells: usize,
    /// Numbers in that run.
    pub numbers: usize,
}

/// Cells at the begin of a long row that may be labels.
const LABELS: usize = 6;

/// Lines looked at: enough for any header and a long stretch of its table.
const LINES: usize = 5000;

/// Tried in this order; of equally good ones the first is taken.
const CANDIDATES: [(char, bool); 10] = [
    ('\t', false),
    (';', false),
    (',', false),
    ('|', false),
    (' ', false),
    (';', true),
    ('\t', true),
    ('|', true),
    (' ', true),
    // Only where quotes keep the two commas apart.
    (',', true),
];

/// The dialect with the longest run of numeric lines; `None` where no line has two numbers.
pub(super) fn find(text: &str) -> Option<Dialect> {
    let occurs = |(separator, comma): &&(char, bool)| {
        let quoted = *separator != ',' || !comma || has_quoted_comma(text);
        (*separator == ' ' || text.contains(*separator)) && (!comma || text.contains(',')) && quoted
    };
    CANDIDATES
        .iter()
        .filter(occurs)
        .filter_map(|(separator, comma)| longest_run(text, *separator, *comma))
        // max_by_key keeps the last of equals.
        .rev()
        .max_by_key(|d| {
            let rows = d.rows.max(if d.cells >= 16 { 3 } else { 0 });
            (rows, d.cells >= 2, d.numbers)
        })
}

/// Whether quotes hold a number with a decimal comma; three digits behind it may as well be
/// thousands.
fn has_quoted_comma(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let head = lines(text).take(LINES);
    head.flat_map(|(_, line)| line.split('"').skip(1).step_by(2))
        .filter_map(|cell| cell.split_once(','))
        .any(|(whole, rest)| {
            let whole = whole.trim_start_matches(['-', '+', ' ']);
            !whole.is_empty()
                && digits(whole)
                && !rest.is_empty()
                && rest.len() != 3
                && rest.starts_with(|c: char| c.is_ascii_digit())
                && digits(rest.split(['e', 'E']).next().unwrap_or_default())
        })
}

fn longest_run(text: &str, separator: char, comma: bool) -> Option<Dialect> {
    let (mut best, mut current): (Option<Dialect>, Option<Dialect>) = (None, None);
    for (number, line) in lines(text).take(LINES) {
        if line.trim().is_empty() && current.is_some() {
            continue;
        }
        let cells = split(line, separator);
        if let Some(row) = Row::read(&cells, comma) {
            let run = current.get_or_insert(Dialect {
                separator,
                comma,
                first_line: number,
                rows: 0,
                cells: cells.len(),
                numbers: 0,
            });
            run.rows += 1;
            run.numbers += row.numbers;
            // A longer run wins; a table of one spectrum in a row is wide instead of long.
            let size = |d: &Dialect| d.rows.saturating_mul(d.cells.min(64));
            if best.as_ref().is_none_or(|b| size(run) > size(b)) {
                best = Some(*run);
            }
        } else {
            current = None;
        }
    }
    best
}

/// Cells of a line without outer quotes and blanks.
pub(super) fn split(line: &str, separator: char) -> Vec<&str> {
    if separator == ' ' {
        return line.split_whitespace().map(unquoted).collect();
    }
    let mut quoted = false;
    let parts = |c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    };
    let mut cells: Vec<&str> = line.split(parts).map(unquoted).collect();
    // Lines often end in a separator.
    while cells.len() > 1 && cells.last().is_some_and(|c| c.is_empty()) {
        cells.pop();
    }
    cells
}

fn unquoted(cell: &str) -> &str {
    // Nearly all cells are bare numbers.
    if cell
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b',' | b'e' | b'E'))
    {
        return cell;
    }
    cell.trim().trim_matches('"').trim()
}

/// A line of the table.
#[derive(Debug)]
pub(super) struct Row {
    /// One value a cell; not-a-number where it holds none.
    pub values: Vec<f64>,
    /// How many of them are numbers.
    pub numbers: usize,
}

impl Row {
    /// Reads a line; `None` where it does not belong to a table: that takes at least two numbers,
    /// and words only as marks of a missing value or as one label among many numbers.
    pub fn read(cells: &[&str], comma: bool) -> Option<Self> {
        let (mut numbers, mut missing, mut words, mut last_word) = (0, 0, 0, 0);
        let mut value = |(i, cell): (usize, &&str)| {
            if let Some(value) = number::parse(cell, comma) {
                numbers += 1;
                return value;
            }
            if is_missing(cell) {
                missing += 1;
            } else if !cell.is_empty() {
                words += 1;
                last_word = i;
            }
            f64::NAN
        };
        let values: Vec<f64> = cells.iter().enumerate().map(&mut value).collect();
        let first = cells.first()?;
        let starts_number = values.first().is_some_and(|v| v.is_finite());
        // A row that begins with a number may hold the name of its scan, a long one some labels.
        let label = words == 0
            || words == 1 && (numbers >= 16 || numbers >= 6 && starts_number)
            || numbers >= 16 && last_word < LABELS;
        let begins = starts_number || !is_missing(first);
        (numbers >= 1 && numbers + missing >= 2 && label && begins)
            .then_some(Self { values, numbers })
    }
}

/// Whether a cell stands for a missing value.
fn is_missing(cell: &str) -> bool {
    let word = cell.trim_start_matches(['+', '-']);
    if word.len() > 8 {
        return false;
    }
    matches!(
        word.to_ascii_lowercase().as_str(),
        "nan"
            | "inf"
            | "infinity"
            | "na"
            | "n/a"
            | "-"
            | "--"
            | "?"
            | "*"
            | "1.#qnan"
            | "1.#inf"
            | "1.#ind"
            | "nul"
            | "null"
            | "none"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(char, bool, usize, usize)> {
        find(text).map(|d| (d.separator, d.comma, d.first_line, d.rows))
    }

    #[test]
    fn separators_and_decimal_signs() {
        assert_eq!(found("a,b\n1.5,2\n2.5,3\n"), Some((',', false, 2, 2)));
        assert_eq!(found("400,5;0,1\n401,5;0,2\n"), Some((';', true, 1, 2)));
        assert_eq!(found("400,5\t0,1\n401,5\t0,2\n"), Some(('\t', true, 1, 2)));
        assert_eq!(
            found("  4.0E+02   1.0E-02\n  5.0E+02  2.0E-2\n"),
            Some((' ', false, 1, 2))
        );
        assert_eq!(
            found("\"1.0\",\"2.0\"\n\"2.0\",\"3.0\"\n"),
            Some((',', false, 1, 2))
        );
        assert_eq!(found("one, two\nthree, four\n"), None);
        // The decimal comma shows in the first column only.
        let whole = "\t92".repeat(20);
        let text = format!("5,02{whole}\n5,03{whole}\n");
        assert_eq!(found(&text), Some(('\t', true, 1, 2)));
    }

    #[test]
    fn cells_of_a_line() {
        assert_eq!(split("a; b ;\"c;d\";;", ';'), ["a", "b", "c;d"]);
        assert_eq!(split("  1  2\t3 ", ' '), ["1", "2", "3"]);
    }
}
