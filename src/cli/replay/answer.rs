//! What came of running an entry again.

use crate::cli::Ending;
use crate::record::{Comparison, Entry};
use serde::Serialize;

/// An entry that was run again.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub entry: u64,
    pub hash: String,
    /// The entry that amends or withdraws it, so that it no longer stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amended_by: Option<u64>,
    pub kind: &'static str,
    /// The file and the spectrum in it, from 1.
    pub of: String,
    /// Program and computer then and now.
    pub version_before: String,
    pub version_now: &'static str,
    pub host_before: Option<String>,
    pub architecture_before: String,
    pub architecture_now: &'static str,
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How it ended.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// It was compared.
    Compared(Box<Comparison>),
    /// It could not be run again, for this reason.
    NotRun(String),
}

impl Outcome {
    pub fn failed(why: String) -> Self {
        Self::NotRun(why)
    }
}

impl Answer {
    pub fn of(entry: &Entry, outcome: Outcome) -> Self {
        let result = entry.result();
        let text = |place: &str| {
            result
                .pointer(place)
                .and_then(|v| v.as_str().map(str::to_owned))
        };
        let index = result
            .pointer("/source/index")
            .and_then(serde_json::Value::as_u64);
        let of = match (text("/source/path"), index) {
            (Some(path), Some(index)) => format!("{path} [{}]", index + 1),
            _ => entry.kind.id().to_owned(),
        };
        Self {
            entry: entry.entry,
            hash: entry.hash.clone(),
            amended_by: None,
            kind: entry.kind.id(),
            of,
            version_before: entry.program.version.clone(),
            version_now: crate::program::VERSION,
            host_before: entry.host.name.clone(),
            architecture_before: entry.host.architecture.clone(),
            architecture_now: std::env::consts::ARCH,
            outcome,
        }
    }

    /// Whether it was run by the version that made it.
    pub fn same_version(&self) -> bool {
        self.version_before == self.version_now
    }

    pub fn ending(&self) -> Ending {
        match &self.outcome {
            Outcome::Compared(found) if found.is_same() => Ending::Found,
            Outcome::Compared(_) => Ending::Nothing,
            Outcome::NotRun(_) => Ending::Failed,
        }
    }
}
