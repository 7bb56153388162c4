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

use super::{Component, Drawn, Mixture, MixtureOptions, Residual};
use crate::library::{Curves, Group, Library, LibraryError};
use crate::prepare::{Family, gaussian, prepare};
use crate::search::Hit;
use crate::spectrum::Spectrum;
use compose::{Composer, Rivals};
use judge::Standing;
use linear::{Form, sharpened};
use model::{Axis, Model};
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
    let (known, reasons) = known(library, group, &screen, options)?;
    let model = composer.compose(&known, options.max_components + SPARE);
    let found = (!model.parts.is_empty()).then(|| {
        Analysis {
            library,
            group,
            observed: &observed,
            composer: &composer,
            model,
            known,
            broad,
        }
        .mixture(options, reasons)
    });
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

/// The row of each known substance whose reference fits the query best, and a sentence for each of which there is none.
fn known(
    library: &Library,
    group: &Group,
    screen: &Screen<'_>,
    options: &MixtureOptions,
) -> Result<(Vec<usize>, Vec<String>), LibraryError> {
    if options.known.is_empty() {
        return Ok(Default::default());
    }
    let mut best: Vec<Option<(usize, f32)>> = vec![None; options.known.len()];
    for (row, gain) in screen.gains() {
        let Some(entry) = group.entry.get(row) else {
            continue;
        };
        let identity = library.entry(*entry as usize)?.identity;
        for (wanted, best) in options.known.iter().zip(&mut best) {
            if wanted.is_same_as(&identity) && best.is_none_or(|(_, found)| gain > found) {
                *best = Some((row, gain));
            }
        }
    }
    let missing = options
        .known
        .iter()
        .zip(&best)
        .filter(|(_, best)| best.is_none());
    let reasons = missing.map(|(identity, _)| {
        format!(
            "The library has no reference of this technique of {:?}, which is said to be in the sample, or nothing of it is there.",
            identity.name
        )
    });
    let reasons = reasons.collect();
    let mut rows: Vec<usize> = best.into_iter().flatten().map(|(row, _)| row).collect();
    rows.sort_unstable();
    rows.dedup();
    Ok((rows, reasons))
}

/// A finished model, on its way to what is said of it.
struct Analysis<'a> {
    library: &'a Library,
    group: &'a Group,
    observed: &'a Observed,
    composer: &'a Composer<'a>,
    model: Model,
    known: Vec<usize>,
    broad: usize,
}

impl Analysis<'_> {
    fn mixture(&self, options: &MixtureOptions, mut reasons: Vec<String>) -> Mixture {
        let model = &self.model;
        let areas: Vec<f64> = model.parts.iter().map(|p| p.area()).collect();
        let whole: f64 = areas.iter().sum();
        let points = self.observed.len();
        let own = self.observed.query.inner(&self.observed.query);
        let uncertainty = model.uncertainty(self.observed);
        let mut components: Vec<(usize, Component)> = Vec::new();
        for (index, part) in model.parts.iter().enumerate() {
            let known = self.known.contains(&part.row);
            if part.size <= 0.0 {
                if known {
                    reasons.push(self.adds_nothing(part));
                }
                continue;
            }
            let rivals = self.composer.rivals(model, index);
            let standing = Standing {
                error: model.error,
                whole: own,
                points,
                references: self.group.len(),
                width: part.width,
            };
            if !known && !judge::is_named(&standing, &rivals) {
                continue;
            }
            let share = areas[index] / whole.max(f64::MIN_POSITIVE);
            let (low, high) = judge::interval(share, uncertainty[index]);
            let Some(hit) = self.hit(part, &rivals) else {
                continue;
            };
            let alike = judge::look_alikes(&rivals).filter_map(|row| self.entry(row));
            components.push((
                index,
                Component {
                    hit,
                    share,
                    low,
                    high,
                    known,
                    look_alikes: if known { Vec::new() } else { alike.collect() },
                },
            ));
        }
        components.sort_by(|a, b| b.1.share.total_cmp(&a.1.share));
        // What is known stays, whatever its share.
        let known = components.iter().filter(|(_, c)| c.known).count();
        let mut room = options.max_components.saturating_sub(known);
        components.retain(|(_, component)| {
            let kept = component.known || room > 0;
            room -= usize::from(kept && !component.known);
            kept
        });
        let residual = self.residual(&components, &areas);
        let named: Vec<usize> = components.iter().map(|(index, _)| *index).collect();
        if !components.is_empty() {
            reasons.push(judge::error_rate(self.group.recipe.family).to_owned());
        }
        Mixture {
            components: components
                .into_iter()
                .map(|(_, component)| component)
                .collect(),
            residual,
            reasons,
            drawn: Some(self.drawn(&named)),
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

    fn adds_nothing(&self, part: &model::Part) -> String {
        let entry = self
            .entry(part.row)
            .and_then(|entry| self.library.entry(entry).ok());
        let name = entry.map(|entry| entry.identity.name).unwrap_or_default();
        super::adds_nothing(&name)
    }

    fn entry(&self, row: usize) -> Option<usize> {
        self.group.entry.get(row).map(|entry| *entry as usize)
    }

    fn hit(&self, part: &model::Part, rivals: &Rivals) -> Option<Hit> {
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

    fn residual(&self, named: &[(usize, Component)], areas: &[f64]) -> Residual {
        let is_named = |index: &usize| named.iter().any(|(n, _)| n == index);
        let unnamed: f64 = (0..areas.len())
            .filter(|i| !is_named(i))
            .map(|i| areas[i])
            .sum();
        let fitted: f64 = areas.iter().sum();
        let left = self.left();
        let structured = self.model.error > self.observed.len() as f64 || unnamed > 0.0;
        let mut like: Vec<usize> = (0..areas.len())
            .filter(|i| !is_named(i))
            .map(|i| self.model.parts[i].row)
            .collect();
        if structured {
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
