//! One entry of a list, and what a list covers in general.

use super::{InForce, Instrument, On, When};

/// What an entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A substance by its name.
    Substance,
    /// A named member of a group.
    Group,
    /// An ester of what the entry names.
    Ester,
    /// An ether of what the entry names.
    Ether,
    /// What the list expressly leaves out.
    Exclusion,
    /// The mirror image or the racemate of the register's substance.
    Enantiomer,
}

/// Which stereoisomers of the drawn structure an entry covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stereo {
    /// All of them.
    All,
    /// Only the one that is drawn.
    This,
}

/// Whether an entry covers salts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salts {
    /// Yes, as its list says.
    Covered,
    /// The substance can form none.
    Impossible,
    /// The list expressly leaves them out.
    Excluded,
}

/// One entry of a list for the time that it stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The list.
    pub list: Instrument,
    /// The entry, as the list words it.
    pub entry: String,
    /// What the entry names.
    pub kind: Kind,
    /// The register's name of the substance.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Which stereoisomers are covered.
    pub stereo: Stereo,
    /// Whether salts are covered.
    pub salts: Salts,
    /// Day, month or year of the decision.
    pub decided: Option<When>,
    /// In force from.
    pub from: Option<When>,
    /// No longer in force from this day on.
    pub to: Option<When>,
    /// The decision.
    pub decision: String,
    /// Where the register has it from.
    pub source: String,
    /// Whether it was compared with a published list.
    pub checked: bool,
    /// Remarks.
    pub notes: String,
}

impl Rule {
    /// The substance that the entry is about.
    pub fn label(&self) -> &str {
        match self.kind {
            Kind::Enantiomer => &self.entry,
            _ => &self.name,
        }
    }

    /// Whether the entry stood in force. Where only the decision's date is known, it came into force between
    /// it and the end of the following year; where no date is known, it is taken to have stood always.
    pub fn in_force(&self, on: On) -> InForce {
        let On::Day(day) = on else {
            return if self.to.is_some() {
                InForce::Ended
            } else {
                InForce::Yes
            };
        };
        let begun = self.begin().map_or(InForce::Yes, |begin| match () {
            () if day < begin.first() => InForce::Later,
            () if day < begin.last() => InForce::Perhaps,
            () => InForce::Yes,
        });
        let ended = self.to.map_or(InForce::Yes, |to| match () {
            () if day < to.first() => InForce::Yes,
            () if day < to.last() => InForce::Perhaps,
            () => InForce::Ended,
        });
        match (begun, ended) {
            (_, InForce::Ended) => InForce::Ended,
            (InForce::Yes, InForce::Perhaps) => InForce::Perhaps,
            (begun, _) => begun,
        }
    }

    /// Whether it may have ended by then.
    pub(super) fn may_have_ended(&self, on: On) -> bool {
        let day = on.day();
        self.to
            .is_some_and(|to| day.is_some_and(|day| day >= to.first()))
    }

    /// The days on which it may have come into force.
    pub(super) fn begin(&self) -> Option<When> {
        self.from
            .or_else(|| self.decided.map(When::to_end_of_next_year))
    }

    /// Since when it stands, in words: the day in force, else the year of the decision.
    pub fn since(&self) -> Option<String> {
        let decided = || self.decided.map(|w| w.to_string());
        self.from.map(|w| w.to_string()).or_else(decided)
    }
}

/// What a list says of all its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The list.
    pub list: Instrument,
    /// Its title in words.
    pub title: String,
    /// Whether isomers of each entry are covered, unless the entry says otherwise.
    pub isomers: bool,
    /// Whether esters and ethers are.
    pub esters_ethers: bool,
    /// Whether salts are.
    pub salts: bool,
    /// What holds of preparations, in a sentence.
    pub preparations: String,
    /// Article or footnote that says so.
    pub citation: String,
}
