//! A page without its data: one file that needs nothing beside it. Pages of other layers are made of the same
//! parts.

use std::io::{self, Write};

/// The style of the plots and of the pages.
pub const STYLE: [&str; 2] = [
    include_str!("../page/uplot.min.css"),
    include_str!("../page/style.css"),
];
/// What draws the plots.
pub const UPLOT: &str = include_str!("../page/uplot.min.js");
/// Helpers that every page uses.
pub const BASE: &str = include_str!("../page/base.js");
/// Large plots, their axes and lines.
pub const PLOT: &str = include_str!("../page/plot.js");

/// The HTML of a page, with markers where its parts belong and where the data stand.
#[derive(Debug, Clone, Copy)]
pub struct Template<'a> {
    /// The HTML.
    pub html: &'a str,
    /// Its styles, beside those that all pages have.
    pub style: &'a [&'a str],
    /// Its scripts, beside [`UPLOT`], in their order.
    pub scripts: &'a [&'a str],
}

const DATA: &str = "/*DATA*/";

impl Template<'_> {
    /// The page before and after its data.
    pub fn parts(&self) -> (String, String) {
        let mut page = self.html.to_owned();
        for (marker, contents) in [
            ("/*STYLE*/", [&STYLE, self.style].concat()),
            ("/*PLOT*/", vec![UPLOT]),
            ("/*SCRIPT*/", self.scripts.to_vec()),
        ] {
            page = page.replacen(marker, &contents.join("\n"), 1);
        }
        match page.split_once(DATA) {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None => (page, String::new()),
        }
    }
}

/// The page of a screening.
pub const SCREENING: Template<'static> = Template {
    html: include_str!("../page/page.html"),
    style: &[],
    scripts: &[
        BASE,
        include_str!("../page/drawing.js"),
        include_str!("../page/model.js"),
        include_str!("../page/filter.js"),
        include_str!("../page/columns.js"),
        include_str!("../page/table.js"),
        PLOT,
        include_str!("../page/plots.js"),
        include_str!("../page/series.js"),
        include_str!("../page/detail.js"),
        include_str!("../page/spectrum.js"),
        include_str!("../page/head.js"),
        include_str!("../page/sections.js"),
        include_str!("../page/print.js"),
        include_str!("../page/page.js"),
    ],
};

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
        for marker in ["/*STYLE*/", "/*PLOT*/", "/*SCRIPT*/", DATA] {
            assert_eq!(SCREENING.html.matches(marker).count(), 1, "{marker}");
        }
        let (before, after) = SCREENING.parts();
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
