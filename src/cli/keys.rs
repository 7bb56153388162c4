//! `specid library key`.

use super::Ending;
use super::key_list::{self, ListArgs};
use super::keyring::{Keyring, today};
use super::locate;
use crate::exchange::{
    Credential, Fingerprint, KEY_FILE, PublicKey, Refusal, Revocation, SecretKey, Voucher,
};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::ToSpan;
use jiff::civil::Date;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key to publish with.
    New(NewArgs),
    /// List your keys and those you trust.
    List(ListArgs),
    /// Print the public key file of a key.
    Show(ShowArgs),
    /// Trust a publisher's key, whose fingerprint you compared by telephone.
    Trust(TrustArgs),
    /// Trust a key no longer; it stays in the list with the reason.
    Untrust(UntrustArgs),
    /// Make the key that follows yours, which those who trust the old one then accept.
    Rotate(RotateArgs),
}

#[derive(Debug, Args)]
struct NewArgs {
    /// Your laboratory's name, as others shall see it
    #[arg(long, value_name = "NAME")]
    publisher: String,
    /// Last day of use, such as 2028-12-31 [default: two years from today]
    #[arg(long, value_name = "DATE")]
    expires: Option<Date>,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// Publisher or fingerprint, or a key file [default: your own key]
    #[arg(value_name = "KEY")]
    key: Option<String>,
}

