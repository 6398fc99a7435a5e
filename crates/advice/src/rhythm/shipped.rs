//! The priors that come with the program.

use std::sync::LazyLock;

use super::prior::{InvalidPrior, RhythmPrior};

static SHIPPED: LazyLock<Result<RhythmPrior, InvalidPrior>> =
    LazyLock::new(|| RhythmPrior::parse(ALL));

const ALL: &str = include_str!("../../priors/rhythm.csv");

/// For each archive that the prior was fitted on, the prior fitted without it, so that the archive
/// can be used to measure how good it is.
const WITHOUT: [(&str, &str); 4] = [
    ("btrfs", include_str!("../../priors/rhythm-without-btrfs.csv")),
    ("openbmc", include_str!("../../priors/rhythm-without-openbmc.csv")),
    ("radoslaw", include_str!("../../priors/rhythm-without-radoslaw.csv")),
    ("collegemsg", include_str!("../../priors/rhythm-without-collegemsg.csv")),
];

impl RhythmPrior {
    /// The prior that is shipped.
    pub fn shipped() -> Result<&'static Self, InvalidPrior> {
        SHIPPED.as_ref().map_err(Clone::clone)
    }

    /// The prior for a data set: fitted without it, if it is one of the archives, and then its
    /// name.
    pub fn shipped_without(dataset: &str) -> Result<(Self, Option<&'static str>), InvalidPrior> {
        let own = WITHOUT.iter().find(|(name, _)| *name == dataset);
        match own {
            Some((name, text)) => Ok((Self::parse(text)?, Some(name))),
            None => Ok((Self::shipped()?.clone(), None)),
        }
    }
}
