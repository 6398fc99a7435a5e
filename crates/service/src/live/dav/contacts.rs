//! An address book on a server: its cards come in as those of a file do, and a card that changes takes the place
//! of what it was. A card that is taken off the server stays here. What a person decided on is written first,
//! where there is leave (`write_back`).

use inroad_dav::{Batch, Collection, Server, Stopped};
use inroad_ingest::vcard::parse_contacts;
use inroad_model::Contact;
use inroad_store::{ContactsStep, ContentHash, SettledCard, contact_hash};

use super::calendar::is_due;
use super::line::looked;
use super::place::{Known, Place};
use super::{Done, Looking};
use crate::Result;
use crate::erase::guard::OfErased;
use crate::import::ImportReport;

impl Looking<'_> {
    /// Looks at an address book; what comes back inside is how the writing went.
    pub(super) async fn contacts(
        &self,
        server: &Server,
        one: &Collection,
        report: &mut ImportReport,
    ) -> Done<Done> {
        let (folder, mut place) = self.place(&one.url).await?;
        // Before it is looked at, so that what we wrote ourselves is known by then.
        let written = self.write_cards(server, one, (folder.id, &mut place), report).await;
        let at = crate::now();
        let mut is_kept = is_due(&place, at);
        let (server, collection, kept) = (server.clone(), one.clone(), place.kept.clone());
        let mut found = looked(move |to| {
            server.changes(&collection, kept, &mut |batch, kept| {
                to.blocking_send((batch, kept.clone())).map_err(|_nobody| Stopped)
            })
        });
        while let Some((batch, kept)) = found.parts.recv().await {
            if self.options.stop.is_wished() {
                report.stopped = true;
                return Ok(written);
            }
            (place.kept, is_kept) = (kept, true);
            self.take_cards(folder.id, batch, one, &mut place, report).await?;
            self.say(one, place.items.len() as u64);
        }
        place.kept = found.end().await?;
        for path in place.not_there() {
            is_kept |= place.items.remove(&path).is_some();
        }
        if is_kept {
            place.days_until = Some(at);
            self.keep_cards(folder.id, Vec::new(), &mut place, report, None).await?;
        }
        Ok(written)
    }

    async fn take_cards(
        &self,
        folder: i64,
        batch: Batch,
        one: &Collection,
        place: &mut Place,
        report: &mut ImportReport,
    ) -> Result<()> {
        let mut issues = self.left_out(&batch.left_out, one);
        let mut found = Vec::new();
        for item in batch.changed {
            let (cards, inner) = parse_contacts(item.text.as_bytes(), &self.options.limits);
            let name = item.href.rsplit('/').next().unwrap_or_default();
            let label = format!("{}/{name}", self.label(one));
            issues.extend(inner.into_iter().map(|issue| issue.in_file(label.as_str())));
            found.push((item.href, cards));
        }
        for path in &batch.gone {
            place.items.remove(path);
        }
        self.keep_cards(folder, found, place, report, None).await?;
        self.note(issues, report).await
    }

    /// Keeps what cards say, with the place; `settled` is the change of ours that made one of them say it.
    pub(super) async fn keep_cards(
        &self,
        folder: i64,
        found: Vec<(String, Vec<Contact>)>,
        place: &mut Place,
        report: &mut ImportReport,
        settled: Option<SettledCard>,
    ) -> Result<()> {
        loop {
            let guard = self.inroad.guard_now().await?;
            let mut erased = OfErased::default();
            let mut next = place.clone();
            let (mut put, mut replaced) = (Vec::new(), Vec::new());
            for (path, cards) in &found {
                let was = next.items.remove(path).unwrap_or_default();
                let mut known = Known::default();
                for card in cards {
                    let left = match &guard.guard {
                        Some(guard) => guard.left_of(card, &mut erased),
                        None => Some(card.clone()),
                    };
                    let Some(card) = left else { continue };
                    known.parts.push(contact_hash(&card)?.to_hex());
                    put.push(card);
                }
                // A card that cannot be read any more takes nothing along.
                if cards.is_empty() {
                    known = was;
                } else {
                    replaced
                        .extend(was.parts.into_iter().filter(|hash| !known.parts.contains(hash)));
                }
                if !known.parts.is_empty() {
                    next.items.insert(path.clone(), known);
                }
            }
            if !replaced.is_empty() {
                let mut held = self.held_elsewhere(folder).await?;
                held.extend(next.items.values().flat_map(|known| known.parts.iter().cloned()));
                replaced.retain(|hash| !held.contains(hash));
            }
            let step = ContactsStep {
                folder,
                put,
                replaced: replaced.iter().filter_map(|hash| ContentHash::from_hex(hash)).collect(),
                position: Some(next.to_json()?),
                settled: settled.clone(),
            };
            // Where somebody was erased meanwhile, it is looked through anew.
            if let Some(counted) = self.inroad.store.follow_contacts(&step, guard.erasures).await? {
                report.erased.add(erased);
                report.contacts += counted.added;
                report.contact_doubles += counted.doubles;
                *place = next;
                return Ok(());
            }
        }
    }
}
