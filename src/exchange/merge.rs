//! A publisher's records put into the receiver's, which otherwise stay as they are.

use super::manifest::{Content, Manifest};
use super::package::{Verified, wrong_state};
use super::record::Record;
use super::refusal::Refusal;
use super::state::{State, published_id};
use crate::library::{Deprecated, Received};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Whether a generation may be received that is not newer than the last one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Replay {
    /// Only newer ones.
    #[default]
    Refuse,
    /// Going back on purpose.
    Allow,
}

/// An id that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// Id in the package.
    pub published_as: String,
    /// Id in the receiver's library.
    pub id: String,
}

/// What an update does, by ids in the receiver's library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// New records.
    pub added: Vec<String>,
    /// Records with a new content.
    pub updated: Vec<String>,
    /// Records that are taken out.
    pub removed: Vec<String>,
    /// Records of the publisher that stay as they are.
    pub unchanged: Vec<String>,
    /// Records of the publisher whose id belongs to another entry.
    pub renamed: Vec<Renamed>,
}

/// The receiver's records after an update.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// All records: those that were there in their order, then the new ones in the package's.
    pub records: Vec<Record>,
    /// What the update does.
    pub changes: Changes,
}

/// A place in the receiver's library.
enum Place {
    /// An entry that stays.
    Own(Box<Record>),
    /// An entry of the publisher: its published id and the one it has here.
    Theirs {
        published: String,
        id: String,
        /// Why it was deprecated here.
        here: Option<Deprecated>,
    },
}

/// Puts a verified package into the receiver's records; `last` is what was received of the publisher
/// before. Records marked as the publisher's are replaced, all others stay.
///
/// # Errors
/// [`Refusal`] where the package is not newer, is of another library, changes another state than
/// the one that is there, or a record finds no free id.
pub fn merge(
    current: Vec<Record>,
    last: Option<&Received>,
    package: Verified,
    replay: Replay,
) -> Result<Merged, Refusal> {
    let manifest = &package.manifest;
    check_sequence(manifest, last, replay)?;
    // The publisher's records by published id: those here, then those after the update.
    let mut theirs: HashMap<String, Record> = HashMap::new();
    let mut taken = HashSet::new();
    let mut places = Vec::with_capacity(current.len());
    for record in current {
        if record.entry.publisher.as_ref() != Some(&manifest.publisher) {
            taken.insert(record.entry.id.clone());
            places.push(Place::Own(Box::new(record)));
            continue;
        }
        let published = published_id(&record).to_owned();
        places.push(Place::Theirs {
            id: record.entry.id.clone(),
            published: published.clone(),
            here: record.entry.deprecated.clone().filter(|why| why.here),
        });
        theirs.insert(published, record.as_published());
    }
    let before = state(theirs.values(), manifest)?;
    match &manifest.content {
        Content::Full => theirs.clear(),
        Content::Delta { .. } => {
            check_base(manifest, last, &before)?;
            for removal in &manifest.removed {
                theirs.remove(&removal.id);
            }
        }
    }
    let order: Vec<String> = package.records.iter().map(|r| r.entry.id.clone()).collect();
    theirs.extend(order.iter().cloned().zip(package.records));
    let after = state(theirs.values(), manifest)?;
    if after.hash() != manifest.state {
        return Err(wrong_state(manifest));
    }
    let mut names = Names {
        publisher: &manifest.publisher,
        taken,
    };
    let mut changes = Changes::default();
    let mut records = Vec::with_capacity(places.len() + order.len());
    for place in places {
        let (published, id, here) = match place {
            Place::Own(record) => {
                records.push(*record);
                continue;
            }
            Place::Theirs {
                published,
                id,
                here,
            } => (published, id, here),
        };
        let Some(record) = theirs.remove(&published) else {
            changes.removed.push(id);
            continue;
        };
        match before.get(&published) == after.get(&published) {
            true => changes.unchanged.push(id.clone()),
            false => changes.updated.push(id.clone()),
        }
        let mut record = names.mark(record, id)?;
        if record.entry.deprecated.is_none() {
            record.entry.deprecated = here;
        }
        records.push(record);
    }
    for published in order {
        if let Some(record) = theirs.remove(&published) {
            let id = names.free(&published);
            changes.added.push(id.clone());
            records.push(names.mark(record, id)?);
        }
    }
    let marked = records
        .iter()
        .filter(|r| r.entry.publisher.as_ref() == Some(&manifest.publisher));
    changes.renamed = marked
        .filter_map(|r| {
            Some(Renamed {
                published_as: r.entry.published_as.clone()?,
                id: r.entry.id.clone(),
            })
        })
        .collect();
    Ok(Merged { records, changes })
}

/// State of records that a map holds by id, so that no id is there twice.
fn state<'a>(
    records: impl Iterator<Item = &'a Record>,
    manifest: &Manifest,
) -> Result<State, Refusal> {
    State::of(records).map_err(|_| wrong_state(manifest))
}

fn check_sequence(
    manifest: &Manifest,
    last: Option<&Received>,
    replay: Replay,
) -> Result<(), Refusal> {
    let Some(last) = last else {
        return Ok(());
    };
    let publisher = manifest.publisher.clone();
    if last.library != manifest.library {
        return Err(Refusal::WrongLibrary {
            publisher,
            held: last.library.clone(),
            offered: manifest.library.clone(),
        });
    }
    match manifest.generation > last.generation || replay == Replay::Allow {
        true => Ok(()),
        false => Err(Refusal::NotNewer {
            publisher,
            offered: manifest.generation,
            last: last.generation,
        }),
    }
}

/// That the publisher's records here are the ones that a delta changes.
fn check_base(manifest: &Manifest, last: Option<&Received>, held: &State) -> Result<(), Refusal> {
    let Content::Delta {
        base_generation,
        base_state,
    } = &manifest.content
    else {
        return Ok(());
    };
    let hash = held.hash();
    match last {
        Some(_) if hash == *base_state => Ok(()),
        _ => Err(Refusal::WrongBase {
            publisher: manifest.publisher.clone(),
            offered: manifest.generation,
            needed: *base_generation,
            held: last.map(|last| last.generation),
            altered: last.is_some_and(|last| last.hash != hash.to_string()),
        }),
    }
}

/// The ids of the new library.
struct Names<'a> {
    publisher: &'a str,
    taken: HashSet<String>,
}

impl Names<'_> {
    /// The published id where it is free; else `PUBLISHER/ID`.
    fn free(&self, published: &str) -> String {
        match self.taken.contains(published) {
            true => format!("{}/{published}", self.publisher),
            false => published.to_owned(),
        }
    }

    /// Marks a record as the publisher's, with this id here.
    fn mark(&mut self, mut record: Record, id: String) -> Result<Record, Refusal> {
        let published = std::mem::replace(&mut record.entry.id, id.clone());
        if !self.taken.insert(id.clone()) {
            return Err(Refusal::IdTaken {
                id: published,
                wanted: id,
            });
        }
        record.entry.publisher = Some(self.publisher.to_owned());
        record.entry.published_as = (id != published).then_some(published);
        Ok(record)
    }
}
