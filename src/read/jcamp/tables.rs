//! Data tables of one block: evenly spaced ordinates, or pairs.

use super::asdf;
use super::axis;
use super::labels::Labels;
use super::records::Record;
use crate::read::error::{ErrorKind, ReadError};
use crate::read::number;
use crate::spectrum::{Axis, Shape, Warning, WarningKind};

/// The points of a table.
#[derive(Debug)]
pub struct Points {
    /// Abscissas.
    pub axis: Axis,
    /// Ordinates; gaps are not-a-number.
    pub y: Vec<f64>,
    /// Whether the table lists peaks.
    pub shape: Shape,
    /// What the table's checks say.
    pub warnings: Vec<Warning>,
}

/// How the numbers of a table are scaled and where its even axis lies.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scale {
    /// FIRSTX.
    pub first: Option<f64>,
    /// LASTX.
    pub last: Option<f64>,
    /// DELTAX, often rounded: FIRSTX and LASTX come before it.
    pub delta: Option<f64>,
    /// NPOINTS.
    pub points: Option<f64>,
    /// XFACTOR; applies to the abscissas in the data lines only.
    pub x_factor: f64,
    /// YFACTOR.
    pub y_factor: f64,
}

impl Scale {
    /// Scale of a block without pages.
    pub fn of(labels: &Labels<'_, '_>) -> Result<Self, ReadError> {
        let number = |label: &str| {
            labels.number(label).map_err(|found| {
                let line = labels.record(label).map_or(1, |r| r.line);
                ReadError::new(ErrorKind::Malformed, format!("{label} is not a number"))
                    .at_line(line)
                    .expected("one number")
                    .found(found)
            })
        };
        Ok(Self {
            first: number("FIRSTX")?,
            last: number("LASTX")?,
            delta: number("DELTAX")?,
            points: number("NPOINTS")?,
            x_factor: factor(number("XFACTOR")?),
            y_factor: factor(number("YFACTOR")?),
        })
    }
}

/// A missing or zero factor counts as 1.
pub fn factor(value: Option<f64>) -> f64 {
    value.filter(|f| *f != 0.0).unwrap_or(1.0)
}

/// Reads a table of any form.
pub fn read(
    record: &Record<'_>,
    scale: Scale,
    comma: bool,
    limit: usize,
) -> Result<Points, ReadError> {
    let form = record.head().to_ascii_uppercase();
    let lines: Vec<(usize, &str)> = record.lines().collect();
    if lines.is_empty() {
        return Err(ReadError::new(ErrorKind::NoData, "the data table is empty")
            .at_line(record.line)
            .advise("export the spectrum again"));
    }
    let even = form.contains("++") || (form.is_empty() && record.label == "XYDATA");
    let mut points = match even {
        true => even_points(record, &lines, scale, comma, limit)?,
        false => pairs(record, &form, &lines, scale, comma, limit)?,
    };
    count_check(&mut points, scale.points);
    Ok(points)
}

fn count_check(points: &mut Points, announced: Option<f64>) {
    let read = points.y.len();
    if let Some(n) = announced.filter(|n| *n != read as f64) {
        points.warnings.push(Warning::new(
            WarningKind::Count,
            format!("The file announces {n} points; {read} were read."),
        ));
    }
}

