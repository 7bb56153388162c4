//! Arguments for chromatographic runs.

use crate::chromatogram::Settings;
use crate::cli::measured::MeasuredArgs;
use clap::Args;
use std::path::PathBuf;

/// What is asked of the peaks of GC-MS runs.
#[derive(Debug, Args)]
#[command(next_help_heading = "Runs (GC-MS)")]
pub(in crate::cli) struct RunArgs {
    #[command(flatten)]
    pub measured: MeasuredArgs,
    /// Smallest peak to tell, per cent of the area of all peaks
    #[arg(long, value_name = "PERCENT", default_value_t = Settings::default().min_area_percent, value_parser = percent)]
    pub min_area: f64,
    /// Smallest signal-to-noise of a peak
    #[arg(long, value_name = "N", default_value_t = Settings::default().min_signal_to_noise, value_parser = ratio)]
    pub min_snr: f64,
    /// Write the chromatogram with its named peaks as SVG; several runs get numbers: NAME.svg, NAME-2.svg
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

impl RunArgs {
    /// Which peaks are told.
    pub fn settings(&self) -> Settings {
        Settings {
            min_area_percent: self.min_area,
            min_signal_to_noise: self.min_snr,
        }
    }
}

fn percent(text: &str) -> Result<f64, String> {
    within(text, 0.0, 100.0)
}

fn ratio(text: &str) -> Result<f64, String> {
    within(text, 1.0, 1e9)
}

fn within(text: &str, low: f64, high: f64) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        _ => Err(format!("expected a number from {low} to {high}")),
    }
}
