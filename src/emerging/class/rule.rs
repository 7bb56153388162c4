//! From what the neighbourhood says to one figure a class.
//!
//! A logistic regression (ridge 1 on standardised quantities), one for all classes, of whether the class of
//! the largest share is the right one. It was taught by the references of SWGDRUG 3.9, each with all spectra
//! of its skeleton left out: 1 946 spectra of members of the classes and 974 of substances of none that are not
//! silylated. What it leads to on spectra that did not teach it stands in the guide of [`super`].

use super::profile::Profile;
use super::regress::Shares;
use crate::decide::term::{self, Term, term};

/// Part of a spectrum that its neighbourhood must explain: 99 of 100 members whose class is the first are
/// explained so far, each with its skeleton left out.
const LEAST_EXPLAINED: f64 = 0.375;

/// Why no class is given, whatever the shares are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// The ions are those of a silyl derivative; the references that teach are none.
    Silylated,
    /// Nothing in the library is like it.
    Unexplained,
}

/// Whether a spectrum can be judged.
pub(super) fn silence(profile: &Profile, shares: &Shares) -> Option<Silence> {
    match shares.explained < LEAST_EXPLAINED {
        _ if profile.silylated => Some(Silence::Silylated),
        true => Some(Silence::Unexplained),
        false => None,
    }
}

/// In the order in which [`logit`] takes them.
const TERMS: [Term; 6] = [
    // Share of the class, mean of both witnesses.
    term(0.6547, 0.3797, 1.4241),
    // Its lead on the next class.
    term(0.5906, 0.3955, 1.0908),
    // Share of substances of no class, likewise.
    term(0.2951, 0.3716, -1.4171),
    // Part of the spectrum that the neighbourhood explains.
    term(0.6802, 0.1667, 0.0934),
    // Entropy of the spectrum.
    term(4.3632, 0.5830, 0.5821),
    SIMILARITY,
];
/// Similarity of the first analogue.
const SIMILARITY: Term = term(0.9333, 0.0588, 1.0151);
const BIAS: f64 = 1.7795;

/// The rule's logit for the class `class` among `groups`. Where analogues did not speak their similarity is taken for
/// a usual one.
pub(super) fn logit(shares: &Shares, groups: &[usize], class: usize, spread: f64) -> f64 {
    let share = |index: usize| shares.classes.get(index).copied().unwrap_or(0.0);
    let others = groups.iter().filter(|g| **g != class);
    let next = others.map(|g| share(*g)).fold(0.0, f64::max);
    let own = share(class);
    let quantities = [
        own,
        own - next,
        shares.none,
        shares.explained,
        spread,
        shares.analogue.unwrap_or(SIMILARITY.mean),
    ];
    term::logit(BIAS, &TERMS, &quantities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_spectrum_has_the_bias() {
        let mut shares = Shares {
            classes: vec![TERMS[0].mean, TERMS[0].mean - TERMS[1].mean],
            none: TERMS[2].mean,
            explained: TERMS[3].mean,
            analogue: Some(TERMS[5].mean),
            nearest: vec![],
        };
        let spread = TERMS[4].mean;
        assert!((logit(&shares, &[0, 1], 0, spread) - BIAS).abs() < 1e-12);
        shares.analogue = None;
        assert!((logit(&shares, &[0, 1], 0, spread) - BIAS).abs() < 1e-12);
        // More of no class by one deviation.
        shares.none += TERMS[2].scale;
        assert!((logit(&shares, &[0, 1], 0, spread) - BIAS - TERMS[2].weight).abs() < 1e-12);
    }
}
