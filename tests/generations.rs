//! A library through its generations: what changed, who did it, and the way back.

mod common;

#[path = "generations/again.rs"]
mod again;
#[path = "generations/changed.rs"]
mod changed;
#[path = "generations/kept.rs"]
mod kept;

use common::lab::Lab;
use common::made::msp;
use common::text;
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn every_change_is_told_and_can_be_taken_back() {
    let lab = Lab::new();
    let first = lab.info();
    let refused = lab.run(&["deprecate", "alpha-3"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--reason"), "{}", refused.err);
    let ran = lab.run(&[
        "deprecate",
        "alpha-3",
        "--reason",
        "mislabelled",
        "--by",
        "N. Tan",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let list = lab.run(&["list", "Alpha-3", "--format", "jsonl"]).lines();
    let gone = list.iter().find(|e| e["entry_id"] == "alpha-3").unwrap();
    assert_eq!(gone["deprecated"], "mislabelled");
    assert_eq!(lab.info()["references"]["ei-ms"], 59);

    let ran = lab.run(&[
        "edit",
        "alpha-4",
        "--set",
        "cas=7732-18-5",
        "--set",
        "batch=17",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let wrong = lab.run(&["edit", "alpha-4", "--set", "cas=7732-18-4"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("checks the others"), "{}", wrong.err);
    let missing = lab.run(&["edit", "alpha-400", "--set", "cas=7732-18-5"]);
    assert!(
        missing.err.contains("no entry \"alpha-400\""),
        "{}",
        missing.err
    );
    for (set, told) in [("nmae=x", "did you mean"), ("date=yesterday", "is no date")] {
        let ran = lab.run(&["edit", "alpha-4", "--set", set]);
        assert_eq!(ran.code, 2, "{set}: {}", ran.out);
        assert!(ran.err.contains(told), "{set}: {}", ran.err);
    }
    let again = lab.run(&["edit", "alpha-4", "--set", "batch=17"]);
    assert!(
        again.out.contains("nothing is new; generation 3 stays"),
        "{}",
        again.out
    );
    lab.run(&["restore", "alpha-3"]);
    assert_eq!(lab.info()["references"]["ei-ms"], 60);

    let diff = lab
        .run(&["diff", "1", "4", "--entries-only", "--format", "json"])
        .json();
    let changed = diff["entries"]["changed"].as_array().unwrap();
    assert_eq!(changed.len(), 1, "deprecated and restored is unchanged");
    assert_eq!(changed[0]["id"], "alpha-4");
    assert_eq!(changed[0]["fields"], serde_json::json!(["cas", "metadata"]));

    let ran = lab.run(&["rollback", "--to", "1", "--reason", "wrong CAS number"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let back = lab.info();
    assert_eq!(back["hash"], first["hash"], "the same content again");
    assert_eq!(back["generation"], 5);
    let log = lab.log();
    let actions: Vec<&str> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        ["import", "deprecate", "edit", "restore", "rollback"]
    );
    assert_eq!(log[1]["by"], "N. Tan");
    assert_eq!(log[4]["reason"], "back to generation 1: wrong CAS number");
    for pair in log.as_array().unwrap().windows(2) {
        assert_eq!(pair[1]["previous"], pair[0]["hash"]);
    }
    assert_eq!(log[0]["sources"][0]["sha256"].as_str().unwrap().len(), 64);

    // An earlier generation can be asked as it was, by number and by day.
    let of = |which: &str| {
        let library = format!("{}@{which}", lab.library);
        let ran = lab
            .home
            .run(&["library", "info", "--library", &library, "--format", "json"]);
        (ran.code, ran.out, ran.err)
    };
    let (code, out, _) = of("2");
    let second: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &second["references"]["ei-ms"]), (0, &59.into()));
    let today = log[4]["date"].as_str().unwrap()[..10].to_owned();
    let (_, out, _) = of(&today);
    assert_eq!(
        serde_json::from_str::<Value>(&out).unwrap()["generation"],
        5
    );
    let (code, _, err) = of("2001-01-01");
    assert_eq!(code, 2);
    assert!(err.contains("no record of 2001-01-01"), "{err}");
    assert!(
        of("9").2.contains("there are 1, 2, 3, 4, 5"),
        "{}",
        of("9").2
    );

    let before = lab.folder();
    let ran = lab.run(&["gc", "--keep", "2", "--dry-run"]);
    let day = |n: usize| log[n]["date"].as_str().unwrap().to_owned();
    for n in 0..3 {
        let told = format!(
            "generation {}: the library from {} until {};",
            n + 1,
            day(n),
            day(n + 1)
        );
        assert!(ran.out.contains(&told), "{told}: {}", ran.out);
    }
    assert!(!ran.out.contains("generation 4") && ran.out.contains("LIB@TIME"));
    assert!(ran.out.contains("nothing was removed"), "{}", ran.out);
    assert_eq!(lab.folder(), before);
    let ran = lab.run(&["gc", "--keep", "2"]);
    assert!(
        ran.out.contains("3 generations are to be removed"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("No record is known here"), "{}", ran.out);
    assert!(ran.out.contains("2 of 5 generations kept"), "{}", ran.out);
    assert_eq!(lab.folder(), ["000004.h5", "000005.h5", "lock"]);
    assert_eq!(lab.log().as_array().unwrap().len(), 5, "the log stays");
    assert_eq!(lab.log()[0]["kept"], false);
}

#[test]
fn a_changed_record_of_the_log_or_number_of_the_library_is_seen() {
    let lab = Lab::new();
    lab.run(&["deprecate", "alpha-3", "--reason", "mislabelled"]);
    let whole = fs::read(&lab.library).unwrap();
    let damage = |from: &[u8], to: &[u8]| {
        let at = whole.windows(from.len()).position(|w| w == from).unwrap();
        let mut bytes = whole.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        fs::write(&lab.library, bytes).unwrap();
        let ran = lab.run(&["info", "--verify"]);
        fs::write(&lab.library, &whole).unwrap();
        (ran.code, ran.err)
    };
    let (code, err) = damage(b"\"action\":\"deprecate\"", b"\"action\":\"rollback\" ");
    assert_eq!(code, 2);
    assert!(err.contains("generation 2 was changed afterwards"), "{err}");
    let (code, err) = damage(b"Alpha-17", b"Alpha-71");
    assert_eq!(code, 2);
    assert!(
        err.contains("its entries are not what was written"),
        "{err}"
    );
    assert_eq!(lab.run(&["info", "--verify"]).code, 0);
}

#[test]
fn labels_become_fields_and_archives_and_folders_are_read() {
    use std::io::Write;
    let lab = Lab::new();
    let record = msp("Beta", 3, 9).replace("Num Peaks", "Registry: 7732185\nNum Peaks");
    let mut archive = zip::ZipWriter::new(fs::File::create(lab.home.path("delivery.zip")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [
        ("a/beta.msp", record.as_str()),
        ("notes.bin", "\u{1}\u{2}"),
        (".hidden", "x"),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let ran = lab.import(
        "delivery.zip",
        &["--map", "cas=registry", "--set", "licence=CC BY 4.0"],
    );
    assert_eq!(ran.code, 2, "one member is no spectrum: {}", ran.err);
    let report = ran.json();
    assert_eq!(report["added"], 3);
    let rejected = report["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), 1);
    assert!(
        rejected[0]["path"]
            .as_str()
            .unwrap()
            .ends_with("delivery.zip/notes.bin")
    );
    let shown = lab.run(&["show", "beta-1", "--format", "json"]).json();
    assert_eq!(shown["identity"]["cas"], "7732-18-5");
    assert_eq!(shown["provenance"]["licence"], "CC BY 4.0");
    assert_eq!(shown["provenance"]["sha256"].as_str().unwrap().len(), 64);
    // Its ions are made at random, which the quality tells.
    assert_eq!(shown["quality"], "limited");

    fs::create_dir_all(lab.home.path("folder/inner")).unwrap();
    lab.home.file("folder/inner/gamma.msp", msp("Gamma", 2, 11));
    let report = lab.import("folder", &[]).json();
    assert_eq!(report["added"], 2);
    let broken = lab.home.file("broken.zip", b"PK\x03\x04 and nothing else");
    let ran = lab.run(&["import", text(&broken)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("zip archive cannot be read"),
        "{}",
        ran.err
    );
}

#[test]
fn a_change_that_makes_identification_worse_needs_a_reason() {
    let lab = Lab::new();
    // Every reference again under another name, every other ion a third higher: chance decides which of
    // the two a spectrum of another instrument is more like.
    let taller = |(n, line): (usize, &str)| match line.split_once(' ') {
        Some((mz, height)) if n % 2 == 0 && !line.contains(':') => {
            let height: usize = height.parse().unwrap();
            format!("{mz} {}\n", height * 4 / 3 + 1)
        }
        _ => format!("{line}\n"),
    };
    let doubles: String = msp("Double", 60, 7)
        .lines()
        .enumerate()
        .map(taller)
        .collect();
    lab.home.file("doubles.msp", doubles);
    let before = fs::read(&lab.library).unwrap();
    let ran = lab.import("doubles.msp", &[]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("--accept REASON"), "{}", ran.err);
    assert!(ran.err.contains("no longer ranked first"), "{}", ran.err);
    assert_eq!(
        fs::read(&lab.library).unwrap(),
        before,
        "nothing was changed"
    );
    let ran = lab.import("doubles.msp", &["--accept", "to be cleaned tomorrow"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let log = lab.log();
    assert_eq!(log[1]["accepted"], "to be cleaned tomorrow");
    assert!(
        log[1]["effect"]
            .as_str()
            .unwrap()
            .starts_with("Of 60 spectra tried again")
    );
    let impact = &ran.json()["impact"];
    let part = &impact["parts"][0];
    assert_eq!(part["before"]["tried"], 60);
    let first = |side: &str| part[side]["first"].as_u64().unwrap();
    assert!(first("after") + 3 < first("before"), "{part}");
}

#[test]
fn two_writers_do_not_collide_and_a_crashed_one_is_recognised() {
    let lab = Lab::new();
    let lock = Path::new(&format!("{}.generations/lock", lab.library)).to_owned();
    let held = fs::File::options()
        .read(true)
        .write(true)
        .open(&lock)
        .unwrap();
    held.try_lock().unwrap();
    fs::write(&lock, "specid library import, process 99, N. Tan").unwrap();
    let ran = lab.run(&["deprecate", "alpha-3", "--reason", "mislabelled"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("process 99, N. Tan"), "{}", ran.err);
    // Readers do not mind.
    assert_eq!(lab.info()["generation"], 1);
    // The lock goes with its process; its note and what it was writing stay.
    drop(held);
    let leftover = lock.with_file_name("new.h5");
    fs::write(&leftover, "half a library").unwrap();
    let ran = lab.run(&["deprecate", "alpha-3", "--reason", "mislabelled"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("ended unexpectedly") && ran.err.contains("process 99"),
        "{}",
        ran.err
    );
    assert!(!leftover.exists());
    let ran = lab.run(&["restore", "alpha-3"]);
    assert!(!ran.err.contains("ended unexpectedly"), "{}", ran.err);
}

#[test]
fn a_validation_is_asked_again() {
    let lab = Lab::new();
    // The first twenty again, each with its smallest ions gone.
    let again = msp("Alpha", 20, 7)
        .lines()
        .filter(|line| !line.ends_with(" 1") && !line.starts_with("Num"))
        .map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("{}\n", line.replace("alpha-", "again-")),
        })
        .collect::<String>();
    let mut queries = String::new();
    for record in again.split("\n\n").filter(|r| r.contains("Name")) {
        let (head, ions): (Vec<&str>, Vec<&str>) =
            record.trim().lines().partition(|l| l.contains(':'));
        let ions: Vec<&str> = ions.into_iter().skip(2).collect();
        queries += &format!(
            "{}\nNum Peaks: {}\n{}\n\n",
            head.join("\n"),
            ions.len(),
            ions.join("\n")
        );
    }
    let queries = lab.home.file("queries.msp", queries);
    let ran = lab.home.run(&[
        "validate",
        text(&queries),
        "--library",
        &lab.library,
        "--store",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(lab.log()[1]["action"], "validate");
    lab.home.file("second.msp", msp("Beta", 5, 21));
    let report = lab.import("second.msp", &[]).json();
    let parts = report["impact"]["parts"].as_array().unwrap();
    let stored = parts.iter().find(|p| p["asked"] == "validation").unwrap();
    assert_eq!(stored["before"]["tried"], 20);
    assert_eq!(stored["before"]["first"], 20);
}

#[test]
fn replicates_of_one_id_and_corrections_survive_a_partial_update() {
    let lab = Lab::new();
    // Two measurements of one substance under one id.
    let two = msp("Beta", 2, 31)
        .replace("Beta-1", "Beta-0")
        .replace("beta-1", "beta-0");
    lab.home.file("two.msp", &two);
    assert_eq!(lab.import("two.msp", &[]).json()["added"], 2);
    let records: Vec<&str> = two.split("\n\n").collect();
    let newer = records[1].replace("Num Peaks", "Comment: again\nNum Peaks");
    let first = lab.run(&["show", "beta-0", "--format", "json"]).json();
    lab.home
        .file("newer.msp", format!("{newer}\n\n{}\n\n", records[0]));
    let report = lab.import("newer.msp", &[]).json();
    assert_eq!(
        (&report["updated"], &report["identical"]),
        (&1.into(), &1.into())
    );
    let show = |id: &str| lab.run(&["show", id, "--format", "json"]).json();
    assert_eq!(show("beta-0")["y"], first["y"], "the other one was updated");
    assert!(show("beta-0~2").to_string().contains("again"));

    // A wrong name that was corrected here does not come back with the source's next state.
    lab.run(&[
        "edit",
        "alpha-8",
        "--set",
        "name=Corrected",
        "--max-loss",
        "1",
    ]);
    let source = msp("Alpha", 60, 7);
    let again = source.split("\n\n").nth(8).unwrap();
    let again = again.replace("Num Peaks", "Comment: still wrong\nNum Peaks");
    lab.home.file("again.msp", again + "\n\n");
    let report = lab.import("again.msp", &[]).json();
    assert_eq!(
        (&report["added"], &report["updated"]),
        (&0.into(), &0.into())
    );
    assert_eq!(report["conflicting"][0]["entry"], "alpha-8");
    assert_eq!(show("alpha-8")["identity"]["name"], "Corrected");

    // Numbers that instruments count anew are no identity.
    let day = |seed| msp("Gamma", 1, seed).replace("gamma-0", "1");
    for (seed, name) in [(41, "day1.msp"), (42, "day2.msp")] {
        lab.home.file(name, day(seed));
        assert_eq!(lab.import(name, &[]).json()["added"], 1, "{name}");
    }
}

#[test]
fn what_another_laboratory_sent_is_curated_here_without_parting_from_it() {
    let lab = Lab::new();
    let there = text(&lab.home.path("theirs.h5")).to_owned();
    let of = |arguments: &[&str]| {
        let mut command = lab.home.command();
        command
            .args(arguments)
            .env("SPECID_CONFIG", lab.home.path("theirs"));
        lab.home.run_command(&mut command)
    };
    let made = lab.home.run(&[
        "library",
        "key",
        "new",
        "--publisher",
        "National Laboratory",
    ]);
    assert_eq!(made.code, 0, "{}", made.err);
    let public = lab.home.run(&["library", "key", "show"]).out;
    let fingerprint = public
        .lines()
        .find_map(|l| l.strip_prefix("fingerprint: "))
        .unwrap();
    let key = lab.home.file("national.pub", &public);
    let ran = of(&[
        "library",
        "key",
        "trust",
        text(&key),
        "--fingerprint",
        fingerprint.trim(),
        "--by",
        "T. Ester",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let package = text(&lab.home.path("update.zip")).to_owned();
    let send = |more: &[&str]| {
        let mut all = vec!["publish", "--out", &package];
        all.extend(more);
        let ran = lab.run(&all);
        assert_eq!(ran.code, 0, "{}", ran.err);
        of(&["library", "receive", &package, "--library", &there])
    };
    assert_eq!(send(&[]).code, 0);
    let ran = of(&[
        "library",
        "edit",
        "alpha-1",
        "--set",
        "cas=",
        "--set",
        "note=1",
        "--library",
        &there,
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("received from National Laboratory"),
        "{}",
        ran.err
    );
    let ran = of(&[
        "library",
        "deprecate",
        "alpha-1",
        "--reason",
        "not ours",
        "--library",
        &there,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    lab.run(&["edit", "alpha-2", "--set", "note=1"]);
    let ran = send(&["--since", "1"]);
    assert_eq!(
        ran.code, 0,
        "what was deprecated here stops no update: {}",
        ran.err
    );
    let list = of(&["library", "list", "--library", &there, "--format", "jsonl"]).lines();
    let entry = list.iter().find(|e| e["entry_id"] == "alpha-1").unwrap();
    assert_eq!(entry["deprecated"], "not ours");
    let log = of(&["library", "log", "--library", &there, "--format", "json"]).json();
    assert_eq!(log[0]["counts"]["added"], 60);
    assert_eq!(log[2]["counts"]["changed"], 1);

    // An update that takes much of the library away needs a reason.
    let few = lab.home.file("few.msp", msp("Alpha", 40, 7));
    let smaller = text(&lab.home.path("lab2/lab.h5")).to_owned();
    lab.home
        .run(&["library", "import", text(&few), "--library", &smaller]);
    for n in 0..4 {
        let note = format!("note={n}");
        lab.home.run(&[
            "library",
            "edit",
            "alpha-3",
            "--set",
            &note,
            "--library",
            &smaller,
        ]);
    }
    lab.home.run(&[
        "library",
        "publish",
        "--out",
        &package,
        "--library",
        &smaller,
    ]);
    let ran = of(&["library", "receive", &package, "--library", &there]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("no longer searched: 20"), "{}", ran.err);
    let ran = of(&[
        "library",
        "receive",
        &package,
        "--library",
        &there,
        "--accept",
        "agreed",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}
