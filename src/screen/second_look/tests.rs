//! Reasons on spectra made for them.

use super::*;
use crate::decide::VerdictLevel;
use crate::screen::brief::{ComponentBrief, InjectionBrief, MixtureBrief, PeakBrief, Placed};
use crate::screen::sample::judge;
use crate::screen::settings::SampleBy;

fn settings(alert: &[&str]) -> Look {
    Look {
        alert_names: Vec::new(),
        alert: alert.iter().map(|a| (*a).to_owned()).collect(),
        alert_rank: 2,
        axis_limit: 3.0,
        max_false_rate: 0.05,
        require: vec!["case".to_owned()],
        sample_by: SampleBy::Spectrum,
    }
}

fn member(name: &str, status: &str) -> Member {
    Member {
        name: name.to_owned(),
        inchikey: None,
        status: status.to_owned(),
    }
}

fn placed(name: &str, look_alikes: &[Member]) -> Placed {
    Placed {
        shift: 0.5,
        look_alikes: look_alikes.to_vec(),
        ..Placed::made(member(name, "no UN listing known"), 0.9)
    }
}

fn brief(level: VerdictLevel, candidates: Vec<Placed>) -> Brief {
    let named = level == VerdictLevel::Identified;
    let best = candidates.first().map(|c| c.member.clone());
    Brief {
        level: Some(level),
        quality: Some("good".to_owned()),
        set: best.filter(|_| named).into_iter().collect(),
        rate: named.then_some([0.01, 0.0, 0.02]),
        candidates,
        ..Brief::default()
    }
}

fn reasons(spectra: &[&Brief], settings: &Look) -> Vec<Reason> {
    let mut judged = judge(spectra);
    judged.fields.case = Some("C-1".to_owned());
    look(&mut judged, spectra, settings);
    judged.second_look.into_iter().map(|(r, _)| r).collect()
}

#[test]
fn an_alert_is_raised_wherever_the_substance_cannot_be_excluded() {
    let alert = settings(&["drug"]);
    let drug = || placed("Drug", &[]);
    let other = || placed("Other", &[]);
    let named = brief(VerdictLevel::Identified, vec![drug()]);
    assert_eq!(reasons(&[&named], &alert), [Reason::Alert]);
    let alike = placed("Other", &[member("Drug", "1961 Schedule I")]);
    let alike = brief(VerdictLevel::Identified, vec![alike]);
    assert_eq!(
        reasons(&[&alike], &alert),
        [Reason::Alert, Reason::LookAlikes]
    );
    // Second where nothing is named, within the rank; third is beyond it.
    let second = brief(VerdictLevel::Inconclusive, vec![other(), drug()]);
    assert_eq!(reasons(&[&second], &alert)[0], Reason::Alert);
    let third = brief(VerdictLevel::Inconclusive, vec![other(), other(), drug()]);
    assert_eq!(reasons(&[&third], &alert), [Reason::Inconclusive]);
    // Beside a named one it is not what the spectrum is of; another spectrum of the sample may be.
    let beside = brief(VerdictLevel::Identified, vec![other(), drug()]);
    assert_eq!(reasons(&[&beside], &alert), []);
    assert_eq!(
        reasons(&[&beside, &second], &alert),
        [Reason::Alert, Reason::Partial]
    );
}

#[test]
fn limits_are_limits() {
    let usual = settings(&[]);
    let mut shifted = brief(VerdictLevel::Identified, vec![placed("A", &[])]);
    assert_eq!(reasons(&[&shifted], &usual), []);
    shifted.candidates[0].shift = -3.5;
    assert_eq!(reasons(&[&shifted], &usual), [Reason::Axis]);
    let mut unsure = brief(VerdictLevel::Identified, vec![placed("A", &[])]);
    unsure.rate = Some([0.02, 0.0, 0.051]);
    unsure.quality = Some("limited".to_owned());
    assert_eq!(
        reasons(&[&unsure], &usual),
        [Reason::ErrorRate, Reason::Quality]
    );
    let mut judged = judge(&[&shifted]);
    look(&mut judged, &[&shifted], &usual);
    assert!(
        judged
            .second_look
            .iter()
            .any(|(r, _)| *r == Reason::MissingField)
    );
    assert!(judged.priority() > 0);
}

/// A peak at 4.2 min with this share of the area (%).
fn peak(area: f64, of: Brief) -> Brief {
    Brief {
        injection: Some(InjectionBrief::default()),
        peak: Some(PeakBrief {
            number: 1,
            retention_min: 4.2,
            area: 1.0,
            area_percent: area,
            signal_to_noise: 50.0,
            purity: 1.0,
            retention_index: None,
            ratio_to_internal_standard: None,
            in_blank: None,
            saturated: false,
        }),
        ..of
    }
}

