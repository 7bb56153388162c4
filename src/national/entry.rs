//! One entry of a national list.

use super::threshold::Threshold;
use super::words::{Category, EntryStatus, MatchKind};
use jiff::civil::Date;
use serde::Serialize;

/// What an entry covers beside what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// Salts, by the entry or the overlay's default.
    pub salts: bool,
    /// Isomers of the same skeleton, by the entry or the overlay's default.
    pub isomers: bool,
    /// Esters and ethers; `None` where the entry does not say.
    pub esters_and_ethers: Option<bool>,
}

/// One row of an overlay. Texts are empty where the row says nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// Short name of the law.
    pub law_id: String,
    /// Title of the law.
    pub law_title: String,
    /// Title in the country's language.
    pub law_title_local: String,
    /// Short name of the list.
    pub list_id: String,
    /// The list as the law calls it.
    pub list_label: String,
    /// Number of the entry in the list.
    pub entry_no: String,
    /// How the entry says what it covers.
    pub kind: MatchKind,
    /// Standard InChIKey, 27 characters.
    pub inchikey: Option<String>,
    /// First block of the InChIKey, stated or of the key.
    pub skeleton: Option<String>,
    /// CAS number whose check digit holds.
    pub cas: Option<String>,
    /// The name in the list.
    pub name_official: String,
    /// The name in the country's language.
    pub name_local: String,
    /// What it covers beside what it names.
    pub scope: Scope,
    /// The rule of a generic entry, in words.
    pub generic_rule_text: String,
    /// The rule as SMARTS; the program does not evaluate it.
    pub smarts: String,
    /// What the law calls the substance.
    pub category: Category,
    /// What the entry does.
    pub status: EntryStatus,
    /// Concentration from or up to which it applies.
    pub concentration: Option<Threshold>,
    /// Quantity from or up to which it applies.
    pub quantity: Option<Threshold>,
    /// National customs code.
    pub hs_national: String,
    /// Who administers it.
    pub competent_authority: String,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub to: Option<Date>,
    /// Where it was published.
    pub gazette_ref: String,
}

impl Entry {
    /// Whether the program looks substances up by this entry.
    pub fn is_evaluated(&self) -> bool {
        let named = self.skeleton.is_some() || self.cas.is_some();
        self.kind != MatchKind::Generic && named
    }
}
