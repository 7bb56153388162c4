//! `specid library`.

mod args;
mod change;
mod collect;
mod curate;
mod fetch;
mod generations;
mod import;
mod log;
mod plot;
mod recording;
mod stats;
mod view;

use super::{Ending, check, keys, publish, receive};
use anyhow::Result;
use args::LibraryCommand;
use std::io::Write;

pub(super) use args::LibraryArgs;
pub(super) use change::{ChangeArgs, Session, now};
pub(super) use collect::CollectArgs;
pub(super) use curate::{AddArgs, EditArgs, MarkArgs};
pub(super) use fetch::FetchArgs;
pub(super) use generations::side;
pub(super) use generations::{DiffArgs, RollbackArgs};
pub(super) use import::{BuildArgs, ImportArgs, told_findings};
pub(super) use log::LogArgs;
pub(super) use plot::PlotArgs;
pub(super) use recording::change as record_change;
pub(super) use stats::StatsArgs;

pub(super) fn run(args: &LibraryArgs, out: &mut dyn Write) -> Result<Ending> {
    match &args.command {
        LibraryCommand::Import(args) => import::import(args, out),
        LibraryCommand::Fetch(args) => fetch::fetch(args, out),
        LibraryCommand::Build(args) => import::build(args, out),
        LibraryCommand::Add(args) => curate::add(args, out),
        LibraryCommand::Edit(args) => curate::edit(args, out),
        LibraryCommand::Deprecate(args) => curate::deprecate(args, out),
        LibraryCommand::Restore(args) => curate::restore(args, out),
        LibraryCommand::Log(args) => log::log(args, out),
        LibraryCommand::Diff(args) => generations::diff(args, out),
        LibraryCommand::Rollback(args) => generations::rollback(args, out),
        LibraryCommand::Gc(args) => collect::run(args, out),
        LibraryCommand::Stats(args) => stats::stats(args, out),
        LibraryCommand::Plot(args) => plot::plot(args, out),
        LibraryCommand::List(args) => view::list(args, out),
        LibraryCommand::Show(args) => view::show(args, out),
        LibraryCommand::Info(args) => view::info(args, out),
        LibraryCommand::Export(args) => view::export(args, out),
        LibraryCommand::Check(args) => check::run(args, out),
        LibraryCommand::Publish(args) => publish::run(args, out),
        LibraryCommand::Receive(args) => receive::run(args, out),
        LibraryCommand::Key(args) => keys::run(args, out),
    }
}
