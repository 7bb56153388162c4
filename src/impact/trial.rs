//! One spectrum asked of both generations.

use super::answer::Answer;
use super::{Asked, most_tried};
use crate::decide::{assess_quality, chance, disturbed};
use crate::library::{Entry, Library, LibraryError};
use crate::prepare::Family;
use crate::search::{Ranking, Searcher};
use crate::spectrum::{Identity, Spectrum};
use crate::substance::Register;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A spectrum and what both generations say of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trial {
    /// What was asked.
    pub asked: Asked,
    /// Family of the references.
    pub family: Family,
    /// Entry, or record of the validation.
    pub id: String,
    /// The true substance.
    pub substance: String,
    /// Whether both generations hold the substance.
    pub present: bool,
    /// What the old generation says.
    pub before: Answer,
    /// What the new one says.
    pub after: Answer,
    /// What the old one says without the substance; `None` where that was not asked.
    pub absent_before: Option<Answer>,
    /// What the new one says without the substance.
    pub absent_after: Option<Answer>,
}

impl Trial {
    /// Whether first place, verdict or set changed.
    pub fn is_changed(&self) -> bool {
        let told = |a: &Answer| (a.first, a.level, a.holds_truth);
        let named = |a: &Answer| a.set.iter().cloned().collect::<HashSet<_>>();
        let identified = |a: &Option<Answer>| a.as_ref().is_some_and(Answer::is_identified);
        told(&self.before) != told(&self.after)
            || named(&self.before) != named(&self.after)
            || identified(&self.absent_before) != identified(&self.absent_after)
    }

    /// Substances that the new generation names together with this one in an identified set, and the
    /// old one did not.
    pub fn new_look_alikes(&self) -> impl Iterator<Item = &str> {
        let set = self.after.set.iter().filter(|_| self.after.holds_truth);
        set.filter(|name| **name != self.substance && !self.before.set.contains(name))
            .map(String::as_str)
    }
}

/// A generation that can be asked.
pub(super) struct Asker<'a> {
    library: &'a Library,
    searcher: Searcher<'a>,
    register: &'a Register,
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
}

impl<'a> Asker<'a> {
    pub fn new(
        library: &'a Library,
        searcher: Searcher<'a>,
        register: &'a Register,
    ) -> Result<Self, LibraryError> {
        let entries: Vec<Entry> = library.entries().collect::<Result<_, _>>()?;
        let by_id = entries.iter().enumerate();
        Ok(Self {
            by_id: by_id.map(|(i, e)| (e.id.clone(), i)).collect(),
            library,
            searcher,
            register,
            entries,
        })
    }

    /// Whether an entry is of the substance that is asked: by identity, or because this library takes
    /// both as one substance.
    fn is_of(&self, entry: usize, question: &Question) -> bool {
        let asked = self.by_id.get(&question.id);
        let substance = asked.and_then(|index| self.library.substance_of(*index));
        let found = self.entries.get(entry);
        found.is_some_and(|e| question.identity.is_same_as(&e.identity))
            || (substance.is_some() && self.library.substance_of(entry) == substance)
    }

    /// Names of the substances that are searched, by what identifies them.
    pub fn substances(&self) -> BTreeMap<String, &str> {
        let active = self.entries.iter().filter(|e| e.deprecated.is_none());
        active
            .map(|e| (e.substance_key(), e.identity.name.as_str()))
            .collect()
    }

    /// Names of the substances that the other one does not search.
    pub fn gone(&self, other: &Self) -> Vec<String> {
        let there = other.substances();
        let own = self.substances().into_iter();
        own.filter(|(key, _)| !there.contains_key(key))
            .map(|(_, name)| name.to_owned())
            .collect()
    }

    /// Whether a substance can be found among the references of a family.
    fn holds(&self, identity: &Identity) -> bool {
        let mut active = self.entries.iter().filter(|e| e.deprecated.is_none());
        active.any(|e| identity.is_same_as(&e.identity))
    }

    fn rank(&self, question: &Question) -> Option<Ranking> {
        let Some(origin) = &question.without_origin else {
            return self.searcher.rank(&question.spectrum).ok();
        };
        let skip = |entry: usize| {
            let found = self.entries.get(entry);
            let own = found.and_then(|entry| entry.provenance.contributor());
            own == origin.as_deref() && self.is_of(entry, question)
        };
        let ranked = self.searcher.rank_without(&question.spectrum, &skip);
        ranked.ok()
    }

