//! What to do with a folder: what was kept of it, against what the server says of it now.
//!
//! A server's word is believed only where it fits. Reading a folder anew costs time and loses
//! nothing, since whoever keeps messages knows those that are there already; believing a wrong
//! word loses mail. So in doubt a folder is begun anew.
//!
//! Must not: ask a server, or read a clock.

use std::num::{NonZeroU32, NonZeroU64};

use crate::UidSet;

/// What was kept of a folder when it was last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Under which validity its numbers were given.
    pub uid_validity: NonZeroU32,
    /// The number that the next message was to get, if the server said so.
    pub uid_next: Option<NonZeroU32>,
    /// The folder's state of changes up to which flags are known.
    pub modseq: Option<NonZeroU64>,
    /// How many messages it held, those that were left out counted too.
    pub exists: u32,
    /// The messages that were seen in it and not told to be gone.
    pub uids: UidSet,
}

/// What a server says when a folder is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// Under which validity its numbers are given; 0 and silence are both none.
    pub uid_validity: Option<NonZeroU32>,
    /// The number that the next message will get.
    pub uid_next: Option<NonZeroU32>,
    /// How many messages it holds.
    pub exists: u32,
    /// The folder's state of changes; none where the server does not count them.
    pub highest_modseq: Option<NonZeroU64>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Nothing is kept yet: read all of it.
    Begin,
    /// What is kept holds no more: forget the numbers, keep the messages, read all of it.
    BeginAnew(Reason),
    /// Nothing changed since.
    NothingNew,
    /// Fetch what is new, and ask for what changed.
    GoOn(GoOn),
    /// The server gives its messages no lasting numbers, so they cannot be followed.
    CannotFollow,
}

/// Why what is kept of a folder holds no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The server numbered its messages anew, as it may.
    ValidityChanged,
    /// The next number became smaller under the same validity: the folder was put back from an
    /// older copy, or the server is wrong.
    NextNumberShrank,
}

/// What is to be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoOn {
    /// Messages with this number and higher ones are new; none if there are none.
    pub new_from: Option<NonZeroU32>,
    /// How changes of flags are found among the known messages.
    pub flags: FlagChanges,
    /// Whether known messages may be gone.
    pub may_be_gone: bool,
}

/// How changes of flags are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagChanges {
    /// There are none.
    None,
    /// Those since that state.
    Since(NonZeroU64),
    /// The server does not count changes, or its count went back: by looking at all of them.
    LookAtAll,
}

