//! The register of unknowns, and notices of them from laboratory to laboratory.

#[path = "../common/mod.rs"]
mod common;

mod groups;
mod notices;
mod register;

use common::lab::Lab;
use common::made::msp;
use common::{Ran, text};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Spectrum `number` of the substances that no library holds, as another measurement gives it: every
/// abundance a little changed, differently for each `run`.
fn measured(number: usize, run: usize) -> String {
    let all = msp("Omega", 3, 99);
    let record = all.split("\n\n").nth(number).unwrap();
    let mut text = String::new();
    for (place, line) in record.lines().enumerate() {
        let peak = line
            .split_once(' ')
            .and_then(|(mz, y)| Some((mz.parse::<u32>().ok()?, y.parse::<f64>().ok()?)));
        match peak {
            Some((mz, y)) => {
                let step = ((run * 7 + place * 3) % 5) as f64 - 2.0;
                text.push_str(&format!("{mz} {:.2}\n", y * (1.0 + 0.005 * step)));
            }
            None if line.starts_with("Name") => text.push_str(&format!("Name: seized-{run}\n")),
            None if line.starts_with("DB#") => text.push_str(&format!("DB#: exhibit-{run}\n")),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text + "\n"
}

struct Desk {
    lab: Lab,
}

impl Desk {
    fn new() -> Self {
        Self { lab: Lab::new() }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.lab.home.file(name, content)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.lab.home.run(arguments)
    }

    fn unknowns(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["unknowns"], arguments].concat())
    }

    fn add(&self, file: &Path, more: &[&str]) -> Ran {
        let library = ["--library", self.lab.library.as_str()];
        self.unknowns(&[&["add", text(file)], library.as_slice(), more].concat())
    }

    fn added(&self, file: &Path, more: &[&str]) -> Vec<Value> {
        let ran = self.add(file, &[more, &["--format", "json"]].concat());
        assert!(ran.code < 2, "{}", ran.err);
        ran.json()["spectra"].as_array().unwrap().clone()
    }

    /// Makes a key; gives the public key file.
    fn key(&self, publisher: &str) -> PathBuf {
        let made = self.run(&["library", "key", "new", "--publisher", publisher]);
        assert_eq!(made.code, 0, "{}", made.err);
        let line = made.out.lines().find(|l| l.contains("public key")).unwrap();
        let path = line.split_whitespace().find(|w| w.ends_with(".pub"));
        PathBuf::from(path.unwrap())
    }

    fn trust(&self, public: &Path) {
        let content = fs::read_to_string(public).unwrap();
        let line = content.lines().find(|l| l.starts_with("fingerprint:"));
        let told = line.unwrap().trim_start_matches("fingerprint:").trim();
        let arguments = ["library", "key", "trust", text(public), "--by", "T. Ester"];
        let ran = self.run(&[arguments.as_slice(), &["--fingerprint", told]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
    }

    fn export(&self, id: &str) -> PathBuf {
        let out = self.lab.home.path("notice.specid");
        let ran = self.unknowns(&["export", id, "--out", text(&out)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        out
    }

    fn receive(&self, notice: &Path) -> Ran {
        self.unknowns(&["receive", text(notice)])
    }

    fn identify(&self, file: &Path, format: &str) -> Ran {
        let library = ["--library", self.lab.library.as_str()];
        let ask = ["identify", text(file), "--format", format];
        self.run(&[ask.as_slice(), &library].concat())
    }
}
