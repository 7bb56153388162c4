//! Watching a folder, stopping, and two sessions at once.

#![cfg(unix)]

use super::{Desk, assert_same, known, results, unknown};
use crate::common::made::{ODD, P2P, run_file};
use crate::common::text;
use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A session in the background.
pub struct Session(Child);

impl Session {
    /// Begins to screen a desk's folder into its run.
    pub fn start(desk: &Desk, more: &[&str]) -> Self {
        let (folder, out) = (desk.home.path("in"), desk.home.path("out"));
        let child = Command::new(env!("CARGO_BIN_EXE_specid"))
            .env_clear()
            .env("HOME", desk.home.folder.path())
            .args([
                "screen",
                text(&folder),
                "--out",
                text(&out),
                "--library",
                "starter",
            ])
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self(child)
    }

    pub fn interrupt(&self) {
        let id = self.0.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Exit code, and what it said.
    pub fn end(mut self) -> (i32, String) {
        let mut said = Vec::new();
        self.0
            .stderr
            .take()
            .unwrap()
            .read_to_end(&mut said)
            .unwrap();
        let status = self.0.wait().unwrap();
        let said = String::from_utf8_lossy(&said).into_owned();
        (status.code().unwrap_or(-1), said)
    }
}

impl Drop for Session {
    /// A test that fails leaves no session behind.
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until `done`, at most two minutes.
pub fn until(what: &str, done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "waited for {what}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn lines(run: &Path) -> usize {
    fs::read_to_string(run.join("results.jsonl")).map_or(0, |text| text.lines().count())
}

#[test]
fn files_are_taken_when_they_are_complete() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    let (folder, out) = (desk.home.path("in"), desk.home.path("out"));
    let session = Session::start(&desk, &["--watch", "--settle", "1.5", "--poll", "0.5"]);
    until("the first file", || lines(&out) == 1);

    // An instrument writes in pieces.
    let whole = unknown("bleed", 1);
    let (first, rest) = whole.split_at(whole.len() / 2);
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("b.msp"))
        .unwrap();
    file.write_all(first.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    file.write_all(rest.as_bytes()).unwrap();
    drop(file);
    until("the second file", || lines(&out) == 2);
    assert_eq!(results(&out)[1]["verdict"]["level"], "not-in-library");

    // A folder made later is watched, too.
    desk.put("later/c.msp", known());
    until("the third file", || lines(&out) == 3);

    // Meanwhile nobody else works on the run.
    let other = desk.screen(&[]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("in use"), "{}", other.err);

    session.interrupt();
    let (code, said) = session.end();
    assert_eq!(code, 0, "{said}");
    assert_eq!(lines(&out), 3);
}

#[test]
fn a_manifest_in_the_inbox_is_not_waited_for() {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    desk.put("cases.csv", "file,case,sample\na.msp,C-1,S-1\n");
    let out = desk.home.path("out");
    let session = Session::start(&desk, &["--watch", "--settle", "0.3", "--poll", "0.1"]);
    until("the file", || lines(&out) == 1);
    // It is listed again and again meanwhile.
    std::thread::sleep(Duration::from_millis(1500));
    session.interrupt();
    let (code, said) = session.end();
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("looks like a case manifest"), "{said}");
    assert!(!said.contains("not looked at"), "{said}");
}

#[test]
fn a_session_that_is_killed_loses_no_file_that_was_done() {
    let desk = Desk::empty();
    for n in 0..60 {
        // A GC-MS run has several rows, which count when they are all there.
        if n % 10 == 5 {
            let apex = f64::from(40 + n / 2);
            desk.put(
                &format!("{n:02}.jdx"),
                run_file(&[(40.0, P2P), (apex, ODD)]),
            );
            continue;
        }
        desk.put(
            &format!("{n:02}.msp"),
            if n % 2 == 0 {
                known()
            } else {
                unknown("x", n).into()
            },
        );
    }
    let whole = desk.home.path("whole");
    assert_eq!(desk.screen(&["--out", text(&whole)]).code, 0);
    // Killed outright at several moments; what was committed is there, and the rest is done again.
    for wait in [30, 90, 200, 350] {
        let mut session = Session::start(&desk, &["--threads", "1"]);
        std::thread::sleep(Duration::from_millis(wait));
        let _ = session.0.kill();
        session.end();
    }
    let ran = desk.screen(&["--threads", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_same(&desk.home.path("out"), &whole);
}
