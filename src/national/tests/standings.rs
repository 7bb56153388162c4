//! Which entries are found, and what they say on days on both sides of their own.

use super::super::{Applies, EntryStatus, Force, FoundBy};
use super::{CAFFEINE, MANNITOL, SORBITOL, day, keyed, one, overlay, says};

#[test]
fn days_on_both_sides_of_a_period() {
    use EntryStatus::{Controlled, Exempt, Monitored, Repealed, Temporary};
    use Force::{Ended, InForce, NotYet};
    // Both the first and the last day are in force.
    for (word, status, controls) in [
        ("controlled", Controlled, true),
        ("temporary", Temporary, true),
        ("monitored", Monitored, false),
        ("exempt", Exempt, false),
        ("repealed", Repealed, true),
    ] {
        let overlay = overlay(&[&[
            ("inchikey", CAFFEINE),
            ("status", word),
            ("effective_from", "2024-12-03"),
            ("effective_to", "2025-06-30"),
        ]]);
        for (on, force) in [
            ("2024-12-02", NotYet),
            ("2024-12-03", InForce),
            ("2025-06-30", InForce),
            ("2025-07-01", Ended),
        ] {
            let standing = one(&overlay, &keyed(CAFFEINE), on);
            assert_eq!(
                (standing.force, standing.status),
                (force, status),
                "{word} {on}"
            );
            let expected = controls && force == InForce;
            assert_eq!(standing.is_control(), expected, "{word} {on}");
            assert_eq!(
                (standing.from, standing.to),
                (day("2024-12-03"), day("2025-06-30"))
            );
        }
    }
}

#[test]
fn what_is_printed_of_a_period() {
    let words = |status: &str, on: &str| {
        let overlay = overlay(&[&[
            ("inchikey", CAFFEINE),
            ("status", status),
            ("effective_from", "2024-12-03"),
            ("effective_to", "2025-06-30"),
        ]]);
        let standing = one(&overlay, &keyed(CAFFEINE), on);
        (standing.words(), standing.caveats.join(" "))
    };
    assert_eq!(
        words("controlled", "2024-12-02").0,
        "controlled, precursor, NOT YET IN FORCE: from 2024-12-03"
    );
    assert_eq!(
        words("temporary", "2025-01-01").0,
        "temporarily controlled, precursor, 2024-12-03 to 2025-06-30"
    );
    let (status, caveat) = words("repealed", "2025-01-01");
    assert_eq!(
        status,
        "controlled (repealed later), precursor, 2024-12-03 to 2025-06-30"
    );
    assert!(caveat.contains("was in force on 2025-01-01 and was repealed after 2025-06-30"));
    let (status, caveat) = words("repealed", "2025-07-01");
    assert_eq!(
        status,
        "repealed, precursor, NO LONGER IN FORCE: until 2025-06-30"
    );
    assert!(caveat.contains("its last day was 2025-06-30"));
}

#[test]
fn without_a_day_the_law_of_the_overlays_own_day_is_told() {
    // The overlay is as of 2026-01-01.
    for (from, force) in [
        ("2026-01-01", Force::InForce),
        ("2026-01-02", Force::NotYet),
    ] {
        let overlay = overlay(&[&[("inchikey", CAFFEINE), ("effective_from", from)]]);
        let standings = overlay.standings(&keyed(CAFFEINE), None);
        assert_eq!(
            (standings[0].force, Some(standings[0].day)),
            (force, day("2026-01-01"))
        );
    }
}

#[test]
fn no_first_day_is_in_force_with_a_caveat() {
    let overlay = overlay(&[&[("inchikey", CAFFEINE)]]);
    let standing = one(&overlay, &keyed(CAFFEINE), "1990-01-01");
    assert_eq!(standing.force, Force::InForce);
    assert!(says(&standing, "does not state the entry's first day"));
}

#[test]
fn an_amended_entry_says_what_held_on_the_day() {
    let overlay = overlay(&[
        &[
            ("inchikey", CAFFEINE),
            ("category", "poison"),
            ("effective_from", "2010-01-01"),
            ("effective_to", "2024-12-02"),
        ],
        &[
            ("inchikey", CAFFEINE),
            ("category", "narcotic"),
            ("effective_from", "2024-12-03"),
        ],
    ]);
    for (on, category) in [("2024-12-02", "poison"), ("2024-12-03", "narcotic")] {
        let standings = overlay.standings(&keyed(CAFFEINE), day(on));
        // The other one is told behind it, as not in force.
        let told: Vec<_> = standings
            .iter()
            .map(|s| (s.category.word(), s.is_control()))
            .collect();
        assert_eq!(standings.len(), 2);
        assert_eq!(told[0], (category, true), "{on}");
        assert!(!told[1].1, "{on}");
    }
}

#[test]
fn isomers_are_told_with_what_the_entry_covers() {
    // The default of the file is that isomers are not covered.
    for (scope, applies, words) in [
        ("yes", Applies::Yes, "covers its isomers"),
        ("no", Applies::Possibly, "does not cover isomers"),
        ("", Applies::Possibly, "does not cover isomers"),
    ] {
        let overlay = overlay(&[&[
            ("inchikey", MANNITOL),
            ("scope_isomers", scope),
            ("effective_from", "2020-01-01"),
        ]]);
        let own = one(&overlay, &keyed(MANNITOL), "2026-01-01");
        assert_eq!(
            (own.applies, own.matched_by),
            (Applies::Yes, Some(FoundBy::InchiKey))
        );
        assert_eq!(says(&own, "this stereoisomer only"), scope != "yes");
        let other = one(&overlay, &keyed(SORBITOL), "2026-01-01");
        assert_eq!(
            (other.applies, other.matched_by),
            (applies, Some(FoundBy::Skeleton)),
            "{scope}"
        );
        assert!(says(&other, words) && says(&other, MANNITOL), "{other:?}");
        assert_eq!(overlay.standings(&keyed(CAFFEINE), None), []);
    }
    // Caffeine has no stereoisomers, so nothing is to be said of them.
    let overlay = overlay(&[&[("inchikey", CAFFEINE), ("effective_from", "2020-01-01")]]);
    assert_eq!(
        one(&overlay, &keyed(CAFFEINE), "2026-01-01").caveats,
        Vec::<String>::new()
    );
}

#[test]
fn a_skeleton_alone_stands_for_every_isomer() {
    let overlay = overlay(&[&[
        ("match_kind", "group"),
        ("inchikey_skeleton", "FBPFZTCFMRRESA"),
    ]]);
    for key in [MANNITOL, SORBITOL] {
        let standing = one(&overlay, &keyed(key), "2026-01-01");
        assert_eq!(standing.applies, Applies::Yes);
        assert!(says(&standing, "with all its stereoisomers"));
    }
}
