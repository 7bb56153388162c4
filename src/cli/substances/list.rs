//! `specid substances list` and `search`.

use super::args::{ListArgs, SearchArgs, Told};
use crate::cli::Ending;
use crate::cli::args::ResultFormat;
use crate::cli::lists::{WORDS, lists};
use crate::substance::{Form, Instrument, On, Register, Substance, normalised};
use crate::write::Sheet;
use anyhow::{Result, bail};
use comfy_table::{Table, presets::NOTHING};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    cas: Option<&'a str>,
    cas_checked: bool,
    inchikey: Option<&'a str>,
    formula: Option<&'a str>,
    role: &'a str,
    class: &'a str,
    list: Instrument,
    status: &'static str,
    since: Option<String>,
    checked: bool,
}

pub(super) fn run(args: &ListArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let lists = args.list.as_deref().map(of_word).transpose()?;
    let roles: Vec<&str> = register
        .substances()
        .iter()
        .map(|s| s.role.as_str())
        .collect();
    if let Some(role) = args.role.as_deref().filter(|role| !roles.contains(role)) {
        let mut known = roles;
        known.sort_unstable();
        known.dedup();
        bail!(
            "--role: the register has no role {role:?}; it has {}",
            known.join(", ")
        );
    }
    let wanted = |substance: &&Substance| {
        let role = args
            .role
            .as_ref()
            .is_none_or(|role| *role == substance.role);
        let class = args.class.as_ref().is_none_or(|text| {
            substance
                .class
                .to_lowercase()
                .contains(&text.to_lowercase())
        });
        role && class
    };
    let found = register.substances().iter().filter(wanted);
    let rows = found.map(|substance| row(substance, register, args.told.on));
    let listed = |row: &Row<'_>| lists.as_ref().is_none_or(|lists| lists.contains(&row.list));
    tell(rows.filter(listed).collect(), &args.told, out)
}

pub(super) fn search(
    args: &SearchArgs,
    register: &Register,
    out: &mut dyn Write,
) -> Result<Ending> {
    let text = normalised(&args.text);
    if text.is_empty() {
        bail!("there is nothing to search for in {:?}", args.text);
    }
    let holds = |part: &String| normalised(part).contains(&text);
    let wanted = |substance: &&Substance| {
        let identity = &substance.identity;
        std::iter::once(&identity.name)
            .chain(&identity.synonyms)
            .chain(&identity.cas)
            .chain(&identity.inchikey)
            .chain(&identity.formula)
            .any(holds)
    };
    let found = register.substances().iter().filter(wanted);
    let rows: Vec<Row<'_>> = found.map(|s| row(s, register, args.told.on)).collect();
    if rows.is_empty()
        && let Err(unknown) = register.look_up(&args.text)
    {
        eprintln!("specid: {unknown}");
    }
    tell(rows, &args.told, out)
}

fn row<'a>(
    substance: &'a Substance,
    register: &Register,
    on: Option<jiff::civil::Date>,
) -> Row<'a> {
    let identity = &substance.identity;
    let status = register.status(identity, On::from(on), Form::Exact);
    let strictest = status.strictest();
    Row {
        name: &identity.name,
        cas: identity.cas.as_deref(),
        cas_checked: substance.cas_checked,
        inchikey: identity.inchikey.as_deref(),
        formula: identity.formula.as_deref(),
        role: &substance.role,
        class: &substance.class,
        list: strictest.instrument,
        status: strictest.status,
        since: strictest.since.clone(),
        checked: strictest.checked,
    }
}

/// The lists that a word means.
fn of_word(word: &str) -> Result<Vec<Instrument>> {
    match lists(word) {
        Some(lists) => Ok(lists),
        None => bail!("--list: there is no list {word:?}; give {WORDS}"),
    }
}

fn tell(rows: Vec<Row<'_>>, told: &Told, out: &mut dyn Write) -> Result<Ending> {
    match told.format {
        ResultFormat::Text => text(&rows, out)?,
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)?;
        }
        ResultFormat::Jsonl => {
            for row in &rows {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)?;
            }
        }
        ResultFormat::Csv => {
            let mut table = Sheet::new(out);
            for row in &rows {
                table.serialize(row)?;
            }
            table.flush()?;
        }
    }
    Ok(if rows.is_empty() {
        Ending::Nothing
    } else {
        Ending::Found
    })
}

fn text(rows: &[Row<'_>], out: &mut dyn Write) -> Result<()> {
    let mut table = Table::new();
    table.load_preset(NOTHING);
    table.set_header(["substance", "CAS", "control status", "role, class"]);
    for row in rows {
        let since = row.since.as_ref().filter(|_| row.list.is_listing());
        let since = since
            .map(|date| format!(", since {date}"))
            .unwrap_or_default();
        let doubt = if row.list.is_listing() && !row.checked {
            " *"
        } else {
            ""
        };
        table.add_row([
            row.name.to_owned(),
            row.cas
                .filter(|_| row.cas_checked)
                .unwrap_or_default()
                .to_owned(),
            format!("{}{since}{doubt}", row.status),
            format!("{}, {}", row.role, row.class),
        ]);
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    let doubts = rows.iter().any(|row| row.list.is_listing() && !row.checked);
    if doubts {
        writeln!(
            out,
            "\n* listed to our knowledge; not yet checked against the official list."
        )?;
    }
    writeln!(out, "{} substances.", rows.len())?;
    Ok(())
}
