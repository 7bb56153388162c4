//! What a negative means: the smallest admixture of a substance that would have been noticed.

use super::admixture::Admixture;
use super::judge::decide;
use super::quality::assess_quality;
use super::verdict::{Verdict, VerdictLevel};
use crate::library::{Library, LibraryError, ReferenceKind};
use crate::prepare::Family;
use crate::search::{Ranking, SearchError, Searcher};
use crate::spectrum::{Identity, Spectrum, Technique};
use crate::substance::Register;

/// Smallest and largest share that is tried.
const SHARES: (f64, f64) = (0.005, 0.95);
/// Shares tried upwards, evenly on a logarithmic scale.
const TRIED: i32 = 9;
/// Halvings between the first share that is noticed and the one below it: true to 2 % of the share.
const STEPS: usize = 5;

/// Why no reference is added to an MS/MS spectrum: what is isolated together is not known of the sample.
const NOT_MSMS: &str = "MS/MS spectra are not added to one another";

/// What adding a substance to a sample's spectrum does to the verdict.
#[derive(Debug, Clone, PartialEq)]
pub enum Noticed {
    /// The library has no full reference of it that could be added: its absence was not tested.
    NotInLibrary,
    /// The library has no decision rule for this technique: no verdict could change.
    NoRule,
    /// The sample's own verdict names it.
    Named,
    /// The sample and the reference could not be added: why.
    NotTested(String),
    /// None of the shares tried changes the verdict.
    Never,
    /// From this share on the verdict is of another level, or names it.
    From {
        /// Share of the substance in the mixture's summed signal.
        share: f64,
        /// The verdict at that share.
        level: VerdictLevel,
        /// Whether it names the substance.
        named: bool,
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
    /// The sample with the target's reference ready to be added, or what is to be said instead.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn admixture(
        &self,
        sample: &Spectrum,
        ranking: &Ranking,
        target: &Identity,
    ) -> Result<Result<Admixture, Noticed>, LibraryError> {
        let alone = self.verdict(sample, ranking);
        if self.names(ranking, &alone.1, target)? {
            return Ok(Err(Noticed::Named));
        }
        let Some(reference) = self.reference(sample, target)? else {
            return Ok(Err(Noticed::NotInLibrary));
        };
        if sample.technique == Technique::MsMs {
            return Ok(Err(Noticed::NotTested(NOT_MSMS.to_owned())));
        }
        let family = Family::of_query(sample.technique).iter();
        let group = family
            .filter_map(|family| self.library.group(*family))
            .next();
        let Some(group) = group else {
            return Ok(Err(Noticed::NoRule));
        };
        let admixture = Admixture::of(sample, &reference, &group.recipe);
        Ok(admixture.map_err(|why| Noticed::NotTested(why.to_string())))
    }

    /// Adds the reference to the sample's spectrum at nine shares between 0.5 and 95 % upwards: the smallest at
    /// which the verdict's level differs from that of the sample alone, or the set holds the target, then halved. That
    /// another look-alike comes or goes is no notice of the target.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn smallest_noticed(
        &self,
        ranking: &Ranking,
        target: &Identity,
        admixture: &Admixture,
    ) -> Result<Noticed, LibraryError> {
        let group = ranking.hits.first().map(|hit| hit.family);
        let group = group.and_then(|family| self.library.group(family));
        if group.is_none_or(|group| group.calibration.is_none()) {
            return Ok(Noticed::NoRule);
        }
        // The level, and whether the target is named.
        let verdict = |share: f64| -> Result<(VerdictLevel, bool), LibraryError> {
            let mixture = admixture.at(share);
            match self.searcher.rank(&mixture) {
                Ok(ranking) => {
                    let (level, set) = self.verdict(&mixture, &ranking);
                    Ok((level, self.names(&ranking, &set, target)?))
                }
                Err(SearchError::Library(damaged)) => Err(damaged),
                // What cannot be compared gets no verdict.
                Err(_) => Ok((VerdictLevel::Inconclusive, false)),
            }
        };
        let alone = verdict(0.0)?;
        let changed = |share: f64| -> Result<Option<(VerdictLevel, bool)>, LibraryError> {
            let found = verdict(share)?;
            Ok((found != alone).then_some(found))
        };
        // Noticing can come and go with the share, so the shares are tried upwards first.
        let (least, most) = SHARES;
        let ratio = (most / least).powf(1.0 / (TRIED - 1) as f64);
        let mut first = None;
        for share in (0..TRIED).map(|i| least * ratio.powi(i)) {
            first = changed(share)?.map(|level| (share, level));
            if first.is_some() {
                break;
            }
        }
        let Some((mut high, (mut level, mut named))) = first else {
            return Ok(Noticed::Never);
        };
        if high <= least {
            return Ok(Noticed::From {
                share: high,
                level,
                named,
            });
        }
        let mut low = high / ratio;
        for _ in 0..STEPS {
            let middle = (low * high).sqrt();
            match changed(middle)? {
                Some(found) => (high, (level, named)) = (middle, found),
                None => low = middle,
            }
        }
        Ok(Noticed::From {
            share: high,
            level,
            named,
        })
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
            if target.is_same_as(&self.library.entry(hit.entry)?.identity) {
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

    /// The first full reference of the target that is of the sample's technique and form and was not withdrawn;
    /// one of its stereoisomer where there is none of its own.
    fn reference(
        &self,
        sample: &Spectrum,
        target: &Identity,
    ) -> Result<Option<Spectrum>, LibraryError> {
        let mut alike = None;
        for (index, entry) in self.library.entries().enumerate() {
            let entry = entry?;
            let usable = entry.technique.id() == sample.technique.id()
                && entry.shape == sample.shape
                && entry.kind == ReferenceKind::FullSpectrum
                && entry.deprecated.is_none();
            if !usable || !target.is_same_as(&entry.identity) {
                continue;
            }
            if target.inchikey.is_none() || target.inchikey == entry.identity.inchikey {
                return self.library.spectrum(index).map(Some);
            }
            alike = alike.or(Some(index));
        }
        alike.map(|index| self.library.spectrum(index)).transpose()
    }
}
