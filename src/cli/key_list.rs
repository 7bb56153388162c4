//! `specid library key list`.

use super::Ending;
use super::args::ViewFormat;
use super::keyring::{Keyring, today};
use crate::exchange::{Fingerprint, PublicKey, Revocation};
use anyhow::Result;
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
}

/// A key as lists show it.
#[derive(Serialize)]
struct Listed {
    publisher: String,
    fingerprint: Fingerprint,
    created: Date,
    expires: Date,
    own: bool,
    state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certified_by: Option<Fingerprint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<Revocation>,
}

impl Listed {
    fn of(key: &PublicKey) -> Self {
        let state = match key.expires() < today() {
            true => "expired",
            false => "valid",
        };
        Self {
            publisher: key.publisher().to_owned(),
            fingerprint: key.fingerprint(),
            created: key.created(),
            expires: key.expires(),
            own: false,
            state: state.to_owned(),
            trusted_by: None,
            trusted_on: None,
            certified_by: None,
            revoked: None,
        }
    }
}

pub(super) fn run(keyring: &Keyring, args: &ListArgs, out: &mut dyn Write) -> Result<Ending> {
    let own = keyring.own()?;
    let trust = keyring.trust()?;
    let mut keys: Vec<Listed> = Vec::new();
    keys.extend(own.iter().map(|secret| Listed {
        own: true,
        ..Listed::of(secret.key())
    }));
    keys.extend(trust.keys().map(|known| {
        let listed = Listed::of(&known.key);
        Listed {
            state: known
                .revoked
                .as_ref()
                .map_or(listed.state, |_| "revoked".to_owned()),
            trusted_by: Some(known.trusted_by.clone()),
            trusted_on: Some(known.trusted_on),
            certified_by: known.certified_by,
            revoked: known.revoked.clone(),
            ..Listed::of(&known.key)
        }
    }));
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &keys)?;
        writeln!(out)?;
    } else {
        keys.iter().try_for_each(|key| print_key(key, out))?;
    }
    Ok(if keys.is_empty() {
        Ending::Nothing
    } else {
        Ending::Found
    })
}

fn print_key(key: &Listed, out: &mut dyn Write) -> Result<()> {
    let whose = if key.own { "own" } else { "trusted" };
    write!(
        out,
        "{whose:<8} {}  {:<8} {} to {}  {}",
        key.fingerprint, key.state, key.created, key.expires, key.publisher
    )?;
    if let (Some(by), Some(on)) = (&key.trusted_by, key.trusted_on) {
        write!(out, " (trusted by {by} on {on})")?;
    }
    if let Some(revoked) = &key.revoked {
        write!(out, " (revoked on {}: {})", revoked.on, revoked.reason)?;
    }
    Ok(writeln!(out)?)
}
