//! Ions of a query and a reference, one to one, where a change of mass moves some of them.
//!
//! An ion of the reference at m/z `m` may be the query's ion at `m` (it does not carry the change) or at
//! `m + change` (it does), and no ion is used twice. Ions that compete form chains `m`, `m + change`, `m + 2
//! change`...: edges of a path of which no two that touch are taken. The best such choice is found exactly,
//! from one end of the path to the other.

/// An ion of a reference: m/z and weight.
pub type Ion = (u16, f32);

/// One ion of the reference and the ion of the query that it is taken for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// m/z in the reference.
    pub reference: u16,
    /// m/z in the query.
    pub query: u16,
    /// Product of their weights.
    pub product: f32,
}

/// Best sums of a path so far: with and without its last edge.
#[derive(Debug, Clone, Copy, Default)]
struct Path {
    with: f32,
    without: f32,
}

impl Path {
    fn best(self) -> f32 {
        self.with.max(self.without)
    }

    fn then(self, edge: f32) -> Self {
        Self {
            with: self.without + edge,
            without: self.best(),
        }
    }
}

/// Work space of [`Pairing::best`].
#[derive(Debug, Clone, Default)]
pub struct Pairing {
    /// The path that ends at an m/z of the query; `None` where there is none.
    ends: Vec<Option<Path>>,
}

impl Pairing {
    /// Work space for m/z below `points`.
    pub fn new(points: usize) -> Self {
        Self {
            ends: vec![None; points],
        }
    }

    /// Largest sum of products of paired ions. `query` holds weights by m/z; `ions` ascend.
    pub fn best(&mut self, query: &[f32], ions: &[Ion], change: i32) -> f32 {
        let at = |mz: i32| {
            let place = usize::try_from(mz).ok();
            place.and_then(|p| query.get(p)).copied().unwrap_or(0.0)
        };
        if change == 0 {
            return ions.iter().map(|(mz, w)| at(i32::from(*mz)) * w).sum();
        }
        let mut total = 0.0;
        let mut step = |(mz, weight): &Ion| {
            let mz = i32::from(*mz);
            let begun = self.take(mz).unwrap_or_default();
            let path = begun.then(at(mz) * weight).then(at(mz + change) * weight);
            match self.slot(mz + change) {
                Some(slot) => *slot = Some(path),
                None => total += path.best(),
            }
        };
        match change > 0 {
            true => ions.iter().for_each(&mut step),
            false => ions.iter().rev().for_each(&mut step),
        }
        // What no further ion continued.
        for (mz, _) in ions {
            let end = self.take(i32::from(*mz) + change);
            total += end.map_or(0.0, Path::best);
        }
        total
    }

    fn slot(&mut self, mz: i32) -> Option<&mut Option<Path>> {
        self.ends.get_mut(usize::try_from(mz).ok()?)
    }

    fn take(&mut self, mz: i32) -> Option<Path> {
        self.slot(mz)?.take()
    }
}

/// The pairs of [`Pairing::best`], largest product first.
pub fn pairs(query: &[f32], ions: &[Ion], change: i32) -> Vec<Paired> {
    let weight = |mz: i32| {
        let place = usize::try_from(mz).ok();
        place.and_then(|p| query.get(p)).copied().unwrap_or(0.0)
    };
    let pair = |(mz, w): &Ion, change: i32| {
        let to = i32::from(*mz) + change;
        Paired {
            reference: *mz,
            query: u16::try_from(to).unwrap_or(0),
            product: weight(to) * w,
        }
    };
    let mut found: Vec<Paired> = Vec::new();
    let mut left: Vec<Ion> = ions.to_vec();
    if change < 0 {
        left.reverse();
    }
    if change == 0 {
        found.extend(left.drain(..).map(|ion| pair(&ion, 0)));
    }
    while !left.is_empty() {
        // The ions of one path, in its order.
        let mut path: Vec<Ion> = Vec::new();
        let mut next = i32::from(left[0].0);
        left.retain(|ion| {
            let belongs = i32::from(ion.0) == next;
            if belongs {
                path.push(*ion);
                next += change;
            }
            !belongs
        });
        let edges: Vec<Paired> = path
            .iter()
            .flat_map(|ion| [pair(ion, 0), pair(ion, change)])
            .collect();
        found.extend(apart(&edges));
    }
    found.retain(|p| p.product > 0.0);
    found.sort_by(|a, b| b.product.total_cmp(&a.product).then(a.query.cmp(&b.query)));
    found
}

