//! Counts and quantities by period.

use super::ledger::{Certainty, Ledger};
use super::period::{By, Period};
use crate::cases::{Amount, CaseSample, Unit};
use rust_decimal::Decimal;
use std::collections::HashSet;
use std::ops::AddAssign;

/// Sums of quantities, exact, each unit apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quantity {
    /// Kilograms.
    pub kg: Decimal,
    /// Litres.
    pub l: Decimal,
    /// Tablets and other single pieces.
    pub tablets: Decimal,
}

impl AddAssign<Amount> for Quantity {
    fn add_assign(&mut self, amount: Amount) {
        let sum = match amount.unit {
            Unit::Kilogram => &mut self.kg,
            Unit::Litre => &mut self.l,
            Unit::Tablet => &mut self.tablets,
        };
        *sum += amount.value;
    }
}

/// How many samples and seizures, and how much.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Samples.
    pub samples: usize,
    /// Seizures: distinct cases.
    pub seizures: usize,
    /// Quantities, as far as the manifest states them.
    pub quantity: Quantity,
}

impl Tally {
    fn add(&mut self, amount: Option<Amount>) {
        self.samples += 1;
        if let Some(amount) = amount {
            self.quantity += amount;
        }
    }
}

/// Counts of one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of all periods together.
    pub total: Tally,
    /// Of each period.
    pub periods: Vec<Tally>,
}

/// Counts of one thing, the confirmed and the presumptive ones also apart. A seizure of which one sample is
/// confirmed and another presumptive is in both, and once in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Apart {
    /// All, of a place also the samples in which nothing is named.
    pub all: Counts,
    /// Those that the case manifest says are confirmed.
    pub confirmed: Counts,
    /// Those that only the screening names.
    pub presumptive: Counts,
}

impl Apart {
    fn new(periods: usize) -> Self {
        let counts = || Counts {
            total: Tally::default(),
            periods: vec![Tally::default(); periods],
        };
        Self {
            all: counts(),
            confirmed: counts(),
            presumptive: counts(),
        }
    }

    fn of(&mut self, certainty: Certainty) -> &mut Counts {
        match certainty {
            Certainty::Confirmed => &mut self.confirmed,
            Certainty::Presumptive => &mut self.presumptive,
        }
    }
}

/// The periods that samples are of: from the first to the last of a judged sample, without a break.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// How long they are.
    pub by: By,
    /// The periods, by time.
    pub periods: Vec<Period>,
}

impl Calendar {
    /// Place of a period; `None` outside.
    pub fn place(&self, period: Period) -> Option<usize> {
        period
            .after(*self.periods.first()?)
            .filter(|place| *place < self.periods.len())
    }
}

/// All counts: what was judged in each period, and each subject of the ledger by its number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tallies {
    /// What was judged: where a period has no sample nothing was screened.
    pub judged: Counts,
    /// Of each subject.
    pub subjects: Vec<Apart>,
}

impl Tallies {
    /// Counts all samples that have a day.
    pub fn of(ledger: &Ledger, samples: &[CaseSample], calendar: &Calendar) -> Self {
        let periods = calendar.periods.len();
        let mut judged = Apart::new(periods).all;
        let mut subjects = vec![Apart::new(periods); ledger.subjects.all().len()];
        let mut seen: HashSet<(Option<usize>, Option<Certainty>, usize)> = HashSet::new();
        for record in &ledger.records {
            let place = record
                .day
                .and_then(|day| calendar.place(calendar.by.of(day)));
            let seizure = ledger.period(record.seizure, calendar.by);
            let seizure = seizure.and_then(|period| calendar.place(period));
            let (Some(place), Some(of_seizure)) = (place, seizure) else {
                continue;
            };
            let amount = samples[record.sample].amount;
            let mut count = |counts: &mut Counts, subject, certainty| {
                counts.total.add(amount);
                counts.periods[place].add(amount);
                if seen.insert((subject, certainty, record.seizure)) {
                    counts.total.seizures += 1;
                    counts.periods[of_seizure].seizures += 1;
                }
            };
            count(&mut judged, None, None);
            for subject in record.of.subjects() {
                let apart = &mut subjects[subject];
                count(&mut apart.all, Some(subject), None);
                if let Some(certainty) = record.certainty {
                    count(apart.of(certainty), Some(subject), Some(certainty));
                }
            }
        }
        Self { judged, subjects }
    }
}
