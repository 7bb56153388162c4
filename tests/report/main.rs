//! Documents from results, through the binary: every item of a report is there with the value of the result.

#[path = "../common/mod.rs"]
mod common;

mod drawings;
mod files;
mod languages;
mod runs;
mod values;

use common::{Home, Ran, raman_csv, text};
use serde_json::Value;
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

fn assert_says(said: &str, what: &str, item: &str) {
    let squeezed: String = what.split_whitespace().collect::<Vec<_>>().join(" ");
    // A hash may be broken into groups.
    let close = |text: &str| text.replace(' ', "");
    assert!(
        said.contains(&squeezed) || close(said).contains(&close(&squeezed)),
        "{item}: {what:?} is not in\n{said}"
    );
}

const BANDS: [(f64, f64); 5] = [
    (620.0, 0.7),
    (1005.0, 1.0),
    (1210.0, 0.5),
    (1450.0, 0.8),
    (1600.0, 0.9),
];

/// A library of one imaginary substance, and a result of it.
fn imaginary(home: &Home, technique: &str) -> PathBuf {
    let library = home.path("made.h5");
    let curve = |shift: f64| raman_csv(&BANDS, 500.0, 1800.0, 2.0, shift);
    let (reference, query) = match technique {
        "raman" => (curve(0.0), curve(2.0)),
        _ => (
            curve(0.0).replace(
                "Raman shift (cm-1),Intensity",
                "wavenumber (cm-1),absorbance",
            ),
            curve(2.0).replace(
                "Raman shift (cm-1),Intensity",
                "wavenumber (cm-1),absorbance",
            ),
        ),
    };
    let reference = home.file("reference.csv", reference);
    let query = home.file("query.csv", query);
    let ran = home.run(&[
        "library",
        "import",
        text(&reference),
        "--library",
        text(&library),
        "--technique",
        technique,
        "--set",
        "name=Alphane",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (results, _) = identified(
        home,
        "curve.json",
        &[
            text(&query),
            "--library",
            text(&library),
            "--technique",
            technique,
        ],
    );
    results
}
