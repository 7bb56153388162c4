//! Hints from an electron-ionisation spectrum.

use super::accurate::tell;
use super::bins::Bins;
use super::carbons;
use super::cluster::Cluster;
use super::fragments::How;
use super::hint::{Basis, DOUBT, FormulaHints, Isotopes};
use super::ion::Ion;
use super::losses;
use super::masses::masses;
use super::nitrogen::{nominal, of_molecular_ion};
use super::nominal::{Known, ranked};
use super::precision::{ACCURATE, most_decimals, rounding};
use super::rank::Question;
use super::ratios::Ratios;
use crate::spectrum::Spectrum;

/// Abundance, per cent of the base peak, and least abundance told over M, from which M + 2 tells sulfur.
const CLEAR: f64 = 5.0;
const FINE: f64 = 0.02;
/// M + 2 over M less two 13C: one sulfur atom gives 0.045, two 0.09.
const SULFUR: (f64, f64) = (0.030, 0.075);
/// M + 1 over M that an ion with one carbon atom passes: natural carbon gives 0.0108.
const ONE_CARBON: f64 = 0.005;
/// Half-width of the search for an accurate molecular ion, ppm, and at least, in u.
const WINDOW_PPM: f64 = 15.0;
const WINDOW: f64 = 0.003;
/// Above this m/z formulas of a nominal mass are not told, and of an accurate one.
const HEAVIEST_NOMINAL: u32 = 500;
const HEAVIEST: f64 = 1000.0;

pub(super) fn hints(spectrum: &Spectrum) -> FormulaHints {
    let peaks: Vec<(f64, f64)> = spectrum
        .points()
        .filter(|(mz, y)| mz.is_finite() && y.is_finite() && *mz > 0.0 && *y > 0.0)
        .collect();
    let bins = Bins::of(peaks.iter().copied());
    let cluster = bins.as_ref().and_then(Cluster::of);
    let (Some(bins), Some(cluster)) = (bins, cluster) else {
        return FormulaHints {
            notes: vec!["The spectrum has no ions that say anything of the formula.".into()],
            ..FormulaHints::default()
        };
    };
    let impossible = losses::impossible(&bins, &cluster);
    let ratios = Ratios::of(&bins, &cluster);
    let mut hints = FormulaHints {
        basis: Basis::NominalMolecularIon,
        mz: Some(f64::from(cluster.mz)),
        nitrogen: Some(of_molecular_ion(cluster.mz)),
        isotopes: ratios.map(|ratios| isotopes(&cluster, &ratios)),
        carbons: ratios.and_then(|ratios| carbons::bounds(&cluster, &ratios)),
        masses: masses(&bins, &cluster, impossible),
        ..FormulaHints::default()
    };
    hints.notes.push(format!(
        "All this holds if m/z {} ({:.1} % of the base peak) is the molecular ion; electron ionisation of amines and others often shows none. The shares are of drugs; of other substances it was so in 10 to 20 of a hundred fewer.",
        cluster.mz, cluster.abundance
    ));
    if let Some(loss) = impossible {
        hints.notes.push(format!(
            "The ion at m/z {} would be a loss of {loss} from m/z {}, which no molecule shows: m/z {} {DOUBT}, but another fragment, a contaminant's, or part of a mixture. No formulas are told.",
            cluster.mz - loss, cluster.mz, cluster.mz
        ));
        return hints;
    }
    let decimals = most_decimals(peaks.iter().map(|(mz, _)| *mz));
    if decimals >= ACCURATE {
        accurate(&mut hints, &peaks, &cluster, decimals, &bins);
    } else {
        unit_mass(&mut hints, &cluster, ratios);
    }
    hints
}

