//! A run that is asked again: what has not changed is not searched again, what has changed is told.

use super::{Desk, assert_same, known, results, unknown};
use crate::common::text;
use std::fs;

#[test]
fn the_same_inputs_give_the_same_bytes_in_one_session_or_in_several() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    desk.put("c.msp", unknown("bleed", 1));
    assert_eq!(desk.screen(&[]).code, 0);
    desk.put("b.msp", unknown("bleed again", 2));
    assert_eq!(desk.screen(&[]).code, 0);
    assert_eq!(desk.results().len(), 3);

    let whole = desk.home.path("whole");
    assert_eq!(desk.screen(&["--out", text(&whole)]).code, 0);
    let page = |run: &str| {
        let page = fs::read_to_string(desk.home.path(run).join("summary.html")).unwrap();
        let (before, after) = page.split_once("\"made\":\"").unwrap();
        format!("{before}{}", after.split_once('"').unwrap().1).replace("\"whole\"", "\"out\"")
    };
    assert_same(&desk.home.path("out"), &whole);
    assert!(page("out") == page("whole"), "summary.html differs");
}

#[test]
fn files_are_known_by_their_bytes() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    desk.put("b.msp", unknown("bleed", 1));
    let gone = desk.put("c.msp", unknown("gone", 1));
    assert_eq!(desk.screen(&[]).code, 0);
    // Another substance under an old name; a file that is no longer there; one only touched.
    desk.put("a.msp", unknown("changed", 1));
    desk.put("b.msp", unknown("bleed", 1));
    fs::remove_file(gone).unwrap();
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("1 file of this run was not found"),
        "{}",
        ran.err
    );
    let titles: Vec<String> = desk
        .results()
        .iter()
        .map(|r| r["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(titles, ["changed", "bleed", "gone"]);
}

#[test]
fn other_settings_are_told_and_nothing_is_mixed() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    assert_eq!(desk.screen(&[]).code, 0);
    let before = fs::read(desk.home.path("out/results.jsonl")).unwrap();
    let ran = desk.screen(&["--top", "3"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("top: was 5"), "{}", ran.err);
    assert!(ran.err.contains("is 3"), "{}", ran.err);
    assert!(ran.err.contains("--anew"), "{}", ran.err);
    assert_eq!(
        fs::read(desk.home.path("out/results.jsonl")).unwrap(),
        before
    );

    let ran = desk.screen(&["--top", "3", "--anew"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        desk.home.path("out/run-1.sqlite").exists(),
        "nothing is lost"
    );
    assert_eq!(desk.results()[0]["candidates"].as_array().unwrap().len(), 3);

    // What only the second look depends on needs no new search.
    let ran = desk.screen(&["--top", "3", "--alert", "table-i"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("judged anew"), "{}", ran.err);
    assert_eq!(desk.results()[0]["sample"]["second_look"][0], "alert");
}

#[test]
fn a_file_that_cannot_be_read_any_more_keeps_its_results() {
    let desk = Desk::empty();
    let path = desk.put("a.msp", known());
    assert_eq!(desk.screen(&[]).code, 0);
    // A folder in its place cannot be read as a file, whoever the user is.
    fs::remove_file(&path).unwrap();
    let ran = desk.screen_names(&[text(&path)], &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("its results from before are kept"),
        "{}",
        ran.err
    );
    assert_eq!(desk.said()[0].1, "identified");
}

#[test]
fn members_of_an_archive_are_known_by_their_names() {
    let desk = Desk::empty();
    let zip = desk.home.path("in/all.zip");
    let pack = |members: &[(&str, Vec<u8>)]| {
        let mut archive = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (name, content) in members {
            archive.start_file(*name, options).unwrap();
            std::io::Write::write_all(&mut archive, content).unwrap();
        }
        archive.finish().unwrap();
    };
    pack(&[("a.msp", known())]);
    assert_eq!(desk.screen(&[]).code, 0);
    // Packed again with another file before it.
    pack(&[("b.msp", unknown("bleed", 1).into()), ("a.msp", known())]);
    assert_eq!(desk.screen(&[]).code, 0);
    let said = desk.said();
    let told: Vec<(&str, &str)> = said.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(told, [("a.msp", "identified"), ("b.msp", "not-in-library")]);
}

#[test]
fn a_name_that_stood_for_nothing_is_forgotten_when_it_stands_for_something() {
    let desk = Desk::empty();
    let pattern = format!("{}/*.msp", text(&desk.home.path("in")));
    let ran = desk.screen_names(&[&pattern], &[]);
    assert_eq!(ran.code, 2);
    assert_eq!(desk.results().len(), 1);
    desk.put("a.msp", known());
    let ran = desk.screen_names(&[&pattern], &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.said(), [("a.msp".to_owned(), "identified".to_owned())]);
}

#[test]
fn what_is_no_run_is_refused_and_left_alone() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    for content in [&b"this is no store"[..], b""] {
        let out = desk.home.path("foreign");
        let _ = fs::remove_dir_all(&out);
        fs::create_dir(&out).unwrap();
        fs::write(out.join("run.sqlite"), content).unwrap();
        let ran = desk.screen(&["--out", text(&out)]);
        // An empty file is an empty store for SQLite: nothing is lost by using it.
        assert_eq!(
            ran.code,
            if content.is_empty() { 0 } else { 2 },
            "{}",
            ran.err
        );
        if !content.is_empty() {
            assert!(ran.err.contains("no store"), "{}", ran.err);
            assert_eq!(fs::read(out.join("run.sqlite")).unwrap(), content);
        }
    }
}

#[test]
fn parts_merged_are_the_whole() {
    let desk = Desk::empty();
    for (name, content) in [
        ("a.msp", String::from_utf8(known()).unwrap()),
        ("b.msp", unknown("one", 1)),
        ("c.msp", unknown("two", 3)),
        ("d.msp", "nothing".to_owned()),
    ] {
        desk.put(name, content);
    }
    assert_eq!(desk.screen(&[]).code, 2);
    let file = |name: &str| text(&desk.home.path("in").join(name)).to_owned();
    for (out, files) in [("p1", ["a.msp", "c.msp"]), ("p2", ["b.msp", "d.msp"])] {
        let files = files.map(file);
        let names: Vec<&str> = files.iter().map(String::as_str).collect();
        desk.screen_names(&names, &["--out", text(&desk.home.path(out))]);
    }
    let [p1, p2, all] = ["p1", "p2", "all"].map(|name| text(&desk.home.path(name)).to_owned());
    let ran = desk.home.run(&["merge", &p2, &p1, "--out", &all]);
    assert_eq!(ran.code, 2, "one file has no spectrum: {}", ran.err);
    assert_same(&desk.home.path("out"), &desk.home.path("all"));

    // Other settings are no parts of one batch.
    let other = text(&desk.home.path("p3")).to_owned();
    desk.screen(&["--out", &other, "--top", "2"]);
    let mixed = text(&desk.home.path("mixed")).to_owned();
    let ran = desk.home.run(&["merge", &p1, &other, "--out", &mixed]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("top is 2, there 5"), "{}", ran.err);
    // A run is never merged over another.
    let ran = desk.home.run(&["merge", &p1, "--out", &all]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("holds a run already"), "{}", ran.err);
    // A merge that failed leaves nothing that looks like a run.
    assert!(!desk.home.path("mixed/run.sqlite").exists());
    assert_eq!(results(&desk.home.path("all")).len(), 4);
}

#[test]
fn what_would_be_overwritten_is_left_alone() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let folder = desk.home.path("in");
    let ran = desk.screen(&["--out", text(&folder)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("an input and the folder of the run"),
        "{}",
        ran.err
    );
    let own = desk.home.path("own");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("results.csv"), "mine").unwrap();
    let ran = desk.screen(&["--out", text(&own)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("holds results.csv and no screening run"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read(own.join("results.csv")).unwrap(), b"mine");
    assert!(!own.join("run.sqlite").exists());
}
