//! What a folder is for: as the server says (RFC 6154), or else as its name says in many languages.

use crate::Folder;

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Where mail comes in.
    Inbox,
    /// What was sent.
    Sent,
    /// What is not finished.
    Drafts,
    /// What was thrown away.
    Trash,
    /// What nobody wanted.
    Junk,
    /// What is kept out of the way.
    Archive,
    /// All messages of the other folders once more.
    All,
    /// Marked messages of the other folders once more.
    Flagged,
}

/// Names of folders in programs of many languages, lower case, the usual ones first.
const NAMES: [(Role, &[&str]); 5] = [
    (
        Role::Sent,
        &[
            "sent",
            "sent items",
            "sent messages",
            "sent mail",
            "sent-mail",
            "outbox sent",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "gesendete nachrichten",
            "envoyés",
            "éléments envoyés",
            "messages envoyés",
            "envoyes",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "itens enviados",
            "inviati",
            "inviata",
            "posta inviata",
            "elementi inviati",
            "messaggi inviati",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "wysłane",
            "elementy wysłane",
            "odeslané",
            "odeslaná pošta",
            "odoslané",
            "skickat",
            "skickade objekt",
            "sendt",
            "sendte elementer",
            "lähetetyt",
            "elküldött",
            "elküldött elemek",
            "trimise",
            "elemente trimise",
            "poslano",
            "отправленные",
            "надіслані",
            "изпратени",
            "απεσταλμένα",
            "gönderilmiş",
            "gönderilmiş öğeler",
            "送信済み",
            "送信済みアイテム",
            "已发送",
            "已发送邮件",
            "寄件備份",
            "寄件匣備份",
            "보낸 편지함",
            "보낸메일함",
            "הודעות שנשלחו",
            "البريد المرسل",
            "đã gửi",
        ],
    ),
    (
        Role::Drafts,
        &[
            "drafts",
            "draft",
            "entwürfe",
            "entwurf",
            "brouillons",
            "brouillon",
            "borradores",
            "rascunhos",
            "bozze",
            "concepten",
            "kopie robocze",
            "szkice",
            "wersje robocze",
            "koncepty",
            "rozepsané",
            "utkast",
            "kladder",
            "kladde",
            "luonnokset",
            "piszkozatok",
            "schițe",
            "ciorne",
            "skice",
            "черновики",
            "чернетки",
            "чернови",
            "πρόχειρα",
            "taslaklar",
            "下書き",
            "草稿",
            "草稿箱",
            "草稿匣",
            "임시보관함",
            "임시 보관함",
            "טיוטות",
            "المسودات",
            "thư nháp",
        ],
    ),
    (
        Role::Trash,
        &[
            "trash",
            "deleted items",
            "deleted messages",
            "deleted",
            "bin",
            "papierkorb",
            "gelöschte elemente",
            "gelöschte objekte",
            "gelöscht",
            "corbeille",
            "éléments supprimés",
            "papelera",
            "elementos eliminados",
            "lixeira",
            "lixo",
            "itens excluídos",
            "cestino",
            "posta eliminata",
            "elementi eliminati",
            "prullenbak",
            "verwijderde items",
            "kosz",
            "elementy usunięte",
            "koš",
            "odstraněná pošta",
            "kôš",
            "papperskorgen",
            "borttagna objekt",
            "papirkurv",
            "slettet post",
            "slettede elementer",
            "roskakori",
            "poistetut",
            "kuka",
            "törölt elemek",
            "coș de gunoi",
            "elemente șterse",
            "smeće",
            "корзина",
            "удаленные",
            "кошик",
            "кошче",
            "κάδος",
            "διαγραμμένα",
            "çöp kutusu",
            "silinmiş öğeler",
            "ごみ箱",
            "ゴミ箱",
            "削除済みアイテム",
            "已删除",
            "已删除邮件",
            "垃圾桶",
            "刪除的郵件",
            "휴지통",
            "지운 편지함",
            "אשפה",
            "سلة المهملات",
            "thùng rác",
        ],
    ),
    (
        Role::Junk,
        &[
            "junk",
            "junk e-mail",
            "junk email",
            "junk mail",
            "spam",
            "bulk mail",
            "bulk",
            "spamverdacht",
            "junk-e-mail",
            "unerwünscht",
            "unerwünschte werbung",
            "courrier indésirable",
            "indésirables",
            "pourriel",
            "correo no deseado",
            "correo basura",
            "lixo eletrônico",
            "lixo eletrónico",
            "posta indesiderata",
            "ongewenste e-mail",
            "wiadomości-śmieci",
            "nevyžádaná pošta",
            "nevyžiadaná pošta",
            "skräppost",
            "uønsket e-post",
            "søppelpost",
            "roskaposti",
            "levélszemét",
            "нежелательная почта",
            "спам",
            "небажана пошта",
            "ανεπιθύμητα",
            "önemsiz e-posta",
            "gereksiz",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
            "정크 메일",
            "스팸메일함",
            "דואר זבל",
            "البريد العشوائي",
        ],
    ),
    (
        Role::Archive,
        &[
            "archive",
            "archives",
            "archiv",
            "all archive",
            "archivo",
            "arquivo",
            "archivio",
            "archief",
            "archiwum",
            "arkiv",
            "arkisto",
            "archívum",
            "архив",
            "архів",
            "αρχείο",
            "arşiv",
            "アーカイブ",
            "存档",
            "归档",
            "封存",
            "보관함",
        ],
    ),
];

