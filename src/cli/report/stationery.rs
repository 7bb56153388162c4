//! What a laboratory gives to all its documents: letterhead, details, the moment of issue.

use super::{ReportArgs, details};
use crate::document::{Letterhead, LetterheadFile, Paper};
use crate::statement::input::Details;
use anyhow::{Context, Result};
use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::path::Path;

/// How moments are written: RFC 3339 with the distance from UTC.
const FORM: &str = "%Y-%m-%dT%H:%M:%S%:z";

/// What all documents of a command have in common.
pub(super) struct Stationery {
    pub letterhead: Letterhead,
    pub foot: Option<String>,
    pub paper: Paper,
    pub details: Details,
    pub issued: String,
}

/// Reads what the arguments name.
pub(super) fn read(args: &ReportArgs) -> Result<Stationery> {
    let file = args.letterhead.as_deref().map(letterhead).transpose()?;
    let (letterhead, foot, paper) = file.unwrap_or_default();
    let now = || Zoned::now().strftime(FORM).to_string();
    Ok(Stationery {
        letterhead,
        foot,
        paper,
        details: details(args.details.as_ref())?,
        issued: args.date.clone().unwrap_or_else(now),
    })
}

fn letterhead(path: &Path) -> Result<(Letterhead, Option<String>, Paper)> {
    let unusable = || format!("{} cannot be used as a letterhead", path.display());
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    let file = LetterheadFile::parse(&text).with_context(unusable)?;
    let logo = file.logo.as_ref().map(|logo| {
        let place = path.parent().unwrap_or(Path::new("")).join(logo);
        std::fs::read(&place)
            .with_context(|| format!("the logo {} cannot be read", place.display()))
    });
    let letterhead = file.letterhead(logo.transpose()?).with_context(unusable)?;
    Ok((letterhead, file.foot, file.paper))
}

/// A moment of issue as RFC 3339: as given, or a day or time of this computer's zone.
pub(super) fn moment(text: &str) -> Result<String, String> {
    let zoned = |at: civil::DateTime| at.to_zoned(TimeZone::system()).ok();
    if text.parse::<Timestamp>().is_ok() {
        return Ok(text.to_owned());
    }
    let day = text
        .parse::<civil::Date>()
        .ok()
        .filter(|_| text.len() == 10);
    let time = || text.parse::<civil::DateTime>().ok();
    let at = day
        .map(|day| day.at(0, 0, 0, 0))
        .or_else(time)
        .and_then(zoned);
    match at {
        Some(at) => Ok(at.strftime(FORM).to_string()),
        None => Err(
            "write a day such as 2026-11-27 or a moment such as 2026-11-27T10:30:00+07:00"
                .to_owned(),
        ),
    }
}
