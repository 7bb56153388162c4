//! The rule on spectra made for it.

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
        class: class.map(str::to_owned),
        unit: "m/z".to_owned(),
        ..Placed::made(
            set.first()
                .cloned()
                .unwrap_or_else(|| member("best", "BEST")),
            0.9,
        )
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
