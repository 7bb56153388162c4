//! The answer to a question for a substance's control.

use super::Instrument;
use crate::spectrum::Technique;
use jiff::civil::Date;
use serde::Serialize;

/// The day for which status is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum On {
    /// The newest law that the register knows.
    #[default]
    Newest,
    /// A day.
    Day(Date),
}

impl On {
    /// The day; `None` for the newest law.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Newest => None,
            Self::Day(day) => Some(day),
        }
    }
}

impl From<Option<Date>> for On {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Newest, Self::Day)
    }
}

/// What is known of the substance's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It is what its name and its InChIKey say.
    Exact,
    /// It was measured: no technique here tells enantiomers, and mass spectra do not tell salt from base.
    Measured(Technique),
    /// It is contained in a preparation.
    Preparation,
}

impl Form {
    /// Whether other stereoisomers are possible, too.
    pub fn leaves_stereo_open(self) -> bool {
        matches!(self, Self::Measured(_))
    }

    /// Whether salt and base or acid are both possible.
    pub fn leaves_salt_open(self) -> bool {
        matches!(self, Self::Measured(Technique::EiMs | Technique::MsMs))
    }
}

/// By what a substance has a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The list names it.
    Substance,
    /// It is a salt of what the list names.
    Salt,
    /// It is a stereoisomer of what the list names.
    Stereoisomer,
    /// It is an ester or ether of what the list names.
    EsterOrEther,
    /// The list names it as a member of a group.
    GroupMember,
    /// It is a preparation of what the list names.
    Preparation,
    /// The list expressly leaves it out.
    Excluded,
    /// The register knows it, and no entry that covers it.
    NotListed,
    /// The register does not know it.
    Unregistered,
}

/// One status that a substance may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The list.
    pub instrument: Instrument,
    /// The list in words.
    pub status: &'static str,
    /// The substance that has this status.
    pub substance: String,
    /// The entry, as the list words it.
    pub entry: Option<String>,
    /// By what it is covered.
    pub basis: Basis,
    /// Day, month or year since which it stands.
    pub since: Option<String>,
    /// Day, month or year from which it no longer stands.
    pub until: Option<String>,
    /// The decision.
    pub decision: Option<String>,
    /// Where the register has it from.
    pub source: Option<String>,
    /// Whether it was compared with a published list.
    pub checked: bool,
    /// Why this status is possible, in a sentence.
    pub reason: String,
}

/// What is known of a substance's control on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The day.
    pub on: On,
    standings: Vec<Standing>,
    /// What else must be known: entries before or after, caveats; a sentence each.
    pub remarks: Vec<String>,
}

impl Status {
    /// The answer with its possible statuses, which it puts in order; never none: see [`Status::strictest`].
    pub(super) fn new(on: On, first: Standing, more: Vec<Standing>, remarks: Vec<String>) -> Self {
        let mut standings = vec![first];
        for standing in more {
            // An entry that covers a form twice, such as a racemate and its enantiomers, is told once.
            let same = |s: &Standing| {
                (s.instrument, &s.entry, &s.substance)
                    == (standing.instrument, &standing.entry, &standing.substance)
            };
            if !standings.iter().any(same) {
                standings.push(standing);
            }
        }
        standings.sort_by_key(|s| s.instrument);
        Self {
            on,
            standings,
            remarks,
        }
    }

    /// Every possible status, the strictest first; at least one.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// The strictest of them.
    pub fn strictest(&self) -> &Standing {
        // `new` takes the first one apart, so that there always is one.
        &self.standings[0]
    }
}
