//! Mixtures of real EI spectra of other laboratories, put together in silico, against SWGDRUG: through
//! the public face. Skips, saying so, where the shared data are absent.

mod common;

use common::shared_data;
use proptest::prelude::*;
use specid::library::{Builder, Info, Library, ReferenceKind};
use specid::mixture::ions::Ions;
use specid::mixture::{Component, Mixture, MixtureOptions, Unseen};
use specid::prepare::Family;
use specid::read::{Input, Limits, read_input};
use specid::spectrum::{Axis, Identity, Shape, Spectrum, Technique, nominal_mass};
use specid::units::{XUnit, YUnit};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

fn spectra(path: &Path) -> Vec<Spectrum> {
    let bytes = std::fs::read(path).unwrap();
    let input = Input::new("spectra.msp", bytes);
    let reading = read_input(&input, &Limits::default()).unwrap().1;
    reading.spectra.into_iter().map(Result::unwrap).collect()
}

fn library(spectra: impl IntoIterator<Item = Spectrum>) -> Library {
    let mut builder = Builder::new(Info::default());
    for spectrum in spectra {
        builder.add(spectrum, ReferenceKind::FullSpectrum);
    }
    builder.build(&|| {}).0
}

fn sticks(mz: Vec<f64>, y: Vec<f64>) -> Spectrum {
    let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(mz), y);
    spectrum.x_unit = XUnit::MassToCharge;
    spectrum.y_unit = YUnit::Abundance;
    spectrum
}

/// Skeleton and nominal mass: what EI could tell apart at best.
fn key(identity: &Identity) -> (String, usize) {
    let mass = identity.formula.as_deref().and_then(nominal_mass);
    let skeleton = identity.skeleton().unwrap_or(&identity.name);
    (skeleton.to_owned(), mass.unwrap_or(0))
}

/// A small generator, so that the mixtures are the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1_u64 << 31) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as f64) as usize).min(n - 1)
    }
}

fn unit_mass(spectrum: &Spectrum) -> BTreeMap<usize, f64> {
    let mut bins = BTreeMap::new();
    for (mz, y) in spectrum.points() {
        if y > 0.0 && mz > 1.0 {
            *bins.entry((mz + 0.38) as usize).or_insert(0.0) += y;
        }
    }
    bins
}

/// Parts of the summed signal from the latest scan's start on, a slow gain over m/z, a threshold and
/// three noise ions; and what each part is of the result.
fn mixed(parts: &[(&Spectrum, f64)], chance: &mut Chance) -> (Spectrum, Vec<f64>) {
    let bins: Vec<BTreeMap<usize, f64>> = parts.iter().map(|(s, _)| unit_mass(s)).collect();
    let start = bins
        .iter()
        .filter_map(|b| b.keys().next())
        .max()
        .map_or(50, |mz| *mz)
        .min(50);
    let slope = 0.6 * (chance.next() - 0.5);
    let gain = |mz: usize| (slope * (mz as f64 - 150.0) / 100.0).exp();
    let mut sum: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (k, (bins, (_, share))) in bins.iter().zip(parts).enumerate() {
        let total: f64 = bins.range(start..).map(|(_, v)| v).sum();
        for (mz, v) in bins.range(start..) {
            sum.entry(*mz).or_insert_with(|| vec![0.0; parts.len()])[k] +=
                share * v / total * gain(*mz);
        }
    }
    let height = |v: &Vec<f64>| v.iter().sum::<f64>();
    let base = sum.values().map(height).fold(0.0, f64::max);
    let threshold = base * 10f64.powf(-3.0 + 1.2 * chance.next());
    sum.retain(|_, v| height(v) >= threshold);
    let mut ions: BTreeMap<usize, f64> = sum.iter().map(|(mz, v)| (*mz, height(v))).collect();
    for _ in 0..3 {
        *ions.entry(start + chance.below(250)).or_insert(0.0) += threshold * (1.0 + chance.next());
    }
    let total: f64 = ions.values().sum();
    let shares = (0..parts.len()).map(|k| sum.values().map(|v| v[k]).sum::<f64>() / total);
    let shares = shares.collect();
    let (mz, y) = ions.into_iter().map(|(mz, v)| (mz as f64, v)).unzip();
    (sticks(mz, y), shares)
}

struct Truth {
    named: Vec<(String, usize)>,
    components: Vec<Component>,
}

impl Truth {
    fn of(mixture: Mixture, library: &Library) -> Vec<Self> {
        let names = |component: &Component| {
            let entries =
                std::iter::once(component.hit.entry).chain(component.look_alikes.iter().copied());
            entries
                .map(|e| key(&library.entry(e).unwrap().identity))
                .collect()
        };
        mixture
            .components
            .into_iter()
            .map(|component| Self {
                named: names(&component),
                components: vec![component],
            })
            .collect()
    }
}

