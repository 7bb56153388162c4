//! What is doubtful in an overlay is told, and the overlay is used.

use crate::common::text;
use crate::faults::check;
use crate::made::{Lab, Made};
use serde_json::Value;

#[test]
fn doubts_are_warnings_and_the_overlay_is_used() {
    let lab = Lab::new();
    for (cells, line, says) in [
        (
            &[("cas", "69-65-9")][..],
            Some(15),
            "check digit of CAS number \"69-65-9\"",
        ),
        (
            &[("category", "drug")],
            Some(15),
            "category \"drug\" is none of narcotic",
        ),
        (&[("gazette_ref", "")], Some(15), "no source"),
        (&[("effective_from", "")], Some(15), "no first day"),
        (&[("status", "temporary")], Some(15), "without a last day"),
        (
            &[("inchikey", "FBPFZTCFMRRESA-KVTDHHQDNA-N")],
            Some(15),
            "not a standard InChIKey",
        ),
        (
            &[("match_kind", "generic"), ("generic_rule_text", "EXAMPLE")],
            Some(15),
            "not looked up",
        ),
        (
            &[
                ("match_kind", "group"),
                ("inchikey", ""),
                ("inchikey_skeleton", "FBPFZTCFMRRESA"),
                ("scope_isomers", "no"),
            ],
            Some(15),
            "covers no isomers",
        ),
        (
            &[("entry_no", "1"), ("effective_from", "2021-01-01")],
            Some(15),
            "both are in force",
        ),
    ] {
        let mut made = Made::new("1", "2026-01-01");
        cells
            .iter()
            .for_each(|(column, value)| made.set(1, column, value));
        let (report, code) = check(&lab, made.text().as_bytes());
        assert_eq!(
            (code, &report["usable"]),
            (1, &Value::Bool(true)),
            "{report}"
        );
        let warnings = report["warnings"].as_array().unwrap();
        assert_eq!(warnings.len(), 1, "{report}");
        assert_eq!(warnings[0]["line"].as_u64(), line);
        assert!(
            warnings[0]["message"].as_str().unwrap().contains(says),
            "{says}: {report}"
        );
    }
    // A period that ends on the day before the next one begins is no overlap.
    let mut made = Made::new("1", "2026-01-01");
    made.set(0, "effective_to", "2020-12-31");
    made.set(1, "entry_no", "1");
    made.set(1, "effective_from", "2021-01-01");
    assert_eq!(check(&lab, made.text().as_bytes()).1, 0);
    // A column that nobody knows is left out.
    made.headings.push("remarks".to_owned());
    made.rows
        .iter_mut()
        .for_each(|row| row.push("EXAMPLE".to_owned()));
    let (report, code) = check(&lab, made.text().as_bytes());
    assert_eq!(code, 1);
    assert!(
        report["warnings"].to_string().contains("remarks"),
        "{report}"
    );
}

#[test]
fn an_old_overlay_warns_after_two_years() {
    let lab = Lab::new();
    let file = lab.home.file("zz.csv", Made::new("1", "2024-02-29").text());
    let check = |on: &str| lab.overlay(&["check", text(&file), "--on", on]);
    // Two years after 29 February 2024 is 28 February 2026.
    assert_eq!(check("2026-02-28").code, 0);
    let ran = check("2026-03-01");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("OLD OVERLAY"), "{}", ran.out);
}
