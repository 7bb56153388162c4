//! Components of Raman, infrared and near-infrared spectra.
//!
//! # Definition
//! Query and references are intensities on the grid, prepared by the group's recipe without powers and
//! normalisation, so that they add up. From every curve its running mean over 53 points, taken twice, is subtracted
//! (not from derivatives), and a cubic is free: what is broader than a band is background. Each point has a
//! standard error (`observed.rs`), and a **model** is the set of references whose non-negative
//! combination leaves the least weighted squared error `E`, where every reference may be shifted by up to four points
//! (all together by about two, each by about one more) and smoothed.
//!
//! 1. **Screening**: the references that could lower `E` most, by correlation of all of them with what is left
//!    (`screen.rs`).
//! 2. **Refinement**: the best of them are fitted in full together with the model; the one that leaves least
//!    joins it, as long as `ln E` falls by 0.12; then each reference is exchanged where another does better
//!    (`compose.rs`).
//! 3. **Stop rule**: a reference of the model is named only where a logistic rule says so, from what the
//!    fit loses without it and what the best other substance would give in its place (`judge.rs`). The others stay in the
//!    fit and count as not explained.
//!
//! The **share** of a component is its part of the summed magnitude of all fitted references in the window: a share of
//! signal, which depends on how strongly a substance scatters or absorbs, never of weight. The **residual's** share is
//! what of the signal the named components do not give: references that are fitted and not named, and what no
//! reference gives (noise of that size apart).

mod compose;
mod judge;
mod linear;
mod model;
mod observed;
mod screen;

use super::known::{self, Known};
use super::unnamed::Unnamed;
use super::{Component, Drawn, Mixture, MixtureOptions, Residual};
use crate::library::{Curves, Group, Library, LibraryError};
use crate::prepare::{Family, gaussian, prepare};
use crate::search::Hit;
use crate::spectrum::Spectrum;
use compose::{Composer, Rivals};
use judge::Standing;
use linear::{Form, sharpened};
use model::{Axis, Model, Part};
use observed::Observed;
use screen::Screen;

/// Half of the running mean that is taken away, grid points.
const BROAD: usize = 26;
/// References fitted beyond those that may be named.
const SPARE: usize = 1;
/// References that the residual is said to resemble.
const LIKE: usize = 3;

/// The components of a curve; `None` where it has no usable signal, and where no measured curve of the library
/// explains any of it.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub(super) fn components(
    library: &Library,
    group: &Group,
    curves: &Curves,
    spectrum: &Spectrum,
    options: &MixtureOptions,
) -> Result<Option<Mixture>, LibraryError> {
    let form = Form::of(&group.recipe);
    let broad = if form.is_signed() { 0 } else { BROAD };
    // What cannot be prepared was told by the search.
    let Ok(prepared) = prepare(spectrum, &linear::recipe(&group.recipe)) else {
        return Ok(None);
    };
    let signal = prepared.signal;
    let Some(observed) = Observed::new(signal.start, &signal.values, broad) else {
        return Ok(None);
    };
    let axis = axis(group, options.max_shift);
    let screen = Screen::new(library, group, curves, &observed, axis.reach);
    let composer = Composer {
        screen: &screen,
        axis,
    };
    let known = Known::of(&options.known, library, group)?;
    let analysis = |fixed: &[usize]| {
        let model = composer.compose(fixed, options.max_components + SPARE);
        Analysis::new(library, group, &composer, model, broad)
    };
    let fixed = best(&screen, &known);
    let (fixed, analysis) = known::settled(fixed, analysis, Analysis::unseen);
    let found =
        (!analysis.model.parts.is_empty()).then(|| analysis.mixture(options, &known, &fixed));
    match screen.damage() {
        Some(damaged) => Err(damaged),
        None => Ok(found),
    }
}

/// How the axis may be wrong: in Raman and infrared usually by 4 cm⁻¹, in the near infrared by 2 nm.
fn axis(group: &Group, max_shift: Option<f64>) -> Axis {
    let step = group.recipe.grid.step;
    let (common, own, reach) = match group.recipe.family {
        Family::NearInfrared => (2.0, 1.0, 4.0),
        _ => (4.0, 1.5, 8.0),
    };
    Axis {
        common: common / step,
        own: own / step,
        reach: (max_shift.unwrap_or(reach) / step).clamp(0.0, 8.0),
    }
}

