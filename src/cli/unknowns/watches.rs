//! `specid unknowns watches` and `unwatch`.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::super::watching::proven;
use super::args::{UnwatchArgs, WatchesArgs};
use super::export::told;
use crate::unknowns::{Register, Watch};
use anyhow::{Result, bail};
use std::io::Write;

pub(super) fn list(args: &WatchesArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let mut watches = register.watches()?;
    watches.retain(|watch| args.all || watch.ended.is_none());
    let ending = match watches.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    };
    if args.format == ViewFormat::Json {
        for (watch, proof) in proven(register, watches.clone())? {
            if let Some(told) = proof.told(&watch) {
                eprintln!("specid: {told}");
            }
        }
        serde_json::to_writer_pretty(&mut *out, &watches)?;
        writeln!(out)?;
        return Ok(ending);
    }
    if watches.is_empty() {
        writeln!(out, "No notice is watched for.")?;
    }
    for (watch, proof) in &proven(register, watches)? {
        writeln!(
            out,
            "{}: {} (received {})",
            watch.publisher,
            told(&watch.notice),
            watch.received
        )?;
        for sentence in &watch.notice.hypothesis.sentences {
            writeln!(out, "    {sentence}")?;
        }
        if let Some(named) = watch.now.as_ref().and_then(|now| now.named()) {
            writeln!(out, "    Identified here as {named}.")?;
        }
        if let Some(told) = proof.told(watch) {
            writeln!(out, "    {}.", capital(&told))?;
        }
        if let Some(ended) = &watch.ended {
            writeln!(out, "    Ended: {ended}.")?;
        }
    }
    Ok(ending)
}

/// A sentence with its first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

pub(super) fn end(args: &UnwatchArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let mut found: Vec<Watch> = register.watches()?;
    found.retain(|watch| {
        let publisher = args.publisher.as_ref();
        watch.notice.unknown == args.id && publisher.is_none_or(|name| *name == watch.publisher)
    });
    match (found.pop(), found.is_empty()) {
        (Some(mut watch), true) => {
            watch.ended = Some(args.reason.clone());
            register.rewrite_watch(&watch)?;
            writeln!(
                out,
                "{} of {} is no longer watched for",
                args.id, watch.publisher
            )?;
            Ok(Ending::Found)
        }
        (None, _) => bail!(
            "no notice of {} was received; `specid unknowns watches` lists them",
            args.id
        ),
        (Some(_), false) => bail!(
            "several laboratories gave notice of an unknown {}; say which with --publisher",
            args.id
        ),
    }
}
