//! What several techniques say of one sample together, by the scheme of SWGDRUG.
#![doc = include_str!("guide.md")]

mod agreement;
mod case;
mod finding;
mod next;
mod run;
mod scheme;
mod separate;
mod stated;
mod weigh;

pub use agreement::{Common, common};
pub use case::{Case, LIMITS, Leads, Means, SCHEMA, SchemeUsed, Supported};
pub use finding::{Claim, Finding, Named, Origin, Outcome};
pub use next::{Asked, NextTest, next_tests};
pub use scheme::{
    Category, Difference, Downgrade, Lessening, Method, Minimum, Scheme, SchemeError,
};
pub use separate::{Pair, Separation, Separator};
pub use stated::{Bench, stated};
pub use weigh::{Judged, Weighed, judge, weigh};
