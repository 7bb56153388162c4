//! When the best candidate of a spectrum from an instrument out of calibration may be believed.
//!
//! Where the best candidate fits well, and only with the axis off by more than the rule was tried on, the search puts the
//! axis right by that candidate's bands and ranks the spectrum again, over the range of those bands
//! ([`Searcher::recalibrated`]). Any candidate bends the axis to its favour, so that the second ranking needs a limit of
//! its own: references are asked as imagined handhelds out of calibration measure them, treated likewise, and at most
//! [`FALSE_SHARE_AGAIN`] of the left-out ones for which that is done may pass. Each half of the substances is counted at the
//! limit that the other sets. Both rankings must agree on the best.

use super::learn::{FALSE_SHARE_AGAIN, above, sorted};
use super::logistic::Model;
use super::standing::Standing;
use super::trial::{Asked, Known, measured, searched, tried};
use crate::library::{Group, Library, LibraryError, Rate, Uncalibrated};
use crate::prepare::Family;
use crate::search::{Hit, Options, Ranking, Searcher};
use crate::spectrum::Spectrum;
use crate::substance::Register;
use rayon::prelude::*;

/// Imagined instruments that each reference is tried on: for about one absent reference in five the axis is put right.
pub(super) const ROUNDS: usize = 2;
/// Seeds of these rounds, apart from those of the other trials.
const SEED: u64 = 0x0ca1;

/// What references on instruments out of calibration teach.
pub(super) struct Learned {
    /// Limit and rates for spectra whose axis is put right; `None` where too few references tell of them.
    pub rule: Option<Uncalibrated>,
    /// The lowest logit of a first ranking whose set held the substance.
    pub lowest: f64,
}

/// What the two rankings of one reference gave.
#[derive(Default)]
struct Trial {
    /// Logit of the first ranking with the substance in the library, where its set holds it.
    first: Option<f64>,
    /// With the substance in the library; `None` where the axis is not put right.
    present: Option<Judged>,
    /// With the substance left out.
    absent: Option<Judged>,
}

#[derive(Clone, Copy)]
struct Judged {
    half: usize,
    /// Logit of the family's model at the second ranking; minus infinity where the rankings disagree.
    logit: f64,
    /// Whether the set holds the substance.
    covered: bool,
}

/// What judges the second ranking: the models that each half is judged by, and the width of sets.
pub(super) struct Rule<'a> {
    pub models: &'a [Model; 2],
    pub width: f64,
    /// Limit for spectra whose axis is right.
    pub accept: f64,
}

/// Learns limit and rates, the latter from `fewest` references on; `None` for techniques whose bands are not followed.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub(super) fn learn(
    library: &Library,
    register: &Register,
    family: Family,
    (most, fewest): (usize, usize),
    rule: &Rule<'_>,
    progress: &(dyn Fn() + Sync),
) -> Result<Option<Learned>, LibraryError> {
    let Some(group) = library.group(family).filter(|_| family == Family::Raman) else {
        return Ok(None);
    };
    let knowns = Known::all(library, register)?;
    let options = Options {
        top: 1,
        ..Options::default()
    };
    let bench = Bench {
        library,
        group,
        searcher: Searcher::new(library, options),
        knowns: &knowns,
        rule,
    };
    let rows = tried(group, &knowns, most);
    let trials: Vec<Option<Trial>> = (0..ROUNDS * rows.len())
        .into_par_iter()
        .map(|at| {
            let (chance, row) = rows[at % rows.len()];
            let round = (at / rows.len()) as u64;
            progress();
            bench.trial(row, chance.wrapping_add(SEED + round))
        })
        .collect::<Result<_, LibraryError>>()?;
    let trials: Vec<Trial> = trials.into_iter().flatten().collect();
    let first = trials.iter().filter_map(|trial| trial.first);
    Ok(Some(Learned {
        lowest: first.fold(f64::INFINITY, f64::min),
        rule: limit_and_rates(&trials, fewest, rule.accept),
    }))
}

