#![doc = include_str!("guide.md")]

mod alike;
mod consensus;
mod error;
mod group;
mod hypothesis;
mod linkage;
mod notice;
mod observation;
mod points;
mod proof;
mod register;
mod regroup;
#[doc = include_str!("session.md")]
pub mod session {}
mod watch;

pub use alike::{Alike, Likeness, Measure};
pub use consensus::consensus;
pub use error::RegisterError;
pub use group::Unknown;
pub use hypothesis::Hypothesis;
pub use linkage::Strains;
pub use notice::{Notice, NoticeError, Notices};
pub use observation::{DayIs, Observation, Said};
pub use points::{Ion, Points};
pub use proof::{KeptLetter, Proof};
pub use register::{Change, Clustered, Kept, Placed, Register};
pub use watch::{Taken, Watch, Watches};
