//! What passed between the seller and the people of one deal, up to a moment.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use inroad_language::facts::read_note;
use inroad_model::{
    CalendarEvent, Deal, EmailAddress, Fact, FactKind, InvitationMethod, Mailbox, Moment, Nature,
    Role, Seller, Touch, Voice,
};
use jiff::civil::Time;

use crate::Input;
use crate::called_by::CalledBy;
use crate::correspondence::{Correspondence, Letter, Number};
use crate::do_not_contact::DoNotContact;
use crate::meetings::{self, CalledOff, Changes, Unsettled};
use crate::opt_outs::OptOuts;

/// One deal's share of the mail, oldest first.
#[derive(Debug)]
pub struct Dealings<'a> {
    /// The deal.
    pub deal: &'a Deal,
    /// Everybody on the other side: typed in, or seen writing from the deal's domain.
    pub people: BTreeSet<EmailAddress>,
    /// Names by address, as typed in or seen first.
    pub names: BTreeMap<EmailAddress, String>,
    /// What people wrote, in both directions.
    pub exchanges: Vec<Exchange<'a>>,
    /// What people of neither side wrote to us with these people in copy, oldest first.
    pub asides: Vec<(Moment, &'a Touch)>,
    /// What was stated by them or about them, oldest first; what is said twice stands twice.
    pub facts: Vec<Stated>,
    /// Meetings with these people that stand, past and future.
    pub meetings: Vec<&'a CalendarEvent>,
    /// What was moved or called off of all meetings with them, oldest first.
    pub unsettled: Vec<Unsettled<'a>>,
    /// When they were met last.
    pub met_at: Option<Moment>,
    /// Who must not be written to.
    pub do_not_contact: DoNotContact,
    /// Whose mail it is.
    seller: &'a Seller,
    /// By which words these people may be called, once it was asked for.
    called: OnceCell<CalledBy>,
}

/// One message that a person wrote.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The message.
    pub touch: &'a Touch,
    /// When it was written.
    pub at: Moment,
    /// Who wrote to whom.
    pub direction: Direction,
    /// Of whom it speaks, for what we wrote; `None` where its words are not there.
    pub voice: Option<Voice>,
}

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// They wrote.
    Inbound,
    /// We wrote.
    Outbound,
}

/// A fact with the moment at which it became known.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The fact.
    pub fact: Fact,
    /// When it was stated.
    pub at: Moment,
}

/// Whether a message is of a kind that may tell something of people whom it does not address.
pub(crate) fn tells_of_others(touch: &Touch) -> bool {
    matches!(touch.message.nature, Nature::Correspondence | Nature::AutomaticReply { .. })
}

impl Exchange<'_> {
    /// Who wrote it.
    pub fn writer(&self) -> Option<&EmailAddress> {
        self.touch.message.from.as_ref().map(|from| &from.address)
    }
}

impl<'a> Dealings<'a> {
    /// Gathers one deal's share.
    pub(crate) fn gather(
        input: &Input<'a>,
        deal: &'a Deal,
        correspondence: &Correspondence<'a>,
        opt_outs: &OptOuts<'a>,
    ) -> Self {
        let Input { seller, as_of, .. } = *input;
        let people = people_of(seller, deal, correspondence);
        let names = names_of(deal, &people, correspondence);
        let mut dealings = Self {
            deal,
            people,
            names,
            exchanges: Vec::new(),
            asides: Vec::new(),
            facts: Vec::new(),
            meetings: Vec::new(),
            unsettled: Vec::new(),
            met_at: None,
            do_not_contact: DoNotContact::beside(opt_outs.list()),
            seller,
            called: OnceCell::new(),
        };
        let letters: Vec<&Letter<'a>> =
            correspondence.concerning(&dealings.people).map(|(_, letter)| letter).collect();
        let sides = Sides { theirs: correspondence.numbers(&dealings.people), correspondence };
        let mut called_off = CalledOff::default();
        let mut changes = Changes::default();
        for letter in letters {
            dealings.take(seller, letter, &sides);
            called_off.take(letter.touch);
            changes.take(letter.touch, letter.at);
        }
        dealings.take_notes(as_of);
        dealings.take_opt_outs(opt_outs);
        dealings.facts.sort_by_key(|stated| stated.at);
        let events = input.events.iter().filter(|event| meetings::is_known(event, as_of));
        dealings.meetings = events
            .filter(|event| meetings::stands(event, &called_off, &dealings.people, as_of))
            .collect();
        dealings.unsettled = changes.with_calendar(input.events, &dealings.people, as_of);
        let held = dealings.meetings.iter().filter_map(|event| meetings::held_at(event, as_of));
        dealings.met_at = held.max();
        dealings
    }

