//! Countries and places, each in one spelling throughout an export.

use super::Desk;
use super::sift::Claimed;
use crate::cases::Spellings;

/// The spellings of an export.
pub(super) struct Names {
    countries: Spellings,
    places: Spellings,
}

impl Names {
    /// Of all that is counted, and of the desk.
    pub fn of(claimed: &[Claimed<'_>], desk: &Desk<'_>) -> Self {
        let all = || claimed.iter().map(|c| &c.sample.fields);
        let countries = all().filter_map(|fields| fields.get("country"));
        Self {
            countries: Spellings::of(countries.chain(desk.header.country.as_deref())),
            places: Spellings::of(all().filter_map(|fields| fields.get("place"))),
        }
    }

    /// The country that the manifest states for a sample.
    pub fn country(&self, claimed: &Claimed<'_>) -> Option<String> {
        let stated = claimed.sample.fields.get("country");
        stated.map(|country| self.countries.one(country))
    }

    /// The place that the manifest states for a sample.
    pub fn place(&self, claimed: &Claimed<'_>) -> Option<String> {
        let stated = claimed.sample.fields.get("place");
        stated.map(|place| self.places.one(place))
    }
}
