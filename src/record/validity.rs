//! Whether results that state an entry of a record are what the record holds, and whether they still stand.

use super::held::{Held, Wanted, raw_hash};
use super::{Checked, HeadFound, RecordError, verify};
use crate::report::{EntryNamed, Recorded};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a record says of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// The result states no entry of a record.
    Unrecorded,
    /// The record could not be asked, for this reason.
    NotAsked(String),
    /// The record is known not to be what was written, for this reason.
    Broken(String),
    /// It holds this result, but has no head: whether one that was cut off its end withdrew it is not known.
    Headless(String),
    /// The result states no entry, and this record has none for its file: whether it was changed is not known.
    NotHeld(String),
    /// The result states no entry, but this one holds it.
    Held {
        /// Number of the entry.
        entry: u64,
        /// The record.
        record: String,
    },
    /// It holds this result, which still stands.
    Stands,
    /// It holds this result, which no longer stands.
    Superseded(Superseded),
}

impl Validity {
    /// Of two results that are told as one, what is to be told of both.
    #[must_use]
    pub fn of_both(self, other: Self) -> Self {
        let weight = |validity: &Self| match validity {
            Self::Stands | Self::Held { .. } => 0,
            Self::Unrecorded => 1,
            Self::NotHeld(_) => 2,
            Self::Headless(_) => 3,
            Self::NotAsked(_) => 4,
            Self::Superseded(_) => 5,
            Self::Broken(_) => 6,
        };
        match weight(&other) > weight(&self) {
            true => other,
            false => self,
        }
    }
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
    /// The file of the results, or the folder of their screening; the record may lie beside it.
    pub results: &'a Path,
    /// The folder of the screening that the results are of, by its absolute path.
    pub run: Option<&'a str>,
}

/// What the records say of each of these results. Of one that states no entry the record is asked that is named:
/// whether it holds it all the same, or something else for its file.
///
/// # Errors
/// Where a record that is at hand holds something else than a result says.
pub fn validities(values: &[Value], places: Places<'_>) -> Result<Vec<Validity>, String> {
    let stated: Vec<Option<Recorded>> = values.iter().map(recorded).collect();
    let named = places.named.map(Path::to_string_lossy);
    let mut wanted: BTreeMap<&str, Wanted<'_>> = BTreeMap::new();
    for (value, stated) in values.iter().zip(&stated) {
        match (stated, &named, raw_hash(value)) {
            (Some(stated), ..) => {
                let own = wanted.entry(&stated.record).or_default();
                own.entries.insert(stated.entry);
            }
            (None, Some(named), Some(hash)) => {
                wanted.entry(named).or_default().files.insert(hash);
            }
            _ => {}
        }
    }
    let records = places.records(wanted);
    let all = values.iter().zip(&stated).enumerate();
    let all = all.map(|(place, (value, stated))| {
        // A file that could not be read has no hash by which it is found, and a case is of no file.
        let is_none = value.get("error").is_some() || value.get("source").is_none();
        let is_failure = is_none && raw_hash(value).is_none();
        let asked = named.as_deref().filter(|_| !is_failure);
        let told = match (stated, asked) {
            (Some(stated), _) => records.ask(&stated.record, |held| held.validity(stated, value)),
            (None, Some(named)) if raw_hash(value).is_none() => {
                Ok(Validity::NotHeld(named.to_owned()))
            }
            (None, Some(named)) => records.ask(named, |held| held.unstated(value, places.run)),
            (None, None) => Ok(Validity::Unrecorded),
        };
        let file = places.results.display();
        told.map_err(|why| format!("{file}, result {}: {why}", place + 1))
    });
    all.collect()
}

/// What the records say of results that a case names by their entries: whether they are there, and still stand. What
/// they say is not compared.
///
/// # Errors
/// Where a record that is at hand has another entry than is named, or is known to be broken.
pub fn standings(
    named: &[Option<EntryNamed>],
    places: Places<'_>,
) -> Result<Vec<Validity>, String> {
    let mut wanted: BTreeMap<&str, Wanted<'_>> = BTreeMap::new();
    for one in named.iter().flatten() {
        let own = wanted.entry(&one.record).or_default();
        own.entries.insert(one.entry);
    }
    let records = places.records(wanted);
    let all = named.iter().enumerate().map(|(place, named)| {
        let Some(named) = named else {
            return Ok(Validity::Unrecorded);
        };
        let told = records.ask(&named.record, |held| {
            held.entry(named.entry, &named.hash)?;
            Ok(held.standing(named.entry, Validity::Stands))
        });
        let told = told.and_then(|validity| match validity {
            Validity::Broken(why) => Err(format!("its record is known to be broken: {why}")),
            other => Ok(other),
        });
        told.map_err(|why| format!("its result {}: {why}", place + 1))
    });
    all.collect()
}

/// What is needed of the records that results name, or what is said of all results of one.
struct Records<'a>(BTreeMap<&'a str, Result<Held, Validity>>);

impl Records<'_> {
    fn ask(
        &self,
        record: &str,
        of: impl FnOnce(&Held) -> Result<Validity, String>,
    ) -> Result<Validity, String> {
        match self.0.get(record) {
            Some(Ok(held)) => of(held),
            Some(Err(validity)) => Ok(validity.clone()),
            None => Ok(Validity::NotAsked(not_found(record))),
        }
    }
}

fn recorded(value: &Value) -> Option<Recorded> {
    Recorded::deserialize(value.get("recorded")?).ok()
}

fn not_found(record: &str) -> String {
    format!("{record} is not at hand")
}

impl Places<'_> {
    /// What is needed of these records.
    fn records<'a>(&self, wanted: BTreeMap<&'a str, Wanted<'_>>) -> Records<'a> {
        let held = wanted.into_iter();
        let held = held.map(|(record, wanted)| (record, self.held(record, &wanted)));
        Records(held.collect())
    }

    /// What is asked for, of the record at the first place that has one; else what that says of all its results.
    fn held(&self, record: &str, wanted: &Wanted<'_>) -> Result<Held, Validity> {
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
        let path = path.ok_or_else(|| {
            Validity::NotAsked(match self.named {
                Some(named) => not_found(&named.to_string_lossy()),
                None => not_found(record),
            })
        })?;
        let unread = |e: RecordError| Validity::NotAsked(e.to_string());
        let checked = verify(&path, &[], &|_, _| {}).map_err(unread)?;
        if let Some(wrong) = checked.wrong.as_ref().filter(|_| !is_torn(&checked)) {
            return Err(Validity::Broken(format!(
                "{} is not whole from entry {} on: {}",
                path.display(),
                wrong.entry,
                wrong.message
            )));
        }
        let mut held = Held::read(&path, wanted).map_err(unread)?;
        held.is_headless = checked.no_head.is_some();
        Ok(held)
    }
}

/// Whether all that is wrong is behind the entry that the head tells of, which an interrupted append may have left.
fn is_torn(checked: &Checked) -> bool {
    let holds = |head: &HeadFound| head.problem.is_none() && head.entries <= checked.good;
    !checked.heads.is_empty() && checked.heads.iter().all(holds)
}