fn even_points(
    record: &Record<'_>,
    lines: &[(usize, &str)],
    scale: Scale,
    comma: bool,
    limit: usize,
) -> Result<Points, ReadError> {
    let decoded = asdf::decode(lines, comma, limit);
    if decoded.overfull {
        return Err(too_many(record, limit));
    }
    if decoded.y.is_empty() {
        let (line, found) = decoded.broken.unwrap_or((record.line, String::new()));
        return Err(
            ReadError::new(ErrorKind::Malformed, "no ordinate could be read")
                .at_line(line)
                .expected("an abscissa and ordinates in AFFN, PAC, SQZ or DIF form")
                .found(found),
        );
    }
    let mut warnings = Vec::new();
    if let Some((line, found)) = &decoded.broken {
        let shown: String = found.chars().take(20).collect();
        warnings.push(Warning::new(
            WarningKind::Skipped,
            format!("Line {line} could not be read from {shown:?} on; its points are missing."),
        ));
    }
    if let Some(line) = decoded.failed_checks.first() {
        let failed = decoded.failed_checks.len();
        warnings.push(Warning::new(
            WarningKind::Check,
            format!("{failed} Y-checks failed, the first at line {line}: ordinates may be wrong."),
        ));
    }
    let axis = axis::place(&decoded, scale, &mut warnings).ok_or_else(|| {
        ReadError::new(ErrorKind::Malformed, "the axis cannot be placed")
            .at_line(record.line)
            .expected("FIRSTX and LASTX, or FIRSTX and DELTAX")
    })?;
    Ok(Points {
        axis,
        y: decoded.y.iter().map(|y| y * scale.y_factor).collect(),
        shape: Shape::Profile,
        warnings,
    })
}

fn pairs(
    record: &Record<'_>,
    form: &str,
    lines: &[(usize, &str)],
    scale: Scale,
    comma: bool,
    limit: usize,
) -> Result<Points, ReadError> {
    let width = width(form);
    let mut warnings = Vec::new();
    let group = form.split("..").next().unwrap_or_default();
    // Width, assignment and multiplicity of a peak are known not to be ordinates.
    if width > 2 && !group.contains(['W', 'A', 'M']) {
        warnings.push(Warning::new(
            WarningKind::Skipped,
            format!("The table has {width} columns; the second is the ordinate, the others were left out."),
        ));
    }
    let comma = comma || {
        let inferred = width == 2 && decimal_comma(lines);
        if inferred {
            warnings.push(Warning::new(
                WarningKind::Format,
                "The numbers were read with a decimal comma: with a comma between abscissa and \
                 ordinate the abscissas would be out of order.",
            ));
        }
        inferred
    };
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (line, text) in lines {
        if width == 2
            && !comma
            && let Some((abscissa, ordinate)) = comma_pair(text)
        {
            x.push(abscissa * scale.x_factor);
            y.push(ordinate * scale.y_factor);
            if x.len() > limit {
                return Err(too_many(record, limit));
            }
            continue;
        }
        let values = numbers(text, comma, width).ok_or_else(|| {
            ReadError::new(ErrorKind::Malformed, "this is not a line of points")
                .at_line(*line)
                .expected("pairs of abscissa and ordinate")
                .found(text)
                .advise("export the spectrum again, or remove the line")
        })?;
        for pair in values.chunks_exact(width) {
            x.push(pair[0] * scale.x_factor);
            y.push(pair[1] * scale.y_factor);
        }
        if x.len() > limit {
            return Err(too_many(record, limit));
        }
    }
    let peaks = matches!(record.label.as_str(), "PEAKTABLE") || form.contains("PEAKS") || width > 2;
    Ok(Points {
        axis: Axis::Explicit(x),
        y,
        shape: if peaks { Shape::Sticks } else { Shape::Profile },
        warnings,
    })
}

/// Numbers of one point in a form such as `(XY..XY)` or `(XYW..XYW)`.
fn width(form: &str) -> usize {
    let group = form.split("..").next().unwrap_or_default();
    let symbols = group.bytes().filter(u8::is_ascii_alphabetic).count();
    match form.contains("..") || form.starts_with("(XY") {
        true => symbols.clamp(2, 8),
        false => 2,
    }
}

