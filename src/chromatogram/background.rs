//! What a gas chromatograph itself gives: bleed of the column's phase, air and water.

use super::Ion;
use serde::Serialize;

/// Ions of polysiloxanes: cyclic (CH3)2SiO and what column and septum give off.
const BLEED: [u32; 17] = [
    73, 133, 147, 191, 207, 221, 267, 281, 295, 327, 341, 355, 401, 405, 415, 429, 503,
];
/// Those that silylated substances seldom have as their base peak.
const TELLING: [u32; 10] = [207, 221, 267, 281, 327, 341, 355, 405, 415, 429];
/// Ions of water, nitrogen, oxygen, argon and carbon dioxide.
const AIR: [u32; 12] = [12, 14, 16, 17, 18, 20, 28, 29, 32, 34, 40, 44];
/// Carbon dioxide, and the amines that break to C2H6N+.
const CARBON_DIOXIDE: u32 = 44;
/// Nitrogen and carbon monoxide, which carbon dioxide gives, too.
const NITROGEN: u32 = 28;
/// How high m/z 28 is beside 44 in carbon dioxide at least (it is a tenth, as published).
const LEAST_NITROGEN: f64 = 0.05;
/// Share of the abundance that bleed takes at least.
const MOSTLY_BLEED: f64 = 0.6;
/// Share of the abundance that air takes at least.
const MOSTLY_AIR: f64 = 0.85;

/// Where a peak comes from that is not of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Background {
    /// Polysiloxanes of the column, the septum or the vial's cap.
    #[serde(rename = "column bleed")]
    ColumnBleed,
    /// Air, water or carbon dioxide.
    #[serde(rename = "air")]
    Air,
}

impl Background {
    /// The word for people and programs.
    pub fn label(self) -> &'static str {
        match self {
            Self::ColumnBleed => "column bleed",
            Self::Air => "air",
        }
    }

    /// What a spectrum is that holds little else than ions of the background. Bleed: six tenths of the
    /// abundance in ions of polysiloxanes and their weaker isotopes (up to 2 above), and the highest ion but 73
    /// and 147 (which trimethylsilyl derivatives have too) is one of polysiloxanes alone. Air: 85 %; where m/z 44
    /// is the highest ion, 28 must be there, too: amphetamines have 44 alone.
    pub fn of(ions: &[Ion]) -> Option<Self> {
        let abundance = |mz: u32| {
            ions.iter()
                .find(|i| i.mz == mz)
                .map_or(0.0, |i| i.abundance)
        };
        let sum: f64 = ions.iter().map(|i| i.abundance).sum();
        let share = |test: &dyn Fn(&Ion) -> bool| {
            let those = ions.iter().filter(|i| test(i));
            those.map(|i| i.abundance).sum::<f64>() / sum.max(f64::MIN_POSITIVE)
        };
        let highest = |of: &dyn Fn(&Ion) -> bool| {
            let those = ions.iter().filter(|i| of(i));
            those.max_by(|a, b| a.abundance.total_cmp(&b.abundance))
        };
        if share(&|ion| AIR.contains(&ion.mz)) >= MOSTLY_AIR {
            let amine = highest(&|_| true)?.mz == CARBON_DIOXIDE
                && abundance(NITROGEN) < LEAST_NITROGEN * abundance(CARBON_DIOXIDE);
            return (!amine).then_some(Self::Air);
        }
        let of = |list: &[u32], ion: &Ion| {
            let isotope = |d: u32| {
                let of = ion.mz.saturating_sub(d);
                list.contains(&of) && abundance(of) > ion.abundance
            };
            list.contains(&ion.mz) || (1..=2).any(isotope)
        };
        let base = highest(&|ion| !of(&[73, 147], ion))?;
        let bleed = TELLING.contains(&base.mz) && share(&|ion| of(&BLEED, ion)) >= MOSTLY_BLEED;
        bleed.then_some(Self::ColumnBleed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ions: &[(u32, f64)]) -> Option<Background> {
        let ions = ions.iter().map(|(mz, abundance)| Ion {
            mz: *mz,
            abundance: *abundance,
        });
        Background::of(&ions.collect::<Vec<_>>())
    }

    #[test]
    fn siloxanes_air_and_neither() {
        // Principal ions of octamethylcyclotetrasiloxane, as published.
        let d4 = [
            (281, 999.0),
            (282, 290.0),
            (283, 180.0),
            (265, 90.0),
            (133, 80.0),
            (73, 70.0),
        ];
        assert_eq!(of(&d4), Some(Background::ColumnBleed));
        assert_eq!(
            of(&[(28, 900.0), (32, 200.0), (44, 20.0)]),
            Some(Background::Air)
        );
        // A trimethylsilyl derivative (of morphine): 73 and 147 alone say nothing.
        let silylated = [
            (73, 999.0),
            (147, 200.0),
            (429, 400.0),
            (236, 500.0),
            (196, 450.0),
        ];
        assert_eq!(of(&silylated), None);
        assert_eq!(of(&[(44, 999.0), (91, 250.0), (65, 100.0)]), None);
        // Weak amphetamine, and carbon dioxide as published.
        assert_eq!(of(&[(44, 999.0), (91, 90.0), (65, 30.0)]), None);
        assert_eq!(
            of(&[(44, 999.0), (28, 98.0), (16, 96.0), (12, 87.0)]),
            Some(Background::Air)
        );
        // Weak flubromazolam (222, 343, 341) and elemicin (208, 193): neighbours of ions of siloxanes.
        assert_eq!(of(&[(222, 999.0), (343, 500.0), (341, 500.0)]), None);
        assert_eq!(of(&[(208, 999.0), (193, 500.0)]), None);
        assert_eq!(of(&[]), None);
    }
}
