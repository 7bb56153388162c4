//! A policy file: the settings of a desk as TOML, each under the long name of its flag.

use super::args::Policy;
use anyhow::{Context, Result, bail};
use clap::{CommandFactory, FromArgMatches, Parser};
use std::path::Path;

/// The flags of a policy alone, so that a file is checked by the same rules as the command line.
#[derive(Debug, Parser)]
#[command(name = "policy", no_binary_name = true, disable_help_flag = true)]
struct Flags {
    #[command(flatten)]
    policy: Policy,
}

/// Reads a policy file.
pub(super) fn read(path: &Path) -> Result<Policy> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the policy {} cannot be read", path.display()))?;
    let table: toml::Table = toml::from_str(&text)
        .with_context(|| format!("the policy {} is no TOML", path.display()))?;
    let mut command = Flags::command();
    command.build();
    let known: Vec<String> = command
        .get_arguments()
        .filter_map(|argument| argument.get_long().map(str::to_owned))
        .collect();
    let mut arguments = Vec::new();
    for (name, value) in &table {
        if !known.contains(name) {
            bail!(
                "the policy {}: there is no setting {name:?}; there are {}",
                path.display(),
                known.join(", ")
            );
        }
        add(&mut arguments, name, value)
            .with_context(|| format!("the policy {}, setting {name}", path.display()))?;
    }
    let matches = command
        .try_get_matches_from(arguments)
        .map_err(|error| anyhow::anyhow!("{}", plain(&error.to_string())))
        .with_context(|| format!("the policy {}", path.display()))?;
    Ok(Flags::from_arg_matches(&matches)?.policy)
}

/// A setting as the arguments that say the same.
fn add(arguments: &mut Vec<String>, name: &str, value: &toml::Value) -> Result<()> {
    let text = match value {
        toml::Value::Array(values) => {
            return values.iter().try_for_each(|v| add(arguments, name, v));
        }
        toml::Value::Boolean(true) => {
            arguments.push(format!("--{name}"));
            return Ok(());
        }
        toml::Value::Boolean(false) => return Ok(()),
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::Table(_) => {
            bail!("expected a text, a number, a date, true, false or a list of these")
        }
    };
    arguments.push(format!("--{name}={text}"));
    Ok(())
}

/// The first sentence of clap's message, without what only a command line has.
fn plain(message: &str) -> String {
    let first = message.split("\n\nUsage").next().unwrap_or(message);
    let first = first.split("\n\nFor more").next().unwrap_or(first);
    first.trim_start_matches("error: ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Policy> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(file.path())
    }

    #[test]
    fn a_policy_holds_the_flags() {
        let policy = read_text(
            "library = [\"a.h5\", \"raman=b.h5\"]\ntop = 7\naxis-limit = 2.5\nany-precursor = true\nrequire = [\"case\", \"item\"]\nsample-by = \"file\"\nmax-file-size = \"5M\"\n",
        )
        .unwrap();
        assert_eq!(policy.library, ["a.h5", "raman=b.h5"]);
        assert_eq!((policy.top, policy.axis_limit), (Some(7), Some(2.5)));
        assert!(policy.any_precursor);
        assert_eq!(policy.require, ["case", "item"]);
        assert_eq!(policy.overrides.given().limits.file_bytes, 5 << 20);
    }

    #[test]
    fn flags_win_over_the_file() {
        let file = read_text("top = 7\naxis-limit = 2.5\nany-precursor = true").unwrap();
        let flags = Policy {
            top: Some(3),
            precursor_tolerance: Some("10ppm".parse().unwrap()),
            ..Policy::default()
        };
        let both = flags.or(file);
        assert_eq!((both.top, both.axis_limit), (Some(3), Some(2.5)));
        assert!(!both.any_precursor, "the flag says a tolerance");
    }

    #[test]
    fn what_is_no_setting_is_told() {
        for (text, part) in [
            ("topp = 1", "there is no setting \"topp\""),
            ("top = 0", "0"),
            ("top = [", "is no TOML"),
            ("[top]\nx = 1", "expected a text"),
        ] {
            let error = format!("{:#}", read_text(text).unwrap_err());
            assert!(error.contains(part), "{text}: {error}");
            assert!(!error.contains("Usage"), "{error}");
        }
    }
}
