//! What a session needs before it looks at a file: its inputs, the run, the manifest.

use super::session::{Inputs, Session};
use crate::screen::manifest::{self, Manifest, Row, day};
use crate::screen::store::{About, FILE, Store};
use crate::screen::{is_pattern, output, resolved};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

impl Session<'_, '_> {
    pub fn inputs(&self) -> Result<Inputs> {
        let args = self.args;
        let from_input = |path: &Path| path == Path::new("-");
        if args.watch
            && args
                .inputs
                .iter()
                .chain(&args.files_from)
                .any(|p| from_input(p))
        {
            bail!("--watch looks at folders again and again; standard input can be read once");
        }
        let mut names = args.inputs.clone();
        let mut listed = args.manifest.clone();
        let mut names_files = names.is_empty() && args.files_from.is_none();
        if listed.is_none() {
            let place = names.iter().position(|name| manifest::looks_like_one(name));
            listed = place.map(|place| names.remove(place));
            names_files = listed.is_some();
        }
        if let Some(other) = names.iter().find(|name| manifest::looks_like_one(name)) {
            bail!(
                "two case manifests are named, the other is {}; name one",
                other.display()
            );
        }
        if let Some(name) = names
            .iter()
            .find(|name| resolved(name) == resolved(&args.out))
        {
            bail!(
                "{} is an input and the folder of the run; name another --out",
                name.display()
            );
        }
        refuse_foreign(&args.out)?;
        refuse_mistyped(&names, &args.out)?;
        let read = |path: &PathBuf| Manifest::read(path).map_err(anyhow::Error::from);
        let manifest = listed.as_ref().map(read).transpose()?;
        let mut except = vec![resolved(&args.out)];
        except.extend(listed.iter().map(|path| resolved(path)));
        except.extend(args.policy.iter().map(|path| resolved(path)));
        except.extend(self.measured.ri_ladder.iter().map(|path| resolved(path)));
        Ok(Inputs {
            names,
            manifest,
            names_files,
            except,
        })
    }

    /// Opens the run, compares the settings with those that it was made with, and keeps them.
    pub fn open(&self) -> Result<Store> {
        let mut store = Store::open(&self.args.out)?;
        let changed = store.changed(self.settings)?;
        let told = |list: &[(String, String, String)]| {
            let one = |(name, before, now): &(String, String, String)| {
                format!(
                    "  {name}: was {before}\n  {}  is {now}",
                    " ".repeat(name.len())
                )
            };
            list.iter().map(one).collect::<Vec<_>>().join("\n")
        };
        if !changed.searching.is_empty() && !self.args.anew {
            bail!(
                "the run {} was made with other settings:\n{}\nTo screen all its files again add --anew; to keep it name another --out.",
                self.args.out.display(),
                told(&changed.searching)
            );
        }
        if self.args.anew && store.about()?.is_some() {
            let kept = store.set_aside()?;
            eprintln!(
                "specid: all files are screened again; what the run held is kept as {}",
                kept.display()
            );
            store = Store::open(&self.args.out)?;
        } else if !changed.look.is_empty() {
            eprintln!(
                "specid: the results stay and are judged anew; since the last time changed:\n{}",
                told(&changed.look)
            );
        }
        store.at_once(|store| {
            store.set_about(&About {
                searching: self.settings.searching(),
                libraries: self.settings.libraries.clone(),
                look: self.settings.look.clone(),
            })
        })?;
        Ok(store)
    }

    pub fn say_manifest(&self, store: &Store, manifest: Option<&Manifest>) -> Result<()> {
        let Some(manifest) = manifest else {
            return Ok(());
        };
        for warning in &manifest.warnings {
            eprintln!("specid: {}: {warning}", manifest.path.display());
        }
        let earlier = store.value("manifest")?;
        if earlier.is_some_and(|hash| hash != manifest.sha256) {
            eprintln!(
                "specid: {} is another manifest than the last time; samples are told as it says now",
                manifest.path.display()
            );
        }
        store.set_value("manifest", &manifest.sha256)?;
        let rows = manifest.rows.iter().map(|row| {
            let place = resolved(&manifest.locate(row));
            let place = place.to_string_lossy().into_owned();
            (place, row.spectrum.unwrap_or(0), &row.fields)
        });
        let unread = |row: &&Row| {
            row.fields
                .date
                .as_deref()
                .is_some_and(|text| day(text).is_err())
        };
        let unread: Vec<&Row> = manifest.rows.iter().filter(unread).collect();
        if let Some(Err(why)) = unread
            .first()
            .and_then(|row| row.fields.date.as_deref())
            .map(day)
        {
            eprintln!(
                "specid: {}: in {} rows, control status is not that of the day: {why} (row {})",
                manifest.path.display(),
                unread.len(),
                unread.first().map_or(0, |row| row.line)
            );
        }
        let again = store.at_once(|store| store.set_manifest(rows))?;
        if again > 0 {
            eprintln!(
                "specid: {again} files are looked at again, since the manifest gives them another date: control status is that of the day"
            );
        }
        Ok(())
    }
}

/// A name that stands for nothing is a typing error, unless it is a file of which the run has results.
fn refuse_mistyped(names: &[PathBuf], out: &Path) -> Result<()> {
    let stands = |name: &PathBuf| {
        // A link that leads nowhere is there.
        let there = name == Path::new("-") || name.symlink_metadata().is_ok();
        there || is_pattern(name)
    };
    let mut nothing = names.iter().filter(|name| !stands(name)).peekable();
    if nothing.peek().is_none() {
        return Ok(());
    }
    let run = match out.join(FILE).exists() {
        true => Some(Store::open(out)?),
        false => None,
    };
    for name in nothing {
        let known = match &run {
            Some(run) => run.knows(&resolved(name))?,
            None => false,
        };
        if !known {
            bail!(
                "there is no file or folder {}; nothing was screened",
                name.display()
            );
        }
    }
    Ok(())
}

/// A folder that holds files of the names of our outputs, and no run, is somebody else's.
pub(super) fn refuse_foreign(out: &Path) -> Result<()> {
    let foreign = output::FILES.iter().find(|name| out.join(name).exists());
    match foreign.filter(|_| !out.join(FILE).exists()) {
        Some(name) => bail!(
            "{} holds {name} and no screening run; name another --out, so that nothing is overwritten",
            out.display()
        ),
        None => Ok(()),
    }
}
