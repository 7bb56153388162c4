//! Components one after another, each named again when another is added.

use super::candidate::{self, Candidate};
use super::fit::{FIRST_SCALE, Fit, Part};
use super::gain::Beside;
use super::query::Query;
use super::references::{Reference, References};
use super::screen::{Left, screen};
use crate::library::LibraryError;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// References looked at closely for the first component and for each further one.
const LOOKED_AT: (usize, usize) = (100, 60);
/// Sets fitted when a component is added.
const TRIED: usize = 6;
/// Candidates whose gain is computed when a component is named.
const LIKELY: usize = 60;
/// Candidates compared when a component is judged.
pub(super) const LISTED: usize = 20;
/// Candidates compared when a component is named again.
const NAMES: usize = 10;
/// A component that lowers the cost by less is not added.
pub(super) const LEAST_GAIN: f64 = 2.0;
/// A name by better odds may raise the cost by no more.
const WORSE: f64 = 4.0;
/// Times that all components are named again after one was added.
const SWEEPS: usize = 2;

/// The search for the components of one query.
pub(super) struct Search<'a> {
    pub references: &'a References<'a>,
    pub query: &'a Query,
    /// Rows that could explain something, as they were found.
    candidates: Vec<usize>,
    loaded: HashMap<usize, Option<Reference>>,
    fits: HashMap<Vec<usize>, Rc<Fit>>,
    /// The first entry that could not be read, without which nothing may be said of what is missing.
    pub damage: Option<LibraryError>,
}

impl<'a> Search<'a> {
    /// Screens all references once.
    pub fn new(references: &'a References<'a>, query: &'a Query) -> Self {
        let mut search = Self {
            references,
            query,
            candidates: Vec::new(),
            loaded: HashMap::new(),
            fits: HashMap::new(),
            damage: None,
        };
        search.screen(&vec![0.0; query.ions.len()], LOOKED_AT.0);
        search
    }

    fn screen(&mut self, model: &[f64], most: usize) -> Vec<usize> {
        let mut found = screen(self.references, &Left::of(self.query, model), most);
        found.retain(|row| self.load(*row).is_some());
        let known: HashSet<usize> = self.candidates.iter().copied().collect();
        let new = found.iter().filter(|row| !known.contains(row));
        self.candidates.extend(new);
        found
    }

    fn load(&mut self, row: usize) -> Option<&Reference> {
        let (references, damage) = (self.references, &mut self.damage);
        let read = || match references.reference(row) {
            Ok(reference) => reference,
            Err(damaged) => {
                damage.get_or_insert(damaged);
                None
            }
        };
        self.loaded.entry(row).or_insert_with(read).as_ref()
    }

    /// A reference that was loaded.
    pub fn reference(&self, row: usize) -> Option<&Reference> {
        self.loaded.get(&row)?.as_ref()
    }

    pub fn substance(&self, row: usize) -> &str {
        self.reference(row).map_or("", |r| &r.identity.substance)
    }

    pub fn start(&self, row: usize) -> usize {
        self.references.start(row)
    }

    /// Adds a row that is to be looked at whatever it explains; whether it can be.
    pub fn admit(&mut self, row: usize) -> bool {
        let usable = self.load(row).is_some();
        if usable && !self.candidates.contains(&row) {
            self.candidates.push(row);
        }
        usable
    }

    /// The best fit of these rows, from these scales on.
    pub fn fit(&mut self, rows: &[usize], scales: &[(usize, f64)]) -> Rc<Fit> {
        let mut key = rows.to_vec();
        key.sort_unstable();
        if let Some(fit) = self.fits.get(&key) {
            return Rc::clone(fit);
        }
        let part = |row: &usize| {
            let known = scales.iter().find(|(known, _)| known == row);
            Some(Part {
                row: *row,
                start: self.start(*row),
                reference: self.reference(*row)?,
                scale: known.map_or(FIRST_SCALE, |(_, scale)| *scale),
            })
        };
        let parts: Vec<Part<'_>> = key.iter().filter_map(part).collect();
        let fit = Rc::new(Fit::of(self.query, &parts));
        self.fits.insert(key, Rc::clone(&fit));
        fit
    }

    /// Cost of a set; of none, that of the query unexplained.
    pub fn cost(&mut self, rows: &[usize], scales: &[(usize, f64)]) -> f64 {
        match rows.is_empty() {
            true => self.query.unexplained(),
            false => self.fit(rows, scales).cost,
        }
    }

    /// Those of these rows whose major ions gain most, and `row`.
    fn likely(&self, beside: &Beside, rows: Vec<usize>, row: usize) -> Vec<usize> {
        let gain = |r: usize| {
            (
                beside
                    .left
                    .best_gain(&self.references.majors(r), self.start(r)),
                r,
            )
        };
        let mut gains: Vec<(f32, usize)> = rows.into_iter().map(gain).collect();
        gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let kept = gains.iter().enumerate();
        kept.filter(|(at, (_, r))| *at < LIKELY || *r == row)
            .map(|(_, (_, r))| *r)
            .collect()
    }

    /// The gains of these rows beside a model, largest first.
    pub fn gains(&self, beside: &Beside, rows: &[usize]) -> Vec<(f64, usize, f64)> {
        let gain = |row: &usize| {
            let majors = self.references.majors(*row);
            let (gain, scale) = beside.gain(self.reference(*row)?, &majors, self.start(*row))?;
            Some((gain, *row, scale))
        };
        let mut gains: Vec<(f64, usize, f64)> = rows.iter().filter_map(gain).collect();
        gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        gains
    }

