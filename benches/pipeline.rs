//! Reading, preparing, correlating and identifying, on made-up data of realistic size.

#![allow(missing_docs)]

mod random;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use random::Random;
use specid::correlate::Engine;
use specid::library::{Builder, Info, Library, ReferenceKind};
use specid::prepare::{Family, Recipe, prepare};
use specid::read::{Input, Limits, read_input};
use specid::search::{Options, Searcher};
use specid::spectrum::{Axis, Shape, Spectrum, Technique};
use specid::units::{XUnit, YUnit};
use std::fmt::Write;
use std::hint::black_box;

fn raman(random: &mut Random) -> Spectrum {
    let bands: Vec<(f64, f64, f64)> = (0..25)
        .map(|_| {
            (
                200.0 + 3000.0 * random.next(),
                random.next(),
                3.0 + 8.0 * random.next(),
            )
        })
        .collect();
    let axis = Axis::Even {
        first: 150.0,
        last: 3350.0,
        points: 2000,
    };
    let y = axis
        .iter()
        .map(|x| {
            let sum: f64 = bands
                .iter()
                .map(|(c, h, w)| h / (1.0 + ((x - c) / w).powi(2)))
                .sum();
            sum + x / 4000.0 + 0.01 * random.next()
        })
        .collect();
    let mut spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, y);
    spectrum.x_unit = XUnit::RamanShift;
    spectrum.y_unit = YUnit::Counts;
    spectrum.title = format!("made-up {}", random.next());
    spectrum
}

fn mass(random: &mut Random) -> Spectrum {
    let mut mz: Vec<f64> = (0..80)
        .map(|_| (40.0 + 300.0 * random.next()).floor())
        .collect();
    mz.sort_by(f64::total_cmp);
    mz.dedup();
    let y = mz.iter().map(|_| 1000.0 * random.next().powi(3)).collect();
    let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(mz), y);
    spectrum.x_unit = XUnit::MassToCharge;
    spectrum.y_unit = YUnit::Abundance;
    spectrum.title = format!("made-up {}", random.next());
    spectrum
}

fn library(make: impl Fn(&mut Random) -> Spectrum, entries: usize) -> Library {
    let mut builder = Builder::new(Info::default());
    let mut random = Random(1);
    for _ in 0..entries {
        builder.add(make(&mut random), ReferenceKind::FullSpectrum);
    }
    builder.build(&|| {}).0
}

fn reading(c: &mut Criterion) {
    let mut random = Random(2);
    let mut jcamp = String::from(
        "##TITLE= a\n##JCAMP-DX= 4.24\n##DATA TYPE= RAMAN SPECTRUM\n##XUNITS= 1/CM\n##YUNITS= COUNTS\n##FIRSTX= 100\n##LASTX= 3299\n##NPOINTS= 3200\n##XYDATA= (X++(Y..Y))\n",
    );
    for line in 0..400 {
        let _ = write!(jcamp, "{}", 100 + 8 * line);
        for _ in 0..8 {
            let _ = write!(jcamp, " {}", (5000.0 * random.next()) as u32);
        }
        jcamp.push('\n');
    }
    jcamp.push_str("##END=\n");
    let mut msp = String::new();
    for _ in 0..200 {
        specid_msp(&mass(&mut random), &mut msp);
    }
    for (name, text) in [("a.jdx", jcamp), ("a.msp", msp)] {
        let input = Input::new(name, text.into_bytes());
        c.bench_function(&format!("read {name}"), |b| {
            b.iter(|| read_input(black_box(&input), &Limits::default()).map(|r| r.1.spectra.len()));
        });
    }
}

fn specid_msp(spectrum: &Spectrum, text: &mut String) {
    let mut bytes = Vec::new();
    if specid::write::msp::write(spectrum, &mut bytes).is_ok() {
        text.push_str(&String::from_utf8_lossy(&bytes));
    }
}

fn preparing(c: &mut Criterion) {
    let mut random = Random(3);
    for (family, spectrum) in [
        (Family::Raman, raman(&mut random)),
        (Family::EiMs, mass(&mut random)),
    ] {
        let recipe = Recipe::standard(family);
        c.bench_function(&format!("prepare {}", family.id()), |b| {
            b.iter(|| prepare(black_box(&spectrum), &recipe).map(|p| p.signal.start));
        });
    }
}

fn correlating(c: &mut Criterion) {
    let mut random = Random(4);
    let recipe = Recipe::standard(Family::Raman);
    let (Ok(a), Ok(b)) = (
        prepare(&raman(&mut random), &recipe),
        prepare(&raman(&mut random), &recipe),
    ) else {
        return;
    };
    let mut engine = Engine::new(Options::default().settings(&recipe));
    let query = engine.query(&a.signal);
    let row = b.signal.on_grid(recipe.grid.points);
    let range = b.signal.start..b.signal.end();
    c.bench_function("correlate one Raman pair", |bench| {
        bench.iter_batched(
            || range.clone(),
            |range| {
                engine
                    .correlate(&query, black_box(&row), range)
                    .map(|c| c.score)
            },
            BatchSize::SmallInput,
        );
    });
}

fn identifying(c: &mut Criterion) {
    let mut random = Random(5);
    let raman_library = library(raman, 500);
    let mass_library = library(mass, 2000);
    for (name, library, query) in [
        (
            "identify Raman among 500",
            &raman_library,
            raman(&mut random),
        ),
        ("identify EI among 2000", &mass_library, mass(&mut random)),
    ] {
        let searcher = Searcher::new(library, Options::default());
        c.bench_function(name, |b| {
            b.iter(|| {
                searcher
                    .search(black_box(&query))
                    .map(|r| r.hits.len())
                    .unwrap_or(0)
            });
        });
    }
}

criterion_group!(benches, reading, preparing, correlating, identifying);
criterion_main!(benches);
