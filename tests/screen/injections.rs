//! GC-MS runs in a batch: their peaks are rows, and parts of one sample.

use super::{Desk, assert_same, known, of_starter, results, said};
use crate::common::made::{D4, P2P, run_file};
use crate::common::{Home, shared_data, text};
use calamine::Reader as _;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Ions that no substance has, enough of them for a verdict.
pub const STRANGE: &[(u32, f64)] = &[
    (97, 6e4),
    (101, 7e4),
    (117, 3e4),
    (139, 5e4),
    (161, 4e4),
    (183, 2e4),
    (203, 9e4),
    (204, 2e4),
    (229, 6e4),
    (257, 3e4),
    (301, 4e4),
    (339, 5e4),
];

/// Ions of the embedded library's own spectrum, as high as those of the made runs.
pub fn ions(home: &Home, name: &str) -> Vec<(u32, f64)> {
    let msp = of_starter(home, name);
    let lines = msp.lines().filter_map(|line| {
        let (mz, height) = line.split_once([' ', '\t'])?;
        let height: f64 = height.split_whitespace().next()?.parse().ok()?;
        Some((mz.parse::<f64>().ok()?.round() as u32, height))
    });
    let ions: Vec<(u32, f64)> = lines.collect();
    let highest = ions.iter().map(|ion| ion.1).fold(0.0, f64::max);
    assert!(ions.len() > 8, "{msp}");
    ions.iter()
        .map(|(mz, y)| (*mz, 1e5 * y / highest))
        .collect()
}

pub fn strings(value: &Value) -> Vec<&str> {
    let all = value.as_array().unwrap().iter();
    all.map(|v| v.as_str().unwrap()).collect()
}