    /// Rows that could explain what this model leaves.
    pub fn screened(&mut self, model: &[f64]) -> Vec<usize> {
        self.screen(model, LOOKED_AT.1)
    }

    /// The row that alone explains most; `None` where none explains anything.
    pub fn best_alone(&self, rows: &[usize]) -> Option<usize> {
        let beside = Beside::of(self.query, &vec![0.0; self.query.ions.len()], 0);
        self.gains(&beside, rows).first().map(|(_, row, _)| *row)
    }

    /// The best set with one component more; `None` where nothing could be added.
    fn extended(&mut self, rows: &[usize]) -> Option<Rc<Fit>> {
        let (model, first, scales) = match rows.is_empty() {
            true => (vec![0.0; self.query.ions.len()], 0, Vec::new()),
            false => {
                let fit = self.fit(rows, &[]);
                (fit.model.clone(), fit.first, scales_of(&fit))
            }
        };
        let most = if rows.is_empty() {
            LOOKED_AT.0
        } else {
            LOOKED_AT.1
        };
        let mut found = self.screen(&model, most);
        let used: HashSet<&str> = rows.iter().map(|row| self.substance(*row)).collect();
        found.retain(|row| !used.contains(self.substance(*row)));
        let beside = Beside::of(self.query, &model, first);
        let mut best: Option<Rc<Fit>> = None;
        for (_, row, scale) in self.gains(&beside, &found).into_iter().take(TRIED) {
            let set: Vec<usize> = rows.iter().copied().chain([row]).collect();
            let from: Vec<(usize, f64)> = scales.iter().copied().chain([(row, scale)]).collect();
            let fit = self.fit(&set, &from);
            if best.as_ref().is_none_or(|best| fit.cost < best.cost) {
                best = Some(fit);
            }
        }
        best
    }

    /// What could stand for the component `row` of a set, the `most` that explain most, best first;
    /// itself is among them.
    pub fn candidates_for(&mut self, rows: &[usize], row: usize, most: usize) -> Vec<Candidate> {
        let fit = self.fit(rows, &[]);
        let Some(index) = fit.rows.iter().position(|r| *r == row) else {
            return Vec::new();
        };
        let others = fit.without(index);
        let used: HashSet<&str> = rows
            .iter()
            .filter(|r| **r != row)
            .map(|r| self.substance(*r))
            .collect();
        let free = |r: &usize| !used.contains(self.substance(*r));
        let pool: Vec<usize> = self.candidates.iter().copied().filter(free).collect();
        let beside = Beside::of(self.query, &others, fit.first);
        let mut gains = self.gains(&beside, &self.likely(&beside, pool, row));
        let own = gains.iter().position(|(_, r, _)| *r == row);
        if let Some(own) = own.filter(|own| *own >= most) {
            gains.swap(own, most - 1);
        }
        gains.truncate(most);
        let candidate = |(gain, r, scale): (f64, usize, f64)| {
            let reference = self.reference(r)?;
            let scale = if r == row { fit.scales[index] } else { scale };
            Some(Candidate {
                row: r,
                score: candidate::score(self.query, &others, reference, self.start(r), scale),
                gain,
                scale,
                odds: 0.0,
            })
        };
        let mut found: Vec<Candidate> = gains.into_iter().filter_map(candidate).collect();
        candidate::rank(&mut found);
        found
    }

    /// Each component, in turn, by the name of the best odds; `fixed` ones keep theirs.
    fn renamed(&mut self, mut rows: Vec<usize>, fixed: &[usize]) -> Vec<usize> {
        for _ in 0..SWEEPS {
            let mut changed = false;
            for row in rows.clone() {
                if fixed.contains(&row) {
                    continue;
                }
                let list = self.candidates_for(&rows, row, NAMES);
                let Some(best) = list.first().filter(|best| best.row != row) else {
                    continue;
                };
                let fit = self.fit(&rows, &[]);
                let mut scales = scales_of(&fit);
                scales.retain(|(r, _)| *r != row);
                scales.push((best.row, best.scale));
                let set: Vec<usize> = scales.iter().map(|(r, _)| *r).collect();
                let other = self.fit(&set, &scales);
                if other.cost < fit.cost + WORSE {
                    rows = other.rows.clone();
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        rows
    }

    /// Components beside the `fixed` ones, one after another while each lowers the cost, at most
    /// `most` in all.
    pub fn build(&mut self, fixed: &[usize], most: usize) -> Vec<usize> {
        let mut rows = fixed.to_vec();
        rows.sort_unstable();
        let mut cost = self.cost(&rows, &[]);
        while rows.len() < most {
            let Some(fit) = self.extended(&rows) else {
                break;
            };
            if cost - fit.cost < LEAST_GAIN {
                break;
            }
            rows = self.renamed(fit.rows.clone(), fixed);
            cost = self.cost(&rows, &[]);
        }
        rows
    }
}

/// The scales of a fit by row, to start another one from.
pub(super) fn scales_of(fit: &Fit) -> Vec<(usize, f64)> {
    fit.rows
        .iter()
        .copied()
        .zip(fit.scales.iter().copied())
        .collect()
}
