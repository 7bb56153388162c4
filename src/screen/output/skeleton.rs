//! The page without its data: one file that needs nothing beside it.

use std::io::{self, Write};

const HTML: &str = include_str!("../page/page.html");
const DATA: &str = "/*DATA*/";
/// What takes the place of which marker, in the order of the page.
const PARTS: [(&str, &[&str]); 3] = [
    (
        "/*STYLE*/",
        &[
            include_str!("../page/uplot.min.css"),
            include_str!("../page/style.css"),
        ],
    ),
    ("/*PLOT*/", &[include_str!("../page/uplot.min.js")]),
    (
        "/*SCRIPT*/",
        &[
            include_str!("../page/base.js"),
            include_str!("../page/drawing.js"),
            include_str!("../page/model.js"),
            include_str!("../page/filter.js"),
            include_str!("../page/columns.js"),
            include_str!("../page/table.js"),
            include_str!("../page/plots.js"),
            include_str!("../page/series.js"),
            include_str!("../page/detail.js"),
            include_str!("../page/spectrum.js"),
            include_str!("../page/head.js"),
            include_str!("../page/sections.js"),
            include_str!("../page/print.js"),
            include_str!("../page/page.js"),
        ],
    ),
];

/// The page before and after its data.
pub fn parts() -> (String, String) {
    let mut page = HTML.to_owned();
    for (marker, contents) in PARTS {
        page = page.replacen(marker, &contents.join("\n"), 1);
    }
    match page.split_once(DATA) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (page, String::new()),
    }
}

/// JSON inside a script element: no `<` may stand there, since it could end the element.
pub struct InScript<W>(pub W);

impl<W: Write> Write for InScript<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (place, part) in bytes.split(|b| *b == b'<').enumerate() {
            if place > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_stands_once() {
        for marker in PARTS.iter().map(|(marker, _)| *marker).chain([DATA]) {
            assert_eq!(HTML.matches(marker).count(), 1, "{marker}");
        }
        let (before, after) = parts();
        assert!(before.ends_with("type=\"application/json\" id=\"data\">"));
        assert!(after.contains("</script>"));
    }

    #[test]
    fn no_text_of_the_data_ends_the_script() {
        let mut out = InScript(Vec::new());
        serde_json::to_writer(&mut out, "</script><b>").unwrap();
        assert_eq!(out.0, br#""\u003c/script>\u003cb>""#);
    }
}
