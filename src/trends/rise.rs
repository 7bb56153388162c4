//! Rising: whether a substance's share of the judged seizures is higher of late than before.

use super::exact::{Shares, holm};
use super::ledger::Ledger;
use super::period::Period;
use super::subject::Kind;
use super::tally::Calendar;
use crate::library::Rate;
use serde::Serialize;
use std::collections::HashSet;

/// Adjusted p-value below which a share is called rising.
pub const LEVEL: f64 = 0.05;

/// A stretch of periods and what was judged in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// The first period.
    pub from: Period,
    /// The last period.
    pub to: Period,
    /// Judged seizures.
    pub seizures: usize,
}

/// A share of the judged seizures with its 95 % interval (Wilson).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Seizures with it.
    pub seizures: usize,
    /// All judged seizures.
    pub of: usize,
    /// Their share.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Share {
    fn of(seizures: usize, of: usize) -> Self {
        let rate = Rate::wilson(seizures, of, "judged seizures");
        Self {
            seizures,
            of,
            share: rate.estimate,
            low: rate.low,
            high: rate.high,
        }
    }
}

/// The test of one substance or group of unknowns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Test {
    /// Substance or unknown.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// In the recent window.
    pub recent: Share,
    /// Before.
    pub before: Share,
    /// One-sided p-value of Fisher's exact test.
    pub p: f64,
    /// Adjusted for all that were looked at (Holm).
    pub adjusted: f64,
    /// Whether the adjusted p-value is below the level.
    pub rising: bool,
    /// Of the recent seizures with it, samples without a case number, of which several may be one seizure.
    pub recent_without_case: usize,
}

/// What rises.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Rising {
    /// The recent window, and what comes before; `None` where they cannot be compared.
    pub windows: Option<[Window; 2]>,
    /// Why nothing was tested.
    pub not_tested: Option<String>,
    /// Adjusted p-value below which a share is called rising.
    pub level: f64,
    /// Substances and groups of unknowns that were looked at.
    pub looked_at: usize,
    /// One for each, the smallest p-value first.
    pub tests: Vec<Test>,
}

impl Rising {
    /// Tests all substances and groups of unknowns of a ledger: the last `recent` periods against all
    /// before.
    pub fn of(ledger: &Ledger, calendar: &Calendar, recent: usize) -> Self {
        let none = |why: &str| Self {
            not_tested: Some(why.to_owned()),
            level: LEVEL,
            ..Self::default()
        };
        let [Some(first), Some(last)] = [calendar.periods.first(), calendar.periods.last()] else {
            return none("no judged sample has a date");
        };
        let start = calendar.periods.len().saturating_sub(recent);
        let bounds = start
            .checked_sub(1)
            .and_then(|before| calendar.periods.get(before));
        let (Some(before), Some(from)) = (bounds, calendar.periods.get(start)) else {
            return none(
                "all dated samples are of one period, so there is none to compare it with",
            );
        };
        let is_recent: Vec<Option<bool>> = (0..ledger.seizures.len())
            .map(|seizure| Some(ledger.period(seizure, calendar.by)? >= *from))
            .collect();
        let judged = |wanted| is_recent.iter().filter(|r| **r == Some(wanted)).count();
        let windows = [
            Window {
                from: *from,
                to: *last,
                seizures: judged(true),
            },
            Window {
                from: *first,
                to: *before,
                seizures: judged(false),
            },
        ];
        let tests = tests(ledger, &is_recent, windows);
        Self {
            windows: Some(windows),
            not_tested: None,
            level: LEVEL,
            looked_at: tests.len(),
            tests,
        }
    }

    /// Those that are called rising.
    pub fn rising(&self) -> impl Iterator<Item = &Test> {
        self.tests.iter().filter(|test| test.rising)
    }
}

/// What stands in for a subject's seizures: recent ones, earlier ones, recent ones without a case.
#[derive(Default, Clone)]
struct Count([usize; 3]);

fn tests(ledger: &Ledger, is_recent: &[Option<bool>], windows: [Window; 2]) -> Vec<Test> {
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    let mut counts = vec![Count::default(); ledger.subjects.all().len()];
    for record in ledger.records.iter().filter(|record| record.day.is_some()) {
        let Some(recent) = is_recent[record.seizure] else {
            continue;
        };
        let without_case = ledger.seizures[record.seizure].case.is_none();
        for subject in record.of.subjects() {
            if seen.insert((subject, record.seizure)) {
                let Count(count) = &mut counts[subject];
                count[usize::from(!recent)] += 1;
                count[2] += usize::from(recent && without_case);
            }
        }
    }
    let [recent_of, before_of] = windows.map(|window| window.seizures);
    let looked_at = ledger.subjects.all().iter().zip(counts);
    // All that were seen in either window are looked at. What was seen is fixed in the test, so that this
    // choice does not favour what rose.
    let looked_at = looked_at.filter(|(subject, Count([recent, before, _]))| {
        matches!(subject.kind, Kind::Substance | Kind::Unknown) && recent + before > 0
    });
    let mut tests: Vec<Test> = looked_at
        .map(|(subject, Count([recent, before, without_case]))| {
            let shares = Shares {
                recent,
                recent_of,
                before,
                before_of,
            };
            Test {
                kind: subject.kind,
                key: subject.key.clone(),
                name: subject.name.clone(),
                recent: Share::of(recent, recent_of),
                before: Share::of(before, before_of),
                p: shares.p(),
                adjusted: 1.0,
                rising: false,
                recent_without_case: without_case,
            }
        })
        .collect();
    let p: Vec<f64> = tests.iter().map(|test| test.p).collect();
    for (test, adjusted) in tests.iter_mut().zip(holm(&p)) {
        test.adjusted = adjusted;
        test.rising = adjusted < LEVEL;
    }
    tests.sort_by(|a, b| {
        let p = a.p.total_cmp(&b.p).then(a.kind.cmp(&b.kind));
        p.then(a.name.cmp(&b.name)).then(a.key.cmp(&b.key))
    });
    tests
}
