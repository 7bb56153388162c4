//! What an entry is about and what it says, in a few words.

use crate::record::{Entry, Kind};
use serde_json::Value;

fn text<'a>(value: &'a Value, place: &str) -> Option<&'a str> {
    value.pointer(place).and_then(Value::as_str)
}

fn number(value: &Value, place: &str) -> Option<u64> {
    value.pointer(place).and_then(Value::as_u64)
}

/// The file, the run, the library.
pub(super) fn about(entry: &Entry) -> String {
    let result = entry.result();
    match entry.kind {
        Kind::Identification | Kind::Failure | Kind::Run => {
            let path = text(&result, "/source/path").unwrap_or("-");
            match number(&result, "/source/index") {
                Some(index) if index > 0 => format!("{path} [{}]", index + 1),
                _ => path.to_owned(),
            }
        }
        Kind::Screening => text(&result, "/run").unwrap_or("-").to_owned(),
        Kind::LibraryChange => text(&result, "/library").unwrap_or("-").to_owned(),
        Kind::Amendment => format!("entry {}", entry.amends.as_ref().map_or(0, |a| a.entry)),
        Kind::Recovery | Kind::Unknown => "the record".to_owned(),
    }
}

/// The verdict, the change, the reason.
pub(super) fn says(entry: &Entry) -> String {
    let result = entry.result();
    match entry.kind {
        Kind::Identification => verdict(&result),
        Kind::Failure => text(&result, "/error/message")
            .unwrap_or("failed")
            .to_owned(),
        Kind::Run => {
            let peaks = result.get("peaks").and_then(Value::as_array);
            let peaks: Vec<&Value> = peaks.into_iter().flatten().collect();
            let named: Vec<String> = peaks
                .iter()
                .map(|p| names(p))
                .filter(|n| !n.is_empty())
                .collect();
            format!("{} peaks; {}", peaks.len(), none_or(named.join("; ")))
        }
        Kind::Screening => format!(
            "{} files, {} not looked at",
            number(&result, "/files_done").unwrap_or(0),
            number(&result, "/files_waiting").unwrap_or(0)
        ),
        Kind::LibraryChange => {
            let after = number(&result, "/after/generation").unwrap_or(0);
            let action = text(&result, "/action").unwrap_or("change");
            match number(&result, "/before/generation") {
                Some(before) => format!("{action}, generation {before} to {after}"),
                None => format!("{action}, generation {after}"),
            }
        }
        Kind::Amendment => {
            let because = entry.amends.as_ref().map_or("", |a| a.because.as_str());
            format!("withdrawn: {because}")
        }
        Kind::Recovery => text(&result, "/message").unwrap_or_default().to_owned(),
        Kind::Unknown => "of a kind that this version does not know".to_owned(),
    }
}

fn verdict(result: &Value) -> String {
    let level = text(result, "/verdict/level").unwrap_or("-");
    match names(result) {
        names if names.is_empty() => level.to_owned(),
        names => format!("{level}: {names}"),
    }
}

fn names(part: &Value) -> String {
    let set = part
        .pointer("/verdict/substances")
        .and_then(Value::as_array);
    let names = set.into_iter().flatten().filter_map(|s| text(s, "/name"));
    names.collect::<Vec<_>>().join(" or ")
}

fn none_or(names: String) -> String {
    match names.is_empty() {
        true => "none named".to_owned(),
        false => names,
    }
}
