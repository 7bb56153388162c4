//! Searches a library of plain arrays on request, for a script that times other programs on the same
//! data in turn (`scripts/compare-peers`).
//!
//! usage: peers curves FOLDER; then on standard input a line `METHOD QUERY` for each search;
//! or: peers library FOLDER FILE, which makes a library file of the references as Raman spectra from
//! 600 cm-1 on, one a wavenumber.
//! FOLDER holds `shape.json` ({"points", "tolerance"}), `library.f32` and `queries.f32`, row by row.
//! Each answer is a line of JSON: milliseconds, row numbers and scores of the ten best, and what was
//! looked at. Methods: `read` (the library once), `cascade`, `direct` (all references by plain sums),
//! `transform` (all references by FFT), `batch1`, `batch2` (all queries on one or two threads).

#![allow(missing_docs)]

use rayon::ThreadPool;
use rayon::prelude::*;
use serde_json::{Value, json};
use specid::correlate::cascade::{Cascade, Found, References, Search};
use specid::correlate::{Centring, Engine, Query, Settings};
use specid::library::{Builder, Info, ReferenceKind, storage};
use specid::prepare::Signal;
use specid::spectrum::{Axis, Shape, Spectrum, Technique};
use specid::units::{XUnit, YUnit};
use std::hint::black_box;
use std::io::{BufRead, Read, Write};
use std::path::Path;
use std::time::Instant;

const TOP: usize = 10;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["curves", folder, ..] => Curves::read(Path::new(folder)).serve(),
        ["library", folder, file, ..] => make_library(Path::new(folder), Path::new(file)),
        // `cargo bench -- --test`: that the program starts is all that can be tried without data.
        _ => println!("peers: needs a folder of data; see scripts/compare-peers"),
    }
}

fn shape(folder: &Path) -> impl Fn(&str) -> usize {
    let shape = std::fs::read(folder.join("shape.json")).expect("shape.json");
    let shape: Value = serde_json::from_slice(&shape).expect("JSON");
    move |name| shape[name].as_u64().expect("a number") as usize
}

fn make_library(folder: &Path, file: &Path) {
    let points = shape(folder)("points");
    let mut builder = Builder::new(Info {
        name: "made-up Raman spectra".to_owned(),
        ..Info::default()
    });
    for (row, values) in numbers(&folder.join("library.f32"))
        .chunks_exact(points)
        .enumerate()
    {
        let axis = Axis::Even {
            first: 600.0,
            last: 599.0 + points as f64,
            points,
        };
        let values = values.iter().map(|v| f64::from(*v)).collect();
        let mut spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, values);
        spectrum.x_unit = XUnit::RamanShift;
        spectrum.y_unit = YUnit::Counts;
        spectrum.title = format!("made-up {row}");
        spectrum.identity.name.clone_from(&spectrum.title);
        spectrum.provenance.id = Some(format!("m{row}"));
        builder.add(spectrum, ReferenceKind::FullSpectrum);
    }
    let began = Instant::now();
    let (library, _) = builder.build(&|| {});
    let built = began.elapsed().as_secs_f64();
    storage::write(&library, file).expect("a library file");
    println!(
        "{}",
        json!({"entries": library.len(), "prepared_and_bounded_seconds": built,
                          "resident_bytes": resident()})
    );
}

fn numbers(path: &Path) -> Vec<f32> {
    let mut file = std::fs::File::open(path).expect("a data file");
    let bytes = file.metadata().expect("its size").len() as usize;
    let mut values = vec![0.0f32; bytes / 4];
    file.read_exact(bytemuck::cast_slice_mut(&mut values))
        .expect("whole numbers");
    values
}

struct Curves {
    values: Vec<f32>,
    start: Vec<u32>,
    end: Vec<u32>,
    points: usize,
    engine: Engine,
    queries: Vec<Query>,
    cascade: Cascade<'static>,
    pools: [ThreadPool; 2],
}