pub fn page(run: &Path) -> Value {
    let page = fs::read_to_string(run.join("summary.html")).unwrap();
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// What `identify` says of a run, with the settings of a batch.
fn identified(desk: &Desk, file: &Path, more: &[&str]) -> Value {
    let usual = ["--library", "starter", "--top", "5", "--format", "jsonl"];
    let ran = desk
        .home
        .run(&[&["identify", text(file)], &usual[..], more].concat());
    assert!(ran.code < 2, "{}", ran.err);
    ran.lines().remove(0)
}

/// The peaks of a run as a batch tells them, beside what `identify` says of the same run.
pub fn assert_peaks(desk: &Desk, file: &Path, rows: &[Value], more: &[&str]) -> usize {
    let run = identified(desk, file, more);
    let judged: Vec<&Value> = run["peaks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|peak| !peak["verdict"].is_null() && peak["background"].is_null())
        .collect();
    let peaks: Vec<&Value> = rows.iter().filter(|row| !row["peak"].is_null()).collect();
    assert_eq!(peaks.len(), judged.len(), "{}", file.display());
    for (row, peak) in peaks.iter().zip(&judged) {
        for name in ["verdict", "candidates", "quality"] {
            assert!(row[name] == peak[name], "{name} of {}", row["source"]);
        }
        for name in [
            "number",
            "retention_min",
            "area",
            "area_percent",
            "purity",
            "retention_index",
            "ratio_to_internal_standard",
            "in_blank",
        ] {
            assert_eq!(row["peak"][name], peak[name], "{name} of {}", row["source"]);
        }
        assert_eq!(
            row["source"]["index"].as_u64().unwrap() + 1,
            peak["scan"].as_u64().unwrap()
        );
        let minutes = peak["retention_min"].as_f64().unwrap();
        let record = format!("peak {} at {minutes:.2} min", peak["number"]);
        assert_eq!(row["source"]["id"], record);
        assert_eq!(row["library"]["hash"], run["library"]["hash"]);
    }
    peaks.len()
}

#[test]
fn the_peaks_of_a_run_are_rows_as_identify_tells_them() {
    let desk = Desk::empty();
    let piperonal = ions(&desk.home, "piperonal");
    let file = desk.put(
        "run.jdx",
        run_file(&[
            (30.0, P2P),
            (60.0, STRANGE),
            (85.0, D4),
            (105.0, &piperonal),
        ]),
    );
    let ran = desk.screen(&["--alert", "piperonal"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.out
            .contains("1 sample, 3 peaks of GC-MS runs of 1 file"),
        "{}",
        ran.out
    );
    let rows = desk.results();
    assert_eq!(assert_peaks(&desk, &file, &rows, &[]), 3);
    let schema: Value =
        serde_json::from_str(include_str!("../../src/report/identification.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for row in &rows {
        let errors: Vec<String> = validator.iter_errors(row).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let said: Vec<String> = rows.iter().map(|row| said(row).1).collect();
    assert_eq!(said, ["identified", "not-in-library", "identified"]);

    // Two substances are a mixture, not a contradiction; both are Table I.
    let sample = &rows[0]["sample"];
    assert_eq!(sample["label"], "run.jdx");
    assert_eq!(sample["verdict"], "identified");
    let components = sample["components"].as_array().unwrap();
    let names: Vec<&str> = components
        .iter()
        .map(|c| c["substances"][0].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"Piperonal") && names.contains(&"1-Phenyl-2-propanone"));
    for component in components {
        assert_eq!(component["control_status"], "1988 Table I");
    }
    let reasons = strings(&sample["second_look"]);
    assert_eq!(reasons[0], "alert");
    // The odd peak is a third of the run: nobody may overlook it for what is named beside it.
    assert!(reasons.contains(&"not-in-library"), "{reasons:?}");
    assert!(!reasons.contains(&"disagreeing"), "{reasons:?}");

    let out = desk.home.path("out");
    let data = page(&out);
    assert_eq!(data["samples"].as_array().unwrap().len(), 1);
    let told = &data["samples"][0];
    let reasons = strings(&told["reasons"]);
    assert!(
        reasons[0].contains("Piperonal at 3.50 min (1988 Table I)")
            && reasons[0].contains("1-Phenyl-2-propanone at 1.00 min (1988 Table I)")
            && reasons[0].contains("1 peak not in the library")
            && reasons[0].contains("Peaks not looked at: 1 of column bleed or air"),
        "{reasons:?}"
    );
    assert_eq!(told["spectra"].as_array().unwrap().len(), 3);
    assert_eq!(told["components"].as_array().unwrap().len(), 2);
    let alert = told["flags"][0][1].as_str().unwrap();
    assert_eq!(
        alert,
        "Piperonal is on the alert list and is named at 3.50 min."
    );

    // Of three peaks that were asked any may be named falsely: three times the rate of one.
    let rate = |v: &Value| {
        v["verdict"]["false_positive_rate"]["estimate"]
            .as_f64()
            .unwrap()
    };
    let highest = rate(&rows[0]).max(rate(&rows[2]));
    let bound = told["rate"][0].as_f64().unwrap();
    assert!((bound - 3.0 * highest).abs() < 1e-12, "{bound} {highest}");
}

#[test]
fn tables_tell_time_and_area_and_what_is_of_one_run() {
    let desk = Desk::empty();
    let piperonal = ions(&desk.home, "piperonal");
    let run = run_file(&[(30.0, P2P), (105.0, &piperonal)]);
    let file = desk.put("run.jdx", run);
    desk.put("spectrum.msp", known());
    assert_eq!(desk.screen(&[]).code, 0);
    let peaks = identified(&desk, &file, &[]);
    let out = desk.home.path("out");
    let mut csv = csv::Reader::from_path(out.join("results.csv")).unwrap();
    let headings = csv.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|h| h == name).unwrap();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    for (row, peak) in rows.iter().zip(peaks["peaks"].as_array().unwrap()) {
        for name in ["retention_min", "area_percent"] {
            let cell: f64 = row[column(name)].parse().unwrap();
            let told = peak[name].as_f64().unwrap();
            assert!((cell - told).abs() < 1e-9 * told, "{name}: {cell} {told}");
        }
        assert_eq!(&row[column("sample")], "run.jdx");
    }
    assert_eq!(&rows[2][column("retention_min")], "");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(out.join("results.xlsx")).unwrap();
    let samples = book.worksheet_range("samples").unwrap();
    assert_eq!(samples.height(), 3);
    let head: Vec<String> = samples
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let at = |name: &str| head.iter().position(|h| h == name).unwrap();
    let row = samples.rows().find(|row| row[0] == "run.jdx").unwrap();
    let substances = row[at("substances")].to_string();
    // A plus sign for what is all there; a semicolon would be a set of which it is one.
    let mut both: Vec<&str> = substances.split(" + ").collect();
    both.sort_unstable();
    assert_eq!(both, ["1-Phenyl-2-propanone", "Piperonal"]);
    assert!(
        row[at("components")]
            .to_string()
            .contains("Piperonal at 3.50 min")
    );
}

#[test]
fn a_run_without_peaks_says_so_and_is_no_fault() {
    let desk = Desk::empty();
    desk.put("a.jdx", run_file(&[]));
    desk.put("b.jdx", run_file(&[(60.0, D4)]));
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let rows = desk.results();
    assert_eq!(rows.len(), 2);
    for (row, part) in rows
        .iter()
        .zip(["no peak stands out", "1 of column bleed or air"])
    {
        assert_eq!(row["sample"]["verdict"], "inconclusive");
        assert_eq!(row["error"]["kind"], "no-peak");
        let message = row["error"]["message"].as_str().unwrap();
        assert!(
            message.contains("a run of 120 scans") && message.contains(part),
            "{message}"
        );
    }
    assert_eq!(
        page(&desk.home.path("out"))["failures"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[test]
fn what_of_a_run_is_not_wanted_or_not_known_is_told() {
    let desk = Desk::empty();
    desk.put("run.jdx", run_file(&[(40.0, P2P)]));
    let ran = desk.screen(&["--techniques", "raman"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(desk.results()[0]["sample"]["verdict"], "left-out");

    let desk = Desk::empty();
    desk.put("run.csv", "no");
    let unknown =
        run_file(&[(40.0, P2P)]).replace("##TITLE= run", "##TITLE= run\n##.IONIZATION MODE= CI");
    desk.put("run.jdx", unknown);
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let told = desk.results();
    let told = told[1]["error"]["message"].as_str().unwrap_or_default();
    assert!(told.contains("--technique ei-ms"), "{told}");
    let out = desk.home.path("said");
    let ran = desk.screen(&["--technique", "ei-ms", "--out", text(&out)]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let rows = results(&out);
    assert_eq!(rows[1]["peak"]["number"], 1, "{rows:?}");
}

#[test]
fn runs_of_one_sample_and_other_spectra_are_put_together() {
    let desk = Desk::empty();
    let piperonal = ions(&desk.home, "piperonal");
    desk.put("1.jdx", run_file(&[(30.0, P2P), (105.0, &piperonal)]));
    desk.put("2.jdx", run_file(&[(30.5, P2P)]));
    desk.put("3.msp", known());
    let manifest = desk.home.file(
        "in/cases.csv",
        "file,spectrum,item,sample\n1.jdx,,1,S-1\n2.jdx,1,1,S-1\n3.msp,1,1,S-1\n",
    );
    let ran = desk.screen(&["--manifest", text(&manifest)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = desk.results();
    assert_eq!(rows.len(), 4);
    let sample = &rows[0]["sample"];
    assert_eq!(sample["verdict"], "identified");
    let found = |name: &str| {
        let components = sample["components"].as_array().unwrap().iter();
        let mut of = components.filter(|c| c["substances"][0] == name);
        of.next().map(|c| c["found"].as_array().unwrap().len())
    };
    assert_eq!(found("1-Phenyl-2-propanone"), Some(3));
    assert_eq!(found("Piperonal"), Some(1));
    let told = page(&desk.home.path("out"));
    let flags = &told["samples"][0]["flags"];
    assert!(
        flags
            .to_string()
            .contains("Piperonal is identified in 1 of 2 runs."),
        "{flags}"
    );
}

#[test]
fn runs_are_known_by_their_bytes_and_give_the_same_in_any_number_of_sessions() {
    let desk = Desk::empty();
    let piperonal = ions(&desk.home, "piperonal");
    desk.put("a.jdx", run_file(&[(30.0, P2P), (60.0, STRANGE)]));
    desk.put("c.msp", known());
    assert_eq!(desk.screen(&[]).code, 0);
    desk.put("b.jdx", run_file(&[(60.0, STRANGE), (90.0, &piperonal)]));
    assert_eq!(desk.screen(&[]).code, 0);
    let whole = desk.home.path("whole");
    let ran = desk.screen(&["--out", text(&whole)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_same(&desk.home.path("out"), &whole);
    assert_eq!(desk.results().len(), 5);
    // The odd peak is in both runs: one unknown, though both runs are identified by what is beside it.
    let mut csv = csv::Reader::from_path(whole.join("results.csv")).unwrap();
    let headings = csv.headers().unwrap().clone();
    let at = headings.iter().position(|h| h == "unknown_group").unwrap();
    let groups: Vec<String> = csv.records().map(|r| r.unwrap()[at].to_owned()).collect();
    assert_eq!(groups, ["", "1", "1", "", ""]);
    // Other bytes are looked at again.
    desk.put("b.jdx", run_file(&[]));
    assert_eq!(desk.screen(&[]).code, 0);
    assert_eq!(desk.results().len(), 4);

    // Two machines, a part each.
    let file = |name: &str| text(&desk.home.path("in").join(name)).to_owned();
    for (out, name) in [("p1", "a.jdx"), ("p2", "b.jdx"), ("p3", "c.msp")] {
        desk.screen_names(&[&file(name)], &["--out", text(&desk.home.path(out))]);
    }
    let [p1, p2, p3, all] =
        ["p1", "p2", "p3", "all"].map(|name| text(&desk.home.path(name)).to_owned());
    let ran = desk.home.run(&["merge", &p3, &p2, &p1, "--out", &all]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_same(&desk.home.path("out"), &desk.home.path("all"));
}

#[test]
fn what_goes_on_from_a_batch_takes_the_peak_not_the_scan() {
    let desk = Desk::empty();
    // The odd peak lies on the flank of another: its scan has the ions of both.
    let run = desk.put("run.jdx", run_file(&[(40.0, P2P), (44.0, STRANGE)]));
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let out = desk.home.path("out");
    let records = out.join("results.jsonl");
    let ran = desk.home.run(&[
        "rehunt",
        text(&records),
        "--library",
        "starter",
        "--all",
        "--unchanged",
        "--format",
        "jsonl",
    ]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let again = ran.lines();
    let before = desk.results();
    assert_eq!(again.len(), before.len());
    for (again, before) in again.iter().zip(&before) {
        assert_eq!(again["after"], before["verdict"]["level"], "{again}");
        assert_eq!(again["best_after"], before["candidates"][0]["name"]);
    }
    let register = desk.home.path("unknowns.sqlite");
    let ran = desk.home.run(&[
        "unknowns",
        "add",
        text(&out),
        "--register",
        text(&register),
        "--library",
        "starter",
        "--format",
        "json",
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    assert!(ran.out.contains(text(&run)), "{}", ran.out);
}

#[test]
fn real_runs_give_the_peaks_that_identify_gives() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("gcms-runs");
    if !folder.is_dir() {
        eprintln!("skipped: {} is absent", folder.display());
        return;
    }
    let desk = Desk::empty();
    let names = ["HP_MS.CDF", "agilent-gcms.cdf", "ELEY_1_SUBTRACT.JDX"];
    let files = names.map(|name| folder.join(name));
    let inputs: Vec<&str> = files.iter().map(|file| text(file)).collect();
    let ran = desk.screen_names(&inputs, &["--format", "json"]);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    assert_eq!(ran.json()["samples"], names.len());
    let rows = desk.results();
    let mut peaks = 0;
    for file in &files {
        let own = rows
            .iter()
            .filter(|row| row["source"]["path"] == text(file));
        let own: Vec<Value> = own.cloned().collect();
        assert!(!own.is_empty(), "{}", file.display());
        peaks += assert_peaks(&desk, file, &own, &[]);
    }
    assert!(peaks > 200, "{peaks}");
}
