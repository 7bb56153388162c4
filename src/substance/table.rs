//! Tab-separated text under a row of headings. There is no quotation: a tab always ends a cell.

use std::str::Lines;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// A text with its headings.
pub(super) struct Table<'t> {
    headings: Vec<&'t str>,
    lines: std::iter::Enumerate<Lines<'t>>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column(usize);

/// A row with as many cells as there are headings.
pub(super) struct Row<'t> {
    /// Line, counted from 1.
    pub line: usize,
    cells: Vec<&'t str>,
}

impl Row<'_> {
    /// Text of a cell.
    pub fn text(&self, column: Column) -> String {
        self.cells[column.0].to_owned()
    }

    /// Text of a cell; `None` where it is empty.
    pub fn given(&self, column: Column) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }
}

impl<'t> Table<'t> {
    /// The headings of a text. Empty lines and lines that begin with `#` count as comments.
    pub fn of(text: &'t str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut table = Self {
            headings: Vec::new(),
            lines: text.lines().enumerate(),
        };
        let headings = table.line().map(|(_, line)| line.split('\t').collect());
        table.headings = headings.unwrap_or_default();
        table
    }

    /// The next line that is no comment.
    fn line(&mut self) -> Option<(usize, &'t str)> {
        let comment = |line: &str| line.is_empty() || line.starts_with('#');
        let (at, line) = self.lines.find(|(_, line)| !comment(line))?;
        Some((at + 1, line))
    }

    /// The column of a heading; `None` where there is none.
    pub fn find(&self, heading: &str) -> Option<Column> {
        let found = self.headings.iter().position(|own| *own == heading);
        found.map(Column)
    }

    /// The column of a heading that is needed.
    ///
    /// # Errors
    /// [`Fault`] where there is none.
    pub fn column(&self, heading: &str) -> Result<Column, Fault> {
        self.find(heading).ok_or_else(|| Fault {
            line: 1,
            message: format!("there is no column {heading:?}"),
        })
    }
}

impl<'t> Iterator for Table<'t> {
    type Item = Result<Row<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, text) = self.line()?;
        let mut cells = Vec::with_capacity(self.headings.len());
        cells.extend(text.split('\t'));
        let wanted = self.headings.len();
        Some(match cells.len() == wanted {
            true => Ok(Row { line, cells }),
            false => Err(Fault {
                line,
                message: format!("expected {wanted} cells, found {}", cells.len()),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_by_heading_without_comments() {
        let text = "\u{feff}# list\na\tb\n1\t\n\n# x\ty\n\"\t2\r\n";
        let mut table = Table::of(text);
        let (a, b) = (table.column("a").unwrap(), table.column("b").unwrap());
        assert!(table.find("c").is_none());
        let first = table.next().unwrap().unwrap();
        assert_eq!(
            (first.line, first.text(a), first.given(b)),
            (3, "1".to_owned(), None)
        );
        let second = table.next().unwrap().unwrap();
        assert_eq!(
            (second.text(a), second.text(b)),
            ("\"".to_owned(), "2".to_owned())
        );
        assert_eq!(second.line, 6);
        assert!(table.next().is_none());
    }

    #[test]
    fn a_short_row_and_a_missing_column_are_told() {
        let mut table = Table::of("a\tb\n1\t2\t3\n");
        let fault = table.next().unwrap().err().unwrap();
        assert_eq!(
            (fault.line, fault.message.as_str()),
            (2, "expected 2 cells, found 3")
        );
        let fault = Table::of("").column("a").unwrap_err();
        assert_eq!(
            (fault.line, fault.message.as_str()),
            (1, "there is no column \"a\"")
        );
    }
}
