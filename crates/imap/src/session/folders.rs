//! Which folders there are.

use std::collections::BTreeMap;

use imap_codec::imap_types::command::CommandBody;
use tokio::io::{AsyncRead, AsyncWrite};

use super::Session;
use crate::wire::answer::{Answer, Listed};
use crate::{Error, Folder, Kind, Role, Step, name, role};

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// All folders in order of their names, the inbox first, with what they are for.
    pub async fn folders(&mut self) -> Result<Vec<Folder>, Error> {
        let patience = self.patience(Step::Folders);
        let body = CommandBody::list("", "*")
            .map_err(|_why| Error::new(Kind::CannotSend, Step::Folders))?;
        let most = self.limits.folders_max;
        let mut all = Vec::new();
        self.run(body, &patience, |answer| {
            if let Answer::List(listed) = answer {
                if all.len() == most {
                    return Err(Kind::TooLarge);
                }
                all.push(listed);
            }
            Ok(())
        })
        .await?;
        Ok(self.folders_of(all))
    }

    fn folders_of(&mut self, all: Vec<Listed>) -> Vec<Folder> {
        let writing = self.writing();
        self.odd_names.clear();
        // A server may tell of one folder twice.
        let mut folders = BTreeMap::new();
        for listed in all {
            let shown = name::decode(&listed.name, writing);
            let mut folder = Folder::plain(&shown, listed.delimiter);
            if folder.role.is_none() && name::encode(&shown, writing) != listed.name {
                self.odd_names.insert(folder.name.clone(), listed.name);
            }
            let says = |name: &str| listed.attributes.iter().any(|a| a.eq_ignore_ascii_case(name));
            folder.can_be_opened = !says("\\Noselect") && !says("\\NonExistent");
            if folder.role.is_none() {
                folder.role = listed.attributes.iter().find_map(|a| Role::of_attribute(a));
            }
            let is_inbox = folder.role == Some(Role::Inbox);
            folders.entry((!is_inbox, folder.name.clone())).or_insert(folder);
        }
        let mut folders: Vec<Folder> = folders.into_values().collect();
        role::complete(&mut folders);
        folders
    }
}
