//! MS/MS references: like compared with like.

use super::{References, largest, of_family, smallest};
use crate::correlate::score::entropy::{Peak, Shared};
use crate::library::{Group, LEAST_LOSS, Library, PeakLists, Resolution};
use crate::search::{Hit, Ranking};
use crate::spectrum::Spectrum;
use std::collections::HashMap;

/// By how much three of four references differ from what another contributor measured of their substance, where a
/// library has too few to learn it: so in 12 879 references of drugs (MassBank).
const USUAL_REPEATS: f64 = 0.27;
/// m/z by which an ion's distance from its molecule may differ and the ions still be of one kind: no two adducts or
/// losses are as near to one another.
const SAME_KIND: f64 = 0.6;

/// The references of the candidates of a ranking.
pub(super) struct Fragments<'a> {
    lists: &'a PeakLists,
    /// At which the query lets them be compared.
    resolution: Resolution,
    /// Weight of the query's smallest peak in shares of its largest.
    floor: f64,
    /// Difference up to which another is alike.
    reach: f64,
    /// By position in the ranking.
    candidates: Vec<Option<Candidate>>,
}

/// A candidate's references.
struct Candidate {
    /// The one that is most like the query, of those that it was compared with.
    best: usize,
    /// All of them.
    rows: Vec<usize>,
}

impl<'a> Fragments<'a> {
    pub fn of(
        spectrum: &Spectrum,
        library: &Library,
        group: &Group,
        lists: &'a PeakLists,
        ranking: &Ranking,
    ) -> Self {
        let resolution = Resolution::of(spectrum);
        let peaks = resolution.peaks(spectrum);
        let calibration = group.calibration.as_ref();
        let repeats = calibration.and_then(|c| c.repeats);
        let nearest = ranking.hits.first().map_or(0.0, similarity);
        let mut places: HashMap<u32, usize> = HashMap::new();
        let mut candidates: Vec<Option<Candidate>> = Vec::with_capacity(ranking.hits.len());
        for (index, hit) in of_family(ranking, group.recipe.family).enumerate() {
            let candidate = hit.and_then(|hit| {
                places.insert(hit.substance, index);
                let best = group.row_of(hit.entry)?;
                let rows = Vec::new();
                Some(Candidate { best, rows })
            });
            candidates.push(candidate);
        }
        for (row, entry) in group.entry.iter().enumerate() {
            let substance = library.substance_of(*entry as usize);
            let place = substance.and_then(|substance| places.get(&substance));
            let candidate = place.and_then(|index| candidates.get_mut(*index)?.as_mut());
            if let Some(candidate) = candidate {
                candidate.rows.push(row);
            }
        }
        Self {
            lists,
            resolution,
            floor: smallest(peaks.iter().map(|p| p.1)),
            reach: repeats.unwrap_or(USUAL_REPEATS) + 1.0 - nearest,
            candidates,
        }
    }

    fn at(&self, index: usize) -> Option<&Candidate> {
        self.candidates.get(index)?.as_ref()
    }

    /// The resolution at which two references and the query can be compared.
    fn common(&self, one: usize, other: usize) -> Resolution {
        let known = [
            self.resolution,
            self.lists.resolution(one),
            self.lists.resolution(other),
        ];
        match known.contains(&Resolution::Unit) {
            true => Resolution::Unit,
            false => Resolution::Fine,
        }
    }