impl Role {
    /// Reads an attribute such as `\Sent` of a folder in a list.
    pub(crate) fn of_attribute(attribute: &str) -> Option<Self> {
        match attribute.to_ascii_lowercase().as_str() {
            // What servers said before there was a standard is still said by some.
            "\\inbox" => Some(Self::Inbox),
            "\\sent" => Some(Self::Sent),
            "\\drafts" => Some(Self::Drafts),
            "\\trash" => Some(Self::Trash),
            "\\junk" | "\\spam" => Some(Self::Junk),
            "\\archive" => Some(Self::Archive),
            "\\all" | "\\allmail" => Some(Self::All),
            "\\flagged" | "\\starred" => Some(Self::Flagged),
            _ => None,
        }
    }

    /// What the last part of a folder's name says.
    fn of_name(name: &str) -> Option<(Self, usize)> {
        let name = name.trim().to_lowercase();
        NAMES.iter().find_map(|(role, names)| {
            names.iter().position(|known| *known == name).map(|rank| (*role, rank))
        })
    }
}

/// Gives roles by name where the server told none, at most one folder for each. A folder at the top
/// or right below the inbox comes before one that somebody made deep in a tree.
pub(crate) fn complete(folders: &mut [Folder]) {
    for (role, _) in NAMES {
        if folders.iter().any(|folder| folder.role == Some(role)) {
            continue;
        }
        let best = folders
            .iter_mut()
            .filter(|folder| folder.role.is_none() && folder.can_be_opened)
            .filter_map(|folder| {
                let (found, rank) = Role::of_name(folder.last_part())?;
                (found == role && folder.depth() < 2).then(|| ((folder.depth(), rank), folder))
            })
            .min_by_key(|(order, _)| *order);
        if let Some((_, folder)) = best {
            folder.role = Some(role);
            folder.role_is_guessed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(names: &[&str]) -> Vec<Folder> {
        names.iter().map(|name| Folder::plain(name, Some('/'))).collect()
    }

    fn check(names: &[&str], expected: &[(&str, Role)]) {
        let mut all = folders(names);
        complete(&mut all);
        let found: Vec<(&str, Role)> =
            all.iter().filter_map(|folder| Some((folder.name.as_str(), folder.role?))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn by_name() {
        check(
            &["Gesendete Elemente", "Entwürfe", "Papierkorb", "Junk-E-Mail", "Kunden"],
            &[
                ("Gesendete Elemente", Role::Sent),
                ("Entwürfe", Role::Drafts),
                ("Papierkorb", Role::Trash),
                ("Junk-E-Mail", Role::Junk),
            ],
        );
        check(&["INBOX/Sent", "INBOX/Clients/Sent"], &[("INBOX/Sent", Role::Sent)]);
        check(&["Gesendet", "Sent"], &[("Sent", Role::Sent)]);
        check(&["已发送", "Черновики"], &[("已发送", Role::Sent), ("Черновики", Role::Drafts)]);
        check(&["Sent by Anna", "a/b/Trash"], &[]);
    }

    #[test]
    fn what_the_server_says_counts() {
        let mut all = folders(&["Sent", "Versandt"]);
        all[1].role = Some(Role::Sent);
        complete(&mut all);
        assert_eq!((all[0].role, all[1].role), (None, Some(Role::Sent)));
        assert_eq!(Role::of_attribute("\\SENT"), Some(Role::Sent));
        assert_eq!(Role::of_attribute("\\HasChildren"), None);
    }

    #[test]
    fn every_name_is_lower_case_and_of_one_role() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, names) in NAMES {
            for name in names {
                assert_eq!(name.to_lowercase(), **name);
                assert!(seen.insert(*name), "{name} stands there twice");
            }
        }
    }
}
