#![doc = include_str!("guide.md")]

mod build;
mod candidate;
mod cost;
mod evidence;
mod fit;
mod gain;
mod known;
mod query;
mod references;
mod residual;
mod rule;
mod screen;
mod share;

use super::{Component, Mixture, MixtureOptions, adds_nothing};
use crate::library::{Group, Library, LibraryError};
use crate::mixture::share::Share;
use crate::mixture::unnamed::Unnamed;
use crate::prepare::{Family, abundances, prepare};
use crate::search::{Hit, SearchError};
use crate::spectrum::{Identity, Spectrum};
use build::Search;
use evidence::Judged;
use fit::Fit;
use query::Query;
use references::References;

/// How often a named component was wrong, in words; where and how it was measured stands above.
const ERROR_RATE: &str = "In made mixtures of EI spectra of other laboratories 1.5 % (0.9 to 2.5 %, n = 919) of the named components were wrong, look-alikes counted. Where a component is not in the library, an isomer or homologue may be named in its place: with the largest one left out, 46 % of those named were wrong; of pure spectra of substances that the library lacks, 17 % (14 to 21 %, n = 450) had something named.";

/// Share of the signal below which a known substance that is not needed is not seen.
const SEEN: f64 = 0.005;

/// References of unit-mass spectra, ready for many mixtures.
pub struct Ions<'a> {
    references: References<'a>,
}

impl<'a> Ions<'a> {
    /// Reads the major ions of all references; `None` for groups that are not of whole unit-mass
    /// spectra.
    pub fn of(library: &'a Library, group: &'a Group) -> Option<Self> {
        (group.recipe.family == Family::EiMs).then_some(())?;
        References::of(library, group).map(|references| Self { references })
    }

    /// The components of a spectrum.
    ///
    /// # Errors
    /// [`SearchError`] where the spectrum cannot be prepared or an entry is damaged.
    pub fn components(
        &self,
        spectrum: &Spectrum,
        options: &MixtureOptions,
    ) -> Result<Mixture, SearchError> {
        let recipe = &self.references.group.recipe;
        let signal = prepare(spectrum, recipe)?.signal;
        let Some(query) = Query::of(&abundances(&signal, recipe)) else {
            return Ok(Mixture {
                reasons: vec!["The spectrum has no ions that can be compared.".to_owned()],
                ..Mixture::default()
            });
        };
        let mut search = Search::new(&self.references, &query);
        let mut mixture = Mixture::default();
        let fixed = self.known(&mut search, &options.known, &mut mixture.reasons)?;
        let most = options.max_components.max(1).max(fixed.len());
        // One more than are named, so that what cannot be named does not disturb what can.
        let rows = search.build(&fixed, most + 1);
        let judged = evidence::judge(&mut search, &rows);
        let named = named(&judged, &fixed, most);
        self.report(&mut search, &rows, &judged, &named, &fixed, &mut mixture)?;
        if let Some(damaged) = search.damage {
            return Err(damaged.into());
        }
        if !mixture.components.is_empty() {
            mixture.reasons.push(ERROR_RATE.to_owned());
        }
        Ok(mixture)
    }

    /// The best row of each known substance.
    fn known(
        &self,
        search: &mut Search<'_>,
        known: &[Identity],
        reasons: &mut Vec<String>,
    ) -> Result<Vec<usize>, LibraryError> {
        let mut fixed: Vec<usize> = Vec::new();
        for identity in known {
            let mut rows = known::rows(&self.references, identity)?;
            rows.retain(|row| search.admit(*row));
            match search.best_alone(&rows) {
                Some(row) if !fixed.contains(&row) => fixed.push(row),
                Some(_) => {}
                None => reasons.push(format!(
                    "The library has no mass spectrum of {:?}, which is said to be in the sample, or none of its ions is there.",
                    identity.name
                )),
            }
        }
        Ok(fixed)
    }