    /// The reference of the second candidate that is most like that of the first, and how much; `None` where none is of
    /// the same kind of ion.
    fn nearest(&self, index: usize, other: usize) -> Option<(usize, f64)> {
        let own = self.at(index)?.best;
        let likeness = |row: &usize| {
            let at = self.common(own, *row);
            let lists = self.lists.at(at);
            let shared = Shared::of(lists.row(own)?, lists.row(*row)?, at.tolerance());
            Some((*row, shared.similarity))
        };
        let rows = self.at(other)?.rows.iter();
        let like = rows.filter(|row| same_kind(self.lists, own, **row));
        like.filter_map(likeness).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

impl References for Fragments<'_> {
    fn sees(&self, index: usize) -> bool {
        self.at(index).is_some()
    }

    fn alike(&self, index: usize, other: usize) -> bool {
        // Nothing tells it from what was never measured as this ion.
        let nearest = self.nearest(index, other);
        nearest.is_none_or(|(_, likeness)| 1.0 - likeness <= self.reach)
    }

    /// By the entropy weights of fragments that are not below the query's smallest. How much of the precursor is left
    /// is a matter of the energy.
    fn differences(&self, index: usize, other: usize) -> Vec<(f64, bool)> {
        let own = self.at(index).map(|candidate| candidate.best);
        let Some((own, (other, _))) = own.zip(self.nearest(index, other)) else {
            return Vec::new();
        };
        let at = self.common(own, other);
        let peaks = |row: usize| -> Vec<Peak> {
            let precursor = self.lists.precursor.get(row).copied();
            let fragment =
                |p: &Peak| precursor.is_none_or(|mz| mz.is_nan() || mz - p.0 > LEAST_LOSS);
            let peaks: Vec<Peak> = self.lists.at(at).row(row).into_iter().flatten().collect();
            let least = self.floor * peaks.iter().fold(0.0, |most: f64, p| most.max(p.1));
            let seen = peaks.into_iter().filter(|p| p.1 >= least);
            seen.filter(fragment).collect()
        };
        largest(&gaps(&peaks(own), &peaks(other), at.tolerance()), 0.0)
    }

    fn decimals(&self) -> usize {
        match self.resolution {
            Resolution::Fine => 2,
            Resolution::Unit => 0,
        }
    }
}

/// Entropy similarity of a candidate at the resolution of the pair, without losses.
fn similarity(hit: &Hit) -> f64 {
    let stated = hit.scores.iter().find(|(name, _)| *name == "similarity");
    stated.map_or(hit.score, |(_, similarity)| *similarity)
}

/// Whether two references are of ions of one polarity that differ from their molecules alike, as far as it is known.
fn same_kind(lists: &PeakLists, one: usize, other: usize) -> bool {
    let polarity = |row: usize| lists.polarity.get(row).copied().unwrap_or(0);
    let shift = |row: usize| {
        let (ion, molecule) = (lists.precursor.get(row)?, lists.mass.get(row)?);
        Some(ion - molecule).filter(|shift| shift.is_finite())
    };
    let shifts = shift(one).zip(shift(other));
    polarity(one) * polarity(other) >= 0 && shifts.is_none_or(|(a, b)| (a - b).abs() <= SAME_KIND)
}

/// By how much the weights of the first exceed those of the second, by m/z.
fn gaps(own: &[Peak], other: &[Peak], tolerance: f64) -> Vec<(f64, f64)> {
    let (mut own, mut other) = (own.iter().peekable(), other.iter().peekable());
    let mut gaps = Vec::new();
    loop {
        match (own.peek(), other.peek()) {
            (Some((x, a)), Some((y, b))) if (x - y).abs() <= tolerance => {
                gaps.push((*x, a - b));
                own.next();
                other.next();
            }
            (Some((x, a)), next) if next.is_none_or(|(y, _)| x < y) => {
                gaps.push((*x, *a));
                own.next();
            }
            (_, Some((y, b))) => {
                gaps.push((*y, -b));
                other.next();
            }
            _ => return gaps,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::decide::{Apart, Neighbourhood};
    use crate::library::{Builder, Info, Library, ReferenceKind};
    use crate::search::{Options, Searcher};
    use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};

    const ADDUCT: (&str, f64) = ("[M+H]+", 150.1277);

    fn spectrum(peaks: &[(f64, f64)], (adduct, mz): (&str, f64)) -> Spectrum {
        let (x, y) = peaks.iter().copied().unzip();
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.precursor = Some(Precursor {
            mz: Some(mz),
            adduct: Some(adduct.to_owned()),
            ..Precursor::default()
        });
        spectrum
    }

    const OWN: [(f64, f64); 2] = [(91.0542, 100.0), (119.0855, 60.0)];

    /// Isomers of C10H15N: one, what is nearly its spectrum beside one of another energy, one of other fragments
    /// whose negative ions are those of the first, and one of negative ions alone.
    fn library() -> Library {
        let mut builder = Builder::new(Info::default());
        let mut add = |name: &str, peaks: &[(f64, f64)], ion| {
            let mut reference = spectrum(peaks, ion);
            reference.identity.name = name.to_owned();
            reference.identity.formula = Some("C10H15N".to_owned());
            builder.add(reference, ReferenceKind::FullSpectrum);
        };
        add("one", &OWN, ADDUCT);
        add("alike", &[(65.0386, 100.0)], ADDUCT);
        add("alike", &[(91.0542, 100.0), (119.0855, 40.0)], ADDUCT);
        add("other", &[(105.0699, 100.0), (119.0855, 60.0)], ADDUCT);
        add("other", &OWN, ("[M-H]-", 148.1132));
        add(
            "negative",
            &[(57.0346, 100.0), (83.0502, 40.0)],
            ("[M-H]-", 148.1132),
        );
        builder.build(&|| {}).0
    }

    /// The names of what the first isomer cannot be told apart from, and the next one that it can be.
    fn of_one(peaks: &[(f64, f64)]) -> (Vec<String>, Option<(String, Apart)>) {
        let library = library();
        let query = spectrum(peaks, ADDUCT);
        let ranking = Searcher::new(&library, Options::default()).rank(&query);
        let ranking = ranking.unwrap();
        let name = |index: usize| {
            let entry = library.entry(ranking.hits[index].entry).unwrap();
            entry.identity.name
        };
        let one = (0..ranking.hits.len()).find(|index| name(*index) == "one");
        let around = Neighbourhood::of(&query, &ranking, &library).unwrap();
        let found = around.neighbours(one.unwrap()).unwrap();
        let mut alike: Vec<String> = found.alike.iter().map(|index| name(*index)).collect();
        alike.sort_unstable();
        let apart = found.apart.into_iter().next();
        (alike, apart.map(|apart| (name(apart.index), apart)))
    }

    /// By hand: the two peaks of 100 and 60 weigh 0.553 and 0.447, so that one and other, which share the second, are
    /// alike by 0.447.
    #[test]
    fn what_two_contributors_could_differ_by_is_alike() {
        let (alike, apart) = of_one(&OWN);
        assert_eq!(alike, ["alike", "negative"]);
        let (name, apart) = apart.unwrap();
        assert_eq!(name, "other");
        assert_eq!(apart.by, [(91.0542, true), (105.0699, false)]);
        assert_eq!(apart.decimals, 2);
    }

    /// A query that is itself far from the best tells less: with as much in other peaks it differs by some 0.4.
    #[test]
    fn a_bad_query_tells_fewer_apart() {
        let noisy = [(51.02, 60.0), (66.05, 80.0), (77.04, 80.0)];
        let (alike, _) = of_one(&[&noisy[..], &OWN].concat());
        assert_eq!(alike, ["alike", "negative", "other"]);
    }
}