    /// Whether an address is a colleague's and not the seller's own.
    pub(crate) fn is_colleague(&self, address: &EmailAddress) -> bool {
        self.is_ours(address) && !self.seller.emails.contains(address)
    }

    /// Whether an address is the seller's own or a colleague's.
    pub(crate) fn is_ours(&self, address: &EmailAddress) -> bool {
        self.seller.is_ours(address)
    }

    /// What was asked elsewhere forbids everywhere, and is told where it is about these people.
    fn take_opt_outs(&mut self, elsewhere: &OptOuts<'_>) {
        for stated in &self.facts {
            self.do_not_contact.add(&stated.fact);
        }
        let told: BTreeSet<_> = self.opt_outs().map(|stated| stated.fact.email.clone()).collect();
        let about_them = elsewhere.about(&self.people).into_iter();
        self.facts.extend(about_them.filter(|s| !told.contains(&s.fact.email)).cloned());
    }

    /// Who of them asked for no more mail, in which words.
    pub fn opt_outs(&self) -> impl Iterator<Item = &Stated> {
        self.facts.iter().filter(|stated| stated.fact.kind == FactKind::OptedOut)
    }

    /// Takes in a message.
    fn take(&mut self, seller: &Seller, letter: &Letter<'a>, sides: &Sides<'_, 'a>) {
        let Letter { at, touch, .. } = *letter;
        let message = &touch.message;
        let (Some(from), Some(number)) = (&message.from, letter.from) else { return };
        let theirs = sides.is_theirs(number);
        let ours = sides.correspondence.is_ours(number);
        // The answer to an invitation is a person's act, though a machine words it.
        let answers_invitation =
            message.invitation.as_ref().is_some_and(|i| i.method == InvitationMethod::Reply);
        if message.nature.is_correspondence() || answers_invitation {
            if theirs && sides.is_to_us(letter) {
                let direction = Direction::Inbound;
                self.exchanges.push(Exchange { touch, at, direction, voice: None });
            } else if ours && !answers_invitation && sides.is_to_them(letter) {
                let direction = Direction::Outbound;
                let voice = letter.voice();
                self.exchanges.push(Exchange { touch, at, direction, voice });
            } else if !theirs && !ours && sides.is_to_us(letter) {
                self.asides.push((at, touch));
            }
        }
        for fact in self.stated(touch, letter.text(), ours, sides.correspondence).iter() {
            self.learn_name_of(fact);
            if self.bears_on_deal(seller, fact, touch, theirs) {
                let mut fact = fact.clone();
                if fact.kind == FactKind::OptedOut && fact.email.is_none() {
                    // Whoever says it for the firm says it for himself, too.
                    fact.email = Some(from.address.clone());
                    fact.whole_firm = true;
                }
                self.facts.push(Stated { fact, at });
            }
        }
    }

    /// Who is pointed to is called by that name from then on.
    fn learn_name_of(&mut self, fact: &Fact) {
        let (Some(to), Some(name)) = (&fact.to, &fact.to_name) else { return };
        if self.people.contains(to) && !self.names.contains_key(to) {
            self.names.insert(to.clone(), name.clone());
            if let Some(called) = self.called.get_mut() {
                called.add(to, Some(name));
            }
        }
    }