/// Compares what is kept with what the server says.
pub fn plan(kept: Option<&Kept>, told: &Told) -> Plan {
    let Some(validity) = told.uid_validity else { return Plan::CannotFollow };
    let Some(kept) = kept else { return Plan::Begin };
    if kept.uid_validity != validity {
        return Plan::BeginAnew(Reason::ValidityChanged);
    }
    let after_known = kept
        .uids
        .last()
        .map_or(Some(NonZeroU32::MIN), |last| last.checked_add(1).and_then(NonZeroU32::new));
    let expected = kept.uid_next.max(after_known);
    if let (Some(expected), Some(next)) = (expected, told.uid_next)
        && next < expected
    {
        return Plan::BeginAnew(Reason::NextNumberShrank);
    }
    let known = kept.uids.len();
    let same_next = told.uid_next.is_some() && told.uid_next == expected;
    // A message that came and went in between moved the next number without leaving anything.
    let new_from = if same_next || told.exists == 0 { None } else { expected };
    let flags = match (kept.modseq, told.highest_modseq) {
        _ if known == 0 || told.exists == 0 => FlagChanges::None,
        (Some(kept), Some(told)) if told == kept => FlagChanges::None,
        (Some(kept), Some(told)) if told > kept => FlagChanges::Since(kept),
        _ => FlagChanges::LookAtAll,
    };
    // As many as before may still be others, one gone and one come, unless nothing came.
    let may_be_gone = known > 0 && !(same_next && told.exists == kept.exists);
    if new_from.is_none() && flags == FlagChanges::None && !may_be_gone {
        return Plan::NothingNew;
    }
    Plan::GoOn(GoOn { new_from, flags, may_be_gone })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Validity, next number, state of changes, known numbers.
    fn kept(validity: u32, next: u32, modseq: u64, uids: &str) -> Kept {
        let uids = if uids.is_empty() { UidSet::new() } else { UidSet::parse(uids).unwrap() };
        Kept {
            uid_validity: NonZeroU32::new(validity).unwrap(),
            uid_next: NonZeroU32::new(next),
            modseq: NonZeroU64::new(modseq),
            exists: u32::try_from(uids.len()).unwrap(),
            uids,
        }
    }

    /// Validity, next number, state of changes, how many there are; 0 is untold.
    fn told(validity: u32, next: u32, modseq: u64, exists: u32) -> Told {
        Told {
            uid_validity: NonZeroU32::new(validity),
            uid_next: NonZeroU32::new(next),
            exists,
            highest_modseq: NonZeroU64::new(modseq),
        }
    }

    fn go_on(new_from: u32, flags: FlagChanges, may_be_gone: bool) -> Plan {
        Plan::GoOn(GoOn { new_from: NonZeroU32::new(new_from), flags, may_be_gone })
    }

    #[test]
    fn what_to_do() {
        use FlagChanges::{LookAtAll, None as Same, Since};
        let since = |state| Since(NonZeroU64::new(state).unwrap());
        let shrank = Plan::BeginAnew(Reason::NextNumberShrank);
        let cases = [
            // Nothing kept, or nothing to hold on to.
            (None, told(7, 1, 1, 0), Plan::Begin),
            (None, told(0, 10, 1, 9), Plan::CannotFollow),
            (Some(kept(7, 4, 5, "1:3")), told(0, 4, 5, 3), Plan::CannotFollow),
            // Numbered anew.
            (
                Some(kept(7, 4, 5, "1:3")),
                told(8, 4, 5, 3),
                Plan::BeginAnew(Reason::ValidityChanged),
            ),
            // Numbers that went back.
            (Some(kept(7, 4, 5, "1:3")), told(7, 3, 5, 2), shrank.clone()),
            (Some(kept(7, 0, 5, "1:9")), told(7, 9, 5, 9), shrank.clone()),
            (Some(kept(7, 4, 5, "1:3")), told(7, 1, 5, 0), shrank),
            // Nothing happened.
            (Some(kept(7, 4, 5, "1:3")), told(7, 4, 5, 3), Plan::NothingNew),
            (Some(kept(7, 1, 0, "")), told(7, 1, 0, 0), Plan::NothingNew),
            // Came and went again.
            (Some(kept(7, 1, 1, "")), told(7, 9, 3, 0), Plan::NothingNew),
            // Something new.
            (Some(kept(7, 4, 5, "1:3")), told(7, 6, 8, 5), go_on(4, since(5), true)),
            (Some(kept(7, 1, 1, "")), told(7, 2, 2, 1), go_on(1, Same, false)),
            // Flags only, with and without a count of changes.
            (Some(kept(7, 4, 5, "1:3")), told(7, 4, 6, 3), go_on(0, since(5), false)),
            (Some(kept(7, 4, 0, "1:3")), told(7, 4, 0, 3), go_on(0, LookAtAll, false)),
            (Some(kept(7, 4, 5, "1:3")), told(7, 4, 0, 3), go_on(0, LookAtAll, false)),
            (Some(kept(7, 4, 5, "1:3")), told(7, 4, 2, 3), go_on(0, LookAtAll, false)),
            // Something gone.
            (Some(kept(7, 4, 5, "1:3")), told(7, 4, 6, 2), go_on(0, since(5), true)),
            (Some(kept(7, 4, 5, "1:3")), told(7, 4, 6, 0), go_on(0, Same, true)),
            // Of a folder that was read in part, one is gone.
            (
                Some(Kept { exists: 500, ..kept(7, 4, 5, "1:3") }),
                told(7, 4, 6, 499),
                go_on(0, since(5), true),
            ),
            (
                Some(Kept { exists: 500, ..kept(7, 4, 5, "1:3") }),
                told(7, 4, 5, 500),
                Plan::NothingNew,
            ),
            // The server does not say which number comes next: it has to be asked.
            (Some(kept(7, 0, 5, "1:3")), told(7, 0, 5, 3), go_on(4, Same, true)),
            // The last number there is.
            (Some(kept(7, 0, 5, "4294967295")), told(7, 0, 5, 1), go_on(0, Same, true)),
        ];
        for (kept, told, expected) in cases {
            assert_eq!(plan(kept.as_ref(), &told), expected, "{kept:?} {told:?}");
        }
    }

    proptest! {
        /// Whatever a server says, nothing of it is lost: what is there beyond what is known is
        /// read, or there is a reason to begin anew.
        #[test]
        fn nothing_is_lost(
            validity in 0_u32..3, next in 0_u32..12, modseq in 0_u64..4, exists in 0_u32..12,
            old_next in 0_u32..12, old_modseq in 0_u64..4, left_out in 0_u32..3, known in proptest::collection::vec(1_u32..10, 0..8),
        ) {
            let uids: UidSet = known.into_iter().collect();
            let kept = Kept {
                uid_validity: NonZeroU32::MIN, uid_next: NonZeroU32::new(old_next),
                modseq: NonZeroU64::new(old_modseq), uids: uids.clone(),
                exists: u32::try_from(uids.len()).unwrap() + left_out,
            };
            let told = told(validity, next, modseq, exists);
            match plan(Some(&kept), &told) {
                Plan::Begin => prop_assert!(false, "something is kept"),
                Plan::CannotFollow => prop_assert_eq!(validity, 0),
                Plan::BeginAnew(Reason::ValidityChanged) => prop_assert_ne!(validity, 1),
                Plan::BeginAnew(Reason::NextNumberShrank) => {
                    prop_assert!(next < old_next || uids.last().is_some_and(|last| next <= last));
                }
                Plan::NothingNew => {
                    prop_assert!(uids.is_empty() || exists == kept.exists);
                    prop_assert!(exists == 0 || next > 0);
                }
                Plan::GoOn(what) => {
                    if let Some(from) = what.new_from {
                        prop_assert!(uids.last().is_none_or(|last| from.get() > last));
                    }
                    prop_assert!(uids.is_empty() || exists >= kept.exists || what.may_be_gone);
                }
            }
        }
    }
}
