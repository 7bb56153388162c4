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

/// Lines looked at: enough for any header and a long stretch of its table.
const LINES: usize = 5000;

/// Tried in this order; of equally good ones the first is taken.
const CANDIDATES: [(char, bool); 9] = [
    ('\t', false),
    (';', false),
    (',', false),
    ('|', false),
    (' ', false),
    (';', true),
    ('\t', true),
    ('|', true),
    (' ', true),
];

/// The dialect with the longest run of numeric lines; `None` where no line has two numbers.
pub(super) fn find(text: &str) -> Option<Dialect> {
    CANDIDATES
        .iter()
        .filter_map(|(separator, comma)| longest_run(text, *separator, *comma))
        // max_by_key keeps the last of equals.
        .rev()
        .max_by_key(|d| {
            let rows = d.rows.max(if d.cells >= 16 { 3 } else { 0 });
            (rows, d.cells >= 2, d.numbers)
        })
}

fn longest_run(text: &str, separator: char, comma: bool) -> Option<Dialect> {
    let (mut best, mut current): (Option<Dialect>, Option<Dialect>) = (None, None);
    for (number, line) in lines(text).take(LINES) {
        if line.trim().is_empty() && current.is_some() {
            continue;
        }
        let cells = split(line, separator);
        if is_numeric(&cells, comma) {
            let run = current.get_or_insert(Dialect {
                separator,
                comma,
                first_line: number,
                rows: 0,
                cells: cells.len(),
                numbers: 0,
            });
            run.rows += 1;
            run.numbers += cells.iter().filter(|c| value(c, comma).is_some()).count();
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

/// Cells of a line without quotes and outer blanks.
pub(super) fn split(line: &str, separator: char) -> Vec<String> {
    if separator == ' ' {
        return line.split_whitespace().map(str::to_owned).collect();
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    for cell in &mut cells {
        *cell = cell.trim().to_owned();
    }
    // Lines often end in a separator.
    while cells.len() > 1 && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

/// Whether a line belongs to the table: at least two numbers, and words only as marks of a missing
/// value or as one label among many numbers.
pub(super) fn is_numeric(cells: &[String], comma: bool) -> bool {
    let numbers = cells.iter().filter(|c| value(c, comma).is_some()).count();
    let missing = cells.iter().filter(|c| is_missing(c)).count();
    let filled = cells.iter().filter(|c| !c.is_empty()).count();
    let words = filled - numbers - missing;
    let starts_number = cells.first().is_some_and(|c| value(c, comma).is_some());
    // A row that begins with a number may hold the name of its scan.
    let label = words == 0 || words == 1 && (numbers >= 16 || numbers >= 6 && starts_number);
    let begins = cells.first().is_some_and(|c| !is_missing(c));
    numbers >= 1 && numbers + missing >= 2 && label && begins
}

/// A cell's number.
pub(super) fn value(cell: &str, comma: bool) -> Option<f64> {
    number::parse(cell, comma)
}

/// Whether a cell stands for a missing value.
pub(super) fn is_missing(cell: &str) -> bool {
    let word = cell.trim_start_matches(['+', '-']).to_ascii_lowercase();
    matches!(
        word.as_str(),
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
