//! The settings file: `config.toml` in the folder of settings.

use crate::cli::locate;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::PathBuf;

/// What the file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The record that commands append to.
    record: Option<PathBuf>,
}

/// The record of the settings: `$SPECID_RECORD`, else `record` of the settings file, from its folder.
pub(super) fn record() -> Result<Option<PathBuf>> {
    let named = std::env::var_os("SPECID_RECORD").filter(|value| !value.is_empty());
    if let Some(path) = named {
        return Ok(Some(path.into()));
    }
    // A computer without a folder for settings has none.
    let Ok(folder) = locate::config_folder() else {
        return Ok(None);
    };
    let path = folder.join("config.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e).with_context(|| format!("{} cannot be read", path.display())),
    };
    let settings: Settings = toml::from_str(&text).with_context(|| {
        format!(
            "{} is not understood; expected a line such as record = \"lab.record\"",
            path.display()
        )
    })?;
    Ok(settings.record.map(|record| folder.join(record)))
}
