//! Searches a library of plain arrays on request, for a script that times other programs on the same
//! data in turn (`scripts/compare-peers`).
//!
//! usage: peers curves|ions|fragments FOLDER; then on standard input a line `METHOD QUERY` for each search;
//! or: peers library FOLDER FILE, which makes a library file of the references as Raman spectra from
//! 600 cm-1 on, one a wavenumber.
//! FOLDER is made by `scripts/make-bench-library`. Each answer is a line of JSON: milliseconds, and row
//! numbers and scores of the ten best. Methods: `read` (the library once), `batch1`, `batch2` (so
//! many searches as the line names instead of a query, on one or two threads), and those of each kind.

#![allow(missing_docs)]

mod curves;
mod data;
mod fragments;
mod ions;

use data::{numbers, resident, shape};
use rayon::ThreadPool;
use rayon::prelude::*;
use serde_json::{Value, json};
use specid::library::{Builder, Info, ReferenceKind, storage};
use specid::spectrum::{Axis, Shape, Spectrum, Technique};
use specid::units::{XUnit, YUnit};
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

/// References that are listed.
const TOP: usize = 10;

/// A library of one kind and its queries, in memory.
trait Peer {
    /// What a search gives, with the time that it took.
    fn answer(&self, method: &str, query: usize) -> Value;
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["curves", folder, ..] => serve(&curves::Curves::read(Path::new(folder))),
        ["ions", folder, ..] => serve(&ions::Ions::read(Path::new(folder))),
        ["fragments", folder, ..] => serve(&fragments::Fragments::read(Path::new(folder))),
        ["library", folder, file, ..] => make_library(Path::new(folder), Path::new(file)),
        // `cargo bench -- --test`: that the program starts is all that can be tried without data.
        _ => println!("peers: needs a folder of data; see scripts/compare-peers"),
    }
}

fn serve(peer: &dyn Peer) {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let mut words = line.split_whitespace();
        let (Some(method), Some(query)) = (words.next(), words.next()) else {
            continue;
        };
        let query = query.parse().expect("a query number");
        println!("{}", peer.answer(method, query));
        std::io::stdout().flush().expect("an open pipe");
    }
}

/// Pools of one and of two threads.
fn pools() -> [ThreadPool; 2] {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    [1, 2].map(|n| pool(n).expect("threads"))
}

/// So many searches, of all queries in turn, on one thread or on two: `batch1` or `batch2`.
fn batch(
    pools: &[ThreadPool; 2],
    method: &str,
    (searches, queries): (usize, usize),
    search: impl Fn(usize) -> usize + Sync,
) -> Value {
    let began = Instant::now();
    let pool = &pools[usize::from(method == "batch2")];
    let all = || (0..searches).into_par_iter().map(|at| search(at % queries));
    black_box(pool.install(|| all().sum::<usize>()));
    json!({"ms": began.elapsed().as_secs_f64() * 1e3, "queries": searches})
}

/// A time, and rows with their scores.
fn found(began: Instant, best: Vec<(usize, f64)>) -> Value {
    let ms = began.elapsed().as_secs_f64() * 1e3;
    let (rows, scores): (Vec<usize>, Vec<f64>) = best.into_iter().unzip();
    json!({"ms": ms, "rows": rows, "scores": scores})
}

/// The best, the highest score first, of equals the earlier row.
fn first(mut all: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let order = |a: &(usize, f64), b: &(usize, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if all.len() > TOP {
        all.select_nth_unstable_by(TOP - 1, order);
        all.truncate(TOP);
    }
    all.sort_unstable_by(order);
    all
}

fn make_library(folder: &Path, file: &Path) {
    let points = shape(folder)("points");
    let mut builder = Builder::new(Info {
        name: "made-up Raman spectra".to_owned(),
        ..Info::default()
    });
    let values: Vec<f32> = numbers(&folder.join("library.f32"));
    for (row, values) in values.chunks_exact(points).enumerate() {
        let axis = Axis::Even {
            first: 600.0,
            last: 599.0 + points as f64,
            points,
        };
        let values = values.iter().map(|v| f64::from(*v)).collect();
        let mut spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, values);
        spectrum.x_unit = XUnit::RamanShift;
        spectrum.y_unit = YUnit::Counts;
        data::name(&mut spectrum, row);
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
