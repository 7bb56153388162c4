//! One change of a library, from taking its lock to the new generation.

use super::recording;
use crate::check::{self, Finding, Scope, Severity};
use crate::cli::record::{RecordArgs, Recorder};
use crate::cli::{locate, progress, whole};
use crate::decide;
use crate::emerging::class;
use crate::impact::{self, Impact};
use crate::library::{
    Action, Builder, Change, ImportReport, Info, Library, Record, SourceFile, Store, Writer,
};
use crate::prepare::Family;
use crate::report::impact as told;
use crate::substance::Register;
use anyhow::{Result, bail};
use clap::Args;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// Entries that a change checks itself; larger deliveries are checked by `library check`.
const MOST_CHECKED: usize = 20_000;

/// Who changes a library and why, and what a change may cost.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Change")]
pub(in crate::cli) struct ChangeArgs {
    /// Why; kept in the library's log
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Who; kept in the library's log [default: the user's name]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Largest share of trials whose substance may be lost from the first place or newly be called identified wrongly
    #[arg(long, value_name = "SHARE", default_value_t = impact::MOST_LOST, value_parser = share)]
    pub max_loss: f64,
    /// Make the new generation although it loses more, for this reason, which is kept in the log
    #[arg(long, value_name = "REASON")]
    pub accept: Option<String>,
    #[command(flatten)]
    pub record: RecordArgs,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|v| (0.0..=1.0).contains(v))
        .ok_or_else(|| "expected a share from 0 to 1, such as 0.01".to_owned())
}

/// A change under way: nobody else changes the library meanwhile.
pub(in crate::cli) struct Session {
    writer: Writer,
    /// The generation to start from; `None` for a new library.
    pub parent: Option<Library>,
    /// What will be said of it in the log.
    pub change: Change,
    args: ChangeArgs,
    /// Where the change is recorded.
    pub recorder: Option<Recorder>,
}

/// A finished change.
pub(in crate::cli) struct Finished {
    /// The new library.
    pub library: Library,
    /// What was done to its entries.
    pub report: ImportReport,
    /// New and changed entries that are probably wrong; `None` where they were not checked.
    pub findings: Option<Vec<Finding>>,
    /// What it does to identification; `None` where there was nothing to compare with.
    pub impact: Option<Impact>,
    /// Its record; `None` where nothing was written.
    pub record: Option<Record>,
}

impl Session {
    /// Takes the lock and opens the current generation, which must be whole: what is built on another would be taken
    /// for what somebody meant.
    pub fn begin(path: &Path, action: Action, args: &ChangeArgs) -> Result<Self> {
        let recorder = args.record.recorder()?;
        let by = match &args.by {
            Some(name) => name.clone(),
            None => locate::user()?,
        };
        let now = now();
        let note = format!(
            "specid library {}, process {}, {by}, since {now}",
            action.id(),
            std::process::id()
        );
        let writer = Store::at(path).lock(&note)?;
        if let Some(before) = &writer.interrupted {
            eprintln!(
                "specid: an earlier change of this library ended unexpectedly ({before}); the library is whole, and what was left of the change has been removed (`specid library log` tells whether it was made)"
            );
        }
        let parent = match action {
            Action::Rollback => writer.store().newest_whole()?,
            _ => writer.current()?,
        };
        if let Some(parent) = &parent {
            whole::required(parent)?;
        }
        let mut change = Change::new(action, now);
        change.by = by;
        change.reason.clone_from(&args.reason);
        Ok(Self {
            writer,
            parent,
            change,
            args: args.clone(),
            recorder,
        })
    }

    /// The library to change.
    pub fn store(&self) -> &Store {
        self.writer.store()
    }

    /// The lock, for what needs no new generation.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// A builder that starts from the current generation, or from nothing under this name.
    pub fn builder(&self, name: impl FnOnce() -> String) -> Result<Builder> {
        let builder = match &self.parent {
            Some(library) => Builder::from_library(library)?,
            None => Builder::new(Info {
                name: name(),
                ..Info::default()
            }),
        };
        Ok(builder.with_register(locate::register()?))
    }

    /// A builder of the library that must exist.
    pub fn existing(&self) -> Result<Builder> {
        match &self.parent {
            Some(_) => self.builder(String::new),
            None => bail!(
                "there is no library at {0}; make one with `specid library import FILE --library {0}`",
                self.store().path().display()
            ),
        }
    }

    /// Notes a file that the change was made from.
    pub fn source(&mut self, path: &str, sha256: &str) {
        self.change.sources.push(SourceFile {
            path: path.to_owned(),
            sha256: sha256.to_owned(),
        });
    }

    /// Prepares the references, learns the rule, measures what the change does, and makes the next
    /// generation; only shows what would happen where `dry`.
    pub fn finish(mut self, builder: Builder, dry: bool) -> Result<Finished> {
        let bar = progress::bar("preparing", builder.len() as u64);
        let (mut library, report) = builder.build(&|| bar.inc(1));
        bar.finish_and_clear();
        let nothing = report.touched.is_empty() && self.change.action != Action::Receive;
        if nothing && self.parent.is_some() {
            let library = self.parent.take().unwrap_or(library);
            return Ok(Finished {
                library,
                report,
                findings: None,
                impact: None,
                record: None,
            });
        }
        let register = locate::register()?;
        if let Some(parent) = self.parent.as_ref().filter(|p| same_search(p, &library)) {
            // What is searched and who it is stay, and so does what was learned from it.
            for family in Family::ALL {
                let learned = parent.group(family).and_then(|g| g.calibration.clone());
                library.set_calibration(family, learned);
            }
            let findings = checked(&library, &register, &report)?;
            return Ok(Finished {
                findings,
                ..self.write(library, report, None, dry)?
            });
        }
        let bar = progress::bar("measuring error rates", decide::trials(&library) as u64);
        decide::calibrate(&mut library, &register, &|| bar.inc(1))?;
        class::calibrate(&mut library, &register)?;
        bar.finish_and_clear();
        let findings = checked(&library, &register, &report)?;
        Ok(Finished {
            findings,
            ..self.commit(library, report, dry)?
        })
    }

