//! Every kind of rule, with dates on both sides, on the register as it is shipped. What is expected is the law as
//! the treaties' lists and the communications of the INCB state it.

use super::{Basis, Form, Instrument, On, Rules, Standing};
use crate::spectrum::{Identity, Technique};
use crate::substance::Register;
use Instrument::{
    Narcotic1, None as NoList, Psychotropic1, Psychotropic2, Psychotropic3, Psychotropic4,
    Surveillance, Table1, Table2, Unregistered, Unverified,
};

fn register() -> Register {
    let rules = Rules::parse(
        include_str!("../../../spectra-library/lists.tsv"),
        include_str!("../../../spectra-library/control.tsv"),
    );
    Register::parse(include_str!("../../../spectra-library/substances.tsv"))
        .unwrap()
        .with_rules(rules.unwrap())
}

fn on(day: &str) -> On {
    match day {
        "" => On::Newest,
        day => On::Day(day.parse().unwrap()),
    }
}

fn named(name: &str) -> Identity {
    Identity {
        name: name.to_owned(),
        ..Identity::default()
    }
}

fn keyed(key: &str) -> Identity {
    Identity {
        name: "as in a library".to_owned(),
        inchikey: Some(key.to_owned()),
        ..Identity::default()
    }
}

fn standings(identity: &Identity, day: &str, form: Form) -> Vec<Standing> {
    register()
        .status(identity, on(day), form)
        .standings()
        .to_vec()
}

fn lists(identity: &Identity, day: &str, form: Form) -> Vec<(Instrument, Basis)> {
    let all = standings(identity, day, form);
    all.iter().map(|s| (s.instrument, s.basis)).collect()
}

#[test]
fn each_kind_of_rule_on_both_sides_of_its_date() {
    use Basis::{EsterOrEther, GroupMember, NotListed, Salt, Substance};
    for (name, before, after, was, is, basis) in [
        // CND 67, in force 3 December 2024 (INCB).
        (
            "4-Piperidone",
            "2024-12-02",
            "2024-12-03",
            NoList,
            Table1,
            Substance,
        ),
        (
            "4-piperidone hydrochloride",
            "2024-12-02",
            "2024-12-03",
            NoList,
            Table1,
            Salt,
        ),
        (
            "1-boc-4-piperidone",
            "2024-12-02",
            "2024-12-03",
            NoList,
            Table1,
            Substance,
        ),
        (
            "BMK ethyl glycidate",
            "2024-12-02",
            "2024-12-03",
            NoList,
            Table1,
            GroupMember,
        ),
        (
            "3,4-MDP-2-P methyl glycidic acid butyl ester",
            "2024-12-02",
            "2024-12-03",
            NoList,
            Table1,
            GroupMember,
        ),
        // CND 60, in force 18 October 2017 (INCB).
        (
            "N-Phenethyl-4-piperidone",
            "2017-10-17",
            "2017-10-18",
            NoList,
            Table1,
            Substance,
        ),
        // CND 63, in force in November 2020 (INCB).
        (
            "MAPA",
            "2019-12-31",
            "2021-01-01",
            NoList,
            Table1,
            Substance,
        ),
        // The treaties' own days (UN Treaty Collection).
        (
            "Ephedrine",
            "1990-11-10",
            "1990-11-11",
            NoList,
            Table1,
            Substance,
        ),
        (
            "Ephedrine HCl",
            "1990-11-10",
            "1990-11-11",
            NoList,
            Table1,
            Salt,
        ),
        (
            "Acetone",
            "1990-11-10",
            "1990-11-11",
            NoList,
            Table2,
            Substance,
        ),
        (
            "Morphine",
            "1964-12-12",
            "1964-12-13",
            NoList,
            Narcotic1,
            Substance,
        ),
        (
            "6-MAM",
            "1964-12-12",
            "1964-12-13",
            NoList,
            Narcotic1,
            EsterOrEther,
        ),
        (
            "Mescaline",
            "1976-08-15",
            "1976-08-16",
            NoList,
            Psychotropic1,
            Substance,
        ),
        // Transfers.
        (
            "Acetic anhydride",
            "2000-12-31",
            "2004-01-01",
            Table2,
            Table1,
            Substance,
        ),
        (
            "Phenylacetic acid",
            "2009-12-31",
            "2012-01-01",
            Table2,
            Table1,
            Substance,
        ),
        (
            "Dronabinol",
            "1990-12-31",
            "1993-01-01",
            Psychotropic1,
            Psychotropic2,
            Substance,
        ),
        (
            "GHB",
            "2012-12-31",
            "2015-01-01",
            Psychotropic4,
            Psychotropic2,
            Substance,
        ),
        // Never in force, and always special surveillance.
        (
            "Caffeine",
            "1990-01-01",
            "2026-01-01",
            NoList,
            NoList,
            NotListed,
        ),
        (
            "Benzaldehyde",
            "2010-01-01",
            "2026-01-01",
            Surveillance,
            Surveillance,
            Substance,
        ),
    ] {
        let first = |day| {
            lists(&named(name), day, Form::Exact)
                .first()
                .copied()
                .unwrap()
        };
        assert_eq!(first(before).0, was, "{name} on {before}");
        assert_eq!(first(after), (is, basis), "{name} on {after}");
        assert_eq!(first(after).0, first("").0, "{name} today");
    }
}

