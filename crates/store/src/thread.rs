//! Threads, kept as they grow: a message joins the thread of any message that it refers to, and
//! a message that refers to two threads makes them one.
//!
//! A thread is named after its first row, so the result does not depend on which message of a
//! conversation came in last. Every Message-ID that was ever seen or referred to has a node, so a
//! reply that comes in before its parent still finds it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use inroad_model::MessageId;

use crate::Result;
use crate::sql::{self, Builder, Transaction};

/// A message about to be placed.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    pub(crate) row: i64,
    pub(crate) id: &'a MessageId,
    pub(crate) related: Vec<&'a MessageId>,
    /// Of a delivery report: the message that was not delivered.
    pub(crate) original: Option<&'a MessageId>,
}

impl Member<'_> {
    /// The nodes of this message; long chains are cut, their ends tie the thread together anyway.
    fn nodes(&self) -> impl Iterator<Item = i64> {
        let related = self.related.iter().copied().take(RELATED_MAX);
        std::iter::once(self.id).chain(related).chain(self.original).map(node)
    }
}

/// Longest chain of references that is followed.
const RELATED_MAX: usize = 500;
const ROWS_PER_STATEMENT: usize = 400;

/// The node of a Message-ID: 8 bytes of its hash. Two of a million ids share one with a
/// probability of about one in forty million.
fn node(id: &MessageId) -> i64 {
    let mut short = [0; 8];
    let hash = blake3::hash(id.as_str().as_bytes());
    short.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    i64::from_be_bytes(short)
}

/// Finds the thread of each row, joining threads where a message ties them together.
pub(crate) async fn place(
    tx: &mut Transaction,
    members: &[Member<'_>],
) -> Result<HashMap<i64, i64>> {
    let wanted: BTreeSet<i64> = members.iter().flat_map(Member::nodes).collect();
    let before = threads_of(tx, &wanted).await?;
    let mut sets = Joined::default();
    let mut nodes = before.clone();
    for member in members {
        let mut root = member.row;
        for node in member.nodes() {
            if let Some(thread) = nodes.get(&node) {
                root = sets.join(root, *thread);
            }
        }
        for node in member.nodes() {
            nodes.insert(node, root);
        }
    }
    merge(tx, &before, &mut sets).await?;
    let fresh: Vec<(i64, i64)> = nodes
        .iter()
        .filter(|(node, _)| !before.contains_key(node))
        .map(|(node, thread)| (*node, sets.root(*thread)))
        .collect();
    for chunk in fresh.chunks(ROWS_PER_STATEMENT) {
        let mut query = Builder::new("INSERT INTO thread_node (workspace_id, hash, thread_id) ");
        query.push_values(chunk, |mut row, (node, thread)| {
            row.push_bind(tx.workspace()).push_bind(*node).push_bind(*thread);
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(members.iter().map(|member| (member.row, sets.root(member.row))).collect())
}

async fn threads_of(tx: &mut Transaction, nodes: &BTreeSet<i64>) -> Result<BTreeMap<i64, i64>> {
    let nodes: Vec<i64> = nodes.iter().copied().collect();
    let mut found = BTreeMap::new();
    for chunk in nodes.chunks(ROWS_PER_STATEMENT) {
        let mut query =
            Builder::new("SELECT hash, thread_id FROM thread_node WHERE workspace_id = ");
        query.push_bind(tx.workspace()).push(" AND hash IN ").push_list(chunk.iter().copied());
        found.extend(query.build_query_as::<(i64, i64)>().fetch_all(&mut **tx).await?);
    }
    Ok(found)
}

/// Renames the threads that were there before and are now part of an older one.
async fn merge(tx: &mut Transaction, before: &BTreeMap<i64, i64>, sets: &mut Joined) -> Result<()> {
    let threads: BTreeSet<i64> = before.values().copied().collect();
    for thread in threads {
        let root = sets.root(thread);
        if root == thread {
            continue;
        }
        for table in [
            "UPDATE thread_node SET thread_id = ? WHERE workspace_id = ? AND thread_id = ?",
            "UPDATE message SET thread_id = ? WHERE workspace_id = ? AND thread_id = ?",
        ] {
            sql::query(table)
                .bind(root)
                .bind(tx.workspace())
                .bind(thread)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// Disjoint sets whose name is their smallest member.
#[derive(Debug, Default)]
struct Joined {
    parent: HashMap<i64, i64>,
}

impl Joined {
    fn root(&mut self, member: i64) -> i64 {
        let mut root = member;
        while let Some(next) = self.parent.get(&root) {
            root = *next;
        }
        // Point everything on the way at the root, so that long chains stay cheap.
        let mut at = member;
        while at != root {
            match self.parent.insert(at, root) {
                Some(next) => at = next,
                None => break,
            }
        }
        root
    }

    fn join(&mut self, a: i64, b: i64) -> i64 {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if low != high {
            self.parent.insert(high, low);
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_member_names_the_set_in_any_order() {
        for pairs in [[(5, 3), (3, 9), (9, 1)], [(9, 1), (5, 3), (3, 9)]] {
            let mut sets = Joined::default();
            for (a, b) in pairs {
                sets.join(a, b);
            }
            assert_eq!([1, 3, 5, 9].map(|member| sets.root(member)), [1; 4]);
            assert_eq!(sets.root(7), 7);
        }
    }
}
