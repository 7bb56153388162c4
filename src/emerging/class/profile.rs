//! A spectrum as it is compared here: roots of its ions and of its losses.

/// First m/z that is compared: below are air, water and what many scans leave out.
pub const FIRST: usize = 41;
/// Number of m/z that are compared.
pub const IONS: usize = 519;
/// Number of losses from the heaviest ion, none included.
pub const LOSSES: usize = 201;
/// Share of the base peak from which an ion counts.
const LEAST: f64 = 0.005;
/// Share of the base peak above which an ion may be the heaviest.
const HEAVIEST: f64 = 0.01;
/// Power of m/z by which ions count: a little more where chains and small amines show.
const MASS_POWER: f64 = -0.25;
/// Trimethylsilyl cation, and the ions beside it of which one shows in spectra of silyl ethers and esters
/// ([HO=Si(CH3)2]+, pentamethyldisiloxanyl cation).
const SILYL: (usize, [usize; 2]) = (73, [75, 147]);
/// Shares of the base peak from which these ions show a silyl derivative. Of SWGDRUG 3.9 no member of a class
/// has both, 43 of 70 entries with a silyl group in their name have.
const SILYLATED: (f64, f64) = (0.3, 0.05);
/// Highest m/z at which a scan is assumed to begin.
const LATEST_START: usize = 50;

/// Cube roots of abundance, so that small ions of a structure count beside a base peak that many have.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// By m/z from [`FIRST`] on, each times its [`weight`].
    pub ions: Vec<f32>,
    /// By loss from the heaviest ion; of norm 1.
    pub losses: Vec<f32>,
    /// Index in `ions` at which the scan is taken to begin.
    pub start: usize,
    /// Entropy of the square roots of abundance: how many ions there are that say something.
    pub spread: f64,
    /// Whether the ions are those of a trimethylsilyl derivative.
    pub silylated: bool,
}

/// What an ion counts beside its root: `(m/z / 100)^-0.25`.
pub fn weight(mz: usize) -> f32 {
    (mz as f64 / 100.0).powf(MASS_POWER) as f32
}

impl Profile {
    /// Of abundances by m/z from 0 on; `None` where there are none to compare.
    pub fn of(abundances: &[f64]) -> Option<Self> {
        let clean = |v: f64| if v.is_finite() { v.max(0.0) } else { 0.0 };
        let at = |mz: usize| abundances.get(mz).map_or(0.0, |v| clean(*v));
        let base = abundances.iter().fold(0.0, |m, v| f64::max(m, clean(*v)));
        let root = |mz: usize| match at(mz) >= LEAST * base {
            true => (at(mz) / base).cbrt() as f32,
            false => 0.0,
        };
        let first = abundances.iter().position(|v| clean(*v) > 0.0)?;
        let heaviest = abundances
            .iter()
            .rposition(|v| clean(*v) > HEAVIEST * base)?;
        let ions = FIRST..FIRST + IONS;
        let ions: Vec<f32> = ions.map(|mz| weight(mz) * root(mz)).collect();
        let mut losses: Vec<f32> = (0..LOSSES)
            .map(|loss| match heaviest.checked_sub(loss) {
                Some(mz) if mz >= FIRST => root(mz),
                _ => 0.0,
            })
            .collect();
        let norm = losses.iter().map(|v| v * v).sum::<f32>().sqrt();
        losses.iter_mut().for_each(|v| *v /= norm.max(1e-9));
        let some = ions.iter().any(|v| *v > 0.0);
        some.then(|| Self {
            ions,
            losses,
            start: first.min(LATEST_START).saturating_sub(FIRST),
            silylated: at(SILYL.0) >= SILYLATED.0 * base
                && SILYL.1.iter().any(|mz| at(*mz) >= SILYLATED.1 * base),
            spread: entropy(abundances.iter().map(|v| clean(*v).sqrt())),
        })
    }
}

/// `-sum p ln p` of the shares of their sum.
fn entropy(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let total: f64 = values.clone().sum();
    let shares = values.map(|v| v / total).filter(|p| *p > 0.0);
    -shares.map(|p| p * p.ln()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_losses_and_spread_by_hand() {
        let mut abundances = vec![0.0; 200];
        (abundances[58], abundances[91], abundances[148]) = (8.0, 1.0, 8.0);
        abundances[60] = 0.03;
        abundances[190] = f64::NAN;
        let profile = Profile::of(&abundances).unwrap();
        // (58 / 100)^-0.25 = 1.14589, (91 / 100)^-0.25 = 1.02386.
        assert!((profile.ions[58 - 41] - 1.14589).abs() < 1e-5);
        assert_eq!(profile.ions[60 - 41], 0.0);
        assert!((profile.ions[91 - 41] - 0.5 * 1.02386).abs() < 1e-5);
        // Losses 0, 57 and 90 of roots 1, 1/2 and 1: the norm is 3/2.
        assert!((profile.losses[0] - 2.0 / 3.0).abs() < 1e-6);
        assert!((profile.losses[57] - 1.0 / 3.0).abs() < 1e-6);
        assert!((profile.losses[90] - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!(profile.start, 9);
        let two = Profile::of(&[vec![0.0; 60], vec![5.0, 5.0]].concat()).unwrap();
        assert!((two.spread - 2f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn silyl_derivatives_by_their_ions() {
        let with = |ions: &[(usize, f64)]| {
            let mut abundances = vec![0.0; 200];
            ions.iter().for_each(|(mz, v)| abundances[*mz] = *v);
            Profile::of(&abundances).unwrap().silylated
        };
        assert!(with(&[(73, 100.0), (147, 20.0), (116, 80.0)]));
        assert!(with(&[(73, 40.0), (75, 5.0), (116, 100.0)]));
        assert!(!with(&[(73, 100.0), (116, 80.0)]));
        assert!(!with(&[(73, 29.0), (147, 20.0), (116, 100.0)]));
    }

    #[test]
    fn nothing_is_no_profile() {
        for values in [vec![], vec![0.0; 90], vec![f64::NAN; 90], vec![1.0; 30]] {
            assert!(Profile::of(&values).is_none());
        }
    }
}