#[test]
fn components_of_real_mixtures_are_found_and_few_are_wrong() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("ei-ms");
    let library = library(spectra(&folder.join("swgdrug-3.9.msp")));
    let group = library.group(Family::EiMs).unwrap();
    let ions = Ions::of(&library, group).unwrap();
    let mut by_substance: BTreeMap<(String, usize), Vec<Spectrum>> = BTreeMap::new();
    for file in ["queries-replicates.msp", "queries-cross-lab.msp"] {
        for spectrum in spectra(&folder.join(file)) {
            by_substance
                .entry(key(&spectrum.identity))
                .or_default()
                .push(spectrum);
        }
    }
    let pool: Vec<(&(String, usize), &Vec<Spectrum>)> = by_substance.iter().collect();
    let options = MixtureOptions::default();
    let mut chance = Chance(20_261_127);
    let (mut named, mut wrong, mut large, mut found, mut alike) = (0, 0, 0, 0, 0);
    let (mut inside, mut right) = (0, 0);
    for round in 0..40 {
        let count = 2 + round % 2;
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < count {
            let at = chance.below(pool.len());
            if !chosen.contains(&at) {
                chosen.push(at);
            }
        }
        let weights: Vec<f64> = (0..count).map(|_| 0.2 + chance.next()).collect();
        let sum: f64 = weights.iter().sum();
        let parts: Vec<(&Spectrum, f64)> = (chosen.iter().zip(&weights))
            .map(|(at, w)| (&pool[*at].1[chance.below(pool[*at].1.len())], w / sum))
            .collect();
        let (spectrum, shares) = mixed(&parts, &mut chance);
        let mixture = ions.components(&spectrum, &options).unwrap();
        let total: f64 = mixture.components.iter().map(|c| c.share).sum();
        assert!(total + mixture.residual.share < 1.0 + 1e-9);
        let mut left: Vec<usize> = (0..count).collect();
        for component in Truth::of(mixture, &library) {
            named += 1;
            alike += component.named.len() - 1;
            match left
                .iter()
                .position(|k| component.named.contains(pool[chosen[*k]].0))
            {
                Some(at) => {
                    let k = left.remove(at);
                    let of = &component.components[0];
                    right += 1;
                    inside += usize::from((of.low..=of.high).contains(&shares[k]));
                }
                None => wrong += 1,
            }
        }
        large += shares.iter().filter(|s| **s >= 0.2).count();
        found += (0..count)
            .filter(|k| shares[*k] >= 0.2 && !left.contains(k))
            .count();
    }
    println!(
        "{named} named, {wrong} wrong; {found} of {large} of at least 20 % found; {inside} of {right} shares inside; {alike} look-alikes"
    );
    assert!(named >= 40, "{named}");
    assert!(wrong * 16 <= named, "{wrong} of {named} are wrong");
    assert!(found * 10 >= large * 6, "{found} of {large}");
    assert!(alike <= 3 * named, "{alike} look-alikes of {named}");
    assert!(inside * 10 >= right * 8, "{inside} of {right}");
}

/// Four made-up substances with ions of their own.
fn made() -> &'static Library {
    static MADE: OnceLock<Library> = OnceLock::new();
    MADE.get_or_init(|| {
        let of = |name: &str, seed: u64| {
            let mut chance = Chance(seed);
            let mz: Vec<usize> = (0..12).map(|i| 45 + 17 * i + chance.below(16)).collect();
            let y = mz.iter().map(|_| 5.0 + 95.0 * chance.next()).collect();
            let mut spectrum = sticks(mz.into_iter().map(|m| m as f64).collect(), y);
            spectrum.title = name.to_owned();
            spectrum.identity.name = name.to_owned();
            spectrum
        };
        library((0..4).map(|i| of(["alpha", "beta", "gamma", "delta"][i], 7 + i as u64)))
    })
}

fn name(component: &Component) -> String {
    made().entry(component.hit.entry).unwrap().identity.name
}

