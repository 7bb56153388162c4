//! The arguments by which other commands ask for a national status.

use super::loaded::{LoadedOverlay, load};
use crate::cli::keyring::{Keyring, today};
use crate::national::{Asked, Country, NationalStatus};
use crate::spectrum::Identity;
use crate::substance::Register;
use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// Which country's law is told beside the status under the UN conventions.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct National {
    /// Tell the status in this country, too, by its overlay (`specid overlay list`): ISO code such as TH
    #[arg(long, value_name = "XX", value_parser = country)]
    pub country: Option<Country>,
    /// Overlay to use instead of the one that was added
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
}

/// What is known of a country's law.
#[derive(Debug)]
pub(in crate::cli) enum Nation {
    /// No country was asked for.
    NotAsked,
    /// No overlay of the country was added.
    NotLoaded(Country),
    /// Its overlay.
    Loaded(Box<LoadedOverlay>),
}

impl National {
    /// Loads the overlay that was asked for. What whoever relies on it has to know (an old overlay, a
    /// signer that is not trusted, none at all) is told on standard error. `day` is the day that
    /// will be asked for; today where it is `None`.
    ///
    /// # Errors
    /// Where the overlay cannot be used or is of another country.
    pub fn load(&self, day: Option<Date>) -> Result<Nation> {
        let nation = self.open()?;
        match &nation {
            Nation::NotAsked => {}
            Nation::NotLoaded(country) => {
                eprintln!("specid: {}", NationalStatus::not_loaded(*country).told());
            }
            Nation::Loaded(loaded) => {
                for alarm in loaded.alarms(day.unwrap_or_else(today)) {
                    eprintln!("specid: {alarm}");
                }
            }
        }
        Ok(nation)
    }

    fn open(&self) -> Result<Nation> {
        let Some(file) = &self.overlay else {
            let Some(country) = self.country else {
                return Ok(Nation::NotAsked);
            };
            return Ok(match load(&country.to_string())? {
                Some(loaded) => Nation::Loaded(Box::new(loaded)),
                None => Nation::NotLoaded(country),
            });
        };
        let loaded = LoadedOverlay::open(file, &Keyring::open()?)?;
        let stated = loaded.overlay.country();
        if let Some(country) = self.country.filter(|country| *country != stated) {
            bail!(
                "{} is an overlay of {stated}, and --country asks for {country}; name the overlay of that country",
                file.display()
            );
        }
        Ok(Nation::Loaded(Box::new(loaded)))
    }
}

impl Nation {
    /// Whether a country's law was asked for.
    pub fn is_asked(&self) -> bool {
        !matches!(self, Self::NotAsked)
    }

    /// The national status of a substance on a day, today where it is `None`. Names, and bases of salts, are
    /// looked up in the register. `None` where no country was
    /// asked for; where its overlay is not loaded the status says so.
    pub fn status(
        &self,
        register: &Register,
        identity: &Identity,
        day: Option<Date>,
    ) -> Option<NationalStatus> {
        match self {
            Self::NotAsked => None,
            Self::NotLoaded(country) => Some(NationalStatus::not_loaded(*country)),
            Self::Loaded(loaded) => {
                let asked = Asked::through(register, identity);
                let day = day.unwrap_or_else(today);
                Some(NationalStatus::of(&loaded.overlay, asked, Some(day)))
            }
        }
    }
}

/// A country code, in capitals or not.
pub(in crate::cli) fn country(text: &str) -> Result<Country, String> {
    text.to_ascii_uppercase().parse()
}