#[test]
fn a_day_that_the_register_does_not_know_leaves_both_open() {
    let list = |day| {
        let found = lists(&named("MAPA"), day, Form::Exact);
        found.into_iter().map(|(list, _)| list).collect::<Vec<_>>()
    };
    assert_eq!(list("2020-03-01"), [NoList]);
    let norephedrine = register().status(&named("Norephedrine"), on("2001-06-01"), Form::Exact);
    let both: Vec<_> = norephedrine
        .standings()
        .iter()
        .map(|s| s.instrument)
        .collect();
    assert_eq!(both, [Table1, NoList]);
    assert!(
        norephedrine
            .strictest()
            .reason
            .contains("may not have been in force on 2001-06-01")
    );
    // Of a transfer either list, and never none.
    let between = lists(&named("Acetic anhydride"), "2002-03-01", Form::Exact);
    assert_eq!(
        between.iter().map(|(l, _)| *l).collect::<Vec<_>>(),
        [Table1, Table2]
    );
}

#[test]
fn an_answer_for_another_day_says_what_comes_later() {
    let status = register().status(&named("4-Piperidone"), on("2024-12-02"), Form::Exact);
    assert!(
        status
            .strictest()
            .reason
            .contains("does not mean that it is legal")
    );
    assert_eq!(
        status.remarks,
        ["4-Piperidone: 1988 Table I from 2024-12-03."]
    );
    let status = register().status(&named("4-Piperidone"), on("2026-11-26"), Form::Exact);
    assert!(
        status.remarks[0].contains("decisions up to 2025-03"),
        "{:?}",
        status.remarks
    );
}

/// The Red List's entries, glycidic esters expanded, with whether salts can exist.
const TABLE_I: [(&str, bool); 43] = [
    ("1-Phenyl-2-propanone", false),
    ("Ephedrine", true),
    ("Pseudoephedrine", true),
    ("Norephedrine", true),
    ("Phenylacetic acid", true),
    ("alpha-Phenylacetoacetonitrile", true),
    ("alpha-Phenylacetoacetamide", true),
    ("Methyl alpha-phenylacetoacetate", true),
    ("P-2-P methyl glycidic acid", true),
    ("P-2-P methyl glycidic acid methyl ester", false),
    ("P-2-P methyl glycidic acid ethyl ester", false),
    ("P-2-P methyl glycidic acid propyl ester", false),
    ("P-2-P methyl glycidic acid isopropyl ester", false),
    ("P-2-P methyl glycidic acid butyl ester", false),
    ("P-2-P methyl glycidic acid isobutyl ester", false),
    ("P-2-P methyl glycidic acid sec-butyl ester", false),
    ("P-2-P methyl glycidic acid tert-butyl ester", false),
    ("3,4-MDP-2-P", false),
    ("Isosafrole", false),
    ("Safrole", false),
    ("Piperonal", false),
    ("3,4-MDP-2-P methyl glycidic acid", true),
    ("3,4-MDP-2-P methyl glycidate", false),
    ("3,4-MDP-2-P methyl glycidic acid ethyl ester", false),
    ("3,4-MDP-2-P methyl glycidic acid propyl ester", false),
    ("3,4-MDP-2-P methyl glycidic acid isopropyl ester", false),
    ("3,4-MDP-2-P methyl glycidic acid butyl ester", false),
    ("3,4-MDP-2-P methyl glycidic acid isobutyl ester", false),
    ("3,4-MDP-2-P methyl glycidic acid sec-butyl ester", false),
    ("3,4-MDP-2-P methyl glycidic acid tert-butyl ester", false),
    ("N-Phenethyl-4-piperidone", true),
    ("4-Anilino-N-phenethylpiperidine", true),
    ("4-AP", true),
    ("1-boc-4-AP", true),
    ("Norfentanyl", true),
    ("4-Piperidone", true),
    ("1-boc-4-piperidone", false),
    ("Ergometrine", true),
    ("Ergotamine", true),
    ("Lysergic acid", true),
    ("N-Acetylanthranilic acid", true),
    ("Acetic anhydride", false),
    ("Potassium permanganate", false),
];

