//! The answer as a whole: old overlays, none at all, and what could not be looked up.

use super::super::{Applies, Asked, Country, EXAMPLE, NOT_LOADED, NationalStatus, Overlay, Signer};
use super::{CAFFEINE, MANNITOL, day, keyed, overlay};
use crate::spectrum::Identity;
use crate::substance::Register;

#[test]
fn an_overlay_is_old_after_two_years() {
    let overlay = overlay(&[&[("inchikey", CAFFEINE)]]);
    // As of 2026-01-01: the same day two years later is not more than two years later.
    assert_eq!(overlay.age("2028-01-01".parse().unwrap()), None);
    assert!(
        overlay
            .age("2028-01-02".parse().unwrap())
            .unwrap()
            .starts_with("OLD OVERLAY")
    );
    let status = NationalStatus::of(&overlay, Asked::of(&keyed(CAFFEINE)), day("2028-01-02"));
    assert!(
        status.remarks[0].starts_with("OLD OVERLAY"),
        "{:?}",
        status.remarks
    );
    let status = NationalStatus::of(&overlay, Asked::of(&keyed(CAFFEINE)), day("2028-01-01"));
    assert_eq!(status.remarks, Vec::<String>::new());
}

#[test]
fn no_overlay_is_said() {
    let country: Country = "LA".parse().unwrap();
    let status = NationalStatus::not_loaded(country);
    assert_eq!(status.summary, NOT_LOADED);
    assert_eq!(status.told(), "LA: national status not loaded");
    assert!(status.overlay.is_none());
}

#[test]
fn a_summary_never_says_free() {
    let example = Overlay::parse(EXAMPLE.as_bytes(), "example").unwrap();
    let summary = |identity: &Identity, on| {
        NationalStatus::of(&example, Asked::of(identity), day(on)).summary
    };
    let on = "2026-01-01";
    // Two rules of the example are words.
    assert_eq!(
        summary(&keyed("CSCPPACGZOOCGX-UHFFFAOYSA-N"), on),
        "no entry names it; 2 rules not evaluated"
    );
    assert!(summary(&Identity::default(), on).starts_with("not looked up"));
    assert_eq!(
        summary(&keyed(MANNITOL), on),
        "controlled, precursor, since 2015-07-01 (EXAMPLE List 1, entry EXAMPLE-3); 2 rules not evaluated"
    );
    // Taurine's entry comes into force on 2027-01-01.
    let taurine = keyed("XOAAWQZATWQOTB-UHFFFAOYSA-N");
    assert!(
        summary(&taurine, "2026-12-31")
            .starts_with("controlled, precursor, NOT YET IN FORCE: from 2027-01-01")
    );
    assert!(summary(&taurine, "2027-01-01").starts_with("controlled, precursor, since 2027-01-01"));
}

#[test]
fn the_answer_cites_its_overlay() {
    let example = Overlay::parse(EXAMPLE.as_bytes(), "example").unwrap();
    assert_eq!(example.signer, Signer::NotSigned);
    let status = NationalStatus::of(&example, Asked::of(&keyed(CAFFEINE)), day("2026-01-01"));
    let value = serde_json::to_value(&status).unwrap();
    let first = &value["standings"][0];
    for (field, expected) in [
        ("country", "ZZ"),
        ("law_id", "EXAMPLE-A"),
        ("law_title", "EXAMPLE, not a law: Act A"),
        ("list_label", "EXAMPLE List 1"),
        ("entry_no", "EXAMPLE-1"),
        ("status", "controlled"),
        ("category", "precursor"),
        ("from", "2020-01-01"),
        ("gazette_ref", "EXAMPLE, no gazette"),
        ("competent_authority", "EXAMPLE, no authority"),
        ("matched_by", "inchikey"),
        ("applies", "yes"),
        ("force", "in-force"),
    ] {
        assert_eq!(first[field], expected, "{field}");
    }
    assert_eq!(first["to"], serde_json::Value::Null);
    let overlay = &first["overlay"];
    for (field, expected) in [
        ("title", "EXAMPLE, not a law"),
        ("list_version", "EXAMPLE-1"),
        ("as_of", "2026-01-01"),
        ("signed_by", "not signed"),
    ] {
        assert_eq!(overlay[field], expected, "{field}");
    }
    // The preparation of it that is exempt stands behind, with its threshold.
    let second = &value["standings"][1];
    assert_eq!(
        (&second["status"], &second["applies"]),
        (&"exempt".into(), &"possibly".into())
    );
    assert_eq!(second["concentration_threshold"]["value"], 2.5);
}

const TSV: &str = include_str!("../../../spectra-library/substances.tsv");

fn named(name: &str) -> Identity {
    Identity {
        name: name.to_owned(),
        ..Identity::default()
    }
}

#[test]
fn a_salt_is_found_by_the_base_of_its_name() {
    let register = Register::parse(TSV).unwrap();
    // The key of caffeine hydrochloride is another substance's than that of caffeine.
    let keyed_salt = Identity {
        name: "Caffeine hydrochloride".to_owned(),
        smiles: Some("Cn1c(=O)c2c(ncn2C)n(C)c1=O.Cl".to_owned()),
        ..keyed("AAAAAAAAAAAAAA-UHFFFAOYSA-N")
    };
    for (scope, applies, words) in [
        ("yes", Applies::Yes, "the entry covers salts"),
        ("no", Applies::Possibly, "the entry does not cover salts"),
    ] {
        let overlay = overlay(&[&[("inchikey", CAFFEINE), ("scope_salts", scope)]]);
        for salt in [&named("CAFFEINE HCl"), &keyed_salt] {
            let status = NationalStatus::of(&overlay, Asked::through(&register, salt), None);
            let [standing] = status.standings.as_slice() else {
                panic!("{status:?}");
            };
            assert_eq!(standing.applies, applies);
            assert!(
                standing.caveats.iter().any(|c| c.contains(words)),
                "{standing:?}"
            );
            assert_eq!(status.remarks, Vec::<String>::new());
        }
        // Without the register nothing is known of the base, which is said.
        let status = NationalStatus::of(&overlay, Asked::of(&keyed_salt), None);
        assert_eq!(status.standings, []);
        assert!(
            status.remarks.iter().any(|r| r.contains("salt")),
            "{status:?}"
        );
    }
}

#[test]
fn an_inchikey_is_looked_up_by_the_registers_cas_number_too() {
    let register = Register::parse(TSV).unwrap();
    let overlay = overlay(&[&[("cas", "58-08-2")]]);
    let identity = keyed(CAFFEINE);
    let through = NationalStatus::of(&overlay, Asked::through(&register, &identity), None);
    assert_eq!(through.standings.len(), 1, "{through:?}");
    assert_eq!(through.remarks, Vec::<String>::new());
    let alone = NationalStatus::of(&overlay, Asked::of(&identity), None);
    assert_eq!(alone.standings, []);
}

#[test]
fn a_name_is_looked_up_through_the_register_only() {
    let register = Register::parse(TSV).unwrap();
    let overlay = overlay(&[&[("inchikey", CAFFEINE), ("name_official", "guaranine")]]);
    let asked = |name: &str| {
        let identity = named(name);
        NationalStatus::of(&overlay, Asked::through(&register, &identity), None)
    };
    let status = asked("caffeine");
    assert_eq!(status.standings.len(), 1);
    assert!(status.remarks[0].contains("by its name"), "{status:?}");
    // A name of the overlay is not a name of the register.
    let status = asked("guaranine of nowhere");
    assert!(status.standings.is_empty() && status.summary.starts_with("not looked up"));
}
