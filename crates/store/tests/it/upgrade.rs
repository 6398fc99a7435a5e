//! Files written by every earlier schema open, keep their rows, and work.

use inroad_model::{Account, EmailAddress, SellerPart, SellerWord, Stance};
use inroad_store::{ApiRequest, Concerning, Error, LeadsAsked, NewLead, OutgoingState, Store};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use crate::insights::stance;
use crate::lessons::{day, overruling};
use crate::samples::{packed, touch, words};

/// A packed data file of each schema, written when that schema was new; never made again.
const SCHEMAS: [(&str, &[u8]); 23] = [
    ("1", include_bytes!("../schemas/0001.db.zst")),
    ("2", include_bytes!("../schemas/0002.db.zst")),
    ("3", include_bytes!("../schemas/0003.db.zst")),
    ("4", include_bytes!("../schemas/0004.db.zst")),
    ("5", include_bytes!("../schemas/0005.db.zst")),
    ("6", include_bytes!("../schemas/0006.db.zst")),
    ("7", include_bytes!("../schemas/0007.db.zst")),
    ("8", include_bytes!("../schemas/0008.db.zst")),
    ("9", include_bytes!("../schemas/0009.db.zst")),
    ("10", include_bytes!("../schemas/0010.db.zst")),
    ("11", include_bytes!("../schemas/0011.db.zst")),
    ("12", include_bytes!("../schemas/0012.db.zst")),
    ("13", include_bytes!("../schemas/0013.db.zst")),
    ("14", include_bytes!("../schemas/0014.db.zst")),
    ("15", include_bytes!("../schemas/0015.db.zst")),
    ("16", include_bytes!("../schemas/0016.db.zst")),
    ("17", include_bytes!("../schemas/0017.db.zst")),
    ("18", include_bytes!("../schemas/0018.db.zst")),
    ("19", include_bytes!("../schemas/0019.db.zst")),
    ("20", include_bytes!("../schemas/0020.db.zst")),
    ("21", include_bytes!("../schemas/0021.db.zst")),
    ("22", include_bytes!("../schemas/0022.db.zst")),
    ("23", include_bytes!("../schemas/0023.db.zst")),
];
/// No such file is larger than this when unpacked.
const BYTES_MAX: usize = 1 << 20;

