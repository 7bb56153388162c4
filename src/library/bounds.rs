//! The bounds of a group's curves, kept beside them.

use super::{Column, Curves};
use crate::correlate::cascade::{Cascade, References};
use std::borrow::Cow;

/// References from which on bounds save time.
pub(super) const WORTH_BOUNDING: usize = 2_000;

/// A [`Cascade`] in columns.
#[derive(Debug, Default)]
pub struct Bounds {
    /// Rows, grid points, coefficients, coefficients at the first level.
    pub shape: Column<u32>,
    /// Orthonormal directions.
    pub basis: Column<f32>,
    /// Step of the codes.
    pub steps: Column<f32>,
    /// First coefficients.
    pub first: Column<i8>,
    /// All coefficients.
    pub codes: Column<i8>,
    /// Norms of the rest in bands.
    pub norms: Column<f32>,
    /// Norms of what the basis does not hold.
    pub rest: Column<f32>,
    /// Running sums of values.
    pub sums: Column<f32>,
    /// Running sums of squares.
    pub squares: Column<f32>,
    /// Distinct measured ranges and their rows.
    pub ranges: Column<u32>,
    /// Range of each row.
    pub range_of: Column<u32>,
}

impl Bounds {
    /// Bounds of these references; `None` where they are few enough to be compared one by one.
    pub(super) fn of(curves: &Curves) -> Option<Self> {
        let references = curves.references();
        (references.rows() >= WORTH_BOUNDING).then(|| Cascade::build(references).into())
    }

    /// All columns as bytes.
    pub(super) fn bytes(&self) -> [&[u8]; 11] {
        [
            self.shape.bytes(),
            self.basis.bytes(),
            self.steps.bytes(),
            self.first.bytes(),
            self.codes.bytes(),
            self.norms.bytes(),
            self.rest.bytes(),
            self.sums.bytes(),
            self.squares.bytes(),
            self.ranges.bytes(),
            self.range_of.bytes(),
        ]
    }

    /// As the search takes them; `None` where the columns do not fit together (a damaged file).
    pub fn view(&self) -> Option<Cascade<'_>> {
        let cascade = Cascade {
            shape: self.shape.first_chunk().copied()?,
            basis: Cow::Borrowed(&self.basis),
            steps: Cow::Borrowed(&self.steps),
            first: Cow::Borrowed(&self.first),
            codes: Cow::Borrowed(&self.codes),
            norms: Cow::Borrowed(&self.norms),
            rest: Cow::Borrowed(&self.rest),
            sums: Cow::Borrowed(&self.sums),
            squares: Cow::Borrowed(&self.squares),
            ranges: Cow::Borrowed(&self.ranges),
            range_of: Cow::Borrowed(&self.range_of),
        };
        cascade.is_sound().then_some(cascade)
    }
}

impl From<Cascade<'static>> for Bounds {
    fn from(cascade: Cascade<'static>) -> Self {
        Self {
            shape: cascade.shape.to_vec().into(),
            basis: cascade.basis.into_owned().into(),
            steps: cascade.steps.into_owned().into(),
            first: cascade.first.into_owned().into(),
            codes: cascade.codes.into_owned().into(),
            norms: cascade.norms.into_owned().into(),
            rest: cascade.rest.into_owned().into(),
            sums: cascade.sums.into_owned().into(),
            squares: cascade.squares.into_owned().into(),
            ranges: cascade.ranges.into_owned().into(),
            range_of: cascade.range_of.into_owned().into(),
        }
    }
}

impl Curves {
    /// The rows as the search takes them.
    pub fn references(&self) -> References<'_> {
        References {
            values: &self.values,
            points: self.points,
            start: &self.start,
            end: &self.end,
        }
    }
}
