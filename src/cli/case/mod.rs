//! `specid case`.

mod results;
mod tell;

use super::args::ViewFormat;
use super::{Ending, locate, progress};
use crate::cli::day::day;
use crate::evidence::{Case, Finding, Means, Named, Scheme, stated};
use crate::library::Library;
use crate::report::Law;
use crate::spectrum::{Identity, is_inchikey};
use crate::substance::{Form, On, Register};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::civil::Date;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct CaseArgs {
    /// Results of one sample: files of `specid identify --format json` or jsonl, or a screening's RUN folder
    #[arg(required = true, value_name = "RESULTS")]
    pub results: Vec<PathBuf>,
    /// The sample: of a screening that one is taken; results of identify are all taken to be of it
    #[arg(long, value_name = "ID")]
    pub sample: Option<String>,
    /// Tests that somebody states, as CSV with the columns technique, result (positive or negative), substance, by,
    /// date, remarks: color tests, retention against a reference material
    #[arg(long, value_name = "FILE")]
    pub tests: Option<PathBuf>,
    /// Techniques at hand for the next test, as the scheme names them [default: all of the scheme]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub at_hand: Vec<String>,
    /// Scheme to apply instead of SWGDRUG's, in the form of spectra-library/scheme.toml
    #[arg(long, value_name = "FILE")]
    pub scheme: Option<PathBuf>,
    /// Library whose references say what techniques tell apart, or "starter" for the embedded one [default:
    /// $SPECID_LIBRARY, else your own library, else the embedded one]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    /// Tell control status as the law stood on this day [default: the newest law that the register knows]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// Form of the result
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

pub(super) fn run(args: &CaseArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.library.as_deref())?;
    let register = locate::register()?;
    let law = Law {
        register: &register,
        on: On::from(args.on),
        national: None,
    };
    let scheme = scheme(args.scheme.as_deref())?;
    if let Some(name) = args.at_hand.iter().find(|n| scheme.method(n).is_none()) {
        let known: Vec<&str> = scheme.technique.iter().map(|m| m.id.as_str()).collect();
        bail!(
            "--at-hand: the scheme knows no technique {name:?}; expected some of {}",
            known.join(", ")
        );
    }
    let mut findings = findings(args)?;
    if let Some(file) = &args.tests {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let named = |name: &str| who(name, law, &library);
        let told = stated(&text, &file.to_string_lossy(), &scheme, &named);
        findings.extend(told.map_err(anyhow::Error::msg)?);
    }
    let forms = |named: &Named| other_forms(named, law);
    let means = Means {
        scheme: &scheme,
        library: &library,
        at_hand: &args.at_hand,
        forms: &forms,
    };
    let bar = progress::spinner("asking which test would help");
    let case = Case::of(args.sample.clone(), findings, &means)?;
    bar.finish_and_clear();
    match args.format {
        ViewFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &case)?;
            writeln!(out)?;
        }
        ViewFormat::Text => write!(out, "{}", tell::text(&case))?,
    }
    Ok(match case.is_met() {
        true => Ending::Found,
        false => Ending::Nothing,
    })
}

fn scheme(named: Option<&Path>) -> Result<Scheme> {
    let Some(path) = named else {
        return Scheme::shipped()
            .context("the embedded scheme is damaged; install the program again");
    };
    let context = || format!("{} cannot be used as a scheme", path.display());
    let text = std::fs::read_to_string(path).with_context(context)?;
    Scheme::parse(&text).with_context(context)
}

fn findings(args: &CaseArgs) -> Result<Vec<Finding>> {
    let mut all = Vec::new();
    for path in &args.results {
        let read = results::read(path)?;
        let labels = results::labels(&read);
        let is_run = !labels.is_empty();
        let wanted = args.sample.as_deref();
        if is_run && wanted.is_none() && labels.len() > 1 {
            bail!(
                "{} holds {} samples; name one with --sample, such as {:?}",
                path.display(),
                labels.len(),
                labels[0]
            );
        }
        let of_sample = |value: &Value| match (results::label(value), wanted) {
            (Some(label), Some(wanted)) => label == wanted,
            _ => true,
        };
        let before = all.len();
        for (place, value) in read
            .iter()
            .enumerate()
            .filter(|(_, value)| of_sample(value))
        {
            let told = |told| anyhow::anyhow!("{}, result {}: {told}", path.display(), place + 1);
            all.push(Finding::read(value).map_err(told)?);
        }
        if all.len() == before {
            let sample = wanted.unwrap_or_default();
            match is_run {
                true => bail!("{} holds no sample {sample:?}", path.display()),
                false => bail!("{} holds no result", path.display()),
            }
        }
    }
    Ok(all)
}

/// Who a substance is that an analyst names: by the register, else by the library, else by its name alone.
fn who(name: &str, law: Law<'_>, library: &Library) -> Named {
    let mut wanted = Identity {
        name: name.to_owned(),
        cas: Some(name.to_owned()),
        ..Identity::default()
    };
    if is_inchikey(name) {
        wanted.inchikey = Some(name.to_owned());
    }
    let known = law.register.find(&wanted).map(|(s, _)| s.identity.clone());
    let held = || {
        let entries = library.entries().filter_map(Result::ok);
        let mut own = entries.map(|e| e.identity);
        own.find(|i| i.name.eq_ignore_ascii_case(name))
    };
    let identity = known.or_else(held).unwrap_or(Identity {
        cas: None,
        ..wanted
    });
    named(&identity, law)
}

fn named(identity: &Identity, law: Law<'_>) -> Named {
    Named {
        name: identity.name.clone(),
        inchikey: identity.inchikey.clone(),
        status: law.status(identity, Form::Exact).status,
    }
}

/// Others of the register with the same skeleton.
fn other_forms(of: &Named, law: Law<'_>) -> Vec<Named> {
    let identity = Identity {
        name: of.name.clone(),
        inchikey: of.inchikey.clone(),
        ..Identity::default()
    };
    let register: &Register = law.register;
    let own = register.find(&identity).map(|(s, _)| s);
    let others = register.same_skeleton(&identity, own).into_iter();
    others.map(|s| named(&s.identity, law)).collect()
}