/// The edges of largest sum of which no two are neighbours.
fn apart(edges: &[Paired]) -> Vec<Paired> {
    let mut sums = vec![Path::default()];
    for edge in edges {
        let last = sums[sums.len() - 1];
        sums.push(last.then(edge.product));
    }
    let mut taken = Vec::new();
    let mut place = edges.len();
    while place > 0 {
        let path = sums[place];
        if path.with > path.without {
            taken.push(edges[place - 1]);
            place -= 1;
        }
        place = place.saturating_sub(1);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spectrum(ions: &[(usize, f32)]) -> Vec<f32> {
        let mut values = vec![0.0; 64];
        ions.iter().for_each(|(mz, w)| values[*mz] = *w);
        values
    }

    #[test]
    fn a_chain_by_hand() {
        // Query 20: 5, 30: 1, 40: 4; reference 20: 1, 30: 2; change 10.
        // 20 stays (5) or moves (1); 30 stays (2) or moves (8). Both best at once: 5 + 8.
        let query = spectrum(&[(20, 5.0), (30, 1.0), (40, 4.0)]);
        let ions = [(20, 1.0), (30, 2.0)];
        assert_eq!(Pairing::new(64).best(&query, &ions, 10), 13.0);
        let found = pairs(&query, &ions, 10);
        assert_eq!(
            found
                .iter()
                .map(|p| (p.reference, p.query))
                .collect::<Vec<_>>(),
            [(30, 40), (20, 20)]
        );
    }

    #[test]
    fn one_ion_of_the_query_is_used_once() {
        // 30 alone is in the query: the reference's 20 (moved) or its 30 (unmoved), not both.
        let query = spectrum(&[(30, 1.0)]);
        let ions = [(20, 3.0), (30, 2.0)];
        assert_eq!(Pairing::new(64).best(&query, &ions, 10), 3.0);
        assert_eq!(pairs(&query, &ions, 10).len(), 1);
    }

    /// All choices, tried one by one.
    fn by_trial(query: &[f32], ions: &[Ion], change: i32, used: u64) -> f32 {
        let Some(((mz, weight), rest)) = ions.split_first() else {
            return 0.0;
        };
        let mut best = by_trial(query, rest, change, used);
        for to in [i32::from(*mz), i32::from(*mz) + change] {
            if (0..64).contains(&to) && used & (1 << to) == 0 {
                let sum = query[to as usize] * weight;
                best = best.max(sum + by_trial(query, rest, change, used | 1 << to));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_choice_is_better(
            query in proptest::collection::vec(0_u8..9, 64),
            ions in proptest::collection::btree_map(0_u16..64, 1_u8..9, 0..9),
            change in -9_i32..10,
        ) {
            let query: Vec<f32> = query.iter().map(|v| f32::from(*v)).collect();
            let ions: Vec<Ion> = ions.iter().map(|(mz, w)| (*mz, f32::from(*w))).collect();
            let best = Pairing::new(64).best(&query, &ions, change);
            prop_assert_eq!(best, by_trial(&query, &ions, change, 0));
            let found = pairs(&query, &ions, change);
            prop_assert_eq!(best, found.iter().map(|p| p.product).sum::<f32>());
            let mut used: Vec<u16> = found.iter().map(|p| p.query).collect();
            used.sort_unstable();
            used.dedup();
            prop_assert_eq!(used.len(), found.len());
        }
    }
}
