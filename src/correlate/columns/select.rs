//! The first of many rows: by bound, and by score.

use super::LINE;

/// The rows with the highest bounds, found in one pass.
pub(super) struct First {
    k: usize,
    least: u16,
    kept: Vec<(u16, usize)>,
}

impl First {
    pub fn new(k: usize) -> Self {
        Self {
            k,
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
            if self.kept.len() > 4 * self.k + LINE {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.k == 0 || self.kept.len() <= self.k {
            return;
        }
        self.kept
            .select_nth_unstable_by(self.k - 1, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        self.kept.truncate(self.k);
        // A later row with the same bound comes after those kept.
        self.least = self.kept[self.k - 1].0.saturating_add(1);
    }

    pub fn rows(mut self) -> Vec<usize> {
        self.cut();
        self.kept.into_iter().map(|(_, at)| at).collect()
    }
}

/// The best scores so far.
pub(super) struct Found {
    k: usize,
    pub rows: Vec<(usize, f64)>,
}

impl Found {
    pub fn new(k: usize) -> Self {
        Self {
            k,
            rows: Vec::with_capacity(k + 1),
        }
    }

    pub fn add(&mut self, at: usize, score: Option<f64>) {
        let Some(score) = score else { return };
        let before = |a: &(usize, f64)| a.1.total_cmp(&score).then(at.cmp(&a.0)).is_gt();
        let place = self.rows.partition_point(before);
        if place < self.k {
            self.rows.insert(place, (at, score));
            self.rows.truncate(self.k);
        }
    }

    /// The lowest score of the result, once it has all its rows.
    pub fn threshold(&self) -> Option<f64> {
        self.rows.get(self.k.checked_sub(1)?).map(|(_, s)| *s)
    }
}
