//! Tests that an analyst states in a table, such as color tests and retention against a reference material.

use super::finding::{Claim, Finding, Named, Origin, Outcome};
use super::scheme::Scheme;
use serde::Deserialize;

/// The columns.
const COLUMNS: [&str; 6] = ["technique", "result", "substance", "by", "date", "remarks"];
/// The same for people.
const EXPECTED: &str = "the columns are technique, result, substance, by, date, remarks";

/// What is said of a positive test that nobody stands for. A negative one speaks against a substance all the same.
const ANONYMOUS: &str = "Who did the test and on which day is not stated in full (columns by and date), so it counts for nothing.";

/// A row of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    technique: String,
    result: String,
    #[serde(default)]
    substance: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    remarks: String,
}

/// What a table of tests is read with.
pub struct Bench<'a> {
    /// The techniques that may be stated.
    pub scheme: &'a Scheme,
    /// Who a substance is; `None` where nobody knows it.
    pub named: &'a dyn Fn(&str) -> Option<Named>,
    /// What is wrong with a day, in words.
    pub wrong_day: &'a dyn Fn(&str) -> Option<String>,
}

/// Reads a CSV table, with commas, semicolons or tabs, with the columns `technique` (as the scheme names it) and `result`
/// (positive or negative), and as far as there are any `substance`, `by`, `date` and `remarks`. What is positive counts only
/// where it is stated by whom and on which day.
///
/// # Errors
/// One sentence, with the line where it is of one, where the table holds no test, a row is not so, or one names a technique
/// that the scheme does not know.
pub fn stated(text: &str, file: &str, bench: &Bench<'_>) -> Result<Vec<Finding>, String> {
    // With a newline at its end each row ends where the next line begins.
    let whole = format!("{}\n", text.trim_start_matches('\u{feff}').trim_end());
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .delimiter(delimiter(&whole))
        .from_reader(whole.as_bytes());
    let mut heading = csv::StringRecord::new();
    for name in reader.headers().map_err(|e| unreadable(file, &e))? {
        let name = name.to_lowercase();
        if !name.is_empty() && !COLUMNS.contains(&name.as_str()) {
            return Err(format!(
                "{file}: the heading has the column {name:?}; {EXPECTED}"
            ));
        }
        heading.push_field(&name);
    }
    for needed in &COLUMNS[..2] {
        if !heading.iter().any(|name| name == *needed) {
            return Err(format!(
                "{file}: the heading has no column {needed:?}; {EXPECTED}"
            ));
        }
    }
    let mut all = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|e| unreadable(file, &e))?
    {
        // A record's own position counts from the empty lines before it.
        let line = reader.position().line() - 1;
        let place = |told: String| format!("{file}, line {line}: {told}");
        let row: Row = record
            .deserialize(Some(&heading))
            .map_err(|_| place(format!("the row cannot be read; {EXPECTED}")))?;
        all.push(bench.finding(row, (file, line)).map_err(place)?);
    }
    match all.is_empty() {
        true => Err(format!(
            "{file} states no test: a heading and a row for each test are expected; {EXPECTED}"
        )),
        false => Ok(all),
    }
}

/// What stands between the columns: what is most often in the heading.
fn delimiter(text: &str) -> u8 {
    let is_heading = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let heading = text.lines().find(is_heading).unwrap_or_default();
    let count = |delimiter: &u8| heading.bytes().filter(|byte| byte == delimiter).count();
    let most = [b'\t', b';', b','].into_iter().max_by_key(count);
    most.unwrap_or(b',')
}

/// What is said of a table that is no table.
fn unreadable(file: &str, error: &csv::Error) -> String {
    let line = error.position().map(|at| format!(", line {}", at.line()));
    let line = line.unwrap_or_default();
    let why = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("the row has {len} columns, and the heading {expected_len}"),
        csv::ErrorKind::Utf8 { .. } => "it holds letters that are not UTF-8".to_owned(),
        _ => "it cannot be read as a table".to_owned(),
    };
    format!("{file}{line}: {why}; {EXPECTED}")
}

