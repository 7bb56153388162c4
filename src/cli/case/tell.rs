//! A case as text.

use crate::evidence::{Case, Finding, NextTest, Outcome, Supported};
use crate::report::text::wrapped_at;
use comfy_table::Table;
use comfy_table::presets::NOTHING;
use std::fmt::Write;

/// Longest line.
const WIDTH: usize = 100;
/// Most sets of substances that the table of results tells of one; they stand below one by one.
const SETS: usize = 3;
/// Remarks of a result that are told; JSON has all.
const REMARKS: usize = 8;
/// Further tests that are told; JSON has all.
const NEXT: usize = 4;

// Writing to a String cannot fail, so the results of `writeln!` are not looked at below.
pub(super) fn text(case: &Case) -> String {
    let mut text = String::new();
    let sample = case.sample.as_deref().unwrap_or("not named");
    let _ = writeln!(text, "sample {sample}: {}", case.agreement);
    let _ = writeln!(text, "\n{}", findings(&case.findings));
    for supported in &case.substances {
        let _ = write!(text, "{}", substance(supported));
    }
    if let Some(leads) = &case.leads {
        let names: Vec<&str> = leads.substances.iter().map(|s| s.name.as_str()).collect();
        let _ = writeln!(
            text,
            "not named by any result, but first to be told apart: {}",
            names.join(", ")
        );
        for (at, test) in leads.next.iter().take(NEXT).enumerate() {
            let _ = write!(text, "{}", next(at, test));
        }
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "scheme: {}, edition {}",
        case.scheme.name, case.scheme.edition
    );
    if let Some(note) = &case.scheme.note {
        let _ = writeln!(text, "{note}");
    }
    let _ = writeln!(text, "{}\n{}", case.limits, case.notice);
    wrapped(&text)
}

fn findings(findings: &[Finding]) -> String {
    let mut table = Table::new();
    table.load_preset(NOTHING);
    table.set_header(["", "technique", "result", "from"]);
    for (at, finding) in findings.iter().enumerate() {
        let says = match finding.outcome {
            Outcome::Positive => {
                let mut sets: Vec<String> = Vec::new();
                for claim in &finding.claims {
                    let names = claim.substances.iter().map(|s| s.name.as_str());
                    let set = names.collect::<Vec<_>>().join(" or ");
                    if !sets.contains(&set) {
                        sets.push(set);
                    }
                }
                let left = sets.len().saturating_sub(SETS);
                sets.truncate(SETS);
                match left {
                    0 => sets.join("; "),
                    left => format!("{}; and {left} more below", sets.join("; ")),
                }
            }
            Outcome::Negative if finding.origin.stated.is_some() => "negative".to_owned(),
            Outcome::Negative => "not in the library".to_owned(),
            Outcome::Class => "a class only".to_owned(),
            Outcome::Nothing => "no statement".to_owned(),
        };
        let origin = &finding.origin;
        let from = match &origin.stated {
            Some(stated) => stated.clone(),
            None => format!("{} [{}]", origin.file, origin.place),
        };
        let technique = match finding.technique.as_str() {
            "" => "-",
            technique => technique,
        };
        table.add_row([(at + 1).to_string(), technique.to_owned(), says, from]);
    }
    let mut text = format!("{}\n", table.trim_fmt());
    let told = findings.iter().enumerate();
    let told: Vec<(usize, &Finding)> = told.filter(|(_, f)| !f.told.is_empty()).collect();
    if !told.is_empty() {
        text.push('\n');
    }
    for (at, finding) in told {
        for remark in finding.told.iter().take(REMARKS) {
            let _ = writeln!(text, "result {}: {remark}", at + 1);
        }
        let left = finding.told.len().saturating_sub(REMARKS);
        if left > 0 {
            let _ = writeln!(
                text,
                "result {}: {left} further remarks are in --format json",
                at + 1
            );
        }
    }
    text
}

fn substance(supported: &Supported) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", supported.names());
    for named in &supported.substances {
        let _ = writeln!(text, "  {}: {}", named.name, named.status);
    }
    for form in &supported.forms {
        let _ = writeln!(text, "  not told from it: {}: {}", form.name, form.status);
    }
    for one in &supported.evidence {
        let lower = match one.because.is_empty() {
            true => String::new(),
            false => format!(
                " (technique {}): {}",
                one.category.id(),
                one.because.join("; ")
            ),
        };
        let _ = writeln!(
            text,
            "  result {}, {}: counts as {}{lower}",
            one.finding,
            one.technique,
            one.counts_as.id()
        );
    }
    for told in &supported.contradictions {
        let _ = writeln!(text, "  against it: {told}");
    }
    let _ = writeln!(text, "  minimum of the scheme {}", supported.minimum.text);
    let by: Vec<String> = supported
        .minimum
        .findings
        .iter()
        .map(usize::to_string)
        .collect();
    if !by.is_empty() {
        let _ = writeln!(text, "  by results {}", by.join(", "));
    }
    for (at, test) in supported.next.iter().take(NEXT).enumerate() {
        let _ = write!(text, "{}", next(at, test));
    }
    text.push('\n');
    text
}

fn next(at: usize, test: &NextTest) -> String {
    let word = if at == 0 { "next test" } else { "or" };
    format!(
        "  {word}: {} ({}): {}\n",
        test.name,
        test.category.id(),
        test.text
    )
}

/// The text with long lines broken; rows of tables stay as they are.
fn wrapped(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let start = line.len() - line.trim_start().len();
        let is_table = line.trim_start().contains("  ");
        match line.chars().count() > WIDTH && !is_table {
            true => wrapped_at(&" ".repeat(start), line).trim_end().to_owned(),
            false => line.to_owned(),
        }
    });
    let mut all: Vec<String> = lines.collect();
    all.push(String::new());
    all.join("\n")
}
