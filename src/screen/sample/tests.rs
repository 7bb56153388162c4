//! The rule on spectra made for it.

use super::*;
use crate::screen::brief::{ComponentBrief, InjectionBrief, MixtureBrief, PeakBrief, Placed};

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

/// A peak of the run `path` at this time (min) with this share of the area (%).
fn peak(path: &str, minutes: f64, area: f64, of: Brief) -> Brief {
    Brief {
        path: path.to_owned(),
        injection: Some(InjectionBrief {
            scans: 100,
            peaks: 3,
            background: 1,
            ..InjectionBrief::default()
        }),
        peak: Some(PeakBrief {
            number: 1,
            retention_min: minutes,
            area: 1e6 * area,
            area_percent: area,
            signal_to_noise: 50.0,
            purity: 1.0,
            retention_index: None,
            ratio_to_internal_standard: None,
            in_blank: None,
            saturated: false,
        }),
        ..of
    }
}

fn with_status(name: &str, status: &str) -> Member {
    Member {
        status: status.to_owned(),
        ..member(name, name)
    }
}

#[test]
fn peaks_are_parts_of_a_sample_and_contradict_nothing() {
    let large = with_status("Caffeine", "no UN listing known");
    let strict = with_status("P2P", "1988 Table I");
    let peaks = [
        peak("a.cdf", 5.1, 80.0, identified(std::slice::from_ref(&large))),
        peak(
            "a.cdf",
            8.42,
            2.0,
            identified(std::slice::from_ref(&strict)),
        ),
        peak(
            "a.cdf",
            9.0,
            18.0,
            brief(VerdictLevel::NotInLibrary, &[], None),
        ),
    ];
    let judged = judge(&peaks.iter().collect::<Vec<_>>());
    assert_eq!(judged.verdict, SampleVerdict::Identified);
    assert_eq!(
        names(&judged),
        ["P2P"],
        "the strictest status, not the largest"
    );
    let all: Vec<&str> = judged.all_named().map(|m| m.name.as_str()).collect();
    assert_eq!(all, ["P2P", "Caffeine"]);
    assert_eq!(judged.control(), Some("1988 Table I"));
    assert_eq!(judged.partial, None);
    assert_eq!(
        judged.reasons[0],
        "GC-MS run: P2P at 8.42 min (1988 Table I), Caffeine at 5.10 min (no UN listing known), 1 peak not in the library. Peaks not looked at: 1 of column bleed or air."
    );
    // Boole: any of three tests, each wrong at most so often.
    assert_eq!(judged.rate, Some([0.01, 0.005, 0.02].map(|p| 3.0 * p)));
    // Of poor spectra nothing is named, rightly or wrongly.
    let mut poor = peaks.clone();
    poor[2].quality = Some("poor".to_owned());
    let judged = judge(&poor.iter().collect::<Vec<_>>());
    assert_eq!(judged.rate, Some([0.01, 0.005, 0.02].map(|p| 2.0 * p)));
}

/// The same peak, which the blank has, too.
fn of_blank(mut brief: Brief) -> Brief {
    if let Some(peak) = &mut brief.peak {
        peak.in_blank = Some(true);
    }
    brief
}

#[test]
fn what_the_blank_has_is_told_and_not_counted() {
    let [a, b] = ["A", "B"].map(|n| member(n, n));
    let own = peak("a.cdf", 5.0, 30.0, identified(std::slice::from_ref(&a)));
    let other = peak("a.cdf", 8.0, 60.0, identified(std::slice::from_ref(&b)));
    let nothing = peak(
        "a.cdf",
        9.0,
        10.0,
        brief(VerdictLevel::ClassOnly, &[], None),
    );
    let (other, nothing) = (of_blank(other), of_blank(nothing));
    let judged = judge(&[&own, &other, &nothing]);
    assert_eq!(names(&judged), ["A"]);
    assert_eq!(judged.spectra, 3);
    // One test, not three.
    assert_eq!(judged.rate, Some([0.01, 0.005, 0.02]));
    assert_eq!(
        judged.reasons[0],
        "GC-MS run: A at 5.00 min (). Peaks not looked at: 1 of column bleed or air. 2 peaks that the blank has, too, are not counted; identified among them: B at 8.00 min ()."
    );
    let alone = judge(&[&other, &nothing]);
    assert_eq!(alone.verdict, SampleVerdict::Inconclusive);
    assert!(alone.named.is_empty() && alone.possible.is_empty());
    assert_eq!(carrying(&[&own, &other]), [&own]);
    assert!(!other.is_main() && own.is_main());
    // A standard that one of the runs lacks.
    let mut lacking = peak("b.cdf", 5.0, 100.0, identified(&[a]));
    if let Some(injection) = &mut lacking.injection {
        injection.no_standard = Some("It is not there.".to_owned());
    }
    let partial = judge(&[&own, &lacking]).partial.unwrap();
    assert_eq!(partial, "b.cdf: It is not there.");
}

#[test]
fn peaks_of_one_set_are_one_component_and_sets_that_overlap_are_two() {
    let [a, b, c] = ["A", "B", "C"].map(|n| member(n, n));
    let at = |minutes, set: &[Member]| peak("a.cdf", minutes, 20.0, identified(set));
    let ab = [a.clone(), b.clone()];
    let ba = [b.clone(), a];
    let judged = judge(&[&at(2.0, &ab), &at(3.0, &ba), &at(4.0, &[b, c])]);
    let told: Vec<String> = judged.components.iter().map(Component::sentence).collect();
    assert_eq!(
        told,
        ["A or B at 2.00 and 3.00 min ()", "B or C at 4.00 min ()"]
    );
}