impl Bench<'_> {
    fn finding(&self, row: Row, (file, line): (&str, u64)) -> Result<Finding, String> {
        if self.scheme.method(&row.technique).is_none() {
            let methods = self.scheme.technique.iter();
            let known: Vec<&str> = methods.map(|m| m.id.as_str()).collect();
            return Err(format!(
                "the scheme knows no technique {:?}; expected one of {}",
                row.technique,
                known.join(", ")
            ));
        }
        let outcome = match row.result.to_lowercase().as_str() {
            "positive" | "+" => Outcome::Positive,
            "negative" | "-" => Outcome::Negative,
            other => {
                return Err(format!(
                    "the result is {other:?}; expected positive or negative"
                ));
            }
        };
        let wrong = (self.wrong_day)(&row.date).filter(|_| !row.date.is_empty());
        if let Some(wrong) = wrong {
            return Err(format!("the date is {:?}; {wrong}", row.date));
        }
        let mut remarks = Vec::from_iter((!row.remarks.is_empty()).then_some(row.remarks));
        let substance = (self.named)(&row.substance).filter(|_| !row.substance.is_empty());
        let outcome = match (&substance, row.substance.is_empty()) {
            (Some(_), _) => outcome,
            (None, true) => {
                remarks.push("No substance is stated, so it counts for none.".to_owned());
                outcome
            }
            // A class, or a name that nothing could be compared with.
            (None, false) => {
                remarks.push(format!(
                    "Neither the register nor the library knows a substance {:?}, so it counts for none; state its InChIKey if it is one.",
                    row.substance
                ));
                match outcome {
                    Outcome::Positive => Outcome::Nothing,
                    other => other,
                }
            }
        };
        let is_signed = !row.by.is_empty() && !row.date.is_empty();
        let counts = is_signed || outcome != Outcome::Positive;
        let outcome = match counts {
            true => outcome,
            false => {
                remarks.push(ANONYMOUS.to_owned());
                Outcome::Nothing
            }
        };
        let said: Vec<String> = [row.by, row.date]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        let origin = Origin {
            file: file.to_owned(),
            place: usize::try_from(line).unwrap_or(usize::MAX),
            stated: Some(match said.is_empty() {
                true => "stated, by whom is not supplied".to_owned(),
                false => format!("stated by {}", said.join(", ")),
            }),
            ..Origin::default()
        };
        let claims = substance.filter(|_| counts);
        let claims = claims.map(|s| Claim::of(vec![s], &[], None));
        Ok(Finding {
            technique: row.technique,
            origin,
            outcome,
            claims: claims.into_iter().collect(),
            of_whole: false,
            leads: Vec::new(),
            told: remarks.clone(),
            remarks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Option<Named> {
        (!name.ends_with("class")).then(|| Named {
            name: name.to_owned(),
            inchikey: None,
            status: String::new(),
        })
    }

    fn read(text: &str) -> Result<Vec<Finding>, String> {
        let scheme = Scheme::shipped().unwrap();
        let bench = Bench {
            scheme: &scheme,
            named: &named,
            wrong_day: &|day| (day == "yesterday").then(|| "write a day".to_owned()),
        };
        stated(text, "t.csv", &bench)
    }

    #[test]
    fn rows_are_read_and_faults_told_with_their_line() {
        let good = "technique,result,substance,by,date\ncolor-test,positive,MDMA,A. Analyst,2026-11-27\nmelting-point,negative,,,\n";
        let found = read(good).unwrap();
        assert_eq!(found[0].claims[0].substances[0].name, "MDMA");
        assert_eq!(
            found[0].origin.stated.as_deref(),
            Some("stated by A. Analyst, 2026-11-27")
        );
        assert_eq!(found[1].outcome, Outcome::Negative);
        for (text, told) in [
            (
                "technique,result\ncolour,positive\n",
                "line 2: the scheme knows no technique \"colour\"",
            ),
            (
                "technique,result\n\ncolor-test,maybe\n",
                "line 3: the result is \"maybe\"",
            ),
            (
                "technique,outcome\ncolor-test,positive\n",
                "the heading has the column \"outcome\"; the columns are technique, result",
            ),
            ("technique,date\n", "the heading has no column \"result\""),
            ("", "the heading has no column \"technique\""),
            ("technique,result\n", "t.csv states no test"),
            (
                "technique,result\ncolor-test,positive,MDMA\n",
                "line 2: the row has 3 columns, and the heading 2",
            ),
            (
                "technique,result,date\ncolor-test,positive,yesterday\n",
                "line 2: the date is \"yesterday\"; write a day",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn spreadsheets_write_semicolons_and_capital_letters() {
        for text in [
            "Technique;Result;Substance;By;Date;Remarks\ncolor-test;positive;MDMA;A;2026-11-27;purple, then black\n",
            "# bench\nTECHNIQUE\tresult\tsubstance\tBY\tDate\tRemarks\ncolor-test\tpositive\tMDMA\tA\t2026-11-27\tpurple, then black\n",
        ] {
            let found = read(text).unwrap();
            assert_eq!(found[0].claims[0].substances[0].name, "MDMA");
            assert_eq!(found[0].remarks, ["purple, then black"]);
        }
    }

    #[test]
    fn a_positive_test_that_nobody_stands_for_counts_for_nothing() {
        let heading = "technique,result,substance,by,date\n";
        let of = |row: &str| read(&format!("{heading}{row}\n")).unwrap().remove(0);
        for row in [
            "color-test,positive,MDMA,,",
            "color-test,positive,MDMA,A,",
            "color-test,positive,MDMA,,2026-11-27",
        ] {
            let found = of(row);
            assert_eq!(
                (found.outcome, found.claims.len()),
                (Outcome::Nothing, 0),
                "{row}"
            );
            assert_eq!(found.told, [ANONYMOUS], "{row}");
        }
        let against = of("color-test,negative,MDMA,,");
        assert_eq!(
            (against.outcome, against.claims.len()),
            (Outcome::Negative, 1)
        );
        assert!(against.told.is_empty());
    }

    #[test]
    fn a_class_is_no_substance() {
        let text = "technique,result,substance\ncolor-test,positive,phenethylamine class\n";
        let found = read(text).unwrap();
        assert!(found[0].claims.is_empty());
        assert_eq!(found[0].outcome, Outcome::Nothing);
        assert!(found[0].remarks[0].contains("knows a substance \"phenethylamine class\""));
    }
}
