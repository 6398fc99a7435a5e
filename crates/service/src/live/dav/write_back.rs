//! What a person decided on is written to the cards of an address book that has leave for it.
//!
//! Each change is looked at by itself: the card is fetched anew, one property of it is changed, and it is put
//! back only if it is still what was fetched. What was written is kept with what the card says from then on, in
//! one transaction, so that it is no news with the next look; whoever was killed before that finds it on the card.
//!
//! Must not: write for anybody who is not to be written to, over what somebody else changed, or delete a card.

use std::collections::{BTreeMap, BTreeSet};

use inroad_dav::{Collection, Put, Server, Why};
use inroad_ingest::Limits;
use inroad_ingest::vcard::{CardChange, change_card, parse_contacts};
use inroad_model::{Contact, EmailAddress, RecordChange};
use inroad_store::{CardChangeState, KeptCardChange, SettledCard, contact_hash};

use super::line::on_a_thread;
use super::place::{Known, Place};
use super::{Done, Looking, name_of};
use crate::Result;
use crate::import::ImportReport;
use crate::live::fault::Fault;
use crate::live::status::Trouble;
use crate::live::write_back::{Decided, Due, before, due};
use crate::records::says;

/// A card that others change each time in between is left for the next look.
const TRIES_MAX: usize = 3;

/// The cards of an address book that are one person's each: by the hash of what was kept, their paths.
pub(crate) fn cards_by_content(position: &str) -> Vec<(String, String)> {
    let place: Place = serde_json::from_str(position).unwrap_or_default();
    let one_each =
        place.items.into_iter().filter_map(|(path, known)| match known.parts.as_slice() {
            [hash] => Some((hash.clone(), path)),
            _ => None,
        });
    one_each.collect()
}

/// A change of a card.
struct Change {
    kept: KeptCardChange,
    told: Decided,
    /// What is written: what was decided, or what stood there before.
    wanted: RecordChange,
    is_back: bool,
    /// What is to be done is nothing but to say that it was taken back.
    is_nothing: bool,
}

/// A change, and where its card lies.
struct Writing<'a> {
    server: &'a Server,
    one: &'a Collection,
    folder: i64,
    change: Change,
}

