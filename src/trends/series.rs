//! A series of counts, as it is told.

use super::subject::Subject;
use super::tally::{Apart, Counts, Quantity, Tally};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// An exact decimal number, in JSON a number with all its digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exact(pub Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.normalize().to_string();
        let number = RawValue::from_string(text).map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

/// Counts of each period; `None` where nothing was screened, 0 where it was not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Of all periods together.
    pub total: Told,
    /// Samples.
    pub samples: Vec<Option<usize>>,
    /// Seizures.
    pub seizures: Vec<Option<usize>>,
    /// Kilograms.
    pub kg: Vec<Option<Exact>>,
    /// Litres.
    pub l: Vec<Option<Exact>>,
    /// Tablets.
    pub tablets: Vec<Option<Exact>>,
}

/// A tally with exact quantities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Samples.
    pub samples: usize,
    /// Seizures.
    pub seizures: usize,
    /// Kilograms.
    pub kg: Exact,
    /// Litres.
    pub l: Exact,
    /// Tablets.
    pub tablets: Exact,
}

impl From<Tally> for Told {
    fn from(tally: Tally) -> Self {
        let Quantity { kg, l, tablets } = tally.quantity;
        Self {
            samples: tally.samples,
            seizures: tally.seizures,
            kg: Exact(kg),
            l: Exact(l),
            tablets: Exact(tablets),
        }
    }
}

impl Block {
    /// The block of such counts; `gaps` says in which periods nothing was screened.
    pub fn of(counts: &Counts, gaps: &[bool]) -> Self {
        let told: Vec<Option<Told>> = counts
            .periods
            .iter()
            .zip(gaps)
            .map(|(tally, gap)| (!gap).then(|| Told::from(*tally)))
            .collect();
        fn column<T>(told: &[Option<Told>], pick: impl Fn(&Told) -> T) -> Vec<Option<T>> {
            told.iter().map(|t| t.as_ref().map(&pick)).collect()
        }
        Self {
            total: counts.total.into(),
            samples: column(&told, |t| t.samples),
            seizures: column(&told, |t| t.seizures),
            kg: column(&told, |t| t.kg),
            l: column(&told, |t| t.l),
            tablets: column(&told, |t| t.tablets),
        }
    }
}

/// Counts of one subject by period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// What it is of.
    #[serde(flatten)]
    pub subject: Subject,
    /// All.
    pub all: Block,
    /// Those that the case manifest says are confirmed.
    pub confirmed: Block,
    /// Those that only the screening names.
    pub presumptive: Block,
}

impl Series {
    /// The series of a subject.
    pub fn of(subject: &Subject, apart: &Apart, gaps: &[bool]) -> Self {
        Self {
            subject: subject.clone(),
            all: Block::of(&apart.all, gaps),
            confirmed: Block::of(&apart.confirmed, gaps),
            presumptive: Block::of(&apart.presumptive, gaps),
        }
    }
}
