//! A substance by what a person types.

use super::register::{MatchedBy, Register, Substance};
use super::salt;
use crate::spectrum::normalised;
use crate::spectrum::{Identity, cas_check_digit_holds, is_inchikey};
use thiserror::Error;

/// Names offered where one is not known.
const OFFERED: usize = 5;
/// How alike a name must be to be offered (Jaro and Winkler, 1 for the same).
const ALIKE: f64 = 0.85;

/// A text that names no substance of the register.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{}", self.sentence())]
pub struct Unknown {
    /// What was typed.
    pub text: String,
    /// What it looks like.
    pub kind: &'static str,
    /// The nearest names of the register, the nearest first.
    pub nearest: Vec<String>,
}

impl Unknown {
    fn sentence(&self) -> String {
        let start = format!(
            "the register has no substance of the {} {:?}",
            self.kind, self.text
        );
        match self.nearest.as_slice() {
            [] => format!("{start}; that says nothing of its control"),
            [one] => format!("{start}; did you mean {one}?"),
            [rest @ .., last] => format!("{start}; did you mean {} or {last}?", rest.join(", ")),
        }
    }
}

impl Register {
    /// The identity of a name, CAS number or InChIKey as the register has it; of a salt's name the identity
    /// of that name, whose base or acid the register has.
    ///
    /// # Errors
    /// [`Unknown`], with the nearest names.
    pub fn look_up(&self, text: &str) -> Result<Identity, Unknown> {
        let text = text.trim();
        let upper = text.to_uppercase();
        let known = |s: &Substance| s.identity.clone();
        if is_inchikey(&upper) {
            let wanted = Identity {
                inchikey: Some(upper),
                ..Identity::default()
            };
            return match self.find(&wanted) {
                Some((substance, MatchedBy::InchiKey)) => Ok(known(substance)),
                Some((substance, _)) => Ok(Identity {
                    name: self.name_of_isomer(&wanted, substance),
                    formula: substance.identity.formula.clone(),
                    ..wanted
                }),
                None => Err(self.unknown(text, "InChIKey")),
            };
        }
        if let Some(found) = self.named(text) {
            return Ok(known(found));
        }
        if cas_check_digit_holds(text) {
            let wanted = Identity {
                cas: Some(text.to_owned()),
                ..Identity::default()
            };
            let found = self.find(&wanted).map(|(substance, _)| known(substance));
            return found.ok_or_else(|| self.unknown(text, "CAS number"));
        }
        let of_salt = salt::of(text).and_then(|(_, parent)| self.named(&parent));
        let salt = of_salt.map(|_| Identity {
            name: text.to_owned(),
            ..Identity::default()
        });
        salt.ok_or_else(|| self.unknown(text, "name"))
    }

    /// The name of an isomer that only an entry of a list has, else whose isomer it is.
    fn name_of_isomer(&self, isomer: &Identity, substance: &Substance) -> String {
        let mut entries = self.rules().on_skeleton(isomer);
        let entry = entries.find(|rule| rule.inchikey == isomer.inchikey);
        let of = || format!("another form of {}", substance.identity.name);
        entry.map_or_else(of, |rule| rule.label().to_owned())
    }

    fn unknown(&self, text: &str, kind: &'static str) -> Unknown {
        let wanted = normalised(text);
        let mut near: Vec<(f64, &str)> = Vec::new();
        if kind == "name" {
            for substance in self.substances() {
                let identity = &substance.identity;
                let likeness = std::iter::once(&identity.name)
                    .chain(&identity.synonyms)
                    .map(|name| likeness(&wanted, &normalised(name)))
                    .fold(0.0, f64::max);
                near.push((likeness, &identity.name));
            }
        }
        near.retain(|(likeness, _)| *likeness >= ALIKE);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let names = near.iter().map(|(_, name)| (*name).to_owned());
        Unknown {
            text: text.to_owned(),
            kind,
            nearest: names.take(OFFERED).collect(),
        }
    }
}

/// Jaro and Winkler's likeness, or that of Damerau and Levenshtein where it is greater.
fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other).max(strsim::normalized_damerau_levenshtein(one, other))
}
