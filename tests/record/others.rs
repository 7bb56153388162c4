//! Screenings, changes of libraries, settings, and files that can be no record.

use super::common::made::msp;
use super::common::{Home, text};
use super::{SAMPLE, entries, recorded, small_library, spectra, verify};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

fn sha256(path: &Path) -> String {
    Sha256::digest(fs::read(path).unwrap())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Appends a failure, a screening, a library change, an amendment and a recovery.
pub fn one_of_each_kind(home: &Home, library: &str, record: &Path) {
    let run = |arguments: &[&str]| {
        let ran = home.run(&[arguments, &["--record", text(record)]].concat());
        assert!(!ran.err.contains("cannot be"), "{}", ran.err);
        ran
    };
    run(&["identify", "no-such-file.jdx", "--library", library]);
    let file = home.file("screened.msp", spectra("Screened", 2));
    run(&[
        "screen",
        text(&file),
        "--library",
        library,
        "--out",
        text(&home.path("run")),
    ]);
    let more = home.file("more.msp", super::common::made::msp("Beta", 3, 9));
    run(&["library", "import", text(&more), "--library", library]);
    let ran = home.run(&[
        "record",
        "amend",
        text(record),
        "1",
        "--because",
        "mixed up",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut torn = fs::read(record).unwrap();
    torn.extend(b"0123");
    fs::write(record, torn).unwrap();
    run(&["identify", "no-such-file.jdx", "--library", library]);
}

#[test]
fn generations_that_recorded_results_were_made_with_do_not_go_unnoticed() {
    let home = Home::new();
    let record = home.path("lab.record");
    let library = small_library(&home);
    let own = ["--library", &library, "--record", text(&record)];
    let run = |arguments: &[&str]| home.run(&[arguments, own.as_slice()].concat());
    assert!(run(&["identify", SAMPLE]).code < 2);
    let second = home.file("second.msp", msp("Beta", 50, 7));
    assert_eq!(run(&["library", "import", text(&second)]).code, 0);
    let folder = home.path("lab.h5.generations");
    let first = folder.join("000001.h5");

    let gc = ["library", "gc", "--keep", "1"];
    let ran = run(&gc);
    assert!(ran.code == 2 && first.exists(), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("could not repeat any more: 1 (entries 1)"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("--accept REASON"), "{}", ran.err);
    assert_eq!(entries(&record).len(), 2);
    let ran = run(&[&gc[..], &["--accept", "its file is on tape 7"]].concat());
    assert!(ran.code == 0 && !first.exists(), "{}{}", ran.out, ran.err);
    let told = &entries(&record)[2]["result"];
    assert_eq!(told["accepted"], "its file is on tape 7");
    assert_eq!(told["entries_made_with_them"], 1);
    // What is left was made with nothing that could go.
    assert_eq!(run(&gc).code, 0);
}

#[test]
fn a_screening_is_recorded_with_what_was_said_of_each_file() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let folder = home.path("samples");
    fs::create_dir(&folder).unwrap();
    let (one, two) = (folder.join("one.msp"), folder.join("two.msp"));
    fs::write(&one, spectra("One", 1)).unwrap();
    fs::write(&two, spectra("Two", 3)).unwrap();
    fs::write(folder.join("bad.jdx"), "##TITLE= nothing").unwrap();
    let run = home.path("run");
    let screen = || {
        home.run(&[
            "screen",
            text(&folder),
            "--library",
            &library,
            "--out",
            text(&run),
            "--record",
            text(&record),
        ])
    };
    let ran = screen();
    assert!(ran.err.contains("recorded as entry 1 of"), "{}", ran.err);
    let entry = entries(&record).remove(0);
    assert_eq!(entry["kind"], "screening");
    let result = &entry["result"];
    assert_eq!(
        (&result["files_done"], &result["files_waiting"]),
        (&3.into(), &0.into())
    );
    let files = result["files"].as_array().unwrap();
    let find = |path: &Path| files.iter().find(|f| f["path"] == text(path)).unwrap();
    assert_eq!(find(&one)["sha256"], sha256(&one).as_str());
    assert_eq!(find(&two)["spectra"].as_array().unwrap().len(), 3);
    assert!(
        find(&folder.join("bad.jdx"))["spectra"][0]["verdict"]
            .as_str()
            .unwrap()
            .starts_with("error: ")
    );
    let said: Value = serde_json::from_str(
        fs::read_to_string(run.join("results.jsonl"))
            .unwrap()
            .lines()
            .next_back()
            .unwrap(),
    )
    .unwrap();
    let last = &find(&two)["spectra"][2];
    assert_eq!(last["verdict"], said["verdict"]["level"]);
    assert_eq!(last["score"], said["candidates"][0]["score"]);
    for output in result["outputs"].as_array().unwrap() {
        assert_eq!(
            output["sha256"],
            sha256(Path::new(output["path"].as_str().unwrap())).as_str()
        );
    }
    assert_eq!(result["outputs"].as_array().unwrap().len(), 5);
    // Each session has its entry.
    screen();
    assert_eq!(entries(&record).len(), 2);
    let ran = home.run(&["replay", text(&record), "1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.out.contains("replayed by screening again"),
        "{}",
        ran.out
    );
    assert_eq!(home.run(&["replay", text(&record)]).code, 1);
    assert_eq!(verify(&home, &record).code, 0);
}

#[test]
fn every_change_of_a_library_is_recorded() {
    let home = Home::new();
    let record = home.path("lab.record");
    let library = text(&home.path("lab.h5")).to_owned();
    let first = home.file("first.msp", super::common::made::msp("Alpha", 6, 3));
    let second = home.file("second.msp", super::common::made::msp("Beta", 3, 9));
    let run = |arguments: &[&str]| {
        let ran = home.run(
            &[
                &["library"],
                arguments,
                &["--library", &library, "--record", text(&record)],
            ]
            .concat(),
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("recorded as entry"), "{}", ran.err);
    };
    run(&["import", text(&first)]);
    run(&["import", text(&second)]);
    let list = home
        .run(&["library", "list", "--library", &library, "--format", "json"])
        .json();
    let id = list[0]["entry_id"].as_str().unwrap().to_owned();
    run(&["deprecate", &id, "--reason", "wrong"]);
    run(&["restore", &id, "--reason", "right"]);
    run(&["rollback", "--to", "1", "--accept", "wanted"]);
    run(&["gc", "--keep", "1"]);
    let all = entries(&record);
    let actions: Vec<&str> = all
        .iter()
        .map(|e| e["result"]["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        ["import", "import", "deprecate", "restore", "rollback", "gc"]
    );
    assert_eq!(all[0]["result"]["before"], Value::Null);
    for pair in all.windows(2).take(4) {
        assert_eq!(pair[1]["result"]["before"], pair[0]["result"]["after"]);
    }
    assert_eq!(all[1]["inputs"][0]["sha256"], sha256(&second).as_str());
    assert_eq!(all[2]["result"]["change"]["reason"], "wrong");
    let info = home
        .run(&["library", "info", "--library", &library, "--format", "json"])
        .json();
    assert_eq!(all[4]["result"]["after"]["hash"], info["hash"]);
    assert_eq!(all[4]["library"]["generation"], info["generation"]);
    assert_eq!(all[5]["result"]["removed"].as_array().unwrap().len(), 4);
    // What changes nothing is not recorded.
    let ran = home.run(&[
        "library",
        "import",
        text(&first),
        "--library",
        &library,
        "--dry-run",
        "--record",
        text(&record),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(entries(&record).len(), 6);
    assert_eq!(verify(&home, &record).code, 0);
}

#[test]
fn a_record_of_the_settings_is_used_and_never_silently_left_out() {
    let home = Home::new();
    let settings = home.path(".config/specid");
    fs::create_dir_all(&settings).unwrap();
    let config = settings.join("config.toml");
    let identify = |more: &[&str]| {
        home.run(
            &[
                &[
                    "identify",
                    SAMPLE,
                    "--format",
                    "jsonl",
                    "--hypotheses",
                    "never",
                ],
                more,
            ]
            .concat(),
        )
    };
    fs::write(&config, "record = \"own.record\"\n").unwrap();
    assert_eq!(identify(&[]).code, 0);
    assert_eq!(entries(&settings.join("own.record")).len(), 1);
    // --record and the environment win.
    let other = home.path("other.record");
    assert_eq!(identify(&["--record", text(&other)]).code, 0);
    assert_eq!(entries(&other).len(), 1);
    let third = home.path("third.record");
    let ran = home.run_command(
        home.command()
            .env("SPECID_RECORD", &third)
            .args(["identify", SAMPLE]),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(entries(&third).len(), 1);
    assert_eq!(entries(&settings.join("own.record")).len(), 1);
    // What cannot be written is an error, and nothing is printed.
    for (content, words) in [
        ("record = \"no/such/folder/lab.record\"\n", "No such file"),
        ("record = \".\"\n", "this is a folder"),
        ("recrod = \"lab.record\"\n", "unknown field `recrod`"),
        ("record = 7\n", "is not understood"),
    ] {
        fs::write(&config, content).unwrap();
        let ran = identify(&[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(
            ran.err.contains(words)
                && ran.err.contains(if content.starts_with("record = \"") {
                    "the record cannot be written"
                } else {
                    "config.toml"
                }),
            "{}",
            ran.err
        );
    }
}

#[cfg(unix)]
#[test]
fn what_can_be_no_record_is_refused_and_left_as_it_is() {
    let home = Home::new();
    let library = small_library(&home);
    let file = home.file("one.msp", spectra("Query", 1));
    let real = home.path("real.record");
    recorded(&home, &library, &file, &real);
    let link = home.path("link.record");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let pipe = home.path("pipe.record");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let table = home.file("table.csv", "a,b\n1,2\n");
    let torn = home.file("short.txt", "hello");
    for (path, words) in [
        (link.as_path(), "this is a link to"),
        (pipe.as_path(), "this is a pipe or device"),
        (home.folder.path(), "this is a folder"),
        (table.as_path(), "this is no record"),
        (torn.as_path(), "this is no record"),
    ] {
        let before = path.is_file().then(|| fs::read(path).unwrap());
        let ran = home.run(&[
            "identify",
            text(&file),
            "--library",
            &library,
            "--record",
            text(path),
        ]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
        assert_eq!(before, path.is_file().then(|| fs::read(path).unwrap()));
        for command in ["verify", "list", "head"] {
            let ran = home.run(&["record", command, text(path)]);
            assert!(
                ran.code != 0 && !ran.err.contains("panicked"),
                "{command}: {}",
                ran.out
            );
        }
    }
    assert_eq!(entries(&real).len(), 1);
}
