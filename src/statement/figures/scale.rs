//! A range of values on a stretch of a drawing, and the round values on it.

/// A range of values on a stretch of a drawing. Where `from` lies right of `to`, values rise to the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
    /// Where `low` lies.
    pub from: f32,
    /// Where `high` lies.
    pub to: f32,
}

impl Scale {
    /// Where a value lies; values beyond the ends lie at them.
    pub fn at(&self, value: f64) -> f32 {
        let span = self.high - self.low;
        let part = match span > 0.0 && value.is_finite() {
            true => ((value - self.low) / span).clamp(0.0, 1.0),
            false => 0.0,
        };
        self.from + part as f32 * (self.to - self.from)
    }

    /// Round values, at most `most`, and the decimals in which they are written.
    pub fn ticks(&self, most: usize) -> (Vec<f64>, usize) {
        let rough = (self.high - self.low) / most.max(1) as f64;
        if !(rough > 0.0 && rough.is_finite()) {
            return (Vec::new(), 0);
        }
        let power = rough.log10().floor();
        let unit = 10_f64.powf(power);
        let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * unit);
        // What is smaller by rounding alone is not smaller.
        let enough = |step: &f64| *step >= rough * (1.0 - 1e-9);
        let step = steps.into_iter().find(enough).unwrap_or(10.0 * unit);
        let (first, last) = (
            (self.low / step - 1e-9).ceil() as i64,
            (self.high / step + 1e-9).floor() as i64,
        );
        let decimals = (-step.log10() - 1e-9).ceil().max(0.0) as usize;
        let values = (first..=last).map(|i| i as f64 * step).collect();
        (values, decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(low: f64, high: f64) -> Scale {
        Scale {
            low,
            high,
            from: 100.0,
            to: 0.0,
        }
    }

    #[test]
    fn values_fall_to_the_right_where_the_scale_is_turned() {
        let infrared = scale(400.0, 4000.0);
        assert_eq!(infrared.at(400.0), 100.0);
        assert_eq!(infrared.at(4000.0), 0.0);
        assert_eq!(infrared.at(2200.0), 50.0);
        assert_eq!((infrared.at(9e9), infrared.at(f64::NAN)), (0.0, 100.0));
    }

    #[test]
    fn ticks_are_round() {
        // By hand: 3600 / 8 = 450, the next round step is 500.
        let (values, decimals) = scale(400.0, 4000.0).ticks(8);
        assert_eq!(
            values,
            [
                500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0, 3500.0, 4000.0
            ]
        );
        assert_eq!(decimals, 0);
        // 0.37 / 4 = 0.0925: step 0.1.
        let (values, decimals) = scale(-0.12, 0.25).ticks(4);
        let written: Vec<String> = values.iter().map(|v| format!("{v:.decimals$}")).collect();
        assert_eq!(written, ["-0.1", "0.0", "0.1", "0.2"]);
        // 100 / 5 = 20, which is round itself.
        assert_eq!(
            scale(0.0, 100.0).ticks(5).0,
            [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
        );
        // 0.02 / 4 = 0.005.
        assert_eq!(
            scale(0.0, 0.02).ticks(4),
            (vec![0.0, 0.005, 0.01, 0.015, 0.02], 3)
        );
        assert_eq!(scale(5.0, 5.0).ticks(4), (vec![], 0));
    }
}
