//! What a record holds of the results that it is asked for.

use super::said::{FileSaid, Said, bare, without};
use super::validity::{Superseded, Validity};
use super::{Amendments, Entries, Entry, Kind, RecordError, compare};
use crate::report::Recorded;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is asked of a record.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// Entries by their numbers.
    pub entries: BTreeSet<u64>,
    /// What it holds for raw files, by their SHA-256.
    pub files: BTreeSet<&'a str>,
}

/// What the entry of a screening tells of a file.
struct Screened {
    entry: u64,
    run: String,
    sha256: String,
    spectra: Vec<Said>,
}

/// What is needed of a record.
pub(super) struct Held {
    path: PathBuf,
    entries: BTreeMap<u64, Entry>,
    /// Results for the files that are asked for, oldest first.
    of_files: Vec<(u64, Value)>,
    /// The same of screenings.
    screened: Vec<Screened>,
    amendments: Amendments,
    /// Entries that amend one, without their results.
    amending: BTreeMap<u64, (Kind, String)>,
    /// Whether it has no head, so that entries may be missing at its end.
    pub is_headless: bool,
}

impl Held {
    pub fn read(path: &Path, wanted: &Wanted<'_>) -> Result<Self, RecordError> {
        let mut held = Self {
            path: path.to_owned(),
            entries: BTreeMap::new(),
            of_files: Vec::new(),
            screened: Vec::new(),
            amendments: Amendments::default(),
            amending: BTreeMap::new(),
            is_headless: false,
        };
        for entry in Entries::open(path)? {
            let entry = entry?;
            held.amendments.note(&entry);
            if let Some(amends) = &entry.amends {
                let because = amends.because.clone();
                held.amending.insert(entry.entry, (entry.kind, because));
            }
            if !wanted.files.is_empty() {
                held.note_files(&entry, &wanted.files);
            }
            if wanted.entries.contains(&entry.entry) {
                held.entries.insert(entry.entry, entry);
            }
        }
        Ok(held)
    }

    fn note_files(&mut self, entry: &Entry, files: &BTreeSet<&str>) {
        let result = match entry.kind {
            Kind::Screening => entry.result(),
            kind if kind.is_result() => {
                let result = entry.result();
                if raw_hash(&result).is_some_and(|hash| files.contains(hash)) {
                    self.of_files.push((entry.entry, result));
                }
                return;
            }
            _ => return,
        };
        let run = result.get("run").and_then(Value::as_str);
        let all = result.get("files").map(Vec::<FileSaid>::deserialize);
        for file in all.and_then(Result::ok).unwrap_or_default() {
            if let Some(sha256) = file.sha256.filter(|hash| files.contains(hash.as_str())) {
                self.screened.push(Screened {
                    entry: entry.entry,
                    run: run.unwrap_or_default().to_owned(),
                    sha256,
                    spectra: file.spectra,
                });
            }
        }
    }

    /// The entry of this number, which must have this hash.
    pub fn entry(&self, number: u64, hash: &str) -> Result<&Entry, String> {
        let record = self.path.display();
        let Some(entry) = self.entries.get(&number) else {
            return Err(format!(
                "it states entry {number} of {record}, which has no such entry; name the record that it is of with --record"
            ));
        };
        if entry.hash != hash {
            return Err(format!(
                "it states that its entry {number} has the hash {hash}, and entry {number} of {record} has the hash {}: either it was changed, or it is of another record, which --record names",
                entry.hash
            ));
        }
        Ok(entry)
    }

    pub fn validity(&self, stated: &Recorded, value: &Value) -> Result<Validity, String> {
        let (number, record) = (stated.entry, self.path.display());
        let entry = self.entry(number, &stated.hash)?;
        let stripped = without(value, &["recorded"]);
        let held = entry.result();
        if held != stripped || entry.recorded(&stated.record) != *stated {
            return Err(format!(
                "it is not what entry {number} of {record} holds, which it names: {}; {}",
                changed(&held, &stripped),
                self.advice(number)
            ));
        }
        Ok(self.standing(number, Validity::Stands))
    }

