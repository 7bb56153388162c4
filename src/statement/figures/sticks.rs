//! Two mass spectra against one another, and their difference.

/// m/z and abundance.
pub(super) type Ion = (f64, f64);

/// How two mass spectra are set against one another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mirrored {
    /// The query in per cent of its base peak.
    pub query: Vec<Ion>,
    /// The reference in per cent of its base peak.
    pub reference: Vec<Ion>,
    /// The query less the reference, both in per cent.
    pub rest: Vec<Ion>,
}

/// Sets two mass spectra against one another. Ions within `tolerance` of one another are the same. `None`
/// where one has none.
pub(super) fn mirrored(query: &[Ion], reference: &[Ion], tolerance: f64) -> Option<Mirrored> {
    let (query, reference) = (relative(query)?, relative(reference)?);
    let mut rest: Vec<Ion> = Vec::with_capacity(query.len() + reference.len());
    let (mut a, mut b) = (query.iter().peekable(), reference.iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some(q), Some(r)) if (q.0 - r.0).abs() <= tolerance => {
                rest.push((q.0, q.1 - r.1));
                a.next();
                b.next();
            }
            (Some(q), Some(r)) if q.0 > r.0 => {
                rest.push((r.0, -r.1));
                b.next();
            }
            (Some(q), _) => {
                rest.push((q.0, q.1));
                a.next();
            }
            (None, Some(r)) => {
                rest.push((r.0, -r.1));
                b.next();
            }
            (None, None) => break,
        }
    }
    Some(Mirrored {
        query,
        reference,
        rest,
    })
}

/// Ions by rising m/z in per cent of the base peak; `None` where there are none.
pub(super) fn relative(ions: &[Ion]) -> Option<Vec<Ion>> {
    let mut kept: Vec<Ion> = ions
        .iter()
        .copied()
        .filter(|(mz, y)| mz.is_finite() && y.is_finite() && *y > 0.0)
        .collect();
    let base = kept.iter().fold(0.0_f64, |most, ion| most.max(ion.1));
    kept.sort_by(|a, b| a.0.total_cmp(&b.0));
    kept.iter_mut().for_each(|ion| ion.1 *= 100.0 / base);
    (!kept.is_empty()).then_some(kept)
}

/// The largest ions for labels, at most `most`, no two nearer than `apart` to one another, and none below 2 %.
pub(super) fn foremost(ions: &[Ion], most: usize, apart: f64) -> Vec<Ion> {
    const LEAST: f64 = 2.0;
    let mut by_size: Vec<Ion> = ions
        .iter()
        .copied()
        .filter(|ion| ion.1.abs() >= LEAST)
        .collect();
    by_size.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let mut kept: Vec<Ion> = Vec::new();
    for ion in by_size {
        if kept.len() < most && kept.iter().all(|k| (k.0 - ion.0).abs() >= apart) {
            kept.push(ion);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_by_hand() {
        let query = [(58.0, 200.0), (91.0, 50.0), (65.0, 20.0)];
        let reference = [(58.0, 50.0), (77.0, 10.0), (91.0, 20.0)];
        let both = mirrored(&query, &reference, 0.5).unwrap();
        assert_eq!(both.query, [(58.0, 100.0), (65.0, 10.0), (91.0, 25.0)]);
        assert_eq!(both.reference, [(58.0, 100.0), (77.0, 20.0), (91.0, 40.0)]);
        assert_eq!(
            both.rest,
            [(58.0, 0.0), (65.0, 10.0), (77.0, -20.0), (91.0, -15.0)]
        );
        assert_eq!(mirrored(&query, &[(1.0, 0.0)], 0.5), None);
    }

    #[test]
    fn labels_stand_apart() {
        let ions = [
            (58.0, 100.0),
            (59.0, 60.0),
            (91.0, 25.0),
            (92.0, 1.0),
            (120.0, -3.0),
        ];
        assert_eq!(
            foremost(&ions, 9, 5.0),
            [(58.0, 100.0), (91.0, 25.0), (120.0, -3.0)]
        );
        assert_eq!(foremost(&ions, 1, 5.0), [(58.0, 100.0)]);
    }
}
