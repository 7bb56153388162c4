//! Whether results that state an entry of a record are what the record holds, and whether they still stand.

use super::{Amendments, Entries, Entry, Kind, RecordError, compare};
use crate::report::{EntryNamed, Recorded};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a record says of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// The result states no entry of a record.
    Unrecorded,
    /// The record could not be asked, for this reason.
    NotAsked(String),
    /// It holds this result, which still stands.
    Stands,
    /// It holds this result, which no longer stands.
    Superseded(Superseded),
}

/// The entry by which a result no longer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Superseded {
    /// Number of the entry that holds the result.
    pub entry: u64,
    /// Number of the entry that amends or withdraws it.
    pub by: u64,
    /// Whether it was withdrawn without another result.
    pub withdrawn: bool,
    /// Why, in the amender's words.
    pub because: String,
}

impl Superseded {
    /// In words.
    pub fn words(&self) -> String {
        let done = if self.withdrawn {
            "withdrawn"
        } else {
            "amended"
        };
        format!(
            "entry {} of the record was {done} by entry {} because: {}",
            self.entry,
            self.by,
            self.because.trim().trim_end_matches('.')
        )
    }
}

/// Where records are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// Where the user says that the record is.
    pub named: Option<&'a Path>,
    /// The file of the results; the record may lie beside it.
    pub results: &'a Path,
}

/// What the records say of each of these results.
///
/// # Errors
/// Where a record that is at hand holds something else than a result says.
pub fn validities(values: &[Value], places: Places<'_>) -> Result<Vec<Validity>, String> {
    let stated: Vec<Option<Recorded>> = values.iter().map(recorded).collect();
    let named = stated.iter().flatten();
    let records = places.records(named.map(|one| (one.record.as_str(), one.entry)));
    let all = values.iter().zip(&stated).enumerate();
    let all = all.map(|(place, (value, stated))| {
        let Some(stated) = stated else {
            return Ok(Validity::Unrecorded);
        };
        let told = records.ask(&stated.record, |held| held.validity(stated, value));
        let file = places.results.display();
        told.map_err(|why| format!("{file}, result {}: {why}", place + 1))
    });
    all.collect()
}

/// What the records say of results that a case names by their entries: whether they are there, and still stand. What
/// they say is not compared.
///
/// # Errors
/// Where a record that is at hand has another entry than is named.
pub fn standings(
    named: &[Option<EntryNamed>],
    places: Places<'_>,
) -> Result<Vec<Validity>, String> {
    let entries = named.iter().flatten();
    let records = places.records(entries.map(|one| (one.record.as_str(), one.entry)));
    let all = named.iter().enumerate().map(|(place, named)| {
        let Some(named) = named else {
            return Ok(Validity::Unrecorded);
        };
        let told = records.ask(&named.record, |held| {
            held.entry(named.entry, &named.hash)?;
            Ok(held.standing(named.entry))
        });
        told.map_err(|why| format!("its result {}: {why}", place + 1))
    });
    all.collect()
}

fn recorded(value: &Value) -> Option<Recorded> {
    Recorded::deserialize(value.get("recorded")?).ok()
}

fn not_found(record: &str) -> String {
    format!("{record} is not at hand")
}

/// What is needed of the records that results name, or why one could not be asked.
struct Records<'a>(BTreeMap<&'a str, Result<Held, String>>);

impl Records<'_> {
    fn ask(
        &self,
        record: &str,
        of: impl FnOnce(&Held) -> Result<Validity, String>,
    ) -> Result<Validity, String> {
        match self.0.get(record) {
            Some(Ok(held)) => of(held),
            Some(Err(why)) => Ok(Validity::NotAsked(why.clone())),
            None => Ok(Validity::NotAsked(not_found(record))),
        }
    }
}

impl Places<'_> {
    /// What is needed of the records of these entries.
    fn records<'a>(&self, entries: impl Iterator<Item = (&'a str, u64)>) -> Records<'a> {
        let mut wanted: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
        for (record, entry) in entries {
            wanted.entry(record).or_default().insert(entry);
        }
        let held = wanted.into_iter();
        let held = held.map(|(record, entries)| (record, self.held(record, &entries)));
        Records(held.collect())
    }

    /// The entries that are asked for, of the record at the first place that has one.
    fn held(&self, record: &str, entries: &BTreeSet<u64>) -> Result<Held, String> {
        let own = Path::new(record);
        let beside = own.file_name().and_then(|name| {
            let folder = self.results.parent()?;
            Some(folder.join(name))
        });
        let places: Vec<PathBuf> = match self.named {
            Some(named) => vec![named.to_owned()],
            None => std::iter::once(own.to_owned()).chain(beside).collect(),
        };
        let path = places.into_iter().find(|path| path.is_file());
        let path = path.ok_or_else(|| match self.named {
            Some(named) => not_found(&named.to_string_lossy()),
            None => not_found(record),
        })?;
        Held::read(&path, entries).map_err(|e| e.to_string())
    }
}

/// What is needed of a record.
struct Held {
    path: PathBuf,
    entries: BTreeMap<u64, Entry>,
    amendments: Amendments,
    /// Entries that amend one, without their results.
    amending: BTreeMap<u64, (Kind, String)>,
}

impl Held {
    fn read(path: &Path, wanted: &BTreeSet<u64>) -> Result<Self, RecordError> {
        let mut held = Self {
            path: path.to_owned(),
            entries: BTreeMap::new(),
            amendments: Amendments::default(),
            amending: BTreeMap::new(),
        };
        for entry in Entries::open(path)? {
            let entry = entry?;
            held.amendments.note(&entry);
            if let Some(amends) = &entry.amends {
                let because = amends.because.clone();
                held.amending.insert(entry.entry, (entry.kind, because));
            }
            if wanted.contains(&entry.entry) {
                held.entries.insert(entry.entry, entry);
            }
        }
        Ok(held)
    }

    /// The entry of this number, which must have this hash.
    fn entry(&self, number: u64, hash: &str) -> Result<&Entry, String> {
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

    fn validity(&self, stated: &Recorded, value: &Value) -> Result<Validity, String> {
        let (number, record) = (stated.entry, self.path.display());
        let entry = self.entry(number, &stated.hash)?;
        let mut stripped = value.clone();
        if let Value::Object(fields) = &mut stripped {
            fields.remove("recorded");
        }
        let held = entry.result();
        if held != stripped || entry.recorded(&stated.record) != *stated {
            return Err(format!(
                "it is not what entry {number} of {record} holds, which it names: {}; take the result from the record: specid record show {record} {number} --format json",
                changed(&held, &stripped)
            ));
        }
        Ok(self.standing(number))
    }

    /// Whether an entry that the record holds still stands.
    fn standing(&self, number: u64) -> Validity {
        let Some(by) = self.amendments.of(number) else {
            return Validity::Stands;
        };
        let (kind, because) = self.amending.get(&by).cloned().unzip();
        Validity::Superseded(Superseded {
            entry: number,
            by,
            withdrawn: kind == Some(Kind::Amendment),
            because: because.unwrap_or_default(),
        })
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
