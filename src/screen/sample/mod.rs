//! Several spectra of one sample, judged together.
//!
//! The rule, which never says more than one of the spectra does:
//!
//! - **identified**: at least one spectrum is identified, the identified sets have a substance in common,
//!   and no spectrum of the same technique and of usable quality is not in the library or of another class.
//!   Named is all that any spectrum of a technique names; of several techniques the one that names the
//!   fewest where all others name these, too.
//! - **disagreeing**: two identified sets have nothing in common, a usable spectrum of the same technique
//!   denies what another is identified as, or none is identified and classes differ. Nothing is named.
//! - **class only**: none is identified, some resemble one class, none is not in the library.
//! - **not in this library**: all usable spectra say so.
//! - **inconclusive**: everything else; **unusable**: no spectrum could be searched; **left out**: the user
//!   wanted none of them looked at.
//!
//! Peaks of GC-MS runs are parts of a sample, not replicates of one spectrum: `parts.rs`.
//!
//! Components of single spectra (`hint.rs`) stand beside the verdict and never change it.
//!
//! Substances are the same where the first blocks of their InChIKeys are, since few techniques see more; but
//! two forms (stereoisomers) are both named where spectra name different ones.

mod component;
mod hint;
mod identified;
mod others;
mod partial;
mod parts;
#[cfg(test)]
mod tests;

pub use component::{Component, Place};
pub use hint::Hint;
pub use parts::carrying;

use super::brief::{Brief, Member};
use super::manifest::Fields;
use super::second_look::Reason;
use crate::decide::VerdictLevel;
use crate::report::Alert;
use crate::substance::Instrument;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is said of a sample.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum SampleVerdict {
    /// One substance, or a set that cannot be told apart.
    Identified,
    /// A class.
    ClassOnly,
    /// No statement.
    #[default]
    Inconclusive,
    /// Unlike everything in the library.
    NotInLibrary,
    /// Its spectra contradict one another.
    Disagreeing,
    /// None of its spectra could be searched.
    Unusable,
    /// Of techniques that the user did not want looked at.
    LeftOut,
}

impl SampleVerdict {
    /// All, in the order in which they are counted.
    pub const ALL: [SampleVerdict; 7] = [
        Self::Identified,
        Self::ClassOnly,
        Self::Inconclusive,
        Self::NotInLibrary,
        Self::Disagreeing,
        Self::Unusable,
        Self::LeftOut,
    ];

    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::ClassOnly => "class-only",
            Self::Inconclusive => "inconclusive",
            Self::NotInLibrary => "not-in-library",
            Self::Disagreeing => "disagreeing",
            Self::Unusable => "unusable",
            Self::LeftOut => "left-out",
        }
    }
}

/// A sample as it is told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Its name: from the manifest, else the record's title, else the file's name.
    pub label: String,
    /// What the manifest says of it.
    pub fields: Fields,
    /// The verdict on all its spectra together.
    pub verdict: SampleVerdict,
    /// The substances named; of a set any one may be it. Of several components that of the strictest control
    /// status.
    pub named: Vec<Member>,
    /// All that a sample with GC-MS runs is made of, the strictest control status first; empty for others.
    #[serde(default)]
    pub components: Vec<Component>,
    /// What its spectra seem to be mixed of, the largest share first: hints, which change nothing else here.
    #[serde(default)]
    pub hints: Vec<Hint>,
    /// Spectra of which several components are named.
    #[serde(default)]
    pub mixed: usize,
    /// Where its spectra disagree, what any of them names.
    pub possible: Vec<Member>,
    /// Class of what is named, or that it resembles.
    pub class: Option<String>,
    /// Bound on the false-positive rate, with the interval of the rate that it comes from.
    pub rate: Option<[f64; 3]>,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// Techniques of its spectra.
    pub techniques: Vec<String>,
    /// Number of its spectra.
    pub spectra: usize,
    /// The worst quality of its spectra.
    pub quality: Option<String>,
    /// Best score of its spectra.
    pub score: Option<f64>,
    /// What does not carry the verdict.
    pub partial: Option<String>,
    /// Why somebody must look at it, with a sentence each; the gravest first.
    pub second_look: Vec<(Reason, String)>,
    /// Unknowns of other laboratories that its spectra are like, by their rows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alerts: BTreeMap<i64, Vec<Alert>>,
}

impl Judged {
    /// Higher for what must be looked at first; 0 for nothing to look at.
    pub fn priority(&self) -> i64 {
        let gravest = self.second_look.iter().map(|(reason, _)| reason.gravity());
        let more = self.second_look.len().saturating_sub(1).min(9) as i64;
        gravest.max().map_or(0, |gravity| 10 * gravity + more)
    }

