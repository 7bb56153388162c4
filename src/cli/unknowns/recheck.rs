//! `specid unknowns recheck`: the register asked again of a library that has grown.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::args::RecheckArgs;
use super::desk::{Answer, Desk, ask};
use super::list::counted;
use super::show::line;
use crate::unknowns::{Kept, Observation, Register, RegisterError, Watch};
use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// An unknown that has a name now.
#[derive(Debug, Serialize)]
struct Named {
    unknown: String,
    substance: String,
    /// Whether it had no name or another one before.
    news: bool,
    /// Spectra of the unknown that are identified as this, and all.
    identified: usize,
    count: usize,
    /// Name that was given by hand, which stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_hand: Option<String>,
    /// Where it was found earlier.
    observations: Vec<Observation>,
}

/// What became of the name of an unknown.
enum Became {
    Named(Named),
    /// The library no longer gives the name that it gave.
    NoLonger {
        unknown: String,
        substance: String,
    },
    Unnamed,
}

/// A notice of another laboratory whose spectrum has a name now.
#[derive(Debug, Serialize)]
struct NamedNotice {
    notice: String,
    publisher: String,
    substance: String,
    news: bool,
}

pub(super) fn run(args: &RecheckArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let desk = Desk::open(args.which.library.as_deref())?;
    let identifier = desk.identifier();
    let kept = register.observations(None)?;
    let points: Vec<_> = kept
        .iter()
        .map(|one| register.points(one.row))
        .collect::<Result<_, _>>()?;
    let answers: Vec<Result<Answer, String>> = points
        .par_iter()
        .map(|points| ask(&identifier, &points.spectrum()))
        .collect();
    let watches = register.watches()?;
    let notices: Vec<Option<Result<Answer, String>>> = watches
        .par_iter()
        .map(|watch| {
            let points = watch.notice.spectrum.as_ref()?;
            Some(ask(&identifier, &points.spectrum()))
        })
        .collect();
    let mut failures: Vec<String> = Vec::new();
    let done = register.at_once::<_, RegisterError>(|register| {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (one, answer) in kept.iter().zip(answers) {
            let mut one: Kept = one.clone();
            let group = groups.entry(one.unknown.clone()).or_default();
            group.before.push(named_now(&one.said));
            match answer {
                Ok(answer) => {
                    one.said.now = Some(answer.said);
                    register.rewrite(&one)?;
                }
                Err(why) => failures.push(format!("{}: {why}", line(&one.said))),
            }
            group.observations.push(one.said);
        }
        let (mut named, mut no_longer) = (Vec::new(), Vec::new());
        for (id, group) in groups {
            match name(register, id, group)? {
                Became::Named(one) => named.push(one),
                Became::NoLonger { unknown, substance } => no_longer.push((unknown, substance)),
                Became::Unnamed => {}
            }
        }
        let notices = told(register, watches, notices, &mut failures)?;
        Ok((named, no_longer, notices))
    });
    let (named, no_longer, notices) = done?;
    for why in &failures {
        eprintln!("specid: could not be asked again: {why}");
    }
    for (unknown, substance) in &no_longer {
        eprintln!(
            "specid: {unknown} was named {substance} by the library; that no longer holds, and the name is taken back"
        );
    }
    let news = named.iter().any(|n| n.news) || notices.iter().any(|n| n.news);
    report(args, &named, &notices, kept.len(), out)?;
    Ok(match (failures.is_empty(), news) {
        (true, true) => Ending::Found,
        (true, false) => Ending::Nothing,
        (false, _) => Ending::Failed,
    })
}

/// The spectra of an unknown, and what each was identified as before.
#[derive(Default)]
struct Group {
    before: Vec<Option<String>>,
    observations: Vec<Observation>,
}

fn named_now(seen: &Observation) -> Option<String> {
    seen.now.as_ref().and_then(|now| now.named())
}

/// What at least half of the spectra are identified as, and nothing else as often, with their number.
fn most_named(named: &[Option<String>]) -> Option<(String, usize)> {
    let mut votes: BTreeMap<&String, usize> = BTreeMap::new();
    for substance in named.iter().flatten() {
        *votes.entry(substance).or_default() += 1;
    }
    let most = votes.values().copied().max()?;
    let mut leading = votes.iter().filter(|(_, n)| **n == most);
    let (first, second) = (leading.next(), leading.next());
    let (substance, n) = first.filter(|_| second.is_none())?;
    (2 * n >= named.len()).then(|| ((*substance).clone(), *n))
}

