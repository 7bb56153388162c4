//! Documents from results, through the binary: every item of a report is there with the value of the result.

#[path = "../common/mod.rs"]
mod common;

mod drawings;
mod files;
mod languages;
mod runs;
mod values;

use common::{Home, Ran, text};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The liquid of the README: EI, in the starter library.
fn liquid() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/examples/unknown-liquid.msp")
}

/// Identifies files and keeps the results as JSON.
fn identified(home: &Home, name: &str, arguments: &[&str]) -> (PathBuf, Vec<Value>) {
    let mut all = vec!["identify", "--format", "json", "--hypotheses", "never"];
    all.extend(arguments);
    let ran = home.run(&all);
    let file = home.file(name, &ran.out);
    (file, serde_json::from_str(&ran.out).unwrap())
}

fn report(home: &Home, results: &Path, more: &[&str]) -> Ran {
    let mut all = vec!["report", text(results)];
    all.extend(more);
    home.run(&all)
}

/// What a page says to its readers: no marks, entities resolved.
fn said(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let end = match () {
            () if after.starts_with("style") => after.find("</style>").map(|i| i + 8),
            () => after.find('>').map(|i| i + 1),
        };
        rest = &after[end.unwrap_or(after.len())..];
    }
    text.push_str(rest);
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    // Soft hyphens and places where a long word may be broken are not seen.
    let text = text.replace(['\u{ad}', '\u{200b}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html(home: &Home, results: &Path, more: &[&str]) -> (String, String) {
    let mut all = vec!["--force"];
    all.extend(more);
    let ran = report(home, results, &all);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(ran.out.lines().next().unwrap()).unwrap();
    let said = said(&page);
    (page, said)
}