    fn report(
        &self,
        search: &mut Search<'_>,
        rows: &[usize],
        judged: &[Judged],
        named: &[usize],
        fixed: &[usize],
        mixture: &mut Mixture,
    ) -> Result<(), LibraryError> {
        let fit = (!rows.is_empty()).then(|| search.fit(rows, &[]));
        let mut explained = 0.0;
        if let Some(fit) = &fit {
            let shares = share::shares(search.query, fit);
            for judged in judged.iter().filter(|j| named.contains(&j.row)) {
                let Some(share) = shares.get(judged.index) else {
                    continue;
                };
                if judged.needed < build::LEAST_GAIN && share.share < SEEN {
                    // Only what is known is named without need.
                    if let Some(entry) = self.references.entry(judged.row) {
                        let name = self.references.library.entry(entry)?.identity.name;
                        mixture.reasons.push(adds_nothing(&name));
                    }
                    continue;
                }
                explained += share.share;
                mixture
                    .components
                    .extend(self.component(judged, *share, fixed));
            }
        }
        mixture
            .components
            .sort_by(|a, b| b.share.total_cmp(&a.share));
        let unnamed: Vec<&Judged> = judged.iter().filter(|j| !named.contains(&j.row)).collect();
        let left = fit.as_ref().map(|fit| only(fit, named));
        let nothing = vec![0.0; search.query.ions.len()];
        let model = left.as_ref().map_or(&nothing, |fit| &fit.model);
        mixture.residual.share = (1.0 - explained).clamp(0.0, 1.0);
        mixture.residual.structured = residual::is_structured(search.query, model);
        if mixture.residual.structured {
            let like = residual::like(search, left.as_ref(), &unnamed);
            let hits = like
                .into_iter()
                .filter_map(|(row, score)| self.hit(row, score, Vec::new()));
            mixture.residual.like = hits.collect();
        }
        let certain = unnamed.iter().filter(|j| j.logit >= rule::LIMIT).count();
        let unnamed = Unnamed {
            certain,
            doubtful: unnamed.len() - certain,
        };
        mixture.reasons.extend(unnamed.reasons(named.len()));
        Ok(())
    }

    fn component(&self, judged: &Judged, share: Share, fixed: &[usize]) -> Option<Component> {
        let scores = vec![
            ("extracted", judged.score),
            ("needed", judged.needed),
            ("rule", judged.logit),
        ];
        let alike = judged.alike.iter();
        Some(Component {
            hit: self.hit(judged.row, judged.score, scores)?,
            share: share.share,
            low: share.low,
            high: share.high,
            known: fixed.contains(&judged.row),
            look_alikes: alike
                .filter_map(|row| self.references.entry(*row))
                .collect(),
        })
    }

    fn hit(&self, row: usize, score: f64, scores: Vec<(&'static str, f64)>) -> Option<Hit> {
        let entry = self.references.entry(row)?;
        Some(Hit {
            entry,
            substance: self.references.library.substance_of(entry)?,
            family: self.references.group.recipe.family,
            score,
            axis_shift: 0.0,
            background: None,
            overlap: None,
            axis_curve: Vec::new(),
            scores,
        })
    }
}

/// Rows that are named: the known ones, and of the others those that the rule accepts, the most needed
/// first.
fn named(judged: &[Judged], fixed: &[usize], most: usize) -> Vec<usize> {
    let mut free: Vec<&Judged> = (judged.iter())
        .filter(|j| !fixed.contains(&j.row) && j.logit >= rule::LIMIT)
        .collect();
    free.sort_by(|a, b| b.needed.total_cmp(&a.needed).then(a.row.cmp(&b.row)));
    let known = judged
        .iter()
        .filter(|j| fixed.contains(&j.row))
        .map(|j| j.row);
    known.chain(free.iter().map(|j| j.row)).take(most).collect()
}

/// A fit without the components that are not named.
fn only(fit: &Fit, named: &[usize]) -> Fit {
    let kept: Vec<usize> = (0..fit.rows.len())
        .filter(|i| named.contains(&fit.rows[*i]))
        .collect();
    let mut model = vec![0.0; fit.model.len()];
    for part in kept.iter().map(|i| &fit.parts[*i]) {
        model.iter_mut().zip(part).for_each(|(m, p)| *m += p);
    }
    Fit {
        rows: kept.iter().map(|i| fit.rows[*i]).collect(),
        scales: kept.iter().map(|i| fit.scales[*i]).collect(),
        parts: kept.iter().map(|i| fit.parts[*i].clone()).collect(),
        deviations: kept.iter().map(|i| fit.deviations[*i]).collect(),
        model,
        first: fit.first,
        cost: fit.cost,
    }
}
