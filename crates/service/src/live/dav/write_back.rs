//! What a person decided on is written to the cards of an address book that has leave for it.
//!
//! Each change is looked at by itself: the card is fetched anew, one property of it is changed, and it is put
//! back only if it is still what was fetched. What was written is kept with what the card says from then on, in
//! one transaction, so that it is no news with the next look; whoever was killed before that finds it on the card.
//!
//! Must not: write for anybody who is not to be written to, over what somebody else changed, or delete a card.

use std::collections::BTreeMap;

use inroad_dav::{Collection, Item, Put, Server, Why};
use inroad_ingest::vcard::{CardChange, change_card, parse_contacts};
use inroad_model::{Contact, RecordChange};
use inroad_store::{CardChangeState, KeptCardChange, SettledCard, contact_hash};

use super::line::on_a_thread;
use super::place::{Known, Place};
use super::{Done, Looking, name_of};
use crate::Result;
use crate::import::ImportReport;
use crate::live::fault::Fault;
use crate::live::status::Trouble;
use crate::live::write_back::{Decided, Due, due};
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

/// A change, and where its card lies.
struct Writing<'a> {
    server: &'a Server,
    one: &'a Collection,
    folder: i64,
    kept: KeptCardChange,
    told: Decided,
    /// What is written: what was decided, or what stood there before.
    wanted: RecordChange,
    is_back: bool,
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
        if !self.kept.connection.reads.writes_back() {
            return Ok(());
        }
        let mut last = Ok(());
        for kept in self.inroad.store.card_changes(self.kept.id).await? {
            let Some(due) = due(&kept, self.kept.told_at).filter(|_| kept.book == one.url) else {
                continue;
            };
            if self.options.stop.is_wished() {
                break;
            }
            let told = Decided::of(&kept)?;
            let is_back = due != Due::Forward;
            let wanted = if is_back { told.change.reversed() } else { told.change.clone() };
            let writing = Writing { server, one, folder, kept, told, wanted, is_back };
            if due == Due::Nothing {
                self.settle(&writing, CardChangeState::TakenBack, None).await?;
                continue;
            }
            match self.write_card(&writing, place, report).await {
                Ok(()) => {}
                Err(Fault::Dav(error)) if refuses(&error.why) => {
                    let trouble = writing.refused(&error);
                    self.settle(&writing, CardChangeState::Refused, Some(trouble)).await?;
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

    async fn write_card(
        &self,
        writing: &Writing<'_>,
        place: &mut Place,
        report: &mut ImportReport,
    ) -> Done {
        let Writing { server, one, kept, wanted, is_back, .. } = writing;
        if self.is_not_to_be_written(kept).await? {
            let trouble = writing.trouble(
                "they asked for no mail, or are not to be written to",
                "Here your decision stands; on the server nothing is changed for them",
            );
            return Ok(self.settle(writing, CardChangeState::Refused, Some(trouble)).await?);
        }
        for _try in 0..TRIES_MAX {
            let (asked, book, path) = ((*server).clone(), (*one).clone(), kept.card.clone());
            let found = on_a_thread(move || asked.item(&book, &path)).await?;
            let is_there = found.is_some();
            // A weak version may stand for two texts, so that nothing can be said by it.
            let strong =
                found.filter(|item| !item.etag.as_deref().unwrap_or_default().starts_with("W/"));
            let Some(Item { etag: Some(etag), text, .. }) = strong else {
                let trouble = writing.without_version(is_there);
                return Ok(self.settle(writing, CardChangeState::Refused, Some(trouble)).await?);
            };
            let changed = match change_card(&text, wanted, &self.options.limits) {
                CardChange::Changed(changed) => changed,
                // Whoever was killed behind the writing had begun it. What was taken back meanwhile may never
                // have been there.
                CardChange::Same if kept.state == CardChangeState::Begun => {
                    let says = (!is_back).then(|| writing.says());
                    return self
                        .keep_written(writing, place, (&text, Some(etag)), says, report)
                        .await;
                }
                // It is so already, or somebody else's by now.
                _ if *is_back => {
                    return Ok(self.settle(writing, CardChangeState::TakenBack, None).await?);
                }
                CardChange::Same => {
                    return Ok(self.settle(writing, CardChangeState::There, None).await?);
                }
                CardChange::Other(now) => {
                    let trouble = writing.conflict(&now);
                    return Ok(self
                        .settle(writing, CardChangeState::Refused, Some(trouble))
                        .await?);
                }
                CardChange::Unfit => {
                    let trouble = writing.unfit();
                    return Ok(self
                        .settle(writing, CardChangeState::Refused, Some(trouble))
                        .await?);
                }
            };
            // Taken back, erased or without leave by now: nothing is written.
            if !self.inroad.store.begin_card_change(kept.id, kept.counts).await? {
                return Ok(());
            }
            let (asked, book, path) = ((*server).clone(), (*one).clone(), kept.card.clone());
            let sent = changed.clone();
            if let Put::Stored { etag } =
                on_a_thread(move || asked.put(&book, &path, Some(&etag), &sent)).await?
            {
                let says = Some(writing.says());
                return self.keep_written(writing, place, (&changed, etag), says, report).await;
            }
            // Somebody else was quicker: it is looked at once more.
        }
        Err(Fault::Away(writing.trouble(
            "the card was changed by somebody else each time",
            "It is tried again with the next look",
        )))
    }

    async fn is_not_to_be_written(&self, kept: &KeptCardChange) -> Result<bool> {
        let (inroad, now) = (self.inroad, crate::now());
        let asked = inroad.do_not_contact(&inroad.aliases().await?, now).await?;
        Ok(asked.forbids(&kept.email) || inroad.listed_as(&kept.email, now).await?.is_some())
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
        let path = writing.kept.card.clone();
        let is_ours = match place.items.get(&path) {
            Some(known) => self.is_what_was_known(known, &writing.wanted, &cards).await?,
            None => false,
        };
        if let Some(etag) = etag {
            place.kept.written(&path, &etag);
        }
        let state =
            if writing.is_back { CardChangeState::TakenBack } else { CardChangeState::Written };
        let settled = SettledCard { says, ..writing.settled(state, None)? };
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
        writing: &Writing<'_>,
        state: CardChangeState,
        trouble: Option<Trouble>,
    ) -> Result<()> {
        Ok(self.inroad.store.settle_card_change(&writing.settled(state, trouble)?).await?)
    }
}

/// Whether the server will not take this card, whenever it is asked.
fn refuses(why: &Why) -> bool {
    matches!(
        why,
        Why::Forbidden | Why::Refused(_) | Why::Gone | Why::TooLarge(_) | Why::Protocol(_)
    )
}

impl Writing<'_> {
    /// What was done, as the history tells it.
    fn says(&self) -> String {
        let (name, book) = (&self.told.name, name_of(self.one));
        format!("Written to {book}: {name}, {}", says(&self.wanted))
    }

    /// What becomes of it.
    fn settled(&self, state: CardChangeState, trouble: Option<Trouble>) -> Result<SettledCard> {
        let content = Decided { trouble, ..self.told.clone() }.to_json()?;
        Ok(SettledCard { id: self.kept.id, state, content, says: None, at: crate::now() })
    }

    fn trouble(&self, why: &str, way_out: &str) -> Trouble {
        let what = format!("{}, {}: {why}", self.told.name, says(&self.told.change));
        Trouble { what, way_out: way_out.to_owned() }
    }

    fn refused(&self, error: &inroad_dav::Error) -> Trouble {
        match error.why {
            Why::Forbidden | Why::Refused(405) => self.trouble(
                &format!("{} does not let this address book be changed", error.host),
                "Ask its owner for leave to change it and connect it once more, or make the change there \
                 yourself; here your decision stands",
            ),
            _ => self.trouble(
                &format!("{} {}", error.host, error.why),
                "Make the change there yourself, or connect it once more to have it tried again; here your \
                 decision stands",
            ),
        }
    }

    /// The card is gone, or nothing tells whether it stays the same meanwhile.
    fn without_version(&self, is_there: bool) -> Trouble {
        if is_there {
            self.trouble(
                "the server does not say for sure which version of the card this is",
                "Change it there yourself; without that somebody else's change could be lost",
            )
        } else {
            self.trouble(
                "the card is not there any more",
                "If it was moved, decide once more after the next look; no card is made anew",
            )
        }
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
