//! The shape of a component's peak, from the ions that are its own.

use super::cluster::Cluster;
use super::maxima::Maximum;
use super::nnls::nnls;
use super::skew::Skew;
use super::traces::Traces;

/// Width of an ion's maximum over the cluster's up to which it is taken as the component's own.
const SLIM: f64 = 1.2;
/// Ions of a model at most.
const IONS: usize = 24;
/// Share of the height at which a model ends.
const END: f64 = 0.005;
/// Share of a model's squares that two others must leave for it to be a component of its own.
const OWN: f64 = 0.02;

/// Shape of a chromatographic peak, 1 at its highest scan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    /// First scan.
    pub from: usize,
    /// Heights of the scans from there.
    pub shape: Vec<f64>,
    /// Where it is highest, scans, between them.
    pub apex: f64,
    /// Its highest scan.
    pub top: usize,
    /// Width at half height, scans.
    pub width: f64,
    /// Sum of the heights of the maxima that belong to it.
    pub height: f64,
    /// How much speaks for it, as of its cluster.
    pub weight: f64,
}

impl Model {
    /// First scan behind it.
    pub fn end(&self) -> usize {
        self.from + self.shape.len()
    }

    /// Its height in a scan.
    pub fn at(&self, scan: usize) -> f64 {
        let inside = scan.checked_sub(self.from);
        inside
            .and_then(|i| self.shape.get(i))
            .copied()
            .unwrap_or(0.0)
    }
}

/// The shape of a cluster: the sum of its narrow ions above their own baselines, each weighted by the root
/// of its height, falling on both sides of its highest scan. `None` where nothing is left.
pub(super) fn model(
    cluster: &Cluster,
    maxima: &[Maximum],
    traces: &Traces,
    skew: &Skew,
) -> Option<Model> {
    let members: Vec<&Maximum> = cluster
        .members
        .iter()
        .filter_map(|i| maxima.get(*i))
        .collect();
    let mut own: Vec<&Maximum> = members
        .iter()
        .filter(|m| m.width <= SLIM * cluster.width)
        .copied()
        .collect();
    own.sort_by(|a, b| b.ratio.total_cmp(&a.ratio));
    own.truncate(IONS);
    let reach = (3.0 * cluster.width).ceil() as usize + 3;
    let span = |m: &Maximum| {
        let from = m.valleys.0.max(m.feet.0.saturating_sub(reach));
        (from, m.valleys.1.min(m.feet.1 + reach))
    };
    let from = own.iter().map(|m| span(m).0).min()?;
    let to = own.iter().map(|m| span(m).1).max()?;
    let mut sum = vec![0.0; to - from + 1];
    let (mut window, mut room) = (Vec::new(), Vec::new());
    for maximum in &own {
        let (left, right) = span(maximum);
        window.clear();
        window.resize(right - left + 1, 0.0);
        skew.window(traces, maximum.ion, left, &mut window, &mut room);
        let (first, last) = (*window.first()?, *window.last()?);
        let step = (last - first) / (window.len() - 1).max(1) as f64;
        let weight = maximum.height.max(f64::MIN_POSITIVE).sqrt().recip();
        for (i, value) in window.iter().enumerate() {
            sum[left - from + i] += weight * (value - first - step * i as f64).max(0.0);
        }
    }
    let near = |i: &usize| ((from + i) as f64 - cluster.apex).abs() <= 1.5;
    let top = (0..sum.len())
        .filter(near)
        .max_by(|a, b| sum[*a].total_cmp(&sum[*b]))?;
    let highest = sum[top];
    if highest <= 0.0 {
        return None;
    }
    let shelf = (cluster.width / 2.0).ceil() as usize + 2;
    let right = falling(sum[top..].iter().map(|y| y / highest), shelf);
    let left = falling(sum[..=top].iter().rev().map(|y| y / highest), shelf);
    let mut shape: Vec<f64> = left.iter().skip(1).rev().copied().collect();
    shape.extend(&right);
    Some(Model {
        from: from + top + 1 - left.len(),
        shape,
        apex: cluster.apex,
        top: from + top,
        width: cluster.width,
        height: members.iter().map(|m| m.height).sum(),
        weight: cluster.weight,
    })
}

