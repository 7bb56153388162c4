//! Labels and values around a table.

use super::dialect::Dialect;

/// `label = value`, `label: value` or `label SEPARATOR value`; `None` for an empty line.
pub(super) fn field(line: &str, dialect: Dialect) -> Option<(String, String)> {
    let line = line
        .trim()
        .trim_start_matches(['#', '%', '*', '!', '+', '>', '-'])
        .trim();
    if line.is_empty() {
        return None;
    }
    let mark =
        |c: char| matches!(c, '=' | ':' | ';' | '\t' | ',') || c == dialect.separator && c != ' ';
    // A blank parts label and value only where nothing better does.
    let at = line.find(mark).or_else(|| match dialect.separator {
        ' ' => line.find(' '),
        _ => None,
    });
    let (label, value) = match at {
        Some(at) => line.split_at(at),
        None => (line, ""),
    };
    let value = value
        .trim_start_matches(['=', ':', ';', '\t', ',', ' '])
        .trim();
    let value = clean(value).trim_end_matches([';', ',']);
    Some((clean(label).to_owned(), value.to_owned()))
}

/// A cell or value without quotes, blanks and the control characters some programs fill up with.
pub(super) fn clean(text: &str) -> &str {
    text.trim_matches(|c: char| c == '"' || c.is_whitespace() || c.is_control())
}

/// Labels and values of a Crystallographic Information File, of which the Raman Open Database
/// makes use: `_label value`, a value on the next line, or text between lines of a semicolon.
pub(super) fn cif_fields(lines: &[&str]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut in_text = false;
    for line in lines {
        if let Some(text) = line.strip_prefix(';') {
            in_text = !in_text;
            if in_text {
                append(&mut fields, text);
            }
            continue;
        }
        let line = line.trim();
        if in_text {
            append(&mut fields, line);
        } else if line.starts_with('_') {
            let (label, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            fields.push((label.to_owned(), unquoted(value).to_owned()));
        } else if !line.starts_with('#') && !line.starts_with("loop_") {
            // The first value of a loop or of a label that stands alone.
            if let Some((_, value)) = fields.last_mut().filter(|(_, value)| value.is_empty()) {
                unquoted(line).clone_into(value);
            }
        }
    }
    fields
}

/// The columns that the labels at the end of these lines name.
pub(super) fn cif_headings<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let named = |line: &&&'a str| line.starts_with('_') && !line.contains(char::is_whitespace);
    let filled = lines.iter().rev().map(|line| line.trim());
    let labels: Vec<&str> = filled
        .skip_while(|line| line.is_empty())
        .take_while(|line| named(&line))
        .collect();
    let name = |label: &&'a str| label.rsplit('.').next().unwrap_or(label);
    labels.iter().rev().map(name).collect()
}

/// A value of a CIF file without its quotes.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('\'').or_else(|| inner('"')).unwrap_or(value)
}

/// Adds a line of text to the value of the last field.
fn append(fields: &mut [(String, String)], text: &str) {
    if let Some((_, value)) = fields.last_mut().filter(|_| !text.trim().is_empty()) {
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(text.trim());
    }
}

/// Fields of the head of a PerkinElmer ASCII file (PEDS): nothing but values, each in its line; the
/// units stand behind `#GR`.
pub(super) fn peds_fields(lines: &[&str]) -> Option<Vec<(String, String)>> {
    let first = lines.first().filter(|line| line.starts_with("PE "))?;
    let units = lines.iter().position(|line| line.trim() == "#GR")?;
    let technique = match first.split_whitespace().nth(1) {
        Some("IR") => "infrared",
        Some("UV") => "UV/Vis",
        Some("FL") => "fluorescence",
        _ => "",
    };
    let at = |number: usize| lines.get(number).map_or("", |line| line.trim());
    // Version 1.60 has the instrument in line 21, version 4.00 in line 12.
    let is_name = |text: &&str| text.contains(|c: char| c.is_alphabetic());
    let instrument = [at(11), at(20)].into_iter().find(is_name);
    let fields = [
        ("Technique", technique.to_owned()),
        ("File", at(2).to_owned()),
        ("Date", format!("{} {}", at(3), at(4))),
        ("User", at(7).to_owned()),
        ("Sample name", at(8).to_owned()),
        ("Instrument", instrument.unwrap_or_default().to_owned()),
        ("XUNITS", at(units + 1).to_owned()),
        ("YUNITS", at(units + 2).to_owned()),
    ];
    Some(
        fields
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(label, value)| (label.to_owned(), value))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(line: &str, separator: char) -> (String, String) {
        let dialect = Dialect {
            separator,
            comma: false,
            first_line: 9,
            rows: 9,
            cells: 2,
            numbers: 18,
        };
        field(line, dialect).unwrap()
    }

    #[test]
    fn labels_and_values() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(parted("# Laser: 785 nm", ','), pair("Laser", "785 nm"));
        assert_eq!(parted("Sample Name: x y", ' '), pair("Sample Name", "x y"));
        assert_eq!(parted("Label,00:53 W", ','), pair("Label", "00:53 W"));
        assert_eq!(parted("name:  a\0\0", ';'), pair("name", "a"));
    }

    #[test]
    fn labels_of_cif() {
        let lines = [
            "data_1",
            "_publ_section_title",
            ";",
            " On: rust",
            ";",
            "_journal_name_full 'J. Rust: A'",
            "loop_",
            "_publ_author_name",
            "'A, B.'",
            "'C, D.'",
            "_chemical_name_mineral           Magnetite",
            "loop_",
            "_raman_spectrum.raman_shift",
            "_raman_spectrum.intensity",
        ];
        let fields = cif_fields(&lines);
        let value = |label: &str| fields.iter().find(|f| f.0 == label).map(|f| f.1.as_str());
        assert_eq!(value("_publ_section_title"), Some("On: rust"));
        assert_eq!(value("_journal_name_full"), Some("J. Rust: A"));
        assert_eq!(value("_publ_author_name"), Some("A, B."));
        assert_eq!(value("_chemical_name_mineral"), Some("Magnetite"));
        assert_eq!(cif_headings(&lines), ["raman_shift", "intensity"]);
    }
}
