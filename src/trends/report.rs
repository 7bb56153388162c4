//! Trends, as they are told.

use super::TrendError;
use super::first::{First, detections};
use super::groups::{UnknownGroup, unknown_groups};
use super::ledger::{Ledger, is_judged};
use super::listed::{Doubt, Undated, doubts, undated};
use super::notes;
use super::period::{By, Period};
use super::rise::Rising;
use super::series::Series;
use super::subject::Kind;
use super::tally::{Calendar, Tallies};
use super::totals::Totals;
use super::unknowns::Grouped;
use crate::cases::{CaseSample, Cases};
use crate::substance::Register;
use serde::Serialize;

/// Form of the data.
pub const SCHEMA: &str = "specid.trends/1";
/// Most periods that are told: a hundred years of months. More come from a mistyped date.
const MOST_PERIODS: usize = 1200;

/// How trends are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// Length of a period.
    pub by: By,
    /// Periods of the recent window; `None` for a quarter of a year, at most half of all periods.
    pub recent: Option<usize>,
}

/// A period and what was judged in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The period.
    pub period: Period,
    /// Judged samples.
    pub samples: usize,
    /// Judged seizures.
    pub seizures: usize,
    /// Whether nothing was screened: then nothing can be said of the period.
    pub gap: bool,
}

/// An input, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Run or manifest, as given.
    pub path: String,
    /// What it is.
    pub what: String,
}

/// Trends of screening runs and case manifests.
#[derive(Debug, Clone, Serialize)]
pub struct Trends {
    /// Form of the data.
    pub schema: &'static str,
    /// Program and version.
    pub program: String,
    /// That results are presumptive.
    pub notice: &'static str,
    /// Runs and manifests.
    pub inputs: Vec<Source>,
    /// Length of a period.
    pub by: By,
    /// How many samples there are of what.
    pub totals: Totals,
    /// The periods from the first to the last.
    pub periods: Vec<Judged>,
    /// Counts by substance, class, place, status and group of unknowns; the most frequent first.
    pub series: Vec<Series>,
    /// First detections in the data given.
    pub first: Vec<First>,
    /// What rises.
    pub rising: Rising,
    /// Groups of unknowns.
    pub unknown_groups: Vec<UnknownGroup>,
    /// Judged samples without a day.
    pub undated: Vec<Undated>,
    /// What could not be understood.
    pub doubts: Vec<Doubt>,
    /// What must be known to read all this, one sentence each.
    pub notes: Vec<String>,
    /// What each sample is counted under.
    #[serde(skip)]
    pub ledger: Ledger,
    /// The periods.
    #[serde(skip)]
    pub calendar: Calendar,
}

impl Trends {
    /// Counts what was read. `groups` says which unknowns are alike.
    ///
    /// # Errors
    /// [`TrendError`] where dates are too far apart to be true, or the recent window leaves nothing before
    /// it.
    pub fn of(
        cases: &Cases,
        groups: &Grouped,
        register: &Register,
        settings: Settings,
    ) -> Result<Self, TrendError> {
        let ledger = Ledger::of(&cases.samples, groups, register);
        let calendar = calendar(&cases.samples, settings.by)?;
        let recent = recent(settings, calendar.periods.len())?;
        let tallies = Tallies::of(&ledger, &cases.samples, &calendar);
        let periods: Vec<Judged> = calendar
            .periods
            .iter()
            .zip(&tallies.judged.periods)
            .map(|(period, tally)| Judged {
                period: *period,
                samples: tally.samples,
                seizures: tally.seizures,
                gap: tally.samples == 0,
            })
            .collect();
        let rising = Rising::of(&ledger, &calendar, recent);
        let inputs = cases.inputs.iter().map(|input| Source {
            path: input.path.display().to_string(),
            what: input.what.clone(),
        });
        let mut trends = Self {
            schema: SCHEMA,
            program: format!("specid {}", crate::program::VERSION),
            notice: crate::decide::NOTICE,
            inputs: inputs.collect(),
            by: settings.by,
            totals: Totals::of(cases, &ledger),
            series: series(&ledger, &tallies, &periods),
            periods,
            first: detections(&ledger, &cases.samples, settings.by),
            rising,
            unknown_groups: unknown_groups(&ledger, &cases.samples),
            undated: undated(&ledger, &cases.samples),
            doubts: doubts(&cases.samples),
            notes: Vec::new(),
            ledger,
            calendar,
        };
        trends.notes = notes::of(&trends, cases);
        Ok(trends)
    }

    /// The series of a kind, in their order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(move |s| s.subject.kind == kind)
    }

    /// Where nothing was screened.
    pub fn gaps(&self) -> Vec<bool> {
        self.periods.iter().map(|judged| judged.gap).collect()
    }
}

/// From the first to the last period of a judged sample.
fn calendar(samples: &[CaseSample], by: By) -> Result<Calendar, TrendError> {
    let dated = || {
        let judged = samples.iter().filter(|sample| is_judged(sample));
        judged.filter_map(|sample| Some((sample.date?, sample.label.as_str())))
    };
    let (Some(first), Some(last)) = (dated().min(), dated().max()) else {
        return Ok(Calendar {
            by,
            periods: Vec::new(),
        });
    };
    let [from, to] = [first, last].map(|(day, _)| by.of(day));
    let periods = to.after(from).map_or(0, |n| n + 1);
    if periods > MOST_PERIODS {
        return Err(TrendError::Span {
            days: (first.0, last.0),
            first_sample: first.1.to_owned(),
            last_sample: last.1.to_owned(),
            by: by.id(),
            periods,
            most: MOST_PERIODS,
        });
    }
    Ok(Calendar {
        by,
        periods: from.to(to).collect(),
    })
}

/// Periods of the recent window.
fn recent(settings: Settings, periods: usize) -> Result<usize, TrendError> {
    match settings.recent {
        Some(asked) if asked >= periods && periods > 0 => Err(TrendError::Recent {
            asked,
            periods,
            by: settings.by.id(),
        }),
        Some(asked) => Ok(asked),
        None => Ok(settings.by.in_a_quarter().min(periods / 2).max(1)),
    }
}

/// Those that are counted at all, by kind; of a kind by rank, then the most frequent first.
fn series(ledger: &Ledger, tallies: &Tallies, periods: &[Judged]) -> Vec<Series> {
    let gaps: Vec<bool> = periods.iter().map(|judged| judged.gap).collect();
    let subjects = ledger.subjects.all().iter().zip(&tallies.subjects);
    let counted = subjects.filter(|(_, apart)| apart.all.total.samples > 0);
    let mut ordered: Vec<_> = counted.collect();
    ordered.sort_by(|(a, of_a), (b, of_b)| {
        let count = of_b.all.total.samples.cmp(&of_a.all.total.samples);
        let rank = (a.kind, a.rank).cmp(&(b.kind, b.rank));
        rank.then(count)
            .then(a.name.cmp(&b.name))
            .then(a.key.cmp(&b.key))
    });
    let told = ordered.into_iter();
    told.map(|(subject, apart)| Series::of(subject, apart, &gaps))
        .collect()
}
