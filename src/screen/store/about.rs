//! What a run says of itself: its libraries and settings, and how it differs from what is asked now.

use super::{Store, StoreError};
use crate::screen::settings::{LibraryUse, Listed, Look, Settings, differences};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The settings a run was made with.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// What the results depend on.
    pub searching: Vec<Listed>,
    /// The libraries.
    pub libraries: Vec<LibraryUse>,
    /// What needs a second look.
    pub look: Look,
}

impl About {
    /// All settings by name.
    pub fn listed(&self) -> Vec<Listed> {
        let mut list = self.searching.clone();
        list.extend(self.look.listed());
        list
    }
}

/// How what is asked now differs from what a run was made with: name, earlier and present value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// What the results depend on.
    pub searching: Vec<(String, String, String)>,
    /// What only the second look depends on.
    pub look: Vec<(String, String, String)>,
}

impl Store {
    /// The settings of a run; `None` where nothing was screened into it.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn about(&self) -> Result<Option<About>, StoreError> {
        let (Some(searching), Some(libraries), Some(look)) = (
            self.json("searching")?,
            self.json("libraries")?,
            self.json("look")?,
        ) else {
            return Ok(None);
        };
        Ok(Some(About {
            searching,
            libraries,
            look,
        }))
    }

    /// How `settings` differ from those of the run.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn changed(&self, settings: &Settings) -> Result<Changed, StoreError> {
        let Some(about) = self.about()? else {
            return Ok(Changed::default());
        };
        Ok(Changed {
            searching: differences(&about.searching, &settings.searching()),
            look: differences(&about.look.listed(), &settings.look.listed()),
        })
    }

    /// Keeps the settings of a run.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be written.
    pub fn set_about(&self, about: &About) -> Result<(), StoreError> {
        self.set_json("searching", &about.searching)?;
        self.set_json("libraries", &about.libraries)?;
        self.set_json("look", &about.look)
    }

    fn json<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let text = self.value(name)?;
        text.map(|text| self.read(&text)).transpose()
    }

    fn set_json<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        self.set_value(name, &serde_json::to_string(value)?)
    }
}