    /// What a message states. What others than we write may name people of this deal to whom the
    /// mail was not addressed; whoever read the mail alone could not know them.
    ///
    /// `text` is what the writer added, where it is there: see [`mod@crate::texts_wanted`].
    fn stated<'t>(
        &self,
        touch: &'t Touch,
        text: Option<&str>,
        ours: bool,
        correspondence: &Correspondence<'_>,
    ) -> Cow<'t, [Fact]> {
        // Reading again costs more than all the rest of a review; few letters need it.
        let may_tell = !ours && tells_of_others(touch);
        let called = || self.called.get_or_init(|| self.ways_to_call());
        let Some(text) = text.filter(|text| may_tell && called().names_other(touch, text)) else {
            return Cow::Borrowed(&touch.facts);
        };
        let others = self.mailboxes();
        let mut facts = correspondence.read_again(touch, text, &others);
        let kinds: BTreeSet<_> = facts.iter().map(|fact| (fact.kind, fact.email.clone())).collect();
        let lacking = |fact: &&Fact| !kinds.contains(&(fact.kind, fact.email.clone()));
        facts.extend(touch.facts.iter().filter(lacking).cloned());
        Cow::Owned(facts)
    }

    /// By which words these people may be called.
    fn ways_to_call(&self) -> CalledBy {
        let mut called = CalledBy::default();
        for email in &self.people {
            called.add(email, self.names.get(email).map(String::as_str));
        }
        called
    }

    /// Whether a statement bears on this deal: it is about one of them, or points to one of them,
    /// whoever says it, or one of them says it of the whole firm. What the seller writes is no
    /// statement of theirs.
    fn bears_on_deal(&self, seller: &Seller, fact: &Fact, touch: &Touch, theirs: bool) -> bool {
        let by_seller =
            touch.message.from.as_ref().is_some_and(|from| seller.emails.contains(&from.address));
        let to_us = fact.to.as_ref().is_some_and(|to| seller.is_ours(to));
        let to_them = fact.to.as_ref().is_some_and(|to| self.people.contains(to));
        let about_them = fact.email.as_ref().is_some_and(|email| self.people.contains(email));
        match (&fact.email, fact.kind) {
            _ if by_seller => false,
            (None, _) => theirs,
            (Some(_), FactKind::Referred) => !to_us && (to_them || about_them),
            (Some(_), _) => about_them,
        }
    }

    /// The people with the names by which they may be called.
    fn mailboxes(&self) -> Vec<Mailbox> {
        let mailbox = |address: &EmailAddress| Mailbox {
            name: self.names.get(address).cloned(),
            address: address.clone(),
        };
        self.people.iter().map(mailbox).collect()
    }

    /// What the seller typed about these people.
    fn take_notes(&mut self, as_of: Moment) {
        let people = self.mailboxes();
        for note in &self.deal.notes {
            let Ok(midnight) = as_of.offset().to_timestamp(note.date.to_datetime(Time::midnight()))
            else {
                continue;
            };
            let at = Moment::new(midnight, as_of.offset());
            if at.timestamp() <= as_of.timestamp() {
                let facts = read_note(&note.text, note.date, &people);
                self.facts.extend(facts.into_iter().map(|fact| Stated { fact, at }));
            }
        }
    }

    /// The messages that they wrote, oldest first.
    pub fn inbound(&self) -> impl DoubleEndedIterator<Item = &Exchange<'a>> {
        self.exchanges.iter().filter(|e| e.direction == Direction::Inbound)
    }

    /// What we wrote since they last did or were met, oldest first.
    pub fn unanswered(&self) -> &[Exchange<'a>] {
        unanswered(&self.exchanges, self.met_at)
    }

    /// Who is being waited for, or was last heard: those whom the unanswered messages are
    /// addressed to; else who wrote last; else those typed in.
    pub fn counterparts(&self) -> BTreeSet<EmailAddress> {
        self.counterparts_by(&self.exchanges)
    }

    /// The same when only these letters had been written.
    pub(crate) fn counterparts_by(&self, exchanges: &[Exchange<'_>]) -> BTreeSet<EmailAddress> {
        let addressed: BTreeSet<EmailAddress> = unanswered(exchanges, self.met_at)
            .iter()
            .flat_map(|e| &e.touch.message.to)
            .map(|m| m.address.clone())
            .filter(|address| self.people.contains(address))
            .collect();
        if !addressed.is_empty() {
            return addressed;
        }
        let last = exchanges.iter().rfind(|e| e.direction == Direction::Inbound);
        match last.and_then(Exchange::writer) {
            Some(writer) => BTreeSet::from([writer.clone()]),
            None => self.deal.people.iter().map(|seat| seat.email.clone()).collect(),
        }
    }

    /// Who leads on their side: the one who was typed in as the primary contact, or who wrote at
    /// least half of what they wrote.
    pub fn lead(&self) -> Option<EmailAddress> {
        let primary =
            self.deal.people.iter().find(|seat| seat.roles.contains(&Role::PrimaryContact));
        if let Some(seat) = primary {
            return Some(seat.email.clone());
        }
        let mut letters: BTreeMap<&EmailAddress, usize> = BTreeMap::new();
        for writer in self.inbound().filter_map(Exchange::writer) {
            *letters.entry(writer).or_default() += 1;
        }
        let all: usize = letters.values().sum();
        let (writer, most) = letters.into_iter().max_by_key(|(_, n)| *n)?;
        (2 * most >= all).then(|| writer.clone())
    }

    /// What one person wrote to us, and we to that person, oldest first.
    pub fn exchanges_with(&self, person: &EmailAddress) -> Vec<Exchange<'a>> {
        with_person(&self.exchanges, person).copied().collect()
    }

    /// The same for everybody with whom anything passed.
    pub(crate) fn exchanges_by_person(&self) -> BTreeMap<&EmailAddress, Vec<Exchange<'a>>> {
        let mut by_person: BTreeMap<&EmailAddress, Vec<Exchange<'a>>> = BTreeMap::new();
        for exchange in &self.exchanges {
            let (writer, to) = match exchange.direction {
                Direction::Inbound => (exchange.writer(), &[][..]),
                Direction::Outbound => (None, exchange.touch.message.to.as_slice()),
            };
            for person in writer.into_iter().chain(to.iter().map(|mailbox| &mailbox.address)) {
                let theirs = by_person.entry(person).or_default();
                if theirs.last().is_none_or(|last| !std::ptr::eq(last.touch, exchange.touch)) {
                    theirs.push(*exchange);
                }
            }
        }
        by_person
    }

    /// The name of a person, or the address.
    pub fn name<'s>(&'s self, email: &'s EmailAddress) -> &'s str {
        self.names.get(email).map_or(email.as_str(), String::as_str)
    }
}

