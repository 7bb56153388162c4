//! Records that contradict each other: one name, CAS number or InChIKey for several substances.

use super::record::{Record, Records, same_skeleton};
use super::{Check, Finding, Scope, Severity};
use crate::spectrum::cas_check_digit_holds;
use crate::substance::normalised;
use std::collections::{BTreeMap, HashMap};

/// Shortest synonym that must belong to one substance: shorter ones are abbreviations, which several share.
const SYSTEMATIC: usize = 16;

pub(super) fn check(records: &Records, scope: &Scope) -> Vec<Finding> {
    let mut found = Vec::new();
    names(records, scope, &mut found);
    synonyms(records, scope, &mut found);
    cas_numbers(records, scope, &mut found);
    formulas(records, scope, &mut found);
    found
}

/// Groups of entries by a handle.
fn grouped<'a>(
    records: &'a Records,
    handle: impl Fn(&'a Record) -> Option<String>,
) -> Vec<Vec<&'a Record>> {
    let mut groups: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for record in records.iter() {
        if let Some(handle) = handle(record) {
            groups.entry(handle).or_default().push(record);
        }
    }
    groups.into_values().filter(|g| g.len() > 1).collect()
}

/// The records of a group that disagree with its majority, each with one of the majority; where there
/// is none, all but the first.
fn minority<'a, K: Ord>(
    group: &[&'a Record],
    of: impl Fn(&Record) -> Option<K>,
) -> Vec<(&'a Record, &'a Record)> {
    let mut kinds: BTreeMap<K, Vec<&Record>> = BTreeMap::new();
    for record in group {
        if let Some(kind) = of(record) {
            kinds.entry(kind).or_default().push(record);
        }
    }
    let mut kinds: Vec<Vec<&Record>> = kinds.into_values().collect();
    kinds.sort_by_key(|k| (std::cmp::Reverse(k.len()), k[0].index));
    let Some((majority, others)) = kinds.split_first() else {
        return Vec::new();
    };
    let first = majority[0];
    others.iter().flatten().map(|r| (*r, first)).collect()
}

/// Reports a pair at each of its entries that is in the scope, at least once.
fn report(
    found: &mut Vec<Finding>,
    scope: &Scope,
    (record, other): (&Record, &Record),
    severity: Severity,
    message: impl Fn(&Record) -> String,
) {
    if scope.holds(record.index) {
        found.push(record.finding_with(other, Check::Identity, severity, message(other)));
    } else if scope.holds(other.index) {
        found.push(other.finding_with(record, Check::Identity, severity, message(record)));
    }
}

fn skeleton(record: &Record) -> Option<String> {
    record.entry.identity.skeleton().map(str::to_owned)
}

fn names(records: &Records, scope: &Scope, found: &mut Vec<Finding>) {
    let name = |r: &Record| Some(normalised(r.name())).filter(|n| n.chars().count() > 2);
    for group in grouped(records, name) {
        for pair in minority(&group, skeleton) {
            report(found, scope, pair, Severity::Warning, |other| {
                format!(
                    "Entry {} has the same name and the InChIKey of another substance. One name or one InChIKey is wrong; correct it.",
                    other.entry.id
                )
            });
        }
    }
}

