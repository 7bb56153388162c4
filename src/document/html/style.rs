//! The style sheet: what is the same for all documents, and the running texts of this one.

use super::escape::quoted;
use crate::document::{Document, Paper};

const STYLE: &str = include_str!("style.css");

/// The style sheet of a document.
pub(super) fn sheet(document: &Document) -> String {
    let paper = match document.paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    format!(
        "{STYLE}@page {{\n  size: {paper} portrait;\n  @top-left {{ content: {}; }}\n  @bottom-left {{ content: {}; }}\n  @bottom-right {{ content: {}; }}\n}}\n",
        quoted(&document.running_head),
        quoted(&document.foot),
        page_of(&document.phrases.page_of),
    )
}

/// "Page x of y" as a style sheet says it.
fn page_of(phrase: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = phrase;
    while let Some(at) = rest.find('{') {
        let (before, place) = rest.split_at(at);
        let counter = [("{page}", "counter(page)"), ("{pages}", "counter(pages)")]
            .into_iter()
            .find(|(name, _)| place.starts_with(name));
        let Some((name, counter)) = counter else {
            break;
        };
        parts.push(quoted(before));
        parts.push(counter.to_owned());
        rest = &place[name.len()..];
    }
    parts.push(quoted(rest));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrase_keeps_its_order() {
        assert_eq!(
            page_of("Page {page} of {pages}"),
            "\"Page \" counter(page) \" of \" counter(pages) \"\""
        );
        assert_eq!(
            page_of("{pages}: {page}."),
            "\"\" counter(pages) \": \" counter(page) \".\""
        );
        assert_eq!(page_of("a { b"), "\"a { b\"");
    }
}
