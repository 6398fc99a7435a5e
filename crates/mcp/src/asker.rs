//! In whose name an assistant asks, and what it was given leave for.

use inroad_service::{Actor, ApiCaller, Error, Result, Right, Scope};

/// What whoever runs an assistant lets it do beyond asking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leave {
    /// See whole letters, and not only what is concluded with the sentences that show it.
    pub letters: bool,
    /// Propose what a person then confirms or dismisses.
    pub proposals: bool,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// In whose name.
    pub(crate) actor: Actor,
    /// What it has leave for.
    pub(crate) leave: Leave,
    /// What the assistant is called; `None` where it says so itself.
    pub(crate) name: Option<String>,
}

impl Asker {
    /// An assistant of whose data it is, which they started themselves.
    pub fn of_owner(leave: Leave) -> Self {
        Self { actor: Actor::owner(), leave, name: None }
    }

    /// Who shows a token. Whole letters stay here: whoever holds a token may be on another machine, and
    /// nobody sits at this one who would see what it asks for.
    pub fn by_token(caller: &ApiCaller) -> Self {
        let leave = Leave { letters: false, proposals: caller.scopes.contains(&Scope::Propose) };
        Self { actor: caller.actor.clone(), leave, name: Some(caller.name.clone()) }
    }

    /// Somebody who may nothing.
    pub(crate) fn nobody() -> Self {
        Self { actor: Actor::nobody(), leave: Leave::default(), name: None }
    }

    /// Refuses what they may not.
    pub(crate) fn must(&self, right: Right) -> Result<()> {
        if self.actor.is_nobody() {
            return Err(Error::Forbidden { what: "Say first who you are".to_owned() });
        }
        self.actor.must(right)
    }
}
