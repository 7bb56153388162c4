//! A publisher's records put into the receiver's, which otherwise stay as they are.

use super::manifest::{Content, Manifest};
use super::package::{Verified, wrong_state};
use super::record::Record;
use super::refusal::Refusal;
use super::state::{State, apply, published_id};
use crate::library::Received;
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

/// Puts a verified package into the receiver's records; `last` is what was received of the publisher
/// before. Records marked as the publisher's are replaced, all others stay.
///
/// # Errors
/// [`Refusal`] where the package is not newer, is of another library, changes another state than
/// the one that is there, or a record finds no free id.
pub fn merge(
    current: Vec<Record>,
    last: Option<&Received>,
    package: &Verified,
    replay: Replay,
) -> Result<Merged, Refusal> {
    let manifest = &package.manifest;
    check_sequence(manifest, last, replay)?;
    let own = |record: &Record| record.entry.publisher.as_ref() == Some(&manifest.publisher);
    let held: Vec<Record> = current.iter().filter(|r| own(r)).cloned().collect();
    // Ids of the publisher's records here, by published id.
    let here: HashMap<String, String> = held
        .iter()
        .map(|r| (published_id(r).to_owned(), r.entry.id.clone()))
        .collect();
    let before = State::of(&held);
    let new = match &manifest.content {
        Content::Full => package.records.clone(),
        Content::Delta { .. } => {
            check_base(manifest, last, before.as_ref().ok())?;
            let removed = manifest.removed.iter().map(|r| r.id.as_str()).collect();
            let held = held.into_iter().map(Record::as_published).collect();
            apply(held, &package.records, &removed)
        }
    };
    let after = State::of(&new).map_err(|_| wrong_state(manifest))?;
    if after.hash() != manifest.state {
        return Err(wrong_state(manifest));
    }
    // Two marked records of one published id are no state: then all count as changed.
    let before = before.unwrap_or_default();
    let mut names = Names {
        publisher: &manifest.publisher,
        taken: current
            .iter()
            .filter(|r| !own(r))
            .map(|r| r.entry.id.clone())
            .collect(),
        here: &here,
    };
    let mut incoming: HashMap<String, Record> = HashMap::new();
    let mut order = Vec::with_capacity(new.len());
    for record in new {
        let published = record.entry.id.clone();
        incoming.insert(published.clone(), names.mark(record)?);
        order.push(published);
    }
    let mut changes = Changes::default();
    let mut records = Vec::with_capacity(current.len() + order.len());
    for record in current {
        if !own(&record) {
            records.push(record);
            continue;
        }
        let published = published_id(&record);
        match incoming.remove(published) {
            Some(new) => {
                let list = match before.get(published) == after.get(published) {
                    true => &mut changes.unchanged,
                    false => &mut changes.updated,
                };
                list.push(new.entry.id.clone());
                records.push(new);
            }
            None => changes.removed.push(record.entry.id),
        }
    }
    for new in order.iter().filter_map(|id| incoming.remove(id)) {
        changes.added.push(new.entry.id.clone());
        records.push(new);
    }
    let renamed = records.iter().filter(|r| own(r)).filter_map(|r| {
        Some(Renamed {
            published_as: r.entry.published_as.clone()?,
            id: r.entry.id.clone(),
        })
    });
    changes.renamed = renamed.collect();
    Ok(Merged { records, changes })
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
fn check_base(
    manifest: &Manifest,
    last: Option<&Received>,
    held: Option<&State>,
) -> Result<(), Refusal> {
    let Content::Delta {
        base_generation,
        base_state,
    } = &manifest.content
    else {
        return Ok(());
    };
    let hash = held.map(State::hash);
    if last.is_some() && hash == Some(*base_state) {
        return Ok(());
    }
    Err(Refusal::WrongBase {
        publisher: manifest.publisher.clone(),
        needed: *base_generation,
        held: last.map(|last| last.generation),
        altered: last.is_some_and(|last| hash.map(|h| h.to_string()).as_ref() != Some(&last.hash)),
    })
}

/// Gives each record of a publisher an id that is free here.
struct Names<'a> {
    publisher: &'a str,
    taken: HashSet<String>,
    here: &'a HashMap<String, String>,
}

impl Names<'_> {
    /// The id that the record has here already; else its own where that is free, else `PUBLISHER/ID`.
    fn mark(&mut self, mut record: Record) -> Result<Record, Refusal> {
        let published = record.entry.id.clone();
        let id = match self.here.get(&published) {
            Some(id) => id.clone(),
            None if self.taken.contains(&published) => format!("{}/{published}", self.publisher),
            None => published.clone(),
        };
        if !self.taken.insert(id.clone()) {
            return Err(Refusal::IdTaken {
                id: published,
                wanted: id,
            });
        }
        record.entry.publisher = Some(self.publisher.to_owned());
        record.entry.published_as = (id != published).then_some(published);
        record.entry.id = id;
        Ok(record)
    }
}