impl Looking<'_> {
    /// Writes what waits for an address book. What cannot be written for a while holds up nothing else, and
    /// is told at the end.
    pub(super) async fn write_cards(
        &self,
        server: &Server,
        one: &Collection,
        (folder, place): (i64, &mut Place),
        report: &mut ImportReport,
    ) -> Done {
        let mut last = Ok(());
        for change in self.due_changes().await? {
            if change.kept.book != one.url {
                continue;
            }
            if self.options.stop.is_wished() {
                break;
            }
            if change.is_nothing {
                self.settle(&change, CardChangeState::TakenBack, None).await?;
                continue;
            }
            let writing = Writing { server, one, folder, change };
            match self.write_card(&writing, place, report).await {
                Ok(()) => {}
                Err(Fault::Dav(error)) if refuses(&error) => {
                    self.refuse(&writing.change, writing.change.refused(&error)).await?;
                }
                // What is a matter of one card, others may not have.
                Err(Fault::Dav(error)) if matches!(error.why, Why::Broken | Why::Fault(_)) => {
                    last = Err(Fault::Dav(error));
                }
                Err(Fault::Away(trouble)) => last = Err(Fault::Away(trouble)),
                Err(fault) => return Err(fault),
            }
        }
        last
    }

    /// Tells of what would wait for ever, since its address book is none of those that are read.
    pub(super) async fn refuse_unread(&self, read: &[Collection]) -> Result<()> {
        for change in self.due_changes().await? {
            if read.iter().any(|one| one.url == change.kept.book) {
                continue;
            }
            if change.is_nothing {
                self.settle(&change, CardChangeState::TakenBack, None).await?;
            } else {
                self.refuse(&change, change.unread()).await?;
            }
        }
        Ok(())
    }

    /// What is to be written over this connection, where it has leave.
    async fn due_changes(&self) -> Result<Vec<Change>> {
        if !self.kept.connection.reads.writes_back() {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for kept in self.inroad.store.card_changes(self.kept.id).await? {
            let told = Decided::of(&kept)?;
            all.push((kept, told));
        }
        let change = |(kept, told): &(KeptCardChange, Decided)| {
            let due = due(kept, told, self.kept.told_at)?;
            let is_back = due != Due::Forward;
            let wanted = if is_back { before(kept, told, &all) } else { told.change.clone() };
            let is_nothing = due == Due::Nothing || wanted.was == wanted.is;
            Some(Change { kept: kept.clone(), told: told.clone(), wanted, is_back, is_nothing })
        };
        Ok(all.iter().filter_map(change).collect())
    }

    async fn write_card(
        &self,
        writing: &Writing<'_>,
        place: &mut Place,
        report: &mut ImportReport,
    ) -> Done {
        let Writing { server, one, change, .. } = writing;
        let Change { kept, wanted, is_back, .. } = change;
        let mut tried = BTreeSet::new();
        for _try in 0..TRIES_MAX {
            let (asked, book, path) = ((*server).clone(), (*one).clone(), kept.card.clone());
            let Some(found) = on_a_thread(move || asked.item(&book, &path)).await? else {
                return Ok(self.refuse_or_leave(change, change.not_there()).await?);
            };
            // A weak version may stand for two texts, so that nothing can be said by it.
            let strong = found.etag.filter(|etag| !etag.starts_with("W/"));
            let (Some(etag), text) = (strong, found.text) else {
                return Ok(self.refuse(change, change.without_version()).await?);
            };
            let theirs = emails_of(&text, &self.options.limits);
            if theirs.as_ref().is_some_and(|theirs| !theirs.contains(&kept.email)) {
                return Ok(self.refuse_or_leave(change, change.of_another()).await?);
            }
            let changed = match change_card(&text, wanted, &self.options.limits) {
                CardChange::Changed(changed) => changed,
                // Whoever was killed behind the writing had begun it. What was taken back meanwhile may never
                // have been there.
                CardChange::Same if change.is_begun() => {
                    let says = (!is_back).then(|| writing.says());
                    return self
                        .keep_written(writing, place, (&text, Some(etag)), says, report)
                        .await;
                }
                // It is so already.
                CardChange::Same => {
                    let state =
                        if *is_back { CardChangeState::TakenBack } else { CardChangeState::There };
                    return Ok(self.settle(change, state, None).await?);
                }
                CardChange::Other(now) => {
                    return Ok(self.refuse_or_leave(change, change.conflict(&now)).await?);
                }
                CardChange::Unfit => return Ok(self.refuse(change, change.unfit()).await?),
            };
            if self.is_not_to_be_written(theirs.iter().flatten()).await? {
                return Ok(self.refuse(change, change.not_to_be_written()).await?);
            }
            // Taken back, erased or without leave by now: nothing is written.
            if !self.inroad.store.begin_card_change(kept.id, kept.counts).await? {
                return Ok(());
            }
            let (asked, book, path) = ((*server).clone(), (*one).clone(), kept.card.clone());
            let (version, sent) = (etag.clone(), changed.clone());
            if let Put::Stored { etag } =
                on_a_thread(move || asked.put(&book, &path, Some(&version), &sent)).await?
            {
                let says = Some(writing.says());
                return self.keep_written(writing, place, (&changed, etag), says, report).await;
            }
            // Somebody else was quicker: it is looked at once more.
            tried.insert((etag, text));
        }
        if tried.len() == 1 {
            return Ok(self.refuse(change, change.version_not_taken()).await?);
        }
        Err(Fault::Away(change.trouble(
            "the card was changed by somebody else each time",
            "It is tried again with the next look",
        )))
    }

    /// Whether one of those to whom a card belongs is not to be written to.
    async fn is_not_to_be_written(
        &self,
        mut emails: impl Iterator<Item = &EmailAddress>,
    ) -> Result<bool> {
        let left_alone = self.inroad.left_alone_by_now().await?;
        Ok(emails.any(|email| left_alone.of(email).is_some()))
    }

    /// Keeps that a change was written, with what the card says from then on.
    async fn keep_written(
        &self,
        writing: &Writing<'_>,
        place: &mut Place,
        (text, etag): (&str, Option<String>),
        says: Option<String>,
        report: &mut ImportReport,
    ) -> Done {
        let (cards, _issues) = parse_contacts(text.as_bytes(), &self.options.limits);
        let path = writing.change.kept.card.clone();
        let is_ours = match place.items.get(&path) {
            Some(known) => self.is_what_was_known(known, &writing.change.wanted, &cards).await?,
            None => false,
        };
        if let Some(etag) = etag {
            place.kept.written(&path, &etag);
        }
        let change = &writing.change;
        let state =
            if change.is_back { CardChangeState::TakenBack } else { CardChangeState::Written };
        let settled = SettledCard { says, ..change.settled(state, None)? };
        let mut brought = ImportReport::default();
        let found = vec![(path, cards)];
        self.keep_cards(writing.folder, found, place, &mut brought, Some(settled)).await?;
        // What somebody else changed besides is news.
        report.contacts += if is_ours { 0 } else { brought.contacts };
        Ok(())
    }

    /// Whether cards say what was known, but for the change.
    async fn is_what_was_known(
        &self,
        known: &Known,
        wanted: &RecordChange,
        cards: &[Contact],
    ) -> Result<bool> {
        let all = self.inroad.store.contacts().await?.into_iter();
        let by_hash: BTreeMap<String, Contact> =
            all.filter_map(|one| Some((contact_hash(&one).ok()?.to_hex(), one))).collect();
        let was = known.parts.iter().filter_map(|hash| by_hash.get(hash)).cloned();
        let right = was.map(|mut contact| {
            wanted.apply(&mut contact);
            contact
        });
        Ok(right.eq(cards.iter().cloned()))
    }

    async fn settle(
        &self,
        change: &Change,
        state: CardChangeState,
        trouble: Option<Trouble>,
    ) -> Result<()> {
        Ok(self.inroad.store.settle_card_change(&change.settled(state, trouble)?).await?)
    }

    /// It is not written, and told why.
    async fn refuse(&self, change: &Change, trouble: Trouble) -> Result<()> {
        self.settle(change, CardChangeState::Refused, Some(trouble)).await
    }

    /// The same where the card says what was decided no more: then nothing is left to take back.
    async fn refuse_or_leave(&self, change: &Change, trouble: Trouble) -> Result<()> {
        if change.is_back {
            return self.settle(change, CardChangeState::TakenBack, None).await;
        }
        self.refuse(change, trouble).await
    }
}

