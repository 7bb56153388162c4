//! Learning from a library alone when its best candidate may be believed.
//!
//! Every reference (or [`most_trials`] of them, four of a substance, chosen by their ids alone, so that a library that grows
//! asks the same ones again) is measured again on imagined instruments ([`super::disturb`]; three for
//! EI spectra, so that chance decides less) and searched twice: with its substance in the library, and
//! with its substance left out. A logistic regression learns to tell a right best candidate from a wrong
//! one. The limits and the error rates come from substances that the regression which judges them
//! has not seen: each half is judged by what the other half taught, and its rates are counted at the limits that
//! the other half sets. The rule that is kept is learned from both halves, as are its limits. A trial without the
//! substance that finds nothing to be named counts in no false-positive rate: where there is nothing, no rate is read.
//!
//! A sample that was measured as the library was is nearer to its look-alikes, too, than any that another
//! instrument measured: each reference is also asked as its own instrument would measure it again. Limits hold
//! for both, and the higher of the two false-positive rates is the one that is told.

use super::logistic::{self, Model};
use super::standing::{Standing, names_of};
use super::trial::{Asked, Trial, Trials, all_rounds};
use super::uncalibrated;
use crate::library::{Calibration, Held, Library, LibraryError, Rate};
use crate::prepare::Family;
use crate::substance::Register;
use std::collections::HashSet;

/// References that are tried, taken by chance where there are more: 2000 mass spectra or 500 curves,
/// whose comparison takes longer.
pub fn most_trials(family: Family) -> usize {
    match family.is_mass() {
        true => 2000,
        false => 500,
    }
}

/// Fewest substances left out from which limits are set: none wrong in 40 still leaves a false
/// positive rate of up to 9 %.
const FEWEST: usize = 40;
/// Share of left-out substances, without isomers in the library, that may be called identified.
const FALSE_SHARE: f64 = 0.0125;
/// The same for substances measured as the library was: a limit that lets through fewer would leave of the real Raman
/// queries of other instruments next to none.
pub(super) const FALSE_SHARE_AGAIN: f64 = 0.05;

/// Share of left-out substances of a family that may be called identified, of those with a candidate. MS/MS references
/// are asked as instruments of the library measured them, and every candidate has the precursor.
pub fn false_share(family: Family) -> f64 {
    match family {
        Family::MsMs => FALSE_SHARE_AGAIN,
        _ => FALSE_SHARE,
    }
}

/// Share of present substances that may be called not in the library. None of the curves tried, since real
/// curves differ by more than a disturbance imitates.
fn missed_share(family: Family) -> f64 {
    match family {
        Family::EiMs | Family::EiMsPrincipal => 0.02,
        Family::MsMs => 0.01,
        Family::Raman | Family::Infrared | Family::NearInfrared => 0.0,
    }
}

/// Lower end of the interval of how often a shared class is right, from which it is named.
const LEAST_CLASS_RIGHT: f64 = 0.7;
/// Share of present substances that the set shall contain.
pub const SET_SHARE: f64 = 0.99;

/// Share of MS/MS references whose difference from another contributor's is taken for that of two measurements of one
/// substance. Of [0.5, 0.6, 0.7, 0.75, 0.8, 0.9] the one from which the look-alikes of wrong best candidates hold the true
/// substance hardly more often, on references against those of other contributors.
const REPEATS: f64 = 0.75;

/// The least width of a set. Imagined instruments differ by chance only, real ones also by the
/// temperature of the source and the like, which acts on all fragments of a kind. 99 % of real EI
/// replicates needed 0.20 (NIST's near-isomers against SWGDRUG 3.9), which is rounded up and taken for
/// the other techniques, too.
const LEAST_WIDTH: f64 = 0.25;

/// Number of trials that [`calibrate`] makes.
pub fn trials(library: &Library) -> usize {
    library
        .groups()
        .map(|g| {
            let family = g.recipe.family;
            let uncalibrated = match family {
                Family::Raman => uncalibrated::ROUNDS,
                _ => 0,
            };
            g.len().min(most_trials(family)) * (all_rounds(family) + uncalibrated)
        })
        .sum()
}

