//! Learning from a library alone when its best candidate may be believed.
//!
//! Every reference (or an even sample of [`MOST_TRIALS`]) is measured again on an imagined
//! instrument ([`super::disturb`]) and searched twice: with its substance in the library, and with
//! its substance left out. From every second reference a logistic regression learns to tell a right
//! best candidate from a wrong one and the limits are set; the others measure the error rates.

use super::logistic;
use super::standing::{Standing, names_of};
use super::trial::{Trial, Trials};
use crate::library::{Calibration, Library, Rate};
use crate::prepare::Family;

/// References that are tried, evenly taken where there are more.
pub const MOST_TRIALS: usize = 1500;
/// Fewest substances left out from which limits are set: none wrong in 40 still leaves a false
/// positive rate of up to 9 %.
const FEWEST: usize = 40;
/// Share of left-out substances, without isomers in the library, that may be called identified.
pub const FALSE_SHARE: f64 = 0.008;
/// Share of present substances that may be called not in the library.
const MISSED_SHARE: f64 = 0.01;
/// Share of present substances that the set shall contain.
pub const SET_SHARE: f64 = 0.99;

/// The least width of a set. Imagined instruments differ by chance only, real ones also by the
/// temperature of the source and the like, which acts on all fragments of a kind. The widths that
/// 99 % of real replicates needed (EI: NIST's replicates of near-isomers against SWGDRUG 3.9, 0.20)
/// are rounded up.
fn least_width(family: Family) -> f64 {
    match family {
        Family::EiMs | Family::EiMsPrincipal => 0.25,
        _ => 0.25,
    }
}

/// Number of trials that [`calibrate`] makes.
pub fn trials(library: &Library) -> usize {
    library.groups().map(|g| g.len().min(MOST_TRIALS)).sum()
}

/// Learns the rules of all families of a library and stores them in it. `progress` is called once a
/// trial.
pub fn calibrate(library: &mut Library, progress: &(dyn Fn() + Sync)) {
    let families: Vec<Family> = library.groups().map(|g| g.recipe.family).collect();
    for family in families {
        let calibration = learn(library, family, progress);
        library.set_calibration(family, calibration);
    }
}

/// What a library teaches about one of its families; `None` where its references are too few or
/// cannot be disturbed realistically. `progress` is called once a trial.
pub fn learn(
    library: &Library,
    family: Family,
    progress: &(dyn Fn() + Sync),
) -> Option<Calibration> {
    let trials = Trials::run(library, family, MOST_TRIALS, progress)?;
    let (learn, measure) = trials.halves();
    let width = width_for(&learn, family);
    let names = names_of(family);
    let quantities = |standing: &Standing<'_>| standing.quantities(width);
    let right: Vec<Vec<f64>> = learn
        .iter()
        .filter(|t| t.behind.is_some_and(|b| b <= width))
        .filter_map(|t| quantities(&t.present()))
        .collect();
    let wrong: Vec<Vec<f64>> = learn
        .iter()
        .filter(|t| !t.isomer)
        .filter_map(|t| quantities(&t.absent()))
        .collect();
    if wrong.len() < FEWEST || right.len() < FEWEST {
        return None;
    }
    let model = logistic::fit(names, &right, &wrong)?;
    let mut calibration = Calibration {
        features: model.features,
        bias: model.bias,
        accept: f64::INFINITY,
        reject: f64::NEG_INFINITY,
        width,
        false_positive: Rate::wilson(0, 0, ""),
        false_positive_isomer: Rate::wilson(0, 0, ""),
        coverage: Rate::wilson(0, 0, ""),
        missed: Rate::wilson(0, 0, ""),
        identified: Rate::wilson(0, 0, ""),
        mean_set_size: 0.0,
    };
    let logits = |rows: &[Vec<f64>]| -> Vec<f64> {
        let mut all: Vec<f64> = rows.iter().filter_map(|r| calibration.logit(r)).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let (wrong, right) = (logits(&wrong), logits(&right));
    calibration.accept = above(&wrong, FALSE_SHARE);
    calibration.reject = right[(right.len() as f64 * MISSED_SHARE) as usize].min(calibration.accept);
    measure_rates(&mut calibration, &measure);
    Some(calibration)
}

/// A limit that at most `share` of the ascending values exceed.
fn above(values: &[f64], share: f64) -> f64 {
    let allowed = (values.len() as f64 * share) as usize;
    values[values.len() - 1 - allowed.min(values.len() - 1)]
}

/// The width that [`SET_SHARE`] of the trials need, as a conformal quantile (rank
/// `ceil((n + 1) share)`), but at least the family's least.
fn width_for(trials: &[&Trial], family: Family) -> f64 {
    let mut needed: Vec<f64> = trials
        .iter()
        .map(|t| t.behind.unwrap_or(f64::INFINITY))
        .collect();
    needed.sort_by(f64::total_cmp);
    let rank = ((needed.len() + 1) as f64 * SET_SHARE).ceil() as usize;
    let learned = needed.get(rank.saturating_sub(1)).copied().unwrap_or(0.0);
    // A substance that is not found at all cannot be covered by any width.
    match learned.is_finite() {
        true => learned.clamp(least_width(family), 1.0),
        false => 1.0,
    }
}

fn measure_rates(calibration: &mut Calibration, trials: &[&Trial]) {
    let width = calibration.width;
    let logit = |standing: &Standing<'_>| {
        let quantities = standing.quantities(width)?;
        calibration.logit(&quantities)
    };
    let accepted = |standing: &Standing<'_>| logit(standing).is_some_and(|l| l > calibration.accept);
    let count = |test: &dyn Fn(&Trial) -> bool| trials.iter().filter(|t| test(t)).count();
    let covered = |t: &Trial| t.behind.is_some_and(|b| b <= width);
    let n = trials.len();
    let isomers = count(&|t| t.isomer);
    let what = "references of this library, disturbed as another instrument would";
    let sizes: Vec<usize> = trials
        .iter()
        .filter(|t| accepted(&t.present()))
        .map(|t| t.present().set_size(width))
        .collect();
    let rates = (
        Rate::wilson(
            count(&|t| !t.isomer && accepted(&t.absent())),
            n - isomers,
            format!("{what}, with their substance left out and no isomer of it as best candidate"),
        ),
        Rate::wilson(
            count(&|t| t.isomer && accepted(&t.absent())),
            isomers,
            format!("{what}, with their substance left out and an isomer of it as best candidate"),
        ),
        Rate::wilson(count(&covered), n, format!("{what}, with their substance in the library")),
        Rate::wilson(
            count(&|t| logit(&t.present()).is_none_or(|l| l < calibration.reject)),
            n,
            format!("{what}, with their substance in the library"),
        ),
        Rate::wilson(
            count(&|t| covered(t) && accepted(&t.present())),
            n,
            format!("{what}, with their substance in the library"),
        ),
    );
    calibration.mean_set_size = sizes.iter().sum::<usize>() as f64 / sizes.len().max(1) as f64;
    (
        calibration.false_positive,
        calibration.false_positive_isomer,
        calibration.coverage,
        calibration.missed,
        calibration.identified,
    ) = rates;
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
