//! Which references could be components: most of their peaks are there.

use super::query::Query;
use super::references::{References, coarser};
use rayon::prelude::*;
use std::collections::HashSet;

/// Part of a reference's entropy weights that must be at peaks of the query.
const PRESENT: f64 = 0.4;
/// Of more references than this those are taken of which most is there.
const MANY: usize = 400;
/// Rows looked at by one thread at a time.
const TOGETHER: usize = 512;

/// What came of looking at all rows.
#[derive(Debug, Default)]
pub(super) struct Screened {
    /// Rows that could be components, ascending.
    pub rows: Vec<usize>,
    /// Substances looked at.
    pub substances: usize,
    /// How many of them have a peak at each of the query's.
    pub common: Vec<u32>,
}

/// What of one row is at the query's peaks.
struct Seen {
    row: usize,
    substance: u32,
    /// Entropy weights at the query's peaks, and as a part of all that the query could show.
    present: f64,
    part: f64,
    at: Vec<u32>,
}

/// Looks at these rows; `always` are kept whatever of them is there.
pub(super) fn screen(
    references: &References<'_>,
    query: &Query,
    rows: &[usize],
    always: &HashSet<usize>,
) -> Screened {
    let seen: Vec<Seen> = rows
        .par_iter()
        .with_min_len(TOGETHER)
        .filter_map(|row| look(references, query, *row))
        .collect();
    let mut by_substance: Vec<&Seen> = seen.iter().collect();
    by_substance.sort_by_key(|s| s.substance);
    let mut screened = Screened {
        common: vec![0; query.len()],
        ..Screened::default()
    };
    // Each substance counts once at a peak, however many references it has.
    let mut last = vec![None; query.len()];
    let mut before = None;
    for one in by_substance {
        if before != Some(one.substance) {
            screened.substances += 1;
            before = Some(one.substance);
        }
        for at in &one.at {
            let at = *at as usize;
            if last[at] != before {
                last[at] = before;
                screened.common[at] += 1;
            }
        }
    }
    let mut found: Vec<&Seen> = seen.iter().filter(|s| s.part >= PRESENT).collect();
    found.sort_by(|a, b| b.present.total_cmp(&a.present).then(a.row.cmp(&b.row)));
    found.truncate(MANY);
    screened.rows = found.iter().map(|s| s.row).collect();
    let kept = seen
        .iter()
        .filter(|s| always.contains(&s.row) && !s.at.is_empty());
    screened.rows.extend(kept.map(|s| s.row));
    screened.rows.sort_unstable();
    screened.rows.dedup();
    screened
}

fn look(references: &References<'_>, query: &Query, row: usize) -> Option<Seen> {
    let lists = references.lists;
    let resolution = coarser(lists.resolution(row), query.resolution);
    let (mut present, mut total, mut at) = (0.0, 0.0, Vec::new());
    for (mz, weight) in lists.at(resolution).row(row)? {
        if mz < query.start {
            continue;
        }
        total += weight;
        if let Some(place) = query.place(mz, resolution) {
            present += weight;
            at.push(u32::try_from(place).ok()?);
        }
    }
    let entry = references.entry(row)?;
    Some(Seen {
        row,
        substance: references.library.substance_of(entry)?,
        present,
        part: if total > 0.0 { present / total } else { 0.0 },
        at,
    })
}
