//! MS/MS peak lists, as the program searches them (with and without the precursor's mass), and by
//! comparing all.

use super::data::{Lists, resident, rows};
use super::{Peer, TOP, batch, first, found, pools};
use rayon::ThreadPool;
use serde_json::{Value, json};
use specid::correlate::score::entropy::{Peak, similarity_of_peaks, weighted_peaks};
use specid::library::Library;
use specid::search::{MassTolerance, Options, Searcher};
use specid::spectrum::{Spectrum, Technique};
use std::path::Path;
use std::time::Instant;

/// Largest difference of the m/z of two peaks, or of two precursors, that are the same.
const TOLERANCE: f64 = 0.02;

pub(super) struct Fragments {
    /// Kept for as long as the process lives.
    near: Searcher<'static>,
    any: Searcher<'static>,
    rows: Vec<usize>,
    /// With their precursor, and without.
    spectra: [Vec<Spectrum>; 2],
    lists: Vec<Vec<Peak>>,
    queries: Vec<Vec<Peak>>,
    pools: [ThreadPool; 2],
}

impl Fragments {
    pub fn read(folder: &Path) -> Self {
        let (library, asked) = (
            Lists::read(folder, "library"),
            Lists::read(folder, "queries"),
        );
        let weighted = |lists: &Lists| -> Vec<Vec<Peak>> {
            let rows = 0..lists.len();
            rows.map(|row| weighted_peaks(&lists.peaks(row), 0.01, TOLERANCE))
                .collect()
        };
        let began = Instant::now();
        let built: &'static Library = Box::leak(Box::new(library.library(Technique::MsMs)));
        let seconds = began.elapsed().as_secs_f64();
        let searcher = |match_precursor| {
            let options = Options {
                match_precursor,
                precursor_tolerance: Some(MassTolerance::Da(TOLERANCE)),
                ..Options::default()
            };
            Searcher::new(built, options)
        };
        let of = Self {
            near: searcher(true),
            any: searcher(false),
            rows: rows(built),
            spectra: [true, false].map(|precursor| {
                let all = 0..asked.len();
                all.map(|query| asked.spectrum(query, Technique::MsMs, precursor))
                    .collect()
            }),
            lists: weighted(&library),
            queries: weighted(&asked),
            pools: pools(),
        };
        // The index is made when so many searches have shown that it pays.
        for query in 0..20 {
            of.searched(&of.near, true, query % asked.len());
            of.searched(&of.any, false, query % asked.len());
        }
        println!(
            "{}",
            json!({"rows": library.len(), "build_seconds": seconds, "resident_bytes": resident()})
        );
        of
    }

    fn searched(&self, by: &Searcher<'_>, precursor: bool, query: usize) -> Vec<(usize, f64)> {
        let spectra = &self.spectra[usize::from(!precursor)];
        let hits = by.rank(&spectra[query]).expect("a ranking").hits;
        let listed = hits.iter().take(TOP);
        listed.map(|h| (self.rows[h.entry], h.score)).collect()
    }

    fn by_all(&self, query: usize) -> Vec<(usize, f64)> {
        let query = &self.queries[query];
        let score = |list: &Vec<Peak>| similarity_of_peaks(query, list, TOLERANCE);
        let all = self.lists.iter().map(score).enumerate();
        first(all.filter(|(_, score)| *score > 0.0).collect())
    }
}

impl Peer for Fragments {
    fn answer(&self, method: &str, query: usize) -> Value {
        let began = Instant::now();
        let one = &self.pools[0];
        match method {
            "any" => found(
                began,
                one.install(|| self.searched(&self.any, false, query)),
            ),
            "near" => found(
                began,
                one.install(|| self.searched(&self.near, true, query)),
            ),
            "batch1" | "batch2" => batch(&self.pools, method, (query, self.queries.len()), |q| {
                self.searched(&self.any, false, q).len()
            }),
            _ => found(began, one.install(|| self.by_all(query))),
        }
    }
}
