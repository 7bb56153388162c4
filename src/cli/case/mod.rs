//! `specid case`.

mod results;
mod tell;

use super::args::ViewFormat;
use super::record::absolute;
use super::screen::record_of;
use super::{Ending, locate, progress, whole};
use crate::cli::day::day;
use crate::evidence::{Bench, Case, Finding, Means, Named, Scheme, stated};
use crate::library::Library;
use crate::record::{Places, Validity, validities};
use crate::report::Law;
use crate::spectrum::{Identity, is_inchikey};
use crate::substance::{Form, On, Register};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Zoned;
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
    /// Where the record of the results is now, where it has moved [default: where the results say, else beside them]
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
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
    whole::required(&library)?;
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
        let bench = Bench {
            scheme: &scheme,
            named: &|name| who(name, law, &library),
            wrong_day: &wrong_day,
        };
        let told = stated(&text, &file.to_string_lossy(), &bench);
        findings.extend(told.map_err(anyhow::Error::msg)?);
    }
    let forms = |named: &Named| other_forms(named, law);
    let means = Means {
        scheme: &scheme,
        library: &library,
        at_hand: &args.at_hand,
        forms: &forms,
        formula: &|named| {
            let known = register.find(&identity_of(named));
            known.and_then(|(substance, _)| substance.identity.formula.clone())
        },
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

/// What the record says of results: those that no longer stand count for nothing.
fn weigh_by_record<'a>(
    findings: &mut [Finding],
    validities: impl Iterator<Item = (&'a Value, &'a Validity)>,
) {
    for (value, validity) in validities {
        let hash = value.pointer("/recorded/hash").and_then(Value::as_str);
        let file = value.pointer("/source/sha256").and_then(Value::as_str);
        let index = value.pointer("/source/index").and_then(Value::as_u64);
        // The results for the peaks of a run are one finding.
        let is_peak = value.get("peak").is_some();
        let own = |finding: &&mut Finding| {
            let origin = &finding.origin;
            let same_place = is_peak || index.map(|i| i + 1) == u64::try_from(origin.place).ok();
            let same_file = origin.sha256.as_deref() == file && file.is_some();
            origin.entry.as_deref() == hash && (hash.is_some() || (same_file && same_place))
        };
        let Some(finding) = findings.iter_mut().find(own) else {
            continue;
        };
        match validity {
            Validity::Superseded(by) => {
                finding.discount(format!("It counts for nothing: {}.", by.words()));
            }
            Validity::Broken(why) => finding.discount(format!(
                "It counts for nothing: its record is known to be broken: {why}."
            )),
            Validity::NotAsked(why) => finding.tell_once(format!(
                "The record was not at hand ({why}): whether this result is what it holds, and still stands, is not known."
            )),
            Validity::Headless(record) => finding.tell_once(format!(
                "{record} holds it, but has no head: whether an entry that was cut off its end withdrew it is not known."
            )),
            Validity::NotHeld(record) => finding.tell_once(format!(
                "The result states no entry of a record, and {record} has none for its file: whether it was changed is not known."
            )),
            Validity::Held { .. } | Validity::Unrecorded | Validity::Stands => {}
        }
    }
}

fn findings(args: &CaseArgs) -> Result<Vec<Finding>> {
    let mut all = Vec::new();
    for path in &args.results {
        let read = results::read(path)?;
        let named = record_of(args.record.as_ref(), path)?;
        let run = path.is_dir().then(|| absolute(path));
        let record = Places {
            named: named.as_deref(),
            results: path,
            run: run.as_deref(),
        };
        let validities = validities(&read, record).map_err(anyhow::Error::msg)?;
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
        let (places, values): (Vec<usize>, Vec<&Value>) = read
            .iter()
            .enumerate()
            .filter(|(_, value)| of_sample(value))
            .unzip();
        let told = |(at, told): (usize, String)| {
            anyhow::anyhow!("{}, result {}: {told}", path.display(), places[at] + 1)
        };
        let before = all.len();
        all.extend(Finding::read_all(&values).map_err(told)?);
        let validities = places
            .iter()
            .map(|place| (&read[*place], &validities[*place]));
        weigh_by_record(&mut all[before..], validities);
        if values.is_empty() {
            let sample = wanted.unwrap_or_default();
            match is_run {
                true => bail!("{} holds no sample {sample:?}", path.display()),
                false => bail!("{} holds no result", path.display()),
            }
        }
    }
    Ok(all)
}

/// What is wrong with the day of a stated test.
fn wrong_day(text: &str) -> Option<String> {
    match day(text) {
        Err(advice) => Some(advice),
        Ok(day) if day > Zoned::now().date() => Some("that day is yet to come".to_owned()),
        Ok(_) => None,
    }
}

/// Who a substance is that an analyst names: by the register, else by the library, else by its InChIKey. It keeps the
/// name that the analyst gave it.
fn who(name: &str, law: Law<'_>, library: &Library) -> Option<Named> {
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
        own.find(|i| {
            let mut names = std::iter::once(&i.name).chain(&i.synonyms).chain(&i.cas);
            names.any(|own| own.eq_ignore_ascii_case(name))
        })
    };
    let of_key = || is_inchikey(name).then(|| wanted.clone());
    let identity = known.or_else(held).or_else(of_key)?;
    let found = named(&identity, law);
    let is_number = |c: char| c.is_ascii_digit() || c == '-';
    Some(match is_inchikey(name) || name.chars().all(is_number) {
        true => found,
        false => Named {
            name: name.to_owned(),
            ..found
        },
    })
}

fn named(identity: &Identity, law: Law<'_>) -> Named {
    Named {
        name: identity.name.clone(),
        inchikey: identity.inchikey.clone(),
        status: law.status(identity, Form::Exact).status,
    }
}

fn identity_of(named: &Named) -> Identity {
    Identity {
        name: named.name.clone(),
        inchikey: named.inchikey.clone(),
        ..Identity::default()
    }
}

/// Others of the register with the same skeleton.
fn other_forms(of: &Named, law: Law<'_>) -> Vec<Named> {
    let identity = identity_of(of);
    let register: &Register = law.register;
    let own = register.find(&identity).map(|(s, _)| s);
    let others = register.same_skeleton(&identity, own).into_iter();
    others.map(|s| named(&s.identity, law)).collect()
}
