//! Which entries are found by a number, as members of a group and as rules, and with which caveats.

use super::super::{Applies, FoundBy, Overlay};
use super::{CAFFEINE, MANNITOL, SORBITOL, keyed, numbered, one, overlay, says};
use crate::spectrum::Identity;

#[test]
fn a_number_counts_only_where_a_structure_is_missing() {
    let (key, cas) = (("inchikey", CAFFEINE), ("cas", "58-08-2"));
    let both = Identity {
        inchikey: Some(CAFFEINE.to_owned()),
        ..numbered("58-08-2")
    };
    let other = Identity {
        inchikey: Some(MANNITOL.to_owned()),
        ..numbered("58-08-2")
    };
    let by = |overlay: &Overlay, identity: &Identity| {
        let standings = overlay.standings(identity, None);
        standings.first().and_then(|s| s.matched_by)
    };
    let with_both = overlay(&[&[key, cas]]);
    assert_eq!(by(&with_both, &both), Some(FoundBy::InchiKey));
    assert_eq!(by(&with_both, &numbered("58-08-2")), Some(FoundBy::Cas));
    assert_eq!(by(&with_both, &numbered("58082")), Some(FoundBy::Cas));
    // The structures differ, so the number is wrong in one of the two.
    assert_eq!(by(&with_both, &other), None);
    let with_number = overlay(&[&[cas]]);
    assert_eq!(by(&with_number, &both), Some(FoundBy::Cas));
    assert_eq!(by(&with_number, &other), Some(FoundBy::Cas));
    assert_eq!(by(&with_number, &keyed(CAFFEINE)), None);
    assert!(says(
        &with_number.standings(&both, None)[0],
        "compare the structure"
    ));
    // What is no InChIKey does not hide the number.
    let broken = Identity {
        inchikey: Some("caffeine".to_owned()),
        ..numbered("58-08-2")
    };
    assert_eq!(by(&with_both, &broken), Some(FoundBy::Cas));
}

#[test]
fn a_number_with_a_wrong_digit_finds_nothing() {
    // 58-08-2 is caffeine's; 58-08-3 fails its check digit.
    let overlay = overlay(&[&[("inchikey", CAFFEINE), ("cas", "58-08-3")]]);
    assert!(
        overlay
            .warnings
            .iter()
            .any(|w| w.message.contains("check digit"))
    );
    assert_eq!(overlay.standings(&numbered("58-08-3"), None), []);
    assert_eq!(overlay.standings(&keyed(CAFFEINE), None).len(), 1);
}

#[test]
fn salts_esters_and_thresholds_are_caveats() {
    let overlay = overlay(&[&[
        ("inchikey", CAFFEINE),
        ("scope_salts", "no"),
        ("scope_esters_ethers", "yes"),
        ("concentration_threshold", "> 2.5 %"),
        ("quantity_threshold", ">= 1 kg"),
        ("effective_from", "2020-01-01"),
    ]]);
    let standing = one(&overlay, &keyed(CAFFEINE), "2026-01-01");
    for words in [
        "does not cover salts",
        "covers esters and ethers",
        "threshold > 2.5 %",
        "threshold >= 1 kg",
    ] {
        assert!(says(&standing, words), "{words}: {standing:?}");
    }
    assert_eq!(standing.concentration_threshold.unwrap().value, 2.5);
    assert_eq!(standing.quantity_threshold.unwrap().unit, "kg");
}

#[test]
fn members_of_a_group_that_share_a_skeleton_are_told_once() {
    let group: &[(&str, &str)] = &[("match_kind", "group"), ("entry_no", "7")];
    let member = |key| [group, &[("inchikey", key)]].concat();
    let overlay = overlay(&[&member(SORBITOL), &member(MANNITOL)]);
    let standing = one(&overlay, &keyed(MANNITOL), "2026-01-01");
    assert_eq!(
        (standing.applies, standing.matched_by),
        (Applies::Yes, Some(FoundBy::InchiKey))
    );
    assert!(says(&standing, "member of a group"));
}

#[test]
fn rules_in_words_are_told_as_not_evaluated() {
    let overlay = overlay(&[
        &[
            ("match_kind", "generic"),
            ("entry_no", "1"),
            ("generic_rule_text", "EXAMPLE rule"),
        ],
        &[
            ("match_kind", "preparation"),
            ("entry_no", "2"),
            ("generic_rule_text", "EXAMPLE medicines"),
        ],
        &[
            ("match_kind", "preparation"),
            ("entry_no", "3"),
            ("inchikey", CAFFEINE),
            ("status", "exempt"),
        ],
        &[("entry_no", "4"), ("inchikey", CAFFEINE)],
    ]);
    let told = |identity: &Identity| -> Vec<(String, Applies)> {
        let standings = overlay.standings(identity, None);
        standings
            .into_iter()
            .map(|s| (s.entry_no, s.applies))
            .collect()
    };
    use Applies::{NotEvaluated, Possibly, Yes};
    let numbered = |rows: &[(&str, Applies)]| -> Vec<(String, Applies)> {
        rows.iter().map(|(no, a)| ((*no).to_owned(), *a)).collect()
    };
    assert_eq!(
        told(&keyed(CAFFEINE)),
        numbered(&[
            ("4", Yes),
            ("3", Possibly),
            ("1", NotEvaluated),
            ("2", NotEvaluated)
        ])
    );
    assert_eq!(
        told(&keyed(MANNITOL)),
        numbered(&[("1", NotEvaluated), ("2", NotEvaluated)])
    );
    assert!(
        overlay
            .standings(&keyed(MANNITOL), None)
            .iter()
            .all(|s| !s.is_control())
    );
}
