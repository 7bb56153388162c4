use super::*;
use crate::document::{Drawing, Paper, Phrases};

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Result of <118-3> & \"more\"".to_owned(),
        language: "en".to_owned(),
        running_head: "No. 7 </style><script>alert(1)</script>".to_owned(),
        foot: "Foot \\ \"quoted\"".to_owned(),
        letterhead: Letterhead::default(),
        phrases: Phrases {
            page_of: "Page {page} of {pages}".to_owned(),
            figure: "Figure".to_owned(),
            continued: "continued".to_owned(),
        },
        creator: "specid".to_owned(),
        issued: "2026-11-27T10:15:00Z".to_owned(),
        paper: Paper::Letter,
        blocks,
    }
}

#[test]
fn names_stay_names() {
    let hostile = "<img src=x onerror=alert(1)>\u{0}\u{202e}";
    let page = html(&document(vec![
        Block::Heading {
            level: 9,
            text: hostile.to_owned(),
        },
        Block::Paragraph {
            tone: Tone::Normal,
            text: hostile.to_owned(),
            language: Some("id\" onclick=\"x".to_owned()),
        },
        Block::List(vec![hostile.to_owned()]),
        Block::Signatures(vec![hostile.to_owned()]),
    ]));
    assert!(!page.contains("<img") && !page.contains("<script") && !page.contains(" onclick=\"x"));
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(
        page.matches("&lt;img src=x onerror=alert(1)&gt;[U+0000][U+202E]")
            .count(),
        4
    );
    assert!(page.contains("<h4>"));
    assert!(page.contains("<title>Result of &lt;118-3&gt; &amp; &quot;more&quot;</title>"));
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = html(&document(Vec::new()));
    for link in [
        "http:", "https:", "url(", "@import", "<link", "<script", "<iframe",
    ] {
        assert!(!page.contains(link), "{link}");
    }
    assert!(page.contains("size: letter portrait"));
    assert!(page.contains("\"Page \" counter(page) \" of \" counter(pages)"));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
}

#[test]
fn tables_figures_and_fields_say_what_they_are() {
    let column = |heading: &str, side| Column {
        heading: heading.to_owned(),
        side,
        weight: 1.0,
    };
    let page = html(&document(vec![
        Block::Table(Table {
            caption: Some("Candidates".to_owned()),
            columns: vec![
                column("Substance", Side::Left),
                column("Score", Side::Right),
            ],
            rows: vec![
                vec!["Safrole".to_owned(), "0.98".to_owned()],
                vec!["PMK".to_owned()],
            ],
        }),
        Block::Figure(Figure {
            caption: "Figure 1".to_owned(),
            alt: "a line".to_owned(),
            drawing: Drawing {
                width: 10.0,
                height: 10.0,
                shapes: Vec::new(),
            },
        }),
        Block::Fields(vec![Field {
            name: "Analyst".to_owned(),
            value: "not supplied".to_owned(),
            missing: true,
        }]),
    ]));
    assert!(page.contains("<caption>Candidates</caption>"));
    assert!(page.contains("<th scope=\"col\" class=\"right\">Score</th>"));
    assert!(page.contains("<tr><th scope=\"row\">Safrole</th><td class=\"right\">0.98</td></tr>"));
    assert!(page.contains("<tr><th scope=\"row\">PMK</th><td class=\"right\"></td></tr>"));
    assert!(page.contains("role=\"img\" aria-labelledby=\"name-1\" aria-describedby=\"about-1\""));
    assert!(page.contains("<desc id=\"about-1\">a line</desc>"));
    assert!(page.contains("<dt>Analyst</dt><dd class=\"missing\">not supplied</dd>"));
}
