//! Files as they come: one bad thing costs one record, and says so.

mod common;

use common::lab::Lab;
use common::made::msp;
use common::{shared_data, text};
use std::fs;

#[test]
fn a_heading_and_a_cut_start_cost_no_records() {
    let lab = Lab::new();
    let records = msp("Beta", 4, 13);
    lab.home.file(
        "heading.msp",
        format!("; exported by hand\n# comment\n\n{records}"),
    );
    let ran = lab.import("heading.msp", &["--dry-run"]);
    assert_eq!(
        (ran.code, &ran.json()["added"]),
        (0, &4.into()),
        "{}",
        ran.err
    );
    // The first record without its name and first peaks.
    let cut = &records[records.find("\n1").unwrap() + 1..];
    lab.home.file("cut.msp", cut);
    let ran = lab.import("cut.msp", &["--dry-run"]);
    assert_eq!(ran.json()["added"], 3, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("may be cut at its start"), "{}", ran.err);
}

#[test]
fn a_number_that_is_none_costs_its_record_only() {
    let Some(data) = shared_data() else { return };
    let lab = Lab::new();
    let file = data.join("formats/hostile/spc/t_flast_inf.spc");
    fs::create_dir(lab.home.path("delivery")).unwrap();
    fs::copy(file, lab.home.path("delivery/a.spc")).unwrap();
    lab.home.file("delivery/b.msp", msp("Beta", 2, 13));
    let ran = lab.import("delivery", &[]);
    assert_eq!(ran.code, 2);
    let report = ran.json();
    assert_eq!(report["added"], 2, "{}", ran.err);
    let rejected = report["rejected"].as_array().unwrap();
    assert!(rejected[0]["path"].as_str().unwrap().ends_with("a.spc"));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let lab = Lab::new();
    fs::create_dir(lab.home.path("delivery")).unwrap();
    lab.home.file("delivery/b.msp", msp("Beta", 2, 13));
    let pipe = lab.home.path("delivery/pipe.msp");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let ran = lab.import("delivery", &[]);
    assert_eq!(ran.json()["added"], 2);
    assert!(ran.err.contains("no regular file"), "{}", ran.err);
}

