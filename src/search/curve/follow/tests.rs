use super::*;

/// Naphthalene, and how far a handheld out of calibration read lower there.
const PLACES: [(f64, f64, f64); 8] = [
    (508.0, 0.6, 0.0),
    (763.0, 1.0, -3.0),
    (1023.0, 0.4, -6.5),
    (1150.0, 0.2, -7.0),
    (1389.0, 0.9, -11.5),
    (1477.0, 0.25, -18.0),
    (1604.0, 0.3, -31.0),
    (1663.0, 0.12, -38.5),
];

fn drawn(places: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    let places: Vec<(f64, f64)> = places.collect();
    let x = (0..700).map(|i| 400.0 + 2.0 * f64::from(i));
    x.map(|x| {
        let band = |(at, height): &(f64, f64)| height / (1.0 + ((x - at) / 6.0).powi(2));
        // The square root, as curves are compared.
        places.iter().map(band).sum::<f64>().sqrt()
    })
    .collect()
}

#[test]
fn an_error_that_grows_is_followed_to_its_end() {
    let reference = drawn(PLACES.iter().map(|p| (p.0, p.1)));
    let query = drawn(PLACES.iter().map(|p| (p.0 + p.2, p.1)));
    let (r, q) = (bands(&reference, 400.0, 2.0), bands(&query, 400.0, 2.0));
    let curve = follow(&r, &q, 45.0).unwrap();
    assert_eq!(curve.len(), PLACES.len());
    for (found, put) in curve.iter().zip(PLACES) {
        assert!((found.0 - put.0).abs() < 1.0, "{found:?} {put:?}");
        assert!((found.1 - put.2).abs() < 1.0, "{found:?} {put:?}");
    }
    // Turned round it is the same with the other sign.
    let back = follow(&q, &r, 45.0).unwrap();
    assert!((back.last().unwrap().1 - 38.5).abs() < 1.0);
    // Nothing is found beyond the reach, and nothing is told of a curve of other bands.
    let near = follow(&r, &q, 20.0).unwrap();
    assert!(near.iter().all(|(_, error)| error.abs() <= 20.0));
    let other = drawn([(450.0, 1.0), (900.0, 0.9), (1250.0, 0.8)].into_iter());
    assert!(follow(&r, &bands(&other, 400.0, 2.0), 45.0).is_none());
    assert!(follow(&[], &[], 45.0).is_none());
}

#[test]
fn a_place_astray_is_left_out() {
    let curve = vec![(500.0, 1.0), (600.0, 9.0), (700.0, 1.0), (800.0, 2.0)];
    assert_eq!(on_course(curve), [(500.0, 1.0), (700.0, 1.0), (800.0, 2.0)]);
    assert_eq!(on_course(Vec::new()), []);
}

#[test]
fn the_error_between_places() {
    let curve = [(500.0, 1.0), (700.0, 3.0)];
    assert_eq!(between(&curve, 600.0), Some(2.0));
    assert_eq!(between(&curve, 100.0), Some(1.0));
    assert_eq!(between(&curve, 900.0), Some(3.0));
    assert_eq!(between(&[], 900.0), None);
}
