//! Components of curves through the binary: real mixtures of stated composition, and made ones.

mod common;

use common::{Home, raman_csv, shared_data, text};
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Bands of four imaginary substances, by CAS numbers of none.
const SUBSTANCES: [(&str, &[(f64, f64)]); 4] = [
    (
        "alpha",
        &[(420.0, 0.6), (810.0, 1.0), (1240.0, 0.4), (1610.0, 0.7)],
    ),
    ("beta", &[(530.0, 1.0), (960.0, 0.5), (1305.0, 0.8)]),
    ("gamma", &[(650.0, 0.4), (1030.0, 1.0), (1450.0, 0.6)]),
    ("delta", &[(700.0, 0.9), (1120.0, 0.3), (1530.0, 1.0)]),
];

fn library(home: &Home) -> PathBuf {
    let library = home.path("made.h5");
    for (name, bands) in SUBSTANCES {
        let file = home.file(
            &format!("{name}.csv"),
            raman_csv(bands, 200.0, 1800.0, 2.0, 0.0),
        );
        let set = format!("name={name}");
        let ran = home.run(&[
            "library",
            "import",
            text(&file),
            "--library",
            text(&library),
            "--technique",
            "raman",
            "--set",
            &set,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    library
}

/// A mixture of these parts of the substances, its axis reading 2 cm-1 too high, with noise of a
/// hundredth of the first part.
fn mixture(home: &Home, name: &str, parts: [f64; 4]) -> PathBuf {
    let bands: Vec<(f64, f64)> = SUBSTANCES
        .iter()
        .zip(parts)
        .flat_map(|((_, bands), part)| bands.iter().map(move |(c, h)| (*c, part * h)))
        .filter(|(_, h)| *h > 0.0)
        .collect();
    let clean = raman_csv(&bands, 200.0, 1800.0, 1.0, 2.0);
    let mut state = 1_u64;
    let mut noisy = String::new();
    for line in clean.lines() {
        let Some((x, y)) = line
            .split_once(',')
            .and_then(|(x, y)| Some((x, y.parse::<f64>().ok()?)))
        else {
            writeln!(noisy, "{line}").unwrap();
            continue;
        };
        // A linear congruential generator (Knuth's MMIX constants), mean 0.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let noise = (state >> 33) as f64 / (1_u64 << 31) as f64 - 0.5;
        writeln!(noisy, "{x},{}", y + 2.0 * noise).unwrap();
    }
    home.file(name, noisy)
}

fn named(result: &Value) -> Vec<(String, f64)> {
    let component = |c: &Value| {
        (
            c["name"].as_str().unwrap().to_owned(),
            c["share"].as_f64().unwrap(),
        )
    };
    result["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(component)
        .collect()
}

fn identify(home: &Home, file: &Path, library: &Path, more: &[&str]) -> Value {
    let mut arguments = vec![
        "identify",
        text(file),
        "--library",
        text(library),
        "--technique",
        "raman",
        "--format",
        "jsonl",
    ];
    arguments.extend(more);
    let ran = home.run(&arguments);
    assert!(ran.code < 2, "{}", ran.err);
    ran.lines().remove(0)
}

#[test]
fn two_of_four_are_found_with_their_shares_and_no_third() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "mixed.csv", [1.0, 0.0, 0.5, 0.0]);
    let result = identify(&home, &file, &library, &[]);
    let schema = include_str!("../src/report/identification.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    assert!(schema.is_valid(&result), "{result}");
    let found = named(&result);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (found[0].0.as_str(), found[1].0.as_str()),
        ("alpha", "gamma")
    );
    // Areas of bands of one width are as their heights: 2.7 to 0.5 * 2.0.
    let wanted = 2.7 / 3.7;
    assert!((found[0].1 - wanted).abs() < 0.06, "{found:?}");
    for component in result["components"].as_array().unwrap() {
        let value = |name: &str| component[name].as_f64().unwrap();
        assert!(value("low") <= value("share") && value("share") <= value("high"));
    }
    let reasons = result["verdict"]["reasons"].to_string();
    assert!(reasons.contains("several components"), "{reasons}");
}

#[test]
fn each_row_of_the_csv_has_the_components() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "mixed.csv", [1.0, 0.0, 0.5, 0.0]);
    let result = identify(&home, &file, &library, &[]);
    let wanted: Vec<String> = named(&result)
        .iter()
        .zip(result["components"].as_array().unwrap())
        .map(|((name, share), c)| {
            let status = c["status"].as_str().unwrap();
            format!("{name} {:.0} % ({status})", 100.0 * share)
        })
        .collect();
    assert_eq!(wanted.len(), 2);
    let ran = home.run(&[
        "identify",
        text(&file),
        "--library",
        text(&library),
        "--technique",
        "raman",
        "--format",
        "csv",
    ]);
    let mut csv = csv::Reader::from_reader(ran.out.as_bytes());
    let headers = csv.headers().unwrap().clone();
    let column = headers
        .iter()
        .position(|name| name == "components")
        .unwrap();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), result["candidates"].as_array().unwrap().len());
    for row in &rows {
        assert_eq!(row.get(column), Some(wanted.join("; ").as_str()));
    }
}

