//! Files of results, or the folder of a screening.

use crate::cli::values::values;
use anyhow::{Result, bail};
use serde_json::Value;
use std::path::Path;

/// The results of a file, or of a screening's folder.
pub(super) fn read(path: &Path) -> Result<Vec<Value>> {
    let inside = path.join("results.jsonl");
    match path.is_dir() {
        true if inside.is_file() => values(&inside),
        true => bail!(
            "{} is a folder without results.jsonl, so it is not a screening's RUN; name one, or files of results",
            path.display()
        ),
        false => values(path),
    }
}

/// The label of a result's sample, in a screening.
pub(super) fn label(value: &Value) -> Option<&str> {
    value.get("sample")?.get("label")?.as_str()
}

/// All labels, each once, in their order.
pub(super) fn labels(all: &[Value]) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for label in all.iter().filter_map(label) {
        if !found.contains(&label) {
            found.push(label);
        }
    }
    found
}
