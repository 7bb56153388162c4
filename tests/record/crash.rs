//! Killed while it writes, cut off anywhere, and several writers at once: the chain stays whole.
//!
//! `SPECID_CRASHES` sets the number of killings.

use super::common::{Home, text};
use super::{Chance, by_hand, entries, recorded, small_library, spectra, verify};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FEW: usize = 12;

fn writer(home: &Home, library: &str, files: &[String], record: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specid"));
    command
        .env_clear()
        .env("HOME", home.folder.path())
        .args([
            "identify",
            "--library",
            library,
            "--format",
            "jsonl",
            "--hypotheses",
            "never",
        ])
        .args(["--max-components", "1", "--record", text(record)])
        .args(files)
        .stderr(Stdio::null());
    command
}

fn hashes(record: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(record).unwrap();
    text.lines().map(|line| line[..64].to_owned()).collect()
}

/// Hashes of the results that were printed whole.
fn printed(out: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(out);
    let lines = text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'));
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    lines
        .map(|line| value(line)["recorded"]["hash"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn killed_at_any_moment_nothing_that_was_printed_is_lost() {
    let times = std::env::var("SPECID_CRASHES")
        .ok()
        .and_then(|t| t.parse().ok())
        .unwrap_or(FEW);
    let home = Home::new();
    let library = small_library(&home);
    let files: Vec<String> = (0..16)
        .map(|n| {
            text(&home.file(&format!("{n}.msp"), spectra(&format!("Query {n}"), 2))).to_owned()
        })
        .collect();
    let record = home.path("lab.record");
    let whole = Instant::now();
    assert!(
        writer(&home, &library, &files, &record)
            .stdout(Stdio::null())
            .status()
            .unwrap()
            .code()
            .unwrap()
            < 2
    );
    let whole = whole.elapsed();
    assert_eq!(entries(&record).len(), 32);
    let mut chance = Chance(7);
    let (mut inside, mut known) = (0, 0);
    for time in 0..times {
        let out = home.path("out.jsonl");
        let mut child = writer(&home, &library, &files, &record)
            .stdout(fs::File::create(&out).unwrap())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(
            chance.below(whole.as_micros() as u64),
        ));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = fs::read_to_string(&record).unwrap().lines().count();
        inside += usize::from(now > known && now < known + 32);
        known = now;
        // A last line that was cut off is told by the next writer; all before it holds.
        let ran = verify(&home, &record);
        let torn = ran.out.contains("the line has no end");
        assert!(ran.code == 0 || torn, "killing {time}: {}", ran.out);
        let there = hashes(&record);
        for hash in printed(&fs::read(&out).unwrap()) {
            assert!(
                there.contains(&hash),
                "killing {time}: {hash} was printed and is lost"
            );
        }
    }
    let file = home.file("last.msp", spectra("Last", 1));
    recorded(&home, &library, &file, &record);
    assert_eq!(verify(&home, &record).code, 0);
    assert!(by_hand(&record).0);
    assert!(
        inside * 4 > times,
        "{inside} of {times} killings hit the writing"
    );
}

#[test]
fn cut_off_anywhere_in_the_last_append_it_goes_on_and_says_so() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let one = home.file("one.msp", spectra("One", 1));
    let two = home.file("two.msp", spectra("Two", 2));
    recorded(&home, &library, &one, &record);
    let head = fs::read(home.path("lab.record.head")).unwrap();
    let before = fs::read(&record).unwrap();
    recorded(&home, &library, &two, &record);
    let after = fs::read(&record).unwrap();
    let second = before.len()
        + after[before.len()..]
            .iter()
            .position(|b| *b == b'\n')
            .unwrap()
        + 1;
    let mut chance = Chance(3);
    let mut cuts = vec![
        before.len() + 1,
        second - 1,
        second,
        second + 1,
        after.len() - 1,
        after.len(),
    ];
    cuts.extend(
        (0..6)
            .map(|_| before.len() + 1 + chance.below((after.len() - before.len()) as u64) as usize),
    );
    for cut in cuts {
        for torn in fs::read_dir(home.folder.path()).unwrap().flatten() {
            if torn.file_name().to_string_lossy().contains(".torn-") {
                fs::remove_file(torn.path()).unwrap();
            }
        }
        // The head is written after the entries.
        fs::write(&record, &after[..cut]).unwrap();
        fs::write(home.path("lab.record.head"), &head).unwrap();
        let whole_entries = match cut {
            n if n < second => 1,
            n if n < after.len() => 2,
            _ => 3,
        };
        let is_torn = ![second, after.len()].contains(&cut);
        let ran = verify(&home, &record);
        assert_eq!(ran.code, i32::from(is_torn), "{cut}: {}", ran.out);
        if !is_torn {
            assert!(
                ran.out
                    .contains("not noted in it: the append that wrote them was interrupted"),
                "{}",
                ran.out
            );
        }
        recorded(&home, &library, &one, &record);
        let ran = verify(&home, &record);
        assert_eq!(ran.code, 0, "{cut}: {}", ran.out);
        let all = entries(&record);
        assert_eq!(all.len(), whole_entries + 2, "{cut}");
        let recovery = &all[whole_entries];
        assert_eq!(recovery["kind"], "recovery");
        let torn = recovery["result"]["torn"].as_array().unwrap();
        assert_eq!(torn.len(), usize::from(is_torn), "{recovery}");
        if let Some(torn) = torn.first() {
            // Not one byte is lost.
            let kept = fs::read(home.path(torn["file"].as_str().unwrap())).unwrap();
            let start = if whole_entries == 1 {
                before.len()
            } else {
                second
            };
            assert_eq!(kept, &after[start..cut]);
            let hash: String = Sha256::digest(&kept)
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect();
            assert_eq!(torn["sha256"], hash.as_str());
        }
    }
}

#[test]
fn what_was_cut_or_changed_is_not_appended_to() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("many.msp", spectra("Query", 3));
    recorded(&home, &library, &file, &record);
    recorded(&home, &library, &file, &record);
    let whole = fs::read_to_string(&record).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let refused = |bytes: &str, words: &str| {
        fs::write(&record, bytes).unwrap();
        let ran = home.run(&[
            "identify",
            text(&file),
            "--library",
            &library,
            "--record",
            text(&record),
        ]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(words), "expected {words:?}: {}", ran.err);
        assert_eq!(
            fs::read_to_string(&record).unwrap(),
            bytes,
            "it is left as it was"
        );
    };
    refused(&(lines[..5].join("\n") + "\n"), "it was cut off");
    refused(
        &whole.replace("Query 3", "Query 4"),
        "entry 6 is not the one that its head tells of",
    );
    refused("", "it was cut off");
    // Without a head all of it is looked at, and the next entry says so.
    fs::remove_file(home.path("lab.record.head")).unwrap();
    refused(
        &whole.replacen("Query 2", "Query 4", 1),
        "its head is missing, and it is not whole at entry 2",
    );
    fs::write(&record, &whole).unwrap();
    recorded(&home, &library, &file, &record);
    let entry = &entries(&record)[6];
    assert_eq!(
        (&entry["kind"], &entry["result"]["head_was_missing"]),
        (&"recovery".into(), &true.into())
    );
    let ran = verify(&home, &record);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let told = "The head was missing before entry 7; what was cut off is not known";
    assert!(ran.out.contains(told), "{}", ran.out);
    assert!(!ran.out.contains("Interrupted appends"), "{}", ran.out);
    // An older head in place of the newest is not what a crash leaves.
    let older = fs::read(home.path("lab.record.head")).unwrap();
    recorded(&home, &library, &file, &record);
    recorded(&home, &library, &file, &record);
    fs::write(home.path("lab.record.head"), older).unwrap();
    let ran = verify(&home, &record);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("the head is an older one"), "{}", ran.out);
}

#[test]
fn several_writers_at_once_make_one_chain() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let files: Vec<Vec<String>> = (0..3)
        .map(|writer| {
            let file = |n| {
                home.file(
                    &format!("{writer}-{n}.msp"),
                    spectra(&format!("Writer {writer} {n}"), 2),
                )
            };
            (0..12).map(|n| text(&file(n)).to_owned()).collect()
        })
        .collect();
    let children: Vec<_> = files
        .iter()
        .map(|files| {
            writer(&home, &library, files, &record)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    // Whoever looks meanwhile sees a record that is whole, with its head.
    for _ in 0..25 {
        if record.exists() {
            let ran = verify(&home, &record);
            assert_eq!(ran.code, 0, "{}", ran.out);
        }
    }
    let mut all = Vec::new();
    for child in children {
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.code().unwrap() < 2);
        let own = printed(&ended.stdout);
        assert_eq!(own.len(), 24);
        all.extend(own);
    }
    let there = hashes(&record);
    assert_eq!(there.len(), 72);
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), there);
    let ran = verify(&home, &record);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(by_hand(&record).0);
    assert!(!ran.out.contains("Interrupted"), "{}", ran.out);
}
