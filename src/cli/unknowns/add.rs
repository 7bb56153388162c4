//! `specid unknowns add`.

use super::super::args::ViewFormat;
use super::super::keyring::today;
use super::super::{Ending, progress};
use super::args::AddArgs;
use super::desk::{Answer, Desk, ask};
use super::facts::Known;
use super::sources::{Fault, Item, items};
use crate::unknowns::{Kept, Observation, Placed, Points, Register, RegisterError};
use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// What became of one spectrum.
#[derive(Debug, Serialize)]
struct Told {
    path: String,
    index: Option<usize>,
    record: Option<String>,
    #[serde(flatten)]
    became: Became,
}

#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum Became {
    /// It belongs to an unknown that was there.
    Joined {
        unknown: String,
        similarity: f64,
        count: usize,
        /// Days and places of the others.
        before: Vec<String>,
    },
    /// It began one.
    Began {
        unknown: String,
        /// An unknown that it resembles less than replicates would.
        like: Option<(String, f64)>,
    },
    /// It is in the register.
    Known {
        unknown: String,
        /// What is said of it now and was not before.
        taken: Vec<String>,
        /// What is said of it otherwise in the register, which stays.
        not_taken: Vec<String>,
    },
    /// The same file was named before in this command.
    Twice,
    /// It has a name.
    Identified { substances: Vec<String> },
    /// It says too little.
    Poor,
    /// It cannot be used.
    Failed { message: String },
}

/// A spectrum that is to be taken in, and its place among what is told.
struct Taken {
    at: usize,
    said: Observation,
    points: Points,
}

pub(super) fn run(args: &AddArgs, path: &Path, out: &mut dyn Write) -> Result<Ending> {
    let known = Known::of(args)?;
    let desk = Desk::open(args.which.library.as_deref())?;
    let identifier = desk.identifier();
    let all = items(args, &known)?;
    let register = Register::open(path)?;
    // What is in the register is not asked again.
    let held = all.iter().map(|item| match item {
        Ok(item) => Ok(known_in(&register, item)?.is_some()),
        Err(_) => Ok(false),
    });
    let held: Vec<bool> = held.collect::<Result<_, RegisterError>>()?;
    let bar = progress::bar("asking the library", all.len() as u64);
    let answers: Vec<Result<Answer, String>> = all
        .par_iter()
        .zip(&held)
        .map(|(item, held)| {
            let answer = match item {
                Ok(item) if !held => ask(&identifier, &item.spectrum),
                Ok(_) => Err("it was not asked".to_owned()),
                Err(fault) => Err(fault.message.clone()),
            };
            bar.inc(1);
            answer
        })
        .collect();
    bar.finish_and_clear();
    let today = today();
    let told = register.at_once(|register| -> Result<Vec<Told>> {
        let mut became = Vec::with_capacity(all.len());
        let mut taken: Vec<Taken> = Vec::new();
        let mut named: BTreeSet<(&str, usize)> = BTreeSet::new();
        for (item, answer) in all.iter().zip(answers) {
            let judged = judge(item, answer, register, args)?;
            let (item, answer) = match (item, judged) {
                (Ok(item), Ok(answer)) => (item, answer),
                (_, Err(why)) => {
                    became.push(Some(why));
                    continue;
                }
                // What is at fault is never to be taken in.
                (Err(_), Ok(_)) => continue,
            };
            let origin = &item.spectrum.provenance;
            if !named.insert((&origin.sha256, origin.index)) {
                became.push(Some(Became::Twice));
                continue;
            }
            taken.push(Taken {
                at: became.len(),
                said: observation(item, answer, today),
                points: Points::of(&item.spectrum),
            });
            became.push(None);
        }
        place(register, taken, &mut became, today.year())?;
        // What stands for a group is asked again where the group has changed.
        let joined = became.iter().flatten().filter_map(Became::joined);
        let changed: BTreeSet<String> = joined.map(str::to_owned).collect();
        let bar = progress::bar("asking for groups that changed", changed.len() as u64);
        for unknown in &changed {
            bar.inc(1);
            let spectrum = register.consensus(unknown)?.spectrum();
            match ask(&identifier, &spectrum) {
                Ok(answer) => register.set_hypothesis(unknown, &answer.hypothesis)?,
                Err(why) => bar.suspend(|| {
                    eprintln!("specid: {unknown} could not be asked again, and its hypothesis is that of fewer spectra: {why}");
                }),
            }
        }
        bar.finish_and_clear();
        let told = all.iter().zip(became);
        Ok(told
            .filter_map(|(item, became)| Some(header(item, became?)))
            .collect())
    })?;
    report(&told, args, path, out)?;
    let failed = told
        .iter()
        .any(|t| matches!(t.became, Became::Failed { .. }));
    let took = told.iter().any(|t| match &t.became {
        Became::Joined { .. } | Became::Began { .. } => true,
        Became::Known { taken, .. } => !taken.is_empty(),
        _ => false,
    });
    Ok(match (failed, took) {
        (true, _) => Ending::Failed,
        (false, true) => Ending::Found,
        (false, false) => Ending::Nothing,
    })
}