#[test]
fn a_known_substance_is_named_and_the_rest_is_looked_for() {
    let library = made();
    let group = library.group(Family::EiMs).unwrap();
    let ions = Ions::of(library, group).unwrap();
    let (a, b) = (library.spectrum(0).unwrap(), library.spectrum(2).unwrap());
    let (spectrum, _) = mixed(&[(&a, 0.6), (&b, 0.4)], &mut Chance(3));
    let known = |name: &str| Identity {
        name: name.to_owned(),
        ..Identity::default()
    };
    let options = MixtureOptions {
        known: vec![known("Gamma"), known("not there")],
        ..MixtureOptions::default()
    };
    let mixture = ions.components(&spectrum, &options).unwrap();
    let gamma = mixture
        .components
        .iter()
        .find(|c| name(c) == "gamma")
        .unwrap();
    assert!(
        gamma.known && gamma.low <= 0.4 && 0.4 <= gamma.high,
        "{gamma:?}"
    );
    let unseen: Vec<String> = mixture.unseen.iter().map(Unseen::sentence).collect();
    assert_eq!(
        unseen,
        [
            "The library has no reference of this technique of \"not there\", which is said to be in the sample, so it was not looked for."
        ]
    );
    assert!(mixture.components.iter().filter(|c| c.known).count() == 1);
}

#[test]
fn what_is_said_to_be_in_it_and_is_not_takes_no_place() {
    let library = made();
    let group = library.group(Family::EiMs).unwrap();
    let ions = Ions::of(library, group).unwrap();
    let (a, b) = (library.spectrum(0).unwrap(), library.spectrum(2).unwrap());
    let (spectrum, _) = mixed(&[(&a, 0.6), (&b, 0.4)], &mut Chance(3));
    let options = |known: &[&str]| MixtureOptions {
        max_components: 2,
        known: (known.iter())
            .map(|name| Identity {
                name: (*name).to_owned(),
                ..Identity::default()
            })
            .collect(),
        ..MixtureOptions::default()
    };
    let named =
        |mixture: &Mixture| -> Vec<String> { mixture.components.iter().map(name).collect() };
    let alone = ions.components(&spectrum, &options(&[])).unwrap();
    assert_eq!(named(&alone), ["alpha", "gamma"]);
    let wrong = ions
        .components(&spectrum, &options(&["beta", "delta"]))
        .unwrap();
    assert_eq!(named(&wrong), ["alpha", "gamma"]);
    assert!(wrong.components.iter().all(|c| !c.known));
    let unseen: Vec<(&str, bool)> = (wrong.unseen.iter())
        .map(|u| (u.name.as_str(), u.in_library))
        .collect();
    assert_eq!(unseen, [("beta", true), ("delta", true)]);
    // What is there and known is marked beside what is not there.
    let both = ions
        .components(&spectrum, &options(&["beta", "gamma"]))
        .unwrap();
    let known: Vec<bool> = both.components.iter().map(|c| c.known).collect();
    assert_eq!(
        (named(&both), known),
        (
            vec!["alpha".to_owned(), "gamma".to_owned()],
            vec![false, true]
        )
    );
}

#[test]
fn one_ion_that_stands_out_is_told() {
    let library = made();
    let group = library.group(Family::EiMs).unwrap();
    let ions = Ions::of(library, group).unwrap();
    let alpha = library.spectrum(0).unwrap();
    let (mut mz, mut y): (Vec<f64>, Vec<f64>) = alpha.points().unzip();
    let total: f64 = y.iter().sum();
    mz.push(300.0);
    y.push(total * 2.0 / 3.0);
    let mixture = ions
        .components(&sticks(mz, y), &MixtureOptions::default())
        .unwrap();
    assert!(!mixture.residual.structured);
    let outstanding = mixture.residual.outstanding.unwrap();
    // Two thirds of alpha's signal is 40 % of all.
    assert_eq!((outstanding.count, outstanding.ions[0].mz), (1, 300.0));
    assert!((outstanding.ions[0].share - 0.4).abs() < 1e-9);
}

fn odd() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(f64::MAX),
        Just(0.0),
        -1e3..1e3f64,
        0.0..2e3f64,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the ions: no panic, and what is said adds up.
    #[test]
    fn any_ions_give_a_mixture_or_an_error(
        ions in prop::collection::vec((odd(), odd()), 0..40),
        most in 0usize..6,
    ) {
        let library = made();
        let group = library.group(Family::EiMs).unwrap();
        let (mz, y) = ions.into_iter().unzip();
        let options = MixtureOptions { max_components: most, ..MixtureOptions::default() };
        let ions = Ions::of(library, group).unwrap();
        let found = ions.components(&sticks(mz, y), &options);
        if let Ok(mixture) = found {
            prop_assert!(mixture.components.len() <= most.max(1));
            for c in &mixture.components {
                prop_assert!(0.0 <= c.low && c.low <= c.share && c.share <= c.high && c.high <= 1.0);
            }
            prop_assert!((0.0..=1.0).contains(&mixture.residual.share));
        }
    }
}
