//! `specid export`.

mod args;
mod tell;

pub(super) use args::{FormsArgs, FormsCommand};

use super::overlays::National;
use super::{Ending, locate};
use crate::authority::{Desk, Existing, Export, Header, Period, admr, form_d, pics, write};
use crate::cases::{self, Cases};
use crate::national::NationalStatus;
use crate::spectrum::Identity;
use crate::substance::On;
use anyhow::{Context, Result, anyhow};
use args::Common;
use std::io::Write;
use std::path::PathBuf;

pub(super) fn run(args: &FormsArgs, out: &mut dyn Write) -> Result<Ending> {
    let period = |result: Result<Period, String>| result.map_err(|message| anyhow!("{message}"));
    match &args.command {
        FormsCommand::FormD { year, common } => {
            let year = period(Period::year(*year))?;
            export(common, out, |cases, desk| form_d(cases, desk, &year))
        }
        FormsCommand::Pics { from, to, common } => {
            let days = period(Period::between(*from, *to))?;
            export(common, out, |cases, desk| pics(cases, desk, &days))
        }
        FormsCommand::Admr { half_year, common } => {
            export(common, out, |cases, desk| admr(cases, desk, half_year))
        }
    }
}

fn export(
    common: &Common,
    out: &mut dyn Write,
    make: impl Fn(&Cases, &Desk<'_>) -> Export,
) -> Result<Ending> {
    let register = locate::register()?;
    let cases = read(common)?;
    for warning in &cases.warnings {
        eprintln!("specid: {warning}");
    }
    let nation = national(common).load(None)?;
    let told = |identity: &Identity, on: On| {
        let status = nation.status(&register, identity, on.day());
        status.iter().map(NationalStatus::told).collect()
    };
    let desk = Desk {
        register: &register,
        national: nation.is_asked().then_some(&told),
        header: header(common),
    };
    let export = make(&cases, &desk);
    let existing = match common.replace {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    let files = write(&export, &common.out, existing)
        .with_context(|| format!("{} cannot be written", export.name))?;
    tell::tell(&export, &files, common.format, out)?;
    Ok(match export.rows.rows.is_empty() {
        true => Ending::Nothing,
        false => Ending::Found,
    })
}

fn national(common: &Common) -> National {
    National {
        country: common.national,
        overlay: common.overlay.clone(),
    }
}

fn read(common: &Common) -> Result<Cases> {
    let (runs, mut manifests): (Vec<PathBuf>, Vec<PathBuf>) = common
        .inputs
        .iter()
        .cloned()
        .partition(|path| path.is_dir());
    manifests.extend(common.cases.iter().cloned());
    Ok(cases::read(&runs, &manifests)?)
}

fn header(common: &Common) -> Header {
    Header {
        country: common.country.clone(),
        authority: common.authority.clone(),
        officer: common.officer.clone(),
        contact: common.contact.clone(),
        laboratory: common.laboratory.clone(),
    }
}
