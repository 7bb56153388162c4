//! What a candidate cannot be told apart from, and what separates it from the others.

use super::standing::Standing;
use crate::correlate::ions;
use crate::correlate::score::vibrational::Centred;
use crate::library::{Group, Library, Prepared};
use crate::prepare::{Signal, abundances, prepare};
use crate::search::{Hit, Ranking};
use crate::spectrum::Spectrum;
use std::cell::OnceCell;
use std::ops::Range;

/// Separating features named for a pair.
const NAMED: usize = 3;
/// Other candidates, next in rank, whose separating features are named.
const SEPARATED: usize = 5;
/// Smallest difference worth naming, in the units of [`View::differences`].
const LEAST_GAP: f64 = 0.01;
/// Grid points within which two places of a curve are one band.
const BAND: usize = 10;

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
}

/// The references of the candidates of a ranking as the query saw them, ready to be compared.
pub struct Neighbourhood<'a> {
    library: &'a Library,
    view: View<'a>,
    /// By position in the ranking. `None` for candidates of another family, and where the library's columns are
    /// damaged.
    references: Vec<Option<Seen>>,
    /// Distance from a perfect comparison within which another is alike.
    reach: f64,
}

/// A candidate's reference as the query saw it.
struct Seen {
    entry: usize,
    /// With the grid index as position, zero outside the query's range.
    values: Vec<f64>,
    /// Over the query's range, of curves.
    centred: Option<Centred>,
    /// What its stereoisomers share, looked up when first needed.
    skeleton: OnceCell<Option<String>>,
}

impl Seen {
    fn skeleton(&self, library: &Library) -> Option<&str> {
        let look_up = || {
            let identity = library.entry(self.entry).ok()?.identity;
            identity.stereo_skeleton().map(str::to_owned)
        };
        self.skeleton.get_or_init(look_up).as_deref()
    }
}

impl<'a> Neighbourhood<'a> {
    /// The candidates of the best one's family. `None` for MS/MS and where there are no candidates.
    pub fn of(spectrum: &Spectrum, ranking: &Ranking, library: &'a Library) -> Option<Self> {
        let family = ranking.hits.first()?.family;
        let group = library.group(family)?;
        let view = View::of(spectrum, group)?;
        let standing = Standing::of(&ranking.hits);
        let width = group.calibration.as_ref().map_or(0.25, |c| c.width);
        let of_family = |hit: &Hit| (hit.family == family).then(|| view.see(hit))?;
        Some(Self {
            library,
            references: ranking.hits.iter().map(of_family).collect(),
            reach: width * standing.allowance(),
            view,
        })
    }

    /// The neighbours of the candidate at `index` of the ranking.
    ///
    /// If the query were the reference of this candidate itself, would the other lie within the set?
    /// Their references are compared over the query's range, for EI without ions below the query's
    /// smallest; they are alike where the comparison falls short of that of the reference with itself
    /// by no more than `width * (0.05 + 1 - best score)`, the rule of the identified set.
    /// Stereoisomers (one skeleton, without labelled atoms) always count as alike. `None` for candidates out of range.
    pub fn neighbours(&self, index: usize) -> Option<Neighbours> {
        let own = self.references.get(index)?.as_ref()?;
        let perfect = self.view.compare(own, own)?;
        let skeleton = own.skeleton(self.library);
        let mut found = Neighbours::default();
        for (i, other) in self.references.iter().enumerate() {
            let Some(other) = other.as_ref().filter(|_| i != index) else {
                continue;
            };
            let stereoisomer = skeleton.is_some() && other.skeleton(self.library) == skeleton;
            let alike = || {
                let score = self.view.compare(own, other).unwrap_or(0.0);
                perfect - score <= self.reach
            };
            if stereoisomer || alike() {
                found.alike.push(i);
            } else if found.apart.len() < SEPARATED {
                let by = self.view.differences(&own.values, &other.values);
                found.apart.push(Apart { index: i, by });
            }
        }
        Some(found)
    }
}

/// The references of a group as a query saw them.
struct View<'a> {
    group: &'a Group,
    range: Range<usize>,
    /// Smallest abundance of the query in shares of its base peak; 0 for curves.
    floor: f64,
}

