//! `specid identify` as a technician uses it.

mod common;

use common::lab::Lab;
use common::{Home, raman_csv, shared_data, text};
use serde_json::Value;
use std::fs;

const EXAMPLE: &str = "tests/data/examples/unknown-liquid.msp";

fn schema() -> jsonschema::Validator {
    let schema = include_str!("../src/report/identification.schema.json");
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn assert_valid(result: &Value) {
    let errors: Vec<String> = schema()
        .iter_errors(result)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?} in {result}");
}

#[test]
fn the_example_of_the_readme_is_phenylpropanone_in_table_i() {
    let home = Home::new();
    let ran = home.run(&["identify", EXAMPLE]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let first = ran
        .out
        .lines()
        .find(|l| l.trim_start().starts_with("1 "))
        .unwrap();
    assert!(first.contains("1-Phenyl-2-propanone (p)"), "{first}");
    assert!(first.contains("1988 Table I, since 1990-11-11"), "{first}");
    assert!(ran.out.contains("PRESUMPTIVE"));
    assert!(ran.out.contains("Confirm by infrared"));
    assert!(!ran.out.contains('\u{1b}'), "no colour outside a terminal");
}

#[test]
fn json_lines_keep_the_contract() {
    let home = Home::new();
    let missing = home.path("missing.jdx");
    let ran = home.run(&[
        "identify",
        EXAMPLE,
        text(&missing),
        EXAMPLE,
        "--top",
        "3",
        "--format",
        "jsonl",
    ]);
    assert_eq!(ran.code, 2, "a file was missing");
    let lines = ran.lines();
    assert_eq!(lines.len(), 3, "one object per spectrum, in input order");
    lines.iter().for_each(assert_valid);
    assert_eq!(lines[1]["error"]["kind"], "io");
    assert_eq!(lines[1]["source"]["path"], text(&missing));
    let result = &lines[0];
    assert_eq!(result, &lines[2], "the same input gives the same result");
    assert_eq!(result["schema"], "specid.identification/1");
    assert_eq!(result["source"]["id"], "item-7");
    assert_eq!(result["technique"], "ei-ms");
    assert_eq!(result["library"]["location"], "embedded");
    let candidates = result["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 3);
    assert_eq!(candidates[0]["inchikey"], "QCCDLTOVEPVEJK-UHFFFAOYSA-N");
    assert_eq!(candidates[0]["control"]["instrument"], "1988-Table-I");
    assert_eq!(candidates[0]["reference_kind"], "principal-ions");
    let scores: Vec<f64> = candidates
        .iter()
        .map(|c| c["score"].as_f64().unwrap())
        .collect();
    assert!(scores.windows(2).all(|w| w[0] >= w[1]));
    let margin = candidates[0]["margin"].as_f64().unwrap();
    assert!((margin - (scores[0] - scores[1])).abs() < 1e-12);
}

#[test]
fn json_array_csv_and_standard_input() {
    let home = Home::new();
    let array = home
        .run(&["identify", EXAMPLE, EXAMPLE, "--format", "json"])
        .json();
    assert_eq!(array.as_array().map(Vec::len), Some(2));
    let ran = home.run(&["identify", EXAMPLE, "--format", "csv", "--top", "2"]);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let header = reader.headers().unwrap().clone();
    let name = header.iter().position(|h| h == "name").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][name], "1-Phenyl-2-propanone");
    let input = fs::read(EXAMPLE).unwrap();
    let mut command = home.command();
    command
        .args(["identify", "-", "--format", "jsonl"])
        .write_stdin(input);
    let ran = home.run_command(&mut command);
    assert_eq!(
        ran.lines()[0]["candidates"][0]["name"],
        "1-Phenyl-2-propanone"
    );
}

