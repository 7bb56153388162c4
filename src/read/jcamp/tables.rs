//! Data tables of one block: evenly spaced ordinates, or pairs.

use super::asdf;
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
    /// DELTAX, often rounded: only used where FIRSTX or LASTX is missing.
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
    // Repetition counts can claim any number of points; a real table holds few more than its bytes.
    let limit = limit.min(64 * record.bytes() + (1 << 16));
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
    let axis = even_axis(&decoded, scale, &mut warnings).ok_or_else(|| {
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

/// The even axis from FIRSTX and LASTX, which win over the rounded DELTAX; from the data lines where
/// they are missing. A file whose lines run from LASTX to FIRSTX is turned round, and said to be.
fn even_axis(decoded: &asdf::Decoded, scale: Scale, warnings: &mut Vec<Warning>) -> Option<Axis> {
    let n = decoded.y.len();
    let lines: Vec<(f64, usize)> = decoded
        .x
        .iter()
        .map(|(x, i)| (x * scale.x_factor, *i))
        .collect();
    let first_line = lines.first().map(|(x, _)| *x);
    let (mut first, mut last) = match (scale.first, scale.last) {
        (Some(first), Some(last)) if first != last || n == 1 => (first, last),
        (first, _) => {
            let first = first.or(first_line)?;
            let delta = scale
                .delta
                .filter(|d| *d != 0.0)
                .or_else(|| slope(&lines))?;
            warnings.push(Warning::new(
                WarningKind::Axis,
                "FIRSTX or LASTX is missing; the axis was placed by DELTAX or the data lines.",
            ));
            return Some(Axis::Even {
                first,
                last: first + delta * (n - 1) as f64,
                points: n,
            });
        }
    };
    let (Some(x0), Some(slope)) = (first_line, slope(&lines)) else {
        return Some(Axis::Even {
            first,
            last,
            points: n,
        });
    };
    let step = (last - first) / (n.max(2) - 1) as f64;
    let nearer_last = (x0 - last).abs() + 2.0 * step.abs() < (x0 - first).abs();
    if nearer_last && slope * (last - first) < 0.0 {
        (first, last) = (last, first);
        warnings.push(Warning::new(
            WarningKind::Axis,
            "The data lines run from LASTX to FIRSTX; the axis follows the lines.",
        ));
    }
    // Points are missing or left over: the spacing that the header announces still holds.
    if let Some(announced) = scale.points.filter(|p| *p >= 2.0 && *p != n as f64) {
        last = first + (last - first) / (announced - 1.0) * (n - 1) as f64;
    }
    check_lines(&lines, first, last, n, warnings);
    Some(Axis::Even {
        first,
        last,
        points: n,
    })
}

fn slope(lines: &[(f64, usize)]) -> Option<f64> {
    let ((x0, i0), (x1, i1)) = (lines.first()?, lines.last()?);
    (i1 > i0 && x1 != x0).then(|| (x1 - x0) / (i1 - i0) as f64)
}

/// X-check: the abscissa of each line against the even axis. Lines round their abscissas.
fn check_lines(
    lines: &[(f64, usize)],
    first: f64,
    last: f64,
    n: usize,
    warnings: &mut Vec<Warning>,
) {
    let step = (last - first) / (n.max(2) - 1) as f64;
    let tolerance = (2.0 * step.abs()).max(1e-3 * first.abs().max(last.abs()));
    let off = |(x, i): &(f64, usize)| (first + step * *i as f64 - x).abs() > tolerance;
    let wrong = lines.iter().filter(|line| off(line)).count();
    if wrong > 0 {
        warnings.push(Warning::new(
            WarningKind::Axis,
            format!("The abscissas of {wrong} data lines do not fit FIRSTX and LASTX."),
        ));
    }
}

fn pairs(
    record: &Record<'_>,
    form: &str,
    lines: &[(usize, &str)],
    scale: Scale,
    comma: bool,
    limit: usize,
) -> Result<Points, ReadError> {
    let width = if form.contains("XYW") || form.contains("XYA") || form.contains("XYM") {
        3
    } else {
        2
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
    let peaks =
        matches!(record.label.as_str(), "PEAKTABLE") || form.contains("PEAKS") || width == 3;
    Ok(Points {
        axis: Axis::Explicit(x),
        y,
        shape: if peaks { Shape::Sticks } else { Shape::Profile },
        warnings: Vec::new(),
    })
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
