use super::table::Membership;
use super::*;
use crate::library::{Builder, Info, ReferenceKind};
use crate::spectrum::Identity;
use crate::spectrum::{Axis, Shape, Technique};
use crate::units::{XUnit, YUnit};

fn spectrum(name: &str, ions: &[(f64, f64)]) -> Spectrum {
    let (mz, y) = ions.iter().copied().unzip();
    let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(mz), y);
    spectrum.x_unit = XUnit::MassToCharge;
    spectrum.y_unit = YUnit::Abundance;
    spectrum.identity.name = name.to_owned();
    spectrum
}

/// Ions as fentanyls have them; `alkyl` is the mass of the acyl group's alkyl.
fn fentanyl(alkyl: f64) -> Vec<(f64, f64)> {
    vec![
        (42.0, 200.0),
        (91.0, 150.0),
        (105.0, 300.0),
        (146.0, 800.0),
        (189.0, 500.0),
        (216.0 + alkyl, 1000.0),
    ]
}

/// A library of `members` fentanyls and `others` of no class.
fn library(members: usize, others: usize) -> Library {
    let mut builder = Builder::new(Info::default());
    for i in 0..members {
        let ions = fentanyl(i as f64);
        builder.add(
            spectrum(&format!("Madeup{i} fentanyl"), &ions),
            ReferenceKind::FullSpectrum,
        );
    }
    for i in 0..others {
        let at = i as f64;
        let ions = [
            (45.0 + (11.0 * at) % 67.0, 300.0),
            (80.0 + (7.0 * at) % 83.0, 700.0),
            (200.0 + at, 1000.0),
        ];
        let mut ions = ions.to_vec();
        ions.sort_by(|a, b| a.0.total_cmp(&b.0));
        builder.add(
            spectrum(&format!("other {i}"), &ions),
            ReferenceKind::FullSpectrum,
        );
    }
    builder.build(&|| {}).0
}

/// What is said of a spectrum, without the substances that `skip` names.
fn said(
    library: &Library,
    spectrum: &Spectrum,
    skip: &(dyn Fn(u32) -> bool + Sync),
) -> ClassEvidence {
    let register = Register::default();
    let analogues = Analogues::new(library, &register);
    let found = analogues.find(spectrum, skip).unwrap().unwrap_or_default();
    Classes::new(library, &register).unwrap().judge(&Question {
        spectrum,
        found: &found,
        analogues: &analogues,
        skip,
    })
}

fn judged(library: &Library, spectrum: &Spectrum) -> ClassEvidence {
    said(library, spectrum, &|_| false)
}

#[test]
fn a_class_is_given_and_no_substance() {
    let library = library(20, 130);
    let unknown = spectrum("", &fentanyl(31.0));
    let evidence = judged(&library, &unknown);
    let verdict = evidence.verdict.as_ref().unwrap();
    assert_eq!(
        (verdict.class.id.as_str(), &verdict.part),
        ("fentanyl", &None)
    );
    let first = &evidence.ranked[0];
    assert_eq!((first.members, first.nearest.len()), (20, 3));
    assert!(first.speaking[0].starts_with("m/z 146 at 80 % of the base peak: N-phenylpiperidine"));
    assert_eq!(first.false_positive_rate.n, 130);
    assert!(first.false_positive_rate.estimate < 0.03);
    assert!(
        evidence
            .found
            .as_ref()
            .is_some_and(|f| f.n == 20 && f.estimate > 0.9)
    );
    let json = serde_json::to_string(&evidence).unwrap();
    assert!(!json.contains("Madeup") && json.contains("\"against\""));
}

#[test]
fn a_substance_left_out_is_not_its_own_witness() {
    let library = library(20, 130);
    let query = spectrum("Madeup3 fentanyl", &fentanyl(3.0));
    let all = judged(&library, &query);
    let own = library.substance_of(3);
    let without = said(&library, &query, &|substance| Some(substance) == own);
    assert_eq!(all.ranked[0].nearest[0].entry, 3);
    assert!(
        without.ranked[0]
            .nearest
            .iter()
            .all(|alike| alike.entry != 3)
    );
    assert!(without.verdict.is_some());
}

