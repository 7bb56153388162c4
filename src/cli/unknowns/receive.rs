//! `specid unknowns receive`.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::super::keyring::{Keyring, today};
use super::super::watching::proven;
use super::args::ReceiveArgs;
use super::export::told;
use crate::exchange::{Letter, Refusal, open_letter};
use crate::unknowns::{
    Alike, Notice, Notices, Proof, Register, RegisterError, Taken, Watch, Watches,
};
use anyhow::{Context, Result};
use jiff::civil::Date;
use serde::Serialize;
use std::fs::File;
use std::io::{Read, Write};

/// Bytes that are read: more than the largest letter.
const READ: u64 = 20 << 20;

/// A notice and what became of it.
#[derive(Serialize)]
struct Received {
    is: Taken,
    notice: Notice,
    /// Unknowns of the register that it is of.
    own: Vec<Own>,
}

/// An unknown of the register that is like a notice's.
#[derive(Serialize)]
struct Own {
    unknown: String,
    similarity: f64,
    count: usize,
    first: Date,
    last: Date,
}

impl Own {
    fn sentence(&self) -> String {
        format!(
            "ALERT: it is like {} of this register (similarity {:.2}), seen here {}.",
            self.unknown,
            self.similarity,
            match self.count {
                1 => format!("once, on {}", self.first),
                n => format!("{n} times, on {} to {}", self.first, self.last),
            }
        )
    }
}

/// What was put into the register before the notice came and is like its spectrum, the most alike first.
fn seen_here(register: &Register, watch: &Watch) -> Result<Vec<Own>, RegisterError> {
    let mut watches = Watches::of(vec![watch.clone()]);
    let mut found = Vec::new();
    if watches.is_empty() {
        return Ok(found);
    }
    for unknown in register.unknowns()? {
        let Some(alike) = Alike::of(&register.consensus(&unknown.id)?) else {
            continue;
        };
        if let Some(alert) = watches.alerts_for(&alike).first() {
            found.push(Own {
                similarity: alert.similarity,
                count: unknown.count,
                first: unknown.first,
                last: unknown.last,
                unknown: unknown.id,
            });
        }
    }
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    Ok(found)
}

pub(super) fn run(args: &ReceiveArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let mut bytes = Vec::new();
    File::open(&args.notice)
        .and_then(|file| file.take(READ).read_to_end(&mut bytes))
        .with_context(|| format!("{} cannot be read", args.notice.display()))?;
    take(args, &bytes, register, out)
        .with_context(|| format!("{} was not received", args.notice.display()))
}

fn take(
    args: &ReceiveArgs,
    bytes: &[u8],
    register: &Register,
    out: &mut dyn Write,
) -> Result<Ending> {
    let keyring = Keyring::open()?;
    let json = args.format == ViewFormat::Json;
    let letter = match open_letter(bytes, &keyring.trust()?, today()) {
        Ok(letter) => letter,
        Err(refusal) => {
            if json {
                refused(&refusal, out)?;
            }
            return Err(refusal.into());
        }
    };
    let Letter {
        publisher,
        fingerprint,
        made,
        body,
        introduced,
        ..
    } = letter;
    let notices = Notices::read(body)?;
    let mut held = register.watches()?;
    held.retain(|watch| watch.publisher == publisher);
    let mut changed = proven(register, held)?;
    changed.retain(|(_, proof)| matches!(proof, Proof::Changed(_)));
    let taken = register.at_once::<_, RegisterError>(|register| {
        for (watch, _) in &changed {
            let comes = |notice: &Notice| notice.unknown == watch.notice.unknown;
            if notices.notices.iter().any(comes) {
                register.forget_watch(watch)?;
            }
        }
        let kept = register.keep_letter(bytes)?;
        let mut taken = Vec::new();
        for notice in notices.notices {
            let watch = Watch {
                publisher: publisher.clone(),
                key: fingerprint.to_string(),
                made,
                received: today(),
                notice,
                ended: None,
                now: None,
                letter: Some(kept.clone()),
            };
            let is = register.watch(&watch)?;
            let own = match is {
                Taken::New | Taken::Replaced => seen_here(register, &watch)?,
                Taken::Same | Taken::Older | Taken::Withdrawn => Vec::new(),
            };
            let notice = watch.notice;
            taken.push(Received { is, notice, own });
        }
        Ok(taken)
    })?;
    if !introduced.is_empty() {
        let mut trust = keyring.trust()?;
        trust.accept(&introduced, today());
        keyring.save_trust(&trust)?;
    }
    if json {
        let value = serde_json::json!({
            "accepted": true,
            "publisher": publisher,
            "key": fingerprint.to_string(),
            "made": made,
            "notices": taken,
        });
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{}: the notice is whole and its key is trusted: {publisher}, {made}",
            args.notice.display()
        )?;
        for Received { is, notice, own } in &taken {
            writeln!(out, "  {}: {}", told(notice), sentence(*is))?;
            for sentence in &notice.hypothesis.sentences {
                writeln!(out, "    {sentence}")?;
            }
            for own in own {
                writeln!(out, "    {}", own.sentence())?;
            }
        }
    }
    let changed = taken
        .iter()
        .any(|taken| !matches!(taken.is, Taken::Same | Taken::Older));
    Ok(match changed {
        true => Ending::Found,
        false => Ending::Nothing,
    })
}

fn refused(refusal: &Refusal, out: &mut dyn Write) -> Result<()> {
    let value = serde_json::json!({
        "accepted": false,
        "refusal": refusal.kind(),
        "message": refusal.to_string(),
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn sentence(taken: Taken) -> &'static str {
    match taken {
        Taken::New => "watched for from now on",
        Taken::Replaced => "replaces the notice received before",
        Taken::Same => "received before; nothing was changed",
        Taken::Older => "older than the notice received before; nothing was changed",
        Taken::Withdrawn => "no longer watched for",
    }
}
