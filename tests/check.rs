//! `specid library check`: a small library made here, one case for each check, and twenty problems
//! planted into real data.

#[path = "check/planted.rs"]
mod planted;

mod common;

use common::{Home, raman_csv, text};
use serde_json::Value;

/// A made-up EI spectrum: ions spread by a congruence, so that two seeds share few.
fn ions(seed: u64, top: u64) -> Vec<(u64, u64)> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        state >> 33
    };
    let mut ions: Vec<(u64, u64)> = (0..24)
        .map(|_| (41 + next() % (top - 60), 30 + next() % 700))
        .collect();
    ions.sort_unstable();
    ions.dedup_by_key(|i| i.0);
    let middle = ions.len() / 2;
    ions[middle].1 = 999;
    ions.push((top, 400));
    ions
}

fn msp(id: &str, name: &str, fields: &str, ions: &[(u64, u64)]) -> String {
    let peaks: String = ions.iter().map(|(mz, y)| format!("{mz} {y}\n")).collect();
    format!(
        "Name: {name}\nID: {id}\nInstrument_type: GC-EI-Q\n{fields}Num Peaks: {}\n{peaks}\n",
        ions.len()
    )
}

/// The same ions with every abundance lowered or raised by up to a tenth, as another laboratory measures.
fn again(ions: &[(u64, u64)], seed: u64) -> Vec<(u64, u64)> {
    let factor = |mz: u64| 90 + (mz * 7 + seed * 13) % 20;
    ions.iter()
        .map(|(mz, y)| (*mz, (y * factor(*mz) / 100).max(1)))
        .collect()
}

const AMPHETAMINE: &str = "InChIKey: KWTSXDURSIMDCE-UHFFFAOYSA-N\nFormula: C9H13N\n";
const FENTANYL: &str = "InChIKey: PJMPHNIQZUBGLI-UHFFFAOYSA-N\nFormula: C22H28N2O\n";
const CODEINE: &str = "InChIKey: OROGSEYTTFOCAN-UHFFFAOYSA-N\nFormula: C18H21NO3\n";

/// Findings of a library made of these records, as (entry, check, severity, other).
fn check(
    home: &Home,
    files: &[&str],
    arguments: &[&str],
) -> (i32, Vec<(String, String, String, String)>) {
    let library = home.path("made.h5");
    if !library.exists() {
        let mut import = vec!["library", "import", "--suspect", "search"];
        import.extend(files);
        import.extend(["--library", text(&library)]);
        let made = home.run(&import);
        assert_eq!(made.code, 0, "{}", made.err);
    }
    let mut command = vec![
        "library",
        "check",
        "--library",
        text(&library),
        "--format",
        "json",
    ];
    command.extend(arguments);
    let ran = home.run(&command);
    let word = |f: &Value, key: &str| f[key].as_str().unwrap_or("").to_owned();
    let report = ran.json();
    let found = report["findings"].as_array().unwrap().iter().map(|f| {
        (
            word(f, "entry"),
            word(f, "check"),
            word(f, "severity"),
            word(f, "other"),
        )
    });
    (ran.code, found.collect())
}

fn of<'a>(found: &'a [(String, String, String, String)], entry: &str) -> Vec<(&'a str, &'a str)> {
    let own = found.iter().filter(|f| f.0 == entry);
    own.map(|f| (f.1.as_str(), f.2.as_str())).collect()
}

