//! The same measurement twice: numbers that agree to rounding, not a good match.
//!
//! Spectra are sorted into blocks by what rounding, rescaling and cutting off weak peaks leave as it is,
//! and only those of one block are compared, so that the time grows with the library and not with
//! its square.

mod curves;
mod peaks;

use super::record::{Record, Records};
use super::{Check, Finding, Scope, Severity};
use crate::library::{Library, LibraryError};
use crate::substance::normalised;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Spectra of one block that are compared with each other; larger blocks are compared in runs of this
/// length, so that a block of thousands does not take the square of them.
const RUN: usize = 200;

/// A spectrum with its blocks, and how to compare it.
trait Measured: Sync {
    /// Position of the entry.
    fn index(&self) -> usize;
    /// Blocks that a copy shares at least one of.
    fn blocks(&self) -> Vec<u64>;
    /// Whether the numbers agree to rounding.
    fn same(&self, other: &Self) -> bool;
}

pub(super) fn check(
    library: &Library,
    records: &Records,
    scope: &Scope,
) -> Result<Vec<Finding>, LibraryError> {
    let mut pairs = pairs(&peaks::all(library, records)?, scope);
    for group in library.groups() {
        pairs.extend(self::pairs(&curves::all(library, group)?, scope));
    }
    let told = pairs.into_iter().filter_map(|(a, b)| {
        let (a, b) = (records.get(a)?, records.get(b)?);
        // The later entry is told, unless only the earlier one was asked for.
        Some(if scope.holds(b.index) {
            finding(b, a)
        } else {
            finding(a, b)
        })
    });
    Ok(told.collect())
}

/// Pairs of equal measurements, the earlier entry first.
fn pairs<M: Measured>(all: &[M], scope: &Scope) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (position, spectrum) in all.iter().enumerate() {
        for block in spectrum.blocks() {
            blocks.entry(block).or_default().push(position);
        }
    }
    let blocks: Vec<Vec<usize>> = blocks.into_values().filter(|b| b.len() > 1).collect();
    let asked = |a: &M, b: &M| scope.holds(a.index()) || scope.holds(b.index());
    blocks
        .par_iter()
        .flat_map_iter(|block| {
            block.iter().enumerate().flat_map(move |(i, a)| {
                let others = block.iter().skip(i + 1).take(RUN);
                others.map(move |b| (*a.min(b), *a.max(b)))
            })
        })
        .filter(|(a, b)| a != b && asked(&all[*a], &all[*b]) && all[*a].same(&all[*b]))
        .map(|(a, b)| {
            let (a, b) = (all[a].index(), all[b].index());
            (a.min(b), a.max(b))
        })
        .collect()
}

fn finding(record: &Record, other: &Record) -> Finding {
    let identity = |r: &Record| r.entry.identity.inchikey.clone();
    let (id, name) = (&other.entry.id, other.name());
    let same_name = normalised(record.name()) == normalised(name);
    // No stereochemistry and no isotopes stated.
    let is_plain = |key: &str| key.get(15..23) == Some("UHFFFAOY");
    let (severity, message) = match (
        record.substance == other.substance,
        identity(record),
        identity(other),
    ) {
        (false, a, b) if same_name => (
            Severity::Error,
            match (a, b) {
                (Some(a), Some(b)) => format!(
                    "The same measurement stands in entry {id} under the same name, {name}, and with another InChIKey: {a} here, {b} there. One of the two is wrong; look the substance up and correct it, or deprecate one entry."
                ),
                _ => format!(
                    "The same measurement stands in entry {id} under the same name, {name}, and with other numbers (InChIKey, CAS). One of the two records is wrong; look the substance up and correct it, or deprecate one entry."
                ),
            },
        ),
        (false, ..) => (
            Severity::Error,
            format!(
                "The same measurement stands in entry {id} as {name}, another substance. One of the two names is wrong; compare with the sources and deprecate one entry."
            ),
        ),
        (true, Some(a), Some(b)) if a != b && !is_plain(&a) && !is_plain(&b) && !same_name => (
            Severity::Warning,
            format!(
                "The same measurement stands in entry {id} as {name}, a stereoisomer or labelled analogue. One of the two was not measured; deprecate one entry, or say in its name that the form is not known."
            ),
        ),
        _ => (
            Severity::Note,
            format!(
                "The same measurement stands in entry {id} ({name}). One entry is enough; deprecate the one that says less."
            ),
        ),
    };
    record.finding_with(other, Check::Duplicate, severity, message)
}

/// The coarsest decimal step that all values are multiples of, from 1 down to 10⁻⁶; `None` where there is
/// none. Values are given as they were written.
fn step(values: &[f64]) -> Option<f64> {
    let steps = [1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6];
    let whole = |v: f64| (v - v.round()).abs() <= 1e-9 * v.abs().max(1.0) + 1e-7;
    steps
        .into_iter()
        .find(|s| values.iter().all(|v| whole(v / s)))
}

/// A hash of a list of numbers (FNV-1a).
fn hash(values: impl Iterator<Item = u64>) -> u64 {
    values.fold(0xcbf2_9ce4_8422_2325, |sum: u64, value| {
        (sum ^ value)
            .wrapping_mul(0x0000_0100_0000_01b3)
            .rotate_left(5)
    })
}
