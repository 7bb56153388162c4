//! What a negative means: the smallest admixture of a substance that would have been noticed.

use super::judge::decide;
use super::quality::assess_quality;
use super::trial::same;
use super::verdict::{Verdict, VerdictLevel};
use crate::library::{Library, LibraryError};
use crate::search::{Ranking, Searcher};
use crate::spectrum::{Axis, Identity, Shape, Spectrum, Technique};
use crate::substance::Register;

/// Smallest and largest share that is tried.
const SHARES: (f64, f64) = (0.005, 0.95);
/// Shares tried upwards, evenly on a logarithmic scale.
const TRIED: i32 = 9;
/// Halvings between the first share that is noticed and the one below it: true to 2 % of the share.
const STEPS: usize = 5;

/// What adding a substance to a sample's spectrum does to the verdict.
#[derive(Debug, Clone, PartialEq)]
pub enum Noticed {
    /// The library has no full reference of it that could be added: its absence was not tested.
    NotInLibrary,
    /// The library has no decision rule for this technique: no verdict could change.
    NoRule,
    /// The sample's own verdict names it.
    Named,
    /// None of the shares tried changes the verdict.
    Never,
    /// From this share on the verdict is another, or names it.
    From {
        /// Share of the substance in the mixture's summed signal.
        share: f64,
        /// The verdict at that share.
        level: VerdictLevel,
    },
}

/// Finds admixtures that would have been noticed.
pub struct Negatives<'a> {
    /// Searches the library below.
    pub searcher: &'a Searcher<'a>,
    /// The library.
    pub library: &'a Library,
    /// The register of substances.
    pub register: &'a Register,
}

impl Negatives<'_> {
    /// Adds the target's first reference of the sample's technique to the sample's spectrum, at
    /// nine shares between 0.5 and 95 % upwards: the smallest at which the verdict's level or set
    /// differs from that of the sample alone, then halved. Both signals are scaled to equal sums first
    /// (abundances; the area above the lowest value for curves). EI and curves only.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn smallest_noticed(
        &self,
        sample: &Spectrum,
        ranking: &Ranking,
        target: &Identity,
    ) -> Result<Noticed, LibraryError> {
        let Some(reference) = self.reference(sample, target)? else {
            return Ok(Noticed::NotInLibrary);
        };
        let family = ranking.hits.first().map(|hit| hit.family);
        let group = family.and_then(|family| self.library.group(family));
        if group.is_none_or(|group| group.calibration.is_none()) {
            return Ok(Noticed::NoRule);
        }
        let alone = self.verdict(sample, ranking);
        if self.names(ranking, &alone.1, target)? {
            return Ok(Noticed::Named);
        }
        let changed = |share: f64| -> Option<VerdictLevel> {
            let mixture = mixed(sample, &reference, share)?;
            let ranking = self.searcher.rank(&mixture).ok()?;
            let verdict = self.verdict(&mixture, &ranking);
            (verdict != alone).then_some(verdict.0)
        };
        // Noticing can come and go with the share, so the shares are tried upwards first.
        let (least, most) = SHARES;
        let ratio = (most / least).powf(1.0 / (TRIED - 1) as f64);
        let tried = (0..TRIED).map(|i| least * ratio.powi(i));
        let first = tried
            .map(|share| (share, changed(share)))
            .find_map(|(share, level)| Some((share, level?)));
        let Some((mut high, mut level)) = first else {
            return Ok(Noticed::Never);
        };
        if high <= least {
            return Ok(Noticed::From { share: high, level });
        }
        let mut low = high / ratio;
        for _ in 0..STEPS {
            let middle = (low * high).sqrt();
            match changed(middle) {
                Some(found) => (high, level) = (middle, found),
                None => low = middle,
            }
        }
        Ok(Noticed::From { share: high, level })
    }

    /// Whether the target is among these substances of a ranking.
    fn names(
        &self,
        ranking: &Ranking,
        substances: &[u32],
        target: &Identity,
    ) -> Result<bool, LibraryError> {
        let named = ranking.hits.iter();
        for hit in named.filter(|hit| substances.contains(&hit.substance)) {
            if same(&self.library.entry(hit.entry)?.identity, target) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Level and substances of a verdict.
    fn verdict(&self, spectrum: &Spectrum, ranking: &Ranking) -> (VerdictLevel, Vec<u32>) {
        let quality = assess_quality(spectrum);
        let Verdict { level, set, .. } = decide(ranking, &quality, self.library, self.register);
        let hits = set.iter().filter_map(|i| ranking.hits.get(*i));
        let mut substances: Vec<u32> = hits.map(|hit| hit.substance).collect();
        substances.sort_unstable();
        (level, substances)
    }

    /// The first full reference of the target that is of the sample's technique and form.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn reference(
        &self,
        sample: &Spectrum,
        target: &Identity,
    ) -> Result<Option<Spectrum>, LibraryError> {
        for (index, entry) in self.library.entries().enumerate() {
            let entry = entry?;
            let usable = entry.technique.id() == sample.technique.id()
                && entry.shape == sample.shape
                && sample.technique != Technique::MsMs;
            if usable && same(&entry.identity, target) {
                return self.library.spectrum(index).map(Some);
            }
        }
        Ok(None)
    }
}

