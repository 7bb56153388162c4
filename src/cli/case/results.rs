//! Files of results, or the folder of a screening.

use crate::cli::values::{file_of_results, values};
use anyhow::Result;
use serde_json::Value;
use std::path::Path;

/// The results of a file, or of a screening's folder.
pub(super) fn read(path: &Path) -> Result<Vec<Value>> {
    values(&file_of_results(path)?)
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
