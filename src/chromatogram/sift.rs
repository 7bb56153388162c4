//! Which components are of their own: what is only the remainder of a neighbour goes.

use super::Ion;
use super::blank::cosine;
use super::deconvolve::{self, Component};
use super::model::Model;
use super::noise::Noise;
use super::skew::Skew;
use super::traces::Traces;

/// Components nearer than this share of a width are one where their spectra are alike.
const TOGETHER: f64 = 0.75;
/// Cosine of square-rooted abundances from which spectra are alike.
const ALIKE: f64 = 0.9;
/// A remainder is lower than this share of its neighbour.
const LOW: f64 = 0.03;
/// An ion is one of the neighbour's where it is this many times as strong there.
const STRONGER: f64 = 10.0;
/// Share of a remainder's abundance that lies in ions of the neighbour.
const ITS_IONS: f64 = 0.8;
/// Times that components are taken out again.
const ROUNDS: usize = 4;

/// Takes the components out. Of two that are nearly at one place with the spectrum of one, that for which
/// less speaks is given up; so is what is low, under another's peak, and of ions that are much stronger there. The
/// rest is taken out again.
pub(super) fn components(
    mut models: Vec<Model>,
    traces: &Traces,
    noise: &Noise,
    skew: &Skew,
) -> Vec<Component> {
    let all: Vec<usize> = (0..models.len()).collect();
    let mut found = deconvolve::components(&models, &all, traces, noise, skew);
    for _ in 0..ROUNDS {
        let kept = kept(&found);
        let gone = |index: &usize| !kept.get(*index).copied().unwrap_or(false);
        let given_up: Vec<&Model> = (0..models.len())
            .filter(gone)
            .filter_map(|i| models.get(i))
            .collect();
        if given_up.is_empty() {
            break;
        }
        // Only what lay beside something that went changes.
        let changed: Vec<bool> = models
            .iter()
            .map(|model| given_up.iter().any(|other| deconvolve::touch(model, other)))
            .collect();
        models = models
            .into_iter()
            .zip(&kept)
            .filter_map(|(model, kept)| kept.then_some(model))
            .collect();
        let (old, changed): (Vec<Option<Component>>, Vec<bool>) = found
            .into_iter()
            .zip(changed)
            .zip(&kept)
            .filter_map(|(item, kept)| kept.then_some(item))
            .unzip();
        found = old;
        let again: Vec<usize> = (0..models.len()).filter(|i| changed[*i]).collect();
        let anew = deconvolve::components(&models, &again, traces, noise, skew);
        for (index, component) in again.into_iter().zip(anew) {
            found[index] = component;
        }
    }
    found.into_iter().flatten().collect()
}

/// Which of the components stay.
fn kept(found: &[Option<Component>]) -> Vec<bool> {
    let places: Vec<usize> = (0..found.len()).filter(|i| found[*i].is_some()).collect();
    let some: Vec<&Component> = found.iter().flatten().collect();
    let mut kept = vec![false; found.len()];
    for (index, (place, component)) in places.into_iter().zip(&some).enumerate() {
        kept[place] = !is_of_another(&some, index, component);
    }
    kept
}

fn is_of_another(all: &[&Component], index: usize, component: &Component) -> bool {
    const AROUND: usize = 3;
    let first = index.saturating_sub(AROUND);
    let beside = all.iter().enumerate().skip(first).take(2 * AROUND + 1);
    let mut others = beside
        .filter(|(i, _)| *i != index)
        .map(|(i, o)| (i.abs_diff(index), o));
    others.any(|(steps, other)| {
        let width = component.model.width.max(other.model.width);
        let near = (component.model.apex - other.model.apex).abs() < TOGETHER * width;
        let weaker = component.model.weight < other.model.weight;
        let alike = || cosine(&component.ions, &other.ions) >= ALIKE;
        (steps == 1 && near && weaker && alike()) || is_remainder(component, other)
    })
}

/// Whether a component is what the shape of a much higher one leaves of it.
fn is_remainder(component: &Component, other: &Component) -> bool {
    let height = |c: &Component| c.ions.iter().map(|i| i.abundance).sum::<f64>();
    let below = height(component) < LOW * height(other);
    if !below || other.model.at(component.model.top) <= 0.0 {
        return false;
    }
    let of_other = |ion: &&Ion| {
        let found = other.ions.binary_search_by_key(&ion.mz, |i| i.mz);
        let strength = found
            .ok()
            .and_then(|i| other.ions.get(i))
            .map(|i| i.abundance);
        strength.is_some_and(|s| s >= STRONGER * ion.abundance)
    };
    let its: f64 = component
        .ions
        .iter()
        .filter(of_other)
        .map(|i| i.abundance)
        .sum();
    its >= ITS_IONS * height(component)
}
