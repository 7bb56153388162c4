//! The lines around a table: headings of columns, and labels with values.

use super::dialect::{Dialect, split};
use super::field::{cif_fields, cif_headings, clean, field, peds_fields};
use super::layout::axis_in;
use super::units::x_unit;
use crate::read::laser;
use crate::read::words::{has, is, plain};

/// Preamble and column headings.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Headings of the columns; empty where there are none.
    pub headings: Vec<String>,
    /// Cells of the line above the headings: names of the columns, where it has as many.
    pub names: Vec<String>,
    /// Labels and values above the headings and below the table.
    pub fields: Vec<(String, String)>,
    /// The only line above the headings.
    pub lone: Option<String>,
    /// An axis in a line above the table: one value a column, counted from the last.
    pub axis: Option<Vec<f64>>,
}

impl Header {
    /// Reads the lines above the table.
    pub fn read(above: &[&str], dialect: Dialect) -> Self {
        let mut header = Self::default();
        if let Some(fields) = peds_fields(above) {
            header.fields = fields;
            return header;
        }
        let filled = |line: &&&str| !line.trim().is_empty();
        let tags = above.iter().filter(|line| line.starts_with('_')).count();
        if tags > 0 && above.iter().any(|line| line.starts_with("data_")) {
            let names = cif_headings(above);
            if names.len() == dialect.cells {
                header.headings = names.into_iter().map(str::to_owned).collect();
            }
            header.fields = cif_fields(above);
            return header;
        }
        let mut rest = above;
        let last = |lines: &[&str]| lines.iter().rposition(|line| filled(&line));
        if let Some((at, unit)) = last(rest).and_then(|at| Some((at, lone_unit(rest[at])?))) {
            header.fields.push(("XUNITS".to_owned(), unit.to_owned()));
            rest = &rest[..at];
        } else if let Some(at) = last(rest) {
            let headings = headings(rest[at], dialect);
            // Between blanks the words of one heading cannot be told from two headings.
            let parted = dialect.separator != ' ' && looks_like_headings(&headings);
            if headings.len() == dialect.cells || parted {
                header.headings = headings;
                rest = &rest[..at];
                header.read_names(rest, dialect);
            }
        }
        if dialect.cells >= 16 {
            header.axis = above
                .iter()
                .rev()
                .take(8)
                .find_map(|line| axis_in(&split(line, dialect.separator), dialect));
        }
        if !header.headings.is_empty() && rest.iter().filter(filled).count() == 1 {
            header.lone = rest
                .iter()
                .find(filled)
                .and_then(|line| lone_title(line, dialect));
        }
        let given = rest.iter().filter_map(|line| field(line, dialect));
        header.fields.extend(given);
        header
    }

    /// The names of the columns in the line above the headings. Where the headings are units only
    /// (`[nm];[counts]`), the names belong before them.
    fn read_names(&mut self, above: &[&str], dialect: Dialect) {
        let Some(line) = above.last() else { return };
        if dialect.separator != ' ' && line.contains(dialect.separator) {
            let cells = line.split(dialect.separator);
            self.names = cells.map(|cell| clean(cell).to_owned()).collect();
        }
        let bracketed = |h: &String| h.starts_with('[') && h.ends_with(']');
        let names = headings(line, dialect);
        if names.len() == self.headings.len() && self.headings.iter().all(bracketed) {
            for (unit, name) in self.headings.iter_mut().zip(names) {
                *unit = format!("{name} {unit}");
            }
        }
    }

    /// Heading of a column, empty where there is none.
    pub fn heading(&self, column: usize) -> &str {
        self.headings.get(column).map_or("", String::as_str)
    }

    /// The value of the first of these labels that has one.
    pub fn value(&self, labels: &[&str]) -> Option<&str> {
        labels.iter().find_map(|wanted| {
            self.fields
                .iter()
                .find(|(label, value)| !value.is_empty() && is(&plain(label), &[wanted]))
                .map(|(_, value)| value.as_str())
        })
    }