#[test]
fn a_pure_substance_has_one_component_and_the_text_says_nothing_of_it() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "pure.csv", [0.0, 1.0, 0.0, 0.0]);
    let found = named(&identify(&home, &file, &library, &[]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "beta");
    let ran = home.run(&[
        "identify",
        text(&file),
        "--library",
        text(&library),
        "--technique",
        "raman",
    ]);
    assert!(!ran.out.contains("COMPONENTS"), "{}", ran.out);
}

#[test]
fn text_names_components_and_the_exit_code_says_found() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "mixed.csv", [0.6, 0.0, 0.0, 1.0]);
    let ran = home.run(&[
        "identify",
        text(&file),
        "--library",
        text(&library),
        "--technique",
        "raman",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains(
        "COMPONENTS (presumptive): 2. Shares are of what all fitted references explain together, not"
    ));
    assert!(
        ran.out.lines().all(|l| l.chars().count() <= 100),
        "{}",
        ran.out
    );
}

#[test]
fn what_is_known_is_taken_and_one_component_turns_it_off() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "mixed.csv", [1.0, 0.0, 0.5, 0.0]);
    let result = identify(&home, &file, &library, &["--max-components", "1"]);
    assert!(result.get("components").is_none());
    // Neither the register nor the library knows it: the result says so.
    let result = identify(&home, &file, &library, &["--known", "no such substance"]);
    assert!(
        result["component_notes"]
            .to_string()
            .contains("no such substance"),
        "{result}"
    );
    // The library knows it by name, the register does not.
    let result = identify(&home, &file, &library, &["--known", "gamma"]);
    let components = result["components"].as_array().unwrap();
    let gamma = components.iter().find(|c| c["name"] == "gamma").unwrap();
    assert_eq!((components.len(), &gamma["known"]), (2, &Value::Bool(true)));
    // Caffeine is in the register and not in this library.
    let result = identify(&home, &file, &library, &["--known", "caffeine"]);
    assert_eq!(named(&result).len(), 2);
    assert!(
        result["component_notes"].to_string().contains("affeine"),
        "{result}"
    );
}

#[test]
fn what_is_known_and_not_there_takes_no_place_and_changes_no_exit_code() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "three.csv", [1.0, 0.7, 0.5, 0.0]);
    let known = ["--known", "delta", "--max-components", "3"];
    let result = identify(&home, &file, &library, &known);
    let mut names: Vec<String> = named(&result).into_iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["alpha", "beta", "gamma"]);
    let pure = mixture(&home, "pure.csv", [0.0, 1.0, 0.0, 0.0]);
    let run = |more: &[&str]| {
        let mut arguments = vec!["identify", text(&pure), "--library", text(&library)];
        arguments.extend(["--technique", "raman"]);
        arguments.extend(more);
        home.run(&arguments)
    };
    let (alone, with) = (run(&[]), run(&["--known", "delta"]));
    assert_eq!(alone.code, with.code);
    let said = with.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("COMPONENTS (presumptive): one."), "{said}");
    assert!(
        said.contains("Nothing is seen of \"delta\", which is said to be in the sample."),
        "{said}"
    );
    let misspelled = run(&["--known", "cafeine"]);
    assert!(
        misspelled
            .err
            .contains("the nearest names of the register: Caffeine"),
        "{}",
        misspelled.err
    );
    assert!(
        misspelled.out.contains("no reference of this technique"),
        "{}",
        misspelled.out
    );
}

#[test]
fn what_would_be_named_beyond_what_was_asked_for_is_told_by_name() {
    let home = Home::new();
    let library = library(&home);
    let file = mixture(&home, "three.csv", [1.0, 0.7, 0.5, 0.0]);
    let result = identify(&home, &file, &library, &["--max-components", "2"]);
    assert_eq!(named(&result).len(), 2);
    let notes = result["component_notes"].to_string();
    assert!(
        notes.contains("No more components than 2 were asked for; gamma would be named as well."),
        "{notes}"
    );
    let like = result["residual"]["like"].as_array().unwrap();
    assert!(!like.contains(&Value::from("gamma")), "{like:?}");
}

/// Whether a name that the library states is this one; strengths stand behind it in brackets.
fn is(name: &str, wanted: &str) -> bool {
    name.split(" (").next() == Some(wanted)
}

#[test]
fn real_mixtures_of_stated_composition() {
    let Some(data) = shared_data() else {
        return;
    };
    let folder = data.join("raman/mixtures");
    let home = Home::new();
    let library = home.path("standards.h5");
    let ran = home.run(&[
        "library",
        "import",
        text(&folder.join("library")),
        "--library",
        text(&library),
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    let truth = std::fs::read_to_string(folder.join("truth.tsv")).unwrap();
    let mut looked_at = 0;
    for line in truth.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(stated)) = (fields.next(), fields.next()) else {
            continue;
        };
        if stated.starts_with("unknown") {
            continue;
        }
        // "n-hexane 20% + ethyl acetate 80%"
        let wanted: Vec<&str> = stated
            .split(" + ")
            .filter_map(|s| Some(s.rsplit_once(' ')?.0))
            .collect();
        let file = folder.join(format!("queries/{id}.jdx"));
        let found = named(&identify(&home, &file, &library, &[]));
        assert_eq!(found.len(), wanted.len(), "{stated}: {found:?}");
        for wanted in wanted {
            assert!(
                found.iter().any(|(name, _)| is(name, wanted)),
                "{stated}: {found:?}"
            );
        }
        looked_at += 1;
    }
    assert_eq!(looked_at, 6);
}