/// The sample with this share of the reference; `None` where one has no signal.
pub fn mixed(sample: &Spectrum, reference: &Spectrum, share: f64) -> Option<Spectrum> {
    let mut mixture = sample.clone();
    match sample.shape {
        Shape::Sticks => {
            let (a, b) = (
                total(&sample.ordinate, 0.0)?,
                total(&reference.ordinate, 0.0)?,
            );
            let own = sample.points().map(|(x, y)| (x, y * (1.0 - share) / a));
            let added = reference.points().map(|(x, y)| (x, y * share / b));
            let mut points: Vec<(f64, f64)> = own.chain(added).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (x, y) = points.into_iter().unzip();
            mixture.axis = Axis::Explicit(x);
            mixture.ordinate = y;
        }
        Shape::Profile => {
            let x: Vec<f64> = sample.axis.iter().collect();
            let added = interpolated(reference, &x)?;
            let (low, foot) = (lowest(&sample.ordinate), lowest(&added));
            let (a, b) = (total(&sample.ordinate, low)?, total(&added, foot)?);
            for (y, added) in mixture.ordinate.iter_mut().zip(added) {
                *y = low + (1.0 - share) * (*y - low) + share * (added - foot) * a / b;
            }
        }
    }
    Some(mixture)
}

fn lowest(values: &[f64]) -> f64 {
    let finite = values.iter().copied().filter(|v| v.is_finite());
    finite.fold(f64::INFINITY, f64::min)
}

fn total(values: &[f64], above: f64) -> Option<f64> {
    let finite = values.iter().filter(|v| v.is_finite());
    let sum: f64 = finite.map(|v| (v - above).max(0.0)).sum();
    (sum > 0.0 && sum.is_finite()).then_some(sum)
}

/// A curve at these places by straight lines between its points; its lowest value beyond its ends.
fn interpolated(curve: &Spectrum, x: &[f64]) -> Option<Vec<f64>> {
    let mut points: Vec<(f64, f64)> = curve.points().filter(|p| p.1.is_finite()).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    (points.len() > 1).then_some(())?;
    let low = points.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
    let at = |x: &f64| {
        let next = points.partition_point(|p| p.0 < *x);
        match (
            next.checked_sub(1).and_then(|i| points.get(i)),
            points.get(next),
        ) {
            (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
            (None, Some(b)) if b.0 == *x => b.1,
            _ => low,
        }
    };
    Some(x.iter().map(at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_summed_signal() {
        let sticks = |points: &[(f64, f64)]| {
            let (x, y) = points.iter().copied().unzip();
            Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(x), y)
        };
        let sample = sticks(&[(58.0, 300.0), (91.0, 100.0)]);
        let reference = sticks(&[(44.0, 2.0), (91.0, 2.0)]);
        let mixture = mixed(&sample, &reference, 0.25).unwrap();
        let points: Vec<(f64, f64)> = mixture.points().collect();
        // 3/4 of 3/4 at 58, 3/4 of 1/4 and 1/4 of 1/2 at 91, 1/4 of 1/2 at 44.
        assert_eq!(
            points,
            [(44.0, 0.125), (58.0, 0.5625), (91.0, 0.1875), (91.0, 0.125)]
        );
        assert!(mixed(&sample, &sticks(&[(44.0, 0.0)]), 0.5).is_none());
    }

    #[test]
    fn curves_are_read_between_their_points() {
        let axis = Axis::Explicit(vec![100.0, 200.0, 300.0]);
        let curve = Spectrum::new(Technique::Raman, Shape::Profile, axis, vec![1.0, 3.0, 2.0]);
        let found = interpolated(&curve, &[50.0, 100.0, 150.0, 250.0, 400.0]).unwrap();
        assert_eq!(found, [1.0, 1.0, 2.0, 2.5, 1.0]);
    }
}