impl<'a> View<'a> {
    fn of(spectrum: &Spectrum, group: &'a Group) -> Option<Self> {
        matches!(group.prepared, Prepared::Curves(_)).then_some(())?;
        let query = prepare(spectrum, &group.recipe).ok()?.signal;
        let range = query.start..query.end();
        let floor = match group.recipe.family.is_mass() {
            true => smallest(&abundances(&query, &group.recipe).values),
            false => 0.0,
        };
        Some(Self {
            group,
            range,
            floor,
        })
    }

    /// A candidate's reference.
    fn see(&self, hit: &Hit) -> Option<Seen> {
        let Prepared::Curves(curves) = &self.group.prepared else {
            return None;
        };
        let signal = curves.signal(self.group.row_of(hit.entry)?)?;
        let mass = self.group.recipe.family.is_mass();
        let values = self.cut(match mass {
            true => abundances(&signal, &self.group.recipe),
            false => signal,
        });
        let centred = || Centred::of(&values[self.range.clone()]);
        Some(Seen {
            entry: hit.entry,
            centred: (!mass).then(centred),
            values,
            skeleton: OnceCell::new(),
        })
    }

    fn cut(&self, signal: Signal) -> Vec<f64> {
        let mut values = vec![0.0; self.range.end];
        for (i, value) in (signal.start..).zip(signal.values) {
            if self.range.contains(&i) {
                values[i] = value;
            }
        }
        if self.floor > 0.0 {
            let base = values.iter().copied().fold(0.0, f64::max);
            let least = self.floor * base;
            values
                .iter_mut()
                .filter(|v| **v < least)
                .for_each(|v| *v = 0.0);
        }
        values
    }

    fn compare(&self, a: &Seen, b: &Seen) -> Option<f64> {
        match a.centred.as_ref().zip(b.centred.as_ref()) {
            Some((a, b)) => Some(a.hqi(b)?.sqrt()),
            None => ions::score(&a.values, &b.values, self.range.clone()),
        }
    }

    /// The places where two references differ most: square roots of abundance in shares of the base
    /// peak for EI, values of curves of unit norm else.
    fn differences(&self, a: &[f64], b: &[f64]) -> Vec<(f64, bool)> {
        let mass = self.group.recipe.family.is_mass();
        let scaled = |values: &[f64]| -> Vec<f64> {
            let scale = match mass {
                true => values.iter().copied().fold(0.0, f64::max),
                false => values.iter().map(|v| v * v).sum::<f64>().sqrt(),
            };
            let share = |v: &f64| if scale > 0.0 { v / scale } else { 0.0 };
            let shares = values.iter().map(share);
            match mass {
                true => shares.map(f64::sqrt).collect(),
                false => shares.collect(),
            }
        };
        let gaps: Vec<f64> = scaled(a)
            .iter()
            .zip(scaled(b))
            .map(|(a, b)| a - b)
            .collect();
        let mut order: Vec<usize> = (0..gaps.len()).collect();
        order.sort_by(|i, j| gaps[*j].abs().total_cmp(&gaps[*i].abs()).then(i.cmp(j)));
        let apart = if mass { 1 } else { BAND };
        let mut chosen: Vec<usize> = Vec::with_capacity(NAMED);
        for i in order {
            if chosen.len() == NAMED || gaps[i].abs() < LEAST_GAP {
                break;
            }
            if chosen.iter().all(|c| c.abs_diff(i) >= apart) {
                chosen.push(i);
            }
        }
        let grid = &self.group.recipe.grid;
        chosen
            .iter()
            .map(|i| (grid.x(*i), gaps[*i] > 0.0))
            .collect()
    }
}

/// Smallest positive value in shares of the largest; 0 where there is none.
fn smallest(values: &[f64]) -> f64 {
    let positive = || values.iter().copied().filter(|v| *v > 0.0);
    let largest = positive().fold(0.0, f64::max);
    match largest > 0.0 {
        true => positive().fold(f64::INFINITY, f64::min) / largest,
        false => 0.0,
    }
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
