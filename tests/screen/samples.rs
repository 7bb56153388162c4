//! Several spectra of one sample, judged together, with what a manifest says of them.

use super::{Desk, known, of_starter, unknown};
use crate::common::text;
use serde_json::Value;
use std::fs;

fn sample(result: &Value) -> &Value {
    &result["sample"]
}

#[test]
fn spectra_of_a_sample_are_judged_together() {
    let desk = Desk::empty();
    let piperonal = of_starter(&desk.home, "piperonal");
    desk.put("agree-1.msp", known());
    desk.put(
        "agree-2.msp",
        String::from_utf8(known())
            .unwrap()
            .replace("43 100", "43 98"),
    );
    desk.put("differ-1.msp", known());
    desk.put("differ-2.msp", &piperonal);
    desk.put("deny-1.msp", known());
    desk.put("deny-2.msp", unknown("spot 2", 1));
    desk.put("alone.msp", known());
    let manifest = desk.home.file(
        "in/cases.csv",
        "File;Case No.;Item;Sample;Amount;Unit;Place\n\
         agree-1.msp;C-1;1;S-1;1,5;kg;Jakarta\n\
         agree-2.msp;C-1;1;S-1;1,5;kg;Jakarta\n\
         differ-1.msp;C-1;2;S-2;3;g;Jakarta\n\
         differ-2.msp;C-1;2;S-2;3;g;Jakarta\n\
         deny-1.msp;C-2;1;S-3;;;\n\
         deny-2.msp;C-2;1;S-3;;;\n",
    );
    let ran = desk.screen(&["--manifest", text(&manifest), "--require", "case,place"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let results = desk.results();
    assert_eq!(results.len(), 7, "the manifest is no spectrum");
    let told: Vec<(&str, &str)> = results
        .iter()
        .map(|r| {
            (
                sample(r)["label"].as_str().unwrap(),
                sample(r)["verdict"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("S-1", "identified"),
            ("S-1", "identified"),
            ("unknown liquid, item 7", "identified"),
            ("S-3", "disagreeing"),
            ("S-3", "disagreeing"),
            ("S-2", "disagreeing"),
            ("S-2", "disagreeing"),
        ]
        .map(|(label, verdict)| (
            if label.starts_with('u') {
                told[2].0
            } else {
                label
            },
            verdict
        ))
    );
    let first = sample(&results[0]);
    assert_eq!(first["case"], "C-1");
    assert_eq!(
        first["quantity"], "1.5",
        "a decimal comma is a decimal point"
    );
    assert_eq!(first["substances"][0], "1-Phenyl-2-propanone");
    // Nothing is named where spectra disagree, and who asks for the place is told where it lacks.
    let denied = sample(&results[3]);
    assert_eq!(denied["substances"].as_array().unwrap().len(), 0);
    let reasons: Vec<&str> = denied["second_look"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r.as_str().unwrap())
        .collect();
    assert!(
        reasons.contains(&"disagreeing") && reasons.contains(&"missing-field"),
        "{reasons:?}"
    );
    assert_eq!(reasons[0], "disagreeing", "the graver reason first");

    // The manifest says more: the results stay, the samples are told anew.
    let more = fs::read_to_string(&manifest)
        .unwrap()
        .replace("S-3;;;", "S-3;;;Bangkok");
    fs::write(&manifest, more).unwrap();
    let ran = desk.screen(&["--manifest", text(&manifest), "--require", "case,place"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(sample(&desk.results()[3])["place"], "Bangkok");
}

#[test]
fn a_manifest_alone_names_the_files_and_a_missing_one_is_a_row() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    desk.put("b.msp", unknown("not listed", 1));
    let manifest = desk.home.file(
        "in/cases.csv",
        "file,spectrum,case,item,sample\na.msp,1,C-1,1,S-1\nmissing.msp,,C-1,2,S-2\n",
    );
    let ran = desk.screen_names(&[text(&manifest)], &[]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let results = desk.results();
    assert_eq!(results.len(), 2);
    assert_eq!(sample(&results[0])["label"], "S-1");
    assert_eq!(sample(&results[1])["verdict"], "unusable");
    assert_eq!(sample(&results[1])["label"], "S-2");
    assert!(
        results[1]["error"]["message"]
            .as_str()
            .unwrap()
            .contains("no such file")
    );

    // A spectrum that its file does not have is told.
    let beyond = desk
        .home
        .file("in/beyond.csv", "file,spectrum,case\na.msp,7,C-1\n");
    let out = desk.home.path("beyond");
    let ran = desk.screen_names(&[text(&beyond)], &["--out", text(&out)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("does not have") && ran.err.contains("a.msp [7]"),
        "{}",
        ran.err
    );

    let wrong = desk
        .home
        .file("in/wrong.csv", "file,case,quantity\na.msp,C-1,many\n");
    let out = desk.home.path("other");
    let ran = desk.screen_names(&[text(&wrong)], &["--out", text(&out)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("line 2") && ran.err.contains("many"),
        "{}",
        ran.err
    );
    assert!(!out.exists());
}

#[test]
fn spectra_are_gathered_by_file_folder_or_title() {
    let desk = Desk::empty();
    let one = String::from_utf8(known()).unwrap();
    desk.put("x/a.msp", format!("{one}\n{one}"));
    desk.put("x/b.msp", unknown("bleed", 1));
    desk.put("y/c.msp", one);
    // 4 spectra; of 3 files; of 2 folders; of 2 titles.
    for (by, samples) in [("spectrum", 4), ("file", 3), ("folder", 2), ("title", 2)] {
        let out = desk.home.path(by);
        let ran = desk.screen(&["--sample-by", by, "--out", text(&out), "--format", "json"]);
        assert_eq!(ran.json()["samples"], samples, "{by}");
        // A folder whose files contradict each other is not identified.
        let disagreeing = match by {
            "folder" => 1,
            _ => 0,
        };
        assert_eq!(ran.json()["verdict"]["disagreeing"], disagreeing, "{by}");
    }
}

#[test]
fn unknowns_that_are_alike_are_one_group() {
    let desk = Desk::empty();
    desk.put("a.msp", unknown("first", 1));
    desk.put("b.msp", known());
    desk.put("c.msp", unknown("second", 5));
    // Another unknown, alone: no group.
    let other = [
        (60, 500),
        (62, 300),
        (86, 999),
        (88, 640),
        (121, 800),
        (123, 260),
    ];
    desk.put("d.msp", super::msp("other", &other));
    desk.screen(&[]);
    let groups: Vec<Value> = desk
        .results()
        .iter()
        .map(|r| sample(r)["unknown_group"].clone())
        .collect();
    assert_eq!(groups, [1.into(), Value::Null, 1.into(), Value::Null]);
}

#[test]
fn one_file_under_two_cases_needs_a_second_look() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    desk.put("b.msp", known());
    desk.put("c.msp", unknown("other", 1));
    let manifest = desk.home.file(
        "in/cases.csv",
        "file,case,sample\na.msp,A-1,S-1\nb.msp,A-2,S-1\nc.msp,A-3,S-1\n",
    );
    let ran = desk.screen(&["--manifest", text(&manifest)]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let results = desk.results();
    let reasons = |at: usize| {
        sample(&results[at])["second_look"]
            .as_array()
            .unwrap()
            .clone()
    };
    for (at, told) in [(0, true), (1, true), (2, false)] {
        assert_eq!(
            reasons(at).contains(&"same-bytes".into()),
            told,
            "{:?}",
            reasons(at)
        );
    }
    let page = fs::read_to_string(desk.home.path("out/summary.html")).unwrap();
    assert!(page.contains("A spectrum with the very same bytes is sample S-1 of case A-2, too"));
}

#[test]
fn identified_samples_are_counted_by_status_and_others_apart() {
    let desk = Desk::empty();
    desk.put("a-1.msp", known());
    desk.put("b-1.msp", known());
    desk.put("b-2.msp", unknown("spot 2", 1));
    let manifest = desk.home.file(
        "in/cases.csv",
        "file,case,sample\na-1.msp,A,S-1\nb-1.msp,B,S-2\nb-2.msp,B,S-2\n",
    );
    let ran = desk.screen(&["--manifest", text(&manifest), "--format", "json"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let told = ran.json();
    assert_eq!(told["verdict"]["identified"], 1);
    assert_eq!(told["verdict"]["disagreeing"], 1);
    for counts in ["control", "possible_control"] {
        let sum: u64 = told[counts]
            .as_object()
            .unwrap()
            .values()
            .map(|n| n.as_u64().unwrap())
            .sum();
        assert_eq!(sum, 1, "{counts}: {told}");
    }
}
