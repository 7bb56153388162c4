//! Components of MS/MS spectra through the binary: chimeras of real spectra, and what must not disturb. What needs
//! the shared data skips, saying so, where they are absent.

mod common;

use common::{Home, shared_data, text};
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// One record of an MSP file: its fields as written, and its peaks.
#[derive(Clone)]
struct Record {
    head: Vec<(String, String)>,
    peaks: Vec<(f64, f64)>,
}

impl Record {
    fn field(&self, name: &str) -> Option<&str> {
        let found = self.head.iter().find(|(label, _)| label == name);
        found.map(|(_, value)| value.as_str())
    }

    fn precursor(&self) -> Option<f64> {
        self.field("PrecursorMZ")?.parse().ok()
    }

    fn written(&self) -> String {
        let mut out = String::new();
        for (label, value) in &self.head {
            writeln!(out, "{label}: {value}").unwrap();
        }
        writeln!(out, "Num Peaks: {}", self.peaks.len()).unwrap();
        for (mz, intensity) in &self.peaks {
            writeln!(out, "{mz} {intensity}").unwrap();
        }
        out.push('\n');
        out
    }
}

fn records(path: &Path) -> Vec<Record> {
    let all = std::fs::read_to_string(path).unwrap();
    let record = |block: &str| {
        let (head, peaks) = block.split_once("Num Peaks:")?;
        let field = |line: &str| {
            let (label, value) = line.split_once(": ")?;
            Some((label.to_owned(), value.trim().to_owned()))
        };
        let peak = |line: &str| {
            let mut numbers = line.split_whitespace().map(|n| n.parse().ok());
            Some((numbers.next()??, numbers.next()??))
        };
        Some(Record {
            head: head.lines().filter_map(field).collect(),
            peaks: peaks.lines().skip(1).filter_map(peak).collect(),
        })
    };
    all.split("\n\n").filter_map(record).collect()
}

/// A spectrum without identity, of these peaks.
fn unknown(peaks: Vec<(f64, f64)>, precursor: Option<f64>) -> Record {
    let mut head = vec![
        ("Name".to_owned(), "sample".to_owned()),
        ("Spectrum_type".to_owned(), "MS2".to_owned()),
        ("Ion_mode".to_owned(), "P".to_owned()),
        ("Instrument_type".to_owned(), "LC-ESI-QTOF".to_owned()),
    ];
    head.extend(precursor.map(|mz| ("PrecursorMZ".to_owned(), mz.to_string())));
    Record { head, peaks }
}

/// Parts of the summed intensities of these records.
fn mixed(parts: &[(&Record, f64)]) -> Vec<(f64, f64)> {
    let mut peaks = Vec::new();
    for (record, share) in parts {
        let total: f64 = record.peaks.iter().map(|p| p.1).sum();
        let scaled = record.peaks.iter();
        peaks.extend(scaled.map(|(mz, i)| (*mz, 1000.0 * share * i / total)));
    }
    peaks.sort_by(|a, b| a.0.total_cmp(&b.0));
    peaks
}

fn identify(home: &Home, record: &Record, library: &Path, more: &[&str]) -> Value {
    let file = home.file("sample.msp", record.written());
    let mut arguments = vec!["identify", text(&file), "--library", text(library)];
    arguments.extend(["--format", "jsonl"]);
    arguments.extend(more);
    let ran = home.run(&arguments);
    assert!(ran.code < 2, "{}", ran.err);
    ran.lines().remove(0)
}

/// Names and shares of the components.
fn named(result: &Value) -> Vec<(String, f64)> {
    let all = result["components"].as_array().unwrap();
    let one = |c: &Value| {
        let name = c["name"].as_str().unwrap().to_owned();
        (name, c["share"].as_f64().unwrap())
    };
    all.iter().map(one).collect()
}