#[test]
fn runs_that_name_nothing_say_what_their_main_peaks_say() {
    let say = |peaks: &[(f64, VerdictLevel, Option<&str>)]| {
        let made = peaks
            .iter()
            .map(|(area, level, class)| peak("a.cdf", 1.0, *area, brief(*level, &[], *class)));
        let made: Vec<Brief> = made.collect();
        let judged = judge(&made.iter().collect::<Vec<_>>());
        (judged.verdict, judged.class)
    };
    use VerdictLevel::{ClassOnly, Inconclusive, NotInLibrary};
    let (verdict, _) = say(&[(90.0, NotInLibrary, None), (1.0, Inconclusive, None)]);
    assert_eq!(verdict, SampleVerdict::NotInLibrary);
    let (verdict, _) = say(&[(60.0, NotInLibrary, None), (40.0, Inconclusive, None)]);
    assert_eq!(verdict, SampleVerdict::Inconclusive);
    // Two classes are two parts of a mixture.
    let told = say(&[(5.0, ClassOnly, Some("x")), (40.0, ClassOnly, Some("y"))]);
    assert_eq!(told, (SampleVerdict::ClassOnly, Some("y".to_owned())));
    let silent = Brief {
        level: Some(Inconclusive),
        injection: Some(InjectionBrief::default()),
        reasons: vec!["No peak.".to_owned()],
        ..Brief::default()
    };
    let judged = judge(&[&silent]);
    assert_eq!(judged.verdict, SampleVerdict::Inconclusive);
    assert_eq!(judged.reasons, ["GC-MS run: nothing is named.", "No peak."]);
}

#[test]
fn what_other_spectra_and_runs_of_a_sample_say_is_told_beside_the_peaks() {
    let [a, b, c] = ["A", "B", "C"].map(|n| member(n, n));
    let run = peak("a.cdf", 2.0, 90.0, identified(&[a.clone(), b.clone()]));
    let raman = |set: &[Member]| Brief {
        technique: Some("raman".to_owned()),
        ..identified(set)
    };
    // Another technique may tell apart what the peak cannot.
    let judged = judge(&[&run, &raman(std::slice::from_ref(&a))]);
    assert_eq!((names(&judged), judged.components.len()), (vec!["A"], 1));
    assert_eq!(judged.partial, None);
    let judged = judge(&[&run, &raman(&[c])]);
    assert_eq!(judged.verdict, SampleVerdict::Identified);
    assert_eq!(judged.components.len(), 2);
    assert!(judged.partial.unwrap().contains("C, is no identified peak"));
    let failed = Brief {
        path: "b.cdf".to_owned(),
        error: Some(("truncated".to_owned(), "the file ends early".to_owned())),
        ..Brief::default()
    };
    let judged = judge(&[&run, &failed]);
    assert_eq!(judged.verdict, SampleVerdict::Identified);
    assert!(judged.partial.unwrap().contains("the file ends early"));
    let again = peak(
        "b.cdf",
        2.0,
        50.0,
        brief(VerdictLevel::Inconclusive, &[], None),
    );
    let judged = judge(&[&run, &again]);
    assert_eq!(
        judged.partial.unwrap(),
        "A or B is identified in 1 of 2 runs."
    );
    // Spectra that contradict each other still do.
    let judged = judge(&[&run, &raman(&[a]), &raman(&[b])]);
    assert_eq!(judged.verdict, SampleVerdict::Disagreeing);
    assert!(judged.named.is_empty() && judged.components.is_empty());
}

#[test]
fn components_of_all_spectra_stand_together_and_change_no_verdict() {
    let component = |name: &str, status: &str, share: f64| ComponentBrief {
        member: Member {
            status: status.to_owned(),
            ..member(name, name)
        },
        share,
        words: String::new(),
        interval: [share, share],
        known: false,
        look_alikes: Vec::new(),
    };
    let taken_apart = |components: &[ComponentBrief]| Brief {
        mixture: Some(MixtureBrief {
            components: components.to_vec(),
            ..MixtureBrief::default()
        }),
        ..identified(&[member("A", "A")])
    };
    let [much, some] = [0.74, 0.70].map(|share| component("A", "no UN listing known", share));
    let drug = component("B", "1971 Schedule III or 1988 Table I", 0.26);
    let spectra = [
        taken_apart(&[much, drug]),
        taken_apart(&[some]),
        identified(&[member("A", "A")]),
    ];
    let [first, second, third] = &spectra;
    let judged = judge(&[first, second, third]);
    let said: Vec<String> = judged.hints.iter().map(Hint::sentence).collect();
    assert_eq!(
        said,
        [
            "A 70 to 74 % in 2 of 2 spectra (no UN listing known)",
            "B 26 % in 1 of 2 spectra (1971 Schedule III or 1988 Table I)"
        ]
    );
    assert_eq!((judged.mixed, names(&judged)), (1, vec!["A"]));
    assert_eq!(judge(&[first]).hints[1].amount(), "26 %");
    let without = |judged: Judged| Judged {
        hints: Vec::new(),
        mixed: 0,
        ..judged
    };
    let plain = identified(&[member("A", "A")]);
    assert_eq!(without(judged), judge(&[&plain, &plain, &plain]));
}

#[test]
fn the_strictest_of_several_statuses_counts() {
    assert_eq!(
        strictest("1971 Schedule III or 1988 Table I"),
        "1971 Schedule III"
    );
    assert_eq!(
        strictest("no UN listing known or 1988 Table I"),
        "1988 Table I"
    );
    assert!(is_controlled("no UN listing known or 1988 Table I"));
    for open in [
        "no UN listing known",
        "not in the register of substances",
        "",
    ] {
        assert!(!is_controlled(open), "{open}");
    }
}
