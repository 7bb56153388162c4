//! `specid screen`.

mod alerts;
mod args;
mod listing;
mod merge;
mod opening;
mod policy;
mod progress;
mod recording;
mod resolve;
mod said;
mod session;
mod summary;
mod watch;

pub(super) use alerts::FILE as ALERTS;
pub(super) use args::ScreenArgs;
pub(super) use merge::{MergeArgs, run as merge};

use super::{Ending, locate, whole};
use crate::chromatogram::Settings as Smallest;
use crate::report::Law;
use crate::screen::settings::Hypotheses;
use crate::screen::{Identifier, Panel};
use crate::substance::On;
use anyhow::Result;
pub(super) use said::{record_of, record_of_run};
use session::Session;
use std::cell::{Cell, RefCell};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn run(args: &ScreenArgs, out: &mut dyn Write) -> Result<Ending> {
    let file = args.policy.as_deref().map(policy::read).transpose()?;
    let policy = args.policy_flags.clone().or(file.unwrap_or_default());
    let register = locate::register()?;
    let libraries = resolve::libraries(&policy)?;
    let recorder = args.record.recorder()?;
    if recorder.is_some() {
        for (_, library) in &libraries {
            whole::required(library)?;
        }
    }
    let smallest = Smallest::default();
    let method = policy.measured.read(smallest, &policy.overrides)?;
    let settings = resolve::settings(&policy, &libraries, &register, &method)?;
    let law = Law {
        register: &register,
        on: On::from(policy.on),
        national: None,
    };
    let targets = resolve::substances(&register, &libraries, "--targets", &policy.targets)?;
    let mixtures = resolve::mixtures(&register, &libraries, &settings)?;
    let identifiers = libraries
        .iter()
        .map(|(technique, library)| {
            let options = settings.options.clone();
            let mut identifier = Identifier::new(library, law, options, &targets);
            if let Some(mixtures) = &mixtures {
                identifier = identifier.with_components(mixtures.clone());
            }
            if settings.hypotheses != Hypotheses::Never {
                identifier = identifier.with_hypotheses(settings.hypotheses == Hypotheses::Always);
            }
            (technique.clone(), identifier)
        })
        .collect();
    let given = policy.overrides.given();
    let mut of_peaks = settings.parameters();
    policy.measured.state(&smallest, &mut of_peaks);
    let panel = Panel::new(identifiers, settings.techniques.clone(), given)
        .with_method(method)
        .with_parameters(settings.parameters(), of_peaks);
    let session = Session {
        args,
        measured: &policy.measured,
        settings: &settings,
        panel: &panel,
        limits: given.limits,
        stop: stop_on_interrupt()?,
        watches: RefCell::new(args.watching.open()?),
        raised: RefCell::default(),
        lost: Cell::new(0),
        idle_rows: Cell::new(0),
        manifests: RefCell::default(),
        recorder,
    };
    session.run(out)
}

/// Set by the first Ctrl-C (or termination); the second ends the program at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            // What was stored is whole: the store's transactions are all or nothing.
            std::process::exit(130);
        }
        eprintln!("specid: finishing the files in hand; Ctrl-C again ends at once");
    })?;
    Ok(stop)
}
