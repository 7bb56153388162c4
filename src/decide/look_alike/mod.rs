//! What a candidate cannot be told apart from, and what separates it from the others.

mod fragments;
mod view;

use crate::library::{Library, Prepared};
use crate::prepare::Family;
use crate::search::{Hit, Ranking};
use crate::spectrum::Spectrum;
use fragments::Fragments;
use std::cell::OnceCell;
use view::View;

/// Separating features named for a pair.
const NAMED: usize = 3;
/// Other candidates, next in rank, whose separating features are named.
const SEPARATED: usize = 5;
/// Smallest difference worth naming, in the units that are compared.
const LEAST_GAP: f64 = 0.01;

/// A candidate's neighbours among the candidates of its ranking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Neighbours {
    /// Positions in the ranking of the candidates that it cannot be told apart from here.
    pub alike: Vec<usize>,
    /// The next candidates that it can be told apart from.
    pub apart: Vec<Apart>,
}

/// How a candidate differs from another.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// Position in the ranking.
    pub index: usize,
    /// Place on the axis, and whether the candidate is the stronger there, the most telling first.
    pub by: Vec<(f64, bool)>,
    /// Decimals of these places that tell something.
    pub decimals: usize,
}

/// The references of the candidates of a ranking, ready to be compared as the query lets them be.
pub struct Neighbourhood<'a> {
    library: &'a Library,
    references: Box<dyn References + 'a>,
    /// By position in the ranking: the entry, and what its stereoisomers share, looked up when first needed.
    skeletons: Vec<(usize, OnceCell<Option<String>>)>,
}

/// References of one technique, by the position of their candidate in the ranking.
trait References {
    /// Whether there is one to compare: not for candidates of another family, nor where the library's columns are
    /// damaged.
    fn sees(&self, index: usize) -> bool;

    /// Whether nothing that the query shows tells another from this one.
    fn alike(&self, index: usize, other: usize) -> bool;

    /// The places where the two differ most, and whether the first is the stronger there.
    fn differences(&self, index: usize, other: usize) -> Vec<(f64, bool)>;

    /// Decimals of a place that tell something.
    fn decimals(&self) -> usize;
}

impl<'a> Neighbourhood<'a> {
    /// The candidates of the best one's family; `None` where there are none.
    pub fn of(spectrum: &Spectrum, ranking: &Ranking, library: &'a Library) -> Option<Self> {
        let family = ranking.hits.first()?.family;
        let group = library.group(family)?;
        let references: Box<dyn References + 'a> = match &group.prepared {
            Prepared::Curves(curves) => Box::new(View::of(spectrum, group, curves, ranking)?),
            Prepared::Peaks(lists) => {
                Box::new(Fragments::of(spectrum, library, group, lists, ranking))
            }
        };
        let entries = ranking.hits.iter().map(|hit| hit.entry);
        Some(Self {
            library,
            references,
            skeletons: entries.map(|entry| (entry, OnceCell::new())).collect(),
        })
    }

    /// The neighbours of the candidate at `index` of the ranking.
    ///
    /// EI spectra and curves: if the query were the reference of this candidate itself, would the other lie within
    /// the set? Their references are compared over the query's range, for EI without ions below the query's
    /// smallest; they are alike where the comparison falls short of that of the reference with itself
    /// by no more than `width * (0.05 + 1 - best score)`, the rule of the identified set.
    /// MS/MS: could the query be of the other? Its reference that is most like this candidate's may differ from that by
    /// no more than the query differs from the best candidate's and two contributors' spectra of one substance from
    /// one another ([`crate::library::Calibration::repeats`]). Only references of one kind of ion (polarity, adduct) are
    /// compared; what has none of the kind of this candidate's is alike, since nothing tells it apart.
    /// Stereoisomers (one skeleton, without labelled atoms) always count as alike. `None` for candidates out of range.
    pub fn neighbours(&self, index: usize) -> Option<Neighbours> {
        let references = self.references.as_ref();
        references.sees(index).then_some(())?;
        let skeleton = self.skeleton(index);
        let mut found = Neighbours::default();
        for other in (0..self.skeletons.len()).filter(|other| *other != index) {
            if !references.sees(other) {
                continue;
            }
            let stereoisomer = skeleton.is_some() && self.skeleton(other) == skeleton;
            if stereoisomer || references.alike(index, other) {
                found.alike.push(other);
            } else if found.apart.len() < SEPARATED {
                found.apart.push(Apart {
                    index: other,
                    by: references.differences(index, other),
                    decimals: references.decimals(),
                });
            }
        }
        Some(found)
    }

    fn skeleton(&self, index: usize) -> Option<&str> {
        let (entry, skeleton) = self.skeletons.get(index)?;
        let look_up = || {
            let identity = self.library.entry(*entry).ok()?.identity;
            identity.stereo_skeleton().map(str::to_owned)
        };
        skeleton.get_or_init(look_up).as_deref()
    }
}