#[test]
fn what_changes_no_search_is_not_tried_and_a_trial_leaves_nothing() {
    let lab = Lab::new();
    let ran = lab.run(&["edit", "alpha-1", "--set", "licence=CC0"]);
    assert!(
        ran.out.contains("Nothing that is searched changed"),
        "{}",
        ran.out
    );
    let info = lab.info();
    assert!(
        info["calibration"]["ei-ms"].is_object(),
        "what was learned stays: {info}"
    );
    // Who measured it decides what MS/MS spectra are tried against.
    let ran = lab.run(&["edit", "alpha-2", "--set", "owner=Somebody"]);
    assert!(ran.out.contains("Asked again"), "{}", ran.out);
    let ran = lab.run(&["edit", "alpha-1", "--set", "name=Other"]);
    assert!(ran.out.contains("Asked again"), "{}", ran.out);

    let none = lab.home.path("none.h5");
    let file = text(&lab.home.path("first.msp")).to_owned();
    let ran = lab.home.run(&[
        "library",
        "import",
        &file,
        "--library",
        text(&none),
        "--dry-run",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!none.exists() && !lab.home.path("none.h5.generations").exists());
    let ran = lab.home.run(&[
        "library",
        "info",
        "--library",
        &format!("{}@x", lab.library),
    ]);
    assert!(
        ran.err.contains("expected its number, a day (UTC)"),
        "{}",
        ran.err
    );
    let ran = lab.home.run(&[
        "library",
        "import",
        &file,
        "--library",
        &format!("{}@1", lab.library),
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("never changed"), "{}", ran.err);
}

#[test]
fn records_without_a_name_are_not_one_substance_called_after_their_file() {
    let lab = Lab::new();
    let records = msp("Beta", 3, 13);
    let nameless: Vec<String> = records
        .split("\n\n")
        .filter(|record| !record.trim().is_empty())
        .enumerate()
        .map(|(at, record)| {
            let lines = record.lines().filter(|line| {
                let stated = ["Name", "DB#", "InChIKey", "CAS", "Formula", "Synon"];
                !stated.iter().any(|field| line.starts_with(field))
            });
            let lines: Vec<&str> = lines.collect();
            let key = match at {
                // 1-Phenyl-2-propanone.
                0 => "InChIKey: QCCDLTOVEPVEJK-UHFFFAOYSA-N\n",
                _ => "",
            };
            format!("Name: \n{key}{}\n\n", lines.join("\n"))
        })
        .collect();
    lab.home.file("labA.msp", nameless.concat());
    let ran = lab.import("labA.msp", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = ran.json();
    assert_eq!(report["added"], 3, "{report}");
    let odd = report["odd"].to_string();
    for name in [
        "1-Phenyl-2-propanone",
        "unnamed (labA#1)",
        "unnamed (labA#2)",
    ] {
        assert!(odd.contains(name), "{name}: {odd}");
    }
    assert!(
        report["findings"].to_string().contains("Nameless"),
        "{}",
        report["findings"]
    );
    // The same file again is nothing new.
    let again = lab.import("labA.msp", &[]).json();
    assert_eq!(
        (&again["added"], &again["identical"]),
        (&0.into(), &3.into()),
        "{again}"
    );
}

/// An infrared curve called absorbance, which it is, or else transmittance; `moved` makes it another substance's.
fn infrared(is_absorbance: bool, moved: f64) -> String {
    let band = |x: f64, centre: f64| 1.0 / (1.0 + ((x - centre - moved) / 12.0).powi(2));
    let mut text = "Wavenumber (cm-1),Absorbance\n".to_owned();
    for x in (0..1600).map(|i| 600.0 + 2.0 * f64::from(i)) {
        let a = 0.02 + 0.8 * band(x, 1700.0) + 0.5 * band(x, 1250.0) + 0.3 * band(x, 2950.0);
        let y = if is_absorbance { a } else { 10f64.powf(-a) };
        text.push_str(&format!("{x},{y:.6}\n"));
    }
    text
}

#[test]
fn a_curve_that_stands_upside_down_is_kept_and_not_searched() {
    let lab = Lab::new();
    lab.home.file("up.csv", infrared(true, 0.0));
    lab.home.file("down.csv", infrared(false, 150.0));
    let import = |file: &str, name: &str, more: &[&str]| {
        let name = format!("name={name}");
        let given = ["--technique", "infrared", "--max-loss", "1", "--set", &name];
        lab.import(file, &[&given[..], more].concat())
    };
    let searched = || {
        let number = lab.info()["references"]["infrared"].as_u64();
        number.unwrap_or(0)
    };
    let ran = import("up.csv", "One", &[]);
    assert_eq!((ran.code, searched()), (0, 1), "{}{}", ran.out, ran.err);
    assert_eq!(ran.json()["suspect"], serde_json::json!([]));

    let ran = import("down.csv", "Two", &["--suspect", "refuse"]);
    assert_eq!((ran.code, searched()), (2, 1));
    let why = ran.json()["rejected"][0]["message"].clone();
    assert!(why.as_str().unwrap().contains("bands point down"), "{why}");

    let ran = import("down.csv", "Two", &[]);
    assert_eq!((ran.code, searched()), (0, 1), "{}", ran.err);
    let suspect = ran.json()["suspect"][0].clone();
    let message = suspect["message"].as_str().unwrap();
    assert!(
        message.contains("--set ordinate=transmittance"),
        "{message}"
    );
    let id = suspect["entry"].as_str().unwrap().to_owned();
    let shown = lab.run(&["show", &id, "--format", "json"]).json();
    let reason = shown["deprecated"]["reason"].as_str().unwrap().to_owned();
    assert!(reason.starts_with("suspect: "), "{shown}");
    // As advised it is searched; so it is by who looked at it, and by who wants it so.
    let ran = import("down.csv", "Two", &["--set", "ordinate=transmittance"]);
    assert_eq!((ran.code, searched()), (0, 2), "{}{}", ran.out, ran.err);
    assert_eq!(
        lab.run(&["restore", &id, "--reason", "looked at", "--max-loss", "1"])
            .code,
        0
    );
    assert_eq!(searched(), 3);
    let ran = import("down.csv", "Three", &["--suspect", "search"]);
    assert_eq!((ran.code, searched()), (0, 4), "{}{}", ran.out, ran.err);
}
