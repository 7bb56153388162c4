//! `specid unknowns show`.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::args::ShowArgs;
use super::list::heading;
use crate::report::plot;
use crate::unknowns::{DayIs, Observation, Register};
use anyhow::Result;
use serde_json::json;
use std::io::Write;

pub(super) fn run(args: &ShowArgs, register: &Register, out: &mut dyn Write) -> Result<Ending> {
    let (unknown, members) = register.unknown(&args.id)?;
    let consensus = register.consensus(&args.id)?;
    if args.format == ViewFormat::Json {
        let members: Vec<&Observation> = members.iter().map(|kept| &kept.said).collect();
        let value = json!({"unknown": unknown, "observations": members, "consensus": consensus});
        serde_json::to_writer_pretty(&mut *out, &value)?;
        writeln!(out)?;
        return Ok(Ending::Found);
    }
    writeln!(out, "{}", heading(&unknown))?;
    for sentence in &unknown.hypothesis.sentences {
        writeln!(out, "    {sentence}")?;
    }
    if unknown.notices > 0 {
        writeln!(out, "    Notices given of it: {}.", unknown.notices)?;
    }
    writeln!(out)?;
    for kept in &members {
        writeln!(out, "  {}", line(&kept.said))?;
    }
    let drawn = plot::single(&consensus.spectrum(), plot::Size::default());
    writeln!(out, "\n{drawn}  The spectrum that stands for it")?;
    Ok(Ending::Found)
}

/// An observation in one line.
pub(super) fn line(seen: &Observation) -> String {
    let day = match seen.day_is {
        DayIs::Added => format!("{} (day of entry)", seen.day),
        DayIs::Given | DayIs::Measured => seen.day.to_string(),
    };
    let mut parts = vec![day];
    let sample = seen.sample.as_ref();
    parts.extend(sample.map(|sample| format!("sample {sample}")));
    parts.extend(seen.place.clone());
    parts.extend(seen.laboratory.clone());
    let record = seen.record.as_ref();
    let record = record
        .map(|record| format!(" {record}"))
        .unwrap_or_default();
    parts.push(format!("{}{record}", seen.place_in_file()));
    let now = seen.now.as_ref().and_then(|now| now.named());
    parts.extend(now.map(|named| format!("now identified as {named}")));
    parts.join(", ")
}
