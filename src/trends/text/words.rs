//! Numbers and texts, as they are shown on a terminal.

use crate::trends::rise::Share;
use crate::trends::series::Told;
use comfy_table::Table;
use rust_decimal::Decimal;
use std::fmt::Write;

/// Digits of a quantity where there is little room.
const DIGITS: u32 = 4;

// Writing to a String cannot fail, so the results of `writeln!` are not looked at below.

pub(super) fn quantity(total: &Told, full: bool) -> String {
    let stated = [(total.kg, "kg"), (total.l, "l"), (total.tablets, "tablets")];
    let stated = stated.into_iter().filter(|(sum, _)| !sum.0.is_zero());
    let digits = |sum: Decimal| match full {
        true => sum.normalize(),
        false => sum.round_sf(DIGITS).unwrap_or(sum).normalize(),
    };
    let stated = stated.map(|(sum, unit)| format!("{} {unit}", digits(sum.0)));
    stated.collect::<Vec<_>>().join(", ")
}

pub(super) fn share(share: &Share, full: bool) -> String {
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    let short = format!(
        "{} of {}, {} %",
        share.seizures,
        share.of,
        percent(share.share)
    );
    match full {
        true => format!(
            "{short} ({} to {})",
            percent(share.low),
            percent(share.high)
        ),
        false => short,
    }
}

pub(super) fn p(p: f64) -> String {
    match p < 0.0001 {
        true => "< 0.0001".to_owned(),
        false => format!("{p:.4}"),
    }
}

/// `1 sample`, `2 samples`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

/// How much room a table takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Characters of a name.
    pub name: usize,
    /// Whether numbers are told in full: all digits of quantities, intervals of shares.
    pub full: bool,
}

/// A table that takes as much room as the line has.
pub(super) fn fitted(width: usize, make: impl Fn(Room) -> Table) -> String {
    let room = |(name, full)| Room { name, full };
    let rooms = [(44, true), (36, true), (28, true), (28, false)].map(room);
    let mut made = rooms.into_iter().map(|room| told(&make(room)));
    made.find(|text| fits(text, width))
        .unwrap_or_else(|| told(&make(room((18, false)))))
}

/// Whether no line is longer.
pub(super) fn fits(text: &str, width: usize) -> bool {
    text.lines().all(|line| line.chars().count() <= width)
}

/// A table without the blanks at the ends of its lines.
pub(super) fn told(table: &Table) -> String {
    let lines = table.to_string();
    lines.lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "  {}", line.trim_end());
        out
    })
}

/// The last `most` of a list.
pub(super) fn latest<T>(list: &[T], most: usize) -> &[T] {
    &list[list.len().saturating_sub(most)..]
}

/// A text of the data without what a terminal takes for a command, or what turns the direction of writing.
pub(super) fn plain(text: &str) -> String {
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| if hidden(c) { '\u{fffd}' } else { c })
        .collect()
}

pub(super) fn shortened(text: &str, most: usize) -> String {
    let text = plain(text);
    match text.chars().count() > most {
        true => text
            .chars()
            .take(most.saturating_sub(3))
            .chain("...".chars())
            .collect(),
        false => text,
    }
}

/// A sentence as indented lines.
pub(super) fn wrapped(sentence: &str, width: usize) -> String {
    let most = width.max(40) - 2;
    let mut lines = vec![String::new()];
    for word in plain(sentence).split(' ') {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + word.chars().count() > most {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.iter().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "  {}", line.trim_end());
        out
    })
}