/// The row of each known substance whose reference fits the query best.
fn best(screen: &Screen<'_>, known: &[Known]) -> Vec<usize> {
    let one = |known: &Known| {
        let own = screen
            .gains()
            .filter(|(row, _)| known.rows.contains(row))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        own.map(|(row, _)| row)
    };
    let mut rows: Vec<usize> = known.iter().filter_map(one).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// A reference of a finished model as it is judged.
struct Judged {
    rivals: Rivals,
    share: f64,
    /// The share's 95 % interval.
    low: f64,
    high: f64,
    logit: f64,
}

impl Judged {
    /// Whether something of a known reference is seen: the rule names it, or its share's interval leaves out 0 and it is
    /// more probable than not.
    fn is_seen(&self) -> bool {
        self.logit > judge::NAMED || (self.low > 0.0 && self.logit > 0.0)
    }
}

/// A finished model, on its way to what is said of it.
struct Analysis<'a> {
    library: &'a Library,
    group: &'a Group,
    observed: &'a Observed,
    composer: &'a Composer<'a>,
    model: Model,
    /// Of each of its references, `None` where it adds nothing.
    judged: Vec<Option<Judged>>,
    broad: usize,
}

impl<'a> Analysis<'a> {
    fn new(
        library: &'a Library,
        group: &'a Group,
        composer: &'a Composer<'a>,
        model: Model,
        broad: usize,
    ) -> Self {
        let observed = composer.screen.observed();
        let whole: f64 = model.parts.iter().map(Part::area).sum();
        let own = observed.query.inner(&observed.query);
        let uncertainty = model.uncertainty(observed);
        let judge = |(index, part): (usize, &Part)| {
            (part.size > 0.0).then_some(())?;
            let rivals = composer.rivals(&model, index);
            let standing = Standing {
                error: model.error,
                whole: own,
                points: observed.len(),
                references: group.len(),
                width: part.width,
            };
            let share = part.area() / whole.max(f64::MIN_POSITIVE);
            let (low, high) = judge::interval(share, uncertainty[index]);
            Some(Judged {
                logit: judge::logit(&standing, &rivals),
                rivals,
                share,
                low,
                high,
            })
        };
        let judged = model.parts.iter().enumerate().map(judge).collect();
        Self {
            library,
            group,
            observed,
            composer,
            model,
            judged,
            broad,
        }
    }

    /// How much a known row speaks for itself of which nothing is seen; `None` where something is.
    fn unseen(&self, row: usize) -> Option<f64> {
        let mut parts = self.model.parts.iter().zip(&self.judged);
        let judged = parts
            .find(|(part, _)| part.row == row)
            .and_then(|p| p.1.as_ref());
        match judged {
            Some(judged) if judged.is_seen() => None,
            Some(judged) => Some(judged.rivals.evidence),
            None => Some(0.0),
        }
    }

    fn mixture(&self, options: &MixtureOptions, known: &[Known], fixed: &[usize]) -> Mixture {
        let mut components: Vec<(usize, Component)> = Vec::new();
        for (index, (part, judged)) in self.model.parts.iter().zip(&self.judged).enumerate() {
            let Some(judged) = judged else {
                continue;
            };
            if !fixed.contains(&part.row) && judged.logit <= judge::NAMED {
                continue;
            }
            let Some(hit) = self.hit(part, &judged.rivals) else {
                continue;
            };
            let known = Known::are(known, part.row);
            let alike = judge::look_alikes(&judged.rivals).filter_map(|row| self.entry(row));
            components.push((
                index,
                Component {
                    hit,
                    share: judged.share,
                    low: judged.low,
                    high: judged.high,
                    known,
                    look_alikes: if known { Vec::new() } else { alike.collect() },
                },
            ));
        }
        components.sort_by(|a, b| b.1.share.total_cmp(&a.1.share));
        // What is known stays, whatever its share.
        let of_known = components.iter().filter(|(_, c)| c.known).count();
        let mut room = options.max_components.saturating_sub(of_known);
        let mut beyond: Vec<usize> = Vec::new();
        components.retain(|(index, component)| {
            let kept = component.known || room > 0;
            room -= usize::from(kept && !component.known);
            beyond.extend((!kept).then_some(index));
            kept
        });
        let named: Vec<usize> = components.iter().map(|(index, _)| *index).collect();
        let residual = self.residual(&named, &beyond);
        let unnamed = Unnamed {
            certain: beyond.iter().filter_map(|i| self.name(*i)).collect(),
            doubtful: 0,
        };
        let mut reasons = unnamed.reasons(named.len());
        if !components.is_empty() {
            reasons.push(judge::error_rate(self.group.recipe.family).to_owned());
        }
        let is_named = |row: usize| named.iter().any(|i| self.model.parts[*i].row == row);
        Mixture {
            unseen: Known::unseen(known, is_named),
            residual,
            reasons,
            drawn: Some(self.drawn(&named)),
            sticks: None,
            components: components
                .into_iter()
                .map(|(_, component)| component)
                .collect(),
        }
    }

