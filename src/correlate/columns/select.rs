//! The first of many rows by bound.

use super::LINE;
use crate::correlate::Wanted;
use std::collections::HashSet;

/// The row with the highest bound of each of the wanted substances that have the highest, found in one pass.
pub(super) struct First<'a> {
    wanted: Wanted<'a>,
    least: u16,
    kept: Vec<(u16, usize)>,
}

impl<'a> First<'a> {
    pub fn new(wanted: Wanted<'a>) -> Self {
        Self {
            wanted,
            least: 1,
            kept: Vec::new(),
        }
    }

    /// Looks at the bounds of the rows from `first` on.
    pub fn look(&mut self, first: usize, sums: &[u16]) {
        for (line, sums) in sums.chunks(LINE).enumerate() {
            if sums.iter().copied().fold(0, u16::max) < self.least {
                continue;
            }
            for (at, sum) in sums.iter().enumerate() {
                if *sum >= self.least {
                    self.kept.push((*sum, first + LINE * line + at));
                }
            }
            if self.kept.len() > 4 * self.wanted.substances + LINE {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        self.kept
            .sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = HashSet::with_capacity(self.kept.len());
        self.kept
            .retain(|(_, at)| seen.insert((self.wanted.of)(*at)));
        self.kept.truncate(self.wanted.substances);
        if self.kept.len() == self.wanted.substances {
            // A later row with the same bound comes after those kept.
            let last = self.kept.last().map_or(u16::MAX, |(bound, _)| *bound);
            self.least = last.saturating_add(1);
        }
    }

    pub fn rows(mut self) -> Vec<usize> {
        self.cut();
        self.kept.into_iter().map(|(_, at)| at).collect()
    }
}