/// Learns the rules of all families of a library and stores them in it. `progress` is called once a
/// trial.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub fn calibrate(
    library: &mut Library,
    register: &Register,
    progress: &(dyn Fn() + Sync),
) -> Result<(), LibraryError> {
    let families: Vec<Family> = library.groups().map(|g| g.recipe.family).collect();
    for family in families {
        let calibration = learn(library, register, family, progress)?;
        library.set_calibration(family, calibration);
    }
    Ok(())
}

/// What a library teaches about one of its families; `None` where its references are too few or
/// cannot be disturbed realistically. `progress` is called once a trial.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged: its rates would be those of other references.
pub fn learn(
    library: &Library,
    register: &Register,
    family: Family,
    progress: &(dyn Fn() + Sync),
) -> Result<Option<Calibration>, LibraryError> {
    let Some(trials) = Trials::run(library, register, family, most_trials(family), progress)?
    else {
        return Ok(None);
    };
    let Some(taught) = Taught::by(family, &trials) else {
        return Ok(None);
    };
    let tried = (most_trials(family), FEWEST);
    let rule = uncalibrated::Rule {
        models: &taught.models,
        width: taught.width,
        accept: taught.limits.accept,
    };
    let uncalibrated = uncalibrated::learn(library, register, family, tried, &rule, progress)?;
    // No present reference that was tried, on instruments in calibration or out of it, is rejected.
    let lowest = uncalibrated.as_ref().map_or(f64::INFINITY, |u| u.lowest);
    let held = match family.is_mass() {
        true => Some(Held::of(library, family, register)?),
        false => None,
    };
    Ok(Some(Calibration {
        held,
        uncalibrated: uncalibrated.and_then(|u| u.rule),
        ..taught.calibration(family, lowest)
    }))
}

/// What the trials of a library teach.
struct Taught {
    model: Model,
    /// The models that judge each half.
    models: [Model; 2],
    limits: Limits,
    width: f64,
    judged: Vec<Judged>,
    again: Vec<Judged>,
    measured: Measured,
    /// What repeats of one ion differ by, of MS/MS.
    apart: Option<f64>,
}

impl Taught {
    /// `None` where the trials are too few.
    fn by(family: Family, trials: &Trials) -> Option<Self> {
        let asked = |asked: Asked| -> Vec<&Trial> {
            let all = trials.iter();
            all.filter(|trial| trial.asked == asked).collect()
        };
        let (disturbed, again_of) = (asked(Asked::Disturbed), asked(Asked::Again));
        let width = width_for(&disturbed);
        // What the other half of the disturbed references teaches about a half.
        let model_for = |half: usize| {
            let others = disturbed.iter().filter(|trial| trial.half != half);
            fit(family, &others.copied().collect::<Vec<_>>(), width)
        };
        let models = [model_for(0)?, model_for(1)?];
        let judge = |trials: &[&Trial]| -> Vec<Judged> {
            let of = trials.iter().map(|t| Judged::of(t, &models[t.half], width));
            of.collect()
        };
        let (judged, again) = (judge(&disturbed), judge(&again_of));
        let wrong = judged.iter().filter(|j| !j.isomer && j.absent.is_some());
        let right = judged.iter().filter(|j| j.covered);
        if wrong.count().min(right.count()) < FEWEST * trials.rounds {
            return None;
        }
        let limits_of = |half: usize| {
            let of = |judged: &[Judged]| -> Vec<Judged> {
                let own = judged.iter().filter(|j| j.half == half);
                own.cloned().collect()
            };
            Limits::of(family, &of(&judged), &of(&again))
        };
        Some(Self {
            model: fit(family, &disturbed, width)?,
            limits: Limits::of(family, &judged, &again)?,
            measured: Measured {
                // A half is judged at the limits of the other.
                limits: [limits_of(1)?, limits_of(0)?],
                repeats: repeats(&disturbed),
                repeats_again: repeats(&again_of),
            },
            apart: apart(&disturbed).filter(|_| family == Family::MsMs),
            models,
            width,
            judged,
            again,
        })
    }

