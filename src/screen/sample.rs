//! Several spectra of one sample, judged together.
//!
//! The rule, which never says more than one of the spectra does:
//!
//! - **identified**: at least one spectrum is identified, the identified sets have a substance in common,
//!   and no spectrum of the same technique and of usable quality speaks against it. What they have in
//!   common is named, with the highest false-positive rate among them.
//! - **disagreeing**: two identified sets have nothing in common, or beside an identified spectrum another
//!   of the same technique is not in the library or resembles another class. Nothing is named.
//! - **class only** and **not in this library**: none is identified, and all spectra that say anything say
//!   that; a class must be the same one.
//! - **inconclusive**: everything else; **unusable**: no spectrum could be searched.
//!
//! Substances are the same where the first blocks of their InChIKeys are, since few techniques see more.

use super::brief::{Brief, Member};
use super::manifest::Fields;
use super::second_look::Reason;
use crate::decide::VerdictLevel;
use crate::substance::Instrument;
use serde::{Deserialize, Serialize};

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
}

impl SampleVerdict {
    /// All, in the order in which they are counted.
    pub const ALL: [SampleVerdict; 6] = [
        Self::Identified,
        Self::ClassOnly,
        Self::Inconclusive,
        Self::NotInLibrary,
        Self::Disagreeing,
        Self::Unusable,
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
    /// The substances named; of a set any one may be it.
    pub named: Vec<Member>,
    /// Class of what is named, or that it resembles.
    pub class: Option<String>,
    /// Estimate and interval of the highest false-positive rate of the spectra that name it.
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
    /// Why somebody must look at it, with a sentence each; the gravest first.
    pub second_look: Vec<(Reason, String)>,
}

impl Judged {
    /// Higher for what must be looked at first; 0 for nothing to look at.
    pub fn priority(&self) -> i64 {
        let gravest = self.second_look.iter().map(|(reason, _)| reason.gravity());
        let more = self.second_look.len().saturating_sub(1).min(9) as i64;
        gravest.max().map_or(0, |gravity| 10 * gravity + more)
    }

    /// The strictest control status among what is named; `None` where nothing is.
    pub fn control(&self) -> Option<&str> {
        let status = self.named.iter().map(|member| member.status.as_str());
        status.min_by_key(|status| strictness(status))
    }
}

/// Place of a status in the order from the strictest; words that are no status come last.
pub fn strictness(status: &str) -> usize {
    let known = Instrument::ALL.iter().position(|i| i.status() == status);
    known.unwrap_or(Instrument::ALL.len())
}

/// Judges the spectra of a sample together: verdict, what is named, class, rate and reasons. The rest is
/// left as it is by default.
pub fn judge(spectra: &[&Brief]) -> Judged {
    let mut judged = Judged {
        spectra: spectra.len(),
        ..Judged::default()
    };
    let usable: Vec<&Brief> = spectra.iter().copied().filter(|b| b.is_judged()).collect();
    let of = |level| move |b: &&&Brief| b.level == Some(level);
    let identified: Vec<&Brief> = usable
        .iter()
        .filter(of(VerdictLevel::Identified))
        .copied()
        .collect();
    if usable.is_empty() {
        judged.verdict = SampleVerdict::Unusable;
        let errors = spectra.iter().filter_map(|b| b.error.as_ref());
        judged.reasons = errors.map(|(_, message)| message.clone()).take(3).collect();
    } else if !identified.is_empty() {
        from_identified(&mut judged, &identified, &usable);
    } else {
        from_others(&mut judged, &usable);
    }
    judged.score = usable
        .iter()
        .filter_map(|b| b.best())
        .map(|best| best.score)
        .max_by(f64::total_cmp);
    judged
}

fn from_identified(judged: &mut Judged, identified: &[&Brief], usable: &[&Brief]) {
    let Some((first, others)) = identified.split_first() else {
        return;
    };
    let in_all = |member: &&Member| {
        let holds = |b: &&Brief| b.set.iter().any(|m| m.key() == member.key());
        others.iter().all(holds)
    };
    let common: Vec<Member> = first.set.iter().filter(in_all).cloned().collect();
    let class = first.best().and_then(|best| best.class.clone());
    let against = usable.iter().copied().find(|b| {
        let same = identified.iter().any(|i| i.technique == b.technique);
        same && b.quality.as_deref() != Some("poor") && speaks_against(b, class.as_deref())
    });
    let other = others.iter().find(|b| {
        !first
            .set
            .iter()
            .any(|m| b.set.iter().any(|o| o.key() == m.key()))
    });
    if let Some(other) = other.copied().or(against) {
        judged.verdict = SampleVerdict::Disagreeing;
        judged.reasons = vec![format!(
            "{} spectra of this sample disagree: {} says {}, {} says {}.",
            usable.len(),
            place(first),
            says(first),
            place(other),
            says(other)
        )];
        return;
    }
    if common.is_empty() {
        judged.verdict = SampleVerdict::Disagreeing;
        judged.reasons = vec![format!(
            "No substance is in the identified sets of all {} identified spectra.",
            identified.len()
        )];
        return;
    }
    judged.verdict = SampleVerdict::Identified;
    judged.named = common;
    judged.class = class;
    judged.rate = identified
        .iter()
        .filter_map(|b| b.rate)
        .max_by(|a, b| a[0].total_cmp(&b[0]));
    if usable.len() > 1 {
        judged.reasons.push(format!(
            "{} of {} spectra are identified as this; the others say nothing against it. The false-positive rate is that of one spectrum.",
            identified.len(),
            usable.len()
        ));
    }
    judged.reasons.extend(first.reasons.iter().cloned());
}

/// Whether a spectrum denies what another of its technique is identified as.
fn speaks_against(brief: &Brief, class: Option<&str>) -> bool {
    match brief.level {
        Some(VerdictLevel::NotInLibrary) => true,
        Some(VerdictLevel::ClassOnly) => {
            let own = brief.best().and_then(|best| best.class.as_deref());
            own != class
        }
        _ => false,
    }
}

fn from_others(judged: &mut Judged, usable: &[&Brief]) {
    let first = usable.first();
    let all = |level| usable.iter().all(|b| b.level == Some(level));
    let class = |b: &Brief| b.best().and_then(|best| best.class.clone());
    let classes: Vec<Option<String>> = usable
        .iter()
        .filter(|b| b.level == Some(VerdictLevel::ClassOnly))
        .map(|b| class(b))
        .collect();
    let one_class = classes.windows(2).all(|pair| pair[0] == pair[1]);
    let no_denial = usable
        .iter()
        .all(|b| b.level != Some(VerdictLevel::NotInLibrary));
    judged.verdict = if all(VerdictLevel::NotInLibrary) {
        SampleVerdict::NotInLibrary
    } else if !classes.is_empty() && one_class && no_denial {
        judged.class = classes.into_iter().next().flatten();
        SampleVerdict::ClassOnly
    } else {
        SampleVerdict::Inconclusive
    };
    let levels: Vec<_> = usable.iter().filter_map(|b| b.level).collect();
    if levels.windows(2).any(|pair| pair[0] != pair[1]) {
        judged.reasons.push(format!(
            "{} spectra of this sample give different verdicts; none names a substance.",
            usable.len()
        ));
    }
    if let Some(first) = first {
        judged.reasons.extend(first.reasons.iter().cloned());
    }
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
