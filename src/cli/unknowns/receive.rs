//! `specid unknowns receive`.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::super::keyring::{Keyring, today};
use super::args::ReceiveArgs;
use super::export::told;
use crate::exchange::{Letter, Refusal, open_letter};
use crate::unknowns::{Notices, Register, RegisterError, Taken, Watch};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{Read, Write};

/// Bytes that are read: more than the largest letter.
const READ: u64 = 20 << 20;

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
    let taken = register.at_once::<_, RegisterError>(|register| {
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
            };
            taken.push((register.watch(&watch)?, watch.notice));
        }
        Ok(taken)
    })?;
    if !introduced.is_empty() {
        let mut trust = keyring.trust()?;
        trust.accept(&introduced, today());
        keyring.save_trust(&trust)?;
    }
    if json {
        let list: Vec<_> = taken
            .iter()
            .map(|(taken, notice)| serde_json::json!({"is": taken, "notice": notice}))
            .collect();
        let value = serde_json::json!({
            "accepted": true,
            "publisher": publisher,
            "key": fingerprint.to_string(),
            "made": made,
            "notices": list,
        });
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{}: the notice is whole and its key is trusted: {publisher}, {made}",
            args.notice.display()
        )?;
        for (taken, notice) in &taken {
            writeln!(out, "  {}: {}", told(notice), sentence(*taken))?;
            for sentence in &notice.hypothesis.sentences {
                writeln!(out, "    {sentence}")?;
            }
        }
    }
    let changed = taken
        .iter()
        .any(|(t, _)| !matches!(t, Taken::Same | Taken::Older));
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
