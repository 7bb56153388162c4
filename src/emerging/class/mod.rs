#![doc = include_str!("guide.md")]

mod answer;
mod limits;
mod notes;
mod profile;
mod references;
mod regress;
mod rule;
mod stem;
mod table;
mod teaching;
mod witness;
mod words;

pub use answer::{Alike, ClassEvidence, ClassLine, ClassVerdict, Named};
pub use table::TableError;

use super::analogue::{Analogues, Found};
use crate::library::{Calibration, ClassLimits, Library, LibraryError, Rate};
use crate::prepare::{Family, abundances, prepare};
use crate::read::hex;
use crate::spectrum::Spectrum;
use crate::substance::Register;
use crate::threads::apart;
use limits::{Asked, FEWEST_MEMBERS};
use profile::Profile;
use references::{References, from_zero};
use regress::Shares;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::OnceLock;
use table::Table;
use thiserror::Error;
use witness::Witness;

/// The list of classes.
const LIST: &str = include_str!("../../../spectra-library/classes.tsv");
/// The rule by which limits were tried: those of another rule are of no use.
const RULE: &str = "neighbourhood and analogues, 5 %";
/// Classes that are told, the likeliest first.
const TOLD: usize = 5;
/// Most alike members that are told of a class.
const NEAREST: usize = 3;
/// Share of a class's share from which a part of it is told.
const LEADS: f64 = 0.6;

/// Why classes cannot be judged.
#[derive(Debug, Error)]
pub enum ClassError {
    /// The list of classes cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// An entry of the library is damaged.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// Tries a library's own EI spectra and stores with its rule how often they would be given a class; nothing
/// where it has no rule.
///
/// # Errors
/// [`ClassError`] where an entry is damaged.
pub fn calibrate(library: &mut Library, register: &Register) -> Result<(), ClassError> {
    let rule = library
        .group(Family::EiMs)
        .and_then(|g| g.calibration.clone());
    let Some(rule) = rule else {
        return Ok(());
    };
    let classes = Classes::new(library, register)?;
    let limits = classes.limits(&Analogues::new(library, register)).clone();
    let rule = Calibration {
        classes: Some(limits),
        ..rule
    };
    library.set_calibration(Family::EiMs, Some(rule));
    Ok(())
}

/// What was stored with a library, where it is of this list of classes and this rule.
fn stored(library: &Library) -> Option<ClassLimits> {
    let rule = library.group(Family::EiMs)?.calibration.as_ref()?;
    let limits = rule.classes.clone()?;
    (limits.list == list_hash()).then_some(limits)
}

fn list_hash() -> String {
    hex(&Sha256::digest([LIST, RULE].concat()))
}

/// A spectrum whose class is asked for.
pub struct Question<'a> {
    /// The spectrum.
    pub spectrum: &'a Spectrum,
    /// What was found of its analogues.
    pub found: &'a Found,
    /// Who found them, and finds those of the library's own spectra where its limits are not stored.
    pub analogues: &'a Analogues<'a>,
    /// Substances, by their index in the library, that it is taken not to have.
    pub skip: &'a (dyn Fn(u32) -> bool + Sync),
}

/// Judges the class of EI spectra by one library.
#[derive(Debug)]
pub struct Classes {
    table: Table,
    references: References,
    /// Classes that have enough members.
    groups: Vec<usize>,
    /// How often the library's own spectra mislead; tried when first needed.
    limits: OnceLock<ClassLimits>,
}

impl Classes {
    /// Reads the classes of a library's references.
    ///
    /// # Errors
    /// [`ClassError`] where an entry is damaged.
    pub fn new(library: &Library, register: &Register) -> Result<Self, ClassError> {
        let table = Table::parse(LIST)?;
        let references = References::of(library, register, &table)?;
        let members = |group: &usize| references.members.get(*group).copied().unwrap_or(0);
        let groups = table.groups().filter(|g| members(g) >= FEWEST_MEMBERS);
        Ok(Self {
            groups: groups.collect(),
            table,
            references,
            limits: match stored(library) {
                Some(limits) => limits.into(),
                None => OnceLock::new(),
            },
        })
    }

    /// What the library's own spectra would be given: as stored with it, else tried now.
    fn limits(&self, analogues: &Analogues) -> &ClassLimits {
        let classes = self.table.classes.len();
        let tried = || {
            let references = &self.references;
            let substances = &references.teaching.substance;
            let indices = references.indices.iter().copied();
            let of_index: HashMap<u32, u32> = indices.zip(substances.iter().copied()).collect();
            let witness = |row: usize| {
                let own = substances.get(row);
                let skip = |index: u32| of_index.get(&index) == own;
                // What cannot be read was told when the references were.
                let found = analogues.of_row(*references.rows.get(row)?, &skip).ok()?;
                self.witness(&found)
            };
            // An entry that cannot be read is told by every question.
            let _ = analogues.read();
            ClassLimits {
                list: list_hash(),
                ..limits::limits(&references.teaching, &self.groups, classes, &witness)
            }
        };
        self.limits.get_or_init(|| apart(tried))
    }

