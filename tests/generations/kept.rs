//! What the files of earlier generations are for: the way back, and what the library was.

use crate::common::lab::Lab;
use crate::common::text;
use std::fs;

#[test]
fn a_lost_library_file_is_brought_back_from_its_generations() {
    let lab = Lab::new();
    lab.run(&["deprecate", "alpha-3", "--reason", "mislabelled"]);
    fs::remove_file(&lab.library).unwrap();
    let ran = lab.import("first.msp", &[]);
    assert_eq!(ran.code, 2);
    assert!(lab.import("first.msp", &[]).err.contains("rollback --to 2"));
    let ran = lab.run(&["rollback", "--to", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(lab.info()["references"]["ei-ms"], 59);
    assert_eq!(lab.info()["generation"], 3);

    // Damaged in place, so that the kept name of the same file is damaged, too.
    let whole = fs::read(&lab.library).unwrap();
    fs::write(&lab.library, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(lab.run(&["edit", "alpha-1", "--set", "note=1"]).code, 2);
    let ran = lab.run(&["rollback", "--to", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(lab.info()["generation"], 4);
    assert!(lab.folder().contains(&"damaged.h5".to_owned()));
}

#[test]
fn an_older_file_in_the_librarys_place_loses_no_generation() {
    let lab = Lab::new();
    for id in ["alpha-1", "alpha-2", "alpha-3"] {
        assert_eq!(lab.run(&["edit", id, "--set", "note=1"]).code, 0);
    }
    let older = fs::read(format!("{}.generations/000002.h5", lab.library)).unwrap();
    fs::remove_file(&lab.library).unwrap();
    fs::write(&lab.library, older).unwrap();
    assert_eq!(lab.info()["generation"], 2, "it can be read");
    let sample = text(&lab.home.path("first.msp")).to_owned();
    let asked = [
        "identify",
        &sample,
        "--scan",
        "1",
        "--library",
        &lab.library,
    ];
    let told =
        "generation 2, but generation 4 is kept beside it: an older file was put in its place";
    assert!(lab.home.run(&asked).err.contains(told));
    let verified = lab.run(&["info", "--verify"]);
    assert!(
        verified.code == 2 && verified.err.contains(told),
        "{}",
        verified.err
    );
    let verified = lab.run(&["log", "--verify"]);
    assert_eq!(verified.code, 2, "{}", verified.out);
    assert!(verified.out.contains("NOT THE NEWEST"), "{}", verified.out);
    for _ in 0..2 {
        let ran = lab.run(&["edit", "alpha-9", "--set", "note=1"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("generation 4 is kept"), "{}", ran.err);
    }
    let ran = lab.run(&["rollback", "--to", "4"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(lab.info()["generation"], 5);
    assert_eq!(lab.log().as_array().unwrap().len(), 5);
    let all = [
        "000001.h5",
        "000002.h5",
        "000003.h5",
        "000004.h5",
        "000005.h5",
        "lock",
    ];
    assert_eq!(lab.folder(), all);
}

#[test]
fn the_file_of_every_generation_is_read_where_it_is_asked() {
    let lab = Lab::new();
    for id in ["alpha-1", "alpha-2", "alpha-3"] {
        assert_eq!(lab.run(&["edit", id, "--set", "note=1"]).code, 0);
    }
    let whole = lab.run(&["log", "--verify"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(
        whole.out.contains("4 of 4 generations verified."),
        "{}",
        whole.out
    );
    // One is lost, in one an entry is another; the library itself is whole.
    let file = |n: u64| format!("{}.generations/{n:06}.h5", lab.library);
    fs::remove_file(file(1)).unwrap();
    let mut bytes = fs::read(file(2)).unwrap();
    let at = bytes.windows(8).position(|w| w == b"Alpha-17").unwrap();
    bytes[at..at + 8].copy_from_slice(b"Alpha-71");
    fs::remove_file(file(2)).unwrap();
    fs::write(file(2), bytes).unwrap();
    assert_eq!(lab.run(&["info", "--verify"]).code, 0);
    let found = lab.run(&["log", "--verify"]);
    assert_eq!(found.code, 2, "{}", found.out);
    for said in [
        "2 of 4 generations verified; 1 DAMAGED",
        "of 1 there is no file",
        "its entries are not what was written",
    ] {
        assert!(found.out.contains(said), "{said}: {}", found.out);
    }
    let told = lab.run(&["log", "--verify", "--format", "json"]).json();
    let states: Vec<&str> = (0..4)
        .filter_map(|i| told[i]["file"]["state"].as_str())
        .collect();
    assert_eq!(states, ["missing", "damaged", "verified", "verified"]);
    assert_eq!(lab.run(&["log"]).code, 0, "not asked, not read");
}
