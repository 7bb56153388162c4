//! Labelled data records (LDR): `##LABEL= value`, where the value runs to the next label.
//!
//! JCAMP-DX 4.24 (McDonald & Wilks 1988, doi:10.1366/0003702884428734), section on LDRs: labels
//! are compared without case, blanks, `-`, `/` and `_`; `$$` starts a comment; a value may fill
//! several lines. A record borrows from the text, so that a data table is not copied.

use crate::read::{number, text};

/// Labels that carry the points of a spectrum, in normalised form, best first.
pub const TABLES: [&str; 4] = ["XYDATA", "XYPOINTS", "DATATABLE", "PEAKTABLE"];

/// One labelled data record.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// Label without case, blanks, `-`, `/` and `_`.
    pub label: String,
    /// Label as written.
    pub written: &'a str,
    /// Line of the label, counted from 1.
    pub line: usize,
    head: &'a str,
    tail: &'a str,
}

impl<'a> Record<'a> {
    /// The first line of the value without its comment.
    pub fn head(&self) -> &'a str {
        uncommented(self.head).trim()
    }

    /// The lines after the first that hold more than a comment, with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let first = self.line;
        text::lines(self.tail)
            .map(move |(number, line)| (first + number, uncommented(line).trim_ascii()))
            .filter(|(_, line)| !line.is_empty())
    }

    /// The whole value without comments, its lines trimmed and joined by line feeds.
    pub fn value(&self) -> String {
        let mut value = self.head().to_owned();
        for (_, line) in self.lines() {
            if !value.is_empty() {
                value.push('\n');
            }
            value.push_str(line);
        }
        value
    }

    /// Length of label and value in bytes, comments included.
    pub fn bytes(&self) -> usize {
        self.written.len() + self.head.len() + self.tail.len()
    }

    /// Takes the lines behind the value off as a table, where there are at least two and all of them
    /// hold two numbers or more and nothing else.
    pub fn split_pairs(&mut self) -> Option<Self> {
        let part = |c: char| matches!(c, ' ' | '\t' | ',' | ';');
        let is_pair = |line: &str| {
            let mut words = line.split(part).filter(|word| !word.is_empty());
            let number = |word: &str| number::parse(word, false).is_some();
            words.clone().count() > 1 && words.all(number)
        };
        let several = self.lines().nth(1).is_some();
        (several && self.lines().all(|(_, line)| is_pair(line))).then(|| Self {
            label: "XYPOINTS".to_owned(),
            written: "XYPOINTS",
            line: self.line,
            head: "(XY..XY)",
            tail: std::mem::take(&mut self.tail),
        })
    }

    /// Whether this record holds points.
    pub fn is_table(&self) -> bool {
        TABLES.contains(&self.label.as_str())
    }
}

/// A label in the form in which labels are compared.
pub fn normalise(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '/' | '_'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The records of a text in order. What stands before the first label is no record.
pub fn records(text: &str) -> impl Iterator<Item = Record<'_>> {
    let mut lines = text::lines(text).peekable();
    std::iter::from_fn(move || {
        loop {
            let (line, content) = lines.next()?;
            let Some(content) = labelled(content) else {
                continue;
            };
            let (written, head) = content.split_once('=').unwrap_or((content, ""));
            let mut tail = None;
            while let Some((_, next)) = lines.next_if(|(_, next)| labelled(next).is_none()) {
                let start = next.as_ptr() as usize - text.as_ptr() as usize;
                let begin = tail.map_or(start, |(begin, _)| begin);
                tail = Some((begin, start + next.len()));
            }
            return Some(Record {
                label: normalise(written),
                written: written.trim(),
                line,
                head,
                tail: tail.map_or("", |(begin, end)| &text[begin..end]),
            });
        }
    })
}

/// The content after `##`, where a line starts with a label.
///
/// A single `#` (a mistake seen in the field) is taken for a label only before a data table,
/// whose points would otherwise be lost.
fn labelled(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let content = line.strip_prefix('#')?;
    if let Some(content) = content.strip_prefix('#') {
        return Some(content);
    }
    let (label, _) = content.split_once('=')?;
    (label.len() < 40 && TABLES.contains(&normalise(label).as_str())).then_some(content)
}

fn uncommented(line: &str) -> &str {
    let first = memchr::memchr(b'$', line.as_bytes());
    match first.filter(|at| line[*at..].contains("$$")) {
        Some(_) => line.find("$$").map_or(line, |at| &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, String, usize)> {
        records(text)
            .map(|r| (r.label.clone(), r.value(), r.line))
            .collect()
    }

    fn item(label: &str, value: &str, line: usize) -> (String, String, usize) {
        (label.to_owned(), value.to_owned(), line)
    }

    #[test]
    fn labels_ignore_case_blanks_and_signs() {
        let got = all("##Data_Type= a\n  ##XUNITS=b\n## SPECTROMETER/data-system = c\n##END");
        let want = [
            item("DATATYPE", "a", 1),
            item("XUNITS", "b", 2),
            item("SPECTROMETERDATASYSTEM", "c", 3),
            item("END", "", 4),
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn comments_go_and_lines_stay_together() {
        let text = "$$ head\n##YFACTOR= 2.5e-09    $$ expands\r\n##OWNER= A\r\n  B $$ c\r\n$$ all\r\n\r\nC\r\n##X=1";
        let want = [
            item("YFACTOR", "2.5e-09", 2),
            item("OWNER", "A\nB\nC", 3),
            item("X", "1", 8),
        ];
        assert_eq!(all(text), want);
    }

    #[test]
    fn line_numbers_of_data_survive_carriage_returns_alone() {
        let text = "##TITLE=a\r##XYDATA=(XY..XY)\r1,2\r\r3,4\r##END=\r";
        let table = records(text).nth(1).unwrap();
        assert_eq!(table.lines().collect::<Vec<_>>(), [(3, "1,2"), (5, "3,4")]);
        assert!(table.is_table());
    }

    #[test]
    fn one_hash_before_a_table_is_a_label_and_elsewhere_text() {
        let got = all("##NPOINTS=1\n#XYDATA=(XY..XY)\n1 2\n#NOTE=x");
        assert_eq!(got[0], item("NPOINTS", "1", 1));
        assert_eq!(got[1], item("XYDATA", "(XY..XY)\n1 2\n#NOTE=x", 2));
    }
}
