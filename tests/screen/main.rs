//! `specid screen` through the binary: what a desk relies on when it leaves a batch alone.

#![allow(missing_docs)]

#[path = "../common/mod.rs"]
mod common;

mod going_on;
mod injections;
mod inputs;
mod measured;
mod mixed;
mod mixtures;
mod outputs;
mod samples;
mod watching;

use common::{Home, Ran, text};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of exports, and runs over it with the embedded library.
pub struct Desk {
    pub home: Home,
}

impl Desk {
    pub fn empty() -> Self {
        let home = Home::new();
        fs::create_dir(home.path("in")).unwrap();
        Self { home }
    }

    /// A file of the folder.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Screens the folder into `out`.
    pub fn screen(&self, more: &[&str]) -> Ran {
        let folder = self.home.path("in");
        self.screen_names(&[text(&folder)], more)
    }

    /// Screens these names into `out`, unless another is named.
    pub fn screen_names(&self, names: &[&str], more: &[&str]) -> Ran {
        let out = self.home.path("out");
        let mut all = vec!["screen"];
        all.extend(names);
        if !more.contains(&"--out") {
            all.extend(["--out", text(&out)]);
        }
        if !more.iter().any(|flag| flag.starts_with("--library")) {
            all.extend(["--library", "starter"]);
        }
        all.extend(more);
        self.home.run(&all)
    }

    /// The results of the run, one a spectrum.
    pub fn results(&self) -> Vec<Value> {
        results(&self.home.path("out"))
    }

    /// File names and verdicts (or kinds of errors) of the results.
    pub fn said(&self) -> Vec<(String, String)> {
        self.results().iter().map(said).collect()
    }
}

/// Two runs left the same, byte by byte.
pub fn assert_same(a: &Path, b: &Path) {
    for name in [
        "results.jsonl",
        "results.csv",
        "results.xlsx",
        "results.parquet",
    ] {
        let [a, b] = [a, b].map(|run| fs::read(run.join(name)).unwrap());
        assert!(a == b, "{name} differs");
    }
}

pub fn results(run: &Path) -> Vec<Value> {
    let lines = fs::read_to_string(run.join("results.jsonl")).unwrap();
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

pub fn said(result: &Value) -> (String, String) {
    let path = result["source"]["path"].as_str().unwrap();
    let name = path.rsplit('/').next().unwrap().to_owned();
    let level = result["verdict"]["level"].as_str();
    let said = level.or(result["error"]["kind"].as_str()).unwrap();
    (name, said.to_owned())
}

/// 1-Phenyl-2-propanone, which the embedded library identifies.
pub fn known() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read(root.join("tests/data/examples/unknown-liquid.msp")).unwrap()
}

/// The siloxanes of a column's bleed, which are in no library of drugs. `scale` changes nothing but the
/// abundances' unit.
pub fn unknown(title: &str, scale: u32) -> String {
    let ions = [
        (73, 60),
        (96, 12),
        (133, 14),
        (147, 25),
        (191, 22),
        (207, 999),
        (208, 210),
        (209, 140),
        (253, 20),
        (281, 480),
        (282, 130),
        (283, 80),
        (327, 14),
        (355, 90),
    ];
    msp(title, &ions.map(|(mz, y)| (mz, y * scale)))
}

pub fn msp(title: &str, ions: &[(u32, u32)]) -> String {
    let peaks: String = ions.iter().map(|(mz, y)| format!("{mz} {y}\n")).collect();
    format!(
        "Name: {title}\nInstrument_type: GC-EI-Q\nNum Peaks: {}\n{peaks}\n",
        ions.len()
    )
}

/// A spectrum of the embedded library's own, as MSP.
pub fn of_starter(home: &Home, name: &str) -> String {
    let ran = home.run(&[
        "library",
        "list",
        name,
        "--library",
        "starter",
        "--technique",
        "ei-ms",
        "--format",
        "jsonl",
    ]);
    let id = ran.lines()[0]["entry_id"].as_str().unwrap().to_owned();
    let id = id.as_str();
    let ran = home.run(&["library", "export", id, "--library", "starter"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}
