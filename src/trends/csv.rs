//! Trends as CSV: one table for each thing that is told. Cells are those of [`crate::screen::table::csv`], so
//! that no text of a manifest can be taken for a formula.

mod columns;

use super::first::Seen;
use super::report::Trends;
use super::rise::{Share, Test};
use super::series::{Block, Exact};
use super::{Certainty, TrendError};
use crate::screen::table::{Cell, Column, TableError, csv};
use columns::{DOUBTS, FIRST, RISING, SERIES, UNDATED, UNKNOWN};
use rust_decimal::prelude::ToPrimitive;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// A table: its file name and its bytes.
pub type File = (&'static str, Vec<u8>);

/// The tables of a folder.
///
/// # Errors
/// [`TrendError`] where a row does not fit its table, which is a mistake of the program.
pub fn files(trends: &Trends) -> Result<Vec<File>, TrendError> {
    Ok(vec![
        ("series.csv", series(trends)?),
        ("first.csv", first(trends)?),
        ("rising.csv", rising(trends)?),
        ("unknown_groups.csv", unknown_groups(trends)?),
        ("undated.csv", undated(trends)?),
        ("doubts.csv", doubts(trends)?),
    ])
}

/// One row for each thing that is counted and each period. Where nothing was screened the counts are empty.
///
/// # Errors
/// As [`files`].
pub fn series(trends: &Trends) -> Result<Vec<u8>, TrendError> {
    let periods: Vec<String> = trends
        .periods
        .iter()
        .map(|j| j.period.to_string())
        .collect();
    let rows = trends.series.iter().flat_map(|series| {
        let named = periods.iter().zip(&trends.periods).enumerate();
        named.map(move |(at, (period, judged))| {
            let subject = &series.subject;
            let mut cells = vec![
                Cell::text(subject.kind.id()),
                Cell::text(&subject.key),
                Cell::text(&subject.name),
                Cell::text(period),
                Cell::Flag(!judged.gap),
                Cell::Whole(judged.samples as i64),
                Cell::Whole(judged.seizures as i64),
            ];
            for block in [&series.all, &series.confirmed, &series.presumptive] {
                cells.extend(counts(block, at));
            }
            cells
        })
    });
    table(SERIES, rows)
}

fn counts(block: &Block, at: usize) -> [Cell<'static>; 5] {
    let whole = |of: &[Option<usize>]| {
        let count = of.get(at).copied().flatten();
        count.map_or(Cell::Empty, |n| Cell::Whole(n as i64))
    };
    let exact = |of: &[Option<Exact>]| {
        let sum = of.get(at).copied().flatten();
        sum.and_then(|Exact(sum)| sum.to_f64())
            .map_or(Cell::Empty, Cell::Number)
    };
    [
        whole(&block.samples),
        whole(&block.seizures),
        exact(&block.kg),
        exact(&block.l),
        exact(&block.tablets),
    ]
}

fn first(trends: &Trends) -> Result<Vec<u8>, TrendError> {
    let rows = trends.first.iter().map(|first| {
        let mut cells = vec![
            Cell::text(first.kind.id()),
            Cell::text(&first.key),
            Cell::text(&first.name),
            owned(first.period.to_string()),
        ];
        let [day, sample, case, place, origin] = seen(&first.seen);
        cells.extend([day, certainty(first.certainty), sample, case, place, origin]);
        let confirmed = first.first_confirmed.as_ref();
        let [day, sample, case, ..] = confirmed.map_or([const { Cell::Empty }; 5], seen);
        cells.extend([day, sample, case, Cell::Whole(first.without_day as i64)]);
        cells
    });
    table(FIRST, rows)
}

fn rising(trends: &Trends) -> Result<Vec<u8>, TrendError> {
    let rising = &trends.rising;
    let rows = rising.tests.iter().map(|test: &Test| {
        let mut cells = vec![
            Cell::text(test.kind.id()),
            Cell::text(&test.key),
            Cell::text(&test.name),
            Cell::Flag(test.rising),
            Cell::Number(test.p),
            Cell::Number(test.adjusted),
            Cell::Whole(rising.looked_at as i64),
        ];
        let [recent, before] = match rising.windows {
            Some(windows) => windows.map(|w| [owned(w.from.to_string()), owned(w.to.to_string())]),
            None => [const { [const { Cell::Empty }; 2] }; 2],
        };
        cells.extend(recent);
        cells.extend(share(&test.recent));
        cells.extend(before);
        cells.extend(share(&test.before));
        cells.push(Cell::Whole(test.recent_without_case as i64));
        cells
    });
    table(RISING, rows)
}

fn share(share: &Share) -> [Cell<'static>; 5] {
    [
        Cell::Whole(share.seizures as i64),
        Cell::Whole(share.of as i64),
        Cell::Number(share.share),
        Cell::Number(share.low),
        Cell::Number(share.high),
    ]
}

fn unknown_groups(trends: &Trends) -> Result<Vec<u8>, TrendError> {
    let rows = trends.unknown_groups.iter().flat_map(|group| {
        group.members.iter().map(|member| {
            let mut cells = vec![group.key.parse().map_or(Cell::Empty, Cell::Whole)];
            cells.extend(seen(member));
            cells
        })
    });
    table(UNKNOWN, rows)
}

fn undated(trends: &Trends) -> Result<Vec<u8>, TrendError> {
    let rows = trends.undated.iter().map(|undated| {
        let [_, sample, case, place, origin] = seen(&undated.seen);
        let found = Cell::text(&undated.found);
        vec![
            sample,
            case,
            place,
            origin,
            certainty(undated.certainty),
            found,
        ]
    });
    table(UNDATED, rows)
}

fn doubts(trends: &Trends) -> Result<Vec<u8>, TrendError> {
    let rows = trends.doubts.iter().map(|doubt| {
        let mut cells = Vec::from(seen(&doubt.seen));
        cells.push(Cell::text(&doubt.doubt));
        cells
    });
    table(DOUBTS, rows)
}

/// Date, sample, case, place, origin.
fn seen(seen: &Seen) -> [Cell<'_>; 5] {
    let optional = |text: &'_ Option<String>| text.clone().map_or(Cell::Empty, owned);
    [
        seen.day.map_or(Cell::Empty, |day| owned(day.to_string())),
        Cell::text(&seen.sample),
        optional(&seen.case),
        optional(&seen.place),
        Cell::text(&seen.origin),
    ]
}

fn certainty(certainty: Option<Certainty>) -> Cell<'static> {
    certainty.map_or(Cell::Empty, |certainty| Cell::text(certainty.id()))
}

fn owned(text: String) -> Cell<'static> {
    Cell::Text(text.into())
}

/// Bytes that a writer fills which keeps what it writes to.
#[derive(Default, Clone)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn table<'a>(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> Result<Vec<u8>, TrendError> {
    let written = Shared::default();
    let fill = || -> Result<(), TableError> {
        let mut writer = csv::writer(written.clone(), columns)?;
        for row in rows {
            writer.row(&row)?;
        }
        writer.finish()
    };
    fill()?;
    Ok(written.0.take())
}
