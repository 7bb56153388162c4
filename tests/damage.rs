//! Real instrument files, cut and damaged: every reader answers, quickly, whatever is left.
//!
//! The corpus is not part of the repository; where it is absent this test skips, saying so.

use rayon::prelude::*;
use specid::read::{Input, Limits, read_input};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Cuts stand 64 bytes apart, or further so that one file costs at most this many bytes of reading;
/// all of them where `SPECID_EVERY_CUT` is set, which takes long.
const BYTES_PER_FILE: usize = 24 << 20;
/// Damaged copies of each file, at most.
const DAMAGED: usize = 48;
/// The machine may be busy: this is a bound on hangs, not a figure of speed.
const SLOWEST: Duration = Duration::from_secs(20);

fn files() -> Vec<PathBuf> {
    let shared = std::env::var_os("SPECID_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    let mut folders = vec![
        shared.join("data/formats/corpus"),
        shared.join("data/formats/hostile"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => found.push(path),
            }
        }
    }
    found.sort();
    found
}

/// Steps of Marsaglia's xorshift, from a fixed seed: the same damage in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize
    }
}

fn read(path: &Path, bytes: &[u8]) {
    let started = Instant::now();
    let input = Input::new(path.to_string_lossy(), bytes.to_vec());
    let limits = Limits {
        points: 1 << 20,
        spectra: 100_000,
        ..Limits::default()
    };
    if let Err(error) = read_input(&input, &limits) {
        let sentence = error.to_string();
        assert!(!sentence.is_empty() && sentence.len() < 2000, "{sentence}");
    }
    let taken = started.elapsed();
    assert!(taken < SLOWEST, "{}: {taken:?}", path.display());
}

#[test]
fn every_cut_and_every_damaged_byte_gives_an_answer() {
    let files = files();
    if files.is_empty() {
        eprintln!("skipped: no corpus of instrument files");
        return;
    }
    files.par_iter().for_each(|path| {
        let whole = fs::read(path).unwrap();
        let affordable = BYTES_PER_FILE / whole.len().max(1);
        let every = std::env::var_os("SPECID_EVERY_CUT").is_some();
        let few = if every { usize::MAX } else { 2 * affordable };
        let cuts = (whole.len() / 64).min(few).max(4);
        for cut in 0..cuts {
            read(path, &whole[..whole.len() * cut / cuts]);
        }
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for _ in 0..DAMAGED.min(affordable.max(2)) {
            let mut bytes = whole.clone();
            for _ in 0..1 + random.next() % 8 {
                if let Some(last) = bytes.len().checked_sub(1) {
                    let at = random.next() % (last + 1);
                    bytes[at] ^= 1 << (random.next() % 8);
                    // Lengths and offsets stand near the front.
                    let front = random.next() % (last + 1).min(600);
                    bytes[front] = random.next() as u8;
                }
            }
            read(path, &bytes);
        }
    });
}
