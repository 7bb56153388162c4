//! What becomes of an incoming record: added, updated, identical or conflicting.
//!
//! A record that came before and is the same is left out. One that carries the id of an entry of the
//! same substance is a newer state of it and takes its place. Where that is not clear - another
//! substance, or an entry that was edited here since - nothing is overwritten: the report says so.

use super::builder::{Builder, Item};
use super::entry::{Deprecated, Entry, ReferenceKind, file_stem, unnamed};
use crate::read::hex;
use crate::spectrum::{Provenance, Spectrum};
use crate::substance::MatchedBy;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// Points from which on equal numbers are no coincidence.
const TELLING: usize = 5;

/// Something odd about an imported record that is kept nevertheless, or why it was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Oddity {
    /// Entry id, or the record's name where it has none.
    pub entry: String,
    /// One sentence.
    pub message: String,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Entries added.
    pub added: usize,
    /// Entries whose record came again in another state, which took its place.
    pub updated: usize,
    /// Of those, how many have the same numbers as before.
    pub updated_metadata: usize,
    /// Records that the library already holds.
    pub identical: usize,
    /// Records of which the library has the numbers under the same substance, with other metadata; the entries stay as
    /// they are.
    pub other_metadata: Vec<Oddity>,
    /// Records that contradict an entry: another substance under its id, its numbers under another
    /// substance, or a newer state of what was edited here.
    pub conflicting: Vec<Oddity>,
    /// New entries without an InChIKey.
    pub without_inchikey: usize,
    /// Of those, how many were assigned to a substance by CAS number or name.
    pub resolved: usize,
    /// Those that were not.
    pub unresolved: Vec<Oddity>,
    /// Entries that are kept but cannot be searched.
    pub unsearchable: Vec<Oddity>,
    /// Entries that were taken in and are not searched, since something is probably wrong with them.
    pub suspect: Vec<Oddity>,
    /// Other oddities of entries that were added.
    pub odd: Vec<Oddity>,
    /// Ids of the entries that were added or updated.
    #[serde(skip)]
    pub touched: Vec<String>,
}

/// What becomes of a record whose numbers an earlier entry of the same substance has, and of which something else is
/// said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Twins {
    /// It is added beside that entry.
    #[default]
    Beside,
    /// The entry stays as it is.
    Left,
    /// The entry says from now on what the record does.
    Followed,
}

/// A record to be taken in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its numbers and metadata.
    pub spectrum: Spectrum,
    /// What kind of reference it is.
    pub kind: ReferenceKind,
    /// Quality of the measurement; `None` where it was not judged.
    pub quality: Option<String>,
    /// What is probably wrong with it; then it is not searched.
    pub suspect: Option<Deprecated>,
}

/// What the entries so far can be recognised by.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Position of each entry by id.
    pub ids: HashMap<String, usize>,
    /// Next number to try for ids that are wanted more than once.
    next: HashMap<String, u32>,
    /// Position of each record by its hash.
    records: HashMap<String, usize>,
    /// Entries whose record came again in this import.
    claimed: HashSet<usize>,
    /// Entries by the id that their source gives them.
    sources: HashMap<String, Vec<usize>>,
    /// First entry of each set of numbers.
    numbers: HashMap<String, usize>,
}

impl Known {
    pub fn note(&mut self, index: usize, item: &Item) {
        let entry = &item.entry;
        self.ids.insert(entry.id.clone(), index);
        let record = entry.record.clone();
        let record = record.unwrap_or_else(|| record_hash(entry, &item.spectrum));
        self.records.insert(record, index);
        if let Some(id) = &entry.provenance.id {
            self.sources.entry(id.clone()).or_default().push(index);
        }
        if item.spectrum.len() >= TELLING {
            let numbers = numbers_hash(&item.spectrum);
            self.numbers.entry(numbers).or_insert(index);
        }
    }

    /// `wanted`, or with a number behind where that is taken.
    fn free_id(&mut self, wanted: String) -> String {
        if !self.ids.contains_key(&wanted) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let id = format!("{wanted}~{next}");
            *next += 1;
            if !self.ids.contains_key(&id) {
                return id;
            }
        }
    }
}

/// What to do with a record that has the id of entries.
enum Place {
    New,
    Update(usize),
    Edited(usize),
    Received(usize),
    OtherSubstance(usize),
    /// Its numbers are there, with other metadata.
    Twin(usize),
}

