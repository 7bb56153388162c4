//! Learning from a library alone when its best candidate may be believed.
//!
//! Every reference (or [`most_trials`] of them, chosen by their ids alone, so that a library that grows
//! asks the same ones again) is measured again on imagined instruments ([`super::disturb`]; three for
//! EI spectra, so that chance decides less) and searched twice: with its substance in the library, and
//! with its substance left out. A logistic regression learns to tell a right best candidate from a wrong
//! one. The limits and the error rates come from references that the regression which judges them
//! has not seen: each half is judged by what the other half taught.
//!
//! A sample that was measured as the library was is nearer to its look-alikes, too, than any that another
//! instrument measured: each reference is also asked as its own instrument would measure it again. Limits hold
//! for both, and the higher of the two false-positive rates is the one that is told.

use super::logistic::{self, Model};
use super::standing::{Standing, names_of};
use super::trial::{Asked, Trial, Trials, all_rounds};
use super::uncalibrated;
use crate::library::{Calibration, Held, Library, Rate};
use crate::prepare::Family;
use crate::substance::Register;

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
pub const FALSE_SHARE: f64 = 0.0125;
/// The same for substances measured as the library was: a limit that lets through fewer would leave of the real Raman
/// queries of other instruments next to none.
pub(super) const FALSE_SHARE_AGAIN: f64 = 0.05;
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
pub fn calibrate(library: &mut Library, register: &Register, progress: &(dyn Fn() + Sync)) {
    let families: Vec<Family> = library.groups().map(|g| g.recipe.family).collect();
    for family in families {
        let calibration = learn(library, register, family, progress);
        library.set_calibration(family, calibration);
    }
}

/// What a library teaches about one of its families; `None` where its references are too few or
/// cannot be disturbed realistically. `progress` is called once a trial.
pub fn learn(
    library: &Library,
    register: &Register,
    family: Family,
    progress: &(dyn Fn() + Sync),
) -> Option<Calibration> {
    let trials = Trials::run(library, register, family, most_trials(family), progress)?;
    let asked = |asked: Asked| -> Vec<&Trial> {
        let all = trials.iter();
        all.filter(|trial| trial.asked == asked).collect()
    };
    let (disturbed, again) = (asked(Asked::Disturbed), asked(Asked::Again));
    let width = width_for(&disturbed);
    // What the other half of the disturbed references teaches about a half.
    let taught = |half: usize| {
        let others = disturbed.iter().filter(|trial| trial.half != half);
        fit(family, &others.copied().collect::<Vec<_>>(), width)
    };
    let models = [taught(0)?, taught(1)?];
    let judge = |trials: &[&Trial]| -> Vec<Judged> {
        let of = trials.iter().map(|t| Judged::of(t, &models[t.half], width));
        of.collect()
    };
    let (judged, again) = (judge(&disturbed), judge(&again));
    let sorted = |logits: &mut dyn Iterator<Item = f64>| -> Vec<f64> {
        let mut logits: Vec<f64> = logits.collect();
        logits.sort_by(f64::total_cmp);
        logits
    };
    let absent =
        |judged: &[Judged]| sorted(&mut judged.iter().filter(|j| !j.isomer).map(|j| j.absent));
    let (wrong, wrong_again) = (absent(&judged), absent(&again));
    let right = sorted(&mut judged.iter().filter(|j| j.covered).map(|j| j.present));
    if wrong.len().min(right.len()) < FEWEST * trials.rounds {
        return None;
    }
    let accept = above(&wrong, FALSE_SHARE);
    let accept = match wrong_again.is_empty() {
        true => accept,
        false => accept.max(above(&wrong_again, FALSE_SHARE_AGAIN)),
    };
    let rule = uncalibrated::Rule {
        models: &models,
        width,
        accept,
    };
    let tried = (most_trials(family), FEWEST);
    let uncalibrated = uncalibrated::learn(library, register, family, tried, &rule, progress);
    // No present reference that was tried, on instruments in calibration or out of it.
    let lowest = uncalibrated.as_ref().map_or(f64::INFINITY, |u| u.lowest);
    let reject = right[(right.len() as f64 * missed_share(family)) as usize]
        .min(lowest)
        .min(accept);
    let model = fit(family, &disturbed, width)?;
    let limits = Limits {
        accept,
        reject,
        width,
        rounds: trials.rounds,
    };
    let held = match family.is_mass() {
        true => Some(Held::of(library, family, register).ok()?),
        false => None,
    };
    Some(Calibration {
        held,
        uncalibrated: uncalibrated.and_then(|u| u.rule),
        repeats: (family == Family::MsMs)
            .then(|| repeats(&disturbed))
            .flatten(),
        ..rates(family, &judged, &again, model, limits)
    })
}

