//! Where a letter stands in its conversation: what it answers, and the ancestors of that.

use inroad_model::MessageId;

use crate::message_id::is_fit;

/// Most ancestors that a letter names. The oldest and the newest are kept, as RFC 5537, 3.4.4 has it.
pub const REFERENCES_MAX: usize = 20;

/// `In-Reply-To` and `References` of an answer; both empty at the beginning of a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// The letter that is answered.
    pub in_reply_to: Option<MessageId>,
    /// Its ancestors, oldest first, and itself.
    pub references: Vec<MessageId>,
}

impl Thread {
    /// The thread of an answer to a letter, by RFC 5322, 3.6.4: the parent's ancestors (or what it
    /// answers, if it names none and answers one), then the parent. Identifiers that cannot stand in a
    /// header are left out, and so are those that were made up for mail without one.
    pub fn answering(
        parent: &MessageId,
        references: &[MessageId],
        in_reply_to: &[MessageId],
    ) -> Self {
        let ancestors = match (references, in_reply_to) {
            ([], [only]) => std::slice::from_ref(only),
            _ => references,
        };
        let mut chain: Vec<MessageId> = Vec::new();
        for id in ancestors.iter().filter(|id| is_fit(id) && *id != parent) {
            if !chain.contains(id) {
                chain.push(id.clone());
            }
        }
        let in_reply_to = is_fit(parent).then(|| parent.clone());
        chain.extend(in_reply_to.clone());
        let too_many = chain.len().saturating_sub(REFERENCES_MAX);
        if too_many > 0 {
            chain.drain(1..=too_many);
        }
        Self { in_reply_to, references: chain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &str) -> Vec<MessageId> {
        let full = |name| MessageId::new(&format!("{name}@lindner.example")).unwrap();
        names.split_whitespace().map(full).collect()
    }

    fn check(parent: &str, references: &str, in_reply_to: &str, expected: &str) {
        let parent = ids(parent).remove(0);
        let thread = Thread::answering(&parent, &ids(references), &ids(in_reply_to));
        assert_eq!(thread.references, ids(expected));
        assert_eq!(thread.in_reply_to, Some(parent));
    }

    #[test]
    fn answers() {
        check("p", "", "", "p");
        check("p", "a b", "b", "a b p");
        check("p", "", "b", "b p");
        check("p", "", "b c", "p");
        check("p", "a b a p", "", "a b p");
        let many: Vec<String> = (0..40).map(|n| format!("n{n}")).collect();
        let kept: Vec<String> =
            std::iter::once("n0".to_owned()).chain(many[22..].iter().cloned()).collect();
        check("p", &many.join(" "), "", &format!("{} p", kept.join(" ")));
        assert_eq!(kept.len() + 1, REFERENCES_MAX);
    }

    #[test]
    fn what_nobody_wrote_is_not_named() {
        let made_up = MessageId::new("00@generated.inroad.invalid").unwrap();
        assert_eq!(Thread::answering(&made_up, &[], &[]), Thread::default());
        let thread = Thread::answering(&made_up, &ids("a"), &[]);
        assert_eq!((thread.in_reply_to, thread.references), (None, ids("a")));
    }
}