    /// What the analogues of a spectrum say of its class.
    fn witness(&self, found: &Found) -> Option<Witness> {
        let references = &self.references;
        Witness::of(found, self.table.classes.len(), |entry| {
            let row = *references.row_of.get(&entry)?;
            references.teaching.classes.get(row).map(Vec::as_slice)
        })
    }

    /// Class evidence of a spectrum as if the library did not have what the question leaves out.
    pub fn judge(&self, question: &Question) -> ClassEvidence {
        let says = |note: String| ClassEvidence {
            notes: vec![note],
            ..ClassEvidence::default()
        };
        let Question { spectrum, skip, .. } = question;
        if !Family::of_query(spectrum.technique).contains(&Family::EiMs) {
            return says(
                "Class evidence is given for electron-ionisation mass spectra only.".to_owned(),
            );
        }
        let Some(recipe) = &self.references.recipe else {
            return says("The library has no whole electron-ionisation mass spectra, from which classes could be told.".to_owned());
        };
        if self.groups.is_empty() {
            return says(format!(
                "No class has {FEWEST_MEMBERS} substances in the library, from which it could be told."
            ));
        }
        let signal = match prepare(spectrum, recipe) {
            Ok(prepared) => abundances(&prepared.signal, recipe),
            Err(error) => return says(error.to_string()),
        };
        let abundances = from_zero(&signal);
        match Profile::of(&abundances) {
            Some(profile) => {
                let row = |row: usize| self.references.indices.get(row).is_some_and(|i| skip(*i));
                let asked = Asked {
                    profile: &profile,
                    witness: self.witness(question.found),
                    skip: &row,
                };
                self.told(&asked, &abundances, self.limits(question.analogues))
            }
            None => says("The spectrum has no ions that can be compared.".to_owned()),
        }
    }

    fn told(&self, asked: &Asked, abundances: &[f64], limits: &ClassLimits) -> ClassEvidence {
        let teaching = &self.references.teaching;
        let (classes, groups) = (self.table.classes.len(), &self.groups);
        let said = limits::best(teaching, groups, classes, asked);
        let shares = said.shares;
        let mut order = groups.clone();
        order.sort_by(|a, b| shares.classes[*b].total_cmp(&shares.classes[*a]));
        let lines = order.iter().take(TOLD);
        let accepted = said
            .best
            .filter(|(_, logit)| limits.accept.is_some_and(|a| *logit >= a));
        ClassEvidence {
            verdict: accepted.map(|(class, _)| ClassVerdict {
                class: self.named(class),
                part: self.part(class, &shares).map(|part| self.named(part)),
            }),
            ranked: lines
                .map(|class| self.line(*class, &shares, asked.profile, abundances, limits))
                .collect(),
            found: (limits.members > 0).then(|| {
                let basis = "spectra of the library's members of the classes, each with its substance left out, that were given their class";
                Rate::wilson(limits.found, limits.members, basis)
            }),
            notes: notes::notes(&self.table, groups, limits, accepted.is_some(), said.silence),
        }
    }

    fn named(&self, class: usize) -> Named {
        let class = &self.table.classes[class];
        Named {
            id: class.id.clone(),
            title: class.title.clone(),
        }
    }

    /// The part of a class that leads clearly.
    fn part(&self, class: usize, shares: &Shares) -> Option<usize> {
        let of_class = (0..self.table.classes.len())
            .filter(|part| *part != class && self.table.classes[*part].group == class)
            .filter(|part| self.references.members[*part] >= FEWEST_MEMBERS);
        let first = of_class.max_by(|a, b| shares.classes[*a].total_cmp(&shares.classes[*b]))?;
        (shares.classes[first] >= LEADS * shares.classes[class]).then_some(first)
    }

    fn line(
        &self,
        class: usize,
        shares: &Shares,
        profile: &Profile,
        abundances: &[f64],
        limits: &ClassLimits,
    ) -> ClassLine {
        let teaching = &self.references.teaching;
        let score = rule::logit(shares, &self.groups, class, profile.spread);
        // Ions are those of the part that leads, else of the class itself.
        let shown = self.part(class, shares).unwrap_or(class);
        let rows = |of: &dyn Fn(&[usize]) -> bool| -> Vec<usize> {
            let all = 0..teaching.len();
            all.filter(|row| of(&teaching.classes[*row])).collect()
        };
        let members = rows(&|own| own.contains(&shown));
        let none = rows(&|own| own.is_empty());
        let origins = &self.table.classes[shown].origins;
        let (speaking, opposing) = words::evidence(origins, abundances, teaching, &members, &none);
        let nearest = (shares.nearest.iter())
            .filter(|(row, _)| teaching.classes[*row].contains(&class))
            .take(NEAREST)
            .filter_map(|(row, likeness)| {
                Some(Alike {
                    entry: *self.references.entry.get(*row)?,
                    likeness: f64::from(*likeness),
                })
            });
        let basis = "spectra of the library's substances of no class, each with its substance left out, that score as high for this class";
        ClassLine {
            class: self.named(class),
            score,
            share: shares.classes[class],
            false_positive_rate: Rate::wilson(
                limits.reaching(class, score),
                limits.none_tried,
                basis,
            ),
            speaking,
            opposing,
            members: self.references.members[class],
            nearest: nearest.collect(),
        }
    }
}

#[cfg(test)]
mod tests;
