//! A library whose file was changed in place: nobody builds on it, and what tells what it was stays.

use crate::common::lab::Lab;
use crate::common::made::msp;
use crate::common::text;
use std::fs;
use std::path::Path;

/// Changes a name in a library's file, and in the kept one that is a second name of the same file.
fn change_a_name(file: &str) {
    let mut bytes = fs::read(file).unwrap();
    let at = bytes.windows(8).position(|w| w == b"Alpha-17").unwrap();
    bytes[at..at + 8].copy_from_slice(b"Alpha-71");
    fs::write(file, bytes).unwrap();
}

/// A library of two generations, of which the second was changed in place.
fn changed() -> Lab {
    let lab = Lab::new();
    assert_eq!(lab.run(&["edit", "alpha-1", "--set", "note=1"]).code, 0);
    change_a_name(&lab.library);
    lab
}

#[test]
fn a_changed_library_is_not_built_on_published_or_tidied_away() {
    let lab = changed();
    lab.home.file("second.msp", msp("Beta", 3, 9));
    let before = lab.folder();
    let advice = "Generation 1 is kept and whole: `specid library rollback --to 1";
    let package = lab.home.path("p.specid");
    let second = lab.home.path("second.msp");
    for arguments in [
        &["import", text(&second)][..],
        &["edit", "alpha-2", "--set", "note=2"],
        &["deprecate", "alpha-3", "--reason", "x"],
        &["gc", "--keep", "1"],
        &["publish", "--out", text(&package)],
    ] {
        let ran = lab.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?} {}", ran.out);
        assert!(
            ran.err.contains("its entries are not what was written"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains(advice), "{arguments:?} {}", ran.err);
    }
    let validate = [
        "validate",
        text(&second),
        "--store",
        "--library",
        &lab.library,
    ];
    let ran = lab.home.run(&validate);
    assert!(ran.code == 2 && ran.err.contains(advice), "{}", ran.err);
    assert_eq!(lab.folder(), before);
    assert!(!package.exists());

    // The way back keeps the changed file, and only whoever looked into it tidies up.
    assert_eq!(lab.run(&["rollback", "--to", "1"]).code, 0);
    let ran = lab.run(&["gc", "--keep", "1"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.err.contains("generation 2 (") && ran.err.contains("move that file"),
        "{}",
        ran.err
    );
    let kept = format!("{}.generations/000002.h5", lab.library);
    fs::rename(&kept, lab.home.path("evidence.h5")).unwrap();
    let ran = lab.run(&["gc", "--keep", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_library_without_a_whole_generation_is_asked_for_again() {
    let lab = Lab::new();
    change_a_name(&lab.library);
    let ran = lab.run(&["edit", "alpha-2", "--set", "note=2"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("No kept generation of it is whole; ask for the file"),
        "{}",
        ran.err
    );
}

#[test]
fn what_is_recorded_was_searched_in_a_library_that_was_read_whole() {
    let lab = Lab::new();
    let record = lab.home.path("lab.record");
    let sample = lab.home.path("first.msp");
    let identify = |more: &[&str]| {
        let all = ["identify", text(&sample), "--scan", "1", "--format", "json"];
        let library = ["--library", lab.library.as_str()];
        lab.home.run(&[&all[..], &library, more].concat())
    };
    let with_record = ["--record", text(&record)];
    let whole = identify(&with_record);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert_eq!(whole.json()[0]["library"]["verified"], true);
    let plain = identify(&[]);
    assert_eq!(plain.json()[0]["library"]["verified"], false);
    let starter = lab.home.run(&[
        "identify",
        text(&sample),
        "--scan",
        "1",
        "--format",
        "json",
        "--library",
        "starter",
    ]);
    assert_eq!(starter.json()[0]["library"]["verified"], true);

    change_a_name(&lab.library);
    let length = fs::metadata(&record).unwrap().len();
    let refused = identify(&with_record);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("is not what was written"),
        "{}",
        refused.err
    );
    let run = lab.home.path("run");
    let screen = [
        "screen",
        text(&sample),
        "--library",
        &lab.library,
        "--out",
        text(&run),
    ];
    let refused = lab.home.run(&[&screen[..], &with_record].concat());
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("is not what was written"),
        "{}",
        refused.err
    );
    assert_eq!(fs::metadata(&record).unwrap().len(), length);
    let result = lab.home.file("result.json", &plain.out);
    let refused = lab
        .home
        .run(&["case", text(&result), "--library", &lab.library]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("is not what was written"),
        "{}",
        refused.err
    );

    // A report does not draw it, and says that its hash is only stated.
    let page = lab.home.path("page.html");
    let report = |result: &Path| {
        let ran = lab
            .home
            .run(&["report", text(result), "--force", "--out", text(&page)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        (
            fs::read_to_string(&page).unwrap().replace('\u{ad}', ""),
            ran.err,
        )
    };
    let (said, err) = report(&result);
    assert!(
        err.contains("its library cannot be read: the library is damaged"),
        "{err}"
    );
    assert!(said.contains("it was not computed"), "{said}");
    let proven = lab.home.file("proven.json", &whole.out);
    assert!(!report(&proven).0.contains("it was not computed"));
}
