//! Every reader is documented, fuzzed and recognised by name.

use specid::read::READERS;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn each_reader_has_a_row_in_the_table() {
    let table = text("src/read/guide/formats.md");
    for reader in READERS {
        let row = format!("| `{}` |", reader.id());
        assert!(table.contains(&row), "no row {row}");
    }
}

#[test]
fn each_reader_has_a_fuzz_target() {
    let manifest = text("tests/fuzz/Cargo.toml");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/targets");
    let targets: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(targets.len(), READERS.len());
    assert_eq!(manifest.matches("[[bin]]").count(), READERS.len());
    // Each target names one reader, and no two the same.
    let named: HashSet<&str> = targets
        .iter()
        .map(|t| t.split("specid::read::").nth(1).unwrap())
        .collect();
    assert_eq!(named.len(), READERS.len());
}

#[test]
fn ids_and_labels_are_distinct() {
    let ids: HashSet<_> = READERS.iter().map(|r| r.id()).collect();
    let labels: HashSet<_> = READERS.iter().map(|r| r.label()).collect();
    assert_eq!((ids.len(), labels.len()), (READERS.len(), READERS.len()));
}