#[test]
fn silyl_derivatives_and_what_nothing_resembles_get_no_class() {
    let library = library(20, 130);
    let mut ions = fentanyl(31.0);
    ions.insert(1, (73.0, 900.0));
    ions.insert(4, (147.0, 100.0));
    ions.sort_by(|a, b| a.0.total_cmp(&b.0));
    let evidence = judged(&library, &spectrum("", &ions));
    assert!(evidence.verdict.is_none());
    assert_eq!(evidence.ranked[0].class.id, "fentanyl");
    assert!(evidence.notes[0].contains("trimethylsilyl"));
    let strange = [(47.0, 1000.0), (63.0, 500.0), (398.0, 700.0)];
    let evidence = judged(&library, &spectrum("", &strange));
    assert!(evidence.verdict.is_none());
    assert!(evidence.notes[0].contains("too little that is like"));
}

#[test]
fn nothing_is_said_without_ground() {
    let few_others = library(20, 30);
    let evidence = judged(&few_others, &spectrum("", &fentanyl(31.0)));
    assert!(evidence.verdict.is_none() && !evidence.ranked.is_empty());
    assert!(evidence.notes[0].contains("30 spectra of substances of no class"));
    let few_members = library(3, 130);
    let evidence = judged(&few_members, &spectrum("", &fentanyl(31.0)));
    assert!(evidence.verdict.is_none() && evidence.ranked.is_empty());
    assert!(evidence.notes[0].starts_with("No class has 4 substances"));
    let evidence = judged(&Library::default(), &spectrum("", &fentanyl(31.0)));
    assert!(evidence.notes[0].contains("no whole electron-ionisation"));
    let mut raman = spectrum("", &fentanyl(31.0));
    raman.technique = Technique::Raman;
    let evidence = judged(&few_members, &raman);
    assert!(evidence.notes[0].contains("electron-ionisation mass spectra only"));
}

#[test]
fn names_of_the_list_that_ships() {
    let table = Table::parse(include_str!("../../../spectra-library/classes.tsv")).unwrap();
    let register = Register::default();
    let of = |name: &str| {
        let identity = Identity {
            name: name.to_owned(),
            ..Identity::default()
        };
        match references::membership(&identity, &register, &table) {
            Membership::Of(found) => table.classes[table.classes[found[0]].group].id.clone(),
            Membership::NoClass => "none".to_owned(),
            Membership::Aside => "aside".to_owned(),
        }
    };
    for (name, class) in [
        ("beta-Hydroxythiofentanyl", "fentanyl"),
        ("4-Anilinopiperidine", "fentanyl"),
        ("Etodesnitazene", "nitazene"),
        ("N-Cyclohexyl methylone", "cathinone"),
        (".alpha.-PVP", "cathinone"),
        ("MDMB-4en-PINACA", "synthetic-cannabinoid"),
        ("JWH-018", "synthetic-cannabinoid"),
        ("25I-NBOMe", "phenethylamine"),
        ("4-Fluoroamphetamine", "phenethylamine"),
        ("2C-B", "phenethylamine"),
        ("5-MeO-DMT", "tryptamine"),
        ("Flubromazolam", "benzodiazepine"),
        ("Deschloroketamine", "arylcyclohexylamine"),
        ("1P-LSD", "lysergamide"),
        ("PMK methyl glycidate", "arylpropane-precursor"),
        ("4-Piperidone", "piperidone"),
        ("Amphetamine HFBA Derivative", "aside"),
        ("2C-I HFBA Derivative", "aside"),
        ("Fentanyl-d5", "fentanyl"),
        ("Methylone-d3", "cathinone"),
        ("3,4-Trimethylenepentedrone", "cathinone"),
        ("4-Methoxy-DMT", "tryptamine"),
        ("EPT", "tryptamine"),
        ("2,5-Dimethoxybenzaldehyde", "none"),
        ("1-Pentylindole", "none"),
        ("Mannitol 6-TMS derivative", "none"),
        ("Caffeine", "none"),
        ("Testosterone", "none"),
    ] {
        assert_eq!(of(name), class, "{name}");
    }
}