/// Whose card it is; `None` where it cannot be read.
fn emails_of(text: &str, limits: &Limits) -> Option<BTreeSet<EmailAddress>> {
    let (cards, _issues) = parse_contacts(text.as_bytes(), limits);
    (!cards.is_empty()).then(|| cards.into_iter().flat_map(|card| card.emails).collect())
}

/// Whether the server will not take this card, whenever it is asked. Whoever was let see the card is known
/// there, so that being asked who it is tells of the writing alone.
fn refuses(error: &inroad_dav::Error) -> bool {
    match error.why {
        Why::Forbidden | Why::Refused(_) | Why::Gone | Why::TooLarge(_) | Why::Protocol(_) => true,
        Why::Elsewhere(_)
        | Why::Unencrypted
        | Why::Password
        | Why::Token
        | Why::NoCredentials
        | Why::LoginKind(_) => error.method == "PUT",
        _ => false,
    }
}

impl Writing<'_> {
    /// What was done, as the history tells it.
    fn says(&self) -> String {
        let (name, book) = (&self.change.told.name, name_of(self.one));
        format!("Written to {book}: {name}, {}", says(&self.change.wanted))
    }
}

impl Change {
    /// What becomes of it.
    fn settled(&self, state: CardChangeState, trouble: Option<Trouble>) -> Result<SettledCard> {
        let may_say_it = self.is_begun() || self.kept.state == CardChangeState::Written;
        let was_written = state == CardChangeState::Refused && may_say_it;
        let content = Decided { trouble, was_written, ..self.told.clone() }.to_json()?;
        Ok(SettledCard { id: self.kept.id, state, content, says: None, at: crate::now() })
    }

