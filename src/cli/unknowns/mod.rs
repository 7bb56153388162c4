//! `specid unknowns`: the register of unknowns.

mod add;
mod args;
mod cluster;
mod desk;
mod export;
mod facts;
mod hypothesis;
mod list;
mod name;
mod receive;
mod recheck;
mod show;
mod sources;
mod watches;

pub(super) use args::UnknownsArgs;

use super::Ending;
use super::locate;
use crate::unknowns::Register;
use anyhow::Result;
use args::UnknownsCommand;
use std::io::Write;

pub(super) fn run(args: &UnknownsArgs, out: &mut dyn Write) -> Result<Ending> {
    let path = locate::unknowns(args.register.as_deref())?;
    let there = || Register::open_existing(&path);
    match &args.command {
        UnknownsCommand::Add(args) => add::run(args, &path, out),
        UnknownsCommand::List(args) => list::run(args, &there()?, out),
        UnknownsCommand::Show(args) => show::run(args, &there()?, out),
        UnknownsCommand::Cluster(args) => cluster::run(args, &there()?, out),
        UnknownsCommand::Name(args) => name::run(args, &there()?, out),
        UnknownsCommand::Recheck(args) => recheck::run(args, &there()?, out),
        UnknownsCommand::Export(args) => export::export(args, &there()?, out),
        UnknownsCommand::Withdraw(args) => export::withdraw(args, &there()?, out),
        UnknownsCommand::Receive(args) => receive::run(args, &Register::open(&path)?, out),
        UnknownsCommand::Watches(args) => watches::list(args, &there()?, out),
        UnknownsCommand::Unwatch(args) => watches::end(args, &there()?, out),
    }
}
