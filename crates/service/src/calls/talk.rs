//! The numbers of a call that stay when its transcript is gone: who spoke how much, how we asked, and
//! whether a next step was agreed. No word of it.

use inroad_coach::call::{CallReport, Speaker};
use inroad_model::CallTalk;

/// The numbers; `None` where it is not known who of the speakers is us, or nobody else spoke.
pub(super) fn of_call(report: &CallReport) -> Option<CallTalk> {
    let side = |ours: bool| report.speakers.iter().filter(move |s| s.ours == Some(ours));
    side(false).next()?;
    let is_known = report.speakers.iter().all(|speaker| speaker.ours.is_some());
    let ours: f64 = side(true).map(|speaker| speaker.share).sum();
    if !is_known || side(true).next().is_none() || !ours.is_finite() {
        return None;
    }
    let sum = |count: &dyn Fn(&Speaker) -> Option<usize>| side(true).map(count).sum();
    let other = |speaker: &Speaker| {
        let asked = &speaker.questions;
        Some(asked.narrow? + asked.closed? + asked.choice?)
    };
    Some(CallTalk {
        day: report.on,
        ours: ours.clamp(0.0, 1.0),
        open: sum(&|speaker| speaker.questions.open),
        other: sum(&other),
        next_step: report.next_step.is_some(),
    })
}
