//! `specid validate` through the binary, on a made-up library.

mod common;

use common::{Home, Ran, text};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A made-up InChIKey; `letter` makes the skeleton.
fn key(letter: char) -> String {
    format!("{}-UHFFFAOYSA-N", String::from(letter).repeat(14))
}

/// A record whose ions are its own; `tilt` makes it another measurement of the same.
fn record(id: &str, letter: char, instrument: &str, tilt: f64) -> String {
    let seed = f64::from(letter as u32 - 64);
    let mut peaks = String::new();
    for i in 0..12 {
        let mz = 40 + i * 7 + (letter as i32 * (i + 3)) % 5;
        let abundance = 10.0 + 90.0 * ((seed * f64::from(i + 1) * 0.7).sin().abs());
        peaks.push_str(&format!(
            "{mz} {:.2}\n",
            abundance * (1.0 + tilt * f64::from(i))
        ));
    }
    format!(
        "Name: substance {letter}\nInChIKey: {}\nID: {id}\nIon_mode: P\nInstrument: {instrument}\nInstrument_type: EI-B\nNum Peaks: 12\n{peaks}\n",
        key(letter)
    )
}

/// A record that names nothing but its id.
fn unnamed(id: &str, letter: char) -> String {
    let lines = record(id, letter, "made-up", 0.02);
    let kept = lines.lines().filter(|l| !l.starts_with("InChIKey"));
    let kept = kept.map(|l| match l.starts_with("Name:") {
        true => format!("Name: {id}"),
        false => l.to_owned(),
    });
    kept.collect::<Vec<_>>().join("\n") + "\n\n"
}

struct Case {
    home: Home,
    library: PathBuf,
}

impl Case {
    fn new() -> Self {
        let home = Home::new();
        let references: String = "ABCDE"
            .chars()
            .map(|c| record(&format!("lib-{c}"), c, "reference", 0.0))
            .collect();
        let file = home.file("references.msp", references);
        let library = home.path("lib.h5");
        let made = home.run(&[
            "library",
            "import",
            text(&file),
            "--library",
            text(&library),
        ]);
        assert_eq!(made.code, 0, "{}", made.err);
        Self { home, library }
    }

    fn queries(&self) -> PathBuf {
        let mut queries = String::new();
        for (id, letter, instrument) in [
            ("q1", 'A', "first"),
            ("q2", 'A', "second"),
            ("q3", 'B', "first"),
            ("q4", 'C', "second"),
        ] {
            queries.push_str(&record(id, letter, instrument, 0.01));
        }
        self.home.file("queries.msp", queries)
    }

    fn absent(&self) -> PathBuf {
        let absent: String = "XYZ"
            .chars()
            .map(|c| record(&format!("n-{c}"), c, "first", 0.0))
            .collect();
        self.home.file("absent.msp", absent)
    }

    fn validate(&self, queries: &Path, more: &[&str]) -> Ran {
        let mut arguments = vec!["validate", text(queries), "--library", text(&self.library)];
        arguments.extend(more);
        self.home.run(&arguments)
    }

    fn json(&self, queries: &Path, more: &[&str]) -> (Ran, Value) {
        let mut all = vec!["--format", "json"];
        all.extend(more);
        let ran = self.validate(queries, &all);
        let value = ran.json();
        (ran, value)
    }
}

