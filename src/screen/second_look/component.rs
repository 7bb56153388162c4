//! Components of spectra that need a second look: what a verdict on the whole spectrum passes over.

use crate::screen::brief::Member;
use crate::screen::sample::{Hint, Judged, is_controlled};

/// What is said of every component: how far it is to be believed.
const HINT: &str = "Components are hints, which change no verdict.";

/// A component that is on the alert list.
pub(super) fn alert(judged: &Judged, listed: &dyn Fn(&Member) -> bool) -> Option<String> {
    let hint = judged.hints.iter().find(|hint| listed(&hint.member))?;
    Some(format!(
        "{} is on the alert list and seems to be a component of the spectrum, {} of its signal. {HINT}",
        hint.member.name,
        hint.amount()
    ))
}

/// Something on the alert list that could stand in the place of a component.
pub(super) fn alert_alike(judged: &Judged, listed: &dyn Fn(&Member) -> bool) -> Option<String> {
    let all = judged.hints.iter().flat_map(|hint| {
        let alike = hint.look_alikes.iter();
        alike.map(move |alike| (hint, alike))
    });
    let (hint, alike) = all.into_iter().find(|(_, alike)| listed(alike))?;
    Some(format!(
        "{} is on the alert list and could stand in the place of the component {}, {} of the signal. {HINT}",
        alike.name,
        hint.member.name,
        hint.amount()
    ))
}

/// The controlled components that the verdict does not name.
pub(super) fn unnamed(judged: &Judged) -> Option<String> {
    let named: Vec<String> = judged
        .all_named()
        .chain(&judged.possible)
        .map(Member::key)
        .collect();
    let is_named = |member: &Member| named.contains(&member.key());
    // What is named may be fitted by a substance that is like it: that is no second one, unless both are there.
    let in_place = |hint: &Hint| {
        let itself = judged.hints.iter().any(|other| is_named(&other.member));
        !itself && hint.look_alikes.iter().any(is_named)
    };
    let more: Vec<String> = judged
        .hints
        .iter()
        .filter(|hint| !hint.known && is_controlled(&hint.member.status))
        .filter(|hint| !is_named(&hint.member) && !in_place(hint))
        .map(Hint::sentence)
        .collect();
    if more.is_empty() {
        return None;
    }
    let beside = match named.is_empty() {
        true => "No substance is named, and the spectrum seems to hold",
        false => "Beside what is named the spectrum seems to hold",
    };
    Some(format!("{beside} {}. {HINT}", more.join(" and ")))
}