#[test]
fn mass_spectra_one_case_for_each_check() {
    let home = Home::new();
    let (amphetamine, fentanyl, codeine) = (ions(1, 135), ions(2, 336), ions(3, 299));
    let percent: String = fentanyl
        .iter()
        .map(|(mz, y)| format!("{mz} {:.1}\n", *y as f64 / 9.99))
        .collect();
    let pair = [(41, 999), (58, 300)];
    let mut tms = ions(4, 371);
    tms.push((73, 600));
    tms.push((356, 300));
    tms.sort_unstable();
    tms.dedup_by_key(|i| i.0);
    let records = [
        msp("a1", "Amphetamine", AMPHETAMINE, &amphetamine),
        msp("a2", "Amphetamine", AMPHETAMINE, &again(&amphetamine, 1)),
        msp("f1", "Fentanyl", FENTANYL, &fentanyl),
        msp("f2", "Fentanyl", FENTANYL, &again(&fentanyl, 2)),
        msp("f3", "Fentanyl", FENTANYL, &again(&fentanyl, 3)),
        // Another substance's spectrum, measured again.
        msp("f4", "Fentanyl", FENTANYL, &again(&amphetamine, 5)),
        // One more m/z than it should.
        msp(
            "f5",
            "Fentanyl",
            FENTANYL,
            &again(&fentanyl, 4)
                .iter()
                .map(|(mz, y)| (mz + 1, *y))
                .collect::<Vec<_>>(),
        ),
        // The same numbers in per cent, as another substance.
        format!(
            "Name: Unrelated\nID: copy\nInstrument_type: GC-EI-Q\nInChIKey: AAAAAAAAAAAAAA-UHFFFAOYSA-N\nNum Peaks: {}\n{percent}\n",
            fentanyl.len()
        ),
        // Two peaks that many substances have.
        msp(
            "p1",
            "Pair one",
            "InChIKey: BBBBBBBBBBBBBB-UHFFFAOYSA-N\n",
            &pair,
        ),
        msp(
            "p2",
            "Pair two",
            "InChIKey: CCCCCCCCCCCCCC-UHFFFAOYSA-N\n",
            &pair,
        ),
        msp("c1", "Codeine", CODEINE, &codeine),
        msp("t1", "Codeine TMS derivative", CODEINE, &ions(9, 299)),
        msp("t2", "Codeine", CODEINE, &tms),
        msp("d1", "Codeine-d3", CODEINE, &again(&codeine, 6)),
        msp("s1", "Codeine hydrochloride", CODEINE, &again(&codeine, 7)),
        // Water's CAS number with a wrong digit; a formula with a hydrogen too many.
        msp(
            "i1",
            "Thing",
            "CASNO: 7732-18-4\nFormula: C10H16N\n",
            &ions(11, 150),
        ),
        msp(
            "i2",
            "Other thing",
            "Formula: C10H15NO\nSMILES: CC(N)Cc1ccccc1\nMW: 165\n",
            &ions(12, 165),
        ),
        msp(
            "i3",
            "Third thing",
            "Formula: C10H15NO\nSMILES: CNC(C)C(O)c1ccccc1\nMW: 179\n",
            &ions(13, 165),
        ),
        // Ions above the molecule, and a loss of ten.
        msp("m1", "Fourth thing", "Formula: C8H10O\n", &ions(14, 180)),
        msp("m2", "Fifth thing", "Formula: C10H15NO\n", &ions(15, 155)),
        msp(
            "q1",
            "Sixth thing",
            "",
            &(41..100)
                .map(|mz| (mz, 900 + mz * 37 % 90))
                .collect::<Vec<_>>(),
        ),
        msp(
            "q2",
            "Seventh thing",
            "",
            &ions(16, 165)
                .iter()
                .map(|(mz, y)| (*mz, (*y).min(560)))
                .collect::<Vec<_>>(),
        ),
    ];
    let file = home.file("made.msp", records.concat());
    let (code, found) = check(&home, &[text(&file)], &[]);
    assert_eq!(code, 1);
    assert!(
        of(&found, "p2").iter().all(|f| f.0 == "quality"),
        "{found:?}"
    );
    for clean in ["a1", "a2", "f1", "f2", "f3", "c1"] {
        // The made ions are random, and some are told to be like noise.
        let told = of(&found, clean);
        assert!(told.iter().all(|f| f.0 == "quality"), "{clean}: {found:#?}");
    }
    for (entry, wanted) in [
        ("copy", ("duplicate", "error")),
        ("f4", ("mislabelled", "error")),
        ("f5", ("axis", "error")),
        ("t1", ("derivative", "error")),
        ("t2", ("derivative", "error")),
        ("d1", ("derivative", "error")),
        ("s1", ("salt", "warning")),
        ("i1", ("identity", "error")),
        ("i1", ("identity", "warning")),
        ("i2", ("identity", "warning")),
        ("i3", ("identity", "warning")),
        ("m1", ("molecular-ion", "error")),
        ("m2", ("molecular-ion", "warning")),
        ("q1", ("quality", "warning")),
        ("q2", ("quality", "warning")),
    ] {
        assert!(of(&found, entry).contains(&wanted), "{entry}: {found:?}");
    }
    // Only what was asked for: some entries, one check, one severity.
    let (code, asked) = check(&home, &[], &["a1", "copy", "--severity", "error"]);
    assert_eq!((code, asked.len()), (1, 1));
    assert_eq!(asked[0].3, "f1");
    let asked = check(&home, &[], &["a1", "a2", "--severity", "error"]);
    assert_eq!(asked, (0, Vec::new()));
    let (_, earlier) = check(&home, &[], &["f1", "--only", "duplicate"]);
    assert_eq!(earlier[0].3, "copy", "the entry asked for is told");
    let (_, salts) = check(&home, &[], &["--only", "salt,quality"]);
    assert!(
        salts.iter().all(|f| f.1 == "salt" || f.1 == "quality"),
        "{salts:?}"
    );
    let (_, errors) = check(&home, &[], &["--severity", "error"]);
    assert!(!errors.is_empty() && errors.iter().all(|f| f.2 == "error"));
}

