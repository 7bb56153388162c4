//! Runs of a batch that are measured against a blank, a ladder of retention indices and an internal standard.

use super::injections::{STRANGE, assert_peaks, ions, page, strings};
use super::{Desk, said};
use crate::common::made::{Imagined, P2P, run_file};
use crate::common::{shared_data, text};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;

/// A desk with a run of three peaks: 1-phenyl-2-propanone at 80 s, what no library has at 140 s, piperonal at
/// 210 s.
fn desk() -> Desk {
    let desk = Desk::empty();
    let piperonal = ions(&desk.home, "piperonal");
    let run = run_file(&[(40.0, P2P), (70.0, STRANGE), (105.0, &piperonal)]);
    desk.put("run.jdx", run);
    desk
}

fn of_peaks<'a>(rows: &'a [Value], name: &str) -> Vec<&'a Value> {
    rows.iter().map(|row| &row["peak"][name]).collect()
}

#[test]
fn a_batch_is_measured_as_identify_measures_a_run() {
    let desk = desk();
    let blank = desk.home.file("blank.jdx", run_file(&[(40.5, P2P)]));
    let ladder = desk.home.file("ladder.csv", "10,1\n11,2\n12,3\n");
    let measured = [
        "--blank",
        text(&blank),
        "--ri-ladder",
        text(&ladder),
        "--internal-standard",
        "PIPERONAL",
    ];
    let ran = desk.screen(&[&measured[..], &["--alert", "1-phenyl-2-propanone"]].concat());
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let rows = desk.results();
    let file = desk.home.path("in").join("run.jdx");
    assert_eq!(assert_peaks(&desk, &file, &rows, &measured), 3);
    let schema: Value =
        serde_json::from_str(include_str!("../../src/report/identification.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(rows.iter().all(|row| validator.is_valid(row)), "{rows:?}");
    assert_eq!(of_peaks(&rows, "in_blank"), [true, false, false]);
    // 1000 + 100 x 20/60 and 1100 + 100 x 20/60; 210 s is beyond the ladder.
    let indices = of_peaks(&rows, "retention_index");
    for (index, by_hand) in indices.iter().zip([1033.3, 1133.3]) {
        assert!((index.as_f64().unwrap() - by_hand).abs() < 1.0, "{index}");
    }
    assert!(indices[2].is_null());
    let area = |row: &Value| row["peak"]["area"].as_f64().unwrap();
    for row in &rows {
        let ratio = row["peak"]["ratio_to_internal_standard"].as_f64().unwrap();
        assert!((ratio - area(row) / area(&rows[2])).abs() < 1e-9, "{row}");
        let parameters = &row["parameters"];
        assert_eq!(parameters["blank"], text(&blank));
        assert_eq!(parameters["ri-ladder"], text(&ladder));
        assert_eq!(parameters["internal-standard"], "PIPERONAL");
        assert_eq!(parameters["min-snr"], 10.0);
    }

    // The blank's peak and the standard are identified all the same, and are nothing of the sample.
    assert_eq!(rows[0]["verdict"]["level"], "identified");
    assert_eq!(rows[2]["verdict"]["level"], "identified");
    let sample = &rows[0]["sample"];
    assert_eq!(sample["substances"], serde_json::json!([]));
    assert!(sample.get("components").is_none(), "{sample}");
    let looks = strings(&sample["second_look"]);
    assert!(!looks.contains(&"alert"), "{looks:?}");
    let out = desk.home.path("out");
    let told = &page(&out)["samples"][0];
    let summary = told["reasons"][0].as_str().unwrap();
    let aside = "1 peak that the blank has, too, is not counted; identified among them: 1-Phenyl-2-propanone at 1.33 min (1988 Table I). 1 internal standard is not counted; identified among them: Piperonal at 3.50 min (1988 Table I).";
    assert!(summary.ends_with(aside), "{summary}");
    let first = &told["spectra"][0];
    assert_eq!(
        (&first["of_blank"], &first["is_standard"]),
        (&true.into(), &false.into())
    );
    assert_eq!(told["spectra"][2]["is_standard"], true);
    assert!(
        first["measured"].to_string().contains("1033"),
        "{}",
        first["measured"]
    );
    let mut csv = csv::Reader::from_path(out.join("results.csv")).unwrap();
    let headings = csv.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|h| h == name).unwrap();
    let at = ["in_blank", "is_internal_standard"].map(at);
    let cells = csv.records().map(Result::unwrap);
    let cells: Vec<[String; 2]> = cells.map(|r| at.map(|at| r[at].to_owned())).collect();
    assert_eq!(
        cells,
        [["true", "false"], ["false", "false"], ["false", "true"]]
    );

    // Without the blank the same substance raises the alert.
    let without = desk.home.path("without");
    let ran = desk.screen(&["--alert", "1-phenyl-2-propanone", "--out", text(&without)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = super::results(&without);
    assert_eq!(strings(&rows[0]["sample"]["second_look"])[0], "alert");
    assert!(of_peaks(&rows, "in_blank").iter().all(|v| v.is_null()));
}

#[test]
fn a_run_that_holds_only_what_the_blank_holds_names_nothing() {
    let desk = Desk::empty();
    for name in ["a.jdx", "b.jdx"] {
        desk.put(name, run_file(&[(40.0, P2P), (70.0, STRANGE)]));
    }
    let blank = desk
        .home
        .file("blank.jdx", run_file(&[(40.5, P2P), (70.5, STRANGE)]));
    let ran = desk.screen(&["--blank", text(&blank)]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let rows = desk.results();
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert_eq!(row["sample"]["verdict"], "inconclusive");
        assert_eq!(row["sample"]["substances"], serde_json::json!([]));
        // An unknown of the blank is no unknown of two samples.
        assert!(row["sample"]["unknown_group"].is_null());
    }
    let summary = page(&desk.home.path("out"))["samples"][0]["reasons"][0].clone();
    let summary = summary.as_str().unwrap();
    assert!(
        summary.contains("nothing is named.")
            && summary.contains("2 peaks that the blank has, too, are not counted"),
        "{summary}"
    );
}

#[test]
fn the_internal_standard_is_nothing_of_the_sample() {
    let desk = desk();
    let measured = ["--internal-standard", "piperonal", "--alert", "piperonal"];
    let ran = desk.screen(&[&measured[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let control = ran.json()["control"].clone();
    assert_eq!(control, serde_json::json!({"1988 Table I": 1}));
    assert!(ran.json()["reasons"]["alert"].is_null(), "{}", ran.out);
    let rows = desk.results();
    let sample = &rows[0]["sample"];
    assert_eq!(
        sample["substances"],
        serde_json::json!(["1-Phenyl-2-propanone"])
    );
    // Of two peaks that were asked, not three, any may be named falsely.
    let rate = rows[0]["verdict"]["false_positive_rate"]["estimate"].as_f64();
    let bound = page(&desk.home.path("out"))["samples"][0]["rate"][0].as_f64();
    let away = bound.unwrap() - 2.0 * rate.unwrap();
    assert!(away.abs() < 1e-12, "{bound:?}");
    let out = desk.home.path("out");
    let trends = desk.home.run(&["trends", text(&out), "--format", "json"]);
    assert!(!trends.out.contains("Piperonal"), "{}", trends.out);
    assert!(
        trends.out.contains("1-Phenyl-2-propanone"),
        "{}",
        trends.out
    );

    // A standard at a time that nothing names joins no group of unknowns, and where it is all that is named, nothing is.
    let other = desk.home.path("other");
    let ran = desk.screen(&["--internal-standard", "2.33", "--out", text(&other)]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let rows = super::results(&other);
    assert_eq!(rows[1]["peak"]["ratio_to_internal_standard"], 1.0);
    assert!(rows[0]["sample"]["unknown_group"].is_null(), "{}", rows[0]);
    let alone = Desk::empty();
    alone.put("run.jdx", run_file(&[(40.0, P2P)]));
    let ran = alone.screen(&["--internal-standard", "1-phenyl-2-propanone"]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
}

#[test]
fn results_under_another_blank_are_not_taken_for_those_of_this_one() {
    let desk = desk();
    let blank = desk.home.file("blank.jdx", run_file(&[(40.5, P2P)]));
    let ladder = desk.home.file("ladder.csv", "10,1\n11,2\n");
    let measured = ["--blank", text(&blank), "--ri-ladder", text(&ladder)];
    assert_eq!(desk.screen(&measured).code, 0);
    let before = desk.results();
    // The same files from elsewhere are the same.
    let elsewhere = desk.home.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    for file in [&blank, &ladder] {
        fs::copy(file, elsewhere.join(file.file_name().unwrap())).unwrap();
    }
    let moved = elsewhere.join("blank.jdx");
    let ran = desk.screen(&["--blank", text(&moved), "--ri-ladder", text(&ladder)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.results(), before);
    // Another blank, another ladder, or none of them needs --anew, though their names are the same.
    fs::write(&moved, run_file(&[(105.0, P2P)])).unwrap();
    let other = elsewhere.join("ladder.csv");
    fs::write(&other, "10,1\n11,2.5\n").unwrap();
    for (more, name) in [
        (
            ["--blank", text(&moved), "--ri-ladder", text(&ladder)].as_slice(),
            "blank: was",
        ),
        (
            &["--blank", text(&blank), "--ri-ladder", text(&other)],
            "ri-ladder: was",
        ),
        (&["--ri-ladder", text(&ladder)], "is none"),
        (
            &[&measured[..], &["--internal-standard", "2.3"]].concat(),
            "internal-standard: was none",
        ),
    ] {
        let ran = desk.screen(more);
        assert_eq!(ran.code, 2, "{more:?}: {}", ran.out);
        assert!(
            ran.err.contains(name) && ran.err.contains("--anew"),
            "{}",
            ran.err
        );
    }
    assert_eq!(desk.results(), before);
    let ran = desk.screen(&[
        "--blank",
        text(&moved),
        "--ri-ladder",
        text(&other),
        "--anew",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = desk.results();
    assert_eq!(of_peaks(&after, "in_blank"), [false, false, false]);
    // 1000 + 100 x 20/90.
    let index = after[0]["peak"]["retention_index"].as_f64().unwrap();
    assert!((index - 1022.2).abs() < 1.0, "{index}");
}

#[test]
fn a_standard_that_is_missing_is_told() {
    let desk = desk();
    let ran = desk.screen(&["--internal-standard", "0.2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = desk.results();
    let sentence = "There is no peak at 0.2 min for the internal standard.";
    for row in &rows {
        assert!(row["peak"]["ratio_to_internal_standard"].is_null());
        assert!(row["warnings"].to_string().contains(sentence), "{row}");
    }
    assert!(strings(&rows[0]["sample"]["second_look"]).contains(&"partial"));
    let flags = page(&desk.home.path("out"))["samples"][0]["flags"].to_string();
    assert!(flags.contains(&format!("run.jdx: {sentence}")), "{flags}");
}

#[test]
fn what_cannot_be_measured_against_is_refused_before_anything_is_done() {
    let desk = desk();
    let bad = desk.home.file("bad.csv", "10,1\neleven,2\n");
    let spectrum = desk.home.file("spectrum.msp", super::known());
    for (flag, file, part) in [
        ("--ri-ladder", &bad, "line 2"),
        ("--blank", &spectrum, "is not a run"),
        ("--blank", &desk.home.path("none.cdf"), "none.cdf"),
    ] {
        let ran = desk.screen(&[flag, text(file)]);
        assert_eq!(ran.code, 2, "{}", ran.out);
        assert!(
            ran.err.contains(flag) && ran.err.contains(part),
            "{}",
            ran.err
        );
        assert!(!desk.home.path("out").exists());
    }
}

#[test]
fn a_desk_has_them_in_its_policy_and_its_folder() {
    let desk = desk();
    let blank = desk.put("blank.jdx", run_file(&[(40.5, P2P)]));
    let ladder = desk.put("ladder.csv", "10,1\n11,2\n12,3\n");
    let policy = format!(
        "blank = {:?}\nri-ladder = {:?}\ninternal-standard = \"1.5\"\n",
        text(&blank),
        text(&ladder)
    );
    let policy = desk.home.file("policy.toml", policy);
    // What is given wins over the policy.
    let ran = desk.screen(&[
        "--policy",
        text(&policy),
        "--internal-standard",
        "piperonal",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let rows = desk.results();
    let of = |name: &str| -> Vec<Value> {
        let own = rows.iter().filter(|row| said(row).0 == name);
        own.cloned().collect()
    };
    // The ladder is no sample; the blank is one, which is not compared with itself.
    assert!(of("ladder.csv").is_empty());
    let own = of("blank.jdx");
    assert_eq!(of_peaks(&own, "in_blank"), [&Value::Null]);
    assert_eq!(own[0]["sample"]["verdict"], "identified");
    let run = of("run.jdx");
    assert_eq!(of_peaks(&run, "in_blank"), [true, false, false]);
    assert_eq!(run[2]["peak"]["ratio_to_internal_standard"], 1.0);
    let ran = desk.home.run(&[
        "report",
        text(&desk.home.path("out")),
        "--sample",
        "run.jdx",
        "--library",
        "starter",
        "--out",
        text(&desk.home.path("run.html")),
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    // The peaks of a run are one result, as identify gives it.
    let said = fs::read_to_string(desk.home.path("run.html")).unwrap();
    let said = said.replace('\u{ad}', "");
    for told in [
        "The internal standard (piperonal) is peak 3",
        "in the blank, too",
        "the internal standard",
        "Area to that of the standard",
        text(&blank),
    ] {
        assert!(said.contains(told), "{told}");
    }
    assert!(said.contains("<svg") && !said.contains("Result 1 of"));
    for file in [&blank, &ladder] {
        let hash = format!("{:x}", Sha256::digest(fs::read(file).unwrap()));
        assert!(said.contains(&hash), "{hash}");
    }
    let ran = desk.home.run(&[
        "case",
        text(&desk.home.path("out")),
        "--sample",
        "run.jdx",
        "--library",
        "starter",
        "--format",
        "json",
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    let case = ran.json();
    assert_eq!(case["findings"].as_array().unwrap().len(), 1);
    let told = case["findings"][0]["remarks"].to_string();
    assert!(told.contains("the blank has it, too"), "{told}");
    assert!(told.contains("it is the internal standard"), "{told}");
}

#[test]
fn a_report_of_a_screened_run_tells_repeated_peaks_as_that_of_identify_does() {
    let desk = Desk::empty();
    let file = desk.put(
        "run.jdx",
        run_file(&[(40.0, P2P), (70.0, STRANGE), (105.0, P2P)]),
    );
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let ran = desk.home.run(&[
        "identify",
        text(&file),
        "--library",
        "starter",
        "--format",
        "json",
    ]);
    let warnings = ran.json()[0]["warnings"].clone();
    let mut warnings = warnings.as_array().unwrap().iter();
    let told = warnings.find_map(|w| w["message"].as_str().filter(|m| m.contains("elutes once")));
    let document = desk.home.path("run.html");
    let out = desk.home.path("out");
    let ran = desk.home.run(&[
        "report",
        text(&out),
        "--library",
        "starter",
        "--out",
        text(&document),
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let said = fs::read_to_string(document).unwrap().replace('\u{ad}', "");
    assert!(said.contains(told.unwrap()), "{told:?}");
}

#[test]
fn real_runs_are_measured_as_by_identify() {
    let Some(data) = shared_data() else { return };
    let desk = Desk::empty();
    let runs = data.join("gcms-runs");
    let file = runs.join("ELEY_1_SUBTRACT.JDX");
    // Another sample of the same laboratory stands for a blank: some of its peaks are the same.
    let blank = runs.join("GECO_1_SUBTRACT.JDX");
    let ladder = desk.home.file("ladder.csv", "10,5\n20,30\n30,60\n");
    let common = ["--technique", "ei-ms", "--blank", text(&blank)];
    let more = ["--ri-ladder", text(&ladder), "--internal-standard", "12.9"];
    let measured = [common.as_slice(), &more].concat();
    let ran = desk.screen_names(&[text(&file)], &measured);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let rows = desk.results();
    let peaks = assert_peaks(&desk, &file, &rows, &measured);
    let of_blank = of_peaks(&rows, "in_blank");
    let of_blank = of_blank.iter().filter(|value| **value == true).count();
    assert!((5..peaks / 2).contains(&of_blank), "{of_blank} of {peaks}");
    let counted = |name: &str| {
        let all = of_peaks(&rows, name);
        all.iter().filter(|value| !value.is_null()).count()
    };
    assert_eq!(counted("ratio_to_internal_standard"), peaks);
    assert!(counted("retention_index") > peaks / 2);
}

#[test]
fn hypotheses_and_components_of_peaks_are_those_of_identify() {
    let desk = Desk::empty();
    let references = desk.home.file("references.msp", Imagined::references());
    let lab = desk.home.path("lab.h5");
    let lab = text(&lab);
    let done = desk
        .home
        .run(&["library", "import", text(&references), "--library", lab]);
    assert_eq!(done.code, 0, "{}", done.err);
    let file = desk.put("run.jdx", Imagined::run());
    let ran = desk.screen(&["--library", lab, "--hypotheses", "unknown"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let rows = desk.results();
    let ran = desk.home.run(&[
        "identify",
        text(&file),
        "--library",
        lab,
        "--format",
        "jsonl",
    ]);
    let run = ran.lines().remove(0);
    assert_eq!(rows.len(), 3);
    for (row, peak) in rows.iter().zip(run["peaks"].as_array().unwrap()) {
        for name in [
            "emerging",
            "components",
            "residual",
            "component_notes",
            "verdict",
        ] {
            assert_eq!(row[name], peak[name], "{name}");
        }
    }
    assert!(rows[1]["emerging"].is_object());
    assert_eq!(rows[0]["components"].as_array().unwrap().len(), 2);
    let hints = page(&desk.home.path("out"))["samples"][0]["hints"].to_string();
    assert!(hints.contains("three") && hints.contains("four"), "{hints}");
}