impl Builder {
    /// Takes a spectrum in as an entry; what is odd about it goes into the report.
    pub fn add(&mut self, spectrum: Spectrum, kind: ReferenceKind) {
        let entry = Entry::of(&spectrum, String::new(), kind);
        self.take(entry, spectrum);
    }

    /// Takes records in and keeps their hashes, by which they are known when they come again. Those that
    /// came before are looked for first, so that a newer state of one does not take the place of another.
    pub fn import(&mut self, incoming: Vec<Incoming>, twins: Twins) {
        self.twins = twins;
        let mut new = Vec::with_capacity(incoming.len());
        for incoming in incoming {
            let mut entry = Entry::of(&incoming.spectrum, String::new(), incoming.kind);
            let record = record_hash(&entry, &incoming.spectrum);
            if let Some(index) = self.known.records.get(&record) {
                self.known.claimed.insert(*index);
                self.report.identical += 1;
                continue;
            }
            entry.record = Some(record);
            entry.quality = incoming.quality;
            entry.deprecated = incoming.suspect;
            new.push((entry, incoming.spectrum));
        }
        for (entry, spectrum) in new {
            self.take(entry, spectrum);
        }
    }

    fn take(&mut self, mut entry: Entry, spectrum: Spectrum) {
        let record = entry.record.clone();
        let record = record.unwrap_or_else(|| record_hash(&entry, &spectrum));
        if self.known.records.contains_key(&record) {
            self.report.identical += 1;
            return;
        }
        let since = self.generation();
        let called_by_id = self.name(&mut entry, &spectrum);
        let place = match self.place_of(&entry) {
            Place::New => self.place_of_twin(&entry, &spectrum),
            place => place,
        };
        let name = entry.identity.name.clone();
        match place {
            Place::Update(index) => {
                let old = &self.items[index].entry;
                entry.id.clone_from(&old.id);
                // What was suspected of an earlier state need not hold for this one.
                let decided = old.deprecated.as_ref().filter(|d| !d.is_suspicion());
                if let Some(decided) = decided {
                    entry.deprecated = Some(decided.clone());
                }
                self.note_suspect(&entry);
                self.known.records.insert(record, index);
                self.known.claimed.insert(index);
                self.report.updated += 1;
                let same = numbers_hash(&self.items[index].spectrum) == numbers_hash(&spectrum);
                self.report.updated_metadata += usize::from(same);
                self.report.touched.push(entry.id.clone());
                self.items[index] = Item {
                    entry,
                    spectrum,
                    since,
                };
                return;
            }
            Place::Edited(index) => {
                let id = self.items[index].entry.id.clone();
                self.conflict(
                    &id,
                    "Its source has a newer state, but it was edited here; it was left as it is. Edit it by hand, or deprecate it and import again under another id.",
                );
                return;
            }
            Place::Received(index) => {
                let id = self.items[index].entry.id.clone();
                self.conflict(
                    &id,
                    "Its source has another state, but it came from another laboratory, which keeps it; it was left as it is.",
                );
                return;
            }
            Place::Twin(index) => {
                let old = &self.items[index].entry;
                entry.id.clone_from(&old.id);
                // What the library says of it is no matter of the record.
                let asked = Entry {
                    quality: old.quality.clone(),
                    deprecated: old.deprecated.clone(),
                    publisher: old.publisher.clone(),
                    published_as: old.published_as.clone(),
                    ..entry.clone()
                };
                let mut fields = old.differing(&asked);
                fields.retain(|field| field != "format");
                match fields.is_empty() {
                    true => self.report.identical += 1,
                    false => self.report.other_metadata.push(Oddity {
                        entry: entry.id,
                        message: format!(
                            "The record says something else in: {}.",
                            fields.join(", ")
                        ),
                    }),
                }
                return;
            }
            Place::OtherSubstance(_) | Place::New => {}
        }
        entry.id = self.known.free_id(wanted_id(&spectrum.provenance));
        if called_by_id {
            entry.identity.name = unnamed(&entry.id);
        }
        let mut told = None;
        if let Place::OtherSubstance(index) = place {
            told = Some(index);
            let other = &self.items[index].entry;
            let message = format!(
                "The source's id belongs to entry {:?} of another substance, {}; this one, {name}, was added beside it.",
                other.id, other.identity.name
            );
            self.conflict(&entry.id, &message);
        }
        self.note_oddities(&entry, &spectrum, told);
        self.note_suspect(&entry);
        self.report.added += 1;
        self.report.touched.push(entry.id.clone());
        self.push(Item {
            entry,
            spectrum,
            since,
        });
    }

