//! The chapter about the rules of the coach.

use std::fmt::Write;

use inroad_coach::draft::{Channel, Stage};
use inroad_coach::rules::Pack;
use inroad_coach::rules::rule::{Example, Grade, Rule};

pub(super) fn chapter() -> String {
    let pack = Pack::shipped();
    let mut text = String::from(
        "# What the coach looks at\n\nThe rules, group by group: why each matters, what to do instead, and what that rests on. This\nchapter is made from the files in [playbook/coach](../playbook/coach) by `cargo xtask manual`;\n[the coach](coach.md) says how to change a rule, put it to rest, or add one.\n",
    );
    for (group, about) in pack.groups() {
        // Writing to a text never fails.
        let _ok = write!(text, "\n## {group}\n\n{about}\n");
        for ready in pack.rules().iter().filter(|ready| ready.group == *group) {
            describe(&mut text, &ready.rule);
        }
    }
    text
}

fn describe(text: &mut String, rule: &Rule) {
    let mut paragraph = |line: &str| {
        text.push('\n');
        text.push_str(line);
        text.push('\n');
    };
    paragraph(&format!("### {}", rule.says));
    let fixed = if rule.fixed { " · stays as it is" } else { "" };
    let of = only_for(rule);
    paragraph(&format!("`{}` · {}{of}{fixed}", rule.id, rule.severity.as_str()));
    paragraph(&format!("{} **Instead:** {}", rule.why, rule.fix));
    paragraph(&format!("Rests on {}: {}.", grade(rule.source.grade), rule.source.says));
    // Where the same words are right for one person and wrong for another, they show nothing.
    let (bad, good) = (rule.bad.first(), rule.good.first());
    if let (Some(bad), Some(good)) = (bad, good)
        && bad.text != good.text
    {
        paragraph(&format!("Not so:\n\n{}", fenced(bad)));
        paragraph(&format!("But so:\n\n{}", fenced(good)));
    }
}

/// The ways and stages for which it is, where it is not for all.
fn only_for(rule: &Rule) -> String {
    let channels: Vec<&str> = rule.channels.iter().copied().map(Channel::as_str).collect();
    let stages: Vec<&str> = rule.stages.iter().copied().map(Stage::as_str).collect();
    let lists = [channels, stages].into_iter().filter(|list| !list.is_empty());
    lists.flat_map(|list| [" · ".to_owned(), list.join(", ")]).collect()
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Law => "law",
        Grade::Published => "a published figure",
        Grade::Measured => "a figure measured here",
        Grade::Articles => "articles on selling",
        Grade::Opinion => "good sense",
    }
}

fn fenced(example: &Example) -> String {
    format!("```text\n{}\n```", example.text.trim_end())
}