fn isotopes(cluster: &Cluster, ratios: &Ratios) -> Isotopes {
    let excess = ratios.second - ratios.first * ratios.first / 2.0;
    let clear = cluster.abundance >= CLEAR && ratios.floor <= FINE;
    let plain = cluster.chlorine + cluster.bromine == 0;
    let sulfur = clear && plain && (SULFUR.0..SULFUR.1).contains(&excess);
    let number = |n: u8, name: &str| match n {
        0 => format!("no {name}"),
        1 => format!("one {name}"),
        n => format!("{n} {name}"),
    };
    if plain && ratios.first < ONE_CARBON {
        return Isotopes {
            chlorine: cluster.chlorine,
            bromine: cluster.bromine,
            sulfur: false,
            first: ratios.first,
            second: ratios.second,
            similarity: cluster.similarity,
            statement: format!(
                "M + 1 is {:.1} %, M + 2 {:.1} % of M: less than one carbon atom gives, so such weak ions were cut off or not measured, and nothing is said of chlorine and bromine.",
                100.0 * ratios.first,
                100.0 * ratios.second,
            ),
        };
    }
    let mut statement = format!(
        "M + 1 is {:.1} %, M + 2 {:.1} % of M: {} and {} in this ion",
        100.0 * ratios.first,
        100.0 * ratios.second,
        number(cluster.chlorine, "chlorine"),
        number(cluster.bromine, "bromine"),
    );
    statement.push_str(match (sulfur, clear && plain) {
        (true, _) => "; one sulfur atom would explain it.",
        (_, true) => "; nothing speaks for sulfur.",
        _ => ".",
    });
    Isotopes {
        chlorine: cluster.chlorine,
        bromine: cluster.bromine,
        sulfur,
        first: ratios.first,
        second: ratios.second,
        similarity: cluster.similarity,
        statement,
    }
}

/// Formulas of an accurate molecular ion.
fn accurate(
    hints: &mut FormulaHints,
    peaks: &[(f64, f64)],
    cluster: &Cluster,
    decimals: usize,
    bins: &Bins,
) {
    let own = peaks.iter().filter(|(mz, _)| nominal(*mz) == cluster.mz);
    let (Some((mz, _)), Some(ion)) = (own.max_by(|a, b| a.1.total_cmp(&b.1)), Ion::molecular())
    else {
        return;
    };
    hints.basis = Basis::AccurateMolecularIon;
    hints.mz = Some(*mz);
    if *mz > HEAVIEST {
        hints.notes.push(format!(
            "Above m/z {HEAVIEST:.0} too many formulas fit an accurate mass; none are told."
        ));
        return;
    }
    let last = 2 * u32::from(cluster.chlorine + cluster.bromine) + 2;
    let window = (mz * WINDOW_PPM * 1e-6).max(WINDOW) + rounding(decimals);
    let answer = Question {
        mz: *mz,
        tolerance: window,
        deviation: window / 2.0,
        ions: &[ion],
        peaks,
        how: Some(How {
            positive: true,
            decimals,
            radicals: true,
        }),
        pattern: Some(
            (cluster.mz..=cluster.mz + last)
                .map(|m| bins.at(m))
                .collect(),
        ),
        halogens: Some((cluster.chlorine, cluster.bromine)),
    }
    .rank();
    tell(hints, answer, window / mz * 1e6);
}

/// Formulas of a nominal mass, where the pattern says something.
fn unit_mass(hints: &mut FormulaHints, cluster: &Cluster, ratios: Option<Ratios>) {
    let clear = ratios.filter(|r| r.floor <= FINE && cluster.abundance >= CLEAR);
    let (Some(ratios), Some(carbons)) = (clear, hints.carbons.as_ref()) else {
        hints.notes.push(
            "The ions above it are too weak to say more: no formulas are told from a nominal mass alone."
                .into(),
        );
        return;
    };
    if cluster.mz > HEAVIEST_NOMINAL {
        hints.notes.push(format!(
            "Above m/z {HEAVIEST_NOMINAL} too many formulas fit a nominal mass; none are told."
        ));
        return;
    }
    let known = Known {
        cluster,
        ratios: &ratios,
        carbons: (carbons.low, carbons.high),
        sulfur: hints.isotopes.as_ref().is_some_and(|i| i.sulfur),
    };
    let answer = ranked(&known);
    hints.fitting = answer.fitting;
    hints.more = answer.more;
    let more = if answer.more { "at least " } else { "" };
    hints.notes.push(match answer.fitting {
        0 => "No formula of C, H, N, O, S, P, F, Cl, Br, I fits mass and pattern: another element, a labelled substance, or a mixture.".into(),
        n => format!(
            "{more}{n} formulas fit mass and pattern; the first {} are told, in the order of how well the pattern fits and how usual such formulas are among drugs. A nominal mass does not tell them apart: where the cluster is the molecular ion, the first was the true one in 20 of a hundred, one of ten in 72.",
            answer.hints.len()
        ),
    });
    hints.candidates = answer.hints;
}
