//! `specid record verify`.

use super::check::{CheckedRecord, HeadArgs, checked};
use crate::cli::Ending;
use crate::cli::args::ViewFormat;
use crate::record::{Checked, Standing};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What no chain of hashes can show.
const CANNOT: &str = "The chain shows what was changed, not who wrote it: who rewrites the whole file and its head, or removes both, is found only by a head that was kept elsewhere (`specid record head`, `sign`). Times are those of the computer's clock.";

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    #[command(flatten)]
    heads: HeadArgs,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    format: ViewFormat,
}

#[derive(Serialize)]
struct View<'a> {
    record: String,
    /// Whether nothing was changed, as far as the chain and the heads show.
    whole: bool,
    problems: Vec<String>,
    /// Heads by keys that are not trusted here.
    untrusted: &'a [String],
    /// Heads by keys that have expired since: their day is the signer's word alone.
    expired: Vec<&'a str>,
    #[serde(flatten)]
    found: &'a Checked,
    signatures: Vec<String>,
    cannot_show: &'static str,
}

pub(super) fn run(args: &VerifyArgs, out: &mut dyn Write) -> Result<Ending> {
    let checked = checked(&args.record, &args.heads)?;
    let problems = checked.problems();
    let whole = problems.is_empty();
    match args.format {
        ViewFormat::Text => write!(out, "{}", text(&args.record, &checked, &problems))?,
        ViewFormat::Json => {
            let view = View {
                record: args.record.display().to_string(),
                whole,
                problems,
                untrusted: &checked.untrusted,
                expired: checked.expired(),
                found: &checked.found,
                signatures: signatures(&checked),
                cannot_show: CANNOT,
            };
            serde_json::to_writer_pretty(&mut *out, &view)?;
            writeln!(out)?;
        }
    }
    Ok(
        match whole && checked.untrusted.is_empty() && !checked.may_be_cut {
            true => Ending::Found,
            false => Ending::Nothing,
        },
    )
}

fn signatures(checked: &CheckedRecord) -> Vec<String> {
    let one = |(name, standing): &(String, Standing)| match standing {
        Standing::NotSigned => {
            format!("{name}: not signed; as good as the place where it was kept")
        }
        Standing::Trusted {
            publisher,
            fingerprint,
            on,
        } => format!(
            "{name}: signed by {publisher} on {on}, key {fingerprint}, which is trusted here"
        ),
        Standing::Expired {
            publisher,
            fingerprint,
            on,
            expired,
        } => format!(
            "{name}: signed with the key {fingerprint} of {publisher}, which was trusted here and expired on {expired}; \
             that it was signed before, on {on}, is the signer's word alone: where you did not have this head before \
             {expired}, ask for one that is signed with a valid key"
        ),
        Standing::Own {
            publisher,
            fingerprint,
        } => format!("{name}: signed by {publisher} with your own key {fingerprint}"),
        Standing::NotTrusted {
            publisher,
            fingerprint,
            reason,
            ..
        } => format!("{name}: signed by {publisher}, key {fingerprint}: {reason}"),
    };
    checked.standings.iter().map(one).collect()
}

fn text(record: &Path, checked: &CheckedRecord, problems: &[String]) -> String {
    let found = &checked.found;
    let mut lines = vec![match problems.is_empty() {
        true if checked.may_be_cut => format!(
            "{}: whole as it stands, but its head was missing once: what was cut off then is not known",
            record.display()
        ),
        true if checked.untrusted.is_empty() && checked.expired().is_empty() => {
            format!("{}: whole", record.display())
        }
        true if checked.untrusted.is_empty() => format!(
            "{}: whole; a head is by a key that has expired since",
            record.display()
        ),
        true => format!(
            "{}: whole, but a head is not by a trusted key",
            record.display()
        ),
        false => format!("{}: NOT WHOLE", record.display()),
    }];
    lines.extend(problems.iter().cloned());
    let times = match (&found.first, &found.last) {
        (Some(first), Some(last)) => format!(", written {first} to {last}"),
        _ => String::new(),
    };
    lines.push(format!(
        "{} {} good{times}; hash of the last {}",
        found.good,
        if found.good == 1 {
            "entry is"
        } else {
            "entries are"
        },
        found.hash
    ));
    for head in &found.heads {
        lines.push(match (&head.problem, &head.note) {
            (Some(problem), _) => format!("{}: does NOT hold: {problem}", head.from),
            (None, Some(note)) => format!("{}: holds at entry {}; {note}", head.from, head.entries),
            (None, None) => format!("{}: holds at entry {}", head.from, head.entries),
        });
    }
    lines.extend(signatures(checked));
    let listed = |entries: &[u64]| {
        let shown: Vec<String> = entries.iter().take(20).map(u64::to_string).collect();
        let more = if entries.len() > 20 { ", ..." } else { "" };
        format!("{}{more}", shown.join(", "))
    };
    for entry in &found.head_missing_before {
        lines.push(format!(
            "The head was missing before entry {entry}; what was cut off is not known. Compare with a head or an entry that was kept elsewhere (--head, --against)"
        ));
    }
    if !found.recoveries.is_empty() {
        lines.push(format!(
            "Interrupted appends were set aside or completed, as these entries tell: {}",
            listed(&found.recoveries)
        ));
    }
    if !found.earlier.is_empty() {
        lines.push(format!(
            "The clock was set back before these entries: {}",
            listed(&found.earlier)
        ));
    }
    lines.push(CANNOT.to_owned());
    lines.into_iter().map(|line| line + "\n").collect()
}