fn limit_and_rates(trials: &[Trial], fewest: usize, usual: f64) -> Option<Uncalibrated> {
    let of = |tried: fn(&Trial) -> Option<Judged>| -> Vec<Judged> {
        trials.iter().filter_map(tried).collect()
    };
    let (present, absent) = (of(|t| t.present), of(|t| t.absent));
    if absent.len().min(present.len()) < fewest * ROUNDS {
        return None;
    }
    let limit = |half: Option<usize>| {
        let of = absent.iter().filter(|j| half.is_none_or(|h| h == j.half));
        let wrong = sorted(of.map(|j| j.logit));
        Some(above(&wrong, FALSE_SHARE_AGAIN)?.max(usual))
    };
    let accept = limit(None)?;
    // A half is judged at the limit of the other.
    let limits = [limit(Some(1))?, limit(Some(0))?];
    let passed = |j: &&Judged| j.logit > limits[j.half];
    let named = present.iter().filter(passed);
    let right = named.clone().filter(|j| j.covered).count();
    let rate = |count, n, what: &str| Rate::repeated(count, n, ROUNDS, format!("{TRIED}, {what}"));
    Some(Uncalibrated {
        accept,
        false_positive: rate(
            absent.iter().filter(passed).count(),
            absent.len(),
            "with their substance left out, where another fitted so",
        ),
        coverage: rate(
            right,
            named.count(),
            "with their substance in the library, that were called identified",
        ),
        identified: rate(right, present.len(), "with their substance in the library"),
    })
}

const TRIED: &str = "references of this library, as imagined handhelds out of calibration measure them, their axis put right by the best candidate";

struct Bench<'a> {
    library: &'a Library,
    group: &'a Group,
    searcher: Searcher<'a>,
    knowns: &'a [Known],
    rule: &'a Rule<'a>,
}

impl Bench<'_> {
    fn trial(&self, row: usize, seed: u64) -> Result<Option<Trial>, LibraryError> {
        let entry = self.group.entry.get(row).map(|entry| *entry as usize);
        let asked = Asked::Uncalibrated;
        let query = measured(self.library, self.group, row, seed, asked)?;
        let (Some(known), Some(query)) = (entry.and_then(|e| self.knowns.get(e)), query) else {
            return Ok(None);
        };
        let Some(ranking) = searched(self.searcher.rank(&query))? else {
            return Ok(None);
        };
        let Ranking {
            hits, recalibrated, ..
        } = ranking;
        let own = known.own(&hits, self.knowns);
        let half = known.half();
        let mut trial = Trial {
            first: self.first(&hits, &own, half),
            ..Trial::default()
        };
        if let (Some(best), Some(again)) = (hits.first(), &recalibrated) {
            trial.present = Some(self.judged(known, half, best, &again.hits, false));
        }
        let other = hits.iter().zip(&own).find(|(_, own)| !**own);
        trial.absent = other.and_then(|(best, _)| self.absent(known, half, &query, best));
        Ok(Some(trial))
    }

    fn first(&self, hits: &[Hit], own: &[bool], half: usize) -> Option<f64> {
        let standing = Standing::of(hits);
        let size = standing.set_size(self.rule.width);
        let held = own.iter().take(size).any(|own| *own);
        self.logit(&standing, half).filter(|_| held)
    }

    fn logit(&self, standing: &Standing<'_>, half: usize) -> Option<f64> {
        let model = &self.rule.models[half];
        let names = model.features.iter().map(|f| f.name.as_str());
        let values = standing.quantities(names, self.rule.width)?;
        Some(model.logit(&values))
    }

    fn absent(&self, known: &Known, half: usize, query: &Spectrum, best: &Hit) -> Option<Judged> {
        let again = self.searcher.recalibrated(query, best)?;
        Some(self.judged(known, half, best, &again.hits, true))
    }

    /// The second ranking judged, without the substance itself where it is `left_out`.
    fn judged(
        &self,
        known: &Known,
        half: usize,
        best: &Hit,
        again: &[Hit],
        left_out: bool,
    ) -> Judged {
        let own = known.own(again, self.knowns);
        let counted = again
            .iter()
            .zip(&own)
            .filter(|(_, own)| !(left_out && **own));
        let standing = Standing::of(counted.clone().map(|(hit, _)| hit));
        let logit = self
            .logit(&standing, half)
            .filter(|_| agree(best, &standing));
        let size = standing.set_size(self.rule.width);
        Judged {
            half,
            logit: logit.unwrap_or(f64::NEG_INFINITY),
            covered: counted.take(size).any(|(_, own)| *own),
        }
    }
}

/// Whether the second ranking has the candidate first by whose bands the axis was put right.
pub(super) fn agree(best: &Hit, again: &Standing<'_>) -> bool {
    again
        .best()
        .is_some_and(|hit| hit.substance == best.substance)
}
