//! Texts within HTML and within its style sheet.

use crate::document::text::readable;

/// A text between tags; line feeds break lines.
pub(in crate::document) fn content(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

/// A text between quotes.
pub(in crate::document) fn attribute(text: &str) -> String {
    escaped(text).replace('\n', " ")
}

fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in readable(text).chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            c => written.push(c),
        }
    }
    written
}

/// A text as a string of a style sheet, with its quotes; safe within `<style>`.
pub(super) fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in readable(text).chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' | '\n' => {
                written.push_str(&format!("\\{:06x}", u32::from(c)));
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place() {
        let text = "<script>\"a\" & 'b'</script>\u{1}\n";
        assert_eq!(
            content(text),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;[U+0001]<br>"
        );
        assert!(!attribute(text).contains(['<', '"', '\n']));
        assert_eq!(
            quoted("</style>\\\""),
            "\"\\00003c/style\\00003e\\00005c\\000022\""
        );
    }
}
