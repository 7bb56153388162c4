//! `specid library` as a librarian uses it.

mod common;

use common::{Home, made, raman_csv, text};
use std::fs;

const EXAMPLE: &str = "tests/data/examples/unknown-liquid.msp";

#[test]
fn import_makes_extends_and_recognises() {
    let home = Home::new();
    let library = home.path("own.h5");
    let import = |file: &str| {
        home.run(&[
            "library",
            "import",
            file,
            "--library",
            text(&library),
            "--format",
            "json",
        ])
    };
    let first = import(EXAMPLE).json();
    assert_eq!(
        (&first["added"], &first["generation"]),
        (&1.into(), &1.into())
    );
    let again = import(EXAMPLE).json();
    assert_eq!(
        (&again["added"], &again["identical"]),
        (&0.into(), &1.into())
    );
    assert_eq!(again["hash"], first["hash"], "equal content, equal hash");
    let raman = home.file(
        "quartz.csv",
        raman_csv(&[(464.0, 1.0), (206.0, 0.4)], 100.0, 1500.0, 1.0, 0.0),
    );
    let third = import(text(&raman)).json();
    assert_eq!(
        (&third["entries"], &third["generation"]),
        (&2.into(), &2.into())
    );
    assert_ne!(third["hash"], first["hash"]);
    let info = home.run(&[
        "library",
        "info",
        "--library",
        text(&library),
        "--verify",
        "--format",
        "json",
    ]);
    let info = info.json();
    assert_eq!(info["verified"], true);
    assert_eq!(info["references"]["raman"], 1);
    assert_eq!(info["references"]["ei-ms"], 1);
    let folder: Vec<_> = fs::read_dir(home.folder.path())
        .unwrap()
        .flatten()
        .map(|f| f.file_name())
        .collect();
    assert!(
        !folder.iter().any(|n| n.to_string_lossy().contains(".new")),
        "{folder:?}"
    );
}

