//! What a publisher's records are, in one hash: equal records, equal hash, whatever their order.

use super::hex::Hex;
use super::record::Record;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// First bytes that go into a state's hash.
const STATE: &[u8] = b"specid.state/1\n";

/// The digest of each record by its published id.
///
/// A record's digest is the SHA-256 of its entry as published (without the receiver's marks) as JSON
/// with sorted keys, its abscissas and its ordinates: of each the length as a 64-bit number, then the
/// bytes, numbers little-endian; every not-a-number counts as one. The state's hash is the SHA-256 of
/// the number of records and, in order of ids, each id with its length, and digest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State(BTreeMap<String, Hex<32>>);

/// Ids in which one state differs from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Only in the new one.
    pub added: Vec<String>,
    /// In both, with another content.
    pub updated: Vec<String>,
    /// Only in the old one.
    pub removed: Vec<String>,
}

impl State {
    /// State of these records, as published.
    ///
    /// # Errors
    /// The id that two records share.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Result<Self, String> {
        let mut state = BTreeMap::new();
        for record in records {
            let id = published_id(record);
            if state.insert(id.to_owned(), digest(record)).is_some() {
                return Err(id.to_owned());
            }
        }
        Ok(Self(state))
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hash of all.
    pub fn hash(&self) -> Hex<32> {
        let mut hasher = Sha256::new();
        hasher.update(STATE);
        hasher.update((self.0.len() as u64).to_le_bytes());
        for (id, digest) in &self.0 {
            hasher.update((id.len() as u64).to_le_bytes());
            hasher.update(id.as_bytes());
            hasher.update(digest.0);
        }
        Hex(hasher.finalize().into())
    }

    /// Digest of the record with this published id.
    pub fn get(&self, id: &str) -> Option<&Hex<32>> {
        self.0.get(id)
    }

    /// How this state differs from an older one.
    pub fn since(&self, base: &Self) -> Difference {
        let mut difference = Difference::default();
        for (id, digest) in &self.0 {
            match base.0.get(id) {
                None => difference.added.push(id.clone()),
                Some(old) if old != digest => difference.updated.push(id.clone()),
                Some(_) => {}
            }
        }
        let gone = base.0.keys().filter(|id| !self.0.contains_key(*id));
        difference.removed.extend(gone.cloned());
        difference
    }
}

/// The id under which a record's publisher knows it.
pub fn published_id(record: &Record) -> &str {
    let entry = &record.entry;
    entry.published_as.as_ref().unwrap_or(&entry.id)
}

/// Digest of a record as published.
fn digest(record: &Record) -> Hex<32> {
    let mut entry = record.entry.clone();
    entry.publisher = None;
    if let Some(id) = entry.published_as.take() {
        entry.id = id;
    }
    // An entry holds only text and numbers, which always have a JSON form.
    let mut json = serde_json::to_value(&entry).unwrap_or_default();
    json.sort_all_objects();
    let mut hasher = Sha256::new();
    let text = json.to_string();
    hasher.update((text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
    for values in [&record.x, &record.y] {
        hasher.update((values.len() as u64).to_le_bytes());
        for value in values {
            let value = if value.is_nan() { f64::NAN } else { *value };
            hasher.update(value.to_le_bytes());
        }
    }
    Hex(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Entry, ReferenceKind};
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn record(id: &str, y: &[f64]) -> Record {
        let axis = Axis::Even {
            first: 1.0,
            last: 9.0,
            points: y.len(),
        };
        let spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, y.to_vec());
        let entry = Entry::of(&spectrum, id.to_owned(), ReferenceKind::FullSpectrum);
        Record::of(entry, spectrum)
    }

    #[test]
    fn order_and_marks_do_not_count_and_every_bit_does() {
        let (a, b) = (record("a", &[1.0, 2.0]), record("b", &[f64::NAN]));
        let state = State::of(&[a.clone(), b.clone()]).unwrap();
        assert_eq!(state, State::of(&[b.clone(), a.clone()]).unwrap());
        let mut marked = a.clone();
        marked.entry.publisher = Some("P".to_owned());
        marked.entry.published_as = Some("a".to_owned());
        marked.entry.id = "P/a".to_owned();
        assert_eq!(
            state.hash(),
            State::of(&[marked, b.clone()]).unwrap().hash()
        );
        let next = record("a", &[1.0, f64::from_bits(2.0_f64.to_bits() + 1)]);
        let changed = State::of(&[next, b.clone()]).unwrap();
        assert_ne!(state.hash(), changed.hash());
        assert_eq!(changed.since(&state).updated, ["a"]);
        assert_eq!(State::of(&[a.clone(), a]).unwrap_err(), "a");
    }

    #[test]
    fn a_difference_names_what_came_changed_and_went() {
        let old = [
            record("a", &[1.0]),
            record("b", &[2.0]),
            record("c", &[3.0]),
        ];
        let new = [
            record("d", &[4.0]),
            record("c", &[3.5]),
            record("a", &[1.0]),
        ];
        let difference = State::of(&new).unwrap().since(&State::of(&old).unwrap());
        assert_eq!(difference.added, ["d"]);
        assert_eq!(difference.updated, ["c"]);
        assert_eq!(difference.removed, ["b"]);
    }
}