impl Curves {
    fn read(folder: &Path) -> Self {
        let number = shape(folder);
        let points = number("points");
        let mut engine = Engine::new(Settings {
            points,
            tolerance: number("tolerance"),
            background: number("tolerance") + 50,
            min_overlap: 100,
            centring: Centring::Mean,
        });
        let values = numbers(&folder.join("library.f32"));
        let queries = numbers(&folder.join("queries.f32"));
        let queries = queries.chunks_exact(points).map(|row| {
            engine.query(&Signal {
                start: 0,
                values: row.iter().map(|v| f64::from(*v)).collect(),
            })
        });
        let queries = queries.collect();
        let rows = values.len() / points;
        let (start, end) = (vec![0; rows], vec![points as u32; rows]);
        let references = References {
            values: &values,
            points,
            start: &start,
            end: &end,
        };
        let began = Instant::now();
        let cascade = Cascade::build(references);
        let built = began.elapsed().as_secs_f64();
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        println!(
            "{}",
            json!({"rows": rows, "build_seconds": built, "index_bytes": cascade.bytes(),
                   "coefficients": cascade.shape, "resident_bytes": resident()})
        );
        Self {
            values,
            start,
            end,
            points,
            engine,
            queries,
            cascade,
            pools: [1, 2].map(|n| pool(n).expect("threads")),
        }
    }

    fn references(&self) -> References<'_> {
        References {
            values: &self.values,
            points: self.points,
            start: &self.start,
            end: &self.end,
        }
    }

    fn search(&self, query: usize, bounded: bool) -> Found {
        let search = Search {
            engine: &self.engine,
            query: &self.queries[query],
            references: self.references(),
            cascade: bounded.then_some(&self.cascade),
        };
        search.best(TOP)
    }

    fn by_transform(&self, query: usize) -> Vec<(usize, f64)> {
        let references = self.references();
        let mut engine = self.engine.clone();
        let mut all: Vec<(usize, f64)> = (0..references.rows())
            .filter_map(|row| {
                let range = references.range(row);
                let c = engine.correlate(&self.queries[query], references.row(row), range)?;
                Some((row, c.score))
            })
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(TOP);
        all
    }

    fn answer(&self, method: &str, query: usize) -> Value {
        let began = Instant::now();
        let ms = |began: Instant| began.elapsed().as_secs_f64() * 1e3;
        let batch = |threads: usize| {
            self.pools[threads - 1].install(|| {
                let all = (0..self.queries.len()).into_par_iter();
                all.map(|q| self.search(q, true).best.len()).sum::<usize>()
            })
        };
        match method {
            "read" => {
                black_box(sum(&self.values));
                json!({"ms": ms(began)})
            }
            "batch1" | "batch2" => {
                black_box(batch(if method == "batch1" { 1 } else { 2 }));
                json!({"ms": ms(began), "queries": self.queries.len()})
            }
            "transform" => {
                let found = self.by_transform(query);
                let ms = ms(began);
                let (rows, scores): (Vec<_>, Vec<_>) = found.into_iter().unzip();
                json!({"ms": ms, "rows": rows, "scores": scores})
            }
            _ => {
                let found = self.pools[0].install(|| self.search(query, method == "cascade"));
                let ms = ms(began);
                let rows: Vec<usize> = found.best.iter().map(|b| b.0).collect();
                let scores: Vec<f64> = found.best.iter().map(|b| b.1.score).collect();
                let e = found.examined;
                json!({"ms": ms, "rows": rows, "scores": scores,
                       "left": e.first, "scored": e.scored, "exact": e.exact})
            }
        }
    }

    fn serve(&self) {
        for line in std::io::stdin().lock().lines() {
            let line = line.expect("a line");
            let mut words = line.split_whitespace();
            let (Some(method), Some(query)) = (words.next(), words.next()) else {
                continue;
            };
            println!(
                "{}",
                self.answer(method, query.parse().expect("a query number"))
            );
            std::io::stdout().flush().expect("an open pipe");
        }
    }
}

/// Touches every value once, in as many sums as hide the latency of adding.
fn sum(values: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 64];
    for chunk in values.chunks_exact(64) {
        lanes.iter_mut().zip(chunk).for_each(|(l, v)| *l += v);
    }
    lanes.iter().sum()
}

/// Memory of this process, bytes; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
