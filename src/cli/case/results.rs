//! Files of results: one JSON object, an array, or a line each; or the folder of a screening.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;

/// A result and where it stands in its file.
pub(super) struct Placed {
    /// `result 3` or `line 3`.
    pub place: String,
    /// The result.
    pub value: Value,
}

/// The results of a file, or of a screening's folder.
pub(super) fn read(path: &Path) -> Result<Vec<Placed>> {
    let inside = path.join("results.jsonl");
    let path = match path.is_dir() {
        true if inside.is_file() => inside.as_path(),
        true => bail!(
            "{} is a folder without results.jsonl, so it is not a screening's RUN; name one, or files of results",
            path.display()
        ),
        false => path,
    };
    let context = || format!("{} cannot be read as results", path.display());
    let text = std::fs::read_to_string(path).with_context(context)?;
    let start = text.trim_start();
    if start.starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(&text).with_context(context)?;
        return Ok(placed(all, "result"));
    }
    // One object over several lines, or one a line.
    if let Ok(one) = serde_json::from_str::<Value>(&text) {
        return Ok(placed(vec![one], "result"));
    }
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(at, line)| {
            let place = format!("line {}", at + 1);
            let told = || format!("{}, {place}, is no result in JSON", path.display());
            let value = serde_json::from_str(line).with_context(told)?;
            Ok(Placed { place, value })
        })
        .collect()
}

fn placed(all: Vec<Value>, word: &str) -> Vec<Placed> {
    let numbered = all.into_iter().enumerate();
    numbered
        .map(|(at, value)| Placed {
            place: format!("{word} {}", at + 1),
            value,
        })
        .collect()
}

/// The label of a result's sample, in a screening.
pub(super) fn label(value: &Value) -> Option<&str> {
    value.get("sample")?.get("label")?.as_str()
}

/// All labels, each once, in their order.
pub(super) fn labels(all: &[Placed]) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for label in all.iter().filter_map(|p| label(&p.value)) {
        if !found.contains(&label) {
            found.push(label);
        }
    }
    found
}