#[test]
fn tables_i_and_ii_with_their_salts() {
    let register = register();
    let strictest = |name: &str| {
        let status = register.status(&named(name), On::Newest, Form::Exact);
        (status.strictest().instrument, status.strictest().basis)
    };
    for (name, salts) in TABLE_I {
        assert_eq!(strictest(name).0, Table1, "{name}");
        assert_eq!(
            strictest(&name.to_uppercase()).0,
            Table1,
            "{name} in capitals"
        );
        for salt in ["hydrochloride", "sulfate"] {
            let named = format!("{name} {salt}");
            let status = register.status(&self::named(&named), On::Newest, Form::Exact);
            let says_none = status.strictest().reason.contains("forms no salts");
            assert_eq!(strictest(&named), (Table1, Basis::Salt), "{named}");
            assert_eq!(!salts, says_none, "{named}: {}", status.strictest().reason);
        }
    }
    for name in [
        "Acetone",
        "Anthranilic acid",
        "Ethyl ether",
        "Hydrochloric acid",
        "Methyl ethyl ketone",
        "Piperidine",
        "Sulphuric acid",
        "Toluene",
    ] {
        assert_eq!(strictest(name), (Table2, Basis::Substance), "{name}");
    }
    assert_eq!(strictest("Piperidine hydrochloride"), (Table2, Basis::Salt));
    for salt in [
        "ammonium chloride",
        "Sodium sulphate",
        "potassium bisulfate",
    ] {
        let status = register.status(&named(salt), On::Newest, Form::Exact);
        let said = status.strictest().reason.clone() + &status.remarks.join(" ");
        assert_eq!(status.strictest().instrument, NoList, "{salt}");
        assert!(said.contains("specifically"), "{salt}: {said}");
    }
    let all = register
        .substances()
        .iter()
        .filter(|s| strictest(&s.identity.name).0 == Table1);
    assert_eq!(all.count(), 43);
    let all = register
        .substances()
        .iter()
        .filter(|s| strictest(&s.identity.name).0 == Table2);
    assert_eq!(all.count(), 8);
}

#[test]
fn stereoisomers_by_what_the_list_says() {
    let ei = Form::Measured(Technique::EiMs);
    // (+)-ephedrine and (-)-pseudoephedrine: other stereoisomers than the two that are drawn.
    let other = keyed("KWGRBVOPPLSCSI-PSASIEDQSA-N");
    let exact = register().status(&other, On::Newest, Form::Exact);
    assert_eq!(exact.strictest().instrument, NoList);
    assert_eq!(
        exact.remarks,
        [
            "Its stereoisomer Ephedrine is in 1988 Table I.",
            "Its stereoisomer Pseudoephedrine is in 1988 Table I."
        ]
    );
    assert_eq!(lists(&other, "", ei)[0], (Table1, Basis::Stereoisomer));
    // Norephedrine's entry is the racemate: its mirror image is covered; cathine is another list's.
    let mirror = keyed("DLNKOYKMWOXYQA-VXNVDRBHSA-N");
    assert_eq!(lists(&mirror, "", Form::Exact)[0].0, Table1);
    let cathine = named("Cathine");
    assert_eq!(
        lists(&cathine, "", Form::Exact),
        [(Psychotropic3, Basis::Substance)]
    );
    for name in ["Cathine", "Norephedrine"] {
        let measured: Vec<_> = lists(&named(name), "", ei)
            .into_iter()
            .map(|(l, _)| l)
            .collect();
        assert!(
            measured.starts_with(&[Psychotropic3, Table1]),
            "{name}: {measured:?}"
        );
    }
    // 1971 Schedule I covers all stereoisomers (here of LSD).
    let lsd = register().look_up("LSD").unwrap();
    let isomer = keyed(&format!("{}-XXXXXXXXSA-N", lsd.skeleton().unwrap()));
    assert_eq!(
        lists(&isomer, "", Form::Exact),
        [(Psychotropic1, Basis::Stereoisomer)]
    );
    // A record that does not state it may be any of them.
    let flat = lists(&keyed("DLNKOYKMWOXYQA-UHFFFAOYSA-N"), "", Form::Exact);
    assert!(
        flat.contains(&(Psychotropic3, Basis::Stereoisomer))
            && flat.contains(&(Table1, Basis::Stereoisomer))
    );
}