fn header(item: &Result<Item, Fault>, became: Became) -> Told {
    match item {
        Ok(item) => Told {
            path: item.spectrum.provenance.path.clone(),
            index: Some(item.spectrum.provenance.index),
            record: record(item),
            became,
        },
        Err(fault) => Told {
            path: fault.path.clone(),
            index: fault.index,
            record: None,
            became,
        },
    }
}

fn record(item: &Item) -> Option<String> {
    let spectrum = &item.spectrum;
    let title = Some(&spectrum.title).filter(|title| !title.is_empty());
    spectrum.provenance.id.clone().or(title.cloned())
}

/// The observation of a spectrum that is in the register already.
fn known_in(register: &Register, item: &Item) -> Result<Option<Kept>, RegisterError> {
    let origin = &item.spectrum.provenance;
    register.knows(&origin.sha256, origin.index)
}

/// Adds what is said of a spectrum to its observation in the register.
fn complete(
    mut kept: Kept,
    item: &Result<Item, Fault>,
    register: &Register,
) -> Result<Became, RegisterError> {
    let said = item
        .as_ref()
        .map(|item| item.facts.complete(&mut kept.said));
    let told = said.unwrap_or_default();
    if !told.taken.is_empty() {
        register.rewrite(&kept)?;
    }
    Ok(Became::Known {
        unknown: kept.unknown,
        taken: told.taken,
        not_taken: told.kept,
    })
}

/// The answer of the library where the spectrum is to be taken in, else what becomes of it.
fn judge(
    item: &Result<Item, Fault>,
    answer: Result<Answer, String>,
    register: &Register,
    args: &AddArgs,
) -> Result<Result<Answer, Became>> {
    let known = match item {
        Ok(item) => known_in(register, item)?,
        Err(_) => None,
    };
    let answer = match (known, answer) {
        (Some(kept), _) => return Ok(Err(complete(kept, item, register)?)),
        (None, Err(message)) => return Ok(Err(Became::Failed { message })),
        (None, Ok(answer)) => answer,
    };
    if answer.said.named().is_some() && !args.any {
        let substances = answer.said.substances;
        return Ok(Err(Became::Identified { substances }));
    }
    Ok(match answer.poor && !args.any {
        true => Err(Became::Poor),
        false => Ok(answer),
    })
}

fn observation(item: &Item, answer: Answer, today: Date) -> Observation {
    let (spectrum, facts) = (&item.spectrum, &item.facts);
    let (day, day_is) = facts.seen(spectrum, today);
    Observation {
        path: spectrum.provenance.path.clone(),
        index: spectrum.provenance.index,
        record: record(item),
        sha256: spectrum.provenance.sha256.clone(),
        sample: facts.sample.clone(),
        day,
        day_is,
        place: facts.place.clone(),
        laboratory: facts.laboratory.clone(),
        technique: spectrum.technique.id().to_owned(),
        precursor: spectrum.precursor.as_ref().and_then(|p| p.mz),
        then: answer.said,
        now: None,
        hypothesis: answer.hypothesis,
    }
}