#[test]
fn a_candidate_of_a_peak_that_is_unlike_it_is_no_alert() {
    let alert = settings(&["drug"]);
    let drug = |level| peak(30.0, brief(level, vec![placed("Drug", &[])]));
    let open = drug(VerdictLevel::Inconclusive);
    assert_eq!(reasons(&[&open], &alert)[0], Reason::Alert);
    let mut poor = open;
    poor.quality = Some("poor".to_owned());
    assert_eq!(reasons(&[&poor], &alert)[0], Reason::Inconclusive);
    let unlike = drug(VerdictLevel::NotInLibrary);
    assert_eq!(reasons(&[&unlike], &alert), [Reason::NotInLibrary]);
    // What the blank has, too, raises nothing.
    for level in [VerdictLevel::Identified, VerdictLevel::Inconclusive] {
        let mut of_blank = drug(level);
        if let Some(peak) = &mut of_blank.peak {
            peak.in_blank = Some(true);
        }
        assert_eq!(reasons(&[&of_blank], &alert), [Reason::Inconclusive]);
    }
    // A component that is not the strictest is named all the same.
    let other = peak(
        60.0,
        brief(VerdictLevel::Identified, vec![placed("Other", &[])]),
    );
    let named = drug(VerdictLevel::Identified);
    let mut judged = judge(&[&other, &named]);
    look(&mut judged, &[&other, &named], &alert);
    assert_eq!(
        judged.second_look[0],
        (
            Reason::Alert,
            "Drug is on the alert list and is named at 4.20 min.".to_owned()
        )
    );
}

#[test]
fn a_large_peak_beside_what_is_named_is_looked_at() {
    let usual = settings(&[]);
    let named = peak(
        50.0,
        brief(VerdictLevel::Identified, vec![placed("A", &[])]),
    );
    let beside = |area, level| peak(area, brief(level, vec![placed("B", &[])]));
    let odd = beside(20.0, VerdictLevel::NotInLibrary);
    assert_eq!(reasons(&[&named, &odd], &usual), [Reason::NotInLibrary]);
    let trace = beside(4.9, VerdictLevel::NotInLibrary);
    assert_eq!(reasons(&[&named, &trace], &usual), []);
    // What of the quality of a run counts is that of the peaks that are named.
    let mut poor = trace;
    poor.quality = Some("poor".to_owned());
    assert_eq!(reasons(&[&named, &poor], &usual), []);
    let spectra = [&named, &odd];
    let mut judged = judge(&spectra);
    look(&mut judged, &spectra, &usual);
    assert_eq!(
        judged.second_look[0].1,
        "The peak at 4.20 min, 20 % of the area, is not in the library."
    );
}

fn component(name: &str, status: &str, share: f64) -> ComponentBrief {
    ComponentBrief {
        member: member(name, status),
        share,
        words: String::new(),
        interval: [share - 0.05, share + 0.05],
        known: false,
        look_alikes: Vec::new(),
    }
}

/// A spectrum that is identified as "Agent" and has these components.
fn mixed(components: Vec<ComponentBrief>) -> Brief {
    Brief {
        mixture: Some(MixtureBrief {
            components,
            ..MixtureBrief::default()
        }),
        ..brief(VerdictLevel::Identified, vec![placed("Agent", &[])])
    }
}

#[test]
fn a_controlled_component_that_is_not_named_is_told() {
    let none = settings(&[]);
    let agent = || component("Agent", "no UN listing known", 0.75);
    let drug = || component("Drug", "1971 Schedule IV or 1988 Table I", 0.25);
    let both = mixed(vec![agent(), drug()]);
    assert_eq!(reasons(&[&both], &none), [Reason::Component]);
    let alert = settings(&["drug"]);
    assert_eq!(
        reasons(&[&both], &alert),
        [Reason::Alert, Reason::Component]
    );
    // Nothing is named, and one component is.
    let silent = Brief {
        set: Vec::new(),
        level: Some(VerdictLevel::Inconclusive),
        ..mixed(vec![drug()])
    };
    let said = [Reason::Alert, Reason::Component, Reason::Inconclusive];
    assert_eq!(reasons(&[&silent], &alert), said);
    // The user knows of it, it is not controlled, or it is what is named.
    let known = ComponentBrief {
        known: true,
        ..drug()
    };
    assert_eq!(reasons(&[&mixed(vec![agent(), known])], &none), []);
    let sugar = component("Sugar", "not in the register of substances", 0.25);
    assert_eq!(reasons(&[&mixed(vec![agent(), sugar])], &none), []);
    let itself = component("Agent", "1988 Table I", 1.0);
    assert_eq!(reasons(&[&mixed(vec![itself])], &none), []);
}

#[test]
fn a_component_in_the_place_of_what_is_named_is_no_second_one() {
    let none = settings(&[]);
    let alike = ComponentBrief {
        look_alikes: vec![member("Agent", "no UN listing known")],
        ..component("Drug", "1988 Table I", 0.5)
    };
    assert_eq!(reasons(&[&mixed(vec![alike.clone()])], &none), []);
    let agent = component("Agent", "no UN listing known", 0.5);
    let both = mixed(vec![agent.clone(), alike]);
    assert_eq!(reasons(&[&both], &none), [Reason::Component]);
    // What could stand in a component's place raises the alert alone.
    let sugar = ComponentBrief {
        look_alikes: vec![member("Drug", "1988 Table I")],
        ..component("Sugar", "no UN listing known", 0.5)
    };
    let both = mixed(vec![agent, sugar]);
    assert_eq!(reasons(&[&both], &none), []);
    assert_eq!(reasons(&[&both], &settings(&["drug"])), [Reason::Alert]);
}