    fn answers(&self, question: &Question) -> Option<(Answer, Option<Answer>)> {
        let mut ranking = self.rank(question)?;
        let quality = assess_quality(&question.spectrum);
        let is_true = |entry: usize| self.is_of(entry, question);
        let answer =
            |ranking: &Ranking| Answer::of(ranking, &quality, self.library, self.register, is_true);
        let present = answer(&ranking);
        if question.asked == Asked::Validation && question.present {
            return Some((present, None));
        }
        ranking.hits.retain(|hit| !is_true(hit.entry));
        let absent = answer(&ranking);
        Some((present, Some(absent)))
    }
}

/// A spectrum to be asked.
pub(super) struct Question {
    asked: Asked,
    family: Family,
    id: String,
    identity: Identity,
    present: bool,
    spectrum: Spectrum,
    /// References of the substance by this laboratory are left out: the spectrum is one of them.
    without_origin: Option<Option<String>>,
}

impl Question {
    /// One reference of every substance that both generations search, at most [`most_tried`] a family.
    pub fn references(before: &Asker<'_>, after: &Asker<'_>) -> Vec<Self> {
        let mut questions = Vec::new();
        for group in before.library.groups() {
            let family = group.recipe.family;
            let mut rows: Vec<(u64, usize, u32)> = (0..group.len())
                .filter_map(|row| {
                    let index = *group.entry.get(row)? as usize;
                    let entry = before.entries.get(index)?;
                    let now = &after.entries[*after.by_id.get(&entry.id)?];
                    let kept = now.deprecated.is_none() && now.identity.is_same_as(&entry.identity);
                    let substance = before.library.substance_of(index)?;
                    kept.then(|| (chance(&entry.id), row, substance))
                })
                .collect();
            rows.sort_unstable();
            let mut seen = HashSet::new();
            rows.retain(|(_, _, substance)| seen.insert(*substance));
            rows.truncate(most_tried(family));
            questions.extend(rows.iter().filter_map(|(seed, row, _)| {
                let index = *group.entry.get(*row)? as usize;
                let entry = before.entries.get(index)?;
                let own = entry.provenance.contributor().map(str::to_owned);
                let other = |e: &&Entry| {
                    e.deprecated.is_none()
                        && e.technique.id() == entry.technique.id()
                        && entry.identity.is_same_as(&e.identity)
                        && e.provenance.contributor() != own.as_deref()
                };
                let is_peaks = family == Family::MsMs;
                // An MS/MS reference is asked as it is, so another laboratory's must answer.
                if is_peaks && !before.entries.iter().any(|e| other(&e)) {
                    return None;
                }
                Some(Self {
                    asked: Asked::References,
                    family,
                    id: entry.id.clone(),
                    identity: entry.identity.clone(),
                    present: true,
                    spectrum: disturbed(before.library, group, *row, *seed)?,
                    without_origin: is_peaks.then_some(own),
                })
            }));
        }
        questions
    }

    /// The spectra that a validation stored with the old generation.
    ///
    /// # Errors
    /// [`LibraryError::Damaged`] where they cannot be read.
    pub fn stored(before: &Asker<'_>, after: &Asker<'_>) -> Result<Vec<Self>, LibraryError> {
        let probes = before.library.probes()?;
        Ok(probes
            .into_iter()
            .filter_map(|probe| {
                let identity = probe.entry.identity.clone();
                Some(Self {
                    asked: Asked::Validation,
                    family: *Family::of_query(probe.entry.technique).first()?,
                    id: probe.entry.id.clone(),
                    present: before.holds(&identity) && after.holds(&identity),
                    spectrum: probe.blinded(),
                    identity,
                    without_origin: None,
                })
            })
            .collect())
    }

    /// What both generations say; `None` where the old one cannot compare the spectrum at all.
    pub fn ask(&self, before: &Asker<'_>, after: &Asker<'_>) -> Option<Trial> {
        let (was, absent_was) = before.answers(self)?;
        // What can no longer be compared at all is lost.
        let (is, absent_is) = after.answers(self).unwrap_or_else(|| {
            (
                Answer::nothing(),
                absent_was.as_ref().map(|_| Answer::nothing()),
            )
        });
        Some(Trial {
            asked: self.asked,
            family: self.family,
            id: self.id.clone(),
            substance: self.identity.name.clone(),
            present: self.present,
            before: was,
            after: is,
            absent_before: absent_was,
            absent_after: absent_is,
        })
    }
}
