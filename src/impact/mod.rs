//! What a new generation does to identification: the same spectra, asked of the old and of the new.
//!
//! One reference of every substance (by falling chance at most [`most_tried`] a family) is measured
//! again on an imagined instrument, as when the library's rule is learned, and searched in both
//! generations: with its substance in the library, and with its substance left out. Spectra of known
//! substances that a validation stored are searched in both, too. Chance depends on the entry's id
//! alone, so that two generations are asked the same whatever else they hold.

mod answer;
mod difference;
mod trial;

pub use answer::Answer;
pub use difference::{EntryChange, EntryDifference, entries};
pub use trial::Trial;

use crate::library::{Library, LibraryError, Rate};
use crate::prepare::Family;
use crate::search::{Options, Searcher};
use crate::substance::Register;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use trial::{Asker, Question};

/// Share of trials that a change may lose, unless the user says otherwise.
pub const MOST_LOST: f64 = 0.01;

/// References that are tried: 1000 mass spectra or 250 curves, whose comparison takes longer.
pub fn most_tried(family: Family) -> usize {
    match family.is_mass() {
        true => 1000,
        false => 250,
    }
}

/// How far a measurement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many spectra will be tried.
    Of(usize),
    /// One more is done.
    Done,
}

/// What was asked of both generations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// References as another instrument would measure them.
    References,
    /// Spectra that a validation stored.
    Validation,
}

/// Numbers of trials of one kind and family.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Spectra tried whose substance both generations hold.
    pub tried: usize,
    /// Their substance was ranked first.
    pub first: usize,
    /// Called identified, the substance in the set.
    pub right: usize,
    /// Called identified, the substance not in the set.
    pub wrong: usize,
    /// Spectra tried with their substance left out, or absent.
    pub absent: usize,
    /// Called identified then.
    pub absent_identified: usize,
}

impl Tally {
    fn add(&mut self, trial: &Trial, answer: impl Fn(&Trial) -> (&Answer, Option<&Answer>)) {
        let (present, absent) = answer(trial);
        if trial.present {
            self.tried += 1;
            self.first += usize::from(present.first);
            self.right += usize::from(present.is_right());
            self.wrong += usize::from(present.is_wrong());
        }
        if let Some(absent) = absent {
            self.absent += 1;
            self.absent_identified += usize::from(absent.is_identified());
        }
    }
}

/// Figures of one kind and family, before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// What was asked.
    pub asked: Asked,
    /// Family of the references.
    pub family: Family,
    /// Of the old generation.
    pub before: Tally,
    /// Of the new one.
    pub after: Tally,
}

impl Part {
    /// Share of trials that were told rightly before and are not now: the largest of first places
    /// lost, substances newly identified wrongly, and absent ones newly called identified, each net of
    /// what was won. 0 where nothing was lost.
    pub fn lost(&self) -> f64 {
        let share = |more: usize, less: usize, of: usize| {
            more.saturating_sub(less) as f64 / of.max(1) as f64
        };
        let (a, b) = (&self.before, &self.after);
        [
            share(a.first, b.first, a.tried),
            share(b.wrong, a.wrong, a.tried),
            share(b.absent_identified, a.absent_identified, a.absent),
        ]
        .into_iter()
        .fold(0.0, f64::max)
    }
}

/// Error rates that a generation states for a family.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stated {
    /// Family.
    pub family: Family,
    /// Absent substances called identified, before; `None` where it had no rule.
    pub false_positive_before: Option<Rate>,
    /// The same after.
    pub false_positive_after: Option<Rate>,
    /// Present substances identified rightly, before.
    pub identified_before: Option<Rate>,
    /// The same after.
    pub identified_after: Option<Rate>,
}

/// What a new generation does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Impact {
    /// Figures by kind and family.
    pub parts: Vec<Part>,
    /// What the generations state of themselves.
    pub stated: Vec<Stated>,
    /// Trials whose answer changed: first place, verdict, or set.
    pub changed: Vec<Trial>,
    /// Number of substances that the old generation searches.
    pub substances: usize,
    /// Those that the new one does not search any more.
    pub gone: Vec<String>,
}

impl Impact {
    /// Asks both generations the same.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry of either is damaged.
    pub fn measure(
        old: &Library,
        new: &Library,
        register: &Register,
        progress: &(dyn Fn(Step) + Sync),
    ) -> Result<Self, LibraryError> {
        let options = || Options {
            top: 1,
            ..Options::default()
        };
        let before = Asker::new(old, Searcher::new(old, options()), register)?;
        let after = Asker::new(new, Searcher::new(new, options()), register)?;
        let mut questions = Question::references(&before, &after);
        questions.extend(Question::stored(&before, &after)?);
        progress(Step::Of(questions.len()));
        let trials: Vec<Trial> = questions
            .par_iter()
            .filter_map(|question| {
                progress(Step::Done);
                question.ask(&before, &after)
            })
            .collect();
        let mut parts: BTreeMap<(Asked, Family), (Tally, Tally)> = BTreeMap::new();
        for trial in &trials {
            let part = parts.entry((trial.asked, trial.family)).or_default();
            part.0.add(trial, |t| (&t.before, t.absent_before.as_ref()));
            part.1.add(trial, |t| (&t.after, t.absent_after.as_ref()));
        }
        Ok(Self {
            parts: parts
                .into_iter()
                .map(|((asked, family), (before, after))| Part {
                    asked,
                    family,
                    before,
                    after,
                })
                .collect(),
            stated: stated(old, new),
            changed: trials.into_iter().filter(Trial::is_changed).collect(),
            substances: before.substances().len(),
            gone: before.gone(&after),
        })
    }

    /// Share of the old generation's substances that the new one does not search any more.
    pub fn gone_share(&self) -> f64 {
        self.gone.len() as f64 / self.substances.max(1) as f64
    }

    /// The largest loss of any part ([`Part::lost`]); substances that are gone are not counted.
    pub fn lost(&self) -> f64 {
        self.parts.iter().map(Part::lost).fold(0.0, f64::max)
    }
}

fn stated(old: &Library, new: &Library) -> Vec<Stated> {
    let rule = |library: &Library, family| {
        let group = library.group(family)?;
        let calibration = group.calibration.as_ref()?;
        Some((
            calibration.false_positive.clone(),
            calibration.identified.clone(),
        ))
    };
    Family::ALL
        .into_iter()
        .map(|family| {
            let (a, b) = (rule(old, family), rule(new, family));
            Stated {
                family,
                false_positive_before: a.as_ref().map(|r| r.0.clone()),
                identified_before: a.map(|r| r.1),
                false_positive_after: b.as_ref().map(|r| r.0.clone()),
                identified_after: b.map(|r| r.1),
            }
        })
        .filter(|s| {
            s.false_positive_before != s.false_positive_after
                || s.identified_before != s.identified_after
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_the_largest_net_share() {
        let tally = |first, wrong, absent_identified| Tally {
            tried: 200,
            first,
            right: first,
            wrong,
            absent: 100,
            absent_identified,
        };
        let part = |before, after| Part {
            asked: Asked::References,
            family: Family::EiMs,
            before,
            after,
        };
        assert_eq!(part(tally(190, 1, 1), tally(192, 1, 1)).lost(), 0.0);
        // 4 of 200 first places, 3 of 200 newly wrong, 3 of 100 absent.
        assert_eq!(part(tally(190, 1, 1), tally(186, 4, 1)).lost(), 0.02);
        assert_eq!(part(tally(190, 1, 1), tally(186, 4, 4)).lost(), 0.03);
    }
}
