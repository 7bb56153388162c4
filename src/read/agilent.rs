//! Agilent ASP (MicroLab of the 4100, 4200, 4300, 4500 and 5500 infrared instruments): one number a
//! line: the number of points, the first and the last abscissa, three codes (abscissa, ordinate,
//! experiment: those of Galactic SPC, as the one known file and its instrument agree), then the ordinates.

use super::error::{ErrorKind, ReadError};
use super::spc::units;
use super::text::{decode, lines};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, WarningKind};

/// Reader of ASP files.
pub struct AgilentAsp;

impl Reader for AgilentAsp {
    fn id(&self) -> &'static str {
        "agilent-asp"
    }

    fn label(&self) -> &'static str {
        "Agilent ASP text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["asp"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        if !input.is_text() {
            return Confidence::No;
        }
        let mut head = lines(input.head_text())
            .map(|(_, line)| line.trim())
            .take(4);
        let whole = head.next().is_some_and(|l| l.parse::<usize>().is_ok());
        match whole && head.all(|line| number::parse(line, false).is_some()) {
            true => Confidence::Possible,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, _) = decode(&input.bytes);
        let mut values = Vec::new();
        for (line, content) in lines(&text).filter(|(_, l)| !l.trim().is_empty()) {
            let value = number::parse(content, false).ok_or_else(|| {
                ReadError::new(ErrorKind::Malformed, "this is not a number")
                    .at_line(line)
                    .expected("one number a line")
                    .found(content.trim())
            })?;
            if values.len() > limits.points {
                return Err(limits.too_many_points().at_line(line));
            }
            values.push(value);
        }
        let [points, first, last, x, y, experiment, ordinate @ ..] = values.as_slice() else {
            return Err(ReadError::new(ErrorKind::NoData, "the file holds no points").expected(
                "the number of points, the first and the last abscissa, three codes, the ordinates",
            ));
        };
        if ordinate.is_empty() || *points != ordinate.len() as f64 {
            return Err(ReadError::new(
                ErrorKind::Truncated,
                "the number of points is not the one announced",
            )
            .at_line(1)
            .expected(format!("{points} ordinates"))
            .found(ordinate.len().to_string())
            .advise("the file was perhaps cut off: export it again"));
        }
        let axis = Axis::Even {
            first: *first,
            last: *last,
            points: ordinate.len(),
        };
        // Casts saturate: a code out of range is one that no table knows.
        let (x, y, experiment) = (*x as u8, *y as u8, *experiment as u8);
        let mut spectrum =
            Spectrum::new(Technique::Unknown, Shape::Profile, axis, ordinate.to_vec());
        units::Codes { experiment, x, y }.apply(("", ""), &mut spectrum);
        spectrum.warn(
            WarningKind::Unit,
            format!("Units are taken from the codes {x} and {y}, read as those of SPC files."),
        );
        Ok(Reading {
            spectra: vec![Ok(spectrum)],
            warnings: Vec::new(),
        })
    }
}
