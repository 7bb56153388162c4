//! The words that an overlay's cells may hold.

use serde::{Serialize, Serializer};

/// How an entry says what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchKind {
    /// One substance.
    Exact,
    /// A named member of a group.
    Group,
    /// A rule in words; the program does not evaluate it.
    Generic,
    /// Preparations of a substance.
    Preparation,
}

impl MatchKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Group, Self::Generic, Self::Preparation];

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Group => "group",
            Self::Generic => "generic",
            Self::Preparation => "preparation",
        }
    }

    /// The kind of a word of a file.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What an entry does, strictest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryStatus {
    /// It controls.
    Controlled,
    /// It controls for a time.
    Temporary,
    /// It is watched and not controlled.
    Monitored,
    /// It is taken out of a control.
    Exempt,
    /// It was taken back.
    Repealed,
}

impl EntryStatus {
    /// All, strictest first.
    pub const ALL: [Self; 5] = [
        Self::Controlled,
        Self::Temporary,
        Self::Monitored,
        Self::Exempt,
        Self::Repealed,
    ];

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Controlled => "controlled",
            Self::Temporary => "temporary",
            Self::Monitored => "monitored",
            Self::Exempt => "exempt",
            Self::Repealed => "repealed",
        }
    }

    /// The status of a word of a file.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// What the law calls the substance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Narcotic drug.
    Narcotic,
    /// Psychotropic substance.
    Psychotropic,
    /// Precursor or essential chemical.
    Precursor,
    /// New psychoactive substance.
    Nps,
    /// Poison.
    Poison,
    /// Something else.
    Other,
    /// A word that this program does not know, as the file has it.
    Unknown(String),
}

impl Category {
    /// All that are known.
    pub const KNOWN: [Self; 6] = [
        Self::Narcotic,
        Self::Psychotropic,
        Self::Precursor,
        Self::Nps,
        Self::Poison,
        Self::Other,
    ];

    /// The word in the file.
    pub fn word(&self) -> &str {
        match self {
            Self::Narcotic => "narcotic",
            Self::Psychotropic => "psychotropic",
            Self::Precursor => "precursor",
            Self::Nps => "NPS",
            Self::Poison => "poison",
            Self::Other => "other",
            Self::Unknown(word) => word,
        }
    }

    /// The category of a word of a file.
    pub fn of(word: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.word() == word);
        known.unwrap_or_else(|| Self::Unknown(word.to_owned()))
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
