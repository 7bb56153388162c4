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
    /// Where it was found earlier.
    observations: Vec<Observation>,
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
    let notices: Vec<Option<Answer>> = watches
        .par_iter()
        .map(|watch| {
            let points = watch.notice.spectrum.as_ref()?;
            ask(&identifier, &points.spectrum()).ok()
        })
        .collect();
    let mut failed = 0;
    let done = register.at_once::<_, RegisterError>(|register| {
        let mut groups: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
        for (one, answer) in kept.iter().zip(answers) {
            let mut one: Kept = one.clone();
            match answer {
                Ok(answer) => {
                    one.said.now = Some(answer.said);
                    register.rewrite(&one)?;
                }
                Err(_) => failed += 1,
            }
            groups.entry(one.unknown).or_default().push(one.said);
        }
        let mut named = Vec::new();
        for (id, observations) in groups {
            let (group, _) = register.unknown(&id)?;
            named.extend(name(register, group.named, id, observations)?);
        }
        Ok((named, told(register, watches, notices)?))
    });
    let (named, notices) = done?;
    if failed > 0 {
        eprintln!("specid: {failed} spectra could not be asked again");
    }
    let news = named.iter().any(|n| n.news) || notices.iter().any(|n| n.news);
    report(args, &named, &notices, kept.len(), out)?;
    Ok(match (failed, news) {
        (0, true) => Ending::Found,
        (0, false) => Ending::Nothing,
        _ => Ending::Failed,
    })
}

/// Names a group where at least half of its spectra are identified as the same.
fn name(
    register: &Register,
    before: Option<String>,
    unknown: String,
    observations: Vec<Observation>,
) -> Result<Option<Named>, RegisterError> {
    let now = |seen: &Observation| seen.now.as_ref().and_then(|now| now.named());
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for named in observations.iter().filter_map(now) {
        *votes.entry(named).or_default() += 1;
    }
    let most = votes.into_iter().max_by_key(|(_, n)| *n);
    let count = observations.len();
    let Some((substance, identified)) = most.filter(|(_, n)| 2 * n >= count) else {
        return Ok(None);
    };
    let news = before.as_ref() != Some(&substance);
    register.set_named(&unknown, Some(&substance))?;
    Ok(Some(Named {
        unknown,
        substance,
        news,
        identified,
        count,
        observations,
    }))
}

/// Notices whose spectra have a name.
fn told(
    register: &Register,
    watches: Vec<Watch>,
    answers: Vec<Option<Answer>>,
) -> Result<Vec<NamedNotice>, RegisterError> {
    let mut named = Vec::new();
    for (mut watch, answer) in watches.into_iter().zip(answers) {
        let Some(answer) = answer else { continue };
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
