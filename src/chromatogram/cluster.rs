//! Maxima of ions that come at one time: a component.
//!
//! Biller & Biemann 1974 (doi:10.1080/00387017408067248) take ions that are highest in the same scan as
//! one component; Stein 1999 does so in tenths of a scan. Here each maximum is a normal distribution in
//! time whose width is the uncertainty of its apex, and components are the maxima of their sum.

use super::maxima::Maximum;

/// Bins of a scan.
const BINS: usize = 10;
/// Components are two where the sum between them falls below this share of the lower.
const VALLEY: f64 = 0.75;
/// Smallest distance of components, scans.
const APART: f64 = 1.0;
/// Smallest distance of components, share of a width.
const APART_WIDTHS: f64 = 0.12;
/// Width of a maximum over that of the narrow ones around it from which it is taken as a blend of two.
const BROAD: f64 = 1.3;

/// Maxima of one component.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster {
    /// Time of the component, scans.
    pub apex: f64,
    /// Width at half height of its narrow ions, scans.
    pub width: f64,
    /// How much speaks for it: the sum of ln(1 + height over noise) of its maxima, a fifth of it for
    /// blends.
    pub weight: f64,
    /// Its maxima, by position in the list.
    pub members: Vec<usize>,
}

/// Puts maxima that come together into clusters, by time. `maxima` must ascend by apex.
pub(super) fn clusters(maxima: &[Maximum], scans: usize) -> Vec<Cluster> {
    let narrow = narrow_widths(maxima);
    let density = density(maxima, &narrow, scans);
    let tops = tops(&density, |bin| {
        let at = bin as f64 / BINS as f64;
        let near = maxima.partition_point(|m| m.apex < at);
        let width = narrow.get(near.min(narrow.len().saturating_sub(1)));
        APART.max(APART_WIDTHS * width.copied().unwrap_or_default())
    });
    let mut found: Vec<Cluster> = tops
        .into_iter()
        .map(|bin| Cluster {
            apex: bin as f64 / BINS as f64,
            width: 0.0,
            weight: 0.0,
            members: Vec::new(),
        })
        .collect();
    for (index, maximum) in maxima.iter().enumerate() {
        if let Some(cluster) = nearest(&mut found, maximum) {
            cluster.members.push(index);
            cluster.weight += weight(maximum, narrow.get(index).copied().unwrap_or_default());
        }
    }
    found.retain(|cluster| !cluster.members.is_empty());
    for cluster in &mut found {
        settle(cluster, maxima);
    }
    found
}

/// Apex and width of a cluster from its members: means weighted by how sure they are.
fn settle(cluster: &mut Cluster, maxima: &[Maximum]) {
    let members = || cluster.members.iter().filter_map(|i| maxima.get(*i));
    cluster.width = narrow(members().map(|m| (m.width, m.ratio.ln_1p())));
    let slim = |m: &&Maximum| m.width <= BROAD * cluster.width;
    let (mut sum, mut weights) = (0.0, 0.0);
    for member in members().filter(slim) {
        let weight = member.spread.powi(-2);
        sum += weight * member.apex;
        weights += weight;
    }
    if weights > 0.0 {
        cluster.apex = sum / weights;
    }
}

/// The width below which a quarter of the weight lies.
fn narrow(widths: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut widths: Vec<(f64, f64)> = widths.collect();
    widths.sort_by(|a, b| a.0.total_cmp(&b.0));
    let quarter = widths.iter().map(|w| w.1).sum::<f64>() / 4.0;
    let mut sum = 0.0;
    for (width, weight) in &widths {
        sum += weight;
        if sum >= quarter {
            return *width;
        }
    }
    0.0
}

/// For each maximum the width of the narrow ones within its own width.
fn narrow_widths(maxima: &[Maximum]) -> Vec<f64> {
    const MOST: usize = 100;
    let around = |index: usize, maximum: &Maximum| {
        let near = |m: &&Maximum| (m.apex - maximum.apex).abs() <= maximum.width;
        let before = maxima[..index].iter().rev().take(MOST).take_while(near);
        let after = maxima[index..].iter().take(MOST).take_while(near);
        narrow(before.chain(after).map(|m| (m.width, m.ratio.ln_1p())))
    };
    maxima
        .iter()
        .enumerate()
        .map(|(index, maximum)| around(index, maximum))
        .collect()
}

