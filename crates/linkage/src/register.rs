//! All records of a file, ready to be asked which are one and which are like a new one.

use std::collections::BTreeMap;

use crate::candidates::{Index, Keys, Tally};
use crate::clusters::{Edge, groups};
use crate::form::Form;
use crate::learning::{Seen, learned};
use crate::levels::Pattern;
use crate::partners::partners;
use crate::rarity::Counts;
use crate::weights::{Thought, Weights};
use crate::why::{Why, why};

/// A kind of record: [`crate::Person`] or [`crate::Organisation`].
pub trait Record: Ord + Sized {
    /// How it is compared.
    type Form: Form<Record = Self>;
}

/// Two records by their places in the list, the earlier first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Place in the list; of two lists, in the first.
    pub a: usize,
    /// Place in the list; of two lists, in the second.
    pub b: usize,
    /// Chance that both are the same, 0 to 1, as far as the model of fields holds.
    pub chance: f64,
}

/// A record that is like one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Like {
    /// Place in the list.
    pub record: usize,
    /// Chance that both are the same, 0 to 1.
    pub chance: f64,
}

/// A list of records with what was learned from it.
#[derive(Debug)]
pub struct Register<R: Record> {
    /// Records of equal content stand here once, in an order that does not depend on the list's.
    forms: Vec<R::Form>,
    /// The records behind each form, in order.
    records: Vec<Vec<usize>>,
    /// The form of each record.
    form_of: Vec<u32>,
    counts: Counts,
    index: Index,
    weights: Weights,
    /// Pairs of forms that were worth comparing, in order.
    compared: Vec<Compared>,
}

/// Two forms that were compared.
#[derive(Debug, Clone, Copy)]
struct Compared {
    a: u32,
    b: u32,
    pattern: Pattern,
    /// Bits for the same that stand in no field.
    partners: f64,
}

/// Copies of one record that count where it is learned how records of one differ.
const COPIES_MAX: f64 = 10.0;
/// How often values are counted again with the groups found so far.
const COUNTED_AGAIN: usize = 1;
/// Rounds of learning and of looking who has a partner.
const ROUNDS: usize = 3;
/// Most pairs from whose patterns the chances are learned.
const LEARNED_FROM_MAX: usize = 30_000;
/// Pairs drawn by lot.
const LOTS: usize = 20_000;

impl<R: Record> Register<R> {
    /// Reads and compares a list, and learns from it.
    ///
    /// Takes about 0.2 milliseconds for each record, and about 7 kilobytes.
    pub fn new(list: &[R]) -> Self {
        Self::of_sides(list, &|_| 0)
    }

    /// As [`Register::new`]; only records of different sides are compared.
    fn of_sides(list: &[R], side: &dyn Fn(usize) -> u8) -> Self {
        let (forms, records) = read(list, side);
        let mut form_of = vec![0; list.len()];
        for (form, all) in (0..).zip(&records) {
            for at in all {
                form_of[*at] = form;
            }
        }
        let index = Index::new(forms.iter().map(keys_of).collect());
        let sides: Vec<u8> =
            records.iter().filter_map(|all| all.first()).map(|at| side(*at)).collect();
        let sides = (sides.first() != sides.last()).then_some(sides);
        let pairs = worth_comparing(&forms, &index, sides.as_deref());
        let alone: Vec<u32> = (0..).take(forms.len()).collect();
        let mut register = Self {
            forms,
            records,
            form_of,
            counts: Counts::default(),
            index,
            weights: Weights::shipped(
                R::Form::fields(),
                R::Form::stories(),
                R::Form::records_min(),
            ),
            compared: Vec::new(),
        };
        register.compare(&pairs, &alone, sides.as_deref());
        if R::Form::counts_groups_once() && sides.is_none() {
            for _ in 0..COUNTED_AGAIN {
                let mut group_of = alone.clone();
                for group in register.form_groups() {
                    for form in &group {
                        group_of[*form as usize] = group[0];
                    }
                }
                register.compare(&pairs, &group_of, None);
            }
        }
        register
    }

