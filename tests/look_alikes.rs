//! What a candidate cannot be told apart from, and what separates it from the others, through the binary.

mod common;

use common::{Home, shared_data, text};
use serde_json::Value;
use std::path::Path;

fn msms(name: &str, peaks: &[(f64, f64)]) -> String {
    let lines: String = peaks.iter().map(|(mz, a)| format!("{mz} {a}\n")).collect();
    format!(
        "Name: {name}\nFormula: C10H15N\nPrecursorMZ: 150.1277\nPrecursor_type: [M+H]+\nIon_mode: P\nInstrument_type: LC-ESI-QTOF\nNum Peaks: {}\n{lines}\n",
        peaks.len()
    )
}

fn imported(home: &Home, source: &Path) -> String {
    let library = text(&home.path("library.h5")).to_owned();
    let ran = home.run(&["library", "import", text(source), "--library", &library]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    library
}

fn assert_valid(result: &Value) {
    let schema = include_str!("../src/report/identification.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let errors: Vec<String> = schema.iter_errors(result).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// Isomers with nearly the same fragments cannot be told apart; one with another base peak can, and by which ions.
#[test]
fn ms_ms_candidates_have_look_alikes() {
    let home = Home::new();
    let one = [(91.0542, 100.0), (119.0855, 60.0), (65.0386, 12.0)];
    let library = [
        msms("one", &one),
        msms(
            "alike",
            &[(91.0542, 100.0), (119.0855, 45.0), (65.0386, 10.0)],
        ),
        msms(
            "other",
            &[(105.0699, 100.0), (119.0855, 60.0), (79.0542, 12.0)],
        ),
    ];
    let source = home.file("library.msp", library.concat());
    let library = imported(&home, &source);
    let query = home.file("query.msp", msms("", &one));
    let run = |form: &str| {
        home.run(&[
            "identify",
            text(&query),
            "--library",
            &library,
            "--format",
            form,
        ])
    };
    let result = &run("jsonl").lines()[0];
    assert_valid(result);
    let candidates = result["candidates"].as_array().unwrap();
    let names = |found: &Value| -> Vec<String> {
        let found = found.as_array().unwrap().iter();
        found
            .map(|s| s["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(candidates[0]["name"], "one");
    assert_eq!(names(&candidates[0]["look_alikes"]), ["alike"]);
    assert_eq!(names(&candidates[1]["look_alikes"]), ["one"]);
    assert!(names(&candidates[2]["look_alikes"]).is_empty());
    let apart = &candidates[0]["told_apart"][0];
    assert_eq!(apart["name"], "other");
    let by = apart["by"].to_string();
    for ion in ["m/z 91.05 stronger in one", "m/z 105.07 stronger in other"] {
        assert!(by.contains(ion), "{by}");
    }
    let words = run("text").out;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Here one cannot be told apart from alike"),
        "{words}"
    );
    assert!(
        words.contains("one and other differ in: m/z 91.05 stronger"),
        "{words}"
    );
}

/// Spectra of other contributors against those of the library: where the best candidate is another substance than the
/// true one, the true one is mostly among its look-alikes, and most others are told apart.
#[test]
fn wrong_best_candidates_of_ms_ms_name_the_true_substance() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let library = imported(&home, &data.join("msms/library.msp"));
    let queries = data.join("msms/queries.msp");
    let truth = std::fs::read_to_string(&queries).unwrap();
    let keys = truth
        .lines()
        .filter_map(|line| line.strip_prefix("InChIKey: "));
    let skeletons: Vec<&str> = keys.filter_map(|key| key.get(..14)).collect();
    let ran = home.run(&[
        "identify",
        text(&queries),
        "--library",
        &library,
        "--format",
        "jsonl",
        "--top",
        "50",
        "--hypotheses",
        "never",
        "--max-components",
        "1",
    ]);
    let results = ran.lines();
    assert_eq!(results.len(), skeletons.len());
    let (mut wrong, mut held, mut alike, mut others) = (0, 0, 0, 0);
    for (result, skeleton) in results.iter().zip(skeletons) {
        let candidates = result["candidates"].as_array().unwrap();
        let is_true =
            |s: &Value| s["inchikey"].as_str().and_then(|k| k.get(..14)) == Some(skeleton);
        if !candidates.iter().any(is_true) {
            continue;
        }
        let looks = candidates[0]["look_alikes"].as_array().unwrap();
        (alike, others) = (alike + looks.len(), others + candidates.len() - 1);
        if !is_true(&candidates[0]) {
            wrong += 1;
            held += usize::from(looks.iter().any(is_true));
        }
    }
    let said = format!("{held} of {wrong} wrong, {alike} of {others} others alike");
    assert!(wrong >= 15 && held * 10 >= wrong * 8, "{said}");
    assert!(alike * 3 <= others, "{said}");
}
