//! What a library learns of itself: replicates change no result, and stated rates are those that are measured.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use specid::decide::{Verdict, VerdictLevel, assess_quality, calibrate, decide};
use specid::library::{Builder, Info, Library, Rate, ReferenceKind};
use specid::prepare::Family;
use specid::search::{Options, Ranking, Searcher};
use specid::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};
use specid::substance::Register;
use specid::units::{XUnit, YUnit};
use std::collections::BTreeMap;

const REGISTER: &str =
    "name\tsynonyms\tcas\tcas_checked\tformula\tsmiles\tinchikey\trole\tclass\tnotes\n";
/// Replicates of one look-alike: more than a search ranks.
const REPLICATES: usize = 150;

fn register() -> Register {
    Register::parse(REGISTER).unwrap()
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(random)
}

/// Ions of a made substance by m/z.
type Ions = BTreeMap<u32, f64>;

fn ions(random: &mut ChaCha8Rng) -> Ions {
    let base = random.random_range(100..220);
    let drawn = (0..30).map(|_| {
        let height: f64 = random.random_range(0.0..1.0);
        (
            random.random_range(40..=base),
            1000.0 * height.powi(3) + 1.0,
        )
    });
    drawn.collect()
}

fn scattered(ions: &Ions, by: f64, random: &mut ChaCha8Rng) -> Ions {
    let drawn = ions.iter();
    drawn
        .map(|(mz, height)| (*mz, height * (by * normal(random)).exp()))
        .collect()
}

fn ei(name: &str, ions: &Ions) -> Spectrum {
    let (mz, y) = ions.iter().map(|(mz, y)| (f64::from(*mz), *y)).unzip();
    let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(mz), y);
    spectrum.x_unit = XUnit::MassToCharge;
    spectrum.y_unit = YUnit::Abundance;
    name.clone_into(&mut spectrum.identity.name);
    spectrum
}

/// A Raman spectrum of bands at these places, of these heights.
fn raman(name: &str, bands: &[(f64, f64)], noise: f64, random: &mut ChaCha8Rng) -> Spectrum {
    let axis: Vec<f64> = (0..1100).map(|i| 250.0 + 1.5 * f64::from(i)).collect();
    let height = |x: f64| -> f64 {
        let of_band = |(at, height): &(f64, f64)| height / (1.0 + ((x - at) / 8.0).powi(2));
        bands.iter().map(of_band).sum()
    };
    let y = axis.iter().map(|x| height(*x) + noise * normal(random));
    let y = y.collect();
    let mut spectrum = Spectrum::new(Technique::Raman, Shape::Profile, Axis::Explicit(axis), y);
    spectrum.x_unit = XUnit::RamanShift;
    spectrum.y_unit = YUnit::Counts;
    name.clone_into(&mut spectrum.identity.name);
    spectrum
}

fn library(spectra: impl IntoIterator<Item = Spectrum>) -> Library {
    let mut builder = Builder::new(Info::default());
    for spectrum in spectra {
        builder.add(spectrum, ReferenceKind::FullSpectrum);
    }
    builder.build(&|| {}).0
}

fn asked(library: &Library, query: &Spectrum, top: usize) -> (Ranking, Verdict) {
    let options = Options {
        top,
        ..Options::default()
    };
    let searcher = Searcher::new(library, options);
    let ranking = searcher.search(query).unwrap();
    let verdict = decide(&ranking, &assess_quality(query), library, &register());
    (ranking, verdict)
}

fn names(library: &Library, ranking: &Ranking) -> Vec<String> {
    let name = |entry: usize| library.entry(entry).unwrap().identity.name;
    ranking.hits.iter().map(|hit| name(hit.entry)).collect()
}

fn set(library: &Library, (ranking, verdict): &(Ranking, Verdict)) -> Vec<String> {
    let all = names(library, ranking);
    verdict.set.iter().map(|at| all[*at].clone()).collect()
}