    /// Counts values, those of one group once, compares all pairs and learns from that.
    fn compare(&mut self, pairs: &[(u32, u32)], groups: &[u32], sides: Option<&[u8]>) {
        self.counts = Counts::new(&mut self.forms, groups);
        self.forms.iter_mut().for_each(|form| self.counts.tell(form, 0));
        let forms = &self.forms;
        let pattern = |a: u32, b: u32| Some(forms.get(a as usize)?.compare(forms.get(b as usize)?));
        let told = |(a, b)| Some(Compared { a, b, pattern: pattern(a, b)?, partners: 0.0 });
        self.compared = pairs.iter().copied().filter_map(told).collect();
        let copies: Vec<(Pattern, f64)> = forms
            .iter()
            .zip(&self.records)
            .filter(|(_, records)| records.len() > 1)
            .map(|(form, records)| {
                (form.compare(form), ((records.len() - 1) as f64).min(COPIES_MAX))
            })
            .collect();
        self.weights = weights(&self.forms, &mut self.compared, &copies, sides);
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.form_of.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.form_of.is_empty()
    }

    /// Pairs that are the same with at least that chance (0 to 1), the surest first. Of records with
    /// equal content each is told with the first of them alone.
    pub fn doubles(&self, least: f64) -> Vec<Pair> {
        let compared = self.compared.iter().filter_map(|pair| {
            let chance = self.weights.think(&pair.pattern, pair.partners).chance;
            let (a, b) = (self.first(pair.a)?, self.first(pair.b)?);
            (chance >= least).then_some(Pair { a: a.min(b), b: a.max(b), chance })
        });
        let mut pairs: Vec<Pair> = compared.collect();
        for (form, records) in self.forms.iter().zip(&self.records).filter(|(_, all)| all.len() > 1)
        {
            let chance = self.weights.think(&form.compare(form), 0.0).chance;
            let (Some(first), true) = (records.first(), chance >= least) else { continue };
            pairs.extend(records.iter().skip(1).map(|b| Pair { a: *first, b: *b, chance }));
        }
        pairs.sort_by(|x, y| y.chance.total_cmp(&x.chance).then((x.a, x.b).cmp(&(y.a, y.b))));
        pairs
    }

