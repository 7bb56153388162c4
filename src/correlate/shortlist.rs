//! The best rows of the best substances: however many references one substance has, it takes one place.

use std::collections::HashMap;

/// Which rows are wanted: by falling score (of equals the earlier row), up to the first row of the
/// last of so many substances, and of each substance not more than so many.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Substances.
    pub substances: usize,
    /// Rows of each of them, at most.
    pub each: usize,
    /// The substance of a row.
    pub of: &'a (dyn Fn(usize) -> u32 + Sync),
}

impl<'a> Wanted<'a> {
    /// So many rows, each of a substance of its own.
    pub fn rows(count: usize) -> Wanted<'static> {
        Wanted {
            substances: count,
            each: 1,
            of: &|row| row as u32,
        }
    }

    /// The best row of each of so many substances.
    pub(super) fn first(self, substances: usize) -> Wanted<'a> {
        Wanted {
            substances,
            each: 1,
            of: self.of,
        }
    }

    /// Leaves of rows by falling score those that are wanted.
    pub fn cut<T>(&self, rows: &mut Vec<(usize, T)>) {
        let mut held: HashMap<u32, usize> = HashMap::new();
        let mut full = self.substances == 0;
        rows.retain(|(row, _)| {
            if full {
                return false;
            }
            let own = held.entry((self.of)(*row)).or_default();
            *own += 1;
            let kept = *own <= self.each;
            full = held.len() == self.substances;
            kept
        });
    }
}

/// The wanted ones of the rows seen so far.
pub(super) struct Shortlist<'a> {
    wanted: Wanted<'a>,
    /// Best row of each substance, best first.
    first: Vec<Scored>,
    rows: HashMap<u32, Vec<Scored>>,
}

#[derive(Clone, Copy)]
struct Scored {
    row: usize,
    score: f64,
}

impl Scored {
    fn is_before(&self, other: &Self) -> bool {
        let order = self.score.total_cmp(&other.score);
        order.then(other.row.cmp(&self.row)).is_gt()
    }
}

impl<'a> Shortlist<'a> {
    pub fn new(wanted: Wanted<'a>) -> Self {
        Self {
            wanted,
            first: Vec::with_capacity(wanted.substances.saturating_add(1).min(4096)),
            rows: HashMap::new(),
        }
    }

    /// The best row of the last substance, once there are as many as are wanted.
    fn last(&self) -> Option<Scored> {
        let at = self.wanted.substances.checked_sub(1)?;
        self.first.get(at).copied()
    }

    /// The score below which no row is wanted any more; `None` while there are too few substances.
    pub fn least(&self) -> Option<f64> {
        self.last().map(|last| last.score)
    }

    /// Takes a row that was not given before.
    pub fn add(&mut self, row: usize, score: f64) {
        let new = Scored { row, score };
        let behind = |last: Scored| !new.is_before(&last);
        if self.wanted.substances == 0 || self.last().is_some_and(behind) {
            return;
        }
        let substance = (self.wanted.of)(row);
        let own = self.rows.entry(substance).or_default();
        let place = own.partition_point(|held| held.is_before(&new));
        let before = own.first().copied();
        own.insert(place, new);
        own.truncate(self.wanted.each.max(1));
        if place > 0 {
            return;
        }
        if let Some(before) = before {
            self.first.retain(|held| held.row != before.row);
        }
        let place = self.first.partition_point(|held| held.is_before(&new));
        self.first.insert(place, new);
        if self.first.len() > self.wanted.substances
            && let Some(gone) = self.first.pop()
        {
            self.rows.remove(&(self.wanted.of)(gone.row));
        }
    }

    /// The wanted rows and their scores, best first.
    pub fn into_rows(self) -> Vec<(usize, f64)> {
        let last = self.last();
        let beyond = |held: &Scored| last.is_some_and(|last| last.is_before(held));
        let mut rows: Vec<Scored> = self.rows.into_values().flatten().collect();
        rows.retain(|held| !beyond(held));
        rows.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
        rows.into_iter()
            .map(|held| (held.row, held.score))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn replicates_take_one_place() {
        // Rows 0 to 4 are of substance 0, row 5 of 1, row 6 of 2.
        let of = |row: usize| row.saturating_sub(4) as u32;
        let wanted = Wanted {
            substances: 2,
            each: 2,
            of: &of,
        };
        let scores = [0.9, 0.95, 0.93, 0.91, 0.1, 0.5, 0.4];
        let mut list = Shortlist::new(wanted);
        for (row, score) in scores.into_iter().enumerate() {
            list.add(row, score);
        }
        assert_eq!(list.least(), Some(0.5));
        assert_eq!(list.into_rows(), [(1, 0.95), (2, 0.93), (5, 0.5)]);
    }

    proptest! {
        #[test]
        fn rows_in_any_order_give_what_sorting_all_gives(
            rows in prop::collection::vec((0_u32..12, 0_u8..9), 0..80),
            substances in 0_usize..9, each in 1_usize..4,
        ) {
            let of = |row: usize| rows[row].0;
            let wanted = Wanted { substances, each, of: &of };
            let mut list = Shortlist::new(wanted);
            for (row, (_, score)) in rows.iter().enumerate() {
                list.add(row, f64::from(*score));
            }
            let scored = rows.iter().map(|(_, score)| f64::from(*score));
            let mut all: Vec<(usize, f64)> = scored.enumerate().collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            wanted.cut(&mut all);
            let least = list.least();
            prop_assert_eq!(list.into_rows(), all.clone());
            let held: std::collections::HashSet<u32> = all.iter().map(|(row, _)| of(*row)).collect();
            prop_assert_eq!(least.is_some(), substances > 0 && held.len() == substances);
        }
    }
}

/// A library of substances for tests of the first stages, some with many rows, and what is wanted of it by its definition.
#[cfg(test)]
pub(super) mod made {
    use super::Wanted;
    use std::collections::HashSet;

    const OF: &(dyn Fn(usize) -> u32 + Sync) = &|row| match row % 4 {
        0 => 0,
        _ => row as u32 / 3,
    };
    const EACH: usize = 2;

    pub fn wanted(substances: usize) -> Wanted<'static> {
        Wanted {
            substances,
            each: EACH,
            of: OF,
        }
    }

    /// The wanted ones of these, best first, whose rows `row` gives.
    pub fn plainly<T>(sorted: Vec<T>, substances: usize, row: impl Fn(&T) -> usize) -> Vec<T> {
        let mut seen: Vec<u32> = Vec::new();
        let mut wanted = Vec::new();
        for one in sorted {
            if seen.iter().collect::<HashSet<_>>().len() == substances {
                break;
            }
            let of = OF(row(&one));
            let own = seen.iter().filter(|other| **other == of).count();
            seen.push(of);
            if own < EACH {
                wanted.push(one);
            }
        }
        wanted
    }
}