/// What of the shared library lies within 2 of two precursors, or is any of every 20th.
fn library(home: &Home, all: &[Record], around: [f64; 2]) -> PathBuf {
    let near = |record: &Record| {
        let mz = record.precursor();
        mz.is_some_and(|mz| around.iter().any(|a| (a - mz).abs() <= 2.0))
    };
    let mut kept = String::new();
    for (at, record) in all.iter().enumerate() {
        if near(record) || at % 20 == 0 {
            kept.push_str(&record.written());
        }
    }
    let file = home.file("library.msp", kept);
    let library = home.path("made.h5");
    let ran = home.run(&[
        "library",
        "import",
        text(&file),
        "--library",
        text(&library),
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    library
}

/// The spectrum of a substance with the most peaks, positive and accurate.
fn best_of(all: &[Record], name: &str) -> Record {
    let of = all.iter().filter(|r| {
        let instrument = r.field("Instrument_type");
        let accurate = instrument.is_some_and(|i| i.contains("FT") || i.contains("TOF"));
        r.field("Name") == Some(name) && r.field("Ion_mode") == Some("P") && accurate
    });
    of.max_by_key(|r| r.peaks.len()).unwrap().clone()
}

#[test]
fn a_chimera_of_two_real_spectra_gives_both_and_a_pure_one_gives_one() {
    let Some(data) = shared_data() else {
        return;
    };
    let all = records(&data.join("msms/library.msp"));
    // Isomers of m/z 304.1543.
    let (cocaine, scopolamine) = (best_of(&all, "Cocaine"), best_of(&all, "Scopolamine"));
    let (a, b) = (
        cocaine.precursor().unwrap(),
        scopolamine.precursor().unwrap(),
    );
    assert!((a - b).abs() <= 1.5);
    let home = Home::new();
    let library = library(&home, &all, [a, b]);
    for (share, precursor) in [(0.5, Some(a)), (0.3, Some(b)), (0.7, None)] {
        let chimera = unknown(
            mixed(&[(&cocaine, share), (&scopolamine, 1.0 - share)]),
            precursor,
        );
        let result = identify(&home, &chimera, &library, &[]);
        let schema = include_str!("../src/report/identification.schema.json");
        let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        assert!(schema.is_valid(&result), "{result}");
        let found = named(&result);
        assert_eq!(found.len(), 2, "{share}: {found:?}");
        for (name, part) in [("Cocaine", share), ("Scopolamine", 1.0 - share)] {
            let found = found.iter().find(|(n, _)| n == name);
            assert!(
                found.is_some_and(|(_, s)| (s - part).abs() < 0.15),
                "{name} {share}: {found:?}"
            );
        }
        let reasons = result["verdict"]["reasons"].to_string();
        assert!(reasons.contains("several components"), "{reasons}");
    }
    for precursor in [Some(a), None] {
        let pure = unknown(cocaine.peaks.clone(), precursor);
        let found = named(&identify(&home, &pure, &library, &[]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "Cocaine");
    }
    let chimera = unknown(mixed(&[(&cocaine, 0.5), (&scopolamine, 0.5)]), Some(a));
    // Outside of the window nothing of it is looked for.
    let far = unknown(chimera.peaks.clone(), Some(a + 40.0));
    assert!(
        named(&identify(&home, &far, &library, &[]))
            .iter()
            .all(|(name, _)| name != "Cocaine")
    );
    let result = identify(&home, &chimera, &library, &["--max-components", "1"]);
    assert!(result.get("components").is_none());
    let result = identify(&home, &chimera, &library, &["--known", "cocaine"]);
    let known = result["components"].as_array().unwrap().iter();
    let known: Vec<&Value> = known.filter(|c| c["known"] == true).collect();
    assert!(
        known.len() == 1 && known[0]["name"] == "Cocaine",
        "{result}"
    );
    let result = identify(&home, &chimera, &library, &["--known", "caffeine"]);
    assert!(
        result["component_notes"].to_string().contains("affeine"),
        "{result}"
    );
}

type Peaks = &'static [(f64, f64)];

/// Made-up substances: fragments with their intensities, and the precursor.
const MADE: [(&str, Peaks, f64); 3] = [
    (
        "alpha",
        &[
            (58.0651, 40.0),
            (91.0542, 100.0),
            (119.0855, 60.0),
            (150.1277, 30.0),
        ],
        300.1,
    ),
    (
        "beta",
        &[
            (72.0808, 100.0),
            (105.0335, 50.0),
            (163.0754, 80.0),
            (210.1125, 20.0),
        ],
        300.6,
    ),
    (
        "gamma",
        &[(77.0386, 30.0), (131.0491, 100.0), (188.1434, 70.0)],
        350.2,
    ),
];

fn made(home: &Home) -> PathBuf {
    let mut all = String::new();
    for (name, peaks, precursor) in MADE {
        let mut record = unknown(peaks.to_vec(), Some(precursor));
        record.head[0].1 = name.to_owned();
        all.push_str(&record.written());
    }
    let file = home.file("made.msp", all);
    let library = home.path("made.h5");
    let ran = home.run(&[
        "library",
        "import",
        text(&file),
        "--library",
        text(&library),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    library
}

#[test]
fn odd_spectra_do_no_harm() {
    let home = Home::new();
    let library = made(&home);
    for peaks in [
        vec![(91.0542, 1.0)],
        vec![(91.0542, 1.0), (91.0542, 1.0)],
        vec![(58.0651, 0.0), (119.0855, 5.0)],
        vec![(20_000.5, 1.0), (30_000.5, 1.0)],
        (0..3_000)
            .map(|i| (50.0 + 0.1 * f64::from(i), 1.0))
            .collect(),
    ] {
        for precursor in [None, Some(300.1), Some(1e9)] {
            let result = identify(&home, &unknown(peaks.clone(), precursor), &library, &[]);
            let found = result["components"].as_array();
            assert!(found.is_none_or(|c| c.len() < 2), "{result}");
        }
    }
    for peaks in [
        vec![],
        vec![(f64::NAN, 1.0)],
        vec![(91.05, f64::NAN)],
        vec![(91.05, 0.0)],
    ] {
        let file = home.file("odd.msp", unknown(peaks, Some(300.1)).written());
        let ran = home.run(&["identify", text(&file), "--library", text(&library)]);
        assert!(ran.code > 0, "{}", ran.out);
        assert!(!ran.out.contains("COMPONENTS"), "{}", ran.out);
    }
}
