//! JSON objects of a file: an array, one a line, or one by itself.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The objects of a file; "-" reads standard input.
pub(super) fn values(path: &Path) -> Result<Vec<Value>> {
    let context = || unreadable(path);
    let mut reader: Box<dyn BufRead> = match path == Path::new("-") {
        true => Box::new(BufReader::new(std::io::stdin())),
        false => Box::new(BufReader::new(File::open(path).with_context(context)?)),
    };
    let is_array = reader
        .fill_buf()
        .with_context(context)?
        .trim_ascii_start()
        .starts_with(b"[");
    let read: serde_json::Result<Vec<Value>> = match is_array {
        true => serde_json::from_reader(reader),
        false => serde_json::Deserializer::from_reader(reader)
            .into_iter()
            .collect(),
    };
    read.with_context(|| no_results(&path.display().to_string()))
}

/// The file of results that a name stands for: itself, or in the folder of a screening its `results.jsonl`.
pub(super) fn file_of_results(path: &Path) -> Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let inside = path.join("results.jsonl");
    if !inside.is_file() {
        bail!(
            "{} is a folder without results.jsonl, so it is not a screening's RUN; name one, or files of results",
            path.display()
        );
    }
    Ok(inside)
}

pub(super) fn unreadable(path: &Path) -> String {
    format!("{} cannot be read as results", path.display())
}

/// What is said where something holds no JSON.
pub(super) fn no_results(place: &str) -> String {
    format!(
        "{place} holds no results; expected what `specid identify FILE --format json` or `--format jsonl` writes"
    )
}
