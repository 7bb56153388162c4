//! The national status of a substance: what is printed beside its status under the UN conventions.

use super::asked::Asked;
use super::country::Country;
use super::index::{number, structure};
use super::overlay::Overlay;
use super::standing::{Applies, Force, NationalStanding, OverlaySource};
use crate::spectrum::Identity;
use jiff::civil::Date;
use serde::Serialize;

/// What is printed where there is no overlay.
pub const NOT_LOADED: &str = "national status not loaded";

/// What is printed where no entry names the substance; a rule may still cover it.
const NO_ENTRY: &str = "no entry names it";

/// What is printed where the substance could not be looked up.
const NOT_LOOKED_UP: &str = "not looked up: neither InChIKey nor CAS number is known";

/// What a country's overlay says of a substance, or that there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NationalStatus {
    /// The country.
    pub country: Country,
    /// The day that was asked for; `None` where no overlay is loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The answer in one line: [`NationalStatus::summary`].
    pub summary: String,
    /// The overlay; `None` where none is loaded.
    pub overlay: Option<OverlaySource>,
    /// What its entries say, surest first; see [`Overlay::standings`].
    pub standings: Vec<NationalStanding>,
    /// What is to be said beside, in sentences.
    pub remarks: Vec<String>,
}

impl NationalStatus {
    /// No overlay of this country is loaded.
    pub fn not_loaded(country: Country) -> Self {
        Self {
            country,
            day: None,
            summary: NOT_LOADED.to_owned(),
            overlay: None,
            standings: Vec::new(),
            remarks: vec![format!(
                "No overlay of {country} is installed, so nothing is known of its law; add one with `specid overlay add FILE`."
            )],
        }
    }

    /// The answer as one sentence: "TH: national status not loaded".
    pub fn told(&self) -> String {
        format!("{}: {}", self.country, self.summary)
    }

    /// Asks an overlay; without a day, for the law as of the overlay's own day.
    pub fn of(overlay: &Overlay, asked: Asked<'_>, day: Option<Date>) -> Self {
        let day = day.unwrap_or(overlay.header.as_of);
        let standings = overlay.standings_of(asked, Some(day));
        let rules = standings
            .iter()
            .filter(|s| s.applies == Applies::NotEvaluated && s.force == Force::InForce);
        let rules: Vec<String> = rules
            .map(|s| format!("{} {}", s.list_label, s.entry_no))
            .collect();
        let mut remarks: Vec<String> = overlay.age(day).into_iter().collect();
        let known = |i: &Identity| structure(i).is_some() || number(i).is_some();
        let is_known = known(asked.identity) || asked.salt_of.is_some_and(known);
        if asked.by_name {
            remarks.push(format!(
                "Looked up as {:?} of the register of substances, by its name.",
                asked.identity.name
            ));
        }
        let parts = asked
            .identity
            .smiles
            .as_deref()
            .is_some_and(|s| s.contains('.'));
        if parts && asked.salt_of.is_none() {
            remarks.push(
                "This is a salt or another compound of several parts whose base is not known here: an entry that names the base was not found by it."
                    .to_owned(),
            );
        }
        if !rules.is_empty() {
            remarks.push(format!(
                "{} of this overlay are words that the program does not evaluate: {}.",
                match rules.len() {
                    1 => "1 rule".to_owned(),
                    n => format!("{n} rules"),
                },
                listed(&rules)
            ));
        }
        Self {
            country: overlay.country(),
            day: Some(day),
            summary: match is_known {
                true => summary(&standings),
                false => NOT_LOOKED_UP.to_owned(),
            },
            overlay: Some(overlay.source()),
            standings,
            remarks,
        }
    }

    /// The entries that name the substance, without the rules that were not evaluated.
    pub fn named(&self) -> impl Iterator<Item = &NationalStanding> {
        let evaluated = |s: &&NationalStanding| s.applies != Applies::NotEvaluated;
        self.standings.iter().filter(evaluated)
    }
}

/// The answer in one line, for a cell of a table.
fn summary(standings: &[NationalStanding]) -> String {
    let evaluated = |s: &&NationalStanding| s.applies != Applies::NotEvaluated;
    let in_force = |s: &&NationalStanding| s.force == Force::InForce;
    let rules = standings.iter().filter(|s| !evaluated(s)).filter(in_force);
    let named: Vec<&NationalStanding> = standings.iter().filter(evaluated).collect();
    let current = named.iter().copied().filter(in_force);
    let mut said: Vec<String> = current.map(one).collect();
    if said.is_empty() {
        said = named.into_iter().map(one).collect();
    }
    if said.is_empty() {
        said.push(NO_ENTRY.to_owned());
    }
    match rules.count() {
        0 => {}
        1 => said.push("1 rule not evaluated".to_owned()),
        n => said.push(format!("{n} rules not evaluated")),
    }
    said.join("; ")
}

fn one(standing: &NationalStanding) -> String {
    let NationalStanding {
        list_label,
        entry_no,
        ..
    } = standing;
    format!("{} ({list_label}, entry {entry_no})", standing.words())
}

/// The first names of a list, and how many more there are.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 10;
    let first = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
