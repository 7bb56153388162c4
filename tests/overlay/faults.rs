//! Bad overlays are refused, with the line, the column, what was found and what to do.

use crate::common::text;
use crate::entry_faults::ENTRY;
use crate::fault_table::{FRONT, Fault, Make};
use crate::made::{COLUMNS, HEADER, Lab, Made};
use Make::{Cell, Header, Text};
use serde_json::Value;

/// The reports of `check`, one a file, and its exit code.
pub fn check(lab: &Lab, content: &[u8]) -> (Value, i32) {
    let file = lab.home.file("zz.csv", content);
    let ran = lab.overlay(&["check", text(&file), "--on", "2026-06-01", "-f", "json"]);
    (ran.json()[0].clone(), ran.code)
}

#[test]
fn each_fault_is_refused_with_its_line() {
    assert!(FRONT.len() + ENTRY.len() >= 25);
    let lab = Lab::new();
    let good = Made::new("1", "2026-01-01");
    let (report, code) = check(&lab, good.text().as_bytes());
    assert_eq!(
        (code, &report["usable"]),
        (0, &Value::Bool(true)),
        "{report}"
    );
    for Fault {
        make,
        line,
        column,
        says,
    } in FRONT.iter().chain(ENTRY)
    {
        let mut made = good.clone();
        let content = match make {
            Cell(cells) => {
                cells
                    .iter()
                    .for_each(|(column, value)| made.set(1, column, value));
                made.text().into_bytes()
            }
            Header(name, value) => {
                made.say(name, value);
                made.text().into_bytes()
            }
            Text(change) => change(made.text()),
        };
        let (report, code) = check(&lab, &content);
        assert_eq!(
            (code, &report["usable"]),
            (2, &Value::Bool(false)),
            "{says}: {report}"
        );
        let errors = report["errors"].as_array().unwrap();
        let expected = errors.iter().any(|error| {
            error["line"] == *line
                && error["column"].as_str() == *column
                && error["message"].as_str().unwrap().contains(says)
        });
        assert!(
            expected,
            "line {line}, {column:?}, {says:?} is not in {report}"
        );
        // One fault, one error; only a text that is cut or shifted has more.
        if !matches!(make, Text(_)) {
            assert_eq!(errors.len(), 1, "{report}");
        }
    }
}

#[test]
fn every_column_and_header_line_has_to_be_there_once() {
    let lab = Lab::new();
    let good = Made::new("1", "2026-01-01");
    for (at, name) in COLUMNS.iter().enumerate() {
        let mut made = good.clone();
        made.headings.remove(at);
        made.rows.iter_mut().for_each(|row| drop(row.remove(at)));
        let (report, code) = check(&lab, made.text().as_bytes());
        let errors = report["errors"].to_string();
        assert!(
            code == 2 && errors.contains(&format!("found no {name};")),
            "{errors}"
        );
        assert_eq!(report["errors"][0]["line"], 13);

        let mut made = good.clone();
        made.headings.push((*name).to_owned());
        made.rows.iter_mut().for_each(|row| row.push(String::new()));
        let (report, code) = check(&lab, made.text().as_bytes());
        let errors = report["errors"].to_string();
        assert!(
            code == 2 && errors.contains("each column once") && errors.contains(name),
            "{errors}"
        );
    }
    for (at, name) in HEADER.iter().enumerate().skip(1) {
        let mut made = good.clone();
        made.header.remove(at);
        let (report, code) = check(&lab, made.text().as_bytes());
        let error = &report["errors"][0];
        assert_eq!(
            (code, error["column"].as_str()),
            (2, Some(*name)),
            "{report}"
        );
        assert!(error["message"].as_str().unwrap().contains("no such line"));
        assert_eq!(report["errors"].as_array().unwrap().len(), 1, "{report}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let lab = Lab::new();
    let mut made = Made::new("1", "2026-01-01");
    made.say("as_of", "soon");
    made.say("language", "");
    made.set(0, "cas", "58-08");
    made.set(1, "match_kind", "some");
    made.set(1, "effective_to", "2019-12-31");
    made.set(2, "country_iso2", "TH");
    made.set(2, "quantity_threshold", "?");
    let (report, code) = check(&lab, made.text().as_bytes());
    let errors = report["errors"].as_array().unwrap();
    let places: Vec<(u64, &str)> = errors
        .iter()
        .map(|e| (e["line"].as_u64().unwrap(), e["column"].as_str().unwrap()))
        .collect();
    assert_eq!(code, 2);
    assert_eq!(
        places,
        [
            (6, "as_of"),
            (7, "language"),
            (14, "cas"),
            (15, "match_kind"),
            (15, "effective_to"),
            (16, "country_iso2"),
            (16, "quantity_threshold"),
        ]
    );
}

#[test]
fn reports_have_every_form() {
    let lab = Lab::new();
    let mut made = Made::new("1", "2026-01-01");
    let good = lab.home.file("good.csv", made.text());
    made.set(2, "status", "x");
    let bad = lab.home.file("bad.csv", made.text());
    let files = [text(&good), text(&bad), "missing.csv"];
    let run = |format: &str| {
        let ran = lab.overlay(&[&["check", "-f", format][..], &files].concat());
        assert_eq!(ran.code, 2, "{}", ran.err);
        ran
    };
    let told = run("text").out;
    assert!(told.contains("3 entries, 0 of them in words"), "{told}");
    assert!(
        told.contains("error   line 16, status: expected one of controlled"),
        "{told}"
    );
    assert_eq!(run("json").json().as_array().unwrap().len(), 3);
    assert_eq!(run("jsonl").lines().len(), 3);
    let table = run("csv").out;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert_eq!(
        (&rows[0][1], &rows[0][2], &rows[0][3]),
        ("error", "16", "status")
    );
    assert!(rows[1][4].contains("cannot be read"), "{table}");
}
