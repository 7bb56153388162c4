//! `specid unknowns export` and `withdraw`: signed notices.

use super::super::Ending;
use super::super::keyring::{Keyring, today};
use super::args::{ExportArgs, LetterArgs, WithdrawArgs};
use super::list::counted;
use crate::cli::kept;
use crate::cli::output_file::replace;
use crate::exchange::seal_letter;
use crate::unknowns::{Notice, Notices, Register};
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::io::Write;

pub(super) fn export(
    args: &ExportArgs,
    register: &Register,
    out: &mut dyn Write,
) -> Result<Ending> {
    write(&args.letter, None, register, out)
}

pub(super) fn withdraw(
    args: &WithdrawArgs,
    register: &Register,
    out: &mut dyn Write,
) -> Result<Ending> {
    write(&args.letter, Some(&args.reason), register, out)
}

fn write(
    args: &LetterArgs,
    reason: Option<&str>,
    register: &Register,
    out: &mut dyn Write,
) -> Result<Ending> {
    kept::refuse(&args.out, [])?;
    let key = Keyring::open()?.pick(args.key.as_deref())?;
    let ids: BTreeSet<&String> = args.ids.iter().collect();
    // A notice that cannot be written is not counted.
    let notices = register.at_once(|register| -> Result<Notices> {
        let mut notices = Vec::new();
        for id in &ids {
            notices.push(notice(id, reason, register)?);
        }
        let notices = Notices { notices };
        let body = serde_json::to_value(&notices)?;
        // What the receiver would refuse is refused here.
        Notices::read(body.clone())?;
        replace(&args.out, &seal_letter(body, &key, today())?)?;
        Ok(notices)
    })?;
    writeln!(
        out,
        "{}: signed by {}, key {}",
        args.out.display(),
        key.key().publisher(),
        key.key().fingerprint()
    )?;
    for notice in &notices.notices {
        writeln!(out, "  {}", told(notice))?;
    }
    Ok(Ending::Found)
}

fn notice(id: &str, reason: Option<&str>, register: &Register) -> Result<Notice> {
    let (unknown, members) = register.unknown(id)?;
    if reason.is_some() && unknown.notices == 0 {
        bail!("no notice was given of {id}, so there is nothing to withdraw");
    }
    let members: Vec<_> = members.iter().map(|kept| &kept.said).collect();
    let spectrum = register.consensus(id)?;
    let serial = register.next_notice(id)?;
    let notice = Notice::of(&unknown, spectrum, serial, &members)?;
    Ok(match reason {
        Some(reason) => notice.withdrawing(reason, &members)?,
        None => notice,
    })
}

/// A notice in one line.
pub(super) fn told(notice: &Notice) -> String {
    let mut text = format!("{}, notice {}", notice.unknown, notice.serial);
    if let Some(reason) = &notice.withdrawn {
        return format!("{text}: withdrawn ({reason})");
    }
    let points = notice.spectrum.as_ref();
    if let Some(points) = points {
        let (technique, many) = (points.technique.id(), points.y.len());
        text.push_str(&format!(": {technique}, {many} points"));
    }
    let months = match notice.first == notice.last {
        true => notice.first.clone(),
        false => format!("{} to {}", notice.first, notice.last),
    };
    let spectra = counted(notice.observations, "spectrum", "spectra");
    let laboratories = counted(notice.laboratories, "laboratory", "laboratories");
    text.push_str(&format!(", {spectra} of {laboratories}, {months}"));
    if let Some(named) = &notice.named {
        text.push_str(&format!(", found to be {named}"));
    }
    text
}