/// Gives a group the name that its spectra have now. A name that the library did not give was given by hand, and stays.
fn name(register: &Register, unknown: String, group: Group) -> Result<Became, RegisterError> {
    let (kept, _) = register.unknown(&unknown)?;
    let Group {
        before,
        observations,
    } = group;
    let learned = most_named(&before).map(|(substance, _)| substance);
    let by_hand = kept.named.filter(|name| Some(name) != learned.as_ref());
    let now: Vec<Option<String>> = observations.iter().map(named_now).collect();
    let Some((substance, identified)) = most_named(&now) else {
        return Ok(match (learned, by_hand) {
            (Some(substance), None) => {
                register.set_named(&unknown, None)?;
                Became::NoLonger { unknown, substance }
            }
            _ => Became::Unnamed,
        });
    };
    let news = learned.as_ref() != Some(&substance) && by_hand.as_ref() != Some(&substance);
    if by_hand.is_none() {
        register.set_named(&unknown, Some(&substance))?;
    }
    Ok(Became::Named(Named {
        unknown,
        count: observations.len(),
        substance,
        news,
        identified,
        by_hand,
        observations,
    }))
}

/// Notices whose spectra have a name.
fn told(
    register: &Register,
    watches: Vec<Watch>,
    answers: Vec<Option<Result<Answer, String>>>,
    failures: &mut Vec<String>,
) -> Result<Vec<NamedNotice>, RegisterError> {
    let mut named = Vec::new();
    for (mut watch, answer) in watches.into_iter().zip(answers) {
        let answer = match answer {
            Some(Ok(answer)) => answer,
            None => continue,
            Some(Err(why)) => {
                failures.push(format!("notice {}: {why}", watch.notice.unknown));
                continue;
            }
        };
        let before = watch.now.take().and_then(|now| now.named());
        if let Some(substance) = answer.said.named() {
            named.push(NamedNotice {
                notice: watch.notice.unknown.clone(),
                publisher: watch.publisher.clone(),
                news: before.as_ref() != Some(&substance),
                substance,
            });
        }
        watch.now = Some(answer.said);
        register.rewrite_watch(&watch)?;
    }
    Ok(named)
}

fn report(
    args: &RecheckArgs,
    named: &[Named],
    notices: &[NamedNotice],
    asked: usize,
    out: &mut dyn Write,
) -> Result<()> {
    if args.format == ViewFormat::Json {
        let value = serde_json::json!({"asked": asked, "named": named, "notices": notices});
        serde_json::to_writer_pretty(&mut *out, &value)?;
        return Ok(writeln!(out)?);
    }
    for one in named {
        let still = if one.news { "is now" } else { "is still" };
        writeln!(
            out,
            "{} {still} named: {} ({} of {} spectra)",
            one.unknown, one.substance, one.identified, one.count
        )?;
        if let Some(name) = one.by_hand.as_ref().filter(|name| **name != one.substance) {
            writeln!(out, "  it keeps the name given by hand: {name}")?;
        }
        for seen in &one.observations {
            writeln!(out, "  found again: {}", line(seen))?;
        }
    }
    for one in notices {
        let still = if one.news { "is now" } else { "is still" };
        writeln!(
            out,
            "{} of {} {still} named: {}",
            one.notice, one.publisher, one.substance
        )?;
    }
    let samples: BTreeSet<&str> = named
        .iter()
        .filter(|n| n.news)
        .flat_map(|n| &n.observations)
        .filter_map(|o| o.sample.as_deref())
        .collect();
    let news = named.iter().filter(|n| n.news).count();
    writeln!(
        out,
        "{} asked again: {} named anew, with {}",
        counted(asked, "earlier spectrum", "earlier spectra"),
        counted(news, "unknown", "unknowns"),
        counted(samples.len(), "sample", "samples")
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::most_named;

    #[test]
    fn a_name_needs_half_of_the_spectra_and_no_rival() {
        let of = |names: &[&str]| {
            let named = |name: &&str| (!name.is_empty()).then(|| (*name).to_owned());
            most_named(&names.iter().map(named).collect::<Vec<_>>())
        };
        assert_eq!(of(&["A", "A", "B", ""]), Some(("A".to_owned(), 2)));
        assert_eq!(of(&["A", "A", "B", "B"]), None);
        assert_eq!(of(&["A", "", ""]), None);
        assert_eq!(of(&["", ""]), None);
    }
}
