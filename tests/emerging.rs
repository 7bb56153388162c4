//! What is said of substances that the library lacks.

mod common;

use common::made::ei_record as record;
use common::{Home, shared_data};
use serde_json::Value;
use specid::emerging::analogue::{Analogues, Difference};
use specid::library::{Builder, Info, Library, ReferenceKind};
use specid::read::{Input, Limits, read_input};
use specid::spectrum::{Spectrum, nominal_mass};
use specid::substance::Register;
use std::collections::HashSet;
use std::path::Path;

/// Imagined references by the rules of fragmentation: alpha-cleavage leaves an iminium ion, a benzoyl and a
/// phenyl cation, or a tropylium ion.
fn references() -> String {
    [
        record(
            "one",
            Some("C10H13NO"),
            &[
                (50, 20),
                (51, 35),
                (58, 999),
                (77, 120),
                (78, 12),
                (105, 90),
                (163, 5),
            ],
        ),
        record(
            "two",
            Some("C10H15N"),
            &[(58, 999), (65, 60), (91, 150), (149, 4)],
        ),
        record(
            "three",
            Some("C8H10N4O2"),
            &[(55, 200), (67, 300), (82, 250), (109, 600), (194, 999)],
        ),
        record(
            "four",
            Some("C7H7NO2"),
            &[(65, 250), (92, 450), (120, 999), (137, 700)],
        ),
    ]
    .concat()
}

