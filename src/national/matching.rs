//! What the entries of an overlay say of a substance on a day.

use super::asked::Asked;
use super::caveat::caveats;
use super::entry::Entry;
use super::index::FoundBy;
use super::overlay::Overlay;
use super::standing::{Applies, Force, NationalStanding, OverlaySource};
use super::words::MatchKind;
use crate::spectrum::Identity;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How an entry was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Whether it names the base or acid of a salt that was asked about.
    pub as_salt: bool,
    /// By what it names the substance.
    pub by: FoundBy,
}

impl Overlay {
    /// What the overlay says of a substance on a day; `None` asks for the day whose law it states.
    ///
    /// Entries are found by InChIKey, then by skeleton, and by CAS number only where the substance or the
    /// entry has no InChIKey. In force and surest first; entries that are not yet or no longer in force
    /// follow, and last the rules in words, which are not evaluated. Nothing is left out, so a caller that
    /// wants controls only asks [`NationalStanding::is_control`].
    pub fn standings(&self, identity: &Identity, day: Option<Date>) -> Vec<NationalStanding> {
        self.standings_of(Asked::of(identity), day)
    }

    /// As [`Overlay::standings`]; entries that name the base or acid of a salt are found, too.
    pub fn standings_of(&self, asked: Asked<'_>, day: Option<Date>) -> Vec<NationalStanding> {
        let day = day.unwrap_or(self.header.as_of);
        let mut found = BTreeMap::new();
        let ways = [(Some(asked.identity), false), (asked.salt_of, true)];
        for (identity, as_salt) in ways {
            for (place, by) in identity.into_iter().flat_map(|i| self.index.find(i)) {
                found.entry(place).or_insert(Found { as_salt, by });
            }
        }
        let entry = |place: usize| self.entries().get(place);
        let found = found.into_iter();
        let surest = surest(found.filter_map(|(place, how)| Some((entry(place)?, how))));
        let named = surest.into_iter();
        let named = named.map(|(entry, how)| self.standing(entry, Some(how), day));
        let rules = self.entries().iter().filter(|entry| !entry.is_evaluated());
        let rules = rules.map(|entry| self.standing(entry, None, day));
        let mut standings: Vec<NationalStanding> = named.chain(rules).collect();
        standings.sort_by_key(|s| {
            let rule = s.applies == Applies::NotEvaluated;
            (rule, s.force, s.applies, s.status, s.matched_by, s.line)
        });
        standings
    }

    fn standing(&self, entry: &Entry, found: Option<Found>, day: Date) -> NationalStanding {
        let header = &self.header;
        let force = force(entry, day);
        NationalStanding {
            country: header.country,
            applies: applies(entry, found),
            force,
            day,
            status: entry.status,
            category: entry.category.clone(),
            law_id: entry.law_id.clone(),
            law_title: entry.law_title.clone(),
            law_title_local: entry.law_title_local.clone(),
            list_id: entry.list_id.clone(),
            list_label: entry.list_label.clone(),
            entry_no: entry.entry_no.clone(),
            name_official: entry.name_official.clone(),
            name_local: entry.name_local.clone(),
            generic_rule_text: entry.generic_rule_text.clone(),
            from: entry.from,
            to: entry.to,
            concentration_threshold: entry.concentration.clone(),
            quantity_threshold: entry.quantity.clone(),
            hs_national: entry.hs_national.clone(),
            gazette_ref: entry.gazette_ref.clone(),
            competent_authority: entry.competent_authority.clone(),
            match_kind: entry.kind,
            matched_by: found.map(|found| found.by),
            caveats: caveats(entry, found, day, force),
            line: entry.line,
            overlay: self.source(),
        }
    }

    /// What is cited of the overlay.
    pub fn source(&self) -> OverlaySource {
        OverlaySource {
            title: self.header.title.clone(),
            issued_by: self.header.issued_by.clone(),
            list_version: self.header.list_version.clone(),
            as_of: self.header.as_of,
            sha256: self.sha256.clone(),
            signed_by: self.signer.to_string(),
        }
    }
}

/// Members of one group entry that share a skeleton say the same thing; the surest is kept.
fn surest<'a>(found: impl Iterator<Item = (&'a Entry, Found)>) -> Vec<(&'a Entry, Found)> {
    let sure = |(entry, how): &(&Entry, Found)| (applies(entry, Some(*how)), *how);
    let mut kept: Vec<(&Entry, Found)> = Vec::new();
    for next in found {
        match kept
            .iter_mut()
            .find(|(other, _)| says_the_same(other, next.0))
        {
            Some(best) if sure(&next) < sure(best) => *best = next,
            Some(_) => {}
            None => kept.push(next),
        }
    }
    kept
}

fn says_the_same(a: &Entry, b: &Entry) -> bool {
    let number = |e: &Entry| (e.law_id.clone(), e.list_id.clone(), e.entry_no.clone());
    let period = |e: &Entry| (e.status, e.from, e.to);
    let limits = |e: &Entry| (e.concentration.clone(), e.quantity.clone());
    a.kind == MatchKind::Group
        && b.kind == MatchKind::Group
        && number(a) == number(b)
        && period(a) == period(b)
        && limits(a) == limits(b)
}

fn applies(entry: &Entry, found: Option<Found>) -> Applies {
    let Some(found) = found else {
        return Applies::NotEvaluated;
    };
    let other_isomer = found.by == FoundBy::Skeleton && entry.inchikey.is_some();
    let open = (other_isomer && !entry.scope.isomers)
        || (found.as_salt && !entry.scope.salts)
        || entry.kind == MatchKind::Preparation;
    match open {
        true => Applies::Possibly,
        false => Applies::Yes,
    }
}

fn force(entry: &Entry, day: Date) -> Force {
    if entry.from.is_some_and(|from| day < from) {
        return Force::NotYet;
    }
    match entry.to.is_some_and(|to| day > to) {
        true => Force::Ended,
        false => Force::InForce,
    }
}