    /// Measures what a finished library does and makes it the next generation.
    pub fn commit(self, library: Library, report: ImportReport, dry: bool) -> Result<Finished> {
        let impact = match &self.parent {
            Some(parent) => Some(measure(parent, &library)?),
            None => None,
        };
        self.write(library, report, impact, dry)
    }

    /// Makes a finished library the next generation, unless its loss is too large.
    fn write(
        mut self,
        mut library: Library,
        report: ImportReport,
        impact: Option<Impact>,
        dry: bool,
    ) -> Result<Finished> {
        let counts = &mut self.change.counts;
        match &self.parent {
            Some(parent) => {
                let difference = impact::entries(parent, &library)?;
                counts.added = difference.added.len();
                counts.changed = difference.changed.len();
                counts.removed = difference.removed.len();
            }
            None => counts.added = library.len(),
        }
        if impact.is_none() && self.parent.is_some() {
            self.change.effect =
                Some("Nothing that is searched changed, so identification is the same.".to_owned());
        }
        if let Some(impact) = &impact {
            self.change.effect = Some(told::sentence(impact));
            // Who takes entries out by hand or goes back means it; an update from elsewhere may not.
            let gone = match self.change.action {
                Action::Receive | Action::Build => impact.gone_share(),
                _ => 0.0,
            };
            let lost = impact.lost().max(gone);
            if lost > self.args.max_loss && dry && self.args.accept.is_none() {
                eprintln!(
                    "specid: this would be refused without --accept REASON: it loses {:.1} % of what the library told rightly",
                    100.0 * lost
                );
            }
            if lost > self.args.max_loss && !dry {
                match &self.args.accept {
                    Some(reason) => self.change.accepted = Some(reason.clone()),
                    None => {
                        eprint!("{}", told::text(impact));
                        bail!(
                            "the new generation would lose {:.1} % of what the library told rightly, more than the {:.1} % of --max-loss; nothing was changed. Look at the entries named above (`specid library check`), or make it with --accept REASON",
                            100.0 * lost,
                            100.0 * self.args.max_loss
                        );
                    }
                }
            }
        }
        let record = match dry {
            true => None,
            false => Some(
                self.writer
                    .commit(&mut library, self.parent.as_ref(), self.change)?,
            ),
        };
        if self.parent.is_none() && record.is_some() {
            locate::tell_new_default(self.writer.store().path());
        }
        if let (Some(recorder), Some(record)) = (&self.recorder, &record) {
            let (store, before) = (self.writer.store(), self.parent.as_ref());
            recording::change(recorder, store, before, &library, record)?;
        }
        Ok(Finished {
            library,
            report,
            findings: None,
            impact,
            record,
        })
    }
}

/// Whether two generations search the same references of the same substances: only other metadata
/// changed.
fn same_search(old: &Library, new: &Library) -> bool {
    let known = |library: &Library| -> Result<Vec<_>> {
        let entries = library.entries();
        let known = entries.map(|e| {
            let entry = e?;
            let contributor = entry.provenance.contributor().map(str::to_owned);
            Ok((entry.id, entry.identity, contributor))
        });
        known.collect()
    };
    let same = old.prepared_hash() == new.prepared_hash();
    same && matches!((known(old), known(new)), (Ok(a), Ok(b)) if a == b)
}

/// What the checks say of new and changed entries, at warning or above; `None` where they are too many.
fn checked(
    library: &Library,
    register: &Register,
    report: &ImportReport,
) -> Result<Option<Vec<Finding>>> {
    if report.touched.len() > MOST_CHECKED {
        return Ok(None);
    }
    let touched: HashSet<&String> = report.touched.iter().collect();
    let mut indices = BTreeSet::new();
    for (index, entry) in library.entries().enumerate() {
        if touched.contains(&entry?.id) {
            indices.insert(index);
        }
    }
    let scope = Scope::Entries(indices);
    let bar = progress::bar("checking", check::steps(library, &scope) as u64);
    let mut found = check::check(library, register, &scope, &|| bar.inc(1))?;
    bar.finish_and_clear();
    found.retain(|f| f.severity >= Severity::Warning);
    Ok(Some(found))
}

/// What a new generation does to identification, with a progress bar.
pub(super) fn measure(old: &Library, new: &Library) -> Result<Impact> {
    let bar = progress::bar("comparing with the last generation", 0);
    let register = locate::register()?;
    let impact = Impact::measure(old, new, &register, &|step| match step {
        impact::Step::Of(total) => bar.set_length(total as u64),
        impact::Step::Done => bar.inc(1),
    })?;
    bar.finish_and_clear();
    Ok(impact)
}

/// Now, RFC 3339, to the second.
pub(in crate::cli) fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}
