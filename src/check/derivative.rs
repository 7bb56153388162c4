//! A derivative or isotope-labelled substance whose formula or InChIKey is its parent's.

use super::names;
use super::record::{Record, Records};
use super::{Check, Finding, Severity};
use crate::spectrum::Identity;
use crate::substance::{Register, normalised};

pub(super) fn check(record: &Record, records: &Records, register: &Register) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(named_derivative(record, records, register));
    found.extend(labelled(record));
    found
}

/// The identity of another name: of an entry that bears it, or of the register.
pub(super) fn known(name: &str, records: &Records, register: &Register) -> Option<Identity> {
    let entry = records.named(name).next().map(|r| r.entry.identity.clone());
    let asked = Identity {
        name: name.to_owned(),
        ..Identity::default()
    };
    entry.or_else(|| {
        let (substance, _) = register.find(&asked)?;
        Some(substance.identity.clone())
    })
}

fn named_derivative(record: &Record, records: &Records, register: &Register) -> Option<Finding> {
    let identity = &record.entry.identity;
    let (derivative, parent) = names::derivative(&identity.name)?;
    let warn = |severity, message| Some(record.finding(Check::Derivative, severity, message));
    let label = derivative.label;
    if let (Some((symbol, least)), Some(atoms)) = (derivative.needs, &record.atoms)
        && atoms.count(symbol) < least
    {
        let formula = identity.formula.clone().unwrap_or_default();
        return warn(
            Severity::Error,
            format!(
                "The name says {label}, which has at least {least} atoms of {symbol}; formula {formula} has {}. The formula is perhaps the parent's; give the derivative's formula and InChIKey.",
                atoms.count(symbol)
            ),
        );
    }
    let parent = known(&parent, records, register)?;
    if normalised(&parent.name) == normalised(&identity.name) {
        return None;
    }
    let same_key = identity.skeleton().is_some() && identity.skeleton() == parent.skeleton();
    if same_key {
        return warn(
            Severity::Error,
            format!(
                "The name says {label}, and the InChIKey is that of {}. Give the derivative's own InChIKey and formula.",
                parent.name
            ),
        );
    }
    let same_formula = identity.formula.is_some() && identity.formula == parent.formula;
    if same_formula && derivative.needs.is_some() {
        return warn(
            Severity::Warning,
            format!(
                "The name says {label}, and the formula is that of {}. Give the derivative's own formula.",
                parent.name
            ),
        );
    }
    None
}

fn labelled(record: &Record) -> Option<Finding> {
    let identity = &record.entry.identity;
    let formula = identity.formula.as_deref().unwrap_or_default();
    let heavy = record.atoms.as_ref().map(|a| {
        a.count("D") + a.count("T") > 0 || formula.contains("[1") || formula.contains("[2")
    });
    // Both the stereochemical and the isotopic layer empty.
    let plain_key = identity
        .inchikey
        .as_deref()
        .map(|k| k.get(15..23) == Some("UHFFFAOY"));
    let named = names::is_labelled(&identity.name)
        || identity.synonyms.iter().any(|s| names::is_labelled(s));
    let (severity, message) = match (named, heavy, plain_key) {
        (true, Some(false), Some(true)) => (Severity::Error, "The name says isotope-labelled, and both formula and InChIKey are those of the unlabelled substance. Give the labelled substance's own.".to_owned()),
        (true, _, Some(true)) => (Severity::Warning, "The name says isotope-labelled, and the InChIKey is that of the unlabelled substance. Give the labelled substance's own InChIKey.".to_owned()),
        (true, Some(false), _) => (Severity::Warning, format!("The name says isotope-labelled, and formula {formula} has no heavy isotope. Write deuterium as D in the formula.")),
        (false, Some(true), _) => (Severity::Warning, format!("Formula {formula} has heavy isotopes, and no name of the entry says so. Complete the name, or correct the formula.")),
        (false, Some(false), _) | (_, None, _) | (true, Some(true), _) => return None,
    };
    Some(record.finding(Check::Derivative, severity, message))
}
