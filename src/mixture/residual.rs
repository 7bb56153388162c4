//! What the named components leave of a mass spectrum: ions that stand out of their sum.

use super::Residual;

/// An ion of the residual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftIon {
    /// Its m/z.
    pub mz: f64,
    /// Part of the whole signal that is above the model there.
    pub share: f64,
}

/// The ions that stand out of a model, and from when on they are a structure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outstanding {
    /// The largest of them, at most ten, largest first.
    pub ions: Vec<LeftIon>,
    /// How many there are.
    pub count: usize,
    /// Their part of the signal together.
    pub share: f64,
    /// How many and which part make a structure.
    pub fewest: usize,
    /// See [`Self::fewest`].
    pub least: f64,
}

/// When an ion stands out, and when the ions that do are a structure.
pub(super) struct Limits {
    /// Above this many times the model.
    pub above: f64,
    /// And this many floors above it.
    pub floors: f64,
    /// At least so many ions.
    pub fewest: usize,
    /// Together at least this share of the signal.
    pub share: f64,
}

/// Most ions that are told.
const TOLD: usize = 10;

impl Limits {
    /// What stands out of a model: m/z, share of the query and of the model at each place.
    pub fn residual(&self, places: impl Iterator<Item = (f64, f64, f64)>, floor: f64) -> Residual {
        let outstanding = places.filter_map(|(mz, query, model)| {
            let least = (self.above * model).max(model + self.floors * floor);
            let share = query - model;
            (query > least).then_some(LeftIon { mz, share })
        });
        let mut ions: Vec<LeftIon> = outstanding.collect();
        ions.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.mz.total_cmp(&b.mz)));
        let (count, share) = (ions.len(), ions.iter().map(|ion| ion.share).sum());
        ions.truncate(TOLD);
        Residual {
            structured: count >= self.fewest && share >= self.share,
            outstanding: Some(Outstanding {
                ions,
                count,
                share,
                fewest: self.fewest,
                least: self.share,
            }),
            ..Residual::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ions_and_little_of_the_signal_are_no_structure() {
        let limits = Limits {
            above: 2.0,
            floors: 3.0,
            fewest: 3,
            share: 0.05,
        };
        let left = |places: &[(f64, f64, f64)]| limits.residual(places.iter().copied(), 0.01);
        // 0.1, 0.06 and 0.04 from 0.03 on; the model's own ion is within twice.
        let all = [
            (41.0, 0.8, 0.7),
            (45.0, 0.06, 0.0),
            (49.0, 0.1, 0.0),
            (60.0, 0.04, 0.0),
        ];
        let found = left(&all);
        assert!(found.structured);
        let outstanding = found.outstanding.unwrap();
        let mz: Vec<f64> = outstanding.ions.iter().map(|ion| ion.mz).collect();
        assert_eq!(mz, [49.0, 45.0, 60.0]);
        assert!((outstanding.share - 0.2).abs() < 1e-12);
        // One ion of 40 % is no structure, and is told.
        let one = left(&[(41.0, 0.6, 0.5), (250.0, 0.4, 0.0)]);
        assert!(!one.structured);
        assert_eq!(
            one.outstanding.map(|o| (o.count, o.ions[0].mz)),
            Some((1, 250.0))
        );
        // Three floors or less do not stand out.
        assert_eq!(
            left(&[(45.0, 0.03, 0.0)]).outstanding.map(|o| o.count),
            Some(0)
        );
        // Twelve are counted, ten told.
        let many: Vec<(f64, f64, f64)> = (0..12).map(|i| (f64::from(i), 0.05, 0.0)).collect();
        let many = left(&many).outstanding.unwrap();
        assert_eq!((many.count, many.ions.len()), (12, 10));
    }
}
