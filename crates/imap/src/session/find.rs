//! Finding a message by its id, such as a letter that was just sent.

use imap_codec::imap_types::core::{AString, Vec1};
use imap_codec::imap_types::fetch::{MessageDataItemName, Section};
use imap_codec::imap_types::search::SearchKey;
use tokio::io::{AsyncRead, AsyncWrite};

use super::Session;
use crate::{Error, Kind, Step, UidSet};

/// Of what a server finds, so many of the newest are looked at.
const CANDIDATES_MAX: usize = 200;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// The messages of a folder that have exactly this id, with or without its angle brackets. The
    /// folder is opened. Servers look for parts of words, and some overlook the question, so that
    /// what they find is looked at.
    pub async fn find_by_message_id(&mut self, folder: &str, id: &str) -> Result<UidSet, Error> {
        let bare = id.trim().trim_start_matches('<').trim_end_matches('>');
        let cannot = || Error::new(Kind::CannotSend, Step::Find);
        if bare.is_empty() || !bare.bytes().all(|byte| matches!(byte, b'!'..=b'~')) {
            return Err(cannot());
        }
        self.examine(folder, None).await?;
        let text = |text: &str| AString::try_from(text.to_owned()).map_err(|_why| cannot());
        let key = SearchKey::Header(text("Message-ID")?, text(bare)?);
        let found = self.search(key, Step::Find).await?;
        let newest: UidSet = newest(&found);
        let fields = Vec1::from(text("Message-ID")?);
        let items = [
            MessageDataItemName::Uid,
            MessageDataItemName::BodyExt {
                section: Some(Section::HeaderFields(None, fields)),
                partial: None,
                peek: true,
            },
        ];
        let mut exact = Vec::new();
        self.ask_of(&newest, &items, Step::Find, |uid, fetched| {
            if fetched.body.is_some_and(|head| ids(&head).iter().any(|found| found == bare)) {
                exact.push(uid);
            }
        })
        .await?;
        Ok(exact.into_iter().collect())
    }
}

fn newest(found: &UidSet) -> UidSet {
    let mut left = u32::try_from(CANDIDATES_MAX).unwrap_or(u32::MAX);
    let mut newest = UidSet::new();
    for (first, last) in found.ranges().iter().rev() {
        if left == 0 {
            break;
        }
        let from = (*first).max(last.saturating_sub(left - 1));
        newest = newest.union(&UidSet::range(from, *last));
        left = left.saturating_sub(last - from + 1);
    }
    newest
}

/// The ids in the fields of a header, without brackets.
fn ids(head: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(head).replace("\r\n", "\n");
    // A long field goes on in the next line, behind a space.
    let lines = text.replace("\n ", " ").replace("\n\t", " ");
    lines
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("Message-ID"))
        .map(|(_, id)| id.trim().trim_start_matches('<').trim_end_matches('>').to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids() {
        let check = |head: &str, expected: &[&str]| {
            assert_eq!(ids(head.as_bytes()), expected, "{head}");
        };
        check("Message-ID: <a@b.example>\r\n\r\n", &["a@b.example"]);
        check("MESSAGE-ID:\r\n <a@b.example>\r\n\r\n", &["a@b.example"]);
        check("Message-Id: a@b.example\n\n", &["a@b.example"]);
        check("Subject: <a@b.example>\r\n\r\n", &[]);
        check("", &[]);
    }

    #[test]
    fn the_newest_of_many() {
        let all = UidSet::parse("1:5,1000:1150,2000:2099").unwrap();
        assert_eq!(newest(&all).to_string(), "1051:1150,2000:2099");
        assert_eq!(newest(&UidSet::range(1, u32::MAX)).len(), 200);
        assert_eq!(newest(&UidSet::new()), UidSet::new());
    }
}
