//! What is taken into the register of unknowns, and what is said of it.

use super::common::made::msp;
use super::common::text;
use super::{Desk, measured};
use std::fs;

#[test]
fn an_unknown_is_joined_by_its_like_and_what_has_a_name_is_left_out() {
    let desk = Desk::new();
    let list = desk.unknowns(&["list"]);
    assert_eq!(list.code, 2);
    assert!(list.err.contains("specid unknowns add"), "{}", list.err);

    let first = desk.file("first.msp", measured(0, 1));
    let day = [
        "--day",
        "2026-03-04",
        "--sample",
        "N-17",
        "--place",
        "Harbour North",
    ];
    let ran = desk.add(&first, &day);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("began U-"), "{}", ran.out);
    let id = ran.out.split_whitespace().last().unwrap().to_owned();

    let second = desk.file("second.msp", measured(0, 2) + &measured(1, 3));
    let ran = desk.add(&second, &["--day", "2026-04-01", "--laboratory", "Port"]);
    let joined = format!("joined {id} (similarity");
    assert!(ran.out.contains(&joined), "{}", ran.out);
    assert!(
        ran.out.contains("seen before: 2026-03-04, Harbour North"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("began U-"), "{}", ran.out);

    let again = desk.add(&second, &[]);
    assert_eq!(again.code, 1, "{}", again.out);
    assert_eq!(
        again.out.matches("in the register already").count(),
        2,
        "{}",
        again.out
    );

    // What nobody said of it before is added, what is said otherwise stays, and both are told.
    let said = ["--sample", "S-9", "--place", "Here", "--day", "2026-05-01"];
    let ran = desk.add(&second, &said);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let added = "; added to it: sample \"S-9\", place \"Here\"; not taken: day 2026-05-01, since it has 2026-04-01";
    assert_eq!(ran.out.matches(added).count(), 2, "{}", ran.out);
    let shown = desk.unknowns(&["show", &id, "--format", "json"]);
    assert!(
        shown.out.contains("\"S-9\"") && shown.out.contains("\"Here\""),
        "{}",
        shown.out
    );
    let ran = desk.add(&second, &["--sample", "S-8"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let kept = "; not taken: sample \"S-8\", since it has \"S-9\"";
    assert_eq!(ran.out.matches(kept).count(), 2, "{}", ran.out);

    let known = desk.file("known.msp", msp("Alpha", 1, 7));
    let ran = desk.add(&known, &[]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(
        ran.out.contains("not taken: identified as Alpha-0"),
        "{}",
        ran.out
    );
    assert_eq!(desk.added(&known, &["--any"])[0]["is"], "began");

    let listed = desk.unknowns(&["list", "--format", "jsonl", "--min-count", "2"]);
    let unknown = &listed.lines()[0];
    assert_eq!((listed.lines().len(), &unknown["count"]), (1, &2.into()));
    assert_eq!(
        (&unknown["first"], &unknown["last"]),
        (&"2026-03-04".into(), &"2026-04-01".into())
    );
    assert_eq!(
        (&unknown["laboratories"], &unknown["places"][0]),
        (&2.into(), &"Harbour North".into())
    );
    let table = desk.unknowns(&["list", "--format", "csv"]);
    assert_eq!(table.out.lines().count(), 4, "{}", table.out);
    let late = desk.unknowns(&[
        "list",
        "--since",
        "2026-03-05",
        "--technique",
        "ei-ms",
        "--format",
        "json",
    ]);
    assert_eq!(late.json().as_array().unwrap().len(), 3);
    assert_eq!(desk.unknowns(&["list", "--technique", "raman"]).code, 1);

    let shown = desk.unknowns(&["show", &id]);
    for word in [
        "N-17",
        "Harbour North",
        "first.msp [1]",
        "Port",
        "|",
        "stands for it",
    ] {
        assert!(shown.out.contains(word), "{word}: {}", shown.out);
    }
    let missing = desk.unknowns(&["show", "U-2000-0001"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("no unknown U-2000-0001"),
        "{}",
        missing.err
    );

    let clustered = desk.unknowns(&["cluster", "--format", "json"]).json();
    assert_eq!(
        (&clustered["groups"], &clustered["observations"]),
        (&3.into(), &4.into())
    );
    assert_eq!(clustered["changes"].as_array().unwrap().len(), 0);
}

#[test]
fn a_manifest_says_what_is_known_of_each_spectrum() {
    let desk = Desk::new();
    let both = desk.file("both.msp", measured(0, 1) + &measured(1, 2));
    let manifest = "file,spectrum,sample,date,place,laboratory\n\
        both.msp,1,S-1,2026-01-02,Quay,\nboth.msp,2,S-2,2026-01-03,,Port\n";
    let manifest = desk.file("cases.csv", manifest);
    let told = desk.added(&both, &["--manifest", text(&manifest), "--place", "Depot"]);
    let shown = |place: usize| {
        let id = told[place]["unknown"].as_str().unwrap();
        let shown = desk.unknowns(&["show", id, "--format", "json"]).json();
        shown["observations"][0].clone()
    };
    let (first, second) = (shown(0), shown(1));
    assert_eq!(
        (&first["sample"], &first["place"]),
        (&"S-1".into(), &"Quay".into())
    );
    assert_eq!(
        (&first["day"], &first["day_is"]),
        (&"2026-01-02".into(), &"given".into())
    );
    assert_eq!(
        (&second["place"], &second["laboratory"]),
        (&"Depot".into(), &"Port".into())
    );
}

#[test]
fn a_run_gives_what_it_did_not_identify() {
    let desk = Desk::new();
    let folder = desk.lab.home.path("inbox");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.msp"), measured(0, 1)).unwrap();
    fs::write(folder.join("b.msp"), msp("Alpha", 1, 7)).unwrap();
    let run = desk.lab.home.path("run");
    let library = ["--library", desk.lab.library.as_str()];
    let screened = desk.run(
        &[
            &["screen", text(&folder), "--out", text(&run)],
            library.as_slice(),
        ]
        .concat(),
    );
    assert_eq!(screened.code, 0, "{}", screened.err);
    for name in [run.clone(), run.join("run.sqlite")] {
        let told = desk.added(&name, &[]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0]["path"].as_str().unwrap().ends_with("a.msp"));
    }
    fs::remove_file(folder.join("a.msp")).unwrap();
    let gone = desk.add(&run, &[]);
    assert_eq!(gone.code, 2);
    assert!(gone.out.contains("not there any more"), "{}", gone.out);
}

#[test]
fn members_of_an_archive_are_found_again() {
    let desk = Desk::new();
    let zip = desk.lab.home.path("all.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [
        ("deep/a.msp", measured(0, 1)),
        ("b.msp", msp("Alpha", 1, 7)),
        ("c.txt", "no spectrum".to_owned()),
    ] {
        archive.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut archive, content.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let run = desk.lab.home.path("run");
    let library = desk.lab.library.as_str();
    let screen = [
        "screen",
        text(&zip),
        "--out",
        text(&run),
        "--library",
        library,
    ];
    // One member is no spectrum.
    assert_eq!(desk.run(&screen).code, 2);
    let told = desk.added(&run, &[]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0]["path"]
            .as_str()
            .unwrap()
            .ends_with("all.zip/deep/a.msp")
    );
    assert_eq!(told[0]["is"], "began");
    let again = desk.run(&["rehunt", text(&run), "--library", library]);
    assert_eq!(again.code, 1, "{}", again.err);
    assert!(
        again.out.contains("1 earlier results asked again"),
        "{}",
        again.out
    );
    assert!(!again.err.contains("c.txt"), "{}", again.err);
}

#[test]
fn a_date_that_is_none_costs_its_own_row_only() {
    let desk = Desk::new();
    let folder = desk.lab.home.path("inbox");
    fs::create_dir(&folder).unwrap();
    for (name, number) in [("a.msp", 0), ("b.msp", 1)] {
        fs::write(folder.join(name), measured(number, 1)).unwrap();
    }
    let dates = |a: &str, b: &str| {
        let rows = format!("file,case,sample,date\na.msp,C-1,S-1,{a}\nb.msp,C-2,S-2,{b}\n");
        desk.file("inbox/cases.csv", rows)
    };
    let manifest = dates("03/04/2026", "2026-04-03");
    let run = desk.lab.home.path("run");
    let library = desk.lab.library.as_str();
    let screen = [
        "screen",
        text(&folder),
        "--manifest",
        text(&manifest),
        "--out",
        text(&run),
    ];
    let ran = desk.run(&[screen.as_slice(), &["--library", library]].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    let ran = desk.add(&run, &[]);
    assert_eq!(ran.code, 2);
    let told = "case C-1, sample S-1: the date \"03/04/2026\" may be read";
    assert!(ran.out.contains(told), "{}", ran.out);
    assert!(
        ran.out.contains("began U-"),
        "the other is taken: {}",
        ran.out
    );
    // A manifest that is given is refused before anything is taken, with every row that is wrong.
    let manifest = dates("31/31/2026", "yesterday");
    let ran = desk.add(&folder.join("a.msp"), &["--manifest", text(&manifest)]);
    assert_eq!(ran.code, 2);
    for row in ["line 2", "line 3"] {
        assert!(ran.err.contains(row), "{row}: {}", ran.err);
    }
}

#[test]
fn a_register_that_is_another_file_is_told() {
    let desk = Desk::new();
    let file = desk.file("case.msp", measured(0, 1));
    let wrong = desk.file("wrong.sqlite", "no database at all, ".repeat(100));
    let ran = desk.add(&file, &["--register", text(&wrong)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no register of unknowns"), "{}", ran.err);
    let library = ["--library", desk.lab.library.as_str()];
    let ask = ["identify", text(&file), "--register", text(&wrong)];
    let ran = desk.run(&[ask.as_slice(), &library].concat());
    assert_eq!(ran.code, 2, "{}", ran.out);
}
