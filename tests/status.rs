//! `specid status` and `specid substances` through the binary: what a technician types.

#![allow(missing_docs)]

mod common;

use common::{Home, text};
use std::fs;
use std::path::Path;

#[test]
fn a_name_a_number_and_a_key_give_one_answer() {
    let home = Home::new();
    for asked in [
        "4-Piperidone",
        "4-PIPERIDONE",
        "41661-47-6",
        "VRJHQPZVIGNGMX-UHFFFAOYSA-N",
        "vrjhqpzvignGMX-uhfffaoysa-n",
    ] {
        for (day, list) in [("2024-12-02", "none"), ("2024-12-03", "1988-Table-I")] {
            let ran = home.run(&["status", asked, "--on", day, "--format", "json"]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            let answer = &ran.json()[0];
            assert_eq!(answer["name"], "4-Piperidone", "{asked}");
            assert_eq!(answer["instrument"], list, "{asked} on {day}");
            assert_eq!(answer["on"], day);
        }
    }
    let ran = home.run(&[
        "status",
        "α-PVP",
        "γ-hydroxybutyric acid",
        "--format",
        "jsonl",
    ]);
    let names: Vec<_> = ran.lines().iter().map(|l| l["name"].clone()).collect();
    assert_eq!(names, ["alpha-PVP", "GHB"], "{}", ran.err);
}

#[test]
fn the_answer_cites_list_entry_date_and_doubt() {
    let home = Home::new();
    let ran = home.run(&["status", "1-boc-4-piperidone"]);
    for part in [
        "1988 Table I, since 2024-12-03",
        "decisions up to 2025-03",
        "source: ",
        "published list",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let ran = home.run(&["status", "caffeine"]);
    assert!(ran.out.contains("no UN listing known"), "{}", ran.out);
    assert!(
        ran.out.contains("does not mean that it is legal"),
        "{}",
        ran.out
    );
    let ran = home.run(&["status", "MDMB-FUBINACA"]);
    assert!(ran.out.contains("status unconfirmed"), "{}", ran.out);
    let ran = home.run(&["status", "heroin"]);
    assert!(
        ran.out.contains("not yet compared with the official list"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        ran.out
    );
}

#[test]
fn what_a_technique_cannot_tell_is_left_open() {
    let home = Home::new();
    let ran = home.run(&[
        "status",
        "norephedrine",
        "--measured-by",
        "ei-ms",
        "--format",
        "csv",
    ]);
    let mut rows = csv::Reader::from_reader(ran.out.as_bytes());
    let found: Vec<(String, String)> = rows
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[5].to_owned(), row[6].to_owned()))
        .collect();
    assert_eq!(
        found[0],
        ("1971-Schedule-III".to_owned(), "Cathine".to_owned())
    );
    assert!(found.contains(&("1988-Table-I".to_owned(), "Norephedrine".to_owned())));
    let ran = home.run(&["status", "norephedrine"]);
    assert!(
        ran.out
            .contains("Its stereoisomer Cathine is in 1971 Schedule III."),
        "{}",
        ran.out
    );
}

#[test]
fn an_unknown_name_is_code_1_with_the_nearest_names() {
    let home = Home::new();
    let ran = home.run(&["status", "amphetmine", "pseudoefedrine", "ephedrine"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("Amfetamine"), "{}", ran.err);
    assert!(!ran.err.contains("?."), "{}", ran.err);
    assert!(ran.err.contains("Pseudoephedrine"), "{}", ran.err);
    assert!(ran.out.starts_with("Ephedrine"), "{}", ran.out);
    let ran = home.run(&["status", "qqqqqqqq"]);
    assert!(
        ran.err.contains("says nothing of its control"),
        "{}",
        ran.err
    );
    let ran = home.run(&["status", "ephedrine", "--on", "3.12.2024"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn substances_are_listed_searched_and_shown() {
    let home = Home::new();
    let count = |list: &str, on: &str| {
        let ran = home.run(&[
            "substances",
            "list",
            "--list",
            list,
            "--on",
            on,
            "--format",
            "jsonl",
        ]);
        ran.lines().len()
    };
    // Table I: 43 with the glycidic esters told apart, 18 of them since 3 December 2024.
    assert_eq!(count("table-i", "2026-01-01"), 43);
    assert_eq!(count("table-i", "2024-12-02"), 25);
    assert_eq!(count("table-ii", "2026-01-01"), 8);
    assert_eq!(count("1988", "2026-01-01"), 43 + 8);
    // What is in Schedule IV of 1961 is in Schedule I, too.
    let day = "2026-01-01";
    let all = home.run(&["substances", "list", "--on", day, "--format", "jsonl"]);
    let all = all.lines();
    let of = |status: &str| all.iter().filter(|row| row["status"] == status).count();
    let both = of("1961 Schedules I and IV");
    assert!(both > 5);
    assert_eq!(count("1961-schedule-i", day), both + of("1961 Schedule I"));
    assert_eq!(count("1961 Schedule IV", day), both);
    let ran = home.run(&["substances", "search", "glycidate", "--format", "jsonl"]);
    assert!(ran.lines().len() >= 3, "{}", ran.out);
    let ran = home.run(&["substances", "search", "xyzxyz"]);
    assert_eq!(ran.code, 1);
    let ran = home.run(&["substances", "show", "acetic anhydride"]);
    assert!(
        ran.out.contains("1988 Table II, 1990-11-11 to"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("1988 Table I, "), "{}", ran.out);
    let ran = home.run(&["substances", "list", "--list", "table-iii"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("table-ii"), "{}", ran.err);
}

#[test]
fn a_register_with_faults_is_told() {
    let home = Home::new();
    let ran = home.run(&["substances", "check", "--unchecked"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.contains("not compared with a published list"),
        "{}",
        ran.out
    );
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("spectra-library");
    for name in ["substances.tsv", "lists.tsv", "control.tsv"] {
        let content = fs::read_to_string(from.join(name)).unwrap();
        let content = match name {
            "substances.tsv" => {
                content
                    .replacen("299-42-3", "299-42-4", 1)
                    .replacen("\tP-2-P|", "\tEphedrine|", 1)
            }
            _ => content,
        };
        home.file(name, content);
    }
    let folder = home.folder.path();
    let ran = home.run(&["substances", "check", text(folder)]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("299-42-4 is wrong"), "{}", ran.out);
    assert!(
        ran.out
            .contains("The name ephedrine belongs to 1-Phenyl-2-propanone and to Ephedrine."),
        "{}",
        ran.out
    );
    let control = fs::read_to_string(from.join("control.tsv")).unwrap();
    home.file(
        "control.tsv",
        control.replacen("\tsubstance\t", "\tdrug\t", 1),
    );
    let ran = home.run(&["substances", "check", text(folder)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("control.tsv, line 3: unknown kind"),
        "{}",
        ran.err
    );
}

#[test]
fn identify_and_screen_tell_status_as_it_stood_on_the_day() {
    let home = Home::new();
    let sample = "tests/data/examples/unknown-liquid.msp";
    let status = |day: &str| {
        let ran = home.run(&[
            "identify",
            sample,
            "--library",
            "starter",
            "--on",
            day,
            "--format",
            "json",
        ]);
        let control = ran.json()[0]["candidates"][0]["control"].clone();
        (control["instrument"].clone(), control["on"].clone())
    };
    // 1-Phenyl-2-propanone: Table I since the Convention's own day.
    assert_eq!(status("1990-11-10"), ("none".into(), "1990-11-10".into()));
    assert_eq!(
        status("1990-11-11"),
        ("1988-Table-I".into(), "1990-11-11".into())
    );

    let content = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(sample)).unwrap();
    home.file("a.msp", content);
    let manifest = home.file("cases.csv", "file,sample,date\na.msp,S1,1990-11-10\n");
    let out = home.path("out");
    let screen = || {
        home.run(&[
            "screen",
            text(&manifest),
            "--library",
            "starter",
            "--out",
            text(&out),
        ])
    };
    let told = || {
        let lines = fs::read_to_string(out.join("results.jsonl")).unwrap();
        let result: serde_json::Value = serde_json::from_str(&lines).unwrap();
        let row = fs::read_to_string(out.join("results.csv")).unwrap();
        let control = &result["candidates"][0]["control"];
        (
            control["on"].clone(),
            control["status"].clone(),
            row.contains("no UN listing known"),
        )
    };
    assert_eq!(screen().code, 0);
    assert_eq!(
        told(),
        ("1990-11-10".into(), "no UN listing known".into(), true)
    );
    // Another date: the file is looked at again, and says so.
    fs::write(&manifest, "file,sample,date\na.msp,S1,2020-01-31\n").unwrap();
    let ran = screen();
    assert!(
        ran.err.contains("1 files are looked at again"),
        "{}",
        ran.err
    );
    assert_eq!(told(), ("2020-01-31".into(), "1988 Table I".into(), false));
    // A date that may be read in two ways gives none, and is told.
    fs::write(&manifest, "file,sample,date\na.msp,S1,3/4/2020\n").unwrap();
    let ran = screen();
    assert!(
        ran.err.contains("control status is not that of the day"),
        "{}",
        ran.err
    );
    assert_eq!(told().0, serde_json::Value::Null);
}
