//! JSON objects of a file: an array, one a line, or one by itself.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The objects of a file; "-" reads standard input.
pub(super) fn values(path: &Path) -> Result<Vec<Value>> {
    let context = || format!("{} cannot be read as results", path.display());
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
    read.with_context(context)
}
