//! The second witness: to which classes the first analogues of a spectrum belong.

use crate::emerging::analogue::{Analogue, Found};

/// Analogues that are asked, the first ones.
const ASKED: usize = 3;
/// Score that an analogue is behind the first one where it counts 1/e of it.
const SCALE: f64 = 0.03;

/// What the first analogues of a spectrum say.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// Share of each class among them.
    pub classes: Vec<f64>,
    /// Share of references of no class.
    pub none: f64,
    /// Similarity of the first, its ions moved by the change of mass.
    pub similarity: f64,
}

impl Witness {
    /// Of what was found among references of `classes` classes. `known` tells the classes of an entry; `None` for
    /// what does not teach them, whose share is nobody's.
    pub fn of<'a>(
        found: &Found,
        classes: usize,
        known: impl Fn(usize) -> Option<&'a [usize]>,
    ) -> Option<Self> {
        let first = found.analogues.first()?;
        let mut witness = Self {
            classes: vec![0.0; classes],
            none: 0.0,
            similarity: first.similarity,
        };
        let asked = || found.analogues.iter().take(ASKED);
        let weight = |analogue: &Analogue| ((analogue.score - first.score) / SCALE).exp();
        let total: f64 = asked().map(weight).sum();
        for analogue in asked() {
            let share = weight(analogue) / total;
            match known(analogue.entry) {
                Some([]) => witness.none += share,
                Some(own) => own.iter().for_each(|c| witness.classes[*c] += share),
                None => {}
            }
        }
        Some(witness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emerging::analogue::Difference;

    #[test]
    fn three_analogues_share_one_vote() {
        let analogue = |(entry, score): (usize, f64)| Analogue {
            entry,
            substance: entry as u32,
            score,
            similarity: 0.9 - entry as f64 / 100.0,
            reference_mass: 200.0,
            difference: Difference::Nominal(14),
            kept: vec![],
            moved: vec![],
            moved_share: 0.0,
        };
        let scores = [(0, 1.8), (1, 1.8), (2, 1.77), (3, 1.76)];
        let found = Found {
            analogues: scores.map(analogue).to_vec(),
            ..Found::default()
        };
        let classes: [&[usize]; 3] = [&[0, 1], &[], &[1]];
        let witness = Witness::of(&found, 2, |entry| Some(classes[entry])).unwrap();
        // Weights 1, 1 and 1/e = 0.367879; the fourth is not asked.
        let share = 1.0 / 2.367_879;
        assert!((witness.classes[0] - share).abs() < 1e-6);
        assert!((witness.classes[1] - 1.367_879 * share).abs() < 1e-6);
        assert!((witness.none - share).abs() < 1e-6);
        assert_eq!(witness.similarity, 0.9);
        // What does not teach keeps its share for itself.
        let witness = Witness::of(&found, 2, |entry| (entry != 1).then_some(classes[entry]));
        assert_eq!(witness.as_ref().map(|w| w.none), Some(0.0));
        assert!(witness.is_some_and(|w| (w.classes[0] - share).abs() < 1e-6));
        assert!(Witness::of(&Found::default(), 2, |_| None).is_none());
    }
}
