//! Everything at once: every format of the corpus, hostile files, and spectra of other laboratories are
//! screened, interrupted, resumed, watched and summarised.

#![cfg(unix)]

use super::watching::{Session, until};
use super::{Desk, assert_same, known, results};
use crate::common::{shared_data, text};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, Instant};

/// Largest file taken of the corpus: every format has smaller ones, and four runs go through all.
const LARGEST: u64 = 300_000;

/// Files of a folder, linked into another.
fn link(from: &Path, into: &Path) -> usize {
    fs::create_dir_all(into).unwrap();
    let mut count = 0;
    for item in fs::read_dir(from).unwrap().flatten() {
        let (path, target) = (item.path(), into.join(item.file_name()));
        if path.is_dir() {
            count += link(&path, &target);
        } else if fs::metadata(&path).unwrap().len() <= LARGEST {
            symlink(path.canonicalize().unwrap(), target).unwrap();
            count += 1;
        }
    }
    count
}

#[test]
fn a_mixed_folder_is_screened_interrupted_resumed_watched_and_summarised() {
    let Some(data) = shared_data() else { return };
    let desk = Desk::empty();
    let folder = desk.home.path("in");
    let mut files = link(&data.join("formats/corpus"), &folder.join("corpus"));
    files += link(&data.join("formats/hostile"), &folder.join("hostile"));
    for part in ["raman/queries", "ir/queries", "nir/queries"] {
        files += link(&data.join(part), &folder.join(part));
    }
    for query in ["ei-ms/queries-cross-lab.msp", "msms/queries.msp"] {
        let name = query.rsplit('/').next().unwrap();
        symlink(data.join(query).canonicalize().unwrap(), folder.join(name)).unwrap();
        files += 1;
    }
    let (whole, out) = (desk.home.path("whole"), desk.home.path("out"));
    let begun = Instant::now();
    let ran = desk.screen(&["--out", text(&whole), "--format", "json"]);
    let took = begun.elapsed();
    assert_eq!(ran.code, 2, "hostile files are told: {}", ran.err);
    let summary = ran.json();
    assert_eq!(summary["waiting"], 0);
    assert!(
        summary["files"].as_u64().unwrap() as usize >= files,
        "{summary} of {files}"
    );
    let all = results(&whole);
    // The program itself failed on nothing, and nothing was left out.
    assert!(all.iter().all(|r| r["error"]["kind"] != "panic"));
    let mut paths: Vec<&str> = all
        .iter()
        .map(|r| r["source"]["path"].as_str().unwrap())
        .collect();
    paths.dedup();
    assert!(
        paths.len() >= files,
        "{} of {files} files have rows",
        paths.len()
    );
    // The embedded library has references of these.
    for technique in ["raman", "infrared", "ei-ms"] {
        assert!(
            all.iter().any(|r| r["technique"] == technique),
            "no {technique}"
        );
    }

    // Interrupted twice on its way, then finished.
    let mut stopped = 0;
    for part in [4, 3] {
        let session = Session::start(&desk, &[]);
        std::thread::sleep(took / part);
        session.interrupt();
        let (code, said) = session.end();
        assert_eq!(code, 2, "{said}");
        stopped += usize::from(said.contains("were not looked at"));
    }
    assert!(stopped > 0, "it was never interrupted");
    assert_eq!(desk.screen(&[]).code, 2);
    assert_same(&out, &whole);

    // Watched: one more file comes in.
    let session = Session::start(&desk, &["--watch", "--settle", "0.3", "--poll", "0.5"]);
    std::thread::sleep(Duration::from_millis(500));
    desk.put("new.msp", known());
    let has_new = || {
        let text = fs::read_to_string(out.join("results.jsonl")).unwrap_or_default();
        text.lines().any(|line| line.contains("/new.msp\""))
    };
    until("the new file", has_new);
    session.interrupt();
    assert_eq!(session.end().0, 2);
    assert_eq!(results(&out).len(), all.len() + 1);
    let page = fs::read_to_string(out.join("summary.html")).unwrap();
    assert!(page.contains("\"complete\":true"));
}
