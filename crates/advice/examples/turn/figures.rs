//! The figures: area, and what is found where 5 % of the controls alarm.

use inroad_advice::rhythm::turn::answers::Answer;
use inroad_advice::rhythm::turn::weigh::Evidence;
use inroad_advice::rhythm::turn::{TOLD_FROM, probability, turned};
use inroad_stats::{Prior, auc, logistic};

use crate::splice::{Case, Half};

/// The share of controls that may alarm.
const FALSE_ALARMS: f64 = 0.05;

/// The scores of one case, one for each answer after the change.
#[derive(Debug)]
pub(crate) struct Scored {
    pub set: String,
    pub half: Half,
    changes: bool,
    scores: Vec<f64>,
}

impl Scored {
    pub(crate) fn new(case: &Case, scores: Vec<f64>) -> Self {
        Self { set: case.set.clone(), half: case.half, changes: case.changes, scores }
    }

    fn most(&self) -> f64 {
        self.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    fn within(&self, answers: usize, threshold: f64) -> bool {
        self.scores.iter().take(answers).any(|score| *score > threshold)
    }
}

/// Prints: what, method, half, set, controls, changed, area, share found within 3, 6, 12 answers.
pub(crate) fn print(name: &str, by: &str, half: Half, set: &str, cases: &[&Scored]) {
    let (changed, controls): (Vec<&Scored>, Vec<&Scored>) =
        cases.iter().copied().partition(|case| case.changes);
    if changed.is_empty() || controls.is_empty() {
        return;
    }
    let outcomes: Vec<bool> = cases.iter().map(|case| case.changes).collect();
    let most: Vec<f64> = cases.iter().map(|case| case.most()).collect();
    let area = auc(&outcomes, &most).unwrap();
    let threshold = threshold(&controls);
    let found = [3, 6, 12].map(|n| share(&changed, |case| case.within(n, threshold)));
    let [in_3, in_6, in_12] = found;
    let half = format!("{half:?}").to_lowercase();
    println!(
        "{name}\t{by}\t{half}\t{set}\t{}\t{}\t{area:.3}\t{in_3:.3}\t{in_6:.3}\t{in_12:.3}",
        controls.len(),
        changed.len(),
    );
}

/// The score that 5 % of the controls pass, between neighbours as numpy does it.
fn threshold(controls: &[&Scored]) -> f64 {
    let mut most: Vec<f64> = controls.iter().map(|case| case.most()).collect();
    most.sort_by(f64::total_cmp);
    let rank = (1.0 - FALSE_ALARMS) * (most.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
    let low = rank.floor() as usize;
    let high = most[(low + 1).min(most.len() - 1)];
    most[low] + (rank - rank.floor()) * (high - most[low])
}

fn share(cases: &[&Scored], is: impl Fn(&Scored) -> bool) -> f64 {
    cases.iter().filter(|case| is(case)).count() as f64 / cases.len() as f64
}

fn of_half(scored: &[Scored], half: Half, changes: bool) -> Vec<&Scored> {
    scored.iter().filter(|case| case.half == half && case.changes == changes).collect()
}

/// On the tuning half: how the score at the twelfth answer becomes log-odds where as many changed
/// as did not, and the probability that 5 % of the controls pass.
pub(crate) fn print_calibration(scored: &[Scored]) {
    let (changed, controls) =
        (of_half(scored, Half::Tuning, true), of_half(scored, Half::Tuning, false));
    let both: Vec<&Scored> = changed.iter().chain(&controls).copied().collect();
    let rows: Vec<f64> = both.iter().flat_map(|case| [1.0, *case.scores.last().unwrap()]).collect();
    let outcomes: Vec<f64> = both.iter().map(|case| f64::from(u8::from(case.changes))).collect();
    let fit = logistic(&rows, 2, &outcomes, None, &Prior::flat(2)).unwrap();
    let balance = (changed.len() as f64 / controls.len() as f64).ln();
    let (intercept, slope) = (fit.mode[0] - balance, fit.mode[1]);
    let from = probability(&Evidence { from: 0, at: 0, ln_factor: threshold(&controls) });
    println!("calibration\t{intercept:.2}\t{slope:.2}\t{from:.3}");
}

/// With the threshold that the program has: alarms among controls and changed of each half.
pub(crate) fn print_shipped(scored: &[Scored]) {
    for half in [Half::Tuning, Half::Reported] {
        let told = |case: &Scored| {
            probability(&Evidence { from: 0, at: 0, ln_factor: case.most() }) >= TOLD_FROM
        };
        let false_alarms = share(&of_half(scored, half, false), told);
        let found = share(&of_half(scored, half, true), told);
        println!("told\t{}\t{false_alarms:.3}\t{found:.3}", format!("{half:?}").to_lowercase());
    }
}

/// How often it would have spoken while real pairs wrote, where nothing was spliced.
#[derive(Debug, Default)]
pub(crate) struct AsItWas {
    answers: u32,
    told: u32,
    turns: u32,
}

impl AsItWas {
    pub(crate) fn take(&mut self, answers: &[Answer]) {
        let mut telling = false;
        for end in 12..=answers.len() {
            let told = turned(&answers[..end]).is_some();
            self.answers += 1;
            self.told += u32::from(told);
            self.turns += u32::from(told && !telling);
            telling = told;
        }
    }

    pub(crate) fn print(&self) {
        let per = |n: u32| 100.0 * f64::from(n) / f64::from(self.answers);
        println!("as it was\t{}\t{:.1}\t{:.2}", self.answers, per(self.told), per(self.turns));
    }
}
