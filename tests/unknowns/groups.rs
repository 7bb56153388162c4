//! How well spectra of one substance come together.

use super::Desk;
use super::common::shared_data;
use std::collections::{BTreeMap, HashMap};
use std::fs;

/// Adjusted Rand index of two groupings (Hubert and Arabie 1985).
fn adjusted_rand(pairs: &[(String, String)]) -> f64 {
    let two = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut one: BTreeMap<&str, usize> = BTreeMap::new();
    let mut other: BTreeMap<&str, usize> = BTreeMap::new();
    for (a, b) in pairs {
        *both.entry((a, b)).or_default() += 1;
        *one.entry(a).or_default() += 1;
        *other.entry(b).or_default() += 1;
    }
    let sum = |counts: &mut dyn Iterator<Item = &usize>| counts.map(|n| two(*n)).sum::<f64>();
    let (a, b) = (sum(&mut one.values()), sum(&mut other.values()));
    let expected = a * b / two(pairs.len());
    (sum(&mut both.values()) - expected) / (f64::midpoint(a, b) - expected)
}

/// Replicate spectra of 61 substances, among them isomers: one group a substance.
#[test]
fn replicates_of_a_substance_are_one_group() {
    let Some(data) = shared_data() else {
        return;
    };
    let file = data.join("ei-ms/queries-replicates.msp");
    let content = fs::read_to_string(&file).unwrap();
    let field = |record: &str, name: &str| {
        let line = record.lines().find_map(|l| l.strip_prefix(name));
        line.map(|l| l.trim().to_owned()).unwrap_or_default()
    };
    let truth: HashMap<String, String> = content
        .split("\n\n")
        .filter(|record| record.contains("InChIKey:"))
        .map(|r| (field(r, "ID:"), field(r, "InChIKey:")[..14].to_owned()))
        .collect();
    let desk = Desk::new();
    let told = desk.added(&file, &["--any"]);
    assert_eq!((told.len(), truth.len()), (620, 620));
    let index = |desk: &Desk| {
        let mut pairs = Vec::new();
        for unknown in desk.unknowns(&["list", "--format", "jsonl"]).lines() {
            let id = unknown["id"].as_str().unwrap().to_owned();
            let shown = desk.unknowns(&["show", &id, "--format", "json"]).json();
            for seen in shown["observations"].as_array().unwrap() {
                let record = seen["record"].as_str().unwrap();
                pairs.push((id.clone(), truth[record].clone()));
            }
        }
        assert_eq!(pairs.len(), 620);
        adjusted_rand(&pairs)
    };
    let one_by_one = index(&desk);
    let clustered = desk.unknowns(&["cluster", "--format", "json"]).json();
    let anew = index(&desk);
    eprintln!(
        "one by one {one_by_one:.4}, anew {anew:.4}, {} groups",
        clustered["groups"]
    );
    assert!(one_by_one >= 0.9 && anew >= 0.95, "{one_by_one} {anew}");
}