    /// Adds a reason to look at it; the gravest stays first.
    pub fn look_at(&mut self, reason: Reason, sentence: String) {
        self.second_look.push((reason, sentence));
        self.second_look.sort_by_key(|(reason, _)| *reason);
    }

    /// All that is named: of components the strictest first.
    pub fn all_named(&self) -> impl Iterator<Item = &Member> {
        let rest = self.components.iter().skip(1).flat_map(|c| &c.set);
        self.named.iter().chain(rest)
    }

    /// What is named beside the component of the strictest control status, in a sentence; `None` where there is no
    /// more.
    pub fn rest(&self) -> Option<String> {
        let rest = self.components.get(1..).filter(|rest| !rest.is_empty())?;
        let rest: Vec<String> = rest.iter().map(Component::sentence).collect();
        Some(format!(
            "It also holds {}; only the component of the strictest control status is counted.",
            rest.join(", ")
        ))
    }

    /// The strictest control status among what is named, of a sample whose spectra disagree among what any
    /// of them names; `None` where nothing is.
    pub fn control(&self) -> Option<&str> {
        let members = self.all_named().chain(&self.possible);
        let status = members.map(|member| member.status.as_str());
        status.min_by_key(|status| strictness(status))
    }
}

/// Place of a status in the order from the strictest. What is not in the register may be anything: it comes
/// before what is known to be in no list.
pub fn strictness(status: &str) -> usize {
    let known = Instrument::ALL.iter().position(|i| i.status() == status);
    let unconfirmed = Instrument::ALL
        .iter()
        .position(|i| *i == Instrument::Unregistered);
    known.or(unconfirmed).unwrap_or(0)
}

/// The strictest of all statuses that are possible, `1971 Schedule III or 1988 Table I` in words.
pub fn strictest(possible: &str) -> &str {
    let all = possible.split(" or ");
    all.min_by_key(|status| strictness(status))
        .unwrap_or(possible)
}

/// Whether one of the statuses that are possible is a schedule or table of the conventions.
pub fn is_controlled(possible: &str) -> bool {
    let strictest = strictest(possible);
    let mut listings = Instrument::ALL.iter().filter(|i| i.is_listing());
    listings.any(|listing| listing.status() == strictest)
}

/// Judges the spectra of a sample together: verdict, what is named, class, rate, score, reasons and hints. The rest
/// is left as it is by default.
pub fn judge(spectra: &[&Brief]) -> Judged {
    let mut judged = match spectra.iter().any(|b| b.injection.is_some()) {
        true => parts::judge(spectra),
        false => alike(spectra),
    };
    (judged.hints, judged.mixed) = hint::together(spectra);
    judged
}

/// Judges spectra that are each of the whole sample.
fn alike(spectra: &[&Brief]) -> Judged {
    let mut judged = Judged {
        spectra: spectra.len(),
        ..Judged::default()
    };
    let looked_at: Vec<&Brief> = spectra
        .iter()
        .copied()
        .filter(|b| !b.is_left_out())
        .collect();
    let usable: Vec<&Brief> = looked_at
        .iter()
        .copied()
        .filter(|b| b.is_judged())
        .collect();
    let identified: Vec<&Brief> = usable
        .iter()
        .copied()
        .filter(|b| b.level == Some(VerdictLevel::Identified))
        .collect();
    match (
        looked_at.is_empty(),
        usable.is_empty(),
        identified.is_empty(),
    ) {
        (true, ..) => judged.verdict = SampleVerdict::LeftOut,
        (_, true, _) => {
            judged.verdict = SampleVerdict::Unusable;
            let errors = looked_at.iter().filter_map(|b| b.failure());
            judged.reasons = errors
                .map(|(_, message)| message.to_owned())
                .take(3)
                .collect();
        }
        (.., true) => others::judge(&mut judged, &usable),
        (.., false) => identified::judge(&mut judged, &identified, &usable),
    }
    let speaking = if judged.named.is_empty() {
        &usable
    } else {
        &identified
    };
    judged.score = speaking
        .iter()
        .filter_map(|b| b.best())
        .map(|best| best.score)
        .max_by(f64::total_cmp);
    judged.partial = partial::tell(&judged, &looked_at, &usable, &identified);
    judged
}

/// A spectrum in a sentence.
fn place(brief: &Brief) -> String {
    let name = brief.path.rsplit(['/', '\\']).next().unwrap_or(&brief.path);
    format!("{name} [{}]", brief.index + 1)
}

fn says(brief: &Brief) -> String {
    let names: Vec<&str> = brief.set.iter().map(|m| m.name.as_str()).collect();
    match (names.is_empty(), brief.level) {
        (false, _) => names.join(" or "),
        (true, Some(level)) => level.id().replace('-', " "),
        (true, None) => "nothing".to_owned(),
    }
}