#[derive(Debug, Args)]
struct TrustArgs {
    /// The publisher's public key file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The key's fingerprint, as the publisher told you by telephone
    #[arg(long, value_name = "DIGITS")]
    fingerprint: Option<Fingerprint>,
    /// Who trusts it [default: your user name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Debug, Args)]
struct UntrustArgs {
    /// Publisher, for all of its keys, or the fingerprint of one key
    #[arg(value_name = "KEY")]
    key: String,
    /// Why, for those who meet the key again
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
struct RotateArgs {
    /// The key to follow: publisher, fingerprint or file [default: your only valid key that no other follows]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Last day of use of the new key [default: two years from today]
    #[arg(long, value_name = "DATE")]
    expires: Option<Date>,
}

pub(super) fn run(args: &KeyArgs, out: &mut dyn Write) -> Result<Ending> {
    let keyring = Keyring::open()?;
    match &args.command {
        KeyCommand::New(args) => new(&keyring, args, out)?,
        KeyCommand::List(args) => return key_list::run(&keyring, args, out),
        KeyCommand::Show(args) => show(&keyring, args, out)?,
        KeyCommand::Trust(args) => trust(&keyring, args, out)?,
        KeyCommand::Untrust(args) => untrust(&keyring, args, out)?,
        KeyCommand::Rotate(args) => rotate(&keyring, args, out)?,
    }
    Ok(Ending::Found)
}

fn expiry(named: Option<Date>) -> Result<Date> {
    let today = today();
    match named {
        Some(date) if date < today => bail!("{date} has passed; name a later day with --expires"),
        Some(date) => Ok(date),
        None => Ok(today.checked_add(2.years())?),
    }
}

fn new(keyring: &Keyring, args: &NewArgs, out: &mut dyn Write) -> Result<()> {
    let secret = SecretKey::generate(&args.publisher, today(), expiry(args.expires)?)?;
    let files = keyring.add(&secret)?;
    print_new(&secret, &files, out)?;
    Ok(writeln!(
        out,
        "Mail the public key file to those who receive your library, and tell them the fingerprint by telephone."
    )?)
}

fn print_new(
    secret: &SecretKey,
    (private, public): &(PathBuf, PathBuf),
    out: &mut dyn Write,
) -> Result<()> {
    let key = secret.key();
    writeln!(out, "publisher    {}", key.publisher())?;
    writeln!(out, "fingerprint  {}", key.fingerprint())?;
    writeln!(out, "valid        {} to {}", key.created(), key.expires())?;
    writeln!(
        out,
        "private key  {} (keep it to yourself)",
        private.display()
    )?;
    Ok(writeln!(out, "public key   {}", public.display())?)
}

fn rotate(keyring: &Keyring, args: &RotateArgs, out: &mut dyn Write) -> Result<()> {
    let old = keyring.pick(args.key.as_deref())?;
    let today = today();
    if old.key().expires() < today {
        bail!(
            "this key expired on {}, so nobody would accept its word for a new one; make one with `specid library key new` \
             and mail it",
            old.key().expires()
        );
    }
    let secret = old.rotate(today, expiry(args.expires)?)?;
    let files = keyring.add(&secret)?;
    print_new(&secret, &files, out)?;
    Ok(writeln!(
        out,
        "It is certified by {}. Who trusts that one accepts the new one with your next package until {}; keep the old \
         private key until then.",
        old.key().fingerprint(),
        old.key().expires()
    )?)
}

fn show(keyring: &Keyring, args: &ShowArgs, out: &mut dyn Write) -> Result<()> {
    let named = args.key.as_deref();
    if let Some(file) = named.map(Path::new).filter(|path| path.is_file()) {
        let credential = match read_public(file) {
            Ok(credential) => credential,
            Err(public) => match SecretKey::load(file) {
                Ok(secret) => secret.credential().clone(),
                Err(_) => return Err(public),
            },
        };
        return Ok(write!(out, "{credential}")?);
    }
    let trust = keyring.trust()?;
    let mut found: Vec<Credential> = keyring
        .own()?
        .iter()
        .map(|secret| secret.credential().clone())
        .chain(trust.keys().map(|known| Credential {
            key: known.key.clone(),
            certified_by: Vec::new(),
        }))
        .filter(|credential| {
            let key = &credential.key;
            named.is_none_or(|n| n == key.publisher() || key.fingerprint().starts_with(n))
        })
        .collect();
    found.dedup_by(|a, b| a.key == b.key);
    match found.as_slice() {
        [one] => Ok(write!(out, "{one}")?),
        [] => bail!("there is no such key; `specid library key list` shows all"),
        _ => bail!(
            "that is more than one key; name one by its fingerprint, as `specid library key list` shows it"
        ),
    }
}

fn read_public(file: &Path) -> Result<Credential> {
    let context = || format!("{} cannot be used", file.display());
    let mut text = String::new();
    std::fs::File::open(file)
        .and_then(|opened| opened.take(KEY_FILE).read_to_string(&mut text))
        .with_context(context)?;
    text.parse().with_context(context)
}

fn trust(keyring: &Keyring, args: &TrustArgs, out: &mut dyn Write) -> Result<()> {
    let credential = read_public(&args.file)?;
    let (key, today) = (&credential.key, today());
    let (name, fingerprint) = (key.publisher(), key.fingerprint());
    let mut trust = keyring.trust()?;
    match trust.judge(&credential, today) {
        Ok(introduced) if introduced.is_empty() => {
            return Ok(writeln!(out, "{name}: {fingerprint} is trusted already")?);
        }
        Ok(introduced) => {
            trust.accept(&introduced, today);
            keyring.save_trust(&trust)?;
            return Ok(writeln!(
                out,
                "{name}: {fingerprint} is trusted from now on, since a key you trust certifies it"
            )?);
        }
        Err(Refusal::Untrusted { .. }) => {}
        Err(refusal) => return Err(refusal.into()),
    }
    match args.fingerprint {
        Some(told) if told == fingerprint => {}
        Some(told) => bail!(
            "the key in the file has the fingerprint {fingerprint}, not {told}; do not trust it, and ask {name:?} for the file again"
        ),
        None => bail!(
            "this is a key of {name:?}, valid to {}; have the publisher read its fingerprint to you by telephone, and run this again \
             with --fingerprint and the digits you hear",
            key.expires()
        ),
    }
    let by = match &args.by {
        Some(by) => by.clone(),
        None => locate::user()?,
    };
    trust.add(key, Voucher { by, on: today })?;
    keyring.save_trust(&trust)?;
    Ok(writeln!(
        out,
        "{name}: {fingerprint} is trusted until {}",
        key.expires()
    )?)
}

fn untrust(keyring: &Keyring, args: &UntrustArgs, out: &mut dyn Write) -> Result<()> {
    let mut trust = keyring.trust()?;
    let named =
        |key: &PublicKey| key.publisher() == args.key || key.fingerprint().starts_with(&args.key);
    let keys: Vec<Fingerprint> = trust
        .keys()
        .filter(|known| named(&known.key) && known.revoked.is_none())
        .map(|known| known.fingerprint)
        .collect();
    if keys.is_empty() {
        bail!(
            "you trust no key of {:?}; `specid library key list` shows those you trust",
            args.key
        );
    }
    for fingerprint in &keys {
        let revocation = Revocation {
            on: today(),
            reason: args.reason.clone(),
        };
        trust.revoke(*fingerprint, revocation);
    }
    keyring.save_trust(&trust)?;
    for fingerprint in &keys {
        writeln!(out, "{fingerprint} is no longer trusted")?;
    }
    // A stolen key may have certified a thief's.
    for known in trust.keys().filter(|known| known.revoked.is_none()) {
        if let Some(by) = known.certified_by.filter(|by| keys.contains(by)) {
            writeln!(
                out,
                "{} came with a certificate of {by} and is still trusted; untrust it too if that key was stolen",
                known.fingerprint
            )?;
        }
    }
    Ok(())
}