    /// The rule and its rates, where a logit from `lowest` on is of no substance that is not in the library.
    fn calibration(mut self, family: Family, lowest: f64) -> Calibration {
        let halves = self.measured.limits.iter_mut();
        for limits in halves.chain([&mut self.limits]) {
            limits.reject = limits.reject.min(lowest);
        }
        rates(family, self)
    }
}

/// Trials of each substance, in the mean: they are not independent of one another.
fn repeats(trials: &[&Trial]) -> usize {
    let substances: HashSet<u64> = trials.iter().map(|trial| trial.substance).collect();
    let mean = trials.len() as f64 / substances.len().max(1) as f64;
    (mean.round() as usize).max(1)
}

/// By how much references differ from the most similar that another contributor measured of their substance:
/// [`REPEATS`] of them by no more. `None` where they are few.
fn apart(trials: &[&Trial]) -> Option<f64> {
    let mut apart: Vec<f64> = trials.iter().filter_map(|t| t.apart).collect();
    apart.sort_by(f64::total_cmp);
    let rank = (apart.len() as f64 * REPEATS) as usize;
    apart.get(rank).copied().filter(|_| apart.len() >= FEWEST)
}

/// What references asked as their own instrument would measure them are, in words.
const AGAIN: &str = "references of this library, measured again as they were and judged by a rule learned from the others";

/// Where the verdicts part.
#[derive(Clone, Copy)]
struct Limits {
    accept: f64,
    reject: f64,
}

impl Limits {
    /// Those that these trials set; `None` where nothing wrong or nothing right was found.
    fn of(family: Family, judged: &[Judged], again: &[Judged]) -> Option<Self> {
        let absent = |judged: &[Judged]| {
            let found = judged.iter().filter(|j| !j.isomer);
            sorted(found.filter_map(|j| j.absent))
        };
        let right = sorted(judged.iter().filter(|j| j.covered).map(|j| j.present));
        let accept = above(&absent(judged), false_share(family))?;
        let accept = match above(&absent(again), FALSE_SHARE_AGAIN) {
            Some(again) => accept.max(again),
            None => accept,
        };
        let lowest = right.get((right.len() as f64 * missed_share(family)) as usize)?;
        let reject = lowest.min(accept);
        Some(Self { accept, reject })
    }
}

/// How the rates are counted.
struct Measured {
    /// The limits by which each half is judged.
    limits: [Limits; 2],
    /// Trials of each substance.
    repeats: usize,
    repeats_again: usize,
}

impl Measured {
    /// Whether a trial of this logit is accepted.
    fn accepts(&self, trial: &Judged, logit: f64) -> bool {
        logit > self.limits[trial.half].accept
    }

    /// Whether a substance left out is called identified.
    fn accepts_absent(&self, trial: &Judged) -> bool {
        trial.absent.is_some_and(|logit| self.accepts(trial, logit))
    }
}

pub(super) fn sorted(logits: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut logits: Vec<f64> = logits.collect();
    logits.sort_by(f64::total_cmp);
    logits
}

/// A trial with the logits that a model gives which it took no part in.
#[derive(Clone)]
struct Judged {
    half: usize,
    present: f64,
    /// `None` where nothing was found.
    absent: Option<f64>,
    findable: bool,
    covered: bool,
    isomer: bool,
    set_size: usize,
    /// Whether the class that the leading candidates share with the substance left out is its own;
    /// `None` where they share none or the substance's own is not known.
    class_right: Option<bool>,
}