    /// Whether it was written or begun, and nobody knows what the card says since.
    fn is_begun(&self) -> bool {
        self.told.was_written || self.kept.state == CardChangeState::Begun
    }

    fn trouble(&self, why: &str, way_out: &str) -> Trouble {
        let what = format!("{}, {}: {why}", self.told.name, says(&self.wanted));
        Trouble { what, way_out: way_out.to_owned() }
    }

    /// What holds here whatever the server says.
    fn here(&self) -> &'static str {
        if self.is_back { "here it is taken back" } else { "here your decision stands" }
    }

    fn refused(&self, error: &inroad_dav::Error) -> Trouble {
        let (host, here) = (&error.host, self.here());
        let (why, way_out) = match error.why {
            Why::Forbidden | Why::Refused(405) => (
                format!("{host} does not let this address book be changed"),
                "Ask its owner for leave to change it and connect it once more, or make the change there \
                 yourself",
            ),
            Why::Password | Why::Token | Why::NoCredentials | Why::LoginKind(_) => (
                format!("{host} shows the card with this sign-in, and does not let it be changed"),
                "Connect it once more with a sign-in that may change cards, or make the change there yourself",
            ),
            Why::Elsewhere(_) | Why::Unencrypted => (
                format!("{host} {}", error.why),
                "If that address is yours as well, connect it once more by that one, or make the change there \
                 yourself",
            ),
            _ => (
                format!("{host} {}", error.why),
                "Make the change there yourself, or connect it once more to have it tried again",
            ),
        };
        self.trouble(&why, &format!("{way_out}; {here}"))
    }

    fn not_to_be_written(&self) -> Trouble {
        let way_out = if self.is_back {
            "On the server nothing is changed for them; make the change there yourself"
        } else {
            "Here your decision stands; on the server nothing is changed for them"
        };
        self.trouble("they asked for no mail, or are not to be written to", way_out)
    }

    fn unread(&self) -> Trouble {
        let way_out = "Connect it again with that book, or make the change there yourself";
        self.trouble(
            "this address book is not read any more",
            &format!("{way_out}; {}", self.here()),
        )
    }

    fn of_another(&self) -> Trouble {
        self.trouble(
            "the card is another person's by now",
            "Look there whose it is, and decide once more after the next look; nothing was changed on it",
        )
    }

    fn not_there(&self) -> Trouble {
        self.trouble(
            "the card is not there any more",
            "If it was moved, decide once more after the next look; no card is made anew",
        )
    }

    /// Nothing tells whether it stays the same meanwhile.
    fn without_version(&self) -> Trouble {
        self.trouble(
            "the server does not say for sure which version of the card this is",
            "Change it there yourself; without that somebody else's change could be lost",
        )
    }

    fn version_not_taken(&self) -> Trouble {
        let way_out =
            "Make the change there yourself, or connect it once more to have it tried again";
        self.trouble(
            "the server does not take the version that it told",
            &format!("{way_out}; {}", self.here()),
        )
    }

    fn unfit(&self) -> Trouble {
        self.trouble(
            "the card cannot be changed from here without touching the rest of it",
            "Change it there yourself; then nothing is to be written any more",
        )
    }

    /// Somebody else changed the very property.
    fn conflict(&self, now: &[String]) -> Trouble {
        let there = if now.is_empty() {
            "nothing".to_owned()
        } else {
            format!("“{}”", now.join("”, “"))
        };
        self.trouble(
            &format!("the address book says {there} by now, and that was left as it is"),
            "If that is right, undo your decision (it stands in the history); if not, put it right once more on \
             the person's page",
        )
    }
}