#[test]
fn folders_stand_for_the_files_below_them() {
    let case = Case::new();
    let of_folder = |file: PathBuf, name: &str| {
        let folder = case.home.path(name);
        std::fs::create_dir_all(folder.join("below")).unwrap();
        std::fs::rename(file, folder.join("below/spectra.msp")).unwrap();
        folder
    };
    let queries = of_folder(case.queries(), "queries");
    let absent = of_folder(case.absent(), "absent");
    let (ran, report) = case.json(&queries, &["--absent", text(&absent)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(report["counts"]["present"], 4);
    assert_eq!(report["counts"]["absent"], 3);
}

#[test]
fn figures_of_a_tiny_set() {
    let case = Case::new();
    let (queries, absent) = (case.queries(), case.absent());
    let (ran, report) = case.json(&queries, &["--absent", text(&absent)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(report["schema"], "specid.validation/1");
    assert_eq!(report["counts"]["present"], 4);
    assert_eq!(report["counts"]["absent"], 3);
    let figures = &report["techniques"][0];
    assert_eq!(figures["technique"], "ei-ms");
    assert_eq!(
        (&figures["substances"], &figures["absent_substances"]),
        (&3.into(), &3.into())
    );
    let scores: Vec<&str> = figures["ranking"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["score"].as_str().unwrap())
        .collect();
    assert_eq!(
        scores,
        [
            "specid",
            "cosine",
            "stein_scott",
            "entropy",
            "match",
            "reverse_match"
        ]
    );
    let own = &figures["ranking"][0];
    assert_eq!(own["rank1"]["estimate"], 1.0);
    // 4 of 4: the lower end of Wilson's interval is 1 / (1 + 1.96^2 / 4).
    let low = own["rank1"]["low"].as_f64().unwrap();
    assert!((low - 0.5101).abs() < 1e-4, "{low}");
    assert_eq!(
        figures["roc"][0]["area"], 1.0,
        "all are above the absent ones"
    );
    assert_eq!(
        figures["roc"][0]["false_at_90_percent_right"]["rate"]["estimate"],
        0.0
    );
    let instruments: Vec<(&str, u64)> = figures["instruments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            (
                p["name"].as_str().unwrap(),
                p["rank1"]["n"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(instruments, [("first", 2), ("second", 2)]);
    assert_eq!(report["trials"].as_array().unwrap().len(), 7);
    let again = case.validate(&queries, &["--format", "json", "--absent", text(&absent)]);
    assert_eq!(again.out, ran.out, "equal input, equal bytes");
}

#[test]
fn text_and_page() {
    let case = Case::new();
    let queries = case.queries();
    let page = case.home.path("page.html");
    let absent = case.absent();
    let more = ["--absent", text(&absent), "--html", text(&page)];
    let ran = case.validate(&queries, &more);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in [
        "Ranking, among the 100 best candidates",
        "stein_scott",
        "By instrument",
        "4 spectra of 3 substances",
        "not measured",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let html = std::fs::read_to_string(page).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.trim_end().ends_with("</html>"));
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
    assert!(html.matches("<svg").count() >= 4, "curve and bars");
    for foreign in ["http://", "https://", "<script", "src=", "@import", "url("] {
        let elsewhere = html.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains(foreign), "{foreign}");
    }
}

#[test]
fn misplaced_spectra_are_moved_and_told() {
    let case = Case::new();
    let absent = case.home.file(
        "absent.msp",
        record("n1", 'X', "i", 0.0) + &record("n2", 'D', "i", 0.01),
    );
    let queries = case.home.file(
        "queries.msp",
        record("q1", 'A', "i", 0.01) + &record("q2", 'Y', "i", 0.0),
    );
    let (ran, report) = case.json(&queries, &["--absent", text(&absent)]);
    assert_eq!(ran.code, 0);
    assert_eq!(report["counts"]["moved_to_present"], 1);
    assert_eq!(report["counts"]["moved_to_absent"], 1);
    assert_eq!(
        (&report["counts"]["present"], &report["counts"]["absent"]),
        (&2.into(), &2.into())
    );
    let ran = case.validate(&queries, &["--absent", text(&absent)]);
    assert!(
        ran.out.contains("1 named absent are in the library"),
        "{}",
        ran.out
    );
}

#[test]
fn the_librarys_own_spectra_test_nothing() {
    let case = Case::new();
    let own = case.home.path("references.msp");
    let alone = case.validate(&own, &[]);
    assert_eq!(alone.code, 2);
    assert!(alone.err.contains("nothing was measured"), "{}", alone.err);
    let queries = case.queries();
    let both = case.json(&queries, &["--absent", text(&own)]);
    assert_eq!(
        (both.0.code, &both.1["counts"]["own_references"]),
        (0, &5.into())
    );
}

#[test]
fn a_truth_table_names_what_the_records_do_not() {
    let case = Case::new();
    let queries = case.home.file(
        "queries.msp",
        unnamed("u1", 'A') + &unnamed("u2", 'B') + &unnamed("u3", 'C') + &unnamed("u4", 'D'),
    );
    let without = case.validate(&queries, &[]);
    assert_eq!(without.code, 2);
    assert!(
        without.err.contains("neither the library nor the register"),
        "{}",
        without.err
    );
    let rows = format!(
        "u1\tSubstance-A\nu2\t{}\nu3\tcalled otherwise\tlib-C\nu9\tsubstance E\n",
        key('B')
    );
    let table = case.home.file("truth.tsv", rows);
    let (ran, report) = case.json(&queries, &["--truth", text(&table)]);
    assert_eq!(ran.code, 2, "u4 is not known");
    assert_eq!(
        (&report["counts"]["present"], &report["counts"]["unusable"]),
        (&3.into(), &1.into())
    );
    assert_eq!(report["techniques"][0]["all"]["rank1"]["estimate"], 1.0);
    assert_eq!(report["left_out"][0]["id"], "u4");
    let note = report["notes"][0].as_str().unwrap();
    assert!(
        note.contains("1 rows of the truth table") && note.contains("u9"),
        "{note}"
    );
    assert_eq!(used_for(&report), 3, "u4 is not in the table");
    let wrong = format!("id,inchikey\nu1,{}\nu2,{0}\nu3,{0}\nu4,{0}\n", key('A'));
    let table = case.home.file("wrong.csv", wrong);
    let (ran, report) = case.json(&queries, &["--truth", text(&table)]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        report["techniques"][0]["all"]["rank1"]["estimate"], 0.25,
        "the table is believed"
    );
}

/// How many spectra the truth table was used for.
fn used_for(report: &Value) -> u64 {
    let files = report["files"].as_array().unwrap();
    let truth = files.iter().find(|file| file["role"] == "truth");
    truth.unwrap()["spectra"].as_u64().unwrap()
}

#[test]
fn a_truth_table_that_contradicts_the_record_is_told() {
    let case = Case::new();
    let queries = case.home.file(
        "queries.msp",
        record("q1", 'A', "i", 0.01) + &record("q2", 'B', "i", 0.01),
    );
    let rows = format!("id,inchikey\nq1,{}\nq2,{}\n", key('B'), key('B'));
    let table = case.home.file("truth.csv", rows);
    let (_, report) = case.json(&queries, &["--truth", text(&table)]);
    assert_eq!(used_for(&report), 2);
    let notes = report["notes"].to_string();
    assert!(
        notes.contains("another substance than the truth table does, which was followed: q1."),
        "{notes}"
    );
}

#[test]
fn bad_input_is_told_with_its_place() {
    let case = Case::new();
    let queries = case.queries();
    let empty = case.home.file("empty.msp", "");
    let table = |name: &str, content: &str| case.home.file(name, content);
    for (path, expected) in [
        (table("twice.tsv", "q1\ta\nq1\tb\n"), "line 2"),
        (table("empty.tsv", ""), "no rows"),
        (table("one.tsv", "q1\n"), "two columns"),
        (table("binary.tsv", "\u{0}\u{1}\u{0}"), "two columns"),
        (case.home.path("missing.tsv"), "missing.tsv"),
    ] {
        let ran = case.validate(&queries, &["--truth", text(&path)]);
        assert_eq!(ran.code, 2, "{}", path.display());
        assert!(ran.err.contains(expected), "{expected}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
    let ran = case.validate(&queries, &["--absent", text(&empty)]);
    assert_eq!(ran.code, 2, "the empty file is told");
    assert!(
        ran.out.contains("4 spectra of 3 substances"),
        "the rest is measured"
    );
    assert!(ran.err.contains("empty.msp"), "{}", ran.err);
    assert_eq!(case.validate(&empty, &[]).code, 2);
    let missing = case.home.path("missing.msp");
    assert_eq!(case.validate(&missing, &[]).code, 2);
    let starter = case.home.run(&[
        "validate",
        text(&queries),
        "--library",
        "starter",
        "--store",
    ]);
    assert_eq!(starter.code, 2);
    assert!(starter.err.contains("cannot be changed"), "{}", starter.err);
}

#[test]
fn a_stored_validation_is_kept_and_shown() {
    let case = Case::new();
    let library = text(&case.library);
    let info = |more: &[&str]| {
        let mut arguments = vec!["library", "info", "--library", library];
        arguments.extend(more);
        case.home.run(&arguments)
    };
    let before = info(&["--format", "json"]).json();
    assert!(before.get("validation").is_none());
    let queries = case.queries();
    let stored = case.validate(&queries, &["--store"]);
    assert_eq!(stored.code, 0, "{}", stored.err);
    let after = info(&["--format", "json", "--verify"]).json();
    assert_eq!(after["verified"], true);
    assert_eq!(after["generation"], 2);
    assert_ne!(after["hash"], before["hash"]);
    assert_eq!(after["validation_is_current"], true);
    let validation = &after["validation"];
    assert_eq!(validation["generation"], 1);
    assert_eq!(validation["files"][0]["spectra"], 4);
    assert_eq!(validation["figures"][0]["rank1"]["n"], 4);
    assert!(info(&[]).out.contains("validated"));
    let more = case.home.file("more.msp", record("new", 'F', "i", 0.0));
    case.home
        .run(&["library", "import", text(&more), "--library", library]);
    let kept = info(&["--format", "json", "--verify"]).json();
    assert_eq!(
        (&kept["verified"], &kept["validation_is_current"]),
        (&true.into(), &false.into())
    );
    assert_eq!(kept["validation"], after["validation"]);
    assert!(info(&[]).out.contains("validate again"));
}

#[test]
fn what_is_asked_to_be_stored_is_stored_whoever_reads() {
    let case = Case::new();
    let (queries, page) = (case.queries(), case.home.path("page.html"));
    let mut asked = vec!["validate", text(&queries), "--library", text(&case.library)];
    asked.extend(["--store", "--html", text(&page)]);
    let ended = case.home.run_unread(&asked);
    assert_eq!(ended.status.code(), Some(128 + 13));
    let library = text(&case.library);
    let info = ["library", "info", "--library", library, "--format", "json"];
    assert_eq!(case.home.run(&info).json()["generation"], 2);
    assert!(page.exists());
}
