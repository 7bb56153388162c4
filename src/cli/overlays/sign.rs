//! `specid overlay sign`.

use super::loaded::{Unusable, bytes};
use crate::cli::Ending;
use crate::cli::kept;
use crate::cli::keyring::{Keyring, today};
use crate::cli::output_file::replace;
use crate::exchange::{Trust, overlay_signer, seal_overlay};
use crate::national::Overlay;
use anyhow::{Context, Result};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct SignArgs {
    /// Overlay file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Key to sign with: publisher, fingerprint or file [default: your only valid key that no other follows]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// File to write [default: FILE itself]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &SignArgs, out: &mut dyn Write) -> Result<Ending> {
    let bytes = bytes(&args.file)?;
    // What has errors is not signed; a signature that no longer holds is replaced.
    Overlay::parse(&bytes, &args.file.to_string_lossy()).map_err(Unusable::Content)?;
    let today = today();
    let secret = Keyring::open()?.pick_valid(args.key.as_deref(), today)?;
    let key = secret.key();
    let signed = seal_overlay(&bytes, &secret)?;
    // As those who get it will: nothing leaves that does not verify.
    overlay_signer(&signed, &Trust::default(), today)
        .map(|_| Overlay::parse(&signed, ""))
        .context("what was signed does not verify; nothing was written")?
        .map_err(Unusable::Content)?;
    let path = args.out.as_ref().unwrap_or(&args.file);
    kept::refuse(path, [])?;
    replace(path, &signed)?;
    writeln!(
        out,
        "{}: signed by {}, key {}",
        path.display(),
        key.publisher(),
        key.fingerprint()
    )?;
    Ok(Ending::Found)
}