    fn drawn(&self, named: &[usize]) -> Drawn {
        let mut fitted = vec![0.0; self.observed.len()];
        for part in named
            .iter()
            .filter_map(|index| self.model.parts.get(*index))
        {
            fitted
                .iter_mut()
                .zip(&part.column.plain)
                .for_each(|(sum, value)| *sum += part.size * value);
        }
        let grid = &self.group.recipe.grid;
        Drawn {
            first: grid.x(self.observed.start),
            step: grid.step,
            query: self.observed.values.clone(),
            fitted,
        }
    }

    /// Name of a reference of the model.
    fn name(&self, index: usize) -> Option<String> {
        let entry = self.entry(self.model.parts.get(index)?.row)?;
        let entry = self.library.entry(entry).ok()?;
        Some(entry.identity.name)
    }

    fn entry(&self, row: usize) -> Option<usize> {
        self.group.entry.get(row).map(|entry| *entry as usize)
    }

    fn hit(&self, part: &Part, rivals: &Rivals) -> Option<Hit> {
        let entry = self.entry(part.row)?;
        let grid = &self.group.recipe.grid;
        let last = self.observed.start + self.observed.len() - 1;
        Some(Hit {
            entry,
            substance: self.library.substance_of(entry)?,
            family: self.group.recipe.family,
            score: 1.0 - (-rivals.evidence.max(0.0)).exp(),
            axis_shift: part.shift * grid.step,
            background: None,
            overlap: Some((grid.x(self.observed.start), grid.x(last))),
            axis_curve: Vec::new(),
            scores: vec![
                ("evidence", rivals.evidence.exp()),
                ("smoothing", part.width * grid.step),
            ],
        })
    }

    /// What is left; of the references that are not named those `beyond` what was asked for are told elsewhere.
    fn residual(&self, named: &[usize], beyond: &[usize]) -> Residual {
        let areas: Vec<f64> = self.model.parts.iter().map(Part::area).collect();
        let free = (0..areas.len()).filter(|i| !named.contains(i));
        let unnamed: f64 = free.clone().map(|i| areas[i]).sum();
        let fitted: f64 = areas.iter().sum();
        let left = self.left();
        let unexplained = self.model.error > self.observed.len() as f64;
        let structured = unexplained || unnamed > 0.0;
        let doubtful = free.filter(|i| !beyond.contains(i));
        let mut like: Vec<usize> = doubtful.map(|i| self.model.parts[i].row).collect();
        if unexplained || !like.is_empty() {
            like.extend(self.composer.unexplained(&self.model, LIKE));
        }
        like.truncate(LIKE);
        let hit = |row: usize| {
            let entry = self.entry(row)?;
            Some(Hit {
                entry,
                substance: self.library.substance_of(entry)?,
                family: self.group.recipe.family,
                score: 0.0,
                axis_shift: 0.0,
                background: None,
                overlap: None,
                axis_curve: Vec::new(),
                scores: Vec::new(),
            })
        };
        Residual {
            share: (unnamed + left) / (fitted + left).max(f64::MIN_POSITIVE),
            structured,
            like: like.into_iter().filter_map(hit).collect(),
            outstanding: None,
        }
    }

    /// Summed magnitude of what no reference gives, smoothed, less what noise of the query's size gives.
    fn left(&self) -> f64 {
        const WIDTH: f64 = 2.0;
        let mut left = self.observed.values.clone();
        for part in &self.model.parts {
            left.iter_mut()
                .zip(&part.column.plain)
                .for_each(|(l, c)| *l -= part.size * c);
        }
        let left = gaussian(&sharpened(&left, self.broad), WIDTH);
        let found: f64 = left.iter().map(|v| v.abs()).sum();
        // A Gaussian of width w leaves 1 / sqrt(2 sqrt(pi) w) of white noise; the mean magnitude of a
        // normal variate is sqrt(2 / pi) deviations.
        let pi = std::f64::consts::PI;
        let noise = self.observed.noise / (2.0 * pi.sqrt() * WIDTH).sqrt() * (2.0 / pi).sqrt();
        (found - noise * left.len() as f64).max(0.0)
    }
}
