//! What other commands make of a recorded result: they ask the record whether it is what was recorded, and still stands.

use super::common::{Home, text};
use super::{SAMPLE, entries};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

struct Bench {
    home: Home,
    record: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let home = Home::new();
        let record = home.path("lab.record");
        Self { home, record }
    }

    /// Identifies the sample, and keeps the result in this file.
    fn identify(&self, name: &str, more: &[&str]) -> PathBuf {
        let mut all = vec!["identify", SAMPLE, "--hypotheses", "never"];
        all.extend(["--format", "json", "--record", text(&self.record)]);
        all.extend(more);
        let ran = self.home.run(&all);
        assert_eq!(ran.code, 0, "{}", ran.err);
        self.home.file(name, &ran.out)
    }

    /// The report on a result: exit code, what it says, and messages.
    fn report(&self, result: &Path) -> (i32, String, String) {
        let page = self.home.path("page.html");
        let all = ["report", text(result), "--force", "--out", text(&page)];
        let ran = self.home.run(&all);
        let said = match ran.code {
            0 => fs::read_to_string(&page).unwrap().replace('\u{ad}', ""),
            _ => String::new(),
        };
        (ran.code, said, ran.err)
    }

    fn case(&self, result: &Path) -> Value {
        let ran = self.home.run(&["case", text(result), "--format", "json"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        ran.json()
    }
}

#[test]
fn a_changed_result_is_refused_and_one_that_no_longer_stands_is_told_first() {
    let bench = Bench::new();
    let first = bench.identify("first.json", &[]);
    let (code, said, err) = bench.report(&first);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(said.contains("it is the same.") && !said.contains("NO LONGER"));
    assert_eq!(
        bench.case(&first)["substances"].as_array().unwrap().len(),
        1
    );

    // Whatever is changed, down to the place and the person, it is not what was recorded.
    for (at, value, told) in [
        (
            "/0/verdict/level",
            json!("inconclusive"),
            "/verdict/level is \"inconclusive\" here",
        ),
        (
            "/0/candidates/0/score",
            json!(0.99999),
            "/candidates/0/score is 0.99999 here",
        ),
        ("/0/source/path", json!("other.msp"), "other files"),
        ("/0/recorded/by", json!("Somebody"), "person"),
        (
            "/0/recorded/hash",
            json!("ab".repeat(32)),
            "either it was changed",
        ),
        ("/0/recorded/entry", json!(7), "no such entry"),
    ] {
        let mut all: Value = serde_json::from_str(&fs::read_to_string(&first).unwrap()).unwrap();
        let place = all.pointer_mut(at).unwrap();
        assert_ne!(*place, value);
        *place = value;
        let forged = bench.home.file("forged.json", all.to_string());
        let (code, _, err) = bench.report(&forged);
        assert!(code == 2 && err.contains(told), "{at}: {code} {err}");
        let ran = bench.home.run(&["case", text(&forged)]);
        assert!(ran.code == 2 && ran.err.contains(told), "{at}: {}", ran.err);
    }

    let because = ["--amends", "1", "--because", "the wrong laser was given"];
    let second = bench.identify("second.json", &because);
    let (_, said, err) = bench.report(&first);
    let told = "entry 1 of the record was amended by entry 2 because: the wrong laser was given";
    assert!(err.contains(told), "{err}");
    let place = said.find("THIS RESULT NO LONGER STANDS: ").unwrap();
    assert!(place < said.find("IDENTIFIED (presumptive)").unwrap());
    assert!(said.contains(told), "{said}");
    let case = bench.case(&first);
    assert_eq!(case["substances"], json!([]));
    let remark = format!("It counts for nothing: {told}.");
    assert_eq!(case["findings"][0]["remarks"][0], remark.as_str());
    assert!(!bench.report(&second).1.contains("NO LONGER"));

    let withdrawn = ["record", "amend", text(&bench.record), "2"];
    let ran = bench
        .home
        .run(&[&withdrawn[..], &["--because", "mixed up"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        bench
            .report(&second)
            .1
            .contains("entry 2 of the record was withdrawn by entry 3 because: mixed up")
    );
    assert_eq!(bench.case(&second)["substances"], json!([]));
    assert_eq!(entries(&bench.record).len(), 3);
    let ran = bench.home.run(&["replay", text(&bench.record)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for told in ["AMENDED by entry 2: entry 1", "AMENDED by entry 3: entry 2"] {
        assert!(ran.out.contains(told), "{}", ran.out);
    }
}

#[test]
fn a_report_on_a_case_asks_the_record_of_its_results_again() {
    let bench = Bench::new();
    let first = bench.identify("first.json", &[]);
    let counted = bench.home.file("case.json", bench.case(&first).to_string());
    let (code, said, err) = bench.report(&counted);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(said.contains("they still stand: 1.") && !said.contains("NO LONGER"));

    let withdrawn = ["record", "amend", text(&bench.record), "1"];
    let ran = bench
        .home
        .run(&[&withdrawn[..], &["--because", "mixed up"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (code, said, err) = bench.report(&counted);
    let told = "entry 1 of the record was withdrawn by entry 2 because: mixed up";
    assert!(code == 0 && err.contains(told), "{code} {err}");
    let place = said
        .find("RESULT 1 OF THIS CASE NO LONGER STANDS: ")
        .unwrap();
    assert!(place < said.find("one result names").unwrap_or(said.len()));
    assert!(said.contains(told), "{said}");
    // A case that was put together since tells it itself, and counts nothing.
    let later = bench
        .home
        .file("later.json", bench.case(&first).to_string());
    let (_, said, err) = bench.report(&later);
    assert!(
        !said.contains("OF THIS CASE NO LONGER") && err.is_empty(),
        "{err}"
    );
    assert!(said.contains(told), "{said}");

    let elsewhere = bench.home.path("archive.record");
    fs::rename(&bench.record, &elsewhere).unwrap();
    let (_, said, err) = bench.report(&counted);
    assert!(err.contains("name the record with --record"), "{err}");
    assert!(
        said.contains("whether the result still stands is not known"),
        "{said}"
    );
    fs::write(&bench.record, "").unwrap();
    fs::remove_file(format!("{}.head", bench.record.display())).unwrap();
    let other = bench.home.path("other");
    fs::create_dir(&other).unwrap();
    // Another record of this name has no such entry.
    let ran = bench.home.run(&[
        "report",
        text(&counted),
        "--record",
        text(&bench.record),
        "--out",
        text(&other),
    ]);
    assert!(
        ran.code == 2 && ran.err.contains("no such entry"),
        "{}",
        ran.err
    );
}

#[test]
fn a_record_that_is_elsewhere_is_named_or_its_absence_told() {
    let bench = Bench::new();
    let result = bench.identify("result.json", &[]);
    let elsewhere = bench.home.path("archive.record");
    fs::rename(&bench.record, &elsewhere).unwrap();
    let head = |record: &Path| PathBuf::from(format!("{}.head", record.display()));
    fs::rename(head(&bench.record), head(&elsewhere)).unwrap();
    let (code, said, err) = bench.report(&result);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("name it with --record"), "{err}");
    assert!(said.contains("The record was not at hand"), "{said}");
    let case = bench.case(&result);
    assert_eq!(case["substances"].as_array().unwrap().len(), 1);
    let remarks = case["findings"][0]["remarks"].to_string();
    assert!(remarks.contains("The record was not at hand"), "{remarks}");
    let page = bench.home.path("named.html");
    let ran = bench.home.run(&[
        "report",
        text(&result),
        "--record",
        text(&elsewhere),
        "--out",
        text(&page),
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));

    // Without its head nobody can say whether a withdrawal was cut off.
    fs::remove_file(head(&elsewhere)).unwrap();
    fs::rename(&elsewhere, &bench.record).unwrap();
    let (code, said, err) = bench.report(&result);
    let told = "has no head: whether an entry that was cut off its end withdrew it is not known";
    assert_eq!(code, 0, "{err}");
    assert!(err.contains(told) && said.contains(told), "{err} {said}");
    assert!(
        bench.case(&result)["findings"][0]["remarks"]
            .to_string()
            .contains(told)
    );
}

#[test]
fn a_day_of_issue_before_the_identification_is_told() {
    let bench = Bench::new();
    let result = bench.identify("result.json", &[]);
    let page = bench.home.path("early.html");
    let ran = bench.home.run(&[
        "report",
        text(&result),
        "--date",
        "2020-01-01",
        "--out",
        text(&page),
    ]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("before the identification"), "{}", ran.err);
    let said = fs::read_to_string(&page).unwrap();
    assert!(
        said.contains("The stated date of issue (1 January 2020"),
        "{said}"
    );
    assert_eq!(bench.report(&result).2, "", "today is not before it");
}