    /// Names an entry whose record names no substance: as the register does, else by its InChIKey, else by its id.
    /// Tells whether it is the id.
    fn name(&self, entry: &mut Entry, spectrum: &Spectrum) -> bool {
        if !is_nameless(spectrum) {
            return false;
        }
        let identity = &entry.identity;
        let register = self.register.as_ref();
        let known = register.and_then(|register| register.find(identity));
        if let Some((known, MatchedBy::InchiKey | MatchedBy::Cas | MatchedBy::Name)) = known {
            entry.identity.name.clone_from(&known.identity.name);
            return false;
        }
        let key = identity.inchikey.clone();
        let by_id = key.is_none();
        let what = key.unwrap_or_else(|| wanted_id(&spectrum.provenance));
        entry.identity.name = unnamed(&what);
        by_id
    }

    /// Tells of an entry that is not searched, since something is probably wrong with it.
    fn note_suspect(&mut self, entry: &Entry) {
        if let Some(suspect) = entry.deprecated.as_ref().filter(|d| d.is_suspicion()) {
            self.report.suspect.push(Oddity {
                entry: entry.id.clone(),
                message: suspect.reason.clone(),
            });
        }
    }

    fn conflict(&mut self, entry: &str, message: &str) {
        self.report.conflicting.push(Oddity {
            entry: entry.to_owned(),
            message: message.to_owned(),
        });
    }

    /// Whether a record is a newer state of an entry.
    fn place_of(&self, entry: &Entry) -> Place {
        let id = entry.provenance.id.as_ref();
        let Some(same_id) = id.and_then(|id| self.known.sources.get(id)) else {
            return Place::New;
        };
        // Records of one source that share an id are several entries, not states of one; and an entry
        // whose record came again has its state.
        let mut earlier = same_id.iter().filter(|i| {
            self.items[**i].since < self.generation()
                && !self.known.claimed.contains(i)
                && same_source(&self.items[**i].entry, entry)
        });
        let Some(first) = earlier.clone().next() else {
            return Place::New;
        };
        let alike = |i: &&usize| {
            let old = &self.items[**i].entry;
            old.technique.id() == entry.technique.id() && old.precursor == entry.precursor
        };
        // What was corrected here may be another substance than its source still says.
        let mut edited = earlier.clone().filter(alike);
        if let Some(index) = edited.find(|i| self.items[**i].entry.edited) {
            return Place::Edited(*index);
        }
        let own = earlier
            .find(|i| alike(i) && self.items[**i].entry.identity.is_same_as(&entry.identity));
        match own {
            Some(index) if self.items[*index].entry.publisher.is_some() => Place::Received(*index),
            Some(index) => Place::Update(*index),
            None if same_id
                .iter()
                .all(|i| !self.items[*i].entry.identity.is_same_as(&entry.identity)) =>
            {
                Place::OtherSubstance(*first)
            }
            None => Place::New,
        }
    }

    /// Where a record goes whose numbers an earlier entry of the same substance has.
    fn place_of_twin(&self, entry: &Entry, spectrum: &Spectrum) -> Place {
        if self.twins == Twins::Beside {
            return Place::New;
        }
        let twin = match spectrum.len() < TELLING {
            true => self.twin_of_few(entry, spectrum),
            false => self.known.numbers.get(&numbers_hash(spectrum)).copied(),
        };
        let Some(index) = twin else {
            return Place::New;
        };
        let Item {
            entry: old, since, ..
        } = &self.items[index];
        // Numbers in other units are another measurement.
        let is_it = *since < self.generation()
            && (old.x_unit, old.y_unit) == (entry.x_unit, entry.y_unit)
            && old.precursor == entry.precursor
            && old.identity.is_same_as(&entry.identity);
        match (is_it, self.twins) {
            (false, _) => Place::New,
            (true, Twins::Followed) if old.edited => Place::Edited(index),
            (true, Twins::Followed) if old.publisher.is_some() => Place::Received(index),
            (true, Twins::Followed) if !self.known.claimed.contains(&index) => Place::Update(index),
            (true, _) => Place::Twin(index),
        }
    }

