//! The settings of `identify` as its results and the record state them.

use crate::cli::args::IdentifyArgs;
use crate::report::Parameters;
use clap::ValueEnum;
use serde_json::Value;

impl IdentifyArgs {
    /// All settings that the result for a spectrum depends on, with their defaults.
    pub fn parameters(&self) -> Parameters {
        let mut all = Parameters::default();
        let text = |value: Option<String>| value.map_or(Value::Null, Value::from);
        all.set("top", self.top);
        all.set("max-shift", self.max_shift.map_or(Value::Null, Value::from));
        all.set("targets", self.targets.clone());
        all.set("known", self.known.clone());
        all.set("max-components", self.max_components);
        let hypotheses = self.unknown.hypotheses.to_possible_value();
        all.set(
            "hypotheses",
            text(hypotheses.map(|v| v.get_name().to_owned())),
        );
        all.set("without", self.unknown.without.clone());
        all.set("on", text(self.on.map(|day| day.to_string())));
        all.set(
            "country",
            text(self.national.country.map(|c| c.to_string())),
        );
        let overlay = self.national.overlay.as_ref();
        all.set(
            "overlay",
            text(overlay.map(|path| path.to_string_lossy().into_owned())),
        );
        all.set("any-precursor", self.any_precursor);
        all.set(
            "precursor-tolerance",
            text(self.precursor_tolerance.map(|t| t.to_string())),
        );
        for (name, value) in self.overrides.listed() {
            all.set(&name, value);
        }
        all
    }

    /// The same with those that only the results for runs depend on.
    pub fn run_parameters(&self) -> Parameters {
        let mut all = self.parameters();
        let runs = &self.runs;
        runs.measured.state(&runs.settings(), &mut all);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use crate::cli::args::Command;
    use clap::Parser;

    fn parsed(arguments: &[String]) -> IdentifyArgs {
        let all = ["specid", "identify", "x.jdx"].map(str::to_owned);
        let cli = Cli::try_parse_from(all.iter().chain(arguments)).unwrap();
        match cli.command {
            Command::Identify(args) => args,
            _ => unreachable!("identify was asked for"),
        }
    }

    #[test]
    fn settings_typed_again_are_the_same_settings() {
        for line in [
            "",
            "--top 3 --max-shift 6.5 --any-precursor --hypotheses never --max-components 1",
            "--targets table-i --targets Piperonal --known caffeine --without MDMA --on 2024-12-03",
            "--technique raman --laser 785.3 --max-points 5000 --max-file-size 2G --country TH",
            "--precursor-tolerance 10ppm --overlay law.csv",
            "--precursor-tolerance 0.02",
            "--blank b.cdf --ri-ladder l.csv --internal-standard 7.25 --min-area 0.37 --min-snr 12.5",
            "--internal-standard=-1 --min-area 1e-3",
        ] {
            let typed: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            let first = parsed(&typed).parameters();
            assert_eq!(parsed(&first.arguments()).parameters(), first, "{line}");
            let run = parsed(&typed).run_parameters();
            assert_eq!(parsed(&run.arguments()).run_parameters(), run, "{line}");
        }
    }
}
