//! Template, schema, example and parser held against one another.

use crate::cells::{printed, schema, takes};
use crate::common::text;
use crate::made::{COLUMNS, HEADER, Lab};
use serde_json::Value;
use std::collections::BTreeMap;

fn names(fields: &Value) -> Vec<String> {
    let names = fields.as_array().unwrap().iter();
    names
        .map(|f| f["name"].as_str().unwrap().to_owned())
        .collect()
}

/// The header lines, the rows by heading, and the headings.
type Parts = (
    Vec<(String, String)>,
    Vec<BTreeMap<String, String>>,
    Vec<String>,
);

fn front_and_table(overlay: &str) -> Parts {
    let plain = overlay.trim_start_matches('\u{feff}');
    let (front, table) = plain.split_once("\n\n").unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(front.as_bytes());
    let lines = reader.records().map(|r| r.unwrap());
    let front = lines.map(|r| (r[0].to_owned(), r[1].to_owned())).collect();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headings = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader.deserialize().map(Result::unwrap).collect();
    (front, rows, headings)
}

#[test]
fn template_schema_and_description_have_the_same_columns() {
    let (front, rows, headings) = front_and_table(&printed("template"));
    let schema = schema();
    assert_eq!(headings, COLUMNS);
    assert_eq!(names(&schema["fields"]), COLUMNS);
    let lines: Vec<String> = front.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(lines, HEADER);
    assert_eq!(names(&schema["header"]["fields"]), HEADER);
    assert!(rows.is_empty());
    // Empty but for its form, so that nobody inherits another's scope or day.
    assert!(front[1..].iter().all(|(_, value)| value.is_empty()));
    assert_eq!(front[0].1, "specid-overlay-1");
    let readme = include_str!("../../spectra-library/overlays/README.md");
    for name in COLUMNS.iter().chain(&HEADER) {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn an_empty_template_is_refused_for_what_is_missing_only() {
    let lab = Lab::new();
    let file = lab.home.file("t.csv", printed("template"));
    let ran = lab.overlay(&["check", text(&file), "-f", "json"]);
    assert_eq!(ran.code, 2);
    let report = ran.json();
    let errors = report[0]["errors"].as_array().unwrap();
    let mut missing: Vec<&str> = errors.iter().filter_map(|e| e["column"].as_str()).collect();
    missing.sort_unstable();
    assert_eq!(
        missing,
        [
            "as_of",
            "country",
            "default_scope_isomers",
            "default_scope_salts",
            "issued_by",
            "language",
            "list_version",
            "title"
        ]
    );
    // And for having no entry.
    assert_eq!(errors.len(), 9, "{report}");
}

#[test]
fn the_example_is_good_by_program_and_schema_and_plainly_an_example() {
    let lab = Lab::new();
    let example = printed("example");
    let file = lab.home.file("example.csv", &example);
    let ran = lab.overlay(&["check", text(&file), "--on", "2026-06-01", "-f", "json"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(ran.json()[0]["overlay"]["country"], "ZZ");
    let schema = schema();
    let (front, rows, _) = front_and_table(&example);
    for (field, (name, value)) in schema["header"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&front)
    {
        assert!(takes(field, value), "{name}: {value}");
    }
    for row in &rows {
        for field in schema["fields"].as_array().unwrap() {
            let name = field["name"].as_str().unwrap();
            assert!(takes(field, &row[name]), "{name}: {}", row[name]);
            // Codes, words of the format, numbers and days cannot be marked; every text is.
            let free = field["type"] == "string" && field["constraints"].get("pattern").is_none();
            let coded = ["match_kind", "category", "status", "smarts"].contains(&name);
            if free && !coded && !row[name].is_empty() {
                assert!(row[name].starts_with("EXAMPLE"), "{name}: {}", row[name]);
            }
        }
        assert!(row["law_title"].starts_with("EXAMPLE, not a law"));
    }
    // Every word of the format is shown.
    let shown = |column: &str| -> Vec<&str> { rows.iter().map(|r| r[column].as_str()).collect() };
    for (column, words) in [
        (
            "match_kind",
            &["exact", "group", "generic", "preparation"][..],
        ),
        (
            "status",
            &["controlled", "temporary", "monitored", "exempt", "repealed"],
        ),
        (
            "category",
            &[
                "narcotic",
                "psychotropic",
                "precursor",
                "NPS",
                "poison",
                "other",
            ],
        ),
        ("scope_salts", &["yes", "no", ""]),
        ("scope_isomers", &["yes", "no", ""]),
    ] {
        let shown = shown(column);
        assert!(
            words.iter().all(|w| shown.contains(w)),
            "{column}: {shown:?}"
        );
    }
}

#[test]
fn the_laws_of_aseans_states_are_named_and_no_entry_of_them_is_shipped() {
    let readme = include_str!("../../spectra-library/overlays/README.md");
    for law in [
        "Misuse of Drugs Act (Cap. 27)",
        "Law on Control of Drugs",
        "Law 35/2009",
        "Law 5/1997",
        "Ministry of Health",
        "Poisons Act 1952",
        "Dangerous Drugs Act 1952",
        "CCDAC Notification 7/2024",
        "Republic Act 9165",
        "Misuse of Drugs Act 1973",
        "Categories 1 to 5",
        "Decree 28/2026/ND-CP",
    ] {
        assert!(readme.contains(law), "{law}");
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("spectra-library/overlays");
    let items = std::fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().file_name());
    let mut names: Vec<String> = items.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "README.md",
            "example-ZZ.csv",
            "overlay.schema.json",
            "template.csv"
        ]
    );
}
