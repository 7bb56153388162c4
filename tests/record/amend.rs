//! A result that takes the place of another says which and why.

use super::common::{Home, text};
use super::{entries, recorded, small_library, spectra, verify};
use std::fs;

#[test]
fn an_amended_result_names_what_it_amends_and_why() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("one.msp", spectra("Query", 1));
    let several = home.file("several.msp", spectra("Query", 3));
    recorded(&home, &library, &file, &record);
    let identify = |file: &std::path::Path, more: &[&str]| {
        let mut all = vec![
            "identify",
            text(file),
            "--library",
            &library,
            "--hypotheses",
            "never",
        ];
        all.extend(["--record", text(&record)]);
        all.extend(more);
        home.run(&all)
    };
    let because = ["--because", "the wrong laser was given"];
    let amends = |n| [["--amends", n], because].concat();

    // What cannot be amended.
    let refused = |ran: super::common::Ran, words: &str| {
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
        assert_eq!(verify(&home, &record).code, 0);
    };
    refused(
        identify(&file, &amends("7")),
        "there is no entry 7 to be amended; the record has entries 1 to 1",
    );
    refused(identify(&file, &["--amends", "1"]), "--because");
    refused(
        identify(&file, &["--amends", "1", "--because", " "]),
        "say in a sentence why",
    );
    refused(
        identify(&several, &amends("1")),
        "this file gives 3; choose its spectrum with --scan",
    );
    let ran = home.run(&[
        "identify",
        text(&file),
        "--library",
        &library,
        "--amends",
        "1",
        "--because",
        "x",
    ]);
    assert!(
        ran.code == 2 && ran.err.contains("name it with --record"),
        "{}",
        ran.err
    );
    assert_eq!(entries(&record).len(), 1);

    // A new result.
    let ran = identify(
        &several,
        &[amends("1").as_slice(), &["--scan", "2", "--format", "json"]].concat(),
    );
    assert!(ran.code < 2, "{}", ran.err);
    let result = &ran.json()[0];
    let first = fs::read_to_string(&record).unwrap()[..64].to_owned();
    assert_eq!(result["amends"]["hash"], first.as_str());
    assert_eq!(result["amends"]["because"], because[1]);
    let entry = &entries(&record)[1];
    assert_eq!(entry["amends"], result["amends"]);
    assert_eq!(entry["result"]["amends"], result["amends"]);

    // Amended once; the newer one is named, however long the line.
    refused(
        identify(&file, &amends("1")),
        "entry 1 was amended by entry 2 already; amend entry 2 instead",
    );
    let ran = identify(&file, &amends("2"));
    assert!(
        ran.code < 2 && ran.out.contains("amends entry 2 (hash "),
        "{}",
        ran.out
    );
    refused(
        identify(&file, &amends("1")),
        "entry 1 was amended by entry 2 already; amend entry 3 instead",
    );

    // Withdrawn without a new result.
    let amend = |n: &str| {
        home.run(&[
            "record",
            "amend",
            text(&record),
            n,
            "--because",
            "sample mixed up",
        ])
    };
    let ran = amend("3");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("entry 3 is withdrawn; recorded as entry 4"),
        "{}",
        ran.out
    );
    refused(amend("3"), "entry 3 was amended by entry 4 already");
    refused(
        amend("4"),
        "entry 4 withdraws another one, which cannot be amended",
    );
    refused(amend("5"), "there is no entry 5");

    let ran = home.run(&["record", "list", text(&record)]);
    assert_eq!(ran.code, 0);
    for words in [
        "amended by entry 2",
        "amends entry 1",
        "amended by entry 4",
        "withdrawn: sample mixed up",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let ran = home.run(&["record", "show", text(&record), "1"]);
    assert!(ran.out.contains("AMENDED   by entry 2"), "{}", ran.out);
    let ran = home.run(&["record", "show", text(&record), "1", "--format", "json"]);
    assert!(ran.err.contains("was amended by entry 2"), "{}", ran.err);
    let list = home
        .run(&[
            "record",
            "list",
            text(&record),
            "--kind",
            "amendment",
            "--format",
            "json",
        ])
        .json();
    assert_eq!(
        (list[0]["entry"].as_u64(), list[0]["amends"].as_u64()),
        (Some(4), Some(3))
    );
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(
        home.run(&["record", "list", text(&record), "--since", "2999-01-01"])
            .code,
        1
    );

    // An amended result is run again as any other.
    let ran = home.run(&["replay", text(&record)]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("3 the same"), "{}", ran.out);
}
