//! What the tests of the binary share.

#![allow(dead_code, missing_docs)]

pub mod lab;
pub mod made;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An empty home directory and a way to run the program in it.
pub struct Home {
    pub folder: TempDir,
}

/// How a run ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specid"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_command(self.command().args(arguments))
    }

    /// A run whose output nobody reads: its reader goes before the first line.
    pub fn run_unread(&self, arguments: &[&str]) -> std::process::Output {
        use std::process::{Command, Stdio};
        let mut child = Command::new(env!("CARGO_BIN_EXE_specid"))
            .args(arguments)
            .env("HOME", self.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        child.wait_with_output().unwrap()
    }

    pub fn run_command(&self, command: &mut Command) -> Ran {
        let output = command.output().unwrap();
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        ran
    }
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }

    pub fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    }
}

/// The data folder beside the repository; `None`, said on standard error, where it is absent.
pub fn shared_data() -> Option<PathBuf> {
    let shared = std::env::var_os("SPECID_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let data = shared.join("data");
    if data.is_dir() {
        return Some(data);
    }
    eprintln!("skipped: {} is absent", data.display());
    None
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A Raman curve of Lorentzian bands as CSV text, even axis, no noise.
pub fn raman_csv(bands: &[(f64, f64)], first: f64, last: f64, step: f64, shift: f64) -> String {
    let mut csv = String::from("Raman shift (cm-1),Intensity\n");
    let points = ((last - first) / step).round() as usize;
    for i in 0..=points {
        let x = first + step * i as f64;
        let y: f64 = bands
            .iter()
            .map(|(centre, height)| height / (1.0 + ((x - shift - centre) / 6.0).powi(2)))
            .sum();
        csv.push_str(&format!("{x},{}\n", 100.0 * y + 5.0 + 0.01 * x));
    }
    csv
}
