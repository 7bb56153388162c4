//! Overlays added, listed and shown.

use crate::common::text;
use crate::made::{Lab, Made, today, years_ago};
use std::fs;

#[test]
fn an_overlay_is_added_listed_and_shown() {
    let lab = Lab::new();
    let none = lab.overlay(&["list"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    let missing = lab.overlay(&["show", "ZZ"]);
    assert_eq!(missing.code, 1);
    assert!(
        missing.err.contains("national status not loaded"),
        "{}",
        missing.err
    );

    let first = Made::new("v1", &years_ago(1));
    let file = lab.home.file("first.csv", first.text());
    let added = lab.overlay(&["add", text(&file)]);
    assert_eq!(added.code, 0, "{}", added.err);
    assert_eq!(lab.files(), ["ZZ.csv"]);
    assert_eq!(
        fs::read(lab.folder().join("ZZ.csv")).unwrap(),
        first.text().into_bytes()
    );

    // The same again changes nothing.
    let again = lab.overlay(&["add", text(&file)]);
    assert_eq!(again.code, 0);
    assert!(again.out.contains("is used already"), "{}", again.out);
    assert_eq!(lab.files(), ["ZZ.csv"]);

    let listed = lab.overlay(&["list", "-f", "json"]);
    let listed = &listed.json()[0];
    assert_eq!(listed["country"], "ZZ");
    assert_eq!(listed["list_version"], "v1");
    assert_eq!(listed["entries"], 3);
    assert_eq!(listed["signer"]["state"], "not-signed");
    assert_eq!(listed["old"], false);
    let told = lab.overlay(&["list"]);
    assert_eq!(told.code, 0);
    assert!(
        told.out.starts_with("ZZ  EXAMPLE, not a law, version v1"),
        "{}",
        told.out
    );
    assert!(told.out.contains("not signed"));
    assert_eq!(lab.overlay(&["list", "-f", "jsonl"]).lines().len(), 1);
    assert!(
        lab.overlay(&["list", "-f", "csv"])
            .out
            .lines()
            .nth(1)
            .unwrap()
            .starts_with("ZZ,")
    );

    let shown = lab.overlay(&["show", "zz"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for words in [
        "EXAMPLE, not a law, EXAMPLE list",
        "RYYVLZVUVIJVGH-UHFFFAOYSA-N",
        "2020-01-01 to ...",
    ] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
    let shown = lab.overlay(&["show", "ZZ", "58-08-2", "-f", "json"]).json();
    let entries = shown["entries"].as_array().unwrap();
    assert_eq!((entries.len(), &entries[0]["line"]), (1, &14.into()));
    assert_eq!(lab.overlay(&["show", "ZZ", "no such text"]).code, 1);
    assert_eq!(lab.overlay(&["show", text(&file)]).code, 0);
}

#[test]
fn the_overlay_before_is_kept_beside() {
    let lab = Lab::new();
    let add = |name: &str, made: &Made, more: &[&str]| {
        let file = lab.home.file(name, made.text());
        lab.overlay(&[&["add", text(&file)], more].concat())
    };
    let used = || fs::read_to_string(lab.folder().join("ZZ.csv")).unwrap();
    let (older, newer) = (years_ago(1), today().to_string());
    let first = Made::new("v1", &older);
    let second = Made::new("v2", &newer);
    assert_eq!(add("a.csv", &first, &[]).code, 0);
    let added = add("b.csv", &second, &[]);
    assert!(added.out.contains("ZZ.v1.csv"), "{}", added.out);
    assert_eq!(lab.files(), ["ZZ.csv", "ZZ.v1.csv"]);
    assert_eq!(used(), second.text());
    let kept = fs::read_to_string(lab.folder().join("ZZ.v1.csv")).unwrap();
    assert_eq!(kept, first.text());
    // Only the one that is used is listed.
    assert_eq!(
        lab.overlay(&["list", "-f", "json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );

    // Back to an older law only on purpose.
    let refused = add("a.csv", &first, &[]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--allow-older"), "{}", refused.err);
    assert_eq!(used(), second.text());
    assert_eq!(add("a.csv", &first, &["--allow-older"]).code, 0);
    assert_eq!(used(), first.text());
    assert_eq!(lab.files(), ["ZZ.csv", "ZZ.v1.csv", "ZZ.v2.csv"]);

    // Other content under the same version is told, and nothing is lost.
    let mut changed = first.clone();
    changed.set(0, "name_official", "EXAMPLE, changed");
    let added = add("c.csv", &changed, &[]);
    assert_eq!(added.code, 0);
    assert!(added.err.contains("same list_version"), "{}", added.err);
    changed.set(0, "name_official", "EXAMPLE, changed again");
    assert_eq!(add("c.csv", &changed, &[]).code, 0);
    assert_eq!(
        lab.files(),
        ["ZZ.csv", "ZZ.v1.2.csv", "ZZ.v1.csv", "ZZ.v2.csv"]
    );
}

#[test]
fn what_is_bad_is_never_added() {
    let lab = Lab::new();
    let good = lab
        .home
        .file("good.csv", Made::new("v1", &years_ago(1)).text());
    assert_eq!(lab.overlay(&["add", text(&good)]).code, 0);
    let before = fs::read(lab.folder().join("ZZ.csv")).unwrap();
    let mut made = Made::new("v2", &today().to_string());
    made.set(1, "status", "x");
    made.set(2, "cas", "x");
    let bad = lab.home.file("bad.csv", made.text());
    for command in ["add", "show", "sign"] {
        let ran = lab.overlay(&[command, text(&bad)]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{command}");
        for line in ["bad.csv, line 15, status:", "bad.csv, line 16, cas:"] {
            assert!(ran.err.contains(line), "{command}: {}", ran.err);
        }
    }
    assert_eq!(lab.overlay(&["add", "missing.csv"]).code, 2);
    assert_eq!(lab.files(), ["ZZ.csv"]);
    assert_eq!(fs::read(lab.folder().join("ZZ.csv")).unwrap(), before);
}

#[test]
fn an_old_overlay_is_told_loudly() {
    let lab = Lab::new();
    let file = lab
        .home
        .file("old.csv", Made::new("v1", &years_ago(3)).text());
    for arguments in [&["add", text(&file)][..], &["list"], &["show", "ZZ"]] {
        let ran = lab.overlay(arguments);
        assert_eq!(ran.code, 0);
        assert!(
            ran.err.contains("OLD OVERLAY"),
            "{arguments:?}: {}",
            ran.err
        );
    }
    assert!(lab.overlay(&["list"]).out.contains("(OLD)"));
}
