//! Average linkage: which of many spectra belong together, by the mean strain between groups.

/// Strain of two that are never of one group.
const NEVER: f32 = 1e6;

/// Strains of all pairs.
pub struct Strains {
    count: usize,
    /// Below the diagonal, row by row.
    values: Vec<f32>,
}

impl Strains {
    /// For this many, none of which may be together yet.
    pub fn new(count: usize) -> Self {
        Self {
            count,
            values: vec![NEVER; count * count.saturating_sub(1) / 2],
        }
    }

    fn place(one: usize, other: usize) -> usize {
        let (low, high) = (one.min(other), one.max(other));
        high * high.saturating_sub(1) / 2 + low
    }

    /// Sets the strain of two.
    pub fn set(&mut self, one: usize, other: usize, strain: f64) {
        if let Some(value) = self.values.get_mut(Self::place(one, other)) {
            // What is no number is never together.
            *value = (strain as f32).min(NEVER);
        }
    }

    fn get(&self, one: usize, other: usize) -> f32 {
        match one == other {
            true => 0.0,
            false => self
                .values
                .get(Self::place(one, other))
                .copied()
                .unwrap_or(NEVER),
        }
    }

    /// The group of each, counted from 0 in the order of their first members. Two groups are joined, the
    /// most alike first, for as long as the mean strain between their members is at most 1.
    pub fn groups(mut self) -> Vec<usize> {
        let mut sizes = vec![1_usize; self.count];
        let mut heads: Vec<usize> = (0..self.count).collect();
        let mut open: Vec<usize> = (0..self.count).collect();
        let mut chain: Vec<usize> = Vec::new();
        // Nearest neighbours are followed until two are each other's: these are joined. A group whose
        // nearest is too far stays as it is, since means over joined groups are never nearer.
        while let Some(top) = chain.last().or(open.first()).copied() {
            if chain.is_empty() {
                chain.push(top);
            }
            let before = chain
                .len()
                .checked_sub(2)
                .and_then(|i| chain.get(i))
                .copied();
            let Some((nearest, strain)) = self.nearest(top, before, &open) else {
                open.retain(|g| *g != top);
                chain.pop();
                continue;
            };
            if strain > 1.0 {
                open.retain(|g| *g != top);
                chain.pop();
            } else if before == Some(nearest) {
                chain.truncate(chain.len().saturating_sub(2));
                let (kept, gone) = (top.min(nearest), top.max(nearest));
                self.join(kept, gone, &mut sizes, &open);
                open.retain(|g| *g != gone);
                if let Some(head) = heads.get_mut(gone) {
                    *head = kept;
                }
            } else {
                chain.push(nearest);
            }
        }
        numbered(&heads)
    }

    /// The nearest of the open groups; of equals the one before in the chain, else the first.
    fn nearest(&self, of: usize, before: Option<usize>, open: &[usize]) -> Option<(usize, f32)> {
        let mut best: Option<(usize, f32)> = before.map(|b| (b, self.get(of, b)));
        for other in open.iter().copied().filter(|o| *o != of) {
            let strain = self.get(of, other);
            if best.is_none_or(|(_, least)| strain < least) {
                best = Some((other, strain));
            }
        }
        best
    }

    fn join(&mut self, kept: usize, gone: usize, sizes: &mut [usize], open: &[usize]) {
        let size = |sizes: &[usize], group: usize| sizes.get(group).copied().unwrap_or(1) as f32;
        let (a, b) = (size(sizes, kept), size(sizes, gone));
        for other in open.iter().copied() {
            if other != kept && other != gone {
                let mean = (a * self.get(kept, other) + b * self.get(gone, other)) / (a + b);
                self.set(kept, other, f64::from(mean));
            }
        }
        if let Some(size) = sizes.get_mut(kept) {
            *size = (a + b) as usize;
        }
    }
}

/// Groups counted in the order of their first members; each group's head is its first member.
fn numbered(heads: &[usize]) -> Vec<usize> {
    let mut numbers: Vec<usize> = Vec::with_capacity(heads.len());
    let mut next = 0;
    for (item, head) in heads.iter().enumerate() {
        // A head lies before what was joined to it, so its number is known.
        let number = match *head == item {
            true => {
                next += 1;
                next - 1
            }
            false => numbers.get(*head).copied().unwrap_or(0),
        };
        numbers.push(number);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strains(count: usize, of: impl Fn(usize, usize) -> f64) -> Strains {
        let mut strains = Strains::new(count);
        for i in 0..count {
            for j in 0..i {
                strains.set(i, j, of(i, j));
            }
        }
        strains
    }

    /// The definition: the two nearest groups are joined while their mean strain is at most 1.
    fn plainly(count: usize, of: impl Fn(usize, usize) -> f64) -> Vec<usize> {
        let mut groups: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
        loop {
            let mut best = (f64::INFINITY, 0, 0);
            for i in 0..groups.len() {
                for j in 0..i {
                    let pairs = groups[i]
                        .iter()
                        .flat_map(|a| groups[j].iter().map(|b| of(*a, *b)));
                    let mean = pairs.sum::<f64>() / (groups[i].len() * groups[j].len()) as f64;
                    if mean < best.0 {
                        best = (mean, i, j);
                    }
                }
            }
            if best.0 > 1.0 {
                break;
            }
            let joined = groups.remove(best.1);
            groups[best.2].extend(joined);
        }
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.sort();
        let mut of_item = vec![0; count];
        for (number, group) in groups.iter().enumerate() {
            group.iter().for_each(|item| of_item[*item] = number);
        }
        of_item
    }

    #[test]
    fn two_groups_and_one_alone() {
        let places = [0.0, 5.0, 0.2, 5.3, 9.0];
        let found = strains(5, |i, j| f64::abs(places[i] - places[j])).groups();
        assert_eq!(found, [0, 1, 0, 1, 2]);
        assert_eq!(Strains::new(0).groups(), [0_usize; 0]);
        assert_eq!(Strains::new(2).groups(), [0, 1]);
        assert_eq!(strains(2, |_, _| f64::NAN).groups(), [0, 1]);
    }

    proptest! {
        #[test]
        fn it_is_average_linkage(places in prop::collection::vec((0.0..6.0_f64, 0.0..6.0_f64), 1..14)) {
            let apart = |i: usize, j: usize| {
                let (a, b): ((f64, f64), (f64, f64)) = (places[i], places[j]);
                (a.0 - b.0).hypot(a.1 - b.1)
            };
            prop_assert_eq!(strains(places.len(), apart).groups(), plainly(places.len(), apart));
        }
    }
}