fn place(
    register: &Register,
    taken: Vec<Taken>,
    told: &mut [Option<Became>],
    year: i16,
) -> Result<()> {
    let places: Vec<usize> = taken.iter().map(|t| t.at).collect();
    let new: Vec<(Observation, Points)> = taken.into_iter().map(|t| (t.said, t.points)).collect();
    let placed = register.place(&new, year)?;
    for ((at, placed), (said, _)) in places.iter().zip(placed).zip(&new) {
        let became = match placed {
            Placed::Joined {
                unknown,
                similarity,
                count,
            } => Became::Joined {
                before: before(register, &unknown, said)?,
                unknown,
                similarity,
                count,
            },
            Placed::Began { unknown, like } => Became::Began { unknown, like },
            Placed::Incomparable => Became::Failed {
                message: "it has no peak or band that could be compared".to_owned(),
            },
        };
        if let Some(told) = told.get_mut(*at) {
            *told = Some(became);
        }
    }
    Ok(())
}

/// Where and when the others of a group were seen.
fn before(register: &Register, unknown: &str, but: &Observation) -> Result<Vec<String>> {
    let (_, members) = register.unknown(unknown)?;
    let others = members.into_iter().map(|kept| kept.said);
    let others = others.filter(|o| (&o.sha256, o.index) != (&but.sha256, but.index));
    let seen: BTreeSet<String> = others
        .map(|o| match &o.place {
            Some(place) => format!("{}, {place}", o.day),
            None => o.day.to_string(),
        })
        .collect();
    Ok(seen.into_iter().collect())
}

impl Became {
    fn joined(&self) -> Option<&str> {
        match self {
            Self::Joined { unknown, .. } => Some(unknown),
            _ => None,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Joined {
                unknown,
                similarity,
                count,
                before,
            } => {
                let seen = match before.as_slice() {
                    [] => String::new(),
                    [one] => format!("; seen before: {one}"),
                    [first, .., last] => format!("; seen before: {first} to {last}"),
                };
                format!("joined {unknown} (similarity {similarity:.2}, {count} spectra now{seen})")
            }
            Self::Began {
                unknown,
                like: Some((like, similarity)),
            } => format!(
                "began {unknown}; it resembles {like} (similarity {similarity:.2}), less than replicates do"
            ),
            Self::Began { unknown, .. } => format!("began {unknown}"),
            Self::Known {
                unknown,
                taken,
                not_taken,
            } => {
                let list = |what: &str, said: &[String]| match said {
                    [] => String::new(),
                    said => format!("; {what}: {}", said.join(", ")),
                };
                format!(
                    "is in the register already, in {unknown}{}{}",
                    list("added to it", taken),
                    list("not taken", not_taken)
                )
            }
            Self::Twice => "not taken: the same file was named before".to_owned(),
            Self::Identified { substances } => {
                format!("not taken: identified as {}", substances.join(" or "))
            }
            Self::Poor => "not taken: its quality is poor (--any takes it)".to_owned(),
            Self::Failed { message } => format!("not taken: {message}"),
        }
    }
}

fn report(told: &[Told], args: &AddArgs, path: &Path, out: &mut dyn Write) -> Result<()> {
    if args.format == ViewFormat::Json {
        let value = serde_json::json!({"register": path.to_string_lossy(), "spectra": told});
        serde_json::to_writer_pretty(&mut *out, &value)?;
        return Ok(writeln!(out)?);
    }
    for one in told {
        let place = one
            .index
            .map(|i| format!(" [{}]", i + 1))
            .unwrap_or_default();
        let record = one.record.as_ref().map(|r| format!("  {r}"));
        writeln!(
            out,
            "{}{place}{}: {}",
            one.path,
            record.unwrap_or_default(),
            one.became.sentence()
        )?;
    }
    Ok(())
}
