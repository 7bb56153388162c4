//! Making a generation: entries in, prepared groups out.

use super::entry::{Entry, ReferenceKind, file_stem};
use super::group::{self, Row};
use super::{EntryColumns, Info, Library, LibraryError, Received, ValidationSummary};
use crate::prepare::{Family, Recipe};
use crate::spectrum::{Axis, Spectrum};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

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
    /// Records that the library already holds, point for point.
    pub identical: usize,
    /// Entries without an InChIKey.
    pub without_inchikey: usize,
    /// Entries that are kept but cannot be searched.
    pub unsearchable: Vec<Oddity>,
    /// Other oddities of entries that were added.
    pub odd: Vec<Oddity>,
}

/// Collects entries and turns them into a library.
#[derive(Debug, Default)]
pub struct Builder {
    info: Info,
    spectra: Vec<(Entry, Spectrum)>,
    ids: HashSet<String>,
    fingerprints: HashSet<u64>,
    report: ImportReport,
    validation: Option<ValidationSummary>,
}

impl Builder {
    /// An empty library of this name.
    pub fn new(info: Info) -> Self {
        Self {
            info,
            ..Self::default()
        }
    }

    /// The next generation of a library, with what it says of itself and without entries yet.
    pub fn following(library: &Library) -> Self {
        Self {
            validation: library.validation.clone(),
            ..Self::new(library.info.clone())
        }
    }

    /// Starts from an existing library; the result is its next generation.
    ///
    /// # Errors
    /// [`LibraryError::Entry`] where an entry of it is damaged.
    pub fn from_library(library: &Library) -> Result<Self, LibraryError> {
        let mut builder = Self::following(library);
        for index in 0..library.len() {
            let (entry, spectrum) = (library.entry(index)?, library.spectrum(index)?);
            builder.fingerprints.insert(fingerprint(&spectrum));
            builder.ids.insert(entry.id.clone());
            builder.spectra.push((entry, spectrum));
        }
        Ok(builder)
    }

    /// What the library says of itself so far.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// Puts these entries in place of all there are, with the ids they have; each must be unique.
    pub fn set_entries(&mut self, entries: Vec<(Entry, Spectrum)>) {
        self.ids = entries.iter().map(|(entry, _)| entry.id.clone()).collect();
        self.fingerprints = entries.iter().map(|(_, s)| fingerprint(s)).collect();
        self.spectra = entries;
    }

    /// Notes what was received last from a publisher.
    pub fn set_received(&mut self, publisher: String, received: Received) {
        self.info.received.insert(publisher, received);
    }

    /// Number of entries so far.
    pub fn len(&self) -> usize {
        self.spectra.len()
    }

    /// Whether there are no entries yet.
    pub fn is_empty(&self) -> bool {
        self.spectra.is_empty()
    }

    /// Adds a spectrum; what is odd about it goes into the report.
    pub fn add(&mut self, spectrum: Spectrum, kind: ReferenceKind) {
        if !self.fingerprints.insert(fingerprint(&spectrum)) {
            self.report.identical += 1;
            return;
        }
        let id = self.free_id(&spectrum);
        let entry = Entry::of(&spectrum, id, kind);
        self.note_oddities(&entry, &spectrum);
        self.ids.insert(entry.id.clone());
        self.report.added += 1;
        self.spectra.push((entry, spectrum));
    }

    fn free_id(&self, spectrum: &Spectrum) -> String {
        let provenance = &spectrum.provenance;
        let wanted = provenance
            .id
            .clone()
            .unwrap_or_else(|| format!("{}#{}", file_stem(&provenance.path), provenance.index));
        if !self.ids.contains(&wanted) {
            return wanted;
        }
        (2_u32..)
            .map(|n| format!("{wanted}~{n}"))
            .find(|id| !self.ids.contains(id))
            .unwrap_or(wanted)
    }

    fn note_oddities(&mut self, entry: &Entry, spectrum: &Spectrum) {
        let mut odd = |message: String| {
            self.report.odd.push(Oddity {
                entry: entry.id.clone(),
                message,
            });
        };
        let identity = &entry.identity;
        if identity.inchikey.is_none() {
            self.report.without_inchikey += 1;
        }
        let named = |name: &str| !name.trim().is_empty();
        if !named(&spectrum.identity.name) && !named(&spectrum.title) {
            odd(format!(
                "The record names no substance; called {:?} after its file.",
                identity.name
            ));
        }
        if spectrum
            .provenance
            .id
            .as_ref()
            .is_some_and(|id| *id != entry.id)
        {
            odd("Another entry has the same id; this one was renamed.".to_owned());
        }
        for warning in &spectrum.warnings {
            odd(warning.message.clone());
        }
    }