/// The hits of a family by position, and nothing for those of others.
fn of_family(ranking: &Ranking, family: Family) -> impl Iterator<Item = Option<&Hit>> {
    let hits = ranking.hits.iter();
    hits.map(move |hit| (hit.family == family).then_some(hit))
}

/// The smallest positive value in shares of the largest; 0 where there is none.
fn smallest(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let positive = values.filter(|v| *v > 0.0);
    let largest = positive.clone().fold(0.0, f64::max);
    match largest > 0.0 {
        true => positive.fold(largest, f64::min) / largest,
        false => 0.0,
    }
}

/// The largest of these differences by place, not nearer to one another than `apart`, and whether they are positive.
fn largest(gaps: &[(f64, f64)], apart: f64) -> Vec<(f64, bool)> {
    let mut order: Vec<&(f64, f64)> = gaps.iter().collect();
    order.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let mut chosen: Vec<(f64, bool)> = Vec::with_capacity(NAMED);
    for (x, gap) in order {
        if chosen.len() == NAMED || gap.abs() < LEAST_GAP {
            break;
        }
        if chosen.iter().all(|(known, _)| (known - x).abs() >= apart) {
            chosen.push((*x, *gap > 0.0));
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Builder, Info, ReferenceKind};
    use crate::search::{Options, Searcher};
    use crate::spectrum::{Axis, Shape, Technique};

    fn ei(name: &str, ions: &[(f64, f64)]) -> Spectrum {
        let (x, y) = ions.iter().copied().unzip();
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.identity.name = name.to_owned();
        spectrum
    }

    #[test]
    fn an_equal_one_is_alike_and_another_is_told_apart_by_its_ions() {
        let ions = [(58.0, 100.0), (77.0, 20.0), (91.0, 40.0), (134.0, 30.0)];
        let other = [(58.0, 100.0), (77.0, 20.0), (105.0, 60.0), (134.0, 30.0)];
        let mut builder = Builder::new(Info::default());
        for spectrum in [ei("a", &ions), ei("b", &ions), ei("c", &other)] {
            builder.add(spectrum, ReferenceKind::FullSpectrum);
        }
        let (library, _) = builder.build(&|| {});
        let query = ei("", &ions);
        let ranking = Searcher::new(&library, Options::default())
            .rank(&query)
            .unwrap();
        let around = Neighbourhood::of(&query, &ranking, &library).unwrap();
        let found = around.neighbours(0).unwrap();
        assert_eq!(found.alike, [1]);
        // sqrt(60) of m/z 105 against nothing, then sqrt(40) of m/z 91.
        assert_eq!(found.apart[0].by, [(105.0, false), (91.0, true)]);
        assert!(around.neighbours(9).is_none());
    }

    #[test]
    fn a_stereoisomer_is_alike_and_a_labelled_analogue_is_not() {
        // A second reference of another spectrum: by its skeleton alone.
        let drug = [(59.0, 100.0), (150.0, 40.0), (214.0, 30.0), (271.0, 50.0)];
        let other = [(62.0, 100.0), (153.0, 40.0), (217.0, 30.0), (274.0, 50.0)];
        let alike = |formula: &str| {
            let mut builder = Builder::new(Info::default());
            let references = [
                (ei("a", &drug), "MKXZASYAUGDDCJ-NJAFHUGGSA-N", "C18H25NO"),
                (ei("b", &other), "MKXZASYAUGDDCJ-FIBGUPNXSA-N", formula),
            ];
            for (mut spectrum, key, formula) in references {
                spectrum.identity.inchikey = Some(key.to_owned());
                spectrum.identity.formula = Some(formula.to_owned());
                builder.add(spectrum, ReferenceKind::FullSpectrum);
            }
            let (library, _) = builder.build(&|| {});
            let query = ei("", &drug);
            let ranking = Searcher::new(&library, Options::default()).rank(&query);
            let ranking = ranking.unwrap();
            let around = Neighbourhood::of(&query, &ranking, &library).unwrap();
            around.neighbours(0).unwrap().alike
        };
        assert_eq!(alike("C18H25NO"), [1]);
        assert!(alike("C18H22D3NO").is_empty());
    }
}
