//! Killed, out of space or without permission: a library is the old or the new one, never a third.
//!
//! `SPECID_CRASHES` sets the number of killings; `scripts/crash-library` makes 200.

#![cfg(unix)]

mod common;

use common::made::msp;
use common::{Home, Ran, text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FEW: usize = 24;

fn command(home: &Home, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specid"));
    command
        .env_clear()
        .env("HOME", home.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .args(arguments);
    command
}

fn state(home: &Home, library: &str) -> (u64, String, u64) {
    let ran = home.run(&[
        "library",
        "info",
        "--library",
        library,
        "--verify",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "the library does not open: {}", ran.err);
    let info: Value = ran.json();
    (
        info["generation"].as_u64().unwrap(),
        info["hash"].as_str().unwrap().to_owned(),
        info["entries"].as_u64().unwrap(),
    )
}

/// Numbers that look random, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

#[test]
fn killed_at_any_moment() {
    let times = std::env::var("SPECID_CRASHES")
        .ok()
        .and_then(|t| t.parse().ok());
    let times = times.unwrap_or(FEW);
    let home = Home::new();
    let library = text(&home.path("lab.h5")).to_owned();
    let first = home.file("first.msp", msp("Alpha", 50, 3));
    let whole = Instant::now();
    assert_eq!(
        home.run(&["library", "import", text(&first), "--library", &library])
            .code,
        0
    );
    let whole = whole.elapsed();
    let new = Path::new(&format!("{library}.generations/new.h5")).to_owned();
    let mut chance = Chance(11);
    let (mut old, mut kept_new, mut while_writing) = (0, 0, 0);
    for round in 0..times {
        let before = state(&home, &library);
        let more = home.file("more.msp", msp(&format!("Round{round}"), 1, round as u64));
        let to = (before.0 - 1).max(1).to_string();
        let note = format!("note={round}");
        let arguments: Vec<&str> = match round % 3 {
            0 => vec!["import", text(&more)],
            1 => vec!["edit", "alpha-1", "--set", &note],
            _ if before.0 == 1 => vec!["edit", "alpha-2", "--set", &note],
            _ => vec!["rollback", "--to", &to],
        };
        let mut all = vec!["library"];
        all.extend(arguments);
        all.extend(["--library", &library, "--max-loss", "1"]);
        let mut child = command(&home, &all).spawn().unwrap();
        let start = Instant::now();
        let limit = whole * 4;
        if chance.below(3) == 0 {
            std::thread::sleep(whole.mul_f64(chance.below(1000) as f64 / 700.0));
        } else {
            // In the middle of the file, or about when it is renamed.
            while !new.exists() && start.elapsed() < limit {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(Duration::from_micros(chance.below(30_000)));
        }
        while_writing += usize::from(new.exists());
        let _ = child.kill();
        child.wait().unwrap();
        let after = state(&home, &library);
        match after.0 == before.0 {
            true => {
                assert_eq!(
                    after, before,
                    "round {round}: the old generation is another now"
                );
                old += 1;
            }
            false => {
                assert_eq!(after.0, before.0 + 1, "round {round}");
                kept_new += 1;
            }
        }
        // Nothing is lost: the generation before is still there, and no leftover grows.
        if after.0 > 1 {
            let earlier = format!("{library}@{}", after.0 - 1);
            let ran = home.run(&["library", "info", "--library", &earlier, "--verify"]);
            assert_eq!(ran.code, 0, "round {round}: {}", ran.err);
        }
        let names = fs::read_dir(format!("{library}.generations"))
            .unwrap()
            .count();
        let most = after.0 as usize + 4;
        assert!(
            names <= most,
            "round {round}: {names} files for generation {}",
            after.0
        );
    }
    // Whoever comes next finds nothing in his way.
    let ran = home.run(&[
        "library",
        "edit",
        "alpha-1",
        "--set",
        "note=last",
        "--library",
        &library,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!new.exists());
    eprintln!(
        "killed {times} times: {old} times the old generation, {kept_new} times the new one; {while_writing} times while the file was there"
    );
    assert!(
        old > 0 && kept_new > 0 && while_writing > 0,
        "{old}, {kept_new}, {while_writing}"
    );
}

/// Runs the program in a shell that prepares its surroundings.
fn in_shell(home: &Home, before: &str, arguments: &[&str]) -> Ran {
    let mut command = assert_cmd::Command::new("sh");
    command
        .env("HOME", home.folder.path())
        .arg("-c")
        .arg(format!("{before} \"$0\" \"$@\""))
        .arg(env!("CARGO_BIN_EXE_specid"))
        .args(arguments);
    home.run_command(&mut command)
}

#[test]
fn a_full_disk_leaves_the_library_as_it_was() {
    let home = Home::new();
    let library = text(&home.path("lab.h5")).to_owned();
    let first = home.file("first.msp", msp("Alpha", 50, 3));
    home.run(&["library", "import", text(&first), "--library", &library]);
    let before = state(&home, &library);
    let size = fs::metadata(&library).unwrap().len();
    let edit = [
        "library",
        "edit",
        "alpha-1",
        "--set",
        "note=1",
        "--library",
        &library,
    ];
    // No file may grow beyond this many blocks of 512 bytes: what a full disk does, at eight places.
    for part in 0..8 {
        let blocks = 1 + size * part / 8 / 512;
        let ran = in_shell(&home, &format!("trap '' XFSZ; ulimit -f {blocks};"), &edit);
        assert_eq!(ran.code, 2, "{blocks} blocks: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("specid: "), "{}", ran.err);
        assert_eq!(state(&home, &library), before, "{blocks} blocks");
        let new = format!("{library}.generations/new.h5");
        assert!(!Path::new(&new).exists(), "{blocks} blocks");
    }
    assert_eq!(home.run(&edit).code, 0);
    assert_eq!(state(&home, &library).0, 2);
}

/// What is put before the program so that permissions count for it, where `folder` may not be written to; `None`
/// where that cannot be done here.
fn as_somebody(home: &Home, folder: &Path) -> Option<&'static str> {
    use std::os::unix::fs::PermissionsExt;
    let probe = folder.join("probe");
    if fs::write(&probe, "x").is_err() {
        return Some("");
    }
    fs::remove_file(probe).unwrap();
    // The superuser may write everywhere, so somebody else must try.
    let somebody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    fs::set_permissions(home.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    if in_shell(home, somebody, &["--version"]).code == 0 {
        return Some(somebody);
    }
    eprintln!("skipped: this user may write everywhere, and nobody else can run the program");
    None
}

/// A library in a folder of its own, and how to set the permissions of a path in it.
fn alone(home: &Home) -> (String, impl Fn(&str, u32)) {
    use std::os::unix::fs::PermissionsExt;
    let library = text(&home.path("lab/lab.h5")).to_owned();
    let first = home.file("first.msp", msp("Alpha", 50, 3));
    let ran = home.run(&["library", "import", text(&first), "--library", &library]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let home = home.folder.path().to_owned();
    let allow = move |name: &str, mode| {
        fs::set_permissions(home.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    (library, allow)
}

fn edit(library: &str) -> [&str; 7] {
    let set = ["library", "edit", "alpha-1", "--set", "note=1"];
    let [a, b, c, d, e] = set;
    [a, b, c, d, e, "--library", library]
}

#[test]
fn without_permission_nothing_is_lost() {
    let home = Home::new();
    let (library, allow) = alone(&home);
    let before = state(&home, &library);
    let folders = ["lab", "lab/lab.h5.generations"];
    for folder in folders {
        allow(folder, 0o555);
    }
    let as_whom = as_somebody(&home, &home.path(folders[1]));
    let ran = as_whom.map(|whom| in_shell(&home, whom, &edit(&library)));
    for folder in folders {
        allow(folder, 0o755);
    }
    let Some(ran) = ran else { return };
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ermission denied"), "{}", ran.err);
    assert_eq!(state(&home, &library), before);
    assert_eq!(home.run(&edit(&library)).code, 0);
}

#[test]
fn a_generation_that_cannot_become_the_library_is_in_nobodys_way() {
    let home = Home::new();
    let (library, allow) = alone(&home);
    let before = state(&home, &library);
    let (folder, generations) = ("lab", "lab/lab.h5.generations");
    let lock = format!("{generations}/lock");
    allow(folder, 0o555);
    let as_whom = as_somebody(&home, &home.path(folder));
    allow(generations, 0o777);
    allow(&lock, 0o666);
    let ran = as_whom.map(|whom| in_shell(&home, whom, &edit(&library)));
    allow(folder, 0o755);
    let Some(ran) = ran else { return };
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ermission denied"), "{}", ran.err);
    assert_eq!(state(&home, &library), before);
    let left: Vec<String> = fs::read_dir(home.path(generations))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "lock" && name != "000001.h5")
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let ran = home.run(&edit(&library));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(state(&home, &library).0, 2);
}
