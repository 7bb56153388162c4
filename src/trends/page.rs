//! Trends as one page that needs nothing beside it.
//!
//! The page counts for itself, so that substance, class, place and status can be chosen together: its data are
//! rows of samples that are alike in all that is counted.

use super::TrendError;
use super::first::First;
use super::groups::UnknownGroup;
use super::ledger::{Certainty, Of};
use super::listed::{Doubt, Undated};
use super::report::{Source, Trends};
use super::rise::Rising;
use super::tally::Quantity;
use super::totals::Totals;
use crate::cases::CaseSample;
use crate::screen::output::skeleton::{BASE, InScript, PLOT, Template};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Samples without a date, and doubts, on the page; the tables have all.
const MOST_LISTED: usize = 500;

const PAGE: Template<'static> = Template {
    html: include_str!("page/trends.html"),
    style: &[include_str!("page/trends.css")],
    scripts: &[
        BASE,
        PLOT,
        include_str!("page/model.js"),
        include_str!("page/choose.js"),
        include_str!("page/chart.js"),
        include_str!("page/tables.js"),
        include_str!("page/start.js"),
    ],
};

/// Period, seizure, substance, class, place, status, group of unknowns, certainty (0 nothing named,
/// 1 confirmed, 2 presumptive), samples, kg, l, tablets.
type Row = (
    usize,
    usize,
    Option<usize>,
    Option<usize>,
    usize,
    Option<usize>,
    Option<usize>,
    u8,
    usize,
    f64,
    f64,
    f64,
);

#[derive(Serialize)]
struct Data<'a> {
    schema: &'static str,
    title: String,
    notice: &'a str,
    program: &'a str,
    by: &'a str,
    inputs: &'a [Source],
    totals: &'a Totals,
    periods: Vec<String>,
    /// Judged samples and seizures of each period.
    judged: Vec<(usize, usize)>,
    /// Kind, key and name.
    subjects: Vec<(&'a str, &'a str, &'a str)>,
    /// The period of each seizure.
    seizures: Vec<Option<usize>>,
    rows: Vec<Row>,
    rising: &'a Rising,
    first: &'a [First],
    unknown_groups: Vec<UnknownGroup>,
    undated: &'a [Undated],
    undated_count: usize,
    doubts: &'a [Doubt],
    doubts_count: usize,
    notes: &'a [String],
}

/// The page.
///
/// # Errors
/// [`TrendError`] where a value is no JSON.
pub fn html(trends: &Trends, samples: &[CaseSample]) -> Result<Vec<u8>, TrendError> {
    let (before, after) = PAGE.parts();
    let mut page = before.into_bytes();
    serde_json::to_writer(InScript(&mut page), &data(trends, samples))?;
    // Writing into memory does not fail.
    page.write_all(after.as_bytes())
        .map_err(serde_json::Error::io)?;
    Ok(page)
}

fn data<'a>(trends: &'a Trends, samples: &[CaseSample]) -> Data<'a> {
    let subjects = trends.ledger.subjects.all().iter();
    let title = match (trends.periods.first(), trends.periods.last()) {
        (Some(first), Some(last)) => format!("Trends {} to {}", first.period, last.period),
        _ => "Trends".to_owned(),
    };
    let seizures = 0..trends.ledger.seizures.len();
    Data {
        schema: "specid.trends-page/1",
        title,
        notice: trends.notice,
        program: &trends.program,
        by: trends.by.id(),
        inputs: &trends.inputs,
        totals: &trends.totals,
        periods: trends
            .periods
            .iter()
            .map(|j| j.period.to_string())
            .collect(),
        judged: trends
            .periods
            .iter()
            .map(|j| (j.samples, j.seizures))
            .collect(),
        subjects: subjects
            .map(|s| (s.kind.id(), s.key.as_str(), s.name.as_str()))
            .collect(),
        seizures: seizures
            .map(|seizure| place_of_seizure(trends, seizure))
            .collect(),
        rows: rows(trends, samples),
        rising: &trends.rising,
        first: &trends.first,
        unknown_groups: trends.unknown_groups.iter().map(short).collect(),
        undated: shortened(&trends.undated),
        undated_count: trends.undated.len(),
        doubts: shortened(&trends.doubts),
        doubts_count: trends.doubts.len(),
        notes: &trends.notes,
    }
}

fn shortened<T>(list: &[T]) -> &[T] {
    &list[..list.len().min(MOST_LISTED)]
}

/// A group without its samples, which the tables have.
fn short(group: &UnknownGroup) -> UnknownGroup {
    let mut short = group.clone();
    short.members.clear();
    short
}

fn place_of_seizure(trends: &Trends, seizure: usize) -> Option<usize> {
    let period = trends.ledger.period(seizure, trends.by)?;
    trends.calendar.place(period)
}

/// What makes samples alike: period, seizure, what they are counted under, certainty.
type Alike = (usize, usize, Of, Option<Certainty>);

fn rows(trends: &Trends, samples: &[CaseSample]) -> Vec<Row> {
    let mut alike: BTreeMap<Alike, (usize, Quantity)> = BTreeMap::new();
    for record in &trends.ledger.records {
        let period = record
            .day
            .and_then(|day| trends.calendar.place(trends.by.of(day)));
        let Some(period) = period else {
            continue;
        };
        let key = (period, record.seizure, record.of, record.certainty);
        let (count, quantity) = alike.entry(key).or_default();
        *count += 1;
        if let Some(amount) = samples[record.sample].amount {
            *quantity += amount;
        }
    }
    let number = |sum: Decimal| sum.to_f64().unwrap_or_default();
    let told = alike
        .into_iter()
        .map(|((period, seizure, of, certainty), (count, sum))| {
            let certainty = match certainty {
                None => 0,
                Some(Certainty::Confirmed) => 1,
                Some(Certainty::Presumptive) => 2,
            };
            (
                period,
                seizure,
                of.substance,
                of.class,
                of.place,
                of.status,
                of.unknown,
                certainty,
                count,
                number(sum.kg),
                number(sum.l),
                number(sum.tablets),
            )
        });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_stands_once() {
        for marker in ["/*STYLE*/", "/*PLOT*/", "/*SCRIPT*/", "/*DATA*/"] {
            assert_eq!(PAGE.html.matches(marker).count(), 1, "{marker}");
        }
        let (before, after) = PAGE.parts();
        assert!(before.ends_with("type=\"application/json\" id=\"data\">"));
        assert!(after.contains("</script>"));
    }
}
