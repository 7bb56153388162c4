//! The lists of the three conventions, and what stands in their place.

use serde::{Deserialize, Serialize};

/// The list of a treaty, or what stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Instrument {
    /// Single Convention on Narcotic Drugs 1961, Schedules I and IV.
    #[serde(rename = "1961-Schedule-I+IV")]
    Narcotic1And4,
    /// 1961, Schedule I.
    #[serde(rename = "1961-Schedule-I")]
    Narcotic1,
    /// 1961, Schedule II.
    #[serde(rename = "1961-Schedule-II")]
    Narcotic2,
    /// Convention on Psychotropic Substances 1971, Schedule I.
    #[serde(rename = "1971-Schedule-I")]
    Psychotropic1,
    /// 1971, Schedule II.
    #[serde(rename = "1971-Schedule-II")]
    Psychotropic2,
    /// 1971, Schedule III.
    #[serde(rename = "1971-Schedule-III")]
    Psychotropic3,
    /// 1971, Schedule IV.
    #[serde(rename = "1971-Schedule-IV")]
    Psychotropic4,
    /// United Nations Convention against Illicit Traffic 1988, Table I.
    #[serde(rename = "1988-Table-I")]
    Table1,
    /// 1988, Table II.
    #[serde(rename = "1988-Table-II")]
    Table2,
    /// In no table; publicly known to be on the INCB's limited special surveillance list.
    #[serde(rename = "ISSL")]
    Surveillance,
    /// A control is announced or reported, and not confirmed.
    #[serde(rename = "unverified")]
    Unverified,
    /// The substance is not in the register: it may be anything.
    #[serde(rename = "unregistered")]
    Unregistered,
    /// No listing under the three conventions is known.
    #[serde(rename = "none")]
    None,
}

impl Instrument {
    /// All, from the strictest to none.
    pub const ALL: [Instrument; 13] = [
        Self::Narcotic1And4,
        Self::Narcotic1,
        Self::Narcotic2,
        Self::Psychotropic1,
        Self::Psychotropic2,
        Self::Psychotropic3,
        Self::Psychotropic4,
        Self::Table1,
        Self::Table2,
        Self::Surveillance,
        Self::Unverified,
        Self::Unregistered,
        Self::None,
    ];

    /// The register's code of the list.
    pub fn code(self) -> &'static str {
        match self {
            Self::Narcotic1And4 => "1961-Schedule-I+IV",
            Self::Narcotic1 => "1961-Schedule-I",
            Self::Narcotic2 => "1961-Schedule-II",
            Self::Psychotropic1 => "1971-Schedule-I",
            Self::Psychotropic2 => "1971-Schedule-II",
            Self::Psychotropic3 => "1971-Schedule-III",
            Self::Psychotropic4 => "1971-Schedule-IV",
            Self::Table1 => "1988-Table-I",
            Self::Table2 => "1988-Table-II",
            Self::Surveillance => "ISSL",
            Self::Unverified => "UNVERIFIED",
            Self::Unregistered => "unregistered",
            Self::None => "none",
        }
    }

    /// Parses the register's code of a list; `None` for an unknown one.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            code if code.starts_with(Self::Unverified.code()) => Some(Self::Unverified),
            code => Self::ALL
                .into_iter()
                .find(|i| *i != Self::Unregistered && i.code() == code),
        }
    }

    /// The status in words, as printed beside a candidate.
    pub fn status(self) -> &'static str {
        match self {
            Self::Narcotic1And4 => "1961 Schedules I and IV",
            Self::Narcotic1 => "1961 Schedule I",
            Self::Narcotic2 => "1961 Schedule II",
            Self::Psychotropic1 => "1971 Schedule I",
            Self::Psychotropic2 => "1971 Schedule II",
            Self::Psychotropic3 => "1971 Schedule III",
            Self::Psychotropic4 => "1971 Schedule IV",
            Self::Table1 => "1988 Table I",
            Self::Table2 => "1988 Table II",
            Self::Surveillance => "special surveillance (ISSL), in no table",
            Self::Unverified => "status unconfirmed",
            Self::Unregistered => "not in the register of substances",
            Self::None => "no UN listing known",
        }
    }

    /// Whether this is a schedule or table of one of the three conventions.
    pub fn is_listing(self) -> bool {
        self < Self::Surveillance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_are_told_from_the_rest() {
        assert!(Instrument::parse("1988-Table-I").is_some_and(Instrument::is_listing));
        assert!(!Instrument::parse("ISSL").is_some_and(Instrument::is_listing));
        assert_eq!(
            Instrument::parse("UNVERIFIED-2026"),
            Some(Instrument::Unverified)
        );
        assert_eq!(Instrument::Unverified.status(), "status unconfirmed");
        assert_eq!(Instrument::None.status(), "no UN listing known");
        assert_eq!(Instrument::parse("1988-Table-III"), None);
        assert!(Instrument::ALL.is_sorted());
    }
}
