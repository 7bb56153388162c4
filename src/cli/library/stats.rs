//! `specid library stats`.

use crate::cli::args::{ViewFormat, WhichLibrary};
use crate::cli::{Ending, locate};
use crate::library::{Entry, Resolver};
use crate::substance::{Form, On};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Rows of a table that are shown; the machine-readable form has all.
const SHOWN: usize = 15;

#[derive(Debug, Args)]
pub(in crate::cli) struct StatsArgs {
    #[command(flatten)]
    pub which: WhichLibrary,
    /// Form of the figures
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

#[derive(Debug, Default, Serialize)]
struct Stats {
    entries: usize,
    deprecated: usize,
    edited: usize,
    substances: usize,
    /// Substances of the register by control status.
    control: BTreeMap<String, usize>,
    /// Substances that the register does not know.
    not_in_register: usize,
    /// Entries without InChIKey that were assigned to a substance, and that were not.
    assigned_by_name: usize,
    of_unknown_substance: usize,
    technique: BTreeMap<String, usize>,
    kind: BTreeMap<String, usize>,
    quality: BTreeMap<String, usize>,
    laboratory: BTreeMap<String, usize>,
    licence: BTreeMap<String, usize>,
}

pub(super) fn stats(args: &StatsArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let register = locate::register()?;
    let entries: Vec<Entry> = library.entries().collect::<Result<_, _>>()?;
    let resolver = Resolver::new(Some(&register), entries.iter());
    let mut stats = Stats {
        entries: entries.len(),
        ..Stats::default()
    };
    let mut substances = BTreeSet::new();
    for entry in &entries {
        let mut count = |map: fn(&mut Stats) -> &mut BTreeMap<String, usize>, key: &str| {
            *map(&mut stats).entry(key.to_owned()).or_default() += 1;
        };
        let provenance = &entry.provenance;
        let stated = |text: &Option<String>| text.as_deref().unwrap_or("not stated").to_owned();
        count(|s| &mut s.technique, entry.technique.id());
        count(|s| &mut s.kind, entry.kind.label());
        count(|s| &mut s.quality, &stated(&entry.quality));
        count(|s| &mut s.laboratory, &stated(&provenance.origin));
        count(|s| &mut s.licence, &stated(&provenance.licence));
        stats.deprecated += usize::from(entry.deprecated.is_some());
        stats.edited += usize::from(entry.edited);
        if entry.identity.inchikey.is_none() {
            match resolver.resolve(&entry.identity) {
                Some(_) => stats.assigned_by_name += 1,
                None => stats.of_unknown_substance += 1,
            }
        }
        if substances.insert(resolver.substance_key(entry)) {
            match register.find(&entry.identity) {
                Some(_) => {
                    let status = register.status(&entry.identity, On::Newest, Form::Exact);
                    let status = status.strictest().status.to_owned();
                    *stats.control.entry(status).or_default() += 1;
                }
                None => stats.not_in_register += 1,
            }
        }
    }
    stats.substances = substances.len();
    if args.format == ViewFormat::Json {
        serde_json::to_writer_pretty(&mut *out, &stats)?;
        writeln!(out)?;
        return Ok(Ending::Found);
    }
    for (what, count) in [
        ("entries", stats.entries),
        ("deprecated", stats.deprecated),
        ("edited by hand", stats.edited),
        ("substances", stats.substances),
        ("not in the register", stats.not_in_register),
        ("assigned by name or CAS", stats.assigned_by_name),
        ("of unknown substance", stats.of_unknown_substance),
    ] {
        writeln!(out, "{what:<26} {count:>7}")?;
    }
    for (what, table) in [
        ("control of substances", &stats.control),
        ("technique", &stats.technique),
        ("kind of reference", &stats.kind),
        ("quality", &stats.quality),
        ("laboratory or source", &stats.laboratory),
        ("licence", &stats.licence),
    ] {
        writeln!(out, "{what}")?;
        let mut rows: Vec<(&String, &usize)> = table.iter().collect();
        rows.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for (name, count) in rows.iter().take(SHOWN) {
            writeln!(out, "    {name:<40} {count:>7}")?;
        }
        if rows.len() > SHOWN {
            let more = rows.len() - SHOWN;
            writeln!(out, "    ... {more} more; --format json lists all")?;
        }
    }
    Ok(Ending::Found)
}
