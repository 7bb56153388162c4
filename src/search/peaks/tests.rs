//! MS/MS search from a library in memory to named evidence.

use crate::library::{Builder, Info, Library, ReferenceKind};
use crate::search::{Options, Ranking, Searcher, is_only_precursor};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};

fn spectrum(peaks: &[(f64, f64)], adduct: &str, precursor: f64) -> Spectrum {
    let (mz, y): (Vec<f64>, Vec<f64>) = peaks.iter().copied().unzip();
    let axis = Axis::Explicit(mz);
    let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, axis, y);
    spectrum.precursor = Some(Precursor {
        mz: Some(precursor),
        adduct: Some(adduct.to_owned()),
        ..Precursor::default()
    });
    spectrum
}

fn library() -> Library {
    let mut builder = Builder::new(Info::default());
    let mut add = |name: &str, formula: &str, peaks: &[(f64, f64)], adduct, precursor| {
        let mut reference = spectrum(peaks, adduct, precursor);
        reference.identity.name = name.to_owned();
        reference.identity.formula = Some(formula.to_owned());
        builder.add(reference, ReferenceKind::FullSpectrum);
    };
    let ephedrine = [(148.1121, 100.0), (133.0886, 30.0), (117.0699, 20.0)];
    add("ephedrine", "C10H15NO", &ephedrine, "[M+H]+", 166.1226);
    let again = [(148.1121, 90.0), (115.0542, 60.0), (117.0699, 80.0)];
    add("ephedrine", "C10H15NO", &again, "[M+H]+", 166.1226);
    let benzoate = [(121.0295, 20.0), (77.0397, 100.0)];
    add("benzoic acid", "C7H6O2", &benzoate, "[M-H]-", 121.0295);
    let amphetamine = [(119.0855, 60.0), (91.0542, 100.0)];
    add("amphetamine", "C9H13N", &amphetamine, "[M+H]+", 136.1121);
    builder.build(&|| {}).0
}

fn ranked(query: &Spectrum, options: Options) -> (Vec<String>, Ranking) {
    let library = library();
    let ranking = Searcher::new(&library, options).search(query).unwrap();
    let name = |entry: usize| library.entry(entry).unwrap().identity.name;
    let names = ranking.hits.iter().map(|h| name(h.entry)).collect();
    (names, ranking)
}

fn any() -> Options {
    Options {
        match_precursor: false,
        ..Options::default()
    }
}

#[test]
fn an_in_source_loss_meets_its_molecule() {
    let peaks = [(133.0887, 25.0), (117.0698, 22.0), (148.112, 100.0)];
    let query = spectrum(&peaks, "[M-H2O+H]+", 148.1121);
    let (names, ranking) = ranked(&query, Options::default());
    assert_eq!(names, ["ephedrine"]);
    let feature = |name| {
        ranking.hits[0]
            .scores
            .iter()
            .find(|s| s.0 == name)
            .unwrap()
            .1
    };
    assert_eq!((feature("support"), feature("matched_peaks")), (2.0, 3.0));
    assert!(feature("precursor_ppm").abs() < 2.0 && feature("missing") < 1e-9);
    assert_eq!(feature("entropy"), ranking.hits[0].score);
    assert!(ranking.warnings.is_empty());
}

#[test]
fn unit_resolution_meets_accurate_mass() {
    let query = spectrum(&[(119.2, 50.0), (91.1, 100.0)], "[M+H]+", 136.1);
    let (names, ranking) = ranked(&query, Options::default());
    assert_eq!(names, ["amphetamine"]);
    assert!(ranking.hits[0].score > 0.95);
    let strict = Options {
        precursor_tolerance: "10ppm".parse().ok(),
        ..Options::default()
    };
    let (names, ranking) = ranked(&query, strict);
    assert!(names.is_empty() && ranking.warnings[0].message.contains("No reference"));
}

#[test]
fn without_the_filter_fragments_decide() {
    let peaks = [(119.0855, 60.0), (91.0542, 100.0), (121.0295, 90.0)];
    let wrong = spectrum(&peaks, "[M+H]+", 500.5);
    assert_eq!(ranked(&wrong, any()).0, ["amphetamine"], "no negative ions");
    let right = spectrum(&peaks, "[M+H]+", 136.1121);
    let (scores, other) = (ranked(&right, any()).1, ranked(&wrong, any()).1);
    assert!(scores.hits[0].score > other.hits[0].score);
}

#[test]
fn the_precursor_alone_identifies_nothing() {
    let query = spectrum(&[(136.1121, 100.0)], "[M+H]+", 136.1121);
    assert_eq!(ranked(&query, Options::default()).0, ["amphetamine"]);
    assert!(is_only_precursor(&query));
    let one_fragment = spectrum(&[(91.05, 1.0), (136.1121, 100.0)], "[M+H]+", 136.1121);
    assert!(!is_only_precursor(&one_fragment));
    let odd = spectrum(&[(91.05, 1.0)], "[M+H", f64::INFINITY);
    assert_eq!(ranked(&odd, any()).0, ["amphetamine"]);
    assert_eq!(ranked(&odd, Options::default()).0, ["amphetamine"]);
}