    /// The entry that has the id, substance and numbers of a record whose numbers are too few to tell it alone.
    fn twin_of_few(&self, entry: &Entry, spectrum: &Spectrum) -> Option<usize> {
        let same_id = self.known.sources.get(entry.provenance.id.as_ref()?)?;
        let is_twin = |index: &usize| {
            let Item {
                entry: old,
                spectrum: own,
                ..
            } = &self.items[*index];
            old.technique.id() == entry.technique.id()
                && old.identity.is_same_as(&entry.identity)
                && own.points().eq(spectrum.points())
        };
        same_id.iter().copied().find(is_twin)
    }

    /// `told`: an entry that a conflict was reported with already.
    fn note_oddities(&mut self, entry: &Entry, spectrum: &Spectrum, told: Option<usize>) {
        let twin = (spectrum.len() >= TELLING)
            .then(|| self.known.numbers.get(&numbers_hash(spectrum)).copied())
            .flatten();
        if let Some(index) = twin.filter(|_| twin != told) {
            let other = self.items[index].entry.clone();
            let message = format!(
                "It has the very numbers of entry {:?}, {}.",
                other.id, other.identity.name
            );
            match other.identity.is_same_as(&entry.identity) {
                true => self.odd(&entry.id, message),
                false => self.conflict(&entry.id, &message),
            }
        }
        if is_nameless(spectrum) {
            let name = &entry.identity.name;
            self.odd(
                &entry.id,
                format!("The record names no substance; it is called {name:?} here."),
            );
        }
        let given = spectrum.provenance.id.as_ref();
        if given.is_some_and(|id| *id != entry.id) {
            self.odd(
                &entry.id,
                "Another entry has the same id; this one was renamed.".to_owned(),
            );
        }
        for warning in &spectrum.warnings {
            self.odd(&entry.id, warning.message.clone());
        }
    }

    fn odd(&mut self, entry: &str, message: String) {
        self.report.odd.push(Oddity {
            entry: entry.to_owned(),
            message,
        });
    }
}

/// Whether a record names no substance.
fn is_nameless(spectrum: &Spectrum) -> bool {
    let named = |name: &str| !name.trim().is_empty();
    !named(&spectrum.identity.name) && !named(&spectrum.title)
}

fn wanted_id(provenance: &Provenance) -> String {
    let own = provenance.id.clone();
    own.unwrap_or_else(|| format!("{}#{}", file_stem(&provenance.path), provenance.index))
}

/// Whether an id that two records share is one of the same source: stated to be of the same
/// laboratory, and not a number that every instrument counts anew.
fn same_source(a: &Entry, b: &Entry) -> bool {
    let (a, b) = (&a.provenance, &b.provenance);
    if a.origin != b.origin || a.owner != b.owner {
        return false;
    }
    let counted = |id: &str| id.len() < 4 || !id.chars().any(char::is_alphabetic);
    let run = matches!(b.format.as_str(), "mzml" | "mzxml" | "andi");
    let stated = b.origin.is_some() || b.owner.is_some();
    !run && (stated || !b.id.as_deref().is_none_or(counted))
}

/// SHA-256 of a record: its numbers and all it says, but not the file it came in.
fn record_hash(entry: &Entry, spectrum: &Spectrum) -> String {
    let bare = Entry {
        id: String::new(),
        provenance: Provenance {
            path: String::new(),
            format: String::new(),
            sha256: String::new(),
            index: 0,
            ..entry.provenance.clone()
        },
        record: None,
        quality: None,
        deprecated: None,
        edited: false,
        ..entry.clone()
    };
    let mut hasher = Sha256::new();
    // An entry holds only text and numbers, which always have a JSON form.
    hasher.update(serde_json::to_vec(&bare).unwrap_or_default());
    points(&mut hasher, spectrum);
    hex(&hasher.finalize())
}

/// SHA-256 of the numbers alone.
fn numbers_hash(spectrum: &Spectrum) -> String {
    let mut hasher = Sha256::new();
    hasher.update(spectrum.technique.id());
    points(&mut hasher, spectrum);
    hex(&hasher.finalize())
}

fn points(hasher: &mut Sha256, spectrum: &Spectrum) {
    for (x, y) in spectrum.points() {
        hasher.update(x.to_le_bytes());
        hasher.update(y.to_le_bytes());
    }
}
