//! National overlays, through the binary.

mod cells;
#[path = "../common/mod.rs"]
mod common;
mod doubts;
mod entry_faults;
mod fault_table;
mod faults;
mod made;
mod shipped;
mod signed;
mod status;
mod used;
