//! The abscissa: even, or one value per point.

use serde::{Deserialize, Serialize};

/// Abscissa values in file order; may ascend or descend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// `points` values from `first` to `last`, evenly spaced.
    Even {
        /// Abscissa of the first stored point.
        first: f64,
        /// Abscissa of the last stored point.
        last: f64,
        /// Number of points.
        points: usize,
    },
    /// One abscissa value per point.
    Explicit(Vec<f64>),
}

impl Axis {
    /// Number of points.
    pub fn len(&self) -> usize {
        match self {
            Self::Even { points, .. } => *points,
            Self::Explicit(x) => x.len(),
        }
    }

    /// Whether there are no points.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Abscissa of point `index`, `None` past the end.
    pub fn get(&self, index: usize) -> Option<f64> {
        match self {
            Self::Even {
                first,
                last,
                points,
            } => (index < *points).then(|| match points {
                1 => *first,
                n => first + (last - first) * (index as f64 / (n - 1) as f64),
            }),
            Self::Explicit(x) => x.get(index).copied(),
        }
    }

    /// Abscissa of the first stored point.
    pub fn first(&self) -> Option<f64> {
        self.get(0)
    }

    /// Abscissa of the last stored point.
    pub fn last(&self) -> Option<f64> {
        self.len().checked_sub(1).and_then(|i| self.get(i))
    }

    /// All values in file order.
    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.len()).filter_map(|i| self.get(i))
    }

    /// All values in file order.
    pub fn to_vec(&self) -> Vec<f64> {
        self.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_axis_ends_exactly_and_descends() {
        let axis = Axis::Even {
            first: 4000.0,
            last: 400.0,
            points: 1801,
        };
        assert_eq!(axis.first(), Some(4000.0));
        assert_eq!(axis.last(), Some(400.0));
        assert_eq!(axis.get(1), Some(3998.0));
        assert_eq!(axis.get(1801), None);
    }

    #[test]
    fn empty_axis_has_no_ends() {
        let axis = Axis::Explicit(vec![]);
        assert_eq!((axis.first(), axis.last()), (None, None));
    }
}