#[tokio::test]
async fn files_of_earlier_schemas_open_with_their_rows() {
    for (version, packed_file) in SCHEMAS {
        let since = |number: u32| usize::from(version.parse::<u32>().unwrap() >= number);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        std::fs::write(&path, zstd::bulk::decompress(packed_file, BYTES_MAX).unwrap()).unwrap();

        let store = Store::open(&path).await.unwrap();
        let all =
            Concerning { domains: ["lindner.example".to_owned()].into(), ..Concerning::default() };
        let kept = store.messages(&all).await.unwrap();
        assert_eq!(kept.len(), 1, "schema {version}");
        let telling = store.telling(&all).await.unwrap();
        assert_eq!(telling.len(), 1, "schema {version}");
        // Either the words are there, or what is asked of them.
        let kept_touch = &telling[0];
        assert_eq!(kept_touch.new_text.is_none(), kept_touch.gist.is_some(), "schema {version}");
        let mut whole = kept[0].touch.clone();
        (whole.new_text, whole.gist) = (kept_touch.new_text.clone(), kept_touch.gist.clone());
        assert_eq!(*kept_touch, whole, "schema {version}");
        assert!(kept_touch.words() > 0, "schema {version}");
        assert_eq!(kept[0].touch.facts.len(), 1);
        assert_eq!(store.rows_with(&[words("angebot")], &[]).await.unwrap().len(), 1);
        assert_eq!(store.deals().await.unwrap().len(), 1);
        let now = "2026-12-01T00:00:00Z".parse().unwrap();
        let readings = store.second_readings(now).await.unwrap();
        assert_eq!(readings.len(), since(6), "schema {version}");
        let long_ago = "2001-01-01T00:00:00Z".parse().unwrap();
        let then = store.deals_at(long_ago).await.unwrap();
        assert_eq!(then, *store.deals().await.unwrap(), "schema {version}");
        let lessons = since(5);
        let said = store.said(day(28)).await.unwrap();
        let counts = (said.lessons.len(), said.overrulings.len());
        assert_eq!(counts, (lessons, lessons), "schema {version}");
        assert_eq!(said.insights.len(), since(9), "schema {version}");
        assert_eq!(store.accounts().await.unwrap().len(), since(11), "schema {version}");
        assert_eq!(store.ideal_clients().await.unwrap().len(), since(11), "schema {version}");
        assert_eq!(store.members().await.unwrap().len(), since(13), "schema {version}");
        assert_eq!(store.listed().await.unwrap().len(), since(12), "schema {version}");
        let pages = store.pages().await.unwrap();
        assert_eq!(pages.len(), since(11), "schema {version}");
        for page in pages {
            let text = store.page_text(page.number).await.unwrap();
            assert_eq!(text.as_deref(), Some("About us. We move cranes.\n"));
        }
        let events = store.lead_events(LeadsAsked::All).await.unwrap();
        assert_eq!(events.len(), 2 * since(14), "schema {version}");
        assert_eq!(store.lead_definitions().await.unwrap().len(), since(14));
        assert_eq!(store.lead_signatures().await.unwrap().len(), since(14));
        assert_eq!(store.provider_words().await.unwrap().len(), since(14));
        let new = NewLead { email: None, import_key: "a", content: "{}" };
        let kept = store.add_leads(&[new, new], None, day(9)).await.unwrap();
        assert!(kept[0].is_some() && kept[1].is_none(), "schema {version}: a row comes in once");
        let tom: EmailAddress = "tom@brandt-advice.example".parse().unwrap();
        let words = store.seller_words_of(Some(&tom)).await.unwrap();
        assert_eq!(words.len(), 2 * since(15), "schema {version}");
        assert_eq!(store.call_talks().await.unwrap().len(), since(15), "schema {version}");
        let word = SellerWord::Leave { to: Some(tom), part: SellerPart::Goals };
        let number = store.add_seller_word(None, None, &word, day(9)).await.unwrap();
        assert!(store.withdraw_seller_word(number, Some(day(10))).await.unwrap());
        assert!(!store.withdraw_seller_word(number, Some(day(11))).await.unwrap());
        let kept = store.seller_word(number).await.unwrap().unwrap();
        assert!(kept.word == word && kept.withdrawn_at == Some(day(10)));
        let connections = store.connections().await.unwrap();
        assert_eq!(connections.len(), since(16), "schema {version}");
        for kept in connections {
            let folders = store.sync_folders(kept.id).await.unwrap();
            assert_eq!(store.sync_mails(folders[0].id).await.unwrap().len(), 1);
            let waiting = store.card_changes(kept.id).await.unwrap();
            assert_eq!(waiting.len(), since(17), "schema {version}");
        }
        // What was asked for under a key on that day is known as something else that was asked.
        let asked =
            store.begin_api_request(None, "k1", b"other", "2026-03-02T10:00:00Z".parse().unwrap());
        let expected = if since(19) == 1 { ApiRequest::Another } else { ApiRequest::New };
        assert_eq!(asked.await.unwrap(), expected, "schema {version}");
        let webhooks = store.webhooks().await.unwrap();
        assert_eq!(webhooks.len(), since(20), "schema {version}");
        for kept in webhooks {
            assert_eq!(store.deliveries(kept.id, None, 9).await.unwrap().len(), 1);
        }
        let outgoing = store.outgoing().await.unwrap();
        assert_eq!(outgoing.len(), since(16), "schema {version}");
        for kept in outgoing {
            let letter = store.outgoing_content(kept.id).await.unwrap();
            assert_eq!(letter.as_deref(), Some(b"hello: a letter".as_slice()));
            let settled = store.settle_outgoing(kept.id, OutgoingState::Accepted, "{}", day(9));
            assert!(settled.await.unwrap());
        }
        let checked = store.check_audit(None).await.unwrap();
        assert_eq!(checked.lines, i64::try_from(since(18)).unwrap(), "schema {version}");
        store.add_audit("{}", day(9)).await.unwrap();
        assert_eq!(store.check_audit(None).await.unwrap().broken_at, None, "schema {version}");
        let login = store.login_of(None).await.unwrap();
        assert_eq!(login.is_some(), since(18) == 1, "schema {version}");
        let sessions = store.sessions_of(None, day(9)).await.unwrap();
        assert_eq!(sessions.len(), since(18), "schema {version}");
        let providers = store.identity_providers().await.unwrap();
        assert_eq!(providers.len(), since(21), "schema {version}");
        let identities = store.identities_of(None).await.unwrap();
        assert_eq!(identities.len(), since(21), "schema {version}");
        let sent = store.take_authorization_request(&[0; 32], day(9)).await.unwrap();
        assert_eq!(sent.is_some(), since(21) == 1, "schema {version}");
        let passkeys = store.passkeys_of(None).await.unwrap();
        assert_eq!(passkeys.len(), since(22), "schema {version}");
        let asked = store.take_passkey_request(&[0; 32], day(9)).await.unwrap();
        assert_eq!(asked.is_some(), since(22) == 1, "schema {version}");
        let tokens = store.api_tokens_of(None, day(9)).await.unwrap();
        assert_eq!(tokens.len(), since(18), "schema {version}");
        store.add_overruling(&overruling("d9", day(9))).await.unwrap();
        store.add_insight(&stance("eva@lindner.example", Stance::Open, day(9))).await.unwrap();
        store.add_messages(vec![packed(touch("new@lindner.example", 9, &[]))]).await.unwrap();
        // Whoever was kept before postal fields were is still known by their content.
        let contacts = store.contacts().await.unwrap();
        let again = store.put_contacts(&contacts).await.unwrap();
        assert_eq!((again.added, again.doubles), (0, contacts.len()), "schema {version}");
        let told = store.put_accounts(&[Account::named("Lindner Bau")], day(9)).await.unwrap();
        assert_eq!(told.added, 1, "schema {version}");
        // Whoever read the one message that was there, this reader did not; nor the new one.
        let store = store.with_reader("1.new");
        assert_eq!(store.read_by_others().await.unwrap(), 2, "schema {version}");
        let health = store.health().await.unwrap();
        assert!(health.faults.is_empty(), "schema {version}: {:?}", health.faults);
    }
}

#[tokio::test]
async fn a_file_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    Store::open(&path).await.unwrap().close().await.unwrap();
    let mut connection =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', 1, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    assert!(matches!(Store::open(&path).await, Err(Error::TooNew { .. })));
}