    /// What is said of a result that states no entry.
    pub fn unstated(&self, value: &Value, run: Option<&str>) -> Result<Validity, String> {
        let (record, bare) = (self.path.display(), bare(value));
        let held = |number: u64| Validity::Held {
            entry: number,
            record: record.to_string(),
        };
        let now = Said::of(value);
        let is_run = |value: &Value| value.get("peaks").is_some();
        let is_own = |(_, held): &&(u64, Value)| {
            raw_hash(held) == raw_hash(value)
                && Said::of(held).is_of(&now)
                && is_run(held) == is_run(value)
        };
        let own: Vec<&(u64, Value)> = match run {
            Some(_) => Vec::new(),
            None => self.of_files.iter().filter(is_own).collect(),
        };
        if let Some((number, _)) = own.iter().rev().find(|(_, held)| *held == bare) {
            return Ok(self.standing(*number, held(*number)));
        }
        let told: Vec<(u64, &Said)> = self.told(value, &now, run);
        let differs = |then: &Said| then.differs(&now).or_else(|| then.is_elsewhere(&now));
        let same = told.iter().rev().find(|(_, then)| differs(then).is_none());
        if let Some((number, _)) = same {
            return Ok(self.standing(*number, held(*number)));
        }
        if let Some((number, held)) = own.last() {
            return Err(format!(
                "it states no entry of a record, and entry {number} of {record} holds something else for its file: {}; {}",
                changed(held, &bare),
                self.advice(*number)
            ));
        }
        match told.last() {
            Some((number, then)) => Err(format!(
                "it is not what entry {number} of {record} tells of this file, which was screened: {}; where the manifest was changed, run the screening again with its record, else screen the files again (--anew)",
                differs(then).unwrap_or_default()
            )),
            None => Ok(Validity::NotHeld(record.to_string())),
        }
    }

    /// What screenings tell of a spectrum, oldest first: of its own run the newest entry alone.
    fn told(&self, value: &Value, now: &Said, run: Option<&str>) -> Vec<(u64, &Said)> {
        let hash = raw_hash(value);
        let of_file = self
            .screened
            .iter()
            .filter(|s| hash == Some(s.sha256.as_str()));
        let newest = run.and_then(|run| {
            let own = of_file.clone().filter(|s| s.run == run);
            own.map(|s| s.entry).max()
        });
        let chosen = of_file.filter(|s| newest.is_none_or(|entry| s.entry == entry));
        let spectra = chosen.flat_map(|s| s.spectra.iter().map(|said| (s.entry, said)));
        spectra.filter(|(_, said)| said.is_of(now)).collect()
    }

    fn advice(&self, number: u64) -> String {
        format!(
            "take the result from the record: specid record show {} {number} --format json",
            self.path.display()
        )
    }

    /// Whether the result of an entry still stands; `held` where nothing speaks against it.
    pub fn standing(&self, number: u64, held: Validity) -> Validity {
        match (self.amendments.of(number), self.is_headless) {
            (None, false) => held,
            (None, true) => Validity::Headless(self.path.display().to_string()),
            (Some(by), _) => {
                let (kind, because) = self.amending.get(&by).cloned().unzip();
                Validity::Superseded(Superseded {
                    entry: number,
                    by,
                    withdrawn: kind == Some(Kind::Amendment),
                    because: because.unwrap_or_default(),
                })
            }
        }
    }
}

/// What differs between the result in the record and the one at hand.
fn changed(held: &Value, now: &Value) -> String {
    let found = compare(held, now);
    let all = found.differences.len() + found.alerts.len();
    let Some(first) = found.differences.iter().chain(&found.alerts).next() else {
        return "it tells of other files, another program, person or time".to_owned();
    };
    let told = |value: &Option<Value>| match value {
        Some(Value::Object(_) | Value::Array(_)) => "something else".to_owned(),
        Some(value) => value.to_string(),
        None => "nothing".to_owned(),
    };
    let more = match all {
        1 => String::new(),
        all => format!(", and {} more places differ", all - 1),
    };
    format!(
        "{} is {} here and {} in the record{more}",
        first.at,
        told(&first.now),
        told(&first.before)
    )
}

/// SHA-256 of the raw file of a result.
pub(super) fn raw_hash(value: &Value) -> Option<&str> {
    value.pointer("/source/sha256")?.as_str()
}