impl Judged {
    fn of(trial: &Trial, model: &Model, width: f64) -> Self {
        let logit = |standing: &Standing<'_>| {
            let names = model.features.iter().map(|f| f.name.as_str());
            let values = standing.quantities(names, width);
            values.map_or(f64::NEG_INFINITY, |v| model.logit(&v))
        };
        Self {
            half: trial.half,
            present: logit(&trial.present()),
            absent: trial.absent().best().map(|_| logit(&trial.absent())),
            findable: trial.findable,
            covered: trial.behind.is_some_and(|b| b <= width),
            isomer: trial.isomer,
            set_size: trial.present().set_size(width),
            class_right: trial
                .class_without
                .as_ref()
                .and_then(|shared| Some(shared == trial.class.as_ref()?)),
        }
    }
}

fn fit(family: Family, trials: &[&Trial], width: f64) -> Option<Model> {
    let covered = trials
        .iter()
        .filter(|t| t.behind.is_some_and(|b| b <= width));
    let quantities = |standing: Standing<'_>| {
        let names = names_of(family).iter().copied();
        standing.quantities(names, width)
    };
    let right: Vec<Vec<f64>> = covered.filter_map(|t| quantities(t.present())).collect();
    let wrong: Vec<Vec<f64>> = trials
        .iter()
        .filter(|t| !t.isomer)
        .filter_map(|t| quantities(t.absent()))
        .collect();
    logistic::fit(names_of(family), &right, &wrong)
}

/// A limit that at most `share` of the ascending values exceed.
pub(super) fn above(values: &[f64], share: f64) -> Option<f64> {
    let allowed = (values.len() as f64 * share) as usize;
    values.iter().rev().nth(allowed).copied()
}

/// The width that [`SET_SHARE`] of the trials need, as a conformal quantile (rank
/// `ceil((n + 1) share)`), but at least [`LEAST_WIDTH`].
fn width_for(trials: &[&Trial]) -> f64 {
    let mut needed: Vec<f64> = trials
        .iter()
        .filter(|t| t.findable)
        .map(|t| t.behind.unwrap_or(f64::INFINITY))
        .collect();
    needed.sort_by(f64::total_cmp);
    let rank = ((needed.len() + 1) as f64 * SET_SHARE).ceil() as usize;
    let learned = needed.get(rank.saturating_sub(1)).copied().unwrap_or(0.0);
    // A substance that is not found at all cannot be covered by any width.
    match learned.is_finite() {
        true => learned.clamp(LEAST_WIDTH, 1.0),
        false => 1.0,
    }
}

/// Trials of absent substances that were called identified, with an isomer as best candidate or without, of those that
/// found a candidate.
fn false_positive(
    judged: &[Judged],
    measured: &Measured,
    isomer: bool,
    repeats: usize,
    what: &str,
) -> Rate {
    let isomers_known = judged.iter().any(|j| j.isomer);
    let of = || judged.iter().filter(|j| j.isomer == isomer);
    let count = of().filter(|j| measured.accepts_absent(j)).count();
    let found = of().filter(|j| j.absent.is_some()).count();
    let basis = match (isomer, isomers_known) {
        (true, _) => {
            "with their substance left out and an isomer of it as best candidate".to_owned()
        }
        (false, true) => {
            "with their substance left out and no isomer of it as best candidate".to_owned()
        }
        (false, false) if found == judged.len() => "with their substance left out".to_owned(),
        (false, false) => format!(
            "with their substance left out and another candidate found, as in {found} of {} trials",
            judged.len()
        ),
    };
    Rate::repeated(count, found, repeats, format!("{what}, {basis}"))
}

/// The higher of the rates on other instruments and on the library's own.
fn higher(other: Rate, own: Rate) -> Rate {
    match own.n > 0 && own.estimate > other.estimate {
        true => own,
        false => other,
    }
}

