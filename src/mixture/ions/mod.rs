#![doc = include_str!("guide.md")]

mod build;
mod candidate;
mod cost;
mod evidence;
mod fit;
mod gain;
mod query;
mod references;
mod residual;
mod rule;
mod screen;
mod share;

use super::{Component, Mixture, MixtureOptions, Residual, Sticks};
use crate::library::{Group, Library, LibraryError};
use crate::mixture::known::{self, Known};
use crate::mixture::share::Share;
use crate::mixture::unnamed::Unnamed;
use crate::prepare::{Family, abundances, prepare};
use crate::search::{Hit, SearchError};
use crate::spectrum::Spectrum;
use build::Search;
use evidence::Judged;
use fit::Fit;
use query::Query;
use references::References;

/// How often a named component was wrong, in words; where and how it was measured stands above.
const ERROR_RATE: &str = "In made mixtures of EI spectra of other laboratories 1.5 % (0.9 to 2.5 %, n = 919) of the named components were wrong, look-alikes counted. Where a component is not in the library, an isomer or homologue may be named in its place: with the largest one left out, 46 % of those named were wrong; of pure spectra of substances that the library lacks, 17 % (14 to 21 %, n = 450) had something named, and 38 % (33 to 44 %, n = 315) where the library holds its relatives.";

/// Logit of the rule from which something of a known substance is seen: it is more probable than not.
const SEEN: f64 = 0.0;

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
        let group = self.references.group;
        let known = Known::of(&options.known, self.references.library, group)?;
        let most = options.max_components.max(1);
        let found = Found::of(&mut search, &known, most);
        let named = found.named(most);
        self.report(&mut search, &found, &named, &known, &mut mixture)?;
        if let Some(damaged) = search.damage {
            return Err(damaged.into());
        }
        if !mixture.components.is_empty() {
            mixture.reasons.push(ERROR_RATE.to_owned());
        }
        Ok(mixture)
    }

    fn report(
        &self,
        search: &mut Search<'_>,
        found: &Found,
        named: &[usize],
        known: &[Known],
        mixture: &mut Mixture,
    ) -> Result<(), LibraryError> {
        let Found { rows, judged, .. } = found;
        let fit = (!rows.is_empty()).then(|| search.fit(rows, &[]));
        let mut explained = 0.0;
        if let Some(fit) = &fit {
            let shares = share::shares(search.query, fit);
            for judged in judged.iter().filter(|j| named.contains(&j.row)) {
                let Some(share) = shares.get(judged.index) else {
                    continue;
                };
                explained += share.share;
                mixture
                    .components
                    .extend(self.component(judged, *share, known));
            }
        }
        mixture.unseen = Known::unseen(known, |row| named.contains(&row));
        mixture
            .components
            .sort_by(|a, b| b.share.total_cmp(&a.share));
        let unnamed = judged.iter().filter(|j| !named.contains(&j.row));
        let left = fit.as_ref().map(|fit| only(fit, named));
        let nothing = vec![0.0; search.query.ions.len()];
        let model = left.as_ref().map_or(&nothing, |fit| &fit.model);
        mixture.residual = Residual {
            share: (1.0 - explained).clamp(0.0, 1.0),
            ..residual::of(search.query, model)
        };
        mixture.sticks = Some(sticks(search.query, model));
        let (certain, doubtful): (Vec<&Judged>, Vec<&Judged>) =
            unnamed.partition(|j| j.logit >= rule::LIMIT);
        if mixture.residual.structured {
            let mut like = residual::like(search, left.as_ref(), &doubtful);
            // What would be named is told by the notes.
            let certain = certain.iter().map(|j| search.substance(j.row));
            let certain: Vec<&str> = certain.collect();
            like.retain(|(row, _)| !certain.contains(&search.substance(*row)));
            let hits = like
                .into_iter()
                .filter_map(|(row, score)| self.hit(row, score, Vec::new()));
            mixture.residual.like = hits.collect();
        }
        let library = self.references.library;
        let entries = (certain.iter()).filter_map(|j| self.references.entry(j.row));
        let names = entries.map(|entry| Ok(library.entry(entry)?.identity.name));
        let unnamed = Unnamed {
            certain: names.collect::<Result<_, LibraryError>>()?,
            doubtful: doubtful.len(),
        };
        mixture.reasons.extend(unnamed.reasons(named.len()));
        Ok(())
    }

    fn component(&self, judged: &Judged, share: Share, known: &[Known]) -> Option<Component> {
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
            known: Known::are(known, judged.row),
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

/// What was found in a spectrum.
struct Found {
    /// Rows of known substances of which something is seen.
    fixed: Vec<usize>,
    /// Rows of all that was fitted.
    rows: Vec<usize>,
    judged: Vec<Judged>,
}

impl Found {
    fn of(search: &mut Search<'_>, known: &[Known], most: usize) -> Self {
        let mut fixed: Vec<usize> = Vec::new();
        for known in known {
            let mut rows = known.rows.clone();
            rows.retain(|row| search.admit(*row));
            let best = search.best_alone(&rows);
            fixed.extend(best.filter(|row| !fixed.contains(row)));
        }
        let fit = |fixed: &[usize]| {
            // One more than are named, so that what cannot be named does not disturb what can.
            let rows = search.build(fixed, fixed.len() + most + 1);
            let judged = evidence::judge(search, &rows);
            (rows, judged)
        };
        let unseen = |(_, judged): &(Vec<usize>, Vec<Judged>), row: usize| {
            let own = judged.iter().find(|j| j.row == row);
            let seen = own.is_some_and(|j| j.needed >= build::LEAST_GAIN && j.logit >= SEEN);
            (!seen).then(|| own.map_or(0.0, |j| j.needed))
        };
        let (fixed, (rows, judged)) = known::settled(fixed, fit, unseen);
        Self {
            fixed,
            rows,
            judged,
        }
    }

    /// Rows that are named: the known ones, and of the others those that the rule accepts, the most needed first.
    fn named(&self, most: usize) -> Vec<usize> {
        let is_fixed = |j: &&Judged| self.fixed.contains(&j.row);
        let mut free: Vec<&Judged> = (self.judged.iter())
            .filter(|j| !is_fixed(j) && j.logit >= rule::LIMIT)
            .collect();
        free.sort_by(|a, b| b.needed.total_cmp(&a.needed).then(a.row.cmp(&b.row)));
        let known = self.judged.iter().filter(is_fixed);
        let all = known.chain(free).map(|j| j.row);
        all.take(most.max(self.fixed.len())).collect()
    }
}

/// The query over this model.
fn sticks(query: &Query, model: &[f64]) -> Sticks {
    let at = |values: &[f64]| {
        let all = values.iter().enumerate();
        let present = all.filter(|(_, v)| **v > 0.0);
        present.map(|(i, v)| ((query.low + i) as f64, *v)).collect()
    };
    Sticks {
        query: at(&query.ions),
        fitted: at(model),
    }
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