    /// Groups of two and more records that are one, each in order: two groups become one where
    /// the mean of the evidence over all their cross pairs speaks for it, so that chains do not.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let found = self.form_groups();
        let mut grouped = vec![false; self.forms.len()];
        let mut all: Vec<Vec<usize>> = Vec::with_capacity(found.len());
        for group in found {
            let places = group.iter().map(|form| *form as usize);
            places.clone().for_each(|form| grouped[form] = true);
            all.push(places.filter_map(|form| self.records.get(form)).flatten().copied().collect());
        }
        for ((form, records), _) in
            self.forms.iter().zip(&self.records).zip(&grouped).filter(|(_, grouped)| !**grouped)
        {
            if records.len() > 1 && self.weights.think(&form.compare(form), 0.0).chance > 0.5 {
                all.push(records.clone());
            }
        }
        for group in &mut all {
            group.sort_unstable();
        }
        all.sort();
        all
    }

    /// The records that are likeliest the same as one that is not in the list, at most that many.
    pub fn like(&self, record: &R, most: usize) -> Vec<Like> {
        let form = self.read(record);
        let near = self.index.neighbours(keys_of(&form), &mut Tally::default(), |_| true);
        let mut found: Vec<Like> = near
            .into_iter()
            .filter_map(|place| {
                let known = self.forms.get(place as usize)?;
                let chance = self.weights.think(&form.compare(known), 0.0).chance;
                Some(Like { record: self.first(place)?, chance })
            })
            .collect();
        found.sort_by(|x, y| y.chance.total_cmp(&x.chance).then(x.record.cmp(&y.record)));
        found.truncate(most);
        found
    }

    /// Why two records of the list may be the same, and why not; nothing if there is no such record.
    pub fn why(&self, a: usize, b: usize) -> Option<Why> {
        let form = |at: usize| self.forms.get(*self.form_of.get(at)? as usize);
        let places = (*self.form_of.get(a)?, *self.form_of.get(b)?);
        let places = (places.0.min(places.1), places.0.max(places.1));
        let found = self.compared.binary_search_by(|pair| (pair.a, pair.b).cmp(&places));
        let partners =
            found.ok().and_then(|at| self.compared.get(at)).map_or(0.0, |pair| pair.partners);
        Some(self.told(&form(a)?.compare(form(b)?), partners))
    }

    /// Why two records that are in no list may be the same, and why not, as far as this list teaches; an empty
    /// one teaches nothing, and the shipped chances hold.
    pub fn why_both(&self, a: &R, b: &R) -> Why {
        self.told(&self.read(a).compare(&self.read(b)), 0.0)
    }

    /// Why a new record may be the same as one of the list, and why not.
    pub fn why_like(&self, record: &R, known: usize) -> Option<Why> {
        let known = self.forms.get(*self.form_of.get(known)? as usize)?;
        Some(self.told(&self.read(record).compare(known), 0.0))
    }

    /// Groups of forms.
    fn form_groups(&self) -> Vec<Vec<u32>> {
        let edges: Vec<Edge> =
            self.thoughts().map(|(a, b, thought)| (a, b, thought.bits)).collect();
        let mut bits = |a: u32, b: u32| self.thought(a, b).map_or(-1.0, |thought| thought.bits);
        let copies: Vec<f64> = self.records.iter().map(|records| records.len() as f64).collect();
        groups(&copies, &edges, &mut bits)
    }

    fn read(&self, record: &R) -> R::Form {
        let mut form = R::Form::read(record);
        self.counts.tell(&mut form, 1);
        form
    }

    fn told(&self, pattern: &Pattern, partners: f64) -> Why {
        let thought = self.weights.think(pattern, partners);
        why(R::Form::fields(), R::Form::stories(), &self.weights, pattern, thought)
    }

    fn thought(&self, a: u32, b: u32) -> Option<Thought> {
        let (a, b) = (self.forms.get(a as usize)?, self.forms.get(b as usize)?);
        Some(self.weights.think(&a.compare(b), 0.0))
    }

    fn first(&self, form: u32) -> Option<usize> {
        self.records.get(form as usize)?.first().copied()
    }

    /// Pairs of forms with their thoughts.
    pub(crate) fn thoughts(&self) -> impl Iterator<Item = (u32, u32, Thought)> {
        self.compared.iter().map(|p| (p.a, p.b, self.weights.think(&p.pattern, p.partners)))
    }

    /// The records behind a form.
    pub(crate) fn behind(&self, form: u32) -> &[usize] {
        self.records.get(form as usize).map_or(&[], Vec::as_slice)
    }
}

impl<R: Record + Clone> Register<R> {
    /// Both lists as one register in which only pairs across were compared; places of the second list
    /// follow those of the first.
    pub(crate) fn across(first: &[R], second: &[R]) -> Self {
        let all: Vec<R> = first.iter().chain(second).cloned().collect();
        Self::of_sides(&all, &|at| u8::from(at >= first.len()))
    }
}

fn keys_of<F: Form>(form: &F) -> Keys {
    let mut keys = Keys::default();
    form.keys(&mut keys);
    keys
}