#[test]
fn isomers_of_table_i() {
    // The Red List names two of the four ephedrines, the racemate of norephedrine, and one form of the ergot
    // alkaloids; of the glycidic acids and all others it covers what can exist.
    let one_form = ["Ephedrine", "Pseudoephedrine", "Norephedrine"];
    let register = register();
    for (name, _) in TABLE_I {
        let listed = register.look_up(name).unwrap();
        let Some(skeleton) = listed.skeleton() else {
            continue;
        };
        let isomer = keyed(&format!("{skeleton}-XXXXXXXXSA-N"));
        let exact = register.status(&isomer, On::Newest, Form::Exact);
        let measured = register.status(&isomer, On::Newest, Form::Measured(Technique::MsMs));
        let lists: Vec<Instrument> = measured.standings().iter().map(|s| s.instrument).collect();
        assert!(lists.contains(&Table1), "{name}: {lists:?}");
        if one_form.contains(&name) {
            assert_eq!(exact.strictest().instrument, NoList, "{name}");
            assert!(
                exact.remarks.iter().any(|r| r.contains("1988 Table I")),
                "{name}"
            );
        } else if name.contains("glycid") {
            assert_eq!(exact.strictest().instrument, Table1, "{name}");
            assert_eq!(exact.strictest().basis, Basis::Stereoisomer, "{name}");
        }
    }
}

#[test]
fn what_a_list_leaves_out() {
    let dextromethorphan = named("Dextromethorphan");
    assert_eq!(
        lists(&dextromethorphan, "", Form::Exact),
        [(NoList, Basis::Excluded)]
    );
    let levo = keyed("MKXZASYAUGDDCJ-CGTJXYLNSA-N");
    assert_eq!(lists(&levo, "", Form::Exact)[0].0, Narcotic1);
    let measured = standings(&dextromethorphan, "", Form::Measured(Technique::EiMs));
    assert_eq!(measured[0].substance, "Levomethorphan");
    assert!(measured[0].reason.contains("does not tell stereoisomers"));
    assert_eq!(measured.last().unwrap().basis, Basis::Excluded);
    // Mass spectra do not tell an acid from its salts; a Raman spectrum may.
    let acid = named("Sulphuric acid");
    let by = |t| lists(&acid, "", Form::Measured(t));
    assert_eq!(
        by(Technique::EiMs),
        [(Table2, Basis::Substance), (NoList, Basis::Excluded)]
    );
    assert_eq!(by(Technique::Raman), [(Table2, Basis::Substance)]);
}

#[test]
fn preparations_unconfirmed_and_unknown() {
    let codeine = standings(&named("Codeine"), "", Form::Preparation);
    assert_eq!(codeine[0].basis, Basis::Preparation);
    assert!(
        codeine[0].reason.contains("article 2"),
        "{}",
        codeine[0].reason
    );
    let unconfirmed = standings(&named("Isotonitazepyne"), "", Form::Exact);
    assert_eq!(
        (unconfirmed[0].instrument, unconfirmed[0].status),
        (Unverified, "status unconfirmed")
    );
    let before = lists(&named("Isotonitazepyne"), "2020-01-01", Form::Exact);
    assert_eq!(before, [(NoList, Basis::NotListed)]);
    let unknown = standings(&keyed("AAAAAAAAAAAAAA-UHFFFAOYSA-N"), "", Form::Exact);
    assert_eq!(
        (unknown[0].instrument, unknown[0].basis),
        (Unregistered, Basis::Unregistered)
    );
    assert_eq!(
        lists(&named("Caffeine hydrochloride"), "", Form::Exact),
        [(NoList, Basis::NotListed)]
    );
}

#[test]
fn the_register_has_no_faults_and_a_planted_one_is_found() {
    assert_eq!(register().faults(), Vec::<String>::new());
    let text =
        include_str!("../../../spectra-library/substances.tsv").replacen("299-42-3", "299-42-4", 1);
    let faults = Register::parse(&text).unwrap().faults();
    assert_eq!(
        faults,
        ["Ephedrine: the check digit of CAS number 299-42-4 is wrong."]
    );
}

#[test]
fn a_tautomer_of_a_listed_substance_is_listed() {
    // Chlordiazepoxide as libraries draw it, another tautomer than the register's; 1971 Schedule IV.
    let drawn = Identity {
        cas: Some("58-25-3".to_owned()),
        name: "Chlordiazepoxide".to_owned(),
        ..keyed("ANTSCNMPPGJYLG-UHFFFAOYSA-N")
    };
    let found = lists(&drawn, "", Form::Exact);
    assert_eq!(found, [(Psychotropic4, Basis::Substance)]);
    // The key alone is of no substance that the register knows.
    let bare = keyed("ANTSCNMPPGJYLG-UHFFFAOYSA-N");
    assert_eq!(lists(&bare, "", Form::Exact)[0].0, Unregistered);
}
