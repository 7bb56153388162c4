//! Rows by falling bound, without sorting them all.

use super::bounds::value;
use std::cmp::Reverse;

/// Rows that share the maximum by which they are found.
const CHUNK: usize = 64;
/// Chunks whose maxima the first batch reaches down to, and how many times as many each batch does.
const FIRST: usize = 16;
const FURTHER: usize = 4;

/// Rows and their bounds, by falling bound, then by row; made a batch at a time as they are asked
/// for, since few are.
#[derive(Debug)]
pub struct Falling<'a> {
    sums: &'a [u16],
    /// Largest sum of each chunk of rows.
    most: Vec<u16>,
    /// The same in any order.
    ranked: Vec<u16>,
    /// Number of chunks that the next batch reaches down to.
    reach: usize,
    /// Largest sum that the next batch may hold.
    top: u16,
    /// Sums and rows to be given, the next one last.
    batch: Vec<(u16, u32)>,
}

impl<'a> Falling<'a> {
    pub(super) fn new(sums: &'a [u16]) -> Self {
        let most: Vec<u16> = sums.chunks(CHUNK).map(largest).collect();
        Self {
            sums,
            ranked: most.clone(),
            most,
            reach: FIRST,
            top: u16::MAX,
            batch: Vec::new(),
        }
    }

    /// The least sum of the next batch, at least 1 and at most the largest allowed.
    fn least(&mut self) -> u16 {
        let least = match self.reach < self.ranked.len() {
            true => {
                *self
                    .ranked
                    .select_nth_unstable_by_key(self.reach, |most| Reverse(*most))
                    .1
            }
            false => 0,
        };
        self.reach = self.reach.saturating_mul(FURTHER);
        least.clamp(1, self.top)
    }

    fn fetch(&mut self) {
        let least = self.least();
        let chunks = self.sums.chunks(CHUNK).zip(&self.most).enumerate();
        for (chunk, (sums, _)) in chunks.filter(|(_, (_, most))| **most >= least) {
            let rows = ((chunk * CHUNK) as u32..).zip(sums);
            let wanted = rows.filter(|(_, sum)| (least..=self.top).contains(*sum));
            self.batch.extend(wanted.map(|(row, sum)| (*sum, row)));
        }
        self.batch
            .sort_unstable_by_key(|(sum, row)| (*sum, Reverse(*row)));
        self.top = least - 1;
    }
}

impl Iterator for Falling<'_> {
    type Item = (usize, f64);

    fn next(&mut self) -> Option<Self::Item> {
        while self.batch.is_empty() && self.top > 0 {
            self.fetch();
        }
        let (sum, row) = self.batch.pop()?;
        Some((row as usize, value(sum)))
    }
}

pub(super) fn largest(sums: &[u16]) -> u16 {
    sums.iter().fold(0, |most, sum| most.max(*sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn batches_are_in_the_order_of_a_full_sort(
            few in vec(any::<u16>(), 1..200), at in vec(any::<prop::sample::Index>(), 0..9000),
        ) {
            let sums: Vec<u16> = at.iter().map(|at| *at.get(&few)).collect();
            let mut all: Vec<(u16, usize)> = sums.iter().copied().zip(0..).collect();
            all.retain(|(sum, _)| *sum > 0);
            all.sort_by_key(|(sum, row)| (Reverse(*sum), *row));
            let all: Vec<usize> = all.into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(Falling::new(&sums).map(|(row, _)| row).collect::<Vec<_>>(), all);
        }
    }
}