/// A name or long synonym of one entry that is the name or synonym of another substance's.
fn synonyms(records: &Records, scope: &Scope, found: &mut Vec<Finding>) {
    let mut owners: HashMap<String, Vec<(&Record, &str)>> = HashMap::new();
    for record in records.iter() {
        let identity = &record.entry.identity;
        for name in std::iter::once(&identity.name).chain(&identity.synonyms) {
            let short = normalised(name);
            if short.chars().count() >= SYSTEMATIC {
                let owners = owners.entry(short).or_default();
                if owners.last().is_none_or(|(r, _)| r.index != record.index) {
                    owners.push((record, name));
                }
            }
        }
    }
    let mut shared: Vec<_> = owners.into_values().filter(|o| o.len() > 1).collect();
    shared.sort_by_key(|o| o[0].0.index);
    for owners in shared {
        let name = owners[0].1;
        let group: Vec<&Record> = owners.iter().map(|(r, _)| *r).collect();
        for (record, other) in minority(&group, skeleton) {
            let both = normalised(record.name()) == normalised(other.name());
            if both {
                continue;
            }
            let called = [record, other]
                .iter()
                .any(|r| normalised(r.name()) == normalised(name));
            // A long systematic name has one structure; trivial names are used loosely.
            let systematic = name.contains(|c: char| c.is_ascii_digit()) && name.len() > 30;
            let severity = if called || systematic {
                Severity::Warning
            } else {
                Severity::Note
            };
            report(found, scope, (record, other), severity, |other| {
                format!(
                    "{name:?} is a name of entry {} too, whose InChIKey is another substance's. One of the two records has a wrong synonym or InChIKey; correct it.",
                    other.entry.id
                )
            });
        }
    }
}

fn cas_numbers(records: &Records, scope: &Scope, found: &mut Vec<Finding>) {
    let cas = |r: &Record| {
        r.entry
            .identity
            .cas
            .clone()
            .filter(|c| cas_check_digit_holds(c))
    };
    for group in grouped(records, cas) {
        for pair in minority(&group, skeleton) {
            let cas = pair.0.entry.identity.cas.clone().unwrap_or_default();
            let salts = [pair.0, pair.1].iter().any(|r| {
                r.entry
                    .identity
                    .formula
                    .as_deref()
                    .is_some_and(|f| f.contains('.'))
            });
            let severity = if salts {
                Severity::Note
            } else {
                Severity::Warning
            };
            report(found, scope, pair, severity, |other| {
                format!(
                    "CAS number {cas} stands in entry {} ({}) too, whose InChIKey is another substance's. One of the two is wrong; look the number up.",
                    other.entry.id,
                    other.name()
                )
            });
        }
    }
}

/// One InChIKey with several formulas; isotopes apart where the skeletons agree.
fn formulas(records: &Records, scope: &Scope, found: &mut Vec<Finding>) {
    let formula = |r: &Record| {
        Some(r.entry.identity.formula.as_deref()?.trim().to_owned()).filter(|_| r.atoms.is_some())
    };
    for group in grouped(records, skeleton) {
        for (record, other) in minority(&group, formula) {
            let (Some(a), Some(b)) = (&record.atoms, &other.atoms) else {
                continue;
            };
            let same_key = record.entry.identity.inchikey == other.entry.identity.inchikey;
            let differ = if same_key {
                a != b
            } else {
                a.unlabelled() != b.unlabelled()
            };
            // Charge is a layer of its own: the skeleton of a salt's ion is that of its base.
            let charged = !same_key && {
                let last = |r: &Record| {
                    r.entry
                        .identity
                        .inchikey
                        .as_deref()
                        .and_then(|k| k.chars().last())
                };
                last(record) != last(other)
            };
            if !differ
                || charged
                || same_skeleton(&record.entry.identity, &other.entry.identity) != Some(true)
            {
                continue;
            }
            let labelled = a.unlabelled() == b.unlabelled();
            let check = if labelled {
                Check::Derivative
            } else {
                Check::Identity
            };
            let text = |r: &Record| r.entry.identity.formula.clone().unwrap_or_default();
            let mut own = Vec::new();
            report(&mut own, scope, (record, other), Severity::Error, |o| {
                let mine = if o.index == other.index {
                    record
                } else {
                    other
                };
                format!(
                    "Formula {} stands beside an InChIKey that entry {} ({}) gives to {}. Formula or InChIKey is wrong; correct it.",
                    text(mine),
                    o.entry.id,
                    o.name(),
                    text(o)
                )
            });
            found.extend(own.into_iter().map(|f| Finding { check, ..f }));
        }
    }
}
