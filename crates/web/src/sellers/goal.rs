//! What one practises: one habit, a small step a week, how it goes, and what a coach says.

use inroad_model::EmailAddress;
use inroad_service::seller_habits::goals;
use inroad_service::{Goal, Goals, Selling};
use maud::{Markup, html};

use super::{GOAL, trend};
use crate::forms::{hidden, hidden_key};
use crate::parts;
use crate::visit::Visit;

pub(super) fn page(selling: &Selling, visit: &Visit) -> Markup {
    html! {
        p { a href="/sellers/me" { "← Your selling" } }
        h1 { "What you practise" }
        p.lead { "One habit at a time. It takes weeks until it needs no thought, and that is how it should be." }
        @if let Some(goals) = &selling.goals {
            @if let Some(goal) = &goals.now { (shown(goal, Some(visit))) }
            (choose(goals, visit))
            (before(goals))
        }
    }
}

/// A habit and how it goes; with a visit it is one's own and can be ticked.
pub(super) fn shown(goal: &Goal, own: Option<&Visit>) -> Markup {
    let habit = goal.habit;
    html! {
        h2 { (habit.title) }
        p { (habit.why) }
        h3 { "A step a week, since " (parts::date(goal.since)) }
        ol.practice { @for (text, step) in habit.steps.iter().zip(1_u32..) {
            @let is_done = goal.done.contains(&step);
            li {
                @if goal.step == step as usize { strong { "This week: " } }
                (text) " "
                @if is_done { span.quiet { "(done)" } }
                @else if let Some(visit) = own.filter(|_| goal.step >= step as usize) {
                    form.line method="post" action="/sellers/goal/done" {
                        (hidden(&visit.form_key, GOAL))
                        input type="hidden" name="goal" value=(goal.number);
                        button.small type="submit" name="step" value=(step) aria-label={ "Done: step " (step) } { "Done" }
                    }
                }
            }
        } }
        h3 { "How it goes" }
        (trend::shown(habit.measure, &goal.trend, goal.since))
        h3 id="notes" { "What a coach says" }
        @if goal.notes.is_empty() {
            p.quiet { "Nothing. Whom you let look at what you practise may write here." }
        }
        ul.written { @for (number, by, at, words) in &goal.notes {
            li {
                p { (words) " " small.quiet { (by) ", " (parts::day(Some(*at))) } }
                @if let Some(visit) = own {
                    form.line method="post" action={ "/sellers/words/" (number) "/back" } {
                        (hidden(&visit.form_key, &format!("{GOAL}#notes")))
                        button.small type="submit" { "Remove" }
                    }
                }
            }
        } }
    }
}

/// The form in which a coach writes.
pub(super) fn note_form(email: &EmailAddress, visit: &Visit) -> Markup {
    let page = format!("/sellers/{}", parts::escape(email.as_str()));
    html! {
        form method="post" action={ (page) "/note" } {
            (hidden(&visit.form_key, &page))
            label for="note" { "A word of yours to this, as their coach" }
            textarea name="words" id="note" rows="3" maxlength="2000" required {}
            div.row { button type="submit" { "Keep it for them" } }
        }
    }
}

fn choose(goals: &Goals, visit: &Visit) -> Markup {
    let now = goals.now.as_ref().map(|goal| goal.habit.name.as_str());
    html! {
        section.setting {
            h2 { @if now.is_some() { "Practise something else" } @else { "Choose one" } }
            form method="post" action=(GOAL) {
                (hidden_key(&visit.form_key))
                fieldset {
                    legend { "The habit" }
                    @for habit in goals::all() {
                        label.choice { input type="radio" name="habit" value=(habit.name) required checked[now == Some(habit.name.as_str())]; " " (habit.title) ". " span.quiet { (habit.why) } }
                    }
                }
                label for="since" { "Since when (today, if you leave it empty)" }
                input type="date" name="since" id="since";
                div.row { button type="submit" { "Begin" } }
            }
        }
    }
}

fn before(goals: &Goals) -> Markup {
    html! {
        @if !goals.before.is_empty() {
            details.folded {
                summary { "What you practised before" }
                ul { @for (title, since) in &goals.before { li { (title) ", since " (parts::date(*since)) } } }
            }
        }
    }
}
