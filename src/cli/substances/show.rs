//! `specid substances show`.

use super::args::ShowArgs;
use crate::cli::Ending;
use crate::cli::args::ViewFormat;
use crate::report::{StatusView, control_text};
use crate::substance::{Register, Rule};
use anyhow::Result;
use std::io::Write;

pub(super) fn run(args: &ShowArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let identity = register.look_up(&args.substance)?;
    let status = register.status(&identity, args.asked.on(), args.asked.form());
    if args.format == ViewFormat::Json {
        let view = StatusView::of(&args.substance, &identity, &status, register);
        serde_json::to_writer_pretty(&mut *out, &view)?;
        writeln!(out)?;
        return Ok(Ending::Found);
    }
    write!(out, "{}", control_text(&identity, &status, register))?;
    let entries: Vec<&Rule> = register.rules().on_skeleton(&identity).collect();
    if !entries.is_empty() {
        writeln!(out, "\n  Every entry of its skeleton:")?;
    }
    for rule in entries {
        let from = rule.since().unwrap_or_else(|| "date not known".to_owned());
        let to = rule.to.map(|to| format!(" to {to}")).unwrap_or_default();
        let (list, name, entry) = (rule.list.status(), &rule.name, &rule.entry);
        writeln!(
            out,
            "    {list}, {from}{to}: {name} (entry {entry:?}; {})",
            rule.source
        )?;
        if !rule.notes.is_empty() {
            writeln!(out, "      {}", rule.notes)?;
        }
    }
    let Some(substance) = register.substance_of(&identity) else {
        return Ok(Ending::Found);
    };
    let of = &substance.identity;
    writeln!(out, "\n  What the register holds:")?;
    for (label, value) in [
        ("synonyms", of.synonyms.join(", ")),
        ("formula", of.formula.clone().unwrap_or_default()),
        ("SMILES", of.smiles.clone().unwrap_or_default()),
        (
            "end product",
            substance.end_product.clone().unwrap_or_default(),
        ),
        ("HS code", substance.hs.clone().unwrap_or_default()),
        ("source", substance.source.replace('|', ", ")),
        ("notes", substance.notes.clone()),
    ] {
        if !value.is_empty() {
            writeln!(out, "    {label:<12} {value}")?;
        }
    }
    Ok(Ending::Found)
}
