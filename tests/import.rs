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
