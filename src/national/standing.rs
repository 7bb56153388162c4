//! What one entry of an overlay says of a substance on a day.

use super::country::Country;
use super::index::FoundBy;
use super::threshold::Threshold;
use super::words::{Category, EntryStatus, MatchKind};
use jiff::civil::Date;
use serde::Serialize;

/// Whether an entry applies to the substance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// It names the substance.
    Yes,
    /// It applies only under a condition that the caveats state.
    Possibly,
    /// It is a rule in words, which the program does not evaluate.
    NotEvaluated,
}

/// Whether an entry is in force on the day that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// The day lies in its period.
    InForce,
    /// Its first day comes later.
    NotYet,
    /// Its last day has passed.
    Ended,
}

/// From which overlay it comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlaySource {
    /// Title.
    pub title: String,
    /// Who made it.
    pub issued_by: String,
    /// Its version.
    pub list_version: String,
    /// The day whose law it states.
    pub as_of: Date,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Who signed it, whether the key is trusted; or `not signed`.
    pub signed_by: String,
}

/// The status that an entry of an overlay gives a substance. It stands beside the status under the UN
/// conventions, never in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NationalStanding {
    /// Whose law it is.
    pub country: Country,
    /// Whether it applies to the substance.
    pub applies: Applies,
    /// Whether it is in force on the day.
    pub force: Force,
    /// The day that was asked for.
    pub day: Date,
    /// What the entry does.
    pub status: EntryStatus,
    /// What the law calls the substance.
    pub category: Category,
    /// Short name of the law.
    pub law_id: String,
    /// Title of the law.
    pub law_title: String,
    /// Title in the country's language; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub law_title_local: String,
    /// Short name of the list.
    pub list_id: String,
    /// The list as the law calls it.
    pub list_label: String,
    /// Number of the entry in the list.
    pub entry_no: String,
    /// The name in the list.
    pub name_official: String,
    /// The name in the country's language; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name_local: String,
    /// The rule in words; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub generic_rule_text: String,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub to: Option<Date>,
    /// Concentration from or up to which it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concentration_threshold: Option<Threshold>,
    /// Quantity from or up to which it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity_threshold: Option<Threshold>,
    /// National customs code; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hs_national: String,
    /// Where it was published; empty where the overlay does not say.
    pub gazette_ref: String,
    /// Who administers it; empty where the overlay does not say.
    pub competent_authority: String,
    /// How the entry says what it covers.
    pub match_kind: MatchKind,
    /// By what the entry names the substance; `None` where it was not evaluated.
    pub matched_by: Option<FoundBy>,
    /// What the answer depends on, in sentences.
    pub caveats: Vec<String>,
    /// Line of the entry in the overlay.
    pub line: usize,
    /// The overlay.
    pub overlay: OverlaySource,
}

impl NationalStanding {
    /// Whether the entry says of the substance, on this day, that it is controlled, for good or for a
    /// time; an open condition counts as met.
    pub fn is_control(&self) -> bool {
        let controls = match self.status {
            EntryStatus::Controlled | EntryStatus::Temporary | EntryStatus::Repealed => true,
            EntryStatus::Monitored | EntryStatus::Exempt => false,
        };
        controls && self.force == Force::InForce && self.applies != Applies::NotEvaluated
    }

    /// The status in words, with the days that limit it: "controlled, precursor, since 2024-01-01".
    pub fn words(&self) -> String {
        let status = match (self.status, self.force) {
            (EntryStatus::Repealed, Force::InForce) => "controlled (repealed later)",
            (EntryStatus::Temporary, _) => "temporarily controlled",
            (EntryStatus::Monitored, _) => "monitored, not controlled",
            (EntryStatus::Exempt, _) => "exempt",
            (status, _) => status.word(),
        };
        let days = match (self.force, self.from, self.to) {
            (Force::NotYet, Some(from), _) => format!(", NOT YET IN FORCE: from {from}"),
            (Force::Ended, _, Some(to)) => format!(", NO LONGER IN FORCE: until {to}"),
            (_, Some(from), Some(to)) => format!(", {from} to {to}"),
            (_, Some(from), None) => format!(", since {from}"),
            (_, None, Some(to)) => format!(", until {to}"),
            (_, None, None) => String::new(),
        };
        let open = match self.applies {
            Applies::Yes => "",
            Applies::Possibly => "possibly ",
            Applies::NotEvaluated => "not evaluated: ",
        };
        format!("{open}{status}, {}{days}", self.category.word())
    }

    /// The entry's place in the law: "EXAMPLE Act, List 1, entry 3".
    pub fn place(&self) -> String {
        let Self {
            law_title,
            list_label,
            entry_no,
            ..
        } = self;
        format!("{law_title}, {list_label}, entry {entry_no}")
    }
}
