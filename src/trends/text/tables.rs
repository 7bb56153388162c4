//! Tables of counts and of what rises.

use super::words::{
    Room, counted, fits, fitted, latest, p, quantity, share, shortened, told, wrapped,
};
use super::{Paper, SHOWN, more, spark};
use crate::trends::report::Trends;
use crate::trends::series::Series;
use crate::trends::subject::Kind;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

/// Latest periods of a sparkline.
pub(super) const DRAWN: usize = 24;
/// Most periods that are told in numbers: a year of months.
const TOLD: usize = 12;

/// Latest periods that are told in numbers: as many as every table has room for.
pub(super) fn told_in_numbers(trends: &Trends, kinds: &[Kind], paper: Paper) -> usize {
    let room = Room {
        name: 28,
        full: true,
    };
    let fit = |periods: &usize| {
        kinds.iter().all(|kind| {
            let series: Vec<&Series> = trends.of_kind(*kind).collect();
            let sheet = Sheet::of(trends, &series, *periods, paper);
            fits(&told(&sheet.table(room)), paper.width)
        })
    };
    let most = TOLD.min(trends.periods.len());
    (0..=most).rev().find(fit).unwrap_or(0)
}

/// What the columns of periods leave out, and what stands in them for one without judged samples.
pub(super) fn caption(trends: &Trends, periods: usize) -> Option<String> {
    let all = &trends.periods;
    let told = latest(all, periods);
    let by = trends.by.id();
    let left_out = (told.len() < all.len()).then(|| {
        let shown = match told {
            [] => format!("no {by} is told in numbers"),
            [one] => format!(
                "only the last of {} {by}s is told in numbers, {}",
                all.len(),
                one.period
            ),
            [first, .., last] => format!(
                "only the last {} of {} {by}s are told in numbers, {} to {}",
                told.len(),
                all.len(),
                first.period,
                last.period
            ),
        };
        format!("samples, seizures and quantities are of the whole time; {shown}: --format csv, --out and --html have each")
    });
    let gap = told.iter().any(|judged| judged.gap);
    let gap = gap.then(|| format!("-: nothing was judged in this {by}"));
    let said: Vec<String> = left_out.into_iter().chain(gap).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Counts of one kind, with so many of the latest periods in numbers.
pub(super) fn counts(
    trends: &Trends,
    (kind, title): (Kind, &str),
    periods: usize,
    paper: Paper,
) -> String {
    let series: Vec<&Series> = trends.of_kind(kind).collect();
    if series.is_empty() {
        return String::new();
    }
    let sheet = Sheet::of(trends, &series, periods, paper);
    let rows = fitted(paper.width, |room| sheet.table(room));
    let mut out = format!("\n{title}\n{rows}");
    more(&mut out, series.len());
    out
}

/// A table of counts.
struct Sheet<'a> {
    trends: &'a Trends,
    series: &'a [&'a Series],
    /// Latest periods that are drawn.
    drawn: usize,
    /// Latest periods that are told in numbers.
    periods: usize,
}

impl Sheet<'_> {
    /// The first of the series, as many as are shown.
    fn of<'a>(
        trends: &'a Trends,
        series: &'a [&'a Series],
        periods: usize,
        paper: Paper,
    ) -> Sheet<'a> {
        let drawn = match paper.drawn {
            true => paper
                .width
                .saturating_sub(70)
                .clamp(6, DRAWN)
                .min(trends.periods.len()),
            false => 0,
        };
        Sheet {
            trends,
            series: &series[..series.len().min(SHOWN)],
            drawn,
            periods,
        }
    }

    /// The table, for so much room.
    fn table(&self, room: Room) -> Table {
        let mut table = Table::new();
        table.load_preset(NOTHING);
        table.set_header(self.header(room));
        for series in self.series {
            table.add_row(self.row(series, room));
        }
        let first = 5 + usize::from(self.drawn > 0);
        for at in (1..4).chain(first..first + self.periods) {
            if let Some(column) = table.column_mut(at) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    fn header(&self, room: Room) -> Vec<String> {
        let quantity = if room.full {
            "quantity"
        } else {
            "quantity, rounded"
        };
        let all = &self.trends.periods;
        let mut header: Vec<String> = ["", "samples", "confirmed", "seizures", quantity]
            .map(str::to_owned)
            .into();
        if self.drawn > 0 {
            header.push(match all.len() > self.drawn {
                true => format!("last {}", self.drawn),
                false => format!("{}s", self.trends.by.id()),
            });
        }
        let told = latest(all, self.periods).iter();
        header.extend(told.map(|judged| judged.period.to_string()));
        header
    }

    fn row(&self, series: &Series, room: Room) -> Vec<String> {
        let total = &series.all.total;
        let mut row = vec![
            shortened(&series.subject.name, room.name),
            total.samples.to_string(),
            series.confirmed.total.samples.to_string(),
            total.seizures.to_string(),
            quantity(total, room.full),
        ];
        if self.drawn > 0 {
            row.push(spark::line(latest(&series.all.samples, self.drawn)));
        }
        let told = latest(&series.all.samples, self.periods).iter();
        row.extend(told.map(|n| n.map_or_else(|| "-".to_owned(), |n| n.to_string())));
        row
    }
}

/// What rises.
pub(super) fn rising(trends: &Trends, paper: Paper) -> String {
    let rising = &trends.rising;
    let mut out = String::from("\nRising\n");
    let Some([recent, before]) = rising.windows else {
        let why = rising.not_tested.as_deref().unwrap_or_default();
        out.push_str(&wrapped(&format!("Not tested: {why}."), paper.width));
        return out;
    };
    let count = rising.rising().count();
    let looked_at = counted(
        rising.looked_at,
        "substance or group of unknowns",
        "substances and groups of unknowns",
    );
    let [recent, before] = [recent, before].map(|window| {
        let judged = counted(window.seizures, "judged seizure", "judged seizures");
        format!("{} to {} ({judged})", window.from, window.to)
    });
    let level = rising.level;
    let sentence = format!(
        "{count} of {looked_at} that were looked at: {recent} against {before}. Fisher's exact test by \
         seizure, one-sided; p adjusted for all that were looked at (Holm); rising below {level}."
    );
    out.push_str(&wrapped(&sentence, paper.width));
    // Those that rise, and the next ones whose share is higher than before.
    let higher = rising
        .tests
        .iter()
        .filter(|test| test.rising || (test.p < 1.0 && test.recent.share > test.before.share));
    let shown: Vec<_> = higher.take(SHOWN.max(count)).collect();
    if shown.is_empty() {
        return out;
    }
    out.push_str(&fitted(paper.width, |room| {
        let mut table = Table::new();
        table.load_preset(NOTHING);
        table.set_header(["", "recent", "before", "p", "adjusted", ""]);
        for test in &shown {
            table.add_row([
                shortened(&test.name, room.name),
                share(&test.recent, room.full),
                share(&test.before, room.full),
                p(test.p),
                p(test.adjusted),
                (if test.rising { "RISING" } else { "" }).to_owned(),
            ]);
        }
        table
    }));
    out
}
