//! Tests that an analyst states in a table, such as color tests and retention against a reference material.

use super::finding::{Claim, Finding, Named, Origin, Outcome};
use super::scheme::Scheme;
use serde::Deserialize;

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

/// Reads a CSV table with the columns `technique` (as the scheme names it) and `result` (positive or
/// negative), and as far as there are any `substance`, `by`, `date` and `remarks`. `named` finds who a
/// substance is.
///
/// # Errors
/// One sentence with the line where a row is not so, or names a technique that the scheme does not know.
pub fn stated(
    text: &str,
    file: &str,
    scheme: &Scheme,
    named: &dyn Fn(&str) -> Named,
) -> Result<Vec<Finding>, String> {
    // With a newline at its end each row ends where the next line begins.
    let whole = format!("{}\n", text.trim_start_matches('\u{feff}').trim_end());
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(whole.as_bytes());
    let heading = reader
        .headers()
        .map_err(|e| format!("{file}: {e}"))?
        .clone();
    let mut all = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|e| format!("{file}: {e}"))?
    {
        // A record's own position counts from the empty lines before it.
        let line = reader.position().line() - 1;
        let row: Row = record
            .deserialize(Some(&heading))
            .map_err(|e| format!("{file}, line {line}: {e}; the columns are technique, result, substance, by, date, remarks"))?;
        let place = |told: String| format!("{file}, line {line}: {told}");
        if scheme.method(&row.technique).is_none() {
            let known: Vec<&str> = scheme.technique.iter().map(|m| m.id.as_str()).collect();
            return Err(place(format!(
                "the scheme knows no technique {:?}; expected one of {}",
                row.technique,
                known.join(", ")
            )));
        }
        let outcome = match row.result.to_lowercase().as_str() {
            "positive" | "+" => Outcome::Positive,
            "negative" | "-" => Outcome::Negative,
            other => {
                return Err(place(format!(
                    "the result is {other:?}; expected positive or negative"
                )));
            }
        };
        let mut remarks = Vec::from_iter((!row.remarks.is_empty()).then_some(row.remarks));
        let substance = (!row.substance.is_empty()).then(|| named(&row.substance));
        if substance.is_none() {
            remarks.push("No substance is stated, so it counts for none.".to_owned());
        }
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
        let claims = substance.map(|s| Claim::of(vec![s], &[], None));
        all.push(Finding {
            technique: row.technique,
            origin,
            outcome,
            claims: claims.into_iter().collect(),
            of_whole: false,
            leads: Vec::new(),
            remarks,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Named {
        Named {
            name: name.to_owned(),
            inchikey: None,
            status: String::new(),
        }
    }

    #[test]
    fn rows_are_read_and_faults_told_with_their_line() {
        let scheme = Scheme::shipped().unwrap();
        let good = "technique,result,substance,by\ncolor-test,positive,MDMA,A. Analyst\nmelting-point,negative,,\n";
        let found = stated(good, "t.csv", &scheme, &named).unwrap();
        assert_eq!(found[0].claims[0].substances[0].name, "MDMA");
        assert_eq!(
            found[0].origin.stated.as_deref(),
            Some("stated by A. Analyst")
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
                "the columns are technique, result",
            ),
        ] {
            let error = stated(text, "t.csv", &scheme, &named).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }
}
