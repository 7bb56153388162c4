//! Looking up labels: those of a page before those of its block, and these before those of LINK.

use super::blocks::Block;
use super::records::Record;
use crate::read::number;
use std::collections::HashMap;

/// All labels that concern one spectrum.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'b, 'a> {
    page: &'b [Record<'a>],
    block: &'b Index<'b, 'a>,
}

/// The labels of a block, found in constant time however many there are.
#[derive(Debug)]
pub struct Index<'b, 'a> {
    by_label: HashMap<&'b str, &'b Record<'a>>,
    header: &'b [Record<'a>],
    comma: bool,
}

impl<'b, 'a> Index<'b, 'a> {
    /// Indexes the first `header` records of a block and what it inherits; of repeated labels
    /// the first counts.
    pub fn new(block: &'b Block<'a>, header: usize) -> Self {
        let header = &block.records[..header.min(block.records.len())];
        let mut by_label = HashMap::with_capacity(header.len());
        for record in header.iter().chain(&block.inherited) {
            by_label.entry(record.label.as_str()).or_insert(record);
        }
        let comma = DECIMALS
            .iter()
            .filter_map(|label| by_label.get(label))
            .any(|record| is_decimal_comma(record.head()));
        Self {
            by_label,
            header,
            comma,
        }
    }

    /// The block's own records that come before its first page.
    pub fn header(&self) -> &'b [Record<'a>] {
        self.header
    }
}

/// Labels whose value is one decimal number, so that a comma in it is a decimal comma.
const DECIMALS: [&str; 11] = [
    "FIRSTX", "LASTX", "DELTAX", "FIRSTY", "MINX", "MAXX", "MINY", "MAXY", "XFACTOR", "YFACTOR",
    "LASTY",
];

fn is_decimal_comma(value: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    value
        .trim_start_matches(['+', '-'])
        .split_once(',')
        .is_some_and(|(a, b)| {
            digits(a) && b.starts_with(|c: char| c.is_ascii_digit()) && !b.contains(',')
        })
}

impl<'b, 'a> Labels<'b, 'a> {
    /// Labels of one page, or of a block without pages (`page` empty).
    pub fn new(page: &'b [Record<'a>], block: &'b Index<'b, 'a>) -> Self {
        Self { page, block }
    }

    /// Whether numbers have a decimal comma.
    pub fn comma(&self) -> bool {
        self.block.comma
    }

    /// The records of the page.
    pub fn page(&self) -> &'b [Record<'a>] {
        self.page
    }

    /// The first record with this normalised label.
    pub fn record(&self, label: &str) -> Option<&'b Record<'a>> {
        self.page
            .iter()
            .find(|r| r.label == label)
            .or_else(|| self.block.by_label.get(label).copied())
    }

    /// The value of this label, `None` where it is absent or empty.
    pub fn text(&self, label: &str) -> Option<String> {
        self.record(label)
            .map(Record::value)
            .filter(|v| !v.is_empty())
    }

    /// The value of the first of these labels that has one, whether standard (`LABEL`),
    /// technique-specific (`.LABEL`) or private (`$LABEL`).
    pub fn any(&self, labels: &[&str]) -> Option<String> {
        labels.iter().find_map(|label| {
            self.text(label)
                .or_else(|| self.text(&format!(".{label}")))
                .or_else(|| self.text(&format!("${label}")))
        })
    }

    /// The number of this label: `Ok(None)` where it is absent, the text where it is no number.
    pub fn number(&self, label: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.text(label) else {
            return Ok(None);
        };
        number::parse(&text, self.block.comma)
            .or_else(|| number::parse(text.split_whitespace().next()?, self.block.comma))
            .map(Some)
            .ok_or(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::jcamp::blocks::blocks;

    #[test]
    fn page_before_block_and_private_forms() {
        let block = blocks("##TITLE=t\n##NPOINTS=5\n##$ID= x1\n##PAGE=1\n##NPOINTS=3\n")
            .next()
            .unwrap();
        let index = Index::new(&block, 3);
        assert_eq!(
            Labels::new(&[], &index).text("NPOINTS").as_deref(),
            Some("5")
        );
        let page = Labels::new(&block.records[3..], &index);
        assert_eq!(page.number("NPOINTS"), Ok(Some(3.0)));
        assert_eq!(page.any(&["ID"]).as_deref(), Some("x1"));
        assert_eq!(page.number("TITLE"), Err("t".to_owned()));
    }

    #[test]
    fn decimal_comma_only_where_a_single_number_has_one() {
        let comma = |text: &str| {
            let block = blocks(text).next().unwrap();
            let index = Index::new(&block, 9);
            Labels::new(&[], &index).comma()
        };
        assert!(comma("##TITLE=t\n##FIRSTX= 176,36\n"));
        assert!(!comma("##TITLE=t\n##FIRSTX= 176.36\n##RANGE= 1,2\n"));
        assert!(!comma("##TITLE=t\n##MAXY= 1,234,567\n"));
    }
}