/// Candidates and verdict whatever is shown.
fn is_the_same_however_many_are_shown(library: &Library, query: &Spectrum) {
    let told = |top: usize| {
        let (ranking, verdict) = asked(library, query, top);
        let scores: Vec<(usize, f64)> = ranking.hits.iter().map(|h| (h.entry, h.score)).collect();
        (scores, verdict)
    };
    let usual = told(10);
    assert_eq!(told(1), usual);
    assert_eq!(told(1000), usual);
}

/// Two look-alikes, a query between them that is nearer to the second, and 150 replicates of that.
#[test]
fn replicates_of_a_look_alike_push_no_ei_spectrum_out() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let first = ions(&mut random);
    let second: Ions = scattered(&first, 0.15, &mut random);
    let between = first
        .iter()
        .zip(&second)
        .map(|((mz, a), (_, b))| (*mz, 0.4 * a + 0.6 * b));
    let query = ei("", &between.collect());
    let mut plain = vec![ei("first", &first), ei("second", &second)];
    plain.extend((0..118).map(|i| ei(&format!("other {i}"), &ions(&mut random))));
    let mut more = plain.clone();
    more.extend((0..REPLICATES).map(|_| ei("second", &scattered(&second, 0.02, &mut random))));

    let mut few = library(plain);
    calibrate(&mut few, &register(), &|| {}).unwrap();
    let mut many = library(more);
    let rule = few.group(Family::EiMs).unwrap().calibration.clone();
    assert!(rule.is_some());
    many.set_calibration(Family::EiMs, rule);

    let (without, with) = (asked(&few, &query, 10), asked(&many, &query, 10));
    assert_eq!(without.1.level, VerdictLevel::Identified);
    let mut expected = set(&few, &without);
    expected.sort();
    assert_eq!(expected, ["first", "second"]);
    let mut found = set(&many, &with);
    found.sort();
    assert_eq!((with.1.level, found), (without.1.level, expected));
    assert_eq!(with.0.hits.len(), without.0.hits.len());
    is_the_same_however_many_are_shown(&many, &query);
}

#[test]
fn replicates_of_a_look_alike_push_no_curve_out() {
    let mut random = ChaCha8Rng::seed_from_u64(12);
    let mut bands = || -> Vec<(f64, f64)> {
        let band = |_| {
            (
                random.random_range(300.0..1800.0),
                random.random_range(0.1..1.0),
            )
        };
        (0..9).map(band).collect()
    };
    let first = bands();
    let changed = |by: f64| -> Vec<(f64, f64)> {
        let bands = first.iter().enumerate();
        bands
            .map(|(i, (at, y))| (*at, if i == 0 { y + by } else { *y }))
            .collect()
    };
    let others: Vec<_> = (0..118).map(|_| bands()).collect();
    let mut random = ChaCha8Rng::seed_from_u64(13);
    let (second, between) = (changed(0.3), changed(0.2));
    let query = raman("", &between, 0.002, &mut random);
    let mut plain = vec![
        raman("first", &first, 0.001, &mut random),
        raman("second", &second, 0.001, &mut random),
    ];
    let others = others.iter().enumerate();
    plain.extend(others.map(|(i, b)| raman(&format!("other {i}"), b, 0.001, &mut random)));
    let mut more = plain.clone();
    more.extend((0..REPLICATES).map(|_| raman("second", &second, 0.001, &mut random)));

    let (few, many) = (library(plain), library(more));
    let leading = |library: &Library| -> Vec<(String, bool)> {
        let ranking = asked(library, &query, 10).0;
        let refined = ranking.hits.iter().map(|hit| {
            let mut scores = hit.scores.iter();
            scores.any(|(name, _)| *name == "refined")
        });
        names(library, &ranking)
            .into_iter()
            .zip(refined)
            .take(40)
            .collect()
    };
    let found = leading(&many);
    assert_eq!(found[0].0, "second");
    assert_eq!(found[1], ("first".to_owned(), true));
    // What chance gives, and so the order of the unlike, depends on all references.
    assert_eq!(found[..2], leading(&few)[..2]);
    is_the_same_however_many_are_shown(&many, &query);
}

