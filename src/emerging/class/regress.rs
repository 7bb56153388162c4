//! How much of a spectrum's neighbourhood belongs to each class.

use super::profile::Profile;
use super::teaching::Teaching;
use super::witness::Witness;

/// References that take part: the most alike ones.
const NEIGHBOURS: usize = 150;
/// Variance of what a reference says beside its likeness to others (ridge).
const RIDGE: f64 = 0.05;

/// What the neighbourhood of a spectrum says, and what it and the analogues say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// Share of each class, 1 where the spectrum is one of its members'; may lie a little outside 0 to 1.
    pub classes: Vec<f64>,
    /// Share of references of no class.
    pub none: f64,
    /// Part of the spectrum that the neighbourhood explains, 0 to 1.
    pub explained: f64,
    /// Similarity of the first analogue; `None` where analogues did not speak.
    pub analogue: Option<f64>,
    /// Neighbours, the most alike first, with their likeness.
    pub nearest: Vec<(usize, f32)>,
}

impl Shares {
    /// The mean of both witnesses' shares; the neighbourhood's alone where there are no analogues.
    pub fn and(mut self, witness: Option<&Witness>) -> Self {
        let Some(witness) = witness else {
            return self;
        };
        let mean = |one: &mut f64, other: f64| *one = 0.5 * (*one + other);
        let classes = self.classes.iter_mut().zip(&witness.classes);
        classes.for_each(|(one, other)| mean(one, *other));
        mean(&mut self.none, witness.none);
        self.analogue = Some(witness.similarity);
        self
    }
}

/// The shares of a spectrum among the references without the rows that `skip` names.
///
/// Each of the nearest references is given a weight so that the weighted references are as alike to every one
/// of them as the spectrum is: `(K + ridge I) w = k`, where `K` holds the likenesses of the references to each
/// other and `k` those to the spectrum (kernel ridge regression; Saunders, Gammerman and Vovk 1998). A
/// class's share is the sum of its members' weights: many members that all say the same share one vote.
pub fn shares(
    teaching: &Teaching,
    classes: usize,
    profile: &Profile,
    skip: &dyn Fn(usize) -> bool,
) -> Shares {
    let likeness = teaching.likenesses(profile);
    let mut rows: Vec<usize> = (0..teaching.len()).filter(|row| !skip(*row)).collect();
    let nearer = |a: &usize, b: &usize| likeness[*b].total_cmp(&likeness[*a]).then(a.cmp(b));
    if rows.len() > NEIGHBOURS {
        rows.select_nth_unstable_by(NEIGHBOURS - 1, nearer);
        rows.truncate(NEIGHBOURS);
    }
    rows.sort_unstable_by(nearer);
    let n = rows.len();
    let mut matrix = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..i {
            matrix[i * n + j] = f64::from(teaching.between(rows[i], rows[j], profile.start));
        }
        matrix[i * n + i] = 1.0 + RIDGE;
    }
    let asked: Vec<f64> = rows.iter().map(|row| f64::from(likeness[*row])).collect();
    let weights = solve(&mut matrix, &asked);
    let mut shares = Shares {
        classes: vec![0.0; classes],
        none: 0.0,
        explained: asked.iter().zip(&weights).map(|(k, w)| k * w).sum(),
        analogue: None,
        nearest: rows.iter().map(|row| (*row, likeness[*row])).collect(),
    };
    for (row, weight) in rows.iter().zip(&weights) {
        let own = &teaching.classes[*row];
        own.iter()
            .for_each(|class| shares.classes[*class] += weight);
        if own.is_empty() {
            shares.none += weight;
        }
    }
    shares
}

/// Solves `A x = b` for a symmetric positive matrix, given row by row by its lower half, by Cholesky.
fn solve(a: &mut [f64], b: &[f64]) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let (above, row) = a.split_at_mut(i * n);
        for j in 0..i {
            let other = &above[j * n..=j * n + j];
            let known: f64 = row[..j].iter().zip(other).map(|(x, y)| x * y).sum();
            row[j] = (row[j] - known) / other[j];
        }
        let known: f64 = row[..i].iter().map(|x| x * x).sum();
        // Rounding could leave nothing of a row that equals another, but for the ridge.
        row[i] = (row[i] - known).max(1e-12).sqrt();
    }
    let mut x = b.to_vec();
    for i in 0..n {
        let known: f64 = a[i * n..i * n + i].iter().zip(&x).map(|(l, v)| l * v).sum();
        x[i] = (x[i] - known) / a[i * n + i];
    }
    for i in (0..n).rev() {
        x[i] /= a[i * n + i];
        let (value, before) = (x[i], &mut x[..i]);
        let row = &a[i * n..i * n + i];
        before
            .iter_mut()
            .zip(row)
            .for_each(|(v, l)| *v -= l * value);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::super::teaching::{Lesson, tests::spectrum};
    use super::*;

    #[test]
    fn equations_by_hand() {
        // 4x + 2y = 10, 2x + 3y = 11: x = 1, y = 3.
        let x = solve(&mut [4.0, 0.0, 2.0, 3.0], &[10.0, 11.0]);
        assert!((x[0] - 1.0).abs() < 1e-12 && (x[1] - 3.0).abs() < 1e-12);
    }

    #[test]
    fn equal_references_share_one_vote() {
        let a = spectrum(&[(58, 1.0), (91, 0.1)]);
        let far = spectrum(&[(200, 1.0), (231, 0.5)]);
        let lesson = |profile: &Profile, substance, classes: &[usize]| Lesson {
            profile: profile.clone(),
            substance,
            classes: classes.to_vec(),
        };
        let teaching = Teaching::of([
            lesson(&a, 0, &[0]),
            lesson(&a, 1, &[0]),
            lesson(&a, 2, &[]),
            lesson(&far, 3, &[1]),
        ]);
        let shares = shares(&teaching, 2, &a, &|_| false);
        // Three equal references: each has 1 / (3 + ridge) but for the little of the far one.
        assert!((shares.classes[0] - 2.0 / 3.05).abs() < 0.01);
        assert!((shares.none - 1.0 / 3.05).abs() < 0.01);
        assert!(shares.classes[1].abs() < 0.02);
        assert!((shares.explained - 3.0 / 3.05).abs() < 0.01);
        assert_eq!(shares.nearest[0].0, 0);
        let without = super::shares(&teaching, 2, &a, &|row| row == 2);
        assert_eq!((without.none, without.nearest.len()), (0.0, 3));
    }

    #[test]
    fn both_witnesses_count_alike() {
        let shares = Shares {
            classes: vec![0.9, 0.1],
            none: 0.2,
            explained: 0.7,
            analogue: None,
            nearest: vec![],
        };
        let witness = Witness {
            classes: vec![0.0, 0.6],
            none: 0.4,
            similarity: 0.95,
        };
        assert_eq!(shares.clone().and(None), shares);
        let both = shares.and(Some(&witness));
        assert!((both.classes[0] - 0.45).abs() < 1e-12);
        assert!((both.classes[1] - 0.35).abs() < 1e-12);
        assert!((both.none - 0.3).abs() < 1e-12);
        assert_eq!((both.explained, both.analogue), (0.7, Some(0.95)));
    }
}