#[test]
fn list_show_and_export() {
    let home = Home::new();
    let library = home.path("own.h5");
    let raman = home.file(
        "quartz.csv",
        raman_csv(&[(464.0, 1.0), (206.0, 0.4)], 100.0, 1500.0, 1.0, 0.0),
    );
    home.run(&[
        "library",
        "import",
        EXAMPLE,
        text(&raman),
        "--library",
        text(&library),
    ]);
    let list = home
        .run(&[
            "library",
            "list",
            "--library",
            text(&library),
            "--format",
            "jsonl",
        ])
        .lines();
    assert_eq!(list.len(), 2);
    assert_eq!(list[0]["entry_id"], "item-7");
    let none = home.run(&[
        "library",
        "list",
        "nothing like it",
        "--library",
        text(&library),
    ]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    let show = home.run(&["library", "show", "item-7", "--library", text(&library)]);
    assert!(
        show.out.contains("unknown liquid, item 7") && show.out.contains("JEOL"),
        "{}",
        show.out
    );
    let missing = home.run(&["library", "show", "no-such", "--library", text(&library)]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("library list"), "{}", missing.err);

    for (format, extension, entries) in [("msp", "msp", 1), ("jcamp", "jdx", 2)] {
        let out = home.path(&format!("out.{extension}"));
        home.run(&[
            "library",
            "export",
            "--library",
            text(&library),
            "--format",
            format,
            "--out",
            text(&out),
        ]);
        let back = home.path(&format!("back-{format}.h5"));
        let report = home.run(&[
            "library",
            "import",
            text(&out),
            "--library",
            text(&back),
            "--format",
            "json",
        ]);
        assert_eq!(report.json()["added"], entries, "{}", report.err);
        let show = |library: &str| {
            home.run(&[
                "library",
                "show",
                "item-7",
                "--library",
                library,
                "--format",
                "json",
            ])
            .json()
        };
        let (before, after) = (show(text(&library)), show(text(&back)));
        assert_eq!(
            (&before["x"], &before["y"]),
            (&after["x"], &after["y"]),
            "the same numbers"
        );
        assert_eq!(before["identity"]["name"], after["identity"]["name"]);
        assert_eq!(before["technique"], after["technique"]);
    }
}

#[test]
fn the_library_is_found_in_the_promised_order() {
    let home = Home::new();
    let location = |ran: common::Ran| {
        ran.lines()[0]["library"]["location"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let identify = ["identify", EXAMPLE, "--top", "1", "--format", "jsonl"];
    assert_eq!(location(home.run(&identify)), "embedded");
    assert_eq!(home.run(&["library", "import", EXAMPLE]).code, 0);
    let own = location(home.run(&identify));
    assert!(own.ends_with("specid/library.h5"), "{own}");
    let other = home.path("other.h5");
    home.run(&["library", "import", EXAMPLE, "--library", text(&other)]);
    let mut command = home.command();
    command.args(identify).env("SPECID_LIBRARY", &other);
    assert_eq!(location(home.run_command(&mut command)), text(&other));
    let mut command = home.command();
    command
        .args(identify)
        .args(["--library", "starter"])
        .env("SPECID_LIBRARY", &other);
    assert_eq!(location(home.run_command(&mut command)), "embedded");
}

#[test]
fn what_is_no_library_is_refused() {
    let home = Home::new();
    for (path, message) in [
        (home.path("none.h5"), "there is no library at"),
        (home.file("text.h5", "Name: x\n"), "not a specid library"),
        (home.file("empty.h5", ""), "the file is empty"),
    ] {
        let ran = home.run(&["identify", EXAMPLE, "--library", text(&path)]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(message), "{}", ran.err);
    }
    let nothing = home.path("nothing.h5");
    let bad = home.file("bad.csv", "no numbers here\n");
    let ran = home.run(&["library", "import", text(&bad), "--library", text(&nothing)]);
    assert_eq!(ran.code, 2);
    assert!(!nothing.exists(), "no library is made of nothing");
    // The same file as source and as library: it stays what it is, with nothing beside it.
    let record = home.file("one.msp", "Name: x\nNum Peaks: 3\n58 100\n77 20\n105 10\n");
    let ran = home.run(&[
        "library",
        "import",
        text(&record),
        "--library",
        text(&record),
    ]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(!home.path("one.msp.generations").exists());
}

#[test]
fn the_starter_library_is_what_its_sources_build() {
    let home = Home::new();
    let built = home.path("starter.h5");
    let ran = home.run(&[
        "library",
        "build",
        "spectra-library",
        "--library",
        text(&built),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let hash = |library: &str| {
        home.run(&["library", "info", "--library", library, "--format", "json"])
            .json()["hash"]
            .clone()
    };
    assert_eq!(hash(text(&built)), hash("starter"));
    let info = home
        .run(&[
            "library",
            "info",
            "--library",
            "starter",
            "--format",
            "json",
        ])
        .json();
    assert_eq!(info["references"]["ei-ms-principal"], 539);
}

#[test]
fn completions_and_manual() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let ran = home.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("identify"), "{shell}");
    }
    assert!(home.run(&["man"]).out.contains(".TH specid"));
    let folder = home.path("man");
    assert_eq!(home.run(&["man", "--out", text(&folder)]).code, 0);
    assert!(folder.join("specid-identify.1").exists());
}

#[test]
fn inspect_says_what_is_in_a_file() {
    let home = Home::new();
    let file = home.file(
        "a.csv",
        "Raman shift (cm-1),Intensity\n1000,5\n998,7\n996,6\n",
    );
    let view = home
        .run(&["inspect", text(&file), "--format", "json"])
        .json();
    assert_eq!(view["format"], "delimited");
    let spectrum = &view["spectra"][0];
    assert_eq!(spectrum["technique"], "raman");
    assert_eq!(
        (&spectrum["first_x"], &spectrum["last_x"]),
        (&1000.0.into(), &996.0.into()),
        "file order"
    );
    assert_eq!(
        (&spectrum["min_y"], &spectrum["max_y"], &spectrum["sum_y"]),
        (&5.0.into(), &7.0.into(), &18.0.into())
    );
    assert_eq!(spectrum["x_unit"], "Raman shift / cm-1");
    let shown = home.run(&["inspect", EXAMPLE]);
    assert!(
        shown.out.contains("EI mass spectrum") && shown.out.contains("||"),
        "{}",
        shown.out
    );
}

#[test]
fn the_first_import_says_that_it_takes_the_starters_place() {
    let home = Home::new();
    let first = home.file("first.msp", made::msp("Alpha", 1, 7));
    let second = home.file("second.msp", made::msp("Beta", 1, 9));
    let told = "--library starter asks that";
    let query = text(&first);
    let before = home.run(&["identify", query]);
    assert!(!before.err.contains("--library starter"), "{}", before.err);
    let elsewhere = home.path("other.h5");
    let ran = home.run(&["library", "import", query, "--library", text(&elsewhere)]);
    assert!(!ran.err.contains(told), "{}", ran.err);
    let ran = home.run(&["library", "import", query, "--dry-run"]);
    assert!(!ran.err.contains(told), "{}", ran.err);
    let ran = home.run(&["library", "import", query]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(told), "{}", ran.err);
    let ran = home.run(&["library", "import", text(&second)]);
    assert!(!ran.err.contains(told), "{}", ran.err);
    // So small a library is told of whenever it is asked unnamed.
    let note = "your own library is asked, which holds only 2 entries";
    assert!(home.run(&["identify", query]).err.contains(note));
    for named in ["starter", text(&elsewhere)] {
        let ran = home.run(&["identify", query, "--library", named]);
        assert!(!ran.err.contains(note), "{}", ran.err);
    }
}
