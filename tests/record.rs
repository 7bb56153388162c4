//! The record: what is printed was recorded, any change is found, and a recorded result can be run again.

#[path = "record/amend.rs"]
mod amend;
#[path = "common/mod.rs"]
mod common;
#[path = "record/crash.rs"]
mod crash;
#[path = "record/others.rs"]
mod others;
#[path = "record/replay.rs"]
mod replay;
#[path = "record/screened.rs"]
mod screened;
#[path = "record/stands.rs"]
mod stands;
#[path = "record/tamper.rs"]
mod tamper;
#[path = "record/unstated.rs"]
mod unstated;

use common::{Home, text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A mass spectrum of the repository.
pub const SAMPLE: &str = "tests/data/examples/unknown-liquid.msp";

/// Numbers that look random, the same in every run.
pub struct Chance(pub u64);

impl Chance {
    /// One below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

/// Mass spectra as MSP text, each with its own ions.
pub fn spectra(name: &str, count: usize) -> String {
    let one = |n: usize| {
        format!(
            "Name: {name} {n}\nNum Peaks: 5\n{} 999; 91 {}; 65 120; 39 80; 51 {}\n\n",
            100 + n % 80,
            200 + n % 700,
            30 + n % 50
        )
    };
    (1..=count).map(one).collect()
}

/// A library of a few made spectra, so that opening it costs little.
pub fn small_library(home: &Home) -> String {
    let library = text(&home.path("lab.h5")).to_owned();
    let first = home.file("first.msp", common::made::msp("Alpha", 50, 3));
    let ran = home.run(&["library", "import", text(&first), "--library", &library]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    library
}

/// Identifies and records; the results.
pub fn recorded(home: &Home, library: &str, file: &Path, record: &Path) -> Vec<Value> {
    let ran = home.run(&[
        "identify",
        text(file),
        "--library",
        library,
        "--format",
        "jsonl",
        "--hypotheses",
        "never",
        "--record",
        text(record),
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    ran.lines()
}

/// The JSON of each entry of a record, read without the program.
pub fn entries(record: &Path) -> Vec<Value> {
    let text = fs::read_to_string(record).unwrap();
    let json = |line: &str| serde_json::from_str(&line[65..]).unwrap();
    text.lines().map(json).collect()
}

/// `specid record verify`.
pub fn verify(home: &Home, record: &Path) -> common::Ran {
    home.run(&["record", "verify", text(record)])
}

/// The script of the guide, by which anybody checks a record.
fn by_hand(record: &Path) -> (bool, String) {
    let guide = include_str!("../src/record/guide.md");
    let script = guide.split("```sh\n").nth(1).unwrap();
    let script = script.split("```").next().unwrap();
    let copy = record.with_file_name("lab.record");
    if copy != record {
        fs::copy(record, &copy).unwrap();
    }
    let ran = Command::new("sh")
        .arg("-c")
        .arg(script)
        .current_dir(copy.parent().unwrap())
        .output()
        .unwrap();
    (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
}

#[test]
fn what_is_printed_was_recorded_and_can_be_run_again() {
    let home = Home::new();
    let record = home.path("lab.record");
    let ran = home.run(&[
        "identify",
        SAMPLE,
        "--format",
        "jsonl",
        "--record",
        text(&record),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut printed = ran.lines().remove(0);
    let place = printed["recorded"].clone();
    assert_eq!(
        (&place["entry"], &place["record"]),
        (&1.into(), &text(&record).into())
    );
    let line = fs::read_to_string(&record).unwrap();
    assert_eq!(place["hash"].as_str().unwrap(), &line[..64]);

    // The entry holds the whole result but for its place.
    let entry = entries(&record).remove(0);
    printed.as_object_mut().unwrap().remove("recorded");
    assert_eq!(entry["result"], printed);
    assert_eq!(entry["kind"], "identification");
    let absolute = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE);
    assert_eq!(entry["inputs"][0]["path"], text(&absolute));
    assert_eq!(entry["inputs"][0]["sha256"], printed["source"]["sha256"]);
    assert_eq!(
        entry["inputs"][0]["bytes"],
        fs::metadata(&absolute).unwrap().len()
    );
    assert_eq!(entry["library"]["hash"], printed["library"]["hash"]);
    assert_eq!(entry["parameters"], printed["parameters"]);

    // Text says it, too, and a file that cannot be read is recorded as well.
    let ran = home.run(&[
        "identify",
        SAMPLE,
        "no-such-file.jdx",
        "--record",
        text(&record),
    ]);
    assert_eq!(ran.code, 2);
    let hashes: Vec<String> = fs::read_to_string(&record)
        .unwrap()
        .lines()
        .map(|l| l[..64].to_owned())
        .collect();
    assert_eq!(hashes.len(), 3);
    for (n, hash) in hashes.iter().enumerate().skip(1) {
        let told = format!(
            "recorded as entry {} of {} (hash {hash})",
            n + 1,
            text(&record)
        );
        assert!(ran.out.contains(&told), "{}", ran.out);
    }
    assert_eq!(entries(&record)[2]["kind"], "failure");

    let ran = verify(&home, &record);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.contains("3 entries are good") && ran.out.contains(&hashes[2]),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("rewrites the whole file"), "{}", ran.out);
    assert_eq!(
        by_hand(&record),
        (true, format!("3 entries, the last has {}\n", hashes[2]))
    );

    let ran = home.run(&["replay", text(&record)]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("3 the same, 0 different, 0 not run again"),
        "{}",
        ran.out
    );

    // The result comes back as it was printed.
    let ran = home.run(&["record", "show", text(&record), "1", "--format", "json"]);
    printed
        .as_object_mut()
        .unwrap()
        .insert("recorded".to_owned(), place);
    assert_eq!(ran.json(), printed);
}

#[test]
fn a_shell_alone_finds_a_changed_digit_and_a_missing_entry() {
    let home = Home::new();
    let library = small_library(&home);
    let file = home.file("many.msp", spectra("Query", 6));
    let record = home.path("lab.record");
    recorded(&home, &library, &file, &record);
    assert!(by_hand(&record).0);
    let whole = fs::read_to_string(&record).unwrap();
    let changed = whole.replacen("Query 4", "Query 5", 1);
    assert_ne!(changed, whole);
    fs::write(&record, changed).unwrap();
    assert_eq!(
        by_hand(&record),
        (false, "entry 4 was changed\n".to_owned())
    );
    let lines: Vec<&str> = whole.lines().collect();
    let without = [&lines[..2], &lines[3..]].concat().join("\n") + "\n";
    fs::write(&record, without).unwrap();
    assert_eq!(
        by_hand(&record),
        (
            false,
            "entry 3 does not follow the one before it\n".to_owned()
        )
    );
}

#[test]
fn entries_are_as_their_schema_says() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("many.msp", spectra("Query", 2));
    recorded(&home, &library, &file, &record);
    others::one_of_each_kind(&home, &library, &record);
    let schema: Value =
        serde_json::from_str(include_str!("../src/record/record.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let all = entries(&record);
    for entry in &all {
        let errors: Vec<String> = schema
            .iter_errors(entry)
            .map(|e| format!("{} {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", entry["kind"]);
    }
    let kinds: std::collections::BTreeSet<&str> =
        all.iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        [
            "amendment",
            "failure",
            "identification",
            "library-change",
            "recovery",
            "screening"
        ]
    );
    // The schema can refuse.
    let mut wrong = all[0].clone();
    wrong["before"] = "0".into();
    assert!(!schema.is_valid(&wrong));
    wrong = all[0].clone();
    wrong.as_object_mut().unwrap().remove("library");
    assert!(!schema.is_valid(&wrong));
}