fn identify(home: &Home, more: &[&str]) -> (i32, Value) {
    let library = home.file("references.msp", references());
    // A homologue of "one": the iminium ion is 14 heavier, the aromatic part is the same.
    let query = home.file(
        "query.msp",
        record(
            "unknown",
            None,
            &[
                (50, 18),
                (51, 30),
                (72, 999),
                (77, 110),
                (78, 11),
                (105, 95),
                (177, 4),
            ],
        ),
    );
    let lab = home.path("lab.h5");
    if !lab.exists() {
        let done = home.run(&[
            "library",
            "import",
            library.to_str().unwrap(),
            "--library",
            lab.to_str().unwrap(),
        ]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    let mut arguments = vec![
        "identify",
        query.to_str().unwrap(),
        "--library",
        lab.to_str().unwrap(),
        "--format",
        "jsonl",
    ];
    arguments.extend(more);
    let ran = home.run(&arguments);
    let line = ran.out.lines().next().unwrap_or("null");
    (ran.code, serde_json::from_str(line).unwrap())
}

#[test]
fn a_homologue_is_told_with_its_change_and_the_part_that_carries_it() {
    let home = Home::new();
    let (code, result) = identify(&home, &[]);
    assert_eq!(code, 1, "a hypothesis identifies nothing");
    let schema: Value =
        serde_json::from_str(include_str!("../src/report/identification.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&result), "{result:#}");
    let emerging = &result["emerging"];
    assert_eq!(emerging["molecular_masses"][0]["mass"], 177.0);
    let first = &emerging["analogues"][0];
    assert_eq!(first["name"], "one");
    assert_eq!(first["mass_difference"], 14.0);
    assert_eq!(first["changes"][0]["formula"], "+CH2");
    assert_eq!(first["changed_ions"][0], serde_json::json!([58.0, 72.0]));
    let kept: Vec<f64> = serde_json::from_value(first["unchanged_ions"].clone()).unwrap();
    assert!(kept.contains(&77.0) && kept.contains(&105.0), "{kept:?}");
}

#[test]
fn hypotheses_are_words_for_people_and_can_be_left_out() {
    let home = Home::new();
    let (_, result) = identify(&home, &["--hypotheses", "never"]);
    assert!(result.get("emerging").is_none());
    let query = home.path("query.msp");
    let lab = home.path("lab.h5");
    let ran = home.run(&[
        "identify",
        query.to_str().unwrap(),
        "--library",
        lab.to_str().unwrap(),
    ]);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("HYPOTHESES: "), "{}", ran.out);
    assert!(text.contains("Like one (similarity"), "{}", ran.out);
    assert!(
        text.contains("The change is in the part of m/z 58 to 72; m/z 105, 77 do not carry it."),
        "{}",
        ran.out
    );
}

#[test]
fn few_ions_give_no_hypotheses() {
    let home = Home::new();
    identify(&home, &[]);
    let few = home.file("few.msp", record("few", None, &[(72, 999), (105, 95)]));
    let lab = home.path("lab.h5");
    let ran = home.run(&[
        "identify",
        few.to_str().unwrap(),
        "--library",
        lab.to_str().unwrap(),
        "--hypotheses",
        "always",
    ]);
    assert!(!ran.out.contains("HYPOTHESES"), "{}", ran.out);
}

#[test]
fn an_unknown_is_drawn_over_its_analogue() {
    let home = Home::new();
    identify(&home, &[]);
    let (query, lab) = (home.path("query.msp"), home.path("lab.h5"));
    let ran = home.run(&[
        "identify",
        query.to_str().unwrap(),
        "--library",
        lab.to_str().unwrap(),
        "--plot",
    ]);
    assert!(
        ran.out
            .contains("one, its ions that carry the change moved by +14"),
        "{}",
        ran.out
    );
}

#[test]
fn a_substance_can_be_searched_as_if_it_were_not_there() {
    let home = Home::new();
    let (_, result) = identify(&home, &["--without", "one"]);
    let names = |list: &Value| -> Vec<String> {
        let all = list.as_array().unwrap().iter();
        all.map(|c| c["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(!names(&result["candidates"]).contains(&"one".to_owned()));
    assert!(!names(&result["emerging"]["analogues"]).contains(&"one".to_owned()));
    let lab = home.path("lab.h5");
    let query = home.path("query.msp");
    let ran = home.run(&[
        "identify",
        query.to_str().unwrap(),
        "--library",
        lab.to_str().unwrap(),
        "--without",
        "five",
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("--without: the library holds no substance \"five\""),
        "{}",
        ran.err
    );
}

fn spectra(path: &Path) -> Vec<Spectrum> {
    let input = Input::new("spectra.msp", std::fs::read(path).unwrap());
    let reading = read_input(&input, &Limits::default()).unwrap().1;
    reading.spectra.into_iter().map(Result::unwrap).collect()
}

fn library(spectra: &[Spectrum]) -> Library {
    let mut builder = Builder::new(Info::default());
    for spectrum in spectra {
        builder.add(spectrum.clone(), ReferenceKind::FullSpectrum);
    }
    builder.build(&|| {}).0
}

/// Substances of the library's emerging classes, left out in turn: the molecular mass that is told first is
/// mostly that of the formula, though half of these spectra show no molecular ion.
#[test]
fn the_mass_of_an_absent_substance_is_found_by_its_analogues() {
    let Some(data) = shared_data() else {
        return;
    };
    let all = spectra(&data.join("ei-ms/swgdrug-3.9.msp"));
    let library = library(&all);
    let register = Register::parse(include_str!("../spectra-library/substances.tsv")).unwrap();
    let analogues = Analogues::new(&library, &register);
    let emerging = |s: &&Spectrum| {
        let found = register.find(&s.identity);
        found.is_some_and(|(known, _)| {
            [
                "synthetic cathinone",
                "phenethylamine",
                "synthetic cannabinoid",
            ]
            .contains(&known.class.as_str())
        })
    };
    let (mut right, mut asked) = (0, 0);
    for query in all.iter().filter(emerging).step_by(9) {
        let Some(mass) = query.identity.formula.as_deref().and_then(nominal_mass) else {
            continue;
        };
        let own: HashSet<u32> = (0..library.len())
            .filter(|i| {
                library
                    .entry(*i)
                    .unwrap()
                    .identity
                    .is_same_as(&query.identity)
            })
            .filter_map(|i| library.substance_of(i))
            .collect();
        let found = analogues
            .find(query, &|s| own.contains(&s))
            .unwrap()
            .unwrap();
        assert!(found.analogues.iter().all(|a| !own.contains(&a.substance)));
        let first = &found.analogues[0];
        let Difference::Nominal(change) = first.difference else {
            panic!("EI spectra are of unit mass");
        };
        assert_eq!(
            first.reference_mass + f64::from(change) - found.molecules[0].mass,
            0.0
        );
        asked += 1;
        right += usize::from(found.molecules[0].mass == mass as f64);
    }
    assert!(asked >= 15, "{asked}");
    // 0.87 of all such substances; a sample may have less.
    assert!(right * 10 >= asked * 7, "{right} of {asked}");
}
