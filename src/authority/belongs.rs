//! Whether what was found belongs on a form on precursors, and into which part.

use super::claim::{Claim, Member};
use crate::substance::{Instrument, Standing};

/// Roles of substances that are used to make drugs.
const PRECURSORS: [&str; 4] = [
    "precursor",
    "pre-precursor",
    "designer-precursor",
    "solvent-reagent",
];

/// Where one possible status puts a substance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Table I of the 1988 Convention.
    Table1,
    /// Table II.
    Table2,
    /// In no table, and used to make drugs, with the reason.
    NoTable(String),
    /// The register does not know the substance, so nothing is known of its status.
    Unknown,
    /// On no form on precursors, with the reason.
    Elsewhere(String),
}

/// Where a substance of this status belongs.
pub(super) fn place(member: &Member, standing: &Standing) -> Place {
    let role = member.role.as_deref();
    match standing.instrument {
        Instrument::Table1 => Place::Table1,
        Instrument::Table2 => Place::Table2,
        list if list.is_listing() => Place::Elsewhere(format!(
            "under {}, in no table of precursors",
            list.status()
        )),
        Instrument::Unregistered => Place::Unknown,
        other => match role.filter(|role| PRECURSORS.contains(role)) {
            Some(role) => {
                let more = match other {
                    Instrument::Surveillance => {
                        "; publicly known to be under special surveillance (ISSL)"
                    }
                    Instrument::Unverified => "; a control is reported and not confirmed",
                    _ => "",
                };
                Place::NoTable(format!("{role} in the register{more}"))
            }
            None => Place::Elsewhere(format!(
                "in no table, and in the register as {}",
                role.unwrap_or("nothing that is used to make drugs")
            )),
        },
    }
}

/// Every place that a claim may have, in order.
pub(super) fn places(claim: &Claim) -> Vec<Place> {
    let all = claim
        .standings()
        .map(|(member, standing)| place(member, standing));
    let mut all: Vec<Place> = all.collect();
    all.sort();
    all.dedup();
    all
}

/// Whether a place is on a form on precursors, or may be.
pub(super) fn is_on_form(place: &Place) -> bool {
    !matches!(place, Place::Elsewhere(_))
}

/// Why a claim is on no form on precursors: what each of its substances is.
pub(super) fn elsewhere(claim: &Claim) -> String {
    let mut all: Vec<String> = Vec::new();
    for (member, standing) in claim.standings() {
        if let Place::Elsewhere(why) = place(member, standing) {
            let sentence = format!("{} is {why}", member.name);
            if !all.contains(&sentence) {
                all.push(sentence);
            }
        }
    }
    all.join("; ")
}