/// Records read, those that are equal once, with the places of each; in an order that does not depend on the
/// list's.
fn read<R: Record>(list: &[R], side: &dyn Fn(usize) -> u8) -> (Vec<R::Form>, Vec<Vec<usize>>) {
    let mut order: Vec<usize> = (0..list.len()).collect();
    let key = |at: &usize| (side(*at), list.get(*at));
    order.sort_by(|a, b| key(a).cmp(&key(b)).then(a.cmp(b)));
    let (mut forms, mut records): (Vec<R::Form>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<(u8, u64), usize> = BTreeMap::new();
    for at in order {
        let Some(record) = list.get(at) else { continue };
        let same =
            records.last_mut().filter(|last| last.first().is_some_and(|f| key(f) == key(&at)));
        if let Some(same) = same {
            same.push(at);
            continue;
        }
        let form = R::Form::read(record);
        let print = form.fingerprint();
        match seen.get(&(side(at), print)).and_then(|place| records.get_mut(*place)) {
            Some(same) if print != 0 => same.push(at),
            _ => {
                seen.insert((side(at), print), records.len());
                records.push(vec![at]);
                forms.push(form);
            }
        }
    }
    for all in &mut records {
        all.sort_unstable();
    }
    (forms, records)
}

/// All pairs worth comparing, in order.
fn worth_comparing<F: Form>(forms: &[F], index: &Index, sides: Option<&[u8]>) -> Vec<(u32, u32)> {
    let mut tally = Tally::default();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for (at, form) in (0_u32..).zip(forms) {
        let side = |place: u32| sides.and_then(|sides| sides.get(place as usize));
        let own = side(at);
        let wanted = |place: u32| place != at && (own.is_none() || side(place) != own);
        let near = index.neighbours(keys_of(form), &mut tally, wanted);
        pairs.extend(near.into_iter().map(|other| (at.min(other), at.max(other))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Learns from what was compared and from pairs drawn by lot.
fn weights<F: Form>(
    forms: &[F],
    compared: &mut [Compared],
    copies: &[(Pattern, f64)],
    sides: Option<&[u8]>,
) -> Weights {
    let count = forms.len();
    if count < 2 {
        return Weights::shipped(F::fields(), F::stories(), F::records_min());
    }
    let lots = lots(forms, sides);
    let step = compared.len().div_ceil(LEARNED_FROM_MAX).max(1);
    let candidates: Vec<Pattern> = compared.iter().step_by(step).map(|pair| pair.pattern).collect();
    let first = sides.map_or(0, |sides| sides.partition_point(|side| *side == 0));
    let pairs = if sides.is_some() {
        first as f64 * (count - first) as f64
    } else {
        count as f64 * (count - 1) as f64 / 2.0
    };
    let weight = compared.len() as f64 / candidates.len().max(1) as f64;
    let places: Vec<(u32, u32)> = compared.iter().map(|pair| (pair.a, pair.b)).collect();
    let mut weights = Weights::shipped(F::fields(), F::stories(), count.max(F::records_min()));
    for _ in 0..ROUNDS {
        let told: Vec<f64> = compared.iter().step_by(step).map(|pair| pair.partners).collect();
        let seen = Seen {
            candidates: &candidates,
            partners: &told,
            candidate_weight: weight,
            copies,
            lots: &lots,
            pairs,
            records: count,
            records_min: F::records_min(),
        };
        weights = learned(F::fields(), F::stories(), &seen);
        let chance = |pair: &Compared| weights.think(&pair.pattern, pair.partners).chance;
        let chances: Vec<f64> = compared.iter().map(chance).collect();
        let bits = partners(count, &places, &chances);
        compared.iter_mut().zip(bits).for_each(|(pair, bits)| pair.partners = bits);
    }
    weights
}

/// Patterns of pairs drawn by lot, the same for the same records; of a small file, of all pairs.
fn lots<F: Form>(forms: &[F], sides: Option<&[u8]>) -> Vec<Pattern> {
    let count = forms.len();
    let across =
        |a: usize, b: usize| a != b && sides.is_none_or(|sides| sides.get(a) != sides.get(b));
    let pattern = |a: usize, b: usize| {
        let (a, b) = (forms.get(a)?, forms.get(b)?);
        Some(a.compare(b))
    };
    if count * (count - 1) / 2 <= LOTS {
        let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
        return pairs.filter(|(a, b)| across(*a, *b)).filter_map(|(a, b)| pattern(a, b)).collect();
    }
    let mut state = 1_u64;
    let mut place = || {
        state = crate::text::mixed(state);
        usize::try_from(state % count as u64).unwrap_or(0)
    };
    let pairs = (0..LOTS).map(|_| (place(), place()));
    pairs.filter(|(a, b)| across(*a, *b)).filter_map(|(a, b)| pattern(a, b)).collect()
}
