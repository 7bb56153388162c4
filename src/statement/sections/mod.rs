//! The parts of a document in their order.

mod axis;
mod candidates;
mod case;
mod components;
mod control;
mod drawings;
mod evidence;
mod failure;
mod foot;
mod head;
mod hypotheses;
mod look_alikes;
mod national;
mod origin;
mod quality;
mod record;
mod rule;
mod run;
mod scores;
mod undetected;
mod verdict;

pub(super) use case::case;
pub(super) use failure::failed;
pub(super) use foot::foot;
pub(super) use head::{head, part_heading, sample_name};
pub(super) use record::superseded;
pub(super) use run::run;

use super::input::Ranked;
use super::page::Page;
use super::writing::Part;

/// A result.
pub(super) fn ranked(page: &mut Page<'_>, result: &Ranked, part: &Part) {
    verdict::notice(page, result);
    verdict::verdict(page, result);
    rule::rule(page, result);
    verdict::reasons(page, result);
    candidates::candidates(page, result);
    scores::scores(page, result);
    drawings::drawings(page, result, &part.material);
    look_alikes::look_alikes(page, result);
    components::components(page, result);
    hypotheses::hypotheses(page, result);
    evidence::alerts(page, result);
    undetected::undetected(page, result);
    quality::quality(page, result);
    axis::axis(page, result);
    control::control(page, result);
    national::national(page, result);
    origin::library(page, &result.library, &result.candidates, &part.material);
    origin::raw_file(page, result, part);
    record::program(page, result, part);
    record::record(page, result.recorded.as_ref(), result.amends.as_ref(), part);
}