    /// The first value whose label holds the first of these words that any label holds.
    pub fn value_with(&self, words: &[&str]) -> Option<&str> {
        words.iter().find_map(|word| {
            self.fields
                .iter()
                .find(|(label, value)| !value.is_empty() && has(&plain(label), &[word]))
                .map(|(_, value)| value.as_str())
        })
    }

    /// Laser wavelength in nm: a number between 200 and 2000 behind a label of the laser.
    pub fn laser(&self) -> Option<f64> {
        let mut fields = self.fields.iter();
        fields.find_map(|(label, value)| laser::wavelength(label, value))
    }
}

/// A line that holds nothing but the unit of the axis, such as `[nm],`.
fn lone_unit(line: &str) -> Option<&str> {
    let text = line
        .trim()
        .trim_end_matches([',', ';', '\t'])
        .trim_matches('"');
    let bracketed = text.starts_with('[') && text.ends_with(']')
        || text.starts_with('(') && text.ends_with(')');
    let one = text.matches(['[', '(']).count() == 1;
    let unit = bracketed && one && x_unit(text).is_some();
    unit.then_some(text)
}

/// A line that is a title: a whole quoted line, or one without a label.
fn lone_title(line: &str, dialect: Dialect) -> Option<String> {
    let text = line.trim().trim_start_matches('#').trim();
    let quoted = text
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'));
    let title = match quoted {
        Some(inner) => inner.trim(),
        None if text.contains(['=', ':', ';', '\t', dialect.separator]) => return None,
        None => text,
    };
    (title.contains(char::is_alphabetic)).then(|| title.to_owned())
}

/// Headings of the columns in a line.
fn headings(line: &str, dialect: Dialect) -> Vec<String> {
    let clean = |cell: &str| cell.trim_start_matches('#').trim().to_owned();
    let cells: Vec<String> = split(line, dialect.separator)
        .into_iter()
        .map(clean)
        .collect();
    // Columns of an Ocean Optics Jaz: wavelength, dark, reference, sample, processed.
    if cells == ["W", "D", "R", "S", "P"] {
        return [
            "Wavelength (nm)",
            "Dark",
            "Reference",
            "Sample",
            "Processed",
        ]
        .map(str::to_owned)
        .to_vec();
    }
    // Renishaw puts two tabs between headings and one between numbers.
    let filled: Vec<String> = cells.iter().filter(|c| !c.is_empty()).cloned().collect();
    if filled.len() == dialect.cells {
        filled
    } else {
        cells
    }
}

/// Whether a line of another number of cells than the table is its heading all the same.
fn looks_like_headings(cells: &[String]) -> bool {
    cells.len() >= 2 && cells.iter().any(|c| x_unit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(lines: &[&str]) -> Header {
        let dialect = Dialect {
            separator: ';',
            comma: false,
            first_line: 9,
            rows: 9,
            cells: 2,
            numbers: 18,
        };
        Header::read(lines, dialect)
    }

    #[test]
    fn laser_of_a_preamble() {
        let laser = |line: &str| header(&[line, "nm;Abs"]).laser();
        assert_eq!(laser("laser_wavelength;784.96"), Some(784.96));
        assert_eq!(laser("# Laser: 785 nm"), Some(785.0));
        assert_eq!(laser("##RAMAN WAVELENGTH=514"), Some(514.0));
        assert_eq!(
            laser("\u{52b1}\u{8d77}\u{6ce2}\u{9577};532.05 nm"),
            Some(532.05)
        );
        for line in [
            "Laser power: 300",
            "LaserPower_mW;450",
            "Excitation Energy: 1486.61",
        ] {
            assert_eq!(laser(line), None, "{line}");
        }
    }

    #[test]
    fn a_lone_line_is_a_title() {
        let title = |line: &str| header(&[line, "nm;Abs"]).lone;
        assert_eq!(title("\"ZnO - RawData\"").as_deref(), Some("ZnO - RawData"));
        assert_eq!(title("polymer").as_deref(), Some("polymer"));
        assert_eq!(title("sep=;"), None);
    }
}
