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
//! Substances are the same where the first blocks of their InChIKeys are, since few techniques see more; but
//! two forms (stereoisomers) are both named where spectra name different ones.

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
    /// The substances named; of a set any one may be it.
    pub named: Vec<Member>,
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
}

impl Judged {
    /// Higher for what must be looked at first; 0 for nothing to look at.
    pub fn priority(&self) -> i64 {
        let gravest = self.second_look.iter().map(|(reason, _)| reason.gravity());
        let more = self.second_look.len().saturating_sub(1).min(9) as i64;
        gravest.max().map_or(0, |gravity| 10 * gravity + more)
    }

    /// The strictest control status among what is named, of a sample whose spectra disagree among what any
    /// of them names; `None` where nothing is.
    pub fn control(&self) -> Option<&str> {
        let members = self.named.iter().chain(&self.possible);
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
        .position(|i| *i == Instrument::Unverified);
    known.or(unconfirmed).unwrap_or(0)
}

/// Judges the spectra of a sample together: verdict, what is named, class, rate, score and reasons. The rest is
/// left as it is by default.
pub fn judge(spectra: &[&Brief]) -> Judged {
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
        (.., true) => from_others(&mut judged, &usable),
        (.., false) => from_identified(&mut judged, &identified, &usable),
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
    judged.partial = partial(&judged, &looked_at, &usable, &identified);
    judged
}

fn from_identified(judged: &mut Judged, identified: &[&Brief], usable: &[&Brief]) {
    let class = class_of(identified);
    let Some((first, others)) = identified.split_first() else {
        return;
    };
    let same_technique = |b: &Brief| identified.iter().any(|i| i.technique == b.technique);
    let denial = usable.iter().copied().find(|b| {
        same_technique(b) && b.quality.as_deref() != Some("poor") && denies(b, class.as_deref())
    });
    let apart = others.iter().copied().find(|b| !share(first, b));
    let common = first.set.iter().any(|m| {
        others
            .iter()
            .all(|b| b.set.iter().any(|o| o.key() == m.key()))
    });
    let against = apart.or(denial);
    if against.is_some() || !common {
        judged.verdict = SampleVerdict::Disagreeing;
        identified
            .iter()
            .for_each(|b| add(&mut judged.possible, &b.set));
        judged.reasons = vec![match against {
            Some(other) => format!(
                "{} spectra of this sample disagree: {} says {}, {} says {}.",
                usable.len(),
                place(first),
                says(first),
                place(other),
                says(other)
            ),
            None => format!(
                "No substance is in the identified sets of all {} identified spectra.",
                identified.len()
            ),
        }];
        return;
    }
    judged.verdict = SampleVerdict::Identified;
    judged.named = named(identified);
    judged.class = class;
    judged.rate = rate(identified, usable.len());
    if usable.len() > 1 {
        judged.reasons.push(format!(
            "{} of {} spectra are identified as this. The rate is a bound, {:.3} times the highest of theirs, however they depend on each other.",
            identified.len(),
            usable.len(),
            usable.len() as f64 / identified.len() as f64
        ));
    }
    judged.reasons.extend(first.reasons.iter().cloned());
}

/// Whether two identified sets have a substance in common.
fn share(a: &Brief, b: &Brief) -> bool {
    a.set
        .iter()
        .any(|m| b.set.iter().any(|other| other.key() == m.key()))
}

/// What the identified spectra name: within a technique all that any of them names, since what most of
/// them cannot exclude must not be dropped for one narrow set; of several techniques the one that names the
/// fewest where all others name these, too, else all.
fn named(identified: &[&Brief]) -> Vec<Member> {
    let mut by_technique: Vec<(&Option<String>, Vec<Member>)> = Vec::new();
    for brief in identified {
        let known = by_technique
            .iter()
            .position(|(t, _)| **t == brief.technique);
        let place = known.unwrap_or_else(|| {
            by_technique.push((&brief.technique, Vec::new()));
            by_technique.len() - 1
        });
        add(&mut by_technique[place].1, &brief.set);
    }
    let holds = |set: &[Member], m: &Member| set.iter().any(|other| other.form() == m.form());
    let in_all = |set: &&Vec<Member>| {
        let in_each = |m: &Member| by_technique.iter().all(|(_, other)| holds(other, m));
        set.iter().all(in_each)
    };
    let sets = by_technique.iter().map(|(_, set)| set);
    if let Some(fewest) = sets.clone().filter(in_all).min_by_key(|set| set.len()) {
        return fewest.clone();
    }
    let mut all = Vec::new();
    sets.for_each(|set| add(&mut all, set));
    all
}

/// Adds members that are not there yet.
fn add(all: &mut Vec<Member>, more: &[Member]) {
    for member in more {
        if !all.iter().any(|m| m.form() == member.form()) {
            all.push(member.clone());
        }
    }
}

/// The class of the best candidates where all identified spectra have the same.
fn class_of(identified: &[&Brief]) -> Option<String> {
    let class = |b: &&Brief| b.best().and_then(|best| best.class.clone());
    let first = class(identified.first()?)?;
    let same = identified.iter().all(|b| class(b).as_ref() == Some(&first));
    same.then_some(first)
}

/// A bound on how often samples of so many spectra would be named falsely. Of `n` spectra of an absent
/// substance `n p` are expected to be called identified, so that `k` of them or more are in at most
/// `n p / k` of the samples (Markov's inequality), however they depend on each other. `p` is the rate with
/// the highest upper end.
fn rate(identified: &[&Brief], usable: usize) -> Option<[f64; 3]> {
    let highest = identified
        .iter()
        .filter_map(|b| b.rate)
        .max_by(|a, b| a[2].total_cmp(&b[2]))?;
    let factor = usable as f64 / identified.len().max(1) as f64;
    Some(highest.map(|p| (p * factor).min(1.0)))
}

/// Whether a spectrum denies what others are identified as.
fn denies(brief: &Brief, class: Option<&str>) -> bool {
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
    let of = |level| {
        usable
            .iter()
            .copied()
            .filter(move |b| b.level == Some(level))
    };
    let class = |b: &Brief| b.best().and_then(|best| best.class.clone());
    let mut resembling: Vec<(Option<String>, &Brief)> =
        of(VerdictLevel::ClassOnly).map(|b| (class(b), b)).collect();
    let absent = of(VerdictLevel::NotInLibrary).count();
    let first = resembling.first().cloned();
    let other = first
        .as_ref()
        .and_then(|(class, _)| resembling.iter().find(|(other, _)| other != class).cloned());
    if let (Some((_, first)), Some((_, other))) = (&first, other) {
        judged.verdict = SampleVerdict::Disagreeing;
        judged.reasons.push(format!(
            "Its spectra resemble different classes: {} and {}.",
            place(first),
            place(other)
        ));
    } else if let (Some((class, _)), 0) = (first, absent) {
        judged.verdict = SampleVerdict::ClassOnly;
        judged.class = class;
    } else if absent == usable.len() {
        judged.verdict = SampleVerdict::NotInLibrary;
    } else if usable.len() > 1 {
        judged.reasons.push(format!(
            "{} spectra of this sample give different verdicts, or none that says anything; none names a substance.",
            usable.len()
        ));
    }
    resembling.truncate(1);
    let telling = resembling
        .first()
        .map(|(_, b)| *b)
        .or(usable.first().copied());
    judged
        .reasons
        .extend(telling.into_iter().flat_map(|b| b.reasons.iter().cloned()));
}

/// What does not carry the verdict, in a sentence: spectra that could not be used, and where something is
/// named spectra that say something else.
fn partial(
    judged: &Judged,
    looked_at: &[&Brief],
    usable: &[&Brief],
    identified: &[&Brief],
) -> Option<String> {
    let mut told = Vec::new();
    if usable.len() < looked_at.len() && !usable.is_empty() {
        let first = looked_at.iter().find_map(|b| Some((b, b.failure()?)));
        let why = first.map_or_else(String::new, |(b, (_, message))| {
            format!(": {} ({message})", place(b))
        });
        told.push(format!(
            "{} of its {} spectra could not be used{why}.",
            looked_at.len() - usable.len(),
            looked_at.len()
        ));
    }
    if judged.verdict == SampleVerdict::Identified {
        let other = usable.iter().find(|b| denies(b, judged.class.as_deref()));
        if let Some(other) = other {
            told.push(format!(
                "{} ({}) says {}; whether its library holds what is named was not looked at.",
                place(other),
                other.technique.as_deref().unwrap_or("technique not known"),
                says(other)
            ));
        }
        if 2 * identified.len() <= usable.len() {
            told.push(format!(
                "Only {} of {} spectra are identified.",
                identified.len(),
                usable.len()
            ));
        }
        if let Some(other) = usable.iter().find(|b| is_elsewhere(b, judged, identified)) {
            let best = other
                .best()
                .map_or("nothing", |best| best.member.name.as_str());
            told.push(format!(
                "What is named is not among the candidates of {}, whose best is {best}: the spots may differ.",
                place(other)
            ));
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}

/// Whether a spectrum of the same technique, good enough to say so, does not even have what is named among
/// its candidates.
fn is_elsewhere(brief: &Brief, judged: &Judged, identified: &[&Brief]) -> bool {
    let candidates = &brief.candidates;
    let named = |key: &str| judged.named.iter().any(|m| m.key() == key);
    brief.set.is_empty()
        && brief.quality.as_deref() != Some("poor")
        && identified.iter().any(|b| b.technique == brief.technique)
        && !candidates.is_empty()
        && !candidates.iter().any(|c| named(&c.member.key()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::brief::Placed;

    fn member(name: &str, key: &str) -> Member {
        Member {
            name: name.to_owned(),
            inchikey: Some(key.to_owned()),
            status: String::new(),
        }
    }

    /// A spectrum of good quality; its best candidate is the first of `set`, or one of this class.
    fn brief(level: VerdictLevel, set: &[Member], class: Option<&str>) -> Brief {
        let best = Placed {
            member: set
                .first()
                .cloned()
                .unwrap_or_else(|| member("best", "BEST")),
            cas: None,
            entry: String::new(),
            score: 0.9,
            margin: None,
            since: None,
            checked: true,
            class: class.map(str::to_owned),
            role: None,
            shift: 0.0,
            unit: "m/z".to_owned(),
            look_alikes: Vec::new(),
            reference: None,
        };
        Brief {
            path: "file".to_owned(),
            technique: Some("ei-ms".to_owned()),
            level: Some(level),
            quality: Some("good".to_owned()),
            set: set.to_vec(),
            rate: (!set.is_empty()).then_some([0.01, 0.005, 0.02]),
            candidates: vec![best],
            ..Brief::default()
        }
    }

    fn identified(set: &[Member]) -> Brief {
        brief(VerdictLevel::Identified, set, None)
    }

    fn names(judged: &Judged) -> Vec<&str> {
        judged.named.iter().map(|m| m.name.as_str()).collect()
    }

    #[test]
    fn nothing_that_a_spectrum_cannot_exclude_is_dropped() {
        let [a, b, c] = ["A", "B", "C"].map(|n| member(n, n));
        let one = identified(std::slice::from_ref(&a));
        let two = identified(&[b.clone(), a.clone()]);
        let judged = judge(&[&two, &one]);
        assert_eq!(judged.verdict, SampleVerdict::Identified);
        assert_eq!(names(&judged), ["B", "A"]);
        // Another technique may separate what the first cannot.
        let mut raman = one.clone();
        raman.technique = Some("raman".to_owned());
        assert_eq!(names(&judge(&[&two, &raman])), ["A"]);
        // No spectrum says B alone: the sample does not, either.
        let other = identified(&[b, c]);
        let judged = judge(&[&two, &other]);
        assert_eq!(names(&judged), ["B", "A", "C"]);
        // A pair that shares nothing names nothing.
        let judged = judge(&[&one, &other]);
        assert_eq!(judged.verdict, SampleVerdict::Disagreeing);
        assert!(judged.named.is_empty());
        assert_eq!(
            judged.possible.len(),
            3,
            "its status is the strictest of these"
        );
    }

    #[test]
    fn forms_of_one_skeleton_are_both_named() {
        let ephedrine = member("Ephedrine", "KWGRBVOPPLSCSI-WPRPVWTQSA-N");
        let pseudo = member("Pseudoephedrine", "KWGRBVOPPLSCSI-WCBMZHEXSA-N");
        for pair in [[&ephedrine, &pseudo], [&pseudo, &ephedrine]] {
            let [a, b] = pair.map(|m| identified(std::slice::from_ref(m)));
            let judged = judge(&[&a, &b]);
            assert_eq!(judged.verdict, SampleVerdict::Identified);
            assert_eq!(judged.named.len(), 2);
        }
    }

    #[test]
    fn one_identified_of_many_has_many_times_the_rate() {
        let one = identified(&[member("A", "A")]);
        let open = brief(VerdictLevel::Inconclusive, &[], None);
        let judged = judge(&[&one, &open, &open, &open]);
        // Markov: 4 spectra, 1 identified.
        assert_eq!(judged.rate, Some([0.04, 0.02, 0.08]));
        let partial = judged.partial.unwrap();
        assert!(partial.contains("Only 1 of 4"), "{partial}");
        assert!(
            partial.contains("whose best is best: the spots may differ"),
            "{partial}"
        );
        let all = judge(&[&one, &one, &one]);
        assert_eq!((all.rate, all.partial), (Some([0.01, 0.005, 0.02]), None));
        // The rate with the highest upper end, not the highest estimate.
        let mut unsure = one.clone();
        unsure.rate = Some([0.005, 0.0, 0.08]);
        assert_eq!(judge(&[&one, &unsure]).rate, Some([0.005, 0.0, 0.08]));
    }

    #[test]
    fn a_denial_counts_in_its_technique_and_is_told_in_another() {
        let one = identified(&[member("A", "A")]);
        let denial = brief(VerdictLevel::NotInLibrary, &[], None);
        assert_eq!(judge(&[&one, &denial]).verdict, SampleVerdict::Disagreeing);
        let mut poor = denial.clone();
        poor.quality = Some("poor".to_owned());
        assert_eq!(judge(&[&one, &poor]).verdict, SampleVerdict::Identified);
        let mut raman = denial.clone();
        raman.technique = Some("raman".to_owned());
        let judged = judge(&[&one, &raman]);
        assert_eq!(judged.verdict, SampleVerdict::Identified);
        assert!(judged.partial.unwrap().contains("raman"));
    }

    #[test]
    fn classes_agree_or_disagree() {
        let class = |name| brief(VerdictLevel::ClassOnly, &[], Some(name));
        let (x, y) = (class("cathinone"), class("fentanyl"));
        let open = brief(VerdictLevel::Inconclusive, &[], None);
        let absent = brief(VerdictLevel::NotInLibrary, &[], None);
        let verdict = |spectra: &[&Brief]| judge(spectra).verdict;
        assert_eq!(verdict(&[&x, &open]), SampleVerdict::ClassOnly);
        assert_eq!(judge(&[&x, &x]).class.as_deref(), Some("cathinone"));
        assert_eq!(verdict(&[&x, &y]), SampleVerdict::Disagreeing);
        assert_eq!(verdict(&[&x, &absent]), SampleVerdict::Inconclusive);
        assert_eq!(verdict(&[&absent, &absent]), SampleVerdict::NotInLibrary);
        assert_eq!(verdict(&[&absent, &open]), SampleVerdict::Inconclusive);
    }

    #[test]
    fn what_could_not_be_used_is_told_and_what_was_left_out_is_no_fault() {
        let one = identified(&[member("A", "A")]);
        let failed = Brief {
            error: Some(("empty".to_owned(), "the file is empty".to_owned())),
            ..Brief::default()
        };
        let judged = judge(&[&one, &failed]);
        assert_eq!(judged.verdict, SampleVerdict::Identified);
        assert!(judged.partial.unwrap().contains("the file is empty"));
        assert_eq!(judge(&[&failed]).verdict, SampleVerdict::Unusable);
        let left_out = Brief {
            error: Some(("left-out".to_owned(), String::new())),
            ..Brief::default()
        };
        assert_eq!(judge(&[&left_out]).verdict, SampleVerdict::LeftOut);
        assert_eq!(judge(&[&one, &left_out]).partial, None);
    }

    #[test]
    fn what_the_register_lacks_is_not_taken_for_unlisted() {
        let unlisted = strictness("no UN listing known");
        assert!(strictness("not in the register of substances") < unlisted);
        assert!(strictness("1988 Table I") < strictness("1988 Table II"));
    }
}