fn rates(family: Family, taught: Taught) -> Calibration {
    let (judged, again) = (&taught.judged[..], &taught.again[..]);
    let measured = &taught.measured;
    let what = match family {
        Family::MsMs => {
            "references of this library, asked against other contributors' and judged by a rule learned from the others"
        }
        _ => {
            "references of this library, disturbed as another instrument would and judged by a rule learned from the others"
        }
    };
    let present = format!("{what}, with their substance in the library");
    let count = |test: &dyn Fn(&Judged) -> bool| judged.iter().filter(|j| test(j)).count();
    let identified = |j: &Judged| measured.accepts(j, j.present);
    let both = |isomer: bool| {
        higher(
            false_positive(judged, measured, isomer, measured.repeats, what),
            false_positive(again, measured, isomer, measured.repeats_again, AGAIN),
        )
    };
    let findable = count(&|j| j.findable);
    let sizes: Vec<usize> = judged
        .iter()
        .filter(|j| j.findable && identified(j))
        .map(|j| j.set_size)
        .collect();
    Calibration {
        classes: None,
        held: None,
        uncalibrated: None,
        repeats: taught.apart,
        features: taught.model.features,
        bias: taught.model.bias,
        accept: taught.limits.accept,
        reject: taught.limits.reject,
        width: taught.width,
        false_positive: both(false),
        false_positive_isomer: both(true),
        coverage: Rate::repeated(
            count(&|j| j.covered && identified(j)),
            sizes.len(),
            measured.repeats,
            format!("{present}, that were called identified"),
        ),
        missed: Rate::repeated(
            count(&|j| j.findable && j.present < measured.limits[j.half].reject),
            findable,
            measured.repeats,
            present.as_str(),
        ),
        identified: Rate::repeated(
            count(&|j| j.covered && identified(j)),
            findable,
            measured.repeats,
            present.as_str(),
        ),
        class_right: class_right(judged, measured, what),
        mean_set_size: sizes.iter().sum::<usize>() as f64 / sizes.len().max(1) as f64,
    }
}

/// How often a shared class is right; `None` where too seldom to be named.
fn class_right(judged: &[Judged], measured: &Measured, what: &str) -> Option<Rate> {
    let between = judged.iter().filter(|j| {
        let Limits { accept, reject } = measured.limits[j.half];
        j.absent
            .is_some_and(|logit| (reject..=accept).contains(&logit))
    });
    let tried: Vec<bool> = between.filter_map(|j| j.class_right).collect();
    let right = tried.iter().filter(|right| **right).count();
    let rate = Rate::repeated(
        right,
        tried.len(),
        measured.repeats,
        format!("{what}, with their substance left out"),
    );
    (rate.low >= LEAST_CLASS_RIGHT).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_by_counting() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        // Eight of 1000 lie above 991.
        assert_eq!(above(&values, 0.008), Some(991.0));
        assert_eq!(above(&[1.0, 2.0], 0.008), Some(2.0));
        assert_eq!(above(&[], 0.008), None);
    }

    fn absent(half: usize, logit: Option<f64>) -> Judged {
        Judged {
            half,
            present: 5.0,
            absent: logit,
            findable: true,
            covered: true,
            isomer: false,
            set_size: 1,
            class_right: None,
        }
    }

    #[test]
    fn a_half_is_counted_at_the_limits_of_the_other_and_only_where_something_was_found() {
        let judged = [
            absent(0, Some(1.0)),
            absent(0, Some(2.0)),
            absent(1, Some(3.0)),
            absent(1, None),
        ];
        let limits = |half: usize| {
            let own: Vec<Judged> = judged.iter().filter(|j| j.half == half).cloned().collect();
            Limits::of(Family::MsMs, &own, &[]).unwrap()
        };
        assert_eq!((limits(0).accept, limits(1).accept), (2.0, 3.0));
        let measured = Measured {
            limits: [limits(1), limits(0)],
            repeats: 1,
            repeats_again: 1,
        };
        let rate = false_positive(&judged, &measured, false, 1, "tried");
        assert_eq!((rate.n, rate.estimate), (3, 1.0 / 3.0));
        let basis =
            "tried, with their substance left out and another candidate found, as in 3 of 4 trials";
        assert_eq!(rate.basis, basis);
    }
}
