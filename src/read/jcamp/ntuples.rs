//! NTUPLES: pages that share variables, as in GC-MS runs (Lampen et al. 1994,
//! doi:10.1366/0003702944027840).

use super::blocks::Block;
use super::labels::{Index, Labels};
use super::records::Record;
use super::tables::{Scale, factor};
use crate::read::number;
use crate::read::parts::parts;
use std::ops::Range;

/// Record ranges of the pages of a block; empty where it has none.
pub fn pages(block: &Block<'_>) -> Vec<Range<usize>> {
    let starts: Vec<usize> = (0..block.records.len())
        .filter(|i| block.records[*i].label == "PAGE")
        .collect();
    parts(&starts, block.records.len())
}

/// The variables of an NTUPLES block by symbol.
#[derive(Debug)]
pub struct Variables {
    symbols: Vec<String>,
    units: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    factors: Vec<String>,
    counts: Vec<String>,
    comma: bool,
}

impl Variables {
    /// Reads the lists of the block.
    pub fn of(index: &Index<'_, '_>) -> Self {
        let labels = Labels::new(&[], index);
        let list = |label: &str| -> Vec<String> {
            let text = labels.text(label).unwrap_or_default();
            text.split(',').map(|t| t.trim().to_owned()).collect()
        };
        Self {
            symbols: list("SYMBOL").iter().map(|s| s.to_uppercase()).collect(),
            units: list("UNITS"),
            first: list("FIRST"),
            last: list("LAST"),
            factors: list("FACTOR"),
            counts: list("VARDIM"),
            comma: labels.comma(),
        }
    }

    /// Symbols of abscissa and ordinate in a form such as `(X++(R..R))` or `(XY..XY)`.
    fn of_form(form: &str) -> Option<(String, String)> {
        let inner = form.trim_start_matches('(');
        if let Some((x, rest)) = inner.split_once("++") {
            let y = rest.trim_start_matches('(').split("..").next()?;
            return Some((x.trim().to_owned(), y.trim().to_owned()));
        }
        let pair = inner.split("..").next()?.trim();
        let mut symbols = pair.chars().filter(|c| c.is_alphabetic());
        Some((symbols.next()?.to_string(), symbols.next()?.to_string()))
    }

    fn number(&self, list: &[String], at: Option<usize>) -> Option<f64> {
        number::parse(list.get(at?)?, self.comma)
    }

    /// Retention time of a page `T=...` in seconds, the unit of the protocol where none is stated.
    pub fn retention(&self, page: &Labels<'_, '_>) -> Option<f64> {
        let head = page.page().iter().find(|r| r.label == "PAGE")?.head();
        let (symbol, value) = head.split_once('=')?;
        let symbol = symbol.trim().to_uppercase();
        if !matches!(symbol.as_str(), "T" | "RT") {
            return None;
        }
        let at = self.symbols.iter().position(|s| *s == symbol);
        let unit = at.and_then(|i| self.units.get(i)).map(|u| u.to_uppercase());
        let factor = match unit.as_deref() {
            None | Some("" | "S" | "SEC" | "SECONDS" | "SECOND") => 1.0,
            Some("MIN" | "MINUTES" | "MINUTE") => 60.0,
            Some(_) => return None,
        };
        Some(number::parse(value, self.comma)? * factor)
    }

    /// Scale and units of a page's table.
    pub fn scale(&self, table: &Record<'_>, page: &Labels<'_, '_>) -> (Scale, String, String) {
        let form = table.head().to_uppercase();
        let (x, y) = Self::of_form(&form).unwrap_or_else(|| ("X".to_owned(), "Y".to_owned()));
        let at = |symbol: &str| self.symbols.iter().position(|s| s == symbol);
        let (x, y) = (at(&x), at(&y));
        let unit = |at: Option<usize>| {
            at.and_then(|i| self.units.get(i))
                .cloned()
                .unwrap_or_default()
        };
        // A page states its own number of points; VAR_DIM holds for pages that do not.
        let own = page.page().iter().find(|r| r.label == "NPOINTS");
        let points = own.and_then(|r| number::parse(r.head(), self.comma));
        let even = form.contains("++");
        let scale = Scale {
            first: self.number(&self.first, x).filter(|_| even),
            last: self.number(&self.last, x).filter(|_| even),
            delta: None,
            points: points.or_else(|| self.number(&self.counts, x).filter(|_| even)),
            x_factor: factor(self.number(&self.factors, x)),
            y_factor: factor(self.number(&self.factors, y)),
        };
        (scale, unit(x), unit(y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_of_forms() {
        let of = |form| Variables::of_form(form).unwrap();
        assert_eq!(of("(XY..XY), PEAKS"), ("X".into(), "Y".into()));
        assert_eq!(of("(X++(R..R)), XYDATA"), ("X".into(), "R".into()));
        assert_eq!(of("(T2++(Y..Y))"), ("T2".into(), "Y".into()));
    }
}
