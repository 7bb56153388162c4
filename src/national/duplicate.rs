//! Entries that are there twice, and entries of one number whose periods overlap.

use super::entry::Entry;
use super::problem::{Place, Problems};
use super::words::MatchKind;
use jiff::civil::Date;
use std::collections::HashMap;

/// What makes an entry the same as another, whatever its period. Several members of a group, and several
/// preparations, share one number.
#[derive(PartialEq, Eq, Hash)]
struct Number<'a> {
    law: &'a str,
    list: &'a str,
    number: &'a str,
    kind: MatchKind,
    member: Option<&'a str>,
}

impl<'a> Number<'a> {
    fn of(entry: &'a Entry) -> Self {
        let named = entry.inchikey.as_ref().or(entry.skeleton.as_ref());
        let named = named.or(entry.cas.as_ref()).unwrap_or(&entry.name_official);
        let shared = matches!(entry.kind, MatchKind::Group | MatchKind::Preparation);
        Self {
            law: &entry.law_id,
            list: &entry.list_id,
            number: &entry.entry_no,
            kind: entry.kind,
            member: shared.then_some(named.as_str()),
        }
    }
}

/// Notes entries of the same number and period, and doubts those whose periods overlap.
pub(super) fn check(entries: &[Entry], problems: &mut Problems) {
    let mut numbers: HashMap<Number<'_>, Vec<&Entry>> = HashMap::new();
    for entry in entries {
        numbers.entry(Number::of(entry)).or_default().push(entry);
    }
    for mut same in numbers.into_values().filter(|same| same.len() > 1) {
        same.sort_by_key(|entry| (first_day(entry), last_day(entry), entry.line));
        check_number(&same, problems);
    }
}

/// Entries of one number, in the order of their first days.
fn check_number(entries: &[&Entry], problems: &mut Problems) {
    let Some((mut longest, others)) = entries.split_first() else {
        return;
    };
    let mut before = longest;
    for entry in others {
        let place = Place::cell(entry.line, "entry_no");
        if (before.from, before.to) == (entry.from, entry.to) {
            problems.refuse(
                place,
                "each entry of a list once for a period",
                format!(
                    "entry \"{}\" of the list \"{}\" on line {} and here",
                    entry.entry_no, entry.list_id, before.line
                ),
                "remove one of the two rows, or correct their days; members of a group have match_kind group",
            );
        } else if first_day(entry) <= last_day(longest) {
            let message = format!(
                "the entry is also on line {}, and on some days both are in force; end the older one on the day before",
                longest.line
            );
            problems.doubt(place, message);
        }
        if last_day(entry) > last_day(longest) {
            longest = entry;
        }
        before = entry;
    }
}

fn first_day(entry: &Entry) -> Date {
    entry.from.unwrap_or(Date::MIN)
}

fn last_day(entry: &Entry) -> Date {
    entry.to.unwrap_or(Date::MAX)
}