#[test]
fn curves_one_case_for_each_check() {
    let home = Home::new();
    let bands = [
        (620.0, 0.4),
        (1003.0, 1.0),
        (1030.0, 0.5),
        (1180.0, 0.3),
        (1450.0, 0.4),
        (1602.0, 0.8),
    ];
    let other = [
        (520.0, 0.9),
        (760.0, 0.5),
        (880.0, 1.0),
        (1290.0, 0.6),
        (1380.0, 0.3),
        (1710.0, 0.7),
    ];
    let raman = |id: &str, bands: &[(f64, f64)], shift: f64, change: fn(f64, f64) -> (f64, f64)| {
        let csv = raman_csv(bands, 300.0, 1900.0, 1.0, shift);
        let points: Vec<(f64, f64)> = csv
            .lines()
            .skip(1)
            .map(|l| l.split_once(',').unwrap())
            .map(|(x, y)| change(x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        curve(&home, id, "RAMAN SPECTRUM", "INTENSITY", &points)
    };
    let same = |x, y| (x, y);
    let files = [
        raman("r1", &bands, 0.0, same),
        raman("r2", &bands, 1.0, |x, y| {
            (x, y * 3.0 + 20.0 * (x / 300.0).sin())
        }),
        raman("shifted", &bands, 14.0, |x, y| {
            (x, y * 2.0 + 10.0 * (x / 250.0).sin())
        }),
        // Wavelengths in nm with a laser of 785 nm, called Raman shift: 1e7 / (1e7 / 785 - x).
        raman("wavelength", &bands, 0.0, |x, y| {
            (1e7 / (1e7 / 785.0 - x), y)
        }),
        // The same numbers times a factor plus an offset, to three decimals, named as r1 is not.
        raman("copy", &bands, 0.0, |x, y| {
            (x, ((0.7 * y + 3.0) * 1e3).round() / 1e3)
        }),
        raman("cut", &other, 0.0, |x, y| (x, y.min(60.0))),
        raman("noise", &[], 0.0, |x, _| {
            (
                x,
                50.0 + (x * 7919.0).sin() * 10.0 + (x * 104_729.0).sin() * 7.0,
            )
        }),
        curve(
            &home,
            "upside",
            "INFRARED SPECTRUM",
            "ABSORBANCE",
            &infrared(true),
        ),
        curve(
            &home,
            "good",
            "INFRARED SPECTRUM",
            "ABSORBANCE",
            &infrared(false),
        ),
    ];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let (code, found) = check(&home, &files, &[]);
    assert_eq!(code, 1);
    for clean in ["r1", "r2", "good"] {
        assert_eq!(of(&found, clean), [], "{clean}: {found:#?}");
    }
    for (entry, wanted) in [
        ("shifted", ("axis", "warning")),
        ("wavelength", ("axis", "error")),
        ("copy", ("duplicate", "error")),
        ("cut", ("quality", "warning")),
        ("noise", ("quality", "warning")),
        ("upside", ("axis", "warning")),
    ] {
        assert!(of(&found, entry).contains(&wanted), "{entry}: {found:?}");
    }
}

/// Bands in absorbance, or in transmittance.
fn infrared(transmittance: bool) -> Vec<(f64, f64)> {
    let band = |x: f64, centre: f64| 1.0 / (1.0 + ((x - centre) / 12.0).powi(2));
    (0..1600)
        .map(|i| 600.0 + 2.0 * f64::from(i))
        .map(|x| {
            (
                x,
                0.02 + 0.8 * band(x, 1700.0) + 0.5 * band(x, 1250.0) + 0.3 * band(x, 2950.0),
            )
        })
        .map(|(x, a)| {
            if transmittance {
                (x, 10f64.powf(-a))
            } else {
                (x, a)
            }
        })
        .collect()
}

/// A JCAMP-DX file; entries whose id begins with `r`, `shifted` or `wavelength` are one substance.
fn curve(home: &Home, id: &str, kind: &str, unit: &str, points: &[(f64, f64)]) -> String {
    let toluene = ["r1", "r2", "shifted", "wavelength"].contains(&id);
    let key = if toluene {
        "YXFVVABEGXRONW-UHFFFAOYSA-N".to_owned()
    } else {
        format!("{:A<14}-UHFFFAOYSA-N", id.to_uppercase())
    };
    let name = if toluene { "Toluene" } else { id };
    let numbers: String = points
        .iter()
        .map(|(x, y)| format!("{x:.5}, {y:.6}\n"))
        .collect();
    let content = format!(
        "##TITLE= {name}\n##JCAMP-DX= 4.24\n##DATA TYPE= {kind}\n##ORIGIN= made\n##OWNER= made\n##$INCHIKEY= {key}\n##$ID= {id}\n##XUNITS= 1/CM\n##YUNITS= {unit}\n##FIRSTX= {}\n##LASTX= {}\n##NPOINTS= {}\n##XFACTOR= 1\n##YFACTOR= 1\n##XYPOINTS= (XY..XY)\n{numbers}##END=\n",
        points[0].0,
        points[points.len() - 1].0,
        points.len()
    );
    text(&home.file(&format!("{id}.jdx"), content)).to_owned()
}

#[test]
fn a_clean_library_is_told_so_and_an_unknown_entry_is_an_error() {
    let home = Home::new();
    let library = home.path("clean.h5");
    let file = home.file(
        "clean.msp",
        msp("a1", "Amphetamine", AMPHETAMINE, &ions(1, 135)),
    );
    home.run(&[
        "library",
        "import",
        text(&file),
        "--library",
        text(&library),
    ]);
    let ran = home.run(&["library", "check", "--library", text(&library)]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("0 entries have findings"), "{}", ran.out);
    let csv = home.run(&[
        "library",
        "check",
        "--library",
        text(&library),
        "--format",
        "csv",
    ]);
    assert_eq!(csv.out.trim(), "entry,name,check,severity,other,message");
    let unknown = home.run(&["library", "check", "nobody", "--library", text(&library)]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("no entry \"nobody\""),
        "{}",
        unknown.err
    );
}