/// By how much references differ from the most similar that another contributor measured of their substance:
/// [`REPEATS`] of them by no more. `None` where they are few.
fn repeats(trials: &[&Trial]) -> Option<f64> {
    let mut apart: Vec<f64> = trials.iter().filter_map(|t| t.apart).collect();
    apart.sort_by(f64::total_cmp);
    let rank = (apart.len() as f64 * REPEATS) as usize;
    apart.get(rank).copied().filter(|_| apart.len() >= FEWEST)
}

/// What references asked as their own instrument would measure them are, in words.
const AGAIN: &str = "references of this library, measured again as they were and judged by a rule learned from the others";

/// Where the verdicts part.
struct Limits {
    accept: f64,
    reject: f64,
    width: f64,
    /// Trials of each reference.
    rounds: usize,
}

/// A trial with the logits that a model gives which it took no part in.
struct Judged {
    present: f64,
    absent: f64,
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
            present: logit(&trial.present()),
            absent: logit(&trial.absent()),
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
pub(super) fn above(values: &[f64], share: f64) -> f64 {
    let allowed = (values.len() as f64 * share) as usize;
    values[values.len() - 1 - allowed.min(values.len() - 1)]
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

/// Trials of absent substances that were called identified, with an isomer as best candidate or without.
fn false_positive(
    judged: &[Judged],
    limits: &Limits,
    isomer: bool,
    rounds: usize,
    what: &str,
) -> Rate {
    let isomers_known = judged.iter().any(|j| j.isomer);
    let of = || judged.iter().filter(|j| j.isomer == isomer);
    let count = of().filter(|j| j.absent > limits.accept).count();
    let basis = match (isomer, isomers_known) {
        (true, _) => "with their substance left out and an isomer of it as best candidate",
        (false, true) => "with their substance left out and no isomer of it as best candidate",
        (false, false) => "with their substance left out",
    };
    Rate::repeated(count, of().count(), rounds, format!("{what}, {basis}"))
}

/// The higher of the rates on other instruments and on the library's own.
fn higher(other: Rate, own: Rate) -> Rate {
    match own.n > 0 && own.estimate > other.estimate {
        true => own,
        false => other,
    }
}

fn rates(
    family: Family,
    judged: &[Judged],
    again: &[Judged],
    model: Model,
    limits: Limits,
) -> Calibration {
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
    let accepted = |logit: f64| logit > limits.accept;
    let both = |isomer: bool| {
        higher(
            false_positive(judged, &limits, isomer, limits.rounds, what),
            false_positive(again, &limits, isomer, 1, AGAIN),
        )
    };
    let findable = count(&|j| j.findable);
    let sizes: Vec<usize> = judged
        .iter()
        .filter(|j| j.findable && accepted(j.present))
        .map(|j| j.set_size)
        .collect();
    Calibration {
        classes: None,
        held: None,
        uncalibrated: None,
        repeats: None,
        features: model.features,
        bias: model.bias,
        accept: limits.accept,
        reject: limits.reject,
        width: limits.width,
        false_positive: both(false),
        false_positive_isomer: both(true),
        coverage: Rate::repeated(
            count(&|j| j.covered && accepted(j.present)),
            sizes.len(),
            limits.rounds,
            format!("{present}, that were called identified"),
        ),
        missed: Rate::repeated(
            count(&|j| j.findable && j.present < limits.reject),
            findable,
            limits.rounds,
            present.as_str(),
        ),
        identified: Rate::repeated(
            count(&|j| j.covered && accepted(j.present)),
            findable,
            limits.rounds,
            present.as_str(),
        ),
        class_right: class_right(judged, &limits, what),
        mean_set_size: sizes.iter().sum::<usize>() as f64 / sizes.len().max(1) as f64,
    }
}

/// How often a shared class is right; `None` where too seldom to be named.
fn class_right(judged: &[Judged], limits: &Limits, what: &str) -> Option<Rate> {
    let between = judged
        .iter()
        .filter(|j| (limits.reject..=limits.accept).contains(&j.absent));
    let tried: Vec<bool> = between.filter_map(|j| j.class_right).collect();
    let right = tried.iter().filter(|right| **right).count();
    let rate = Rate::repeated(
        right,
        tried.len(),
        limits.rounds,
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
        assert_eq!(above(&values, 0.008), 991.0);
        assert_eq!(above(&[1.0, 2.0], 0.008), 2.0);
    }
}