/// A made MS/MS spectrum of a substance: its fragments as a contributor measures them.
fn msms(
    name: &str,
    mz: f64,
    fragments: &[(f64, f64)],
    by: &str,
    random: &mut ChaCha8Rng,
) -> Spectrum {
    let measured: Vec<(f64, f64)> = fragments
        .iter()
        .map(|(mz, height)| (*mz, height * (0.7 * normal(random)).exp()))
        .filter(|(_, height)| *height > 0.03)
        .collect();
    let (x, y) = measured.into_iter().unzip();
    let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, Axis::Explicit(x), y);
    name.clone_into(&mut spectrum.identity.name);
    spectrum.provenance.origin = Some(by.to_owned());
    spectrum.precursor = Some(Precursor {
        mz: Some(mz),
        adduct: Some("[M+H]+".to_owned()),
        positive: Some(true),
        ..Precursor::default()
    });
    spectrum
}

/// Substances of which a third share their mass with others, and their fragments; the others are alone with theirs.
struct Made {
    name: String,
    mz: f64,
    fragments: Vec<(f64, f64)>,
}

fn made(count: usize, random: &mut ChaCha8Rng) -> Vec<Made> {
    let masses = count / 12;
    let pools: Vec<Vec<f64>> = (0..masses)
        .map(|_| (0..12).map(|_| random.random_range(50.0..190.0)).collect())
        .collect();
    let one = |i: usize| {
        let (mz, pool) = match i % 3 {
            0 => (200.0 + (i % masses) as f64, pools[i % masses].clone()),
            _ => {
                let own = (0..12).map(|_| random.random_range(50.0..190.0));
                (300.0 + 0.1 * i as f64, own.collect())
            }
        };
        let mut fragments: Vec<(f64, f64)> = pool
            .into_iter()
            .map(|mz| (mz, random.random_range(0.0..1.0)))
            .filter(|(_, height)| *height > 0.3)
            .collect();
        fragments.sort_by(|a, b| a.0.total_cmp(&b.0));
        let name = format!("made {i}");
        Made {
            name,
            mz,
            fragments,
        }
    };
    (0..count)
        .map(one)
        .filter(|m| m.fragments.len() > 3)
        .collect()
}

/// Half of the substances are left out of a library, which learns its rule from the rest. What it states of absent
/// substances must be what those left out give, of those for which anything could be named.
#[test]
fn the_stated_rate_of_absent_msms_substances_is_the_measured_one() {
    let mut random = ChaCha8Rng::seed_from_u64(14);
    let (mut named, mut found, mut without) = (0, 0, 0);
    let mut stated: Vec<Rate> = Vec::new();
    for _ in 0..3 {
        let all = made(1440, &mut random);
        let held = || all.iter().enumerate().filter(|(i, _)| (i / 3) % 2 == 0);
        let mut spectra = Vec::new();
        for (_, one) in held() {
            for by in ["North", "South"] {
                spectra.push(msms(&one.name, one.mz, &one.fragments, by, &mut random));
            }
        }
        let mut library = library(spectra);
        calibrate(&mut library, &register(), &|| {}).unwrap();
        let rule = library.group(Family::MsMs).unwrap().calibration.clone();
        stated.push(rule.expect("enough references").false_positive);
        for (_, one) in all.iter().enumerate().filter(|(i, _)| (i / 3) % 2 == 1) {
            let query = msms("", one.mz, &one.fragments, "East", &mut random);
            let (ranking, verdict) = asked(&library, &query, 10);
            match ranking.hits.is_empty() {
                true => without += 1,
                false => found += 1,
            }
            named += usize::from(verdict.level == VerdictLevel::Identified);
        }
    }
    assert!(without > found, "most have no candidate: {without} {found}");
    let measured = Rate::wilson(named, found, "");
    for rate in &stated {
        assert!(rate.basis.contains("another candidate found"), "{rate:?}");
        assert!(
            rate.low <= measured.high && measured.low <= rate.high,
            "{rate:?} {measured:?}"
        );
    }
    let estimates = stated.iter().map(|rate| rate.estimate);
    let mean = estimates.sum::<f64>() / stated.len() as f64;
    assert!(
        (measured.low..=measured.high).contains(&mean),
        "{mean} {measured:?}"
    );
}