    /// Prepares all references and makes the library; `progress` is called once per reference.
    pub fn build(mut self, progress: &(dyn Fn() + Sync)) -> (Library, ImportReport) {
        let rows: Vec<(Option<Family>, Result<Row, String>)> = {
            let recipes: HashMap<Family, Recipe> = Family::ALL
                .into_iter()
                .map(|f| (f, Recipe::standard(f)))
                .collect();
            self.spectra
                .par_iter()
                .map(|(entry, spectrum)| {
                    progress();
                    let family = group::family_of(entry.technique, entry.kind);
                    let recipe = family.and_then(|f| recipes.get(&f));
                    let row = recipe
                        .ok_or_else(|| {
                            "Its technique is not known, so it is kept but not searched.".to_owned()
                        })
                        .and_then(|recipe| group::prepare_row(spectrum, recipe));
                    (family, row)
                })
                .collect()
        };
        let mut by_family: BTreeMap<Family, Vec<(u32, Row)>> = BTreeMap::new();
        for (index, (family, row)) in rows.into_iter().enumerate() {
            match (family, row) {
                (Some(family), Ok(row)) => by_family
                    .entry(family)
                    .or_default()
                    .push((index as u32, row)),
                (_, Err(message)) => self.report.unsearchable.push(Oddity {
                    entry: self.spectra[index].0.id.clone(),
                    message,
                }),
                (None, Ok(_)) => {}
            }
        }
        let groups = by_family
            .into_iter()
            .map(|(family, rows)| (family, group::assemble(Recipe::standard(family), rows)))
            .collect();
        let mut library = Library {
            info: self.info,
            path: None,
            validation: self.validation,
            entries: columns(&self.spectra),
            groups,
        };
        library.info.generation += 1;
        library.info.program = env!("CARGO_PKG_VERSION").to_owned();
        library.info.hash = library.content_hash();
        (library, self.report)
    }
}

fn columns(spectra: &[(Entry, Spectrum)]) -> EntryColumns {
    let (mut json, mut json_offsets) = (Vec::new(), vec![0]);
    let (mut x, mut x_offsets) = (Vec::new(), vec![0]);
    let (mut y, mut y_offsets) = (Vec::new(), vec![0]);
    let mut keys: HashMap<String, u32> = HashMap::new();
    let mut substance = Vec::with_capacity(spectra.len());
    for (entry, spectrum) in spectra {
        // An entry holds only text and numbers, which always have a JSON form.
        json.extend(serde_json::to_vec(entry).unwrap_or_default());
        json_offsets.push(json.len() as u64);
        if let Axis::Explicit(values) = &spectrum.axis {
            x.extend(values);
        }
        x_offsets.push(x.len() as u64);
        y.extend(&spectrum.ordinate);
        y_offsets.push(y.len() as u64);
        let next = keys.len() as u32;
        substance.push(*keys.entry(entry.substance_key()).or_insert(next));
    }
    EntryColumns {
        json: json.into(),
        json_offsets: json_offsets.into(),
        y: y.into(),
        y_offsets: y_offsets.into(),
        x: x.into(),
        x_offsets: x_offsets.into(),
        substance: substance.into(),
    }
}

/// Tells records apart that differ in identity or in any number; 64 bits of a SHA-256.
fn fingerprint(spectrum: &Spectrum) -> u64 {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    let name = match spectrum.identity.name.is_empty() {
        true => &spectrum.title,
        false => &spectrum.identity.name,
    };
    let precursor = spectrum.precursor.as_ref();
    for text in [
        Some(name),
        spectrum.identity.inchikey.as_ref(),
        spectrum.provenance.id.as_ref(),
        precursor.and_then(|p| p.collision_energy.as_ref()),
    ] {
        hasher.update(text.map_or("", String::as_str));
        hasher.update([0]);
    }
    hasher.update(spectrum.technique.id());
    for (x, y) in spectrum.points() {
        hasher.update(x.to_le_bytes());
        hasher.update(y.to_le_bytes());
    }
    let digest = hasher.finalize();
    digest
        .iter()
        .take(8)
        .fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