/// Who is who among the numbers of a correspondence.
struct Sides<'c, 'a> {
    theirs: BTreeSet<Number>,
    correspondence: &'c Correspondence<'a>,
}

impl Sides<'_, '_> {
    fn is_theirs(&self, number: Number) -> bool {
        self.theirs.contains(&number)
    }

    /// A mail among themselves that we were shown later is not an answer to us.
    fn is_to_us(&self, letter: &Letter<'_>) -> bool {
        let recipients = letter.recipients();
        recipients.is_empty() || recipients.iter().any(|to| self.correspondence.is_ours(*to))
    }

    /// Whether a letter is written to one of them. A copy of what we write to somebody else asks
    /// for no answer.
    fn is_to_them(&self, letter: &Letter<'_>) -> bool {
        let to = if letter.to().is_empty() { letter.cc() } else { letter.to() };
        to.iter().chain(letter.bcc()).any(|to| self.is_theirs(*to))
    }
}

/// What we wrote since they last did, or since a meeting, oldest first.
pub fn unanswered<'e, 'a>(
    exchanges: &'e [Exchange<'a>],
    met_at: Option<Moment>,
) -> &'e [Exchange<'a>] {
    let answered = |e: &Exchange<'_>| {
        e.direction == Direction::Inbound || met_at.is_some_and(|met| e.at <= met)
    };
    let start = exchanges.iter().rposition(answered).map_or(0, |last| last + 1);
    exchanges.get(start..).unwrap_or(&[])
}

/// Of some letters those that one person wrote to us, and we to that person.
pub(crate) fn with_person<'s, 'a>(
    exchanges: &'s [Exchange<'a>],
    person: &'s EmailAddress,
) -> impl Iterator<Item = &'s Exchange<'a>> {
    exchanges.iter().filter(move |e| match e.direction {
        Direction::Inbound => e.writer() == Some(person),
        Direction::Outbound => e.touch.message.to.iter().any(|m| m.address == *person),
    })
}

/// How the people of a deal are called: as typed in, else in the heads of all mails.
fn names_of(
    deal: &Deal,
    people: &BTreeSet<EmailAddress>,
    correspondence: &Correspondence<'_>,
) -> BTreeMap<EmailAddress, String> {
    let seen = people.iter().filter_map(|email| {
        let name = correspondence.name_of(email)?;
        Some((email.clone(), name.to_owned()))
    });
    let mut names: BTreeMap<EmailAddress, String> = seen.collect();
    let typed = deal.people.iter().filter_map(|seat| Some((&seat.email, seat.name.as_ref()?)));
    names.extend(typed.map(|(email, name)| (email.clone(), name.clone())));
    names
}

/// Everybody typed in, and everybody seen at the deal's domain.
pub(crate) fn people_of(
    seller: &Seller,
    deal: &Deal,
    correspondence: &Correspondence<'_>,
) -> BTreeSet<EmailAddress> {
    let mut people = deal
        .domain
        .as_deref()
        .map_or_else(BTreeSet::new, |domain| correspondence.people_at(domain));
    people.extend(deal.people.iter().map(|seat| seat.email.clone()));
    people.retain(|address| !seller.is_ours(address));
    people
}

/// The same thing said again is one fact; what was said first stands.
pub fn once_each(stated: &[Stated]) -> impl DoubleEndedIterator<Item = &Stated> {
    let mut seen = BTreeSet::new();
    let first: Vec<&Stated> = stated
        .iter()
        .filter(|Stated { fact, .. }| {
            let day = fact.until.or(fact.on);
            let title = fact.title.as_ref().map(|title| title.to_lowercase());
            seen.insert((fact.kind, fact.email.clone(), day, fact.to.clone(), title))
        })
        .collect();
    first.into_iter()
}
