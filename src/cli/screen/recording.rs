//! What a session appends to a record when it ends.

use super::said::{RECORD, said};
use super::session::{Inputs, Session};
use crate::cli::locate;
use crate::cli::record::{Recorder, absolute, told, used};
use crate::record::{Draft, Kind, LibraryUsed};
use crate::screen::output::{FILES, Summary};
use crate::screen::store::Store;
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Records a session with what was said of each file of the run.
///
/// # Errors
/// Where the store cannot be read or the entry cannot be written.
pub(super) fn record(
    recorder: &Recorder,
    session: &Session<'_, '_>,
    inputs: &Inputs,
    store: &Store,
    summary: &Summary,
) -> Result<()> {
    let args = session.args;
    let settings: Map<String, Value> = summary
        .settings
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect();
    let names: Vec<String> = inputs.names.iter().map(|p| absolute(p)).collect();
    let outputs = FILES
        .iter()
        .map(|name| used("output", &args.out.join(name)));
    let outputs: Vec<_> = outputs.filter(|file| file.sha256.is_some()).collect();
    let result = json!({
        "run": absolute(&args.out),
        "names": names,
        "settings": settings,
        "libraries": summary.libraries,
        "manifest": inputs.manifest.as_ref().map(|m| m.sha256.as_str()),
        "files_done": summary.done,
        "files_waiting": summary.waiting,
        "outputs": outputs,
        "files": said(store)?,
    });
    let mut draft = Draft::new(Kind::Screening, result);
    let register = locate::unknowns(args.watching.register.as_deref()).ok();
    let register = register.filter(|path| path.is_file());
    let manifest = inputs.manifest.as_ref().map(|m| m.path.clone());
    let named = [
        ("manifest", manifest),
        ("policy", args.policy.clone()),
        ("files-from", args.files_from.clone()),
        ("register", register),
    ];
    let listed = named
        .into_iter()
        .filter_map(|(role, path)| Some((role, path?)));
    let measured = session.measured.files();
    let listed = listed.chain(measured.map(|(role, path)| (role, path.to_owned())));
    draft.inputs = listed
        .filter(|(_, path)| path != Path::new("-"))
        .map(|(role, path)| used(role, &path))
        .collect();
    draft.library = summary.libraries.first().map(|library| LibraryUsed {
        name: library.name.clone(),
        generation: library.generation,
        hash: library.hash.clone(),
        location: library.location.clone(),
    });
    store.set_value(RECORD, &absolute(recorder.path()))?;
    let place = recorder.append_one(draft)?;
    eprintln!("specid: {}", told(&place));
    Ok(())
}