/// A handheld's narrow range against a bench's wide one, on an axis that reads 3 cm-1 high.
#[test]
fn raman_of_another_range_and_a_shifted_axis() {
    let home = Home::new();
    let a = [
        (620.0, 0.4),
        (1001.0, 1.0),
        (1031.0, 0.3),
        (1602.0, 0.5),
        (2900.0, 0.8),
    ];
    let b = [
        (640.0, 0.4),
        (905.0, 1.0),
        (1131.0, 0.3),
        (1450.0, 0.5),
        (2950.0, 0.8),
    ];
    let library = home.path("raman.h5");
    for (name, bands) in [("alpha", a), ("beta", b)] {
        let file = home.file(
            &format!("{name}.csv"),
            raman_csv(&bands, 100.0, 3500.0, 1.0, 0.0),
        );
        let ran = home.run(&[
            "library",
            "import",
            text(&file),
            "--library",
            text(&library),
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let query = home.file("query.csv", raman_csv(&a, 250.0, 1800.0, 1.3, 3.0));
    let ran = home.run(&[
        "identify",
        text(&query),
        "--library",
        text(&library),
        "--format",
        "jsonl",
    ]);
    let result = &ran.lines()[0];
    assert_valid(result);
    let best = &result["candidates"][0];
    assert_eq!(best["entry_id"], "alpha#0");
    assert!(best["score"].as_f64().unwrap() > 0.95, "{best}");
    assert!(
        (best["axis_shift"].as_f64().unwrap() - 3.0).abs() < 0.5,
        "{best}"
    );
    let overlap: Vec<f64> = best["overlap"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect();
    assert!(overlap[0] >= 250.0 && overlap[1] <= 1800.0, "{overlap:?}");
    let drawn = home.run(&[
        "identify",
        text(&query),
        "--library",
        text(&library),
        "--plot",
    ]);
    assert!(drawn.out.contains("# both"), "{}", drawn.out);
    let strict = home.run(&[
        "identify",
        text(&query),
        "--library",
        text(&library),
        "--max-shift",
        "0",
        "--format",
        "jsonl",
    ]);
    let score = strict.lines()[0]["candidates"][0]["score"]
        .as_f64()
        .unwrap();
    assert!(
        score < best["score"].as_f64().unwrap(),
        "the tolerance is kept"
    );
}

#[test]
fn too_little_common_range_is_said() {
    let home = Home::new();
    let library = home.path("raman.h5");
    let high = home.file(
        "high.csv",
        raman_csv(&[(2900.0, 1.0), (3100.0, 0.5)], 2500.0, 3500.0, 1.0, 0.0),
    );
    home.run(&[
        "library",
        "import",
        text(&high),
        "--library",
        text(&library),
    ]);
    let low = home.file(
        "low.csv",
        raman_csv(&[(900.0, 1.0), (1100.0, 0.5)], 300.0, 1800.0, 1.0, 0.0),
    );
    let ran = home.run(&["identify", text(&low), "--library", text(&library)]);
    assert_eq!(ran.code, 1, "nothing identified");
    assert!(ran.out.contains("share less than 300 cm-1"), "{}", ran.out);
}

#[test]
fn nanometres_need_the_laser() {
    let home = Home::new();
    let library = home.path("raman.h5");
    let bands = [(800.0, 1.0), (1000.0, 0.5), (1400.0, 0.7)];
    let csv = raman_csv(&bands, 300.0, 1800.0, 1.0, 0.0);
    let reference = home.file("a.csv", &csv);
    home.run(&[
        "library",
        "import",
        text(&reference),
        "--library",
        text(&library),
    ]);
    let in_nm: String = csv
        .lines()
        .map(|line| match line.split_once(',') {
            Some((x, y)) if x.parse::<f64>().is_ok() => {
                let shift: f64 = x.parse().unwrap();
                format!("{},{y}\n", 1e7 / (1e7 / 785.0 - shift))
            }
            _ => "Wavelength (nm),Raman intensity\n".to_owned(),
        })
        .collect();
    let query = home.file("nm.csv", in_nm);
    let refused = home.run(&["identify", text(&query), "--library", text(&library)]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--laser NM"), "{}", refused.err);
    let ran = home.run(&[
        "identify",
        text(&query),
        "--library",
        text(&library),
        "--laser",
        "785",
        "--format",
        "jsonl",
    ]);
    let result = &ran.lines()[0];
    assert!(result["candidates"][0]["score"].as_f64().unwrap() > 0.99);
    assert!(
        result["warnings"]
            .to_string()
            .contains("converted to Raman shift")
    );
}

/// Real spectra of other laboratories against the starter library.
#[test]
fn starter_names_precursors_measured_elsewhere() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let file = data.join("ei-ms/queries-cross-lab.msp");
    let ran = home.run(&[
        "identify",
        text(&file),
        "--library",
        "starter",
        "--top",
        "1",
        "--format",
        "jsonl",
    ]);
    let wanted = [
        ("MSBNK-Fac_Eng_Univ_Tokyo-JP002305", "1-Phenyl-2-propanone"),
        ("MSBNK-Fac_Eng_Univ_Tokyo-JP007141", "1-Phenyl-2-propanone"),
        ("MSBNK-Fac_Eng_Univ_Tokyo-JP005884", "Piperonal"),
    ];
    let lines = ran.lines();
    for (id, name) in wanted {
        let result = lines.iter().find(|r| r["source"]["id"] == id).unwrap();
        assert_eq!(result["candidates"][0]["name"], name);
        assert_eq!(
            result["candidates"][0]["control"]["instrument"],
            "1988-Table-I"
        );
        assert!(
            !result["candidates"][0]["reference_origin"]
                .as_str()
                .unwrap()
                .contains("Tokyo")
        );
    }
}

/// The bars of the main job on other laboratories' spectra, by InChIKey skeleton.
#[test]
fn other_laboratories_spectra_rank_first() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let library = home.path("swgdrug.h5");
    let source = data.join("ei-ms/swgdrug-3.9.msp");
    let ran = home.run(&[
        "library",
        "import",
        text(&source),
        "--library",
        text(&library),
        "--format",
        "json",
    ]);
    let report = ran.json();
    assert_eq!(report["added"], 3430, "every entry is kept");
    assert_eq!(report["without_inchikey"], 3);
    assert_eq!(report["unsearchable"].as_array().map(Vec::len), Some(0));
    for (name, bar) in [
        ("queries-cross-lab.msp", 0.945),
        ("queries-replicates.msp", 0.80),
    ] {
        let file = data.join("ei-ms").join(name);
        let (ids, keys) = ids_and_keys(&fs::read_to_string(&file).unwrap());
        let ran = home.run(&[
            "identify",
            text(&file),
            "--library",
            text(&library),
            "--hypotheses",
            "never",
            "--top",
            "1",
            "--format",
            "jsonl",
        ]);
        let right = ran
            .lines()
            .iter()
            .filter(|result| {
                let at = ids
                    .iter()
                    .position(|id| result["source"]["id"] == *id)
                    .unwrap();
                let key = result["candidates"][0]["inchikey"]
                    .as_str()
                    .unwrap_or_default();
                key.get(..14) == keys[at].get(..14)
            })
            .count();
        let share = right as f64 / ids.len() as f64;
        assert!(share >= bar, "{name}: {right} of {}", ids.len());
    }
}

fn ids_and_keys(msp: &str) -> (Vec<String>, Vec<String>) {
    let value = |block: &str, key: &str| {
        let line = block.lines().find(|l| l.starts_with(key));
        line.map(|l| l[key.len()..].trim().to_owned())
            .unwrap_or_default()
    };
    msp.split("\n\n")
        .filter(|b| b.contains("Num Peaks"))
        .map(|b| (value(b, "ID:"), value(b, "InChIKey:")))
        .unzip()
}

#[test]
fn what_is_mistyped_is_told_in_words() {
    let home = Home::new();
    let folder = home.path("folder");
    fs::create_dir(&folder).unwrap();
    let cases = home.file("manifest.csv", "case,sample,date\nC-1,S-1,2026-01-01\n");
    let folder = text(&folder);
    for (arguments, told) in [
        (
            vec!["identify", EXAMPLE, "--library", folder],
            "this is a folder, not a library",
        ),
        (
            vec!["identify", EXAMPLE, "--blank", "no-blank.cdf"],
            "--blank: no-blank.cdf",
        ),
        (
            vec!["identify", EXAMPLE, "--ri-ladder", "no-ladder.csv"],
            "--ri-ladder: no-ladder.csv",
        ),
        (
            vec!["identify", EXAMPLE, "--on", "03.12.2024"],
            "2024-12-03 or 2024-03-12, whichever is meant",
        ),
        (
            vec!["unknowns", "add", EXAMPLE, "--day", "31/12/2026"],
            "write year, month and day: 2026-12-31",
        ),
        (
            vec!["report", EXAMPLE],
            "specid identify FILE --format json",
        ),
        (
            vec!["rehunt", EXAMPLE],
            "specid identify FILE --format json",
        ),
        (vec!["rehunt", folder], "is a folder without results.jsonl"),
        (
            vec!["trends", text(&cases)],
            "give a case manifest with --cases",
        ),
        (
            vec!["identify", EXAMPLE, "--targets", "fentanil"],
            "--targets: neither the register of substances nor the library knows \"fentanil\"; give its name, CAS number or InChIKey, or a list: precursors, table-i, table-ii, 1961, 1971, 1988, issl, unconfirmed, none, or a code such as 1971-Schedule-III; the nearest names of the register: Fentanyl",
        ),
    ] {
        let ran = home.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.out);
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("os error 19"), "{}", ran.err);
    }
}

#[test]
fn a_schedule_is_a_list_of_targets_whose_length_is_told() {
    let home = Home::new();
    let list = [
        "substances",
        "list",
        "--list",
        "1971-Schedule-III",
        "--format",
        "json",
    ];
    let listed = home.run(&list).json().as_array().unwrap().len();
    let identify = [
        "identify",
        EXAMPLE,
        "--hypotheses",
        "never",
        "--format",
        "json",
    ];
    let ran = home.run(&[&identify[..], &["--targets", "1971-schedule-III,Piperonal"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let targets = ran.json()[0]["targets"].as_array().unwrap().len();
    assert_eq!(targets, listed + 1);
    let told = format!(
        "specid: --targets: 1971-schedule-III stands for the {listed} substances that the register has there, which are not all of it; the library has references of "
    );
    assert!(ran.err.contains(&told), "{}", ran.err);
}

#[test]
fn targets_may_be_known_to_the_library_alone() {
    let lab = Lab::new();
    let query = lab.home.path("first.msp");
    let arguments = [
        "--library",
        &lab.library,
        "--targets",
        "alpha-3, piperonal",
        "--format",
        "jsonl",
    ];
    let ran = lab
        .home
        .run(&[&["identify", text(&query)], arguments.as_slice()].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let first = &ran.lines()[0];
    let told: Vec<&str> = first["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target["name"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["Alpha-3", "Piperonal"], "{first:#}");
}

#[test]
fn names_hold_commas() {
    let home = Home::new();
    let renamed = common::made::msp("Alpha", 30, 5)
        .replace("Name: Alpha-3\n", "Name: 2,3-Alphane\n")
        .replace("Name: Alpha-4\n", "Name: 2,3-Alphane, chloro-\n");
    let first = home.file("first.msp", renamed);
    let library = home.path("lab.h5");
    let ran = home.run(&[
        "library",
        "import",
        text(&first),
        "--library",
        text(&library),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let identify = |more: &[&str]| {
        let mut all = vec!["identify", text(&first), "--library", text(&library)];
        all.extend(["--hypotheses", "never", "--format", "jsonl"]);
        all.extend(more);
        home.run(&all)
    };
    for (list, absent) in [
        ("2,3-Alphane", vec!["2,3-Alphane"]),
        (
            "alpha-7, 2,3-ALPHANE,alpha-8",
            vec!["2,3-Alphane", "Alpha-7", "Alpha-8"],
        ),
        ("2,3-Alphane, chloro-", vec!["2,3-Alphane, chloro-"]),
    ] {
        let ran = identify(&["--without", list, "--scan", "4"]);
        assert!(ran.code < 2, "{list}: {}", ran.err);
        let named = ran.lines()[0]["candidates"].to_string();
        for name in absent {
            assert!(!named.contains(&format!("\"{name}\"")), "{list}: {named}");
        }
    }
    let ran = identify(&["--targets", "piperonal, 2,3-Alphane", "--scan", "1"]);
    assert!(ran.code < 2, "{}", ran.err);
    let targets = &ran.lines()[0]["targets"];
    let names = [&targets[0]["name"], &targets[1]["name"]];
    assert_eq!(names, ["Piperonal", "2,3-Alphane"]);
    let ran = identify(&["--without", "2,4-Alphane"]);
    assert!(
        ran.code == 2 && ran.err.contains("or its InChIKey"),
        "{}",
        ran.err
    );
}