/// One flank from the top: never rising, ending where little is left or where it stays level.
fn falling(flank: impl Iterator<Item = f64>, shelf: usize) -> Vec<f64> {
    let mut shape: Vec<f64> = Vec::new();
    let mut level = f64::MAX;
    let mut fell = 0;
    for (i, value) in flank.enumerate() {
        if value < 0.98 * level {
            fell = i;
        }
        level = level.min(value);
        if level < END && i > 0 {
            break;
        }
        if i > fell + shelf && level < 0.3 {
            shape.truncate(fell + 1);
            break;
        }
        shape.push(level);
    }
    shape
}

/// Takes out models that are the sum of their two neighbours: the ions that both have are highest between
/// them. `models` ascend by apex.
pub(super) fn drop_blends(models: &mut Vec<Model>) {
    let mut at = 1;
    while at + 1 < models.len() {
        let blend = match (models.get(at - 1), models.get(at), models.get(at + 1)) {
            (Some(before), Some(between), Some(after)) => is_sum(between, before, after),
            _ => false,
        };
        match blend {
            true => {
                models.remove(at);
            }
            false => at += 1,
        }
    }
}

fn is_sum(of: &Model, a: &Model, b: &Model) -> bool {
    let far = |other: &Model| (other.apex - of.apex).abs() > of.width.max(other.width);
    if far(a) || far(b) {
        return false;
    }
    let dot = |p: &Model, q: &Model| -> f64 {
        let scans = p.from.max(q.from)..p.end().min(q.end());
        scans.map(|scan| p.at(scan) * q.at(scan)).sum()
    };
    let (aa, ab, bb) = (dot(a, a), dot(a, b), dot(b, b));
    let rhs = [dot(a, of), dot(b, of)];
    let x = nnls(&[aa, ab, ab, bb], &rhs);
    let explained = 2.0 * (x[0] * rhs[0] + x[1] * rhs[1])
        - (x[0] * x[0] * aa + 2.0 * x[0] * x[1] * ab + x[1] * x[1] * bb);
    let both = x[0] > 0.05 && x[1] > 0.05;
    both && dot(of, of) - explained < OWN * dot(of, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gauss(apex: f64, sigma: f64) -> Model {
        let from = (apex - 4.0 * sigma).round() as usize;
        let shape = (from..from + (8.0 * sigma) as usize)
            .map(|x| (-0.5 * ((x as f64 - apex) / sigma).powi(2)).exp());
        Model {
            from,
            shape: shape.collect(),
            apex,
            top: apex.round() as usize,
            width: 2.355 * sigma,
            height: 1.0,
            weight: 1.0,
        }
    }

    #[test]
    fn a_sum_of_neighbours_is_no_component() {
        let (a, b) = (gauss(50.0, 3.0), gauss(53.0, 3.0));
        let mut sum = gauss(51.5, 3.0);
        for (i, y) in sum.shape.iter_mut().enumerate() {
            *y = 0.5 * (a.at(sum.from + i) + b.at(sum.from + i));
        }
        let mut models = vec![a.clone(), sum, b];
        drop_blends(&mut models);
        assert_eq!(models.len(), 2);
        // A true one between others six scans apart is narrower than their sum.
        let mut three = vec![a, gauss(53.0, 3.0), gauss(56.0, 3.0)];
        drop_blends(&mut three);
        assert_eq!(three.len(), 3);
    }

    #[test]
    fn a_flank_falls_and_ends() {
        let flank = [1.0, 0.5, 0.6, 0.2, 0.004, 0.9];
        assert_eq!(falling(flank.into_iter(), 3), [1.0, 0.5, 0.5, 0.2]);
        let level = [1.0, 0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        assert_eq!(falling(level.into_iter(), 2), [1.0, 0.5, 0.1]);
    }
}
