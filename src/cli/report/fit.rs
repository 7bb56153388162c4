//! The fit of a mixture, made again for its figure.

use crate::cli::{locate, targets};
use crate::library::Library;
use crate::mixture::{Drawn, MixtureOptions, Mixtures};
use crate::report::Parameters;
use crate::spectrum::Spectrum;
use crate::statement::input::Ranked;
use serde_json::Value;
use std::rc::Rc;

/// The fit, where taking the spectrum apart again gives the components that the result names; `None` where it
/// is of one substance, or cannot be made again.
pub(super) fn again(result: &Ranked, spectrum: &Spectrum, library: &Library) -> Option<Rc<Drawn>> {
    if !result.is_mixed() {
        return None;
    }
    let options = options(result.parameters.as_ref(), library)?;
    let found = Mixtures::new(library, options)
        .components(spectrum)
        .ok()??;
    let ids: Vec<String> = found
        .components
        .iter()
        .map(|component| {
            library
                .entry(component.hit.entry)
                .ok()
                .map(|entry| entry.id)
        })
        .collect::<Option<_>>()?;
    let told: Vec<&str> = result
        .components
        .iter()
        .flatten()
        .map(|c| c.entry_id.as_str())
        .collect();
    (ids == told).then_some(found.drawn?).map(Rc::new)
}

fn options(parameters: Option<&Parameters>, library: &Library) -> Option<MixtureOptions> {
    let usual = MixtureOptions::default();
    let Some(parameters) = parameters else {
        return Some(usual);
    };
    let most = parameters.0.get("max-components").and_then(Value::as_u64);
    Some(MixtureOptions {
        max_components: most
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(usual.max_components),
        known: targets::known(
            &locate::register().ok()?,
            &[library],
            &parameters.names("known"),
        )
        .ok()?,
        max_shift: parameters.0.get("max-shift").and_then(Value::as_f64),
    })
}