/// How much a maximum says: less where it is broader than the narrow ones around it.
fn weight(maximum: &Maximum, narrow: f64) -> f64 {
    let blend = maximum.width > BROAD * narrow;
    maximum.ratio.ln_1p() * if blend { 0.2 } else { 1.0 }
}

/// Sum of the maxima's distributions over time.
fn density(maxima: &[Maximum], narrow: &[f64], scans: usize) -> Vec<f64> {
    let mut density = vec![0.0; scans * BINS + 1];
    for (maximum, narrow) in maxima.iter().zip(narrow) {
        let weight = weight(maximum, *narrow) / maximum.spread;
        let reach = 3.0 * maximum.spread;
        let bin = |x: f64| ((x * BINS as f64).round().max(0.0) as usize).min(scans * BINS);
        for (at, value) in density
            .iter_mut()
            .enumerate()
            .take(bin(maximum.apex + reach) + 1)
            .skip(bin(maximum.apex - reach))
        {
            let away = (at as f64 / BINS as f64 - maximum.apex) / maximum.spread;
            *value += weight * (-0.5 * away * away).exp();
        }
    }
    density
}

/// Bins of the maxima that are apart: lower ones within the smallest distance, or without a valley, go.
fn tops(density: &[f64], apart: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut kept: Vec<(usize, f64)> = Vec::new();
    let mut valley = f64::MAX;
    for (i, w) in density.windows(3).enumerate() {
        let at = i + 1;
        valley = valley.min(w[1]);
        if !(w[1] > w[0] && w[1] >= w[2]) {
            continue;
        }
        let mut low = valley;
        let mut wins = true;
        while let Some((last, between)) = kept.last().copied() {
            low = low.min(w[1]);
            let top = density[last];
            let far = (at - last) as f64 / BINS as f64 >= apart(at);
            if far && low < VALLEY * top.min(w[1]) {
                break;
            }
            if top >= w[1] {
                wins = false;
                break;
            }
            kept.pop();
            low = low.min(between);
        }
        if wins {
            kept.push((at, low));
            valley = f64::MAX;
        } else if let Some(last) = kept.last() {
            // The valley behind the last top is the lowest since it.
            let since = density.get(last.0..=at).unwrap_or_default();
            valley = since.iter().copied().fold(f64::MAX, f64::min);
        }
    }
    kept.into_iter().map(|(at, _)| at).collect()
}

/// The cluster that a maximum belongs to, if any is near enough.
fn nearest<'a>(clusters: &'a mut [Cluster], maximum: &Maximum) -> Option<&'a mut Cluster> {
    let after = clusters.partition_point(|c| c.apex < maximum.apex);
    let reach = (3.0 * maximum.spread).max(0.6).max(0.1 * maximum.width);
    let away = |i: usize, all: &[Cluster]| all.get(i).map(|c| (c.apex - maximum.apex).abs());
    let candidates = [after.checked_sub(1), Some(after)];
    let best = candidates
        .into_iter()
        .flatten()
        .filter_map(|i| away(i, clusters).map(|d| (i, d)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 <= reach)
        .then(|| clusters.get_mut(best.0))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maximum(apex: f64, width: f64) -> Maximum {
        Maximum {
            ion: 0,
            apex,
            spread: 0.2,
            height: 100.0,
            ratio: 50.0,
            width,
            feet: (0, 0),
            valleys: (0, 0),
        }
    }

    #[test]
    fn maxima_three_scans_apart_are_two_components() {
        let apexes = [10.0, 10.1, 10.2, 13.1, 13.2];
        let all: Vec<Maximum> = apexes.iter().map(|a| maximum(*a, 5.0)).collect();
        let found = clusters(&all, 30);
        let members: Vec<usize> = found.iter().map(|c| c.members.len()).collect();
        assert_eq!(members, [3, 2]);
        assert!((found[0].apex - 10.1).abs() < 1e-9 && (found[1].apex - 13.15).abs() < 1e-9);
    }

    #[test]
    fn a_shallow_valley_parts_nothing() {
        assert_eq!(tops(&[0.0, 5.0, 4.5, 6.0, 0.0], |_| 0.0), [3]);
        assert_eq!(tops(&[0.0, 5.0, 1.0, 6.0, 0.0], |_| 0.0), [1, 3]);
        assert_eq!(tops(&[0.0, 5.0, 1.0, 6.0, 0.0], |_| 1.0), [3]);
        assert!(tops(&[], |_| 0.0).is_empty());
    }
}
