//! What a new generation does to identification, for people.

use crate::impact::{Answer, Asked, Impact, Part, Stated, Tally, Trial};
use crate::library::Rate;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Trials and look-alikes shown one by one.
const SHOWN: usize = 12;

/// One sentence for the library's log.
pub fn sentence(impact: &Impact) -> String {
    let sum = |field: &dyn Fn(&Part) -> usize| impact.parts.iter().map(field).sum::<usize>();
    let tried = sum(&|p| p.after.tried);
    if tried == 0 {
        return "No reference of the last generation could be tried again.".to_owned();
    }
    format!(
        "Of {tried} spectra tried again {} (before: {}) have their substance in the first place, {} ({}) are identified rightly, {} ({}) wrongly; of {} without their substance {} ({}) are called identified; {} of {} substances are no longer searched; largest loss {:.1} %.",
        sum(&|p| p.after.first),
        sum(&|p| p.before.first),
        sum(&|p| p.after.right),
        sum(&|p| p.before.right),
        sum(&|p| p.after.wrong),
        sum(&|p| p.before.wrong),
        sum(&|p| p.after.absent),
        sum(&|p| p.after.absent_identified),
        sum(&|p| p.before.absent_identified),
        impact.gone.len(),
        impact.substances,
        100.0 * impact.lost()
    )
}

/// Tables of what changed.
pub fn text(impact: &Impact) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write(&mut out, impact);
    out
}

fn write(out: &mut String, impact: &Impact) -> std::fmt::Result {
    if impact.parts.is_empty() {
        return writeln!(
            out,
            "  Nothing of the last generation could be tried again, so it is not known what this changes."
        );
    }
    writeln!(
        out,
        "  Asked again, before -> after (the same spectra; `specid library diff` repeats it):"
    )?;
    for part in &impact.parts {
        write_part(out, part)?;
    }
    for stated in &impact.stated {
        write_stated(out, stated)?;
    }
    if !impact.gone.is_empty() {
        let shown = impact.gone.iter().take(SHOWN).cloned().collect::<Vec<_>>();
        let more = match impact.gone.len() > SHOWN {
            true => ", ...",
            false => "",
        };
        writeln!(
            out,
            "    substances no longer searched: {} ({}{more})",
            impact.gone.len(),
            shown.join(", ")
        )?;
    }
    let lost: Vec<&Trial> = changed(impact, |t| t.before.first && !t.after.first);
    list(out, "no longer ranked first", &lost, |t| {
        format!("{} ({}): now {}", t.substance, t.id, best(&t.after))
    })?;
    let wrong: Vec<&Trial> = changed(impact, |t| t.after.is_wrong() && !t.before.is_wrong());
    list(out, "newly identified wrongly", &wrong, |t| {
        format!("{} ({}): as {}", t.substance, t.id, best(&t.after))
    })?;
    let won: Vec<&Trial> = changed(impact, |t| t.after.first && !t.before.first);
    list(out, "newly ranked first", &won, |t| {
        format!("{} ({}): was {}", t.substance, t.id, best(&t.before))
    })?;
    let flipped = changed(impact, |t| t.before.level != t.after.level);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for trial in &flipped {
        let kind = format!("{} -> {}", trial.before.level.id(), trial.after.level.id());
        *kinds.entry(kind).or_default() += 1;
    }
    for (kind, count) in kinds {
        writeln!(out, "    verdict {kind:<32} {count:>6}")?;
    }
    let alike = changed(impact, |t| t.new_look_alikes().next().is_some());
    list(out, "new look-alikes, named in one set", &alike, |t| {
        let names: Vec<&str> = t.new_look_alikes().collect();
        format!("{} ({}): {}", t.substance, t.id, names.join("; "))
    })
}

fn changed(impact: &Impact, test: impl Fn(&Trial) -> bool) -> Vec<&Trial> {
    let present = impact.changed.iter().filter(|t| t.present);
    present.filter(|t| test(t)).collect()
}

fn best(answer: &Answer) -> &str {
    answer.best.as_deref().unwrap_or("nothing")
}

fn list(
    out: &mut String,
    what: &str,
    trials: &[&Trial],
    line: impl Fn(&Trial) -> String,
) -> std::fmt::Result {
    if trials.is_empty() {
        return Ok(());
    }
    writeln!(out, "    {what}: {}", trials.len())?;
    for trial in trials.iter().take(SHOWN) {
        writeln!(out, "      {}", line(trial))?;
    }
    match trials.len() > SHOWN {
        true => writeln!(
            out,
            "      ... {} more; --format json lists all",
            trials.len() - SHOWN
        ),
        false => Ok(()),
    }
}

fn write_part(out: &mut String, part: &Part) -> std::fmt::Result {
    let what = match part.asked {
        Asked::References => "references, disturbed",
        Asked::Validation => "spectra of the stored validation",
    };
    let (a, b) = (&part.before, &part.after);
    writeln!(out, "    {} ({what})", part.family.id())?;
    let mut row = |name: &str, count: &dyn Fn(&Tally) -> (usize, usize)| {
        let ((was, of), (is, _)) = (count(a), count(b));
        match of {
            0 => Ok(()),
            _ => writeln!(
                out,
                "      {name:<38} {was:>5} -> {is:>5} of {of:>5}   {:>5.1} -> {:>5.1} %",
                100.0 * was as f64 / of as f64,
                100.0 * is as f64 / of as f64
            ),
        }
    };
    row("substance ranked first", &|t| (t.first, t.tried))?;
    row("identified rightly", &|t| (t.right, t.tried))?;
    row("identified wrongly", &|t| (t.wrong, t.tried))?;
    // Isomers of it included, which EI cannot exclude.
    row("the same without their substance, named", &|t| {
        (t.absent_identified, t.absent)
    })
}

fn write_stated(out: &mut String, stated: &Stated) -> std::fmt::Result {
    let percent = |rate: &Option<Rate>| match rate {
        Some(rate) => format!("{:.1} %", 100.0 * rate.estimate),
        None => "none".to_owned(),
    };
    writeln!(
        out,
        "    {} states now: false positive rate {} -> {}, identified {} -> {}",
        stated.family.id(),
        percent(&stated.false_positive_before),
        percent(&stated.false_positive_after),
        percent(&stated.identified_before),
        percent(&stated.identified_after)
    )
}
