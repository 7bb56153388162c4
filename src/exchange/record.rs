//! One record of a package: an entry with its points.

use crate::library::{Entry, numbers};
use crate::spectrum::{Axis, Spectrum};
use serde::{Deserialize, Serialize};

/// An entry with its points, as one line of `records.jsonl`.
///
/// Numbers are written so that they read back bit by bit; a gap (not-a-number) is `null`, infinities
/// are `"inf"` and `"-inf"`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The entry.
    pub entry: Entry,
    /// Abscissas, as many as ordinates; none where the entry's axis is even.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "numbers")]
    pub x: Vec<f64>,
    /// Ordinates.
    #[serde(with = "numbers")]
    pub y: Vec<f64>,
}

impl Record {
    /// An entry with the points of its spectrum.
    pub fn of(entry: Entry, spectrum: Spectrum) -> Self {
        let x = match spectrum.axis {
            Axis::Even { .. } => Vec::new(),
            Axis::Explicit(x) => x,
        };
        Self {
            entry,
            x,
            y: spectrum.ordinate,
        }
    }

    /// Whether there is an abscissa for every ordinate.
    pub fn is_sound(&self) -> bool {
        match self.entry.even {
            Some(_) => self.x.is_empty(),
            None => self.x.len() == self.y.len(),
        }
    }

    /// The record as its publisher knows it: with its published id and without the receiver's marks and
    /// deprecation.
    #[must_use]
    pub fn as_published(mut self) -> Self {
        self.entry.publisher = None;
        self.entry.deprecated = self.entry.deprecated.filter(|why| !why.here);
        if let Some(id) = self.entry.published_as.take() {
            self.entry.id = id;
        }
        self
    }

    /// The entry and its spectrum; `None` where the points do not fit together.
    pub fn into_pair(self) -> Option<(Entry, Spectrum)> {
        if !self.is_sound() {
            return None;
        }
        let axis = match self.entry.even {
            Some((first, last)) => Axis::Even {
                first,
                last,
                points: self.y.len(),
            },
            None => Axis::Explicit(self.x),
        };
        let spectrum = self.entry.clone().into_spectrum(axis, self.y);
        Some((self.entry, spectrum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ReferenceKind;
    use crate::spectrum::{Shape, Technique};
    use proptest::prelude::*;

    pub fn record(x: Vec<f64>, y: Vec<f64>) -> Record {
        let axis = Axis::Explicit(x);
        let spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y);
        let entry = Entry::of(&spectrum, "a".to_owned(), ReferenceKind::FullSpectrum);
        Record::of(entry, spectrum)
    }

    #[test]
    fn gaps_and_infinities_have_a_form() {
        let text = serde_json::to_string(&record(
            vec![1.0, 2.0, 3.0, 4.0],
            vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0],
        ))
        .unwrap();
        assert!(text.ends_with(r#""y":[null,"inf","-inf",-0.0]}"#), "{text}");
        let back: Record = serde_json::from_str(&text).unwrap();
        assert!(back.y[0].is_nan() && back.y[1] > 0.0 && back.y[2] < 0.0);
        assert!(back.y[3].is_sign_negative() && back.x == [1.0, 2.0, 3.0, 4.0]);
        assert!(serde_json::from_str::<Record>(&text.replace("\"inf\"", "\"no\"")).is_err());
    }

    proptest! {
        #[test]
        fn every_number_reads_back_bit_by_bit(bits in prop::collection::vec(any::<u64>(), 1..20)) {
            let y: Vec<f64> = bits.iter().map(|b| f64::from_bits(*b)).collect();
            let record = record(y.clone(), y.clone());
            let back: Record = serde_json::from_slice(&serde_json::to_vec(&record).unwrap()).unwrap();
            for (a, b) in y.iter().zip(&back.y) {
                prop_assert!(a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()));
            }
        }
    }
}