/// Whether lines of two words are pairs with decimal commas rather than two pairs parted by commas:
/// only then are their abscissas in order.
fn decimal_comma(lines: &[(usize, &str)]) -> bool {
    let pair = |text: &str| {
        let mut words = text
            .split([' ', '\t', ';'])
            .map(|word| word.trim_end_matches(','))
            .filter(|word| !word.is_empty());
        let (x, y) = (words.next()?, words.next()?);
        let whole = words.next().is_none() && !text.contains('.') && text.contains(',');
        whole.then_some(())?;
        number::parse(y, true)?;
        number::parse(x, true)
    };
    // Most tables have a decimal point in their first line.
    if lines.first().is_none_or(|(_, text)| pair(text).is_none()) {
        return false;
    }
    let decimal: Option<Vec<f64>> = lines.iter().map(|(_, text)| pair(text)).collect();
    let parted: Option<Vec<Vec<f64>>> = lines
        .iter()
        .map(|(_, text)| numbers(text, false, 2))
        .collect();
    let abscissas =
        |lines: Vec<Vec<f64>>| -> Vec<f64> { lines.iter().flatten().step_by(2).copied().collect() };
    let in_order = |x: &Vec<f64>| x.is_sorted() || x.is_sorted_by(|a, b| a >= b);
    decimal.is_some_and(|x| in_order(&x)) && !parted.map(abscissas).is_some_and(|x| in_order(&x))
}

/// The numbers of the usual line `400.1, 0.25`; `None` for every other form.
fn comma_pair(text: &str) -> Option<(f64, f64)> {
    let parted = |c: char| matches!(c, ' ' | '\t' | ',');
    let (first, rest) = number::leading(text)?;
    let ordinate = rest.trim_start_matches(parted);
    let commas = rest[..rest.len() - ordinate.len()].matches(',').count();
    let (second, tail) = number::leading(ordinate)?;
    (commas <= 1 && ordinate.len() < rest.len() && tail.is_empty()).then_some((first, second))
}

/// The numbers of a line of points, `None` where it holds anything else or not whole groups.
fn numbers(text: &str, comma: bool, width: usize) -> Option<Vec<f64>> {
    let parted =
        |c: char| c.is_whitespace() || matches!(c, ';' | '(' | ')') || (c == ',' && !comma);
    let values: Vec<f64> = text
        .split(parted)
        .map(|word| word.trim_end_matches(','))
        .filter(|word| !word.is_empty() && !word.starts_with('<'))
        .map(|word| match word {
            "?" => Some(f64::NAN),
            word => number::parse(word, comma),
        })
        .collect::<Option<_>>()?;
    (!values.is_empty() && values.len().is_multiple_of(width)).then_some(values)
}

fn too_many(record: &Record<'_>, limit: usize) -> ReadError {
    ReadError::new(ErrorKind::Limit, "the table holds too many points")
        .at_line(record.line)
        .expected(format!("at most {limit} points"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_their_width() {
        for (form, expected) in [
            ("(XY..XY)", 2),
            ("(XYW..XYW)", 3),
            ("(XYW)", 3),
            ("(XYT..XYT), PEAKS", 3),
            ("", 2),
            ("XY", 2),
        ] {
            assert_eq!(width(form), expected, "{form}");
        }
    }

    #[test]
    fn decimal_commas_are_told_from_parted_pairs() {
        let tells = |text: &str| {
            let lines: Vec<_> = crate::read::text::lines(text).collect();
            decimal_comma(&lines)
        };
        assert!(tells("399,26\t60,84\n401,19\t62,77"));
        assert!(!tells("41,520 42,310\n43,100 44,90"));
        assert!(!tells("399.26, 60.84\n401.19, 62.77"));
        assert!(!tells("399, 60\n401, 62"));
    }

    #[test]
    fn pairs_in_every_dress() {
        assert_eq!(
            numbers("1, 2; 3 4", false, 2),
            Some(vec![1.0, 2.0, 3.0, 4.0])
        );
        assert_eq!(
            numbers("176,58, 32822,795", true, 2),
            Some(vec![176.58, 32822.795])
        );
        assert_eq!(
            numbers("(100, 50, 3) (120 7 2)", false, 3).map(|v| v.len()),
            Some(6)
        );
        assert_eq!(numbers("1 2 3", false, 2), None);
        assert_eq!(numbers("1 x", false, 2), None);
        assert!(numbers("1 ?", false, 2).is_some_and(|v| v[1].is_nan()));
    }
}
