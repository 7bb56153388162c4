//! Documents in another language.

use super::common::{Home, text};
use super::{assert_says, html, identified, imaginary, liquid};
use std::fs;
use std::path::Path;

/// English words that stand in no Indonesian document: the fixed messages of the English catalogue.
fn english_messages() -> Vec<String> {
    let read = |tag: &str| {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/statement/texts/{tag}.ftl"));
        fs::read_to_string(path).unwrap()
    };
    let (english, indonesian) = (read("en"), read("id"));
    let pieces = english
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (_, message) = line.split_once(" = ")?;
            // The longest stretch without places.
            let longest = message
                .split(['{', '}'])
                .max_by_key(|piece| piece.len())?
                .trim();
            let many_words = longest.split(' ').count() >= 3;
            (many_words && !indonesian.contains(longest)).then(|| longest.to_owned())
        });
    pieces.collect()
}

#[test]
fn an_indonesian_document_has_no_english_sentences() {
    let home = Home::new();
    let messages = english_messages();
    assert!(messages.len() > 300);
    let (ions, _) = identified(
        &home,
        "ions.json",
        &[text(&liquid()), "--targets", "table-i"],
    );
    let curve = imaginary(&home, "raman");
    for results in [ions, curve] {
        let (page, said) = html(&home, &results, &["--language", "id"]);
        assert!(page.contains("lang=\"id\""));
        assert!(!page.contains("lang=\"en\""), "{said}");
        let found: Vec<&String> = messages
            .iter()
            .filter(|m| said.contains(m.as_str()))
            .collect();
        assert!(found.is_empty(), "{found:?} in {said}");
        for item in [
            "Laporan identifikasi spektrum",
            "PRESUMTIF",
            "tidak diberikan",
            "pustaka",
            "Aturan keputusan",
        ] {
            assert_says(&said, item, item);
        }
    }
}
