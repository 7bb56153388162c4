//! Trends for people: plain text that fits a terminal.

mod spark;
mod tables;
mod words;

use super::first::First;
use super::report::Trends;
use super::subject::Kind;
use std::fmt::Write;
use tables::{DRAWN, caption, counts, rising, told_in_numbers};
use words::{counted, latest, plain, wrapped};

/// Rows of a table before the rest is only counted.
const SHOWN: usize = 15;

/// Tables of counts with their titles.
const TABLES: [(Kind, &str); 4] = [
    (Kind::Substance, "Substances"),
    (Kind::Class, "Classes"),
    (Kind::Status, "Control status at the day of the sample"),
    (Kind::Place, "Places (all judged samples)"),
];

/// What the text is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Characters of a line.
    pub width: usize,
    /// Whether counts are drawn with Unicode blocks.
    pub drawn: bool,
}

// Writing to a String cannot fail, so the results of `writeln!` are not looked at below.

/// The text.
pub fn text(trends: &Trends, paper: Paper) -> String {
    let mut out = head(trends, paper);
    let periods = told_in_numbers(trends, &TABLES.map(|(kind, _)| kind), paper);
    if let Some(caption) = caption(trends, periods) {
        out.push_str(&wrapped(&caption, paper.width));
    }
    for table in TABLES {
        out.push_str(&counts(trends, table, periods, paper));
    }
    out.push_str(&rising(trends, paper));
    out.push_str(&first(trends, paper));
    out.push_str(&unknown_groups(trends, paper));
    out.push_str("\nNotes\n");
    let notes = trends.notes.iter().map(String::as_str);
    notes
        .chain([trends.notice])
        .for_each(|note| out.push_str(&wrapped(note, paper.width)));
    out
}

fn head(trends: &Trends, paper: Paper) -> String {
    let totals = &trends.totals;
    let mut out = String::new();
    let (Some(first), Some(last)) = (trends.periods.first(), trends.periods.last()) else {
        let read = counted(totals.samples, "sample", "samples");
        return format!("{read}, none of them judged and dated: nothing can be counted\n");
    };
    let _ = writeln!(
        out,
        "{} of {} by {}, {} to {}",
        counted(totals.counted, "sample", "samples"),
        counted(totals.seizures, "seizure", "seizures"),
        trends.by.id(),
        first.period,
        last.period
    );
    let unnamed: Vec<String> = totals
        .unnamed
        .iter()
        .map(|(v, n)| format!("{n} {v}"))
        .collect();
    let unnamed = match unnamed.is_empty() {
        true => String::new(),
        false => format!("; nothing named in {}", unnamed.join(", ")),
    };
    out.push_str(&wrapped(
        &format!(
            "{} confirmed, {} presumptive{unnamed}",
            totals.confirmed, totals.presumptive
        ),
        paper.width,
    ));
    if paper.drawn {
        let samples: Vec<Option<usize>> = trends
            .periods
            .iter()
            .map(|judged| (!judged.gap).then_some(judged.samples))
            .collect();
        let _ = writeln!(
            out,
            "  judged samples {}",
            spark::line(latest(&samples, DRAWN))
        );
    }
    out
}

fn first(trends: &Trends, paper: Paper) -> String {
    if trends.first.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nFirst detections in these runs, the latest first\n");
    for first in trends.first.iter().take(SHOWN) {
        out.push_str(&wrapped(&detection(first), paper.width));
    }
    more(&mut out, trends.first.len());
    out
}

fn detection(first: &First) -> String {
    let seen = &first.seen;
    let day = seen.day.map_or_else(String::new, |day| day.to_string());
    let certainty = first.certainty.map_or("unknown", super::Certainty::id);
    let place = seen
        .place
        .as_ref()
        .map(|place| format!(", {}", plain(place)));
    let case = seen
        .case
        .as_ref()
        .map(|case| format!(", case {}", plain(case)));
    let confirmed = first.first_confirmed.as_ref().and_then(|seen| seen.day);
    let confirmed = confirmed.map(|day| format!("; first confirmed {day}"));
    format!(
        "{day}  {} ({certainty}): sample {}{}{}, {}{}",
        plain(&first.name),
        plain(&seen.sample),
        case.unwrap_or_default(),
        place.unwrap_or_default(),
        plain(&seen.origin),
        confirmed.unwrap_or_default()
    )
}

fn unknown_groups(trends: &Trends, paper: Paper) -> String {
    if trends.unknown_groups.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nUnknowns that are alike\n");
    for group in trends.unknown_groups.iter().take(SHOWN) {
        let day = |seen: &Option<super::Seen>| {
            let day = seen.as_ref().and_then(|seen| seen.day);
            day.map_or_else(|| "without date".to_owned(), |day| day.to_string())
        };
        let places = match group.places.is_empty() {
            true => "place not stated".to_owned(),
            false => group
                .places
                .iter()
                .map(|p| plain(p))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let sentence = format!(
            "{} ({}): {} of {}, {} to {}, {places}, {}",
            group.name,
            group.techniques.join(", "),
            counted(group.samples, "sample", "samples"),
            counted(group.seizures, "seizure", "seizures"),
            day(&group.first),
            day(&group.last),
            counted(group.runs.len(), "run", "runs"),
        );
        out.push_str(&wrapped(&sentence, paper.width));
    }
    more(&mut out, trends.unknown_groups.len());
    out
}

fn more(out: &mut String, all: usize) {
    if all > SHOWN {
        let rest = all - SHOWN;
        let _ = writeln!(
            out,
            "  ... {rest} more; --out, --html and --format json have all"
        );
    }
}
