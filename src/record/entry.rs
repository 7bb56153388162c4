//! What an entry says.

use crate::report::{Amends, Parameters, Recorded};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A spectrum was identified.
    Identification,
    /// A run of GC-MS was taken apart and its peaks identified.
    Run,
    /// A spectrum or file could not be identified.
    Failure,
    /// A session of a screening ended.
    Screening,
    /// A library was changed.
    LibraryChange,
    /// An entry was withdrawn without a new result.
    Amendment,
    /// The program found what an interrupted append had left.
    Recovery,
    /// What a newer program knows.
    #[serde(other)]
    Unknown,
}

impl Kind {
    /// Word for people and programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Identification => "identification",
            Self::Run => "run",
            Self::Failure => "failure",
            Self::Screening => "screening",
            Self::LibraryChange => "library-change",
            Self::Amendment => "amendment",
            Self::Recovery => "recovery",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it holds the result for a file, which can be asked again.
    pub fn is_result(self) -> bool {
        matches!(self, Self::Identification | Self::Run | Self::Failure)
    }
}

/// The computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Operating system.
    pub os: String,
    /// Processor architecture.
    pub architecture: String,
}

/// The program, as an entry tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// `specid`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Default for Program {
    fn default() -> Self {
        Self {
            name: "specid".to_owned(),
            version: crate::program::VERSION.to_owned(),
        }
    }
}

/// Who writes, where, and with which program: the same for all entries of a command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Who ran the program, where that is known.
    pub by: Option<String>,
    /// The computer.
    pub host: Host,
    /// The program.
    pub program: Program,
    /// The working directory, from which names in the entry that are not absolute count.
    pub folder: String,
}

/// A file that a result depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedFile {
    /// What it was used as: `spectrum`, `overlay`, `blank`, `ri-ladder`, `register`, ...
    pub role: String,
    /// Absolute path; `-` for standard input.
    pub path: String,
    /// SHA-256 of its bytes; `None` where it could not be read.
    pub sha256: Option<String>,
    /// Its size; `None` where it could not be read.
    pub bytes: Option<u64>,
}

/// The library that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryUsed {
    /// Its name.
    pub name: String,
    /// Its generation.
    pub generation: u64,
    /// Its content hash.
    pub hash: String,
    /// Its file as an absolute path, or `embedded`.
    pub location: String,
}

/// An entry before it has its place in the chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    /// What was done.
    pub kind: Kind,
    /// Files that it depends on.
    pub inputs: Vec<UsedFile>,
    /// The library; for a change of a library the one that came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<LibraryUsed>,
    /// The settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Parameters>,
    /// The earlier entry whose place it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amends: Option<Amends>,
    /// What came of it.
    pub result: Value,
}

impl Draft {
    /// A draft of this kind.
    pub fn new(kind: Kind, result: Value) -> Self {
        Self {
            kind,
            inputs: Vec::new(),
            library: None,
            parameters: None,
            amends: None,
            result,
        }
    }
}

/// An entry as it stands in a record.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub entry: u64,
    /// Hash of the entry before.
    pub before: String,
    /// First entry of the append that wrote this one.
    pub appended_from: u64,
    /// When it was written, RFC 3339.
    pub time: String,
    /// What was done.
    pub kind: Kind,
    /// Who ran the program, where that is known.
    #[serde(default)]
    pub by: Option<String>,
    /// The computer.
    #[serde(default)]
    pub host: Host,
    /// The program.
    pub program: Program,
    /// The working directory.
    #[serde(default)]
    pub folder: String,
    /// Files that it depends on.
    #[serde(default)]
    pub inputs: Vec<UsedFile>,
    /// The library.
    #[serde(default)]
    pub library: Option<LibraryUsed>,
    /// The settings.
    #[serde(default)]
    pub parameters: Option<Parameters>,
    /// The earlier entry whose place it takes.
    #[serde(default)]
    pub amends: Option<Amends>,
    /// What came of it, as it was written.
    result: Box<RawValue>,
    /// SHA-256 of the entry.
    #[serde(skip)]
    pub hash: String,
    /// The JSON that the hash is of.
    #[serde(skip)]
    pub json: String,
}

impl Entry {
    /// Reads a line that was checked.
    ///
    /// # Errors
    /// Where its JSON is no entry.
    pub(super) fn parse(hash: &str, json: &str) -> serde_json::Result<Self> {
        let mut entry: Self = serde_json::from_str(json)?;
        entry.hash = hash.to_owned();
        entry.json = json.to_owned();
        Ok(entry)
    }

    /// What came of it.
    pub fn result(&self) -> Value {
        // It was read as JSON already.
        serde_json::from_str(self.result.get()).unwrap_or_default()
    }

    /// Where a result says that it stands, for a record of this name.
    pub fn recorded(&self, record: &str) -> Recorded {
        Recorded {
            record: record.to_owned(),
            entry: self.entry,
            hash: self.hash.clone(),
            time: self.time.clone(),
            by: self.by.clone(),
            host: self.host.name.clone(),
        }
    }

    /// The result with its place in this record, as `identify` gave it.
    pub fn result_with_place(&self, record: &str) -> Value {
        let mut result = self.result();
        if let (Value::Object(fields), Ok(place)) =
            (&mut result, serde_json::to_value(self.recorded(record)))
        {
            fields.insert("recorded".to_owned(), place);
        }
        result
    }

    /// The files of this role.
    pub fn used(&self, role: &str) -> Option<&UsedFile> {
        self.inputs.iter().find(|file| file.role == role)
    }
}
