//! Deal stories: invented correspondence, what the seller typed in, and the truth that a wise
//! coach would state. Read and checked, turned into the files that the program reads, and compared
//! with what its review says.
//!
//! Must not: be part of the program, run it, or judge a deal itself.

mod build;
mod check;
mod letter;
mod recording;
mod reviewed;
mod score;
mod stand_in;
mod story;

pub use build::{Built, build};
pub use check::check;
pub use recording::{Reading, recorded, recording_file};
pub use reviewed::{Quoted, Reviewed, ReviewedCause, ReviewedDeal, ReviewedFact, ReviewedLever};
pub use score::{Score, Share};
pub use stand_in::{Manner, StandIn, wrapped};
pub use story::{Deal, Letter, Note, Person, Seller, Story, TrueDeal, TrueFact, Truth};

use std::path::{Path, PathBuf};

/// Why a story cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// The file is not there or cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// It is no story: a field is missing, unknown, or says what it cannot say.
    #[error("{0} is no story: {1}")]
    NotAStory(PathBuf, serde_json::Error),
    /// It contradicts itself.
    #[error("{file} contradicts itself: {why}", file = .0.display(), why = .1.join("; "))]
    Contradiction(PathBuf, Vec<String>),
}

/// A story with the name of its folder.
#[derive(Debug, Clone)]
pub struct Named {
    /// The name of its folder.
    pub name: String,
    /// The story.
    pub story: Story,
}

/// Reads `story.json` of a folder and checks it.
///
/// # Errors
/// [`StoryError`], with everything that is wrong in it.
pub fn read(folder: &Path) -> Result<Named, StoryError> {
    let file = folder.join("story.json");
    let bytes =
        std::fs::read(&file).map_err(|cause| StoryError::Unreadable(file.clone(), cause))?;
    let story: Story = serde_json::from_slice(&bytes)
        .map_err(|cause| StoryError::NotAStory(file.clone(), cause))?;
    let wrong = check(&story);
    if !wrong.is_empty() {
        return Err(StoryError::Contradiction(file, wrong));
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Named { name, story })
}

/// Reads all stories of a folder that holds one folder for each, in the order of their names.
///
/// # Errors
/// As [`read`] of the first that cannot be used.
pub fn read_all(folder: &Path) -> Result<Vec<Named>, StoryError> {
    let unreadable = |cause| StoryError::Unreadable(folder.to_owned(), cause);
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    folders.iter().map(|folder| read(folder)).collect()
}

#[cfg(test)]
mod tests {
    use inroad_ingest::{Limits, mail::parse_message};

    use super::*;

    #[test]
    fn all_stories_of_the_project_are_sound_and_become_mail() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
        let mut count = 0;
        for hand in ["british", "continental", "overseas"] {
            for Named { name, story } in read_all(&folder.join(hand)).unwrap() {
                let built = build(&story);
                let mails = built.sources.keys().filter(|place| place.contains('@')).count();
                assert_eq!(mails, story.mail.len(), "{name}");
                count += 1;
            }
        }
        assert!(count >= 42, "{count}");
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories/continental");
        let mut count = 0;
        for Named { name, story } in read_all(&folder).unwrap() {
            let built = build(&story);
            let begins = |line: &&str| line.starts_with("From ") && line.contains('@');
            assert_eq!(built.mail.lines().filter(begins).count(), story.mail.len(), "{name}");
            for mail in built.mail.split("\nFrom ") {
                let mail = mail.split_once('\n').map_or("", |(_, mail)| mail);
                let (message, _) = parse_message(mail.as_bytes(), &Limits::default());
                let text = build::folded(&message.text);
                assert_eq!(Some(&text), built.sources.get(message.id.as_str()), "{name}");
                count += 1;
            }
        }
        assert!(count > 100, "{count}");
    }
}
