//! Earlier unknowns, asked again of a library that has grown.

mod common;

use common::lab::Lab;
use common::made::msp;
use common::text;
use std::fs;

#[test]
fn an_old_unknown_gets_its_name_and_the_generation_that_knows_it() {
    let lab = Lab::new();
    let unknown = lab
        .home
        .file("case.msp", msp("Omega", 3, 99).replace("omega-", "case-"));
    let known = lab
        .home
        .file("known.msp", msp("Alpha", 2, 7).replace("alpha-", "known-"));
    let results = |format: &str| {
        let ran = lab.home.run(&[
            "identify",
            text(&unknown),
            text(&known),
            "--library",
            &lab.library,
            "--format",
            format,
        ]);
        ran.out
    };
    let records = lab.home.file("results.jsonl", results("jsonl"));
    let array = lab.home.file("results.json", results("json"));
    let hunt = |records: &str, more: &[&str]| {
        let mut all = vec!["rehunt", records, "--library", &lab.library];
        all.extend(more);
        lab.home.run(&all)
    };
    let nothing = hunt(text(&records), &[]);
    assert_eq!(nothing.code, 1, "{}{}", nothing.out, nothing.err);
    assert!(
        nothing
            .out
            .contains("3 earlier results asked again: 0 now named"),
        "{}",
        nothing.out
    );

    // The library learns two of the three.
    lab.run(&["edit", "alpha-9", "--set", "note=1"]);
    lab.home.file("omega.msp", msp("Omega", 2, 99));
    assert_eq!(lab.import("omega.msp", &[]).code, 0);
    for records in [&records, &array] {
        let ran = hunt(text(records), &["--format", "jsonl"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let found = ran.lines();
        assert_eq!(found.len(), 2, "{}", ran.out);
        assert_eq!(found[0]["id"], "case-0");
        assert_eq!(found[0]["substances"][0], "Omega-0");
        assert_eq!(
            (
                &found[0]["generation_before"],
                &found[0]["generation_after"]
            ),
            (&1.into(), &3.into())
        );
        assert_eq!(found[0]["since"], 3, "the generation that added it");
        assert_eq!(found[0]["news"], true);
    }
    let table = hunt(text(&records), &["--format", "csv"]);
    assert!(
        table.out.contains("identified,Omega-1,3,yes"),
        "{}",
        table.out
    );

    // The raw file has moved; another one lies in its place.
    let moved = lab.home.path("archive");
    fs::create_dir(&moved).unwrap();
    fs::rename(&unknown, moved.join("2026-017.msp")).unwrap();
    fs::write(&unknown, msp("Alpha", 3, 7)).unwrap();
    let ran = hunt(text(&records), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--files"), "{}", ran.err);
    let ran = hunt(text(&records), &["--files", text(&moved)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("reference since generation 3): Omega-0"),
        "{}",
        ran.out
    );

    let wrong = lab.home.file("wrong.jsonl", "{\"a\": 1}\n");
    let ran = hunt(text(&wrong), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("result 1"), "{}", ran.err);
}
