//! Making a generation: entries in, prepared groups out.

use super::entry::Entry;
use super::group::{self, Row};
use super::intake::{ImportReport, Known, Oddity, Twins};
use super::resolve::Resolver;
use super::{Column, EntryColumns, Info, Library, LibraryError, Received, ValidationSummary};
use crate::prepare::{Family, Recipe};
use crate::spectrum::{Axis, Spectrum};
use crate::substance::Register;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// An entry in the making.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its metadata.
    pub entry: Entry,
    /// Its numbers.
    pub spectrum: Spectrum,
    /// Generation that added or last changed it.
    pub since: u32,
}

/// Collects entries and turns them into a library.
#[derive(Debug, Default)]
pub struct Builder {
    info: Info,
    pub(super) items: Vec<Item>,
    pub(super) known: Known,
    pub(super) report: ImportReport,
    pub(super) twins: Twins,
    validation: Option<ValidationSummary>,
    probes: Column<u8>,
    pub(super) register: Option<Register>,
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
            probes: library.probes.to_vec().into(),
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
            let since = library.since(index).unwrap_or(library.info.generation) as u32;
            builder.push(Item {
                entry,
                spectrum,
                since,
            });
        }
        Ok(builder)
    }

    /// What the library says of itself so far.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// Puts these entries in place of all there are, with the ids they have; each must be unique.
    /// Entries of `previous` whose ids are not among `touched` keep the generation that they are of.
    pub fn set_entries(
        &mut self,
        entries: Vec<(Entry, Spectrum)>,
        previous: Option<&Library>,
        touched: Vec<String>,
    ) -> Result<(), LibraryError> {
        let mut since: HashMap<String, u32> = HashMap::new();
        for (index, entry) in previous.iter().flat_map(|p| p.entries()).enumerate() {
            let kept = previous.and_then(|p| p.since(index));
            let kept = kept.unwrap_or(self.info.generation) as u32;
            since.insert(entry?.id, kept);
        }
        for id in &touched {
            since.remove(id);
        }
        self.items = Vec::with_capacity(entries.len());
        self.known = Known::default();
        let generation = self.generation();
        for (entry, spectrum) in entries {
            let since = since.get(&entry.id).copied().unwrap_or(generation);
            self.push(Item {
                entry,
                spectrum,
                since,
            });
        }
        self.report.touched = touched;
        Ok(())
    }

    /// Notes what was received last from a publisher.
    pub fn set_received(&mut self, publisher: String, received: Received) {
        self.info.received.insert(publisher, received);
    }

    /// Assigns entries without InChIKey to the substances of this register, too.
    pub fn with_register(mut self, register: Register) -> Self {
        self.register = Some(register);
        self
    }

    /// The generation that is being made.
    pub(super) fn generation(&self) -> u32 {
        self.info.generation as u32 + 1
    }

    pub(super) fn push(&mut self, item: Item) {
        self.known.note(self.items.len(), &item);
        self.items.push(item);
    }

    /// Number of entries so far.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no entries yet.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What was done so far.
    pub fn report(&self) -> &ImportReport {
        &self.report
    }

    /// Prepares all references and makes the library; `progress` is called once per reference.
    pub fn build(mut self, progress: &(dyn Fn() + Sync)) -> (Library, ImportReport) {
        let rows: Vec<(u32, Option<Family>, Result<Row, String>)> = {
            let recipes: HashMap<Family, Recipe> = Family::ALL
                .into_iter()
                .map(|f| (f, Recipe::standard(f)))
                .collect();
            (0..self.items.len() as u32)
                .into_par_iter()
                .zip(&self.items)
                .filter(|(_, item)| item.entry.deprecated.is_none())
                .map(
                    |(
                        index,
                        Item {
                            entry, spectrum, ..
                        },
                    )| {
                        progress();
                        let family = group::family_of(entry.technique, entry.kind);
                        let recipe = family.and_then(|f| recipes.get(&f));
                        let row = recipe
                            .ok_or_else(|| {
                                "Its technique is not known, so it is kept but not searched."
                                    .to_owned()
                            })
                            .and_then(|recipe| group::prepare_row(spectrum, recipe));
                        (index, family, row)
                    },
                )
                .collect()
        };
        let mut by_family: BTreeMap<Family, Vec<(u32, Row)>> = BTreeMap::new();
        for (index, family, row) in rows {
            match (family, row) {
                (Some(family), Ok(row)) => by_family.entry(family).or_default().push((index, row)),
                (_, Err(message)) => self.report.unsearchable.push(Oddity {
                    entry: self.items[index as usize].entry.id.clone(),
                    message,
                }),
                (None, Ok(_)) => {}
            }
        }
        let groups = by_family
            .into_iter()
            .map(|(family, rows)| (family, group::assemble(Recipe::standard(family), rows)))
            .collect();
        let entries = self.columns();
        let mut library = Library {
            info: self.info,
            validation: self.validation,
            probes: self.probes,
            entries,
            groups,
            ..Library::default()
        };
        library.info.generation += 1;
        library.info.program = crate::program::VERSION.to_owned();
        library.info.hash = library.content_hash();
        (library, self.report)
    }

    /// All entries in columns; counts in the report which new ones have a substance.
    fn columns(&mut self) -> EntryColumns {
        let entries = self.items.iter().map(|item| &item.entry);
        let resolver = Resolver::new(self.register.as_ref(), entries);
        let generation = self.info.generation as u32 + 1;
        let (mut json, mut json_offsets) = (Vec::new(), vec![0]);
        let (mut x, mut x_offsets) = (Vec::new(), vec![0]);
        let (mut y, mut y_offsets) = (Vec::new(), vec![0]);
        let mut keys: HashMap<String, u32> = HashMap::new();
        let mut substance = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let entry = &item.entry;
            // An entry holds only text and numbers, which always have a JSON form.
            json.extend(serde_json::to_vec(entry).unwrap_or_default());
            json_offsets.push(json.len() as u64);
            if let Axis::Explicit(values) = &item.spectrum.axis {
                x.extend(values);
            }
            x_offsets.push(x.len() as u64);
            y.extend(&item.spectrum.ordinate);
            y_offsets.push(y.len() as u64);
            let next = keys.len() as u32;
            substance.push(*keys.entry(resolver.substance_key(entry)).or_insert(next));
            if item.since == generation && entry.identity.inchikey.is_none() {
                self.report.without_inchikey += 1;
                match resolver.resolve(&entry.identity) {
                    Some(_) => self.report.resolved += 1,
                    None => self.report.unresolved.push(Oddity {
                        entry: entry.id.clone(),
                        message: entry.identity.name.clone(),
                    }),
                }
            }
        }
        EntryColumns {
            json: json.into(),
            json_offsets: json_offsets.into(),
            y: y.into(),
            y_offsets: y_offsets.into(),
            x: x.into(),
            x_offsets: x_offsets.into(),
            substance: substance.into(),
            since: self
                .items
                .iter()
                .map(|i| i.since)
                .collect::<Vec<_>>()
                .into(),
        }
    }
}
