//! What an answer depends on, in sentences.

use super::entry::Entry;
use super::index::FoundBy;
use super::matching::Found;
use super::standing::Force;
use super::words::{EntryStatus, MatchKind};
use jiff::civil::Date;

/// Second block of a standard InChIKey without stereochemistry and isotopes.
const NO_STEREO: &str = "UHFFFAOYSA";

/// The caveats of an entry; `found` is `None` for one that is not evaluated.
pub(super) fn caveats(entry: &Entry, found: Option<Found>, day: Date, force: Force) -> Vec<String> {
    let kind = match entry.kind {
        MatchKind::Group => Some("The substance is named as a member of a group."),
        MatchKind::Preparation => {
            Some("The entry is on preparations; whether the sample is one is not measured here.")
        }
        MatchKind::Exact | MatchKind::Generic => None,
    };
    let mut caveats = match found {
        Some(found) => of_identity(entry, found),
        None => vec![
            "The entry is a rule in words, which the program does not evaluate: read it."
                .to_owned(),
        ],
    };
    caveats.extend(kind.map(str::to_owned));
    let limits = entry.concentration.iter().chain(&entry.quantity);
    caveats.extend(limits.map(|limit| {
        format!(
            "The entry depends on the threshold {}; whether the sample reaches it is not measured here.",
            limit.stated
        )
    }));
    caveats.extend(of_period(entry, day, force));
    if entry.from.is_none() {
        caveats.push("The overlay does not state the entry's first day.".to_owned());
    }
    caveats
}

fn of_period(entry: &Entry, day: Date, force: Force) -> Option<String> {
    match (entry.status, force, entry.to) {
        (EntryStatus::Repealed, Force::InForce, Some(to)) => Some(format!(
            "The entry was in force on {day} and was repealed after {to}."
        )),
        (EntryStatus::Repealed, Force::Ended, Some(to)) => {
            Some(format!("The entry was repealed; its last day was {to}."))
        }
        (EntryStatus::Temporary, Force::InForce, None) => {
            Some("The control is temporary; the overlay does not state its last day.".to_owned())
        }
        _ => None,
    }
}

fn of_identity(entry: &Entry, found: Found) -> Vec<String> {
    let mut caveats: Vec<String> = of_form(entry, found.by).into_iter().collect();
    caveats.extend(of_salt(entry, found.as_salt).map(str::to_owned));
    if entry.scope.esters_and_ethers == Some(true) {
        let sentence = "The entry covers esters and ethers, too, which are not looked up by it.";
        caveats.push(sentence.to_owned());
    }
    caveats
}

fn of_form(entry: &Entry, by: FoundBy) -> Option<String> {
    let covers = entry.scope.isomers;
    match (by, entry.inchikey.as_deref()) {
        (FoundBy::Skeleton, Some(key)) if covers => Some(format!(
            "The entry names another form of this skeleton ({key}) and covers its isomers; charge and isotopes may differ, too."
        )),
        (FoundBy::Skeleton, Some(key)) => Some(format!(
            "The entry names another form of this skeleton ({key}) and does not cover isomers: it applies only where the sample is that form, which most spectra cannot tell."
        )),
        (FoundBy::Skeleton, None) => {
            Some("The entry names the skeleton, with all its stereoisomers.".to_owned())
        }
        (FoundBy::InchiKey, Some(key)) if !covers && !key.contains(NO_STEREO) => Some(
            "The entry covers this stereoisomer only, which most spectra cannot tell from the others."
                .to_owned(),
        ),
        (FoundBy::InchiKey, _) => None,
        (FoundBy::Cas, _) => Some("Found by the CAS number only: compare the structure.".to_owned()),
    }
}

fn of_salt(entry: &Entry, as_salt: bool) -> Option<&'static str> {
    match (as_salt, entry.scope.salts) {
        (true, true) => Some(
            "By its name the substance is a salt of what the entry names, and the entry covers salts.",
        ),
        (true, false) => Some(
            "By its name the substance is a salt of what the entry names, and the entry does not cover salts.",
        ),
        (false, true) => None,
        (false, false) => Some(
            "The entry does not cover salts: it does not apply to a salt of the substance, and a mass spectrum cannot tell a salt from its base.",
        ),
    }
}
