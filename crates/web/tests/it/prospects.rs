//! Before the first call: targets, the ideal client, forms and what was found, each with its undo.

use crate::people::{check, done_and_undone, form, shows};
use crate::site::Site;

const FORM: &str = "/accounts/lindner.example/form";

/// The number behind the last words of that kind in a page.
fn number_before(page: &str, action: &str) -> String {
    let (_, rest) = page.rsplit_once(&format!("{action}\"")).unwrap();
    let (_, rest) = rest.split_once("name=\"number\" value=\"").unwrap();
    rest.chars().take_while(char::is_ascii_digit).collect()
}

async fn look(site: &Site, path: &str) -> String {
    site.ask(path, &[("Cookie", &site.cookie())]).await
}

async fn send(site: &Site, path: &str, fields: &str) -> String {
    site.send(path, &[], &form(fields)).await
}

#[tokio::test]
async fn a_firm_comes_on_the_list_and_goes() {
    let site = Site::start().await;
    shows(
        &site,
        "/targets",
        &["Nobody yet", "Say <a href=\"/ideal-client\">whom you help best"],
        &[],
    )
    .await;
    let fields = "account=lindner.example&because=%3Ci%3Emore";
    done_and_undone(&site, "/targets/add", fields, "/targets", "1 so far").await;
    check(&send(&site, "/targets/add", fields).await, "303", "done=");
    shows(&site, "/targets", &["&lt;i&gt;more", FORM, "no ideal client yet"], &[]).await;
    let gone = "account=lindner.example";
    done_and_undone(&site, "/targets/remove", gone, "/targets", "Nobody yet").await;
    check(&send(&site, "/targets/add", fields).await, "409", "on the list already");
    check(&send(&site, "/targets/add", "account=gmail.com").await, "422", "mail provider");
    check(&send(&site, "/targets/add", "account=+").await, "422", "letters or digits");
    check(&site.send("/targets/add", &[], "account=a.example").await, "403", "earlier start");
}

#[tokio::test]
async fn a_full_list_asks_which_one_leaves() {
    let site = Site::start().await;
    for n in 0..20 {
        check(
            &send(&site, "/targets/add", &format!("account=firm{n}.example&new=yes")).await,
            "303",
            "",
        );
    }
    shows(&site, "/targets", &["the list is full"], &[]).await;
    let asked = send(&site, "/targets/add", "account=next.example&because=x&new=yes").await;
    check(&asked, "200", "Which one leaves for next.example?");
    check(&asked, "200", "name=\"leaves\" value=\"firm7.example\"");
    let done = send(&site, "/targets/add", "account=next.example&leaves=firm7.example").await;
    check(&done, "303", "done=");
    shows(&site, "/targets", &["next.example", "20 firms: the list is full"], &["firm7.example"])
        .await;
}

#[tokio::test]
async fn the_ideal_client_is_stated_line_by_line_and_as_a_file() {
    let site = Site::start().await;
    let at = "/ideal-client";
    let line = "topic=industry&level=must&words=freight%2C+cranes&weight=5&because=%3Ci%3Emore";
    done_and_undone(&site, "/ideal-client/add", line, at, "<td>What they do: freight, cranes")
        .await;
    check(&send(&site, "/ideal-client/add", line).await, "303", "");
    let number = "topic=size&level=want&at-least=50&at-most=1%2C500&of=people&weight=3";
    check(&send(&site, "/ideal-client/add", number).await, "303", "");
    shows(&site, at, &["50 to 1\u{202f}500 people", "&lt;i&gt;more", "too few to say"], &[]).await;
    let empty = "topic=size&level=want&weight=3";
    check(&send(&site, "/ideal-client/add", empty).await, "422", "Say what must stand there");
    check(
        &send(&site, "/ideal-client/add", "topic=size&level=want&at-least=many").await,
        "422",
        "is no number",
    );
    // A form that was made from an earlier version changes nothing.
    check(
        &send(&site, "/ideal-client/remove", "qualifier=0&version=1").await,
        "409",
        "another window",
    );
    let file = "version=4&text=%5B%5Bqualifier%5D%5D%0Atopic%3D%22region%22%0Alevel%3D%22avoid%22%0Awords%3D%5B%22Norway%22%5D";
    check(&send(&site, "/ideal-client/file", file).await, "303", "");
    shows(&site, at, &["Where they are: Norway", "must not be", "versions"], &["<td>How large"])
        .await;
    check(&send(&site, "/ideal-client/file", "version=5&text=topic%3D1").await, "422", "line 1");
}

#[tokio::test]
async fn the_form_holds_assumptions_and_what_became_of_them() {
    let site = Site::start().await;
    shows(&site, FORM, &["We assume", "We verified", "Put it on the target list"], &[]).await;
    let at = "/accounts/lindner.example";
    let claim = "topic=need&text=Fewer+idle+%3Ci%3Emore";
    done_and_undone(&site, &format!("{at}/claim"), claim, FORM, "Fewer idle &lt;i&gt;more").await;
    check(&send(&site, &format!("{at}/claim"), claim).await, "303", "");
    let number = number_before(&site.see(FORM).await, "/held");
    let held = format!("number={number}&text=Fewer+idle+cranes&by=jana%40lindner.example");
    done_and_undone(&site, &format!("{at}/held"), &held, FORM, "and held: ").await;
    let fell = format!("number={number}&because=It+is+the+drivers");
    done_and_undone(&site, &format!("{at}/fell"), &fell, FORM, "Did not hold").await;
    check(&send(&site, &format!("{at}/held"), &held).await, "303", "");
    check(&send(&site, &format!("{at}/fell"), &fell).await, "409", "settled already");
    shows(&site, FORM, &["href=\"/people/jana@lindner.example\""], &[]).await;
    let odd = "topic=need&text=x&by=Jana";
    check(&send(&site, &format!("{at}/claim"), odd).await, "422", "is no e-mail address");
    let later = "topic=need&text=x&day=2199-01-01";
    check(&send(&site, &format!("{at}/claim"), later).await, "422", "coming day");
    let question = "text=Who+plans+the+%3Ci%3Emore&whom=Jana";
    done_and_undone(
        &site,
        &format!("{at}/question"),
        question,
        FORM,
        "Who plans the &lt;i&gt;more",
    )
    .await;
}

#[tokio::test]
async fn the_sheet_for_a_call_asks_and_leaves_well() {
    let site = Site::start().await;
    let at = "/accounts/lindner.example";
    send(&site, &format!("{at}/claim"), "topic=trigger&text=They+opened+a+yard").await;
    let expected =
        ["I call because of this: They opened a yard.", "Listen for", "If it does not fit"];
    shows(&site, &format!("{at}/call"), &expected, &[]).await;
    // Whoever is left alone is not called.
    check(&send(&site, &format!("{at}/alone"), "because=They+asked").await, "303", "");
    let alone = ["They are left alone"];
    shows(&site, &format!("{at}/call"), &alone, &["I call because"]).await;
    check(&send(&site, "/targets/add", "account=lindner.example").await, "422", "left alone");
}

#[tokio::test]
async fn what_was_found_is_kept_and_shown_with_its_words() {
    let site = Site::start().await;
    let at = "/accounts/lindner.example";
    let text = "text=About+Lindner%0D%0AWe+are+340+people+%3Ci%3Emore&url=https%3A%2F%2Flindner.example%2Fabout";
    let kept = send(&site, &format!("{at}/pages"), text).await;
    check(&kept, "303", "/accounts/lindner.example/pages/1?done=");
    let page = format!("{at}/pages/1?words=340%20people");
    shows(&site, &page, &["<mark id=\"words\">340 people</mark>", "&lt;i&gt;more"], &[]).await;
    shows(&site, &format!("{at}/pages/1"), &["How large they are: <q>We are 340 people"], &[])
        .await;
    let accept = "page=1&topic=size&text=340+people&from=14&to=31";
    done_and_undone(&site, &format!("{at}/accept"), accept, FORM, "what you kept").await;
    check(&send(&site, &format!("{at}/accept"), accept).await, "303", "");
    check(&send(&site, &format!("{at}/accept"), accept).await, "409", "taken already");
    let elsewhere = "page=1&topic=size&text=900+people&from=14&to=2600";
    check(
        &send(&site, &format!("{at}/accept"), elsewhere).await,
        "404",
        "do not stand in the text",
    );
    check(&send(&site, &format!("{at}/drop"), "page=1").await, "303", "");
    check(&look(&site, &format!("{at}/pages/1")).await, "404", "Nothing is kept");
    check(&send(&site, &format!("{at}/pages"), "text=+").await, "422", "Paste the words");
}

#[tokio::test]
async fn a_deal_leads_to_the_form_of_its_firm() {
    let site = Site::start().await;
    let answer = look(&site, "/deals/a%2fb%20c/form").await;
    check(&answer, "303", "location: /accounts/lindner.example/form");
    check(&look(&site, "/accounts/%20/form").await, "404", "no such firm");
}

#[tokio::test]
async fn a_firm_that_is_like_another_is_asked_about_on_entry_and_later() {
    let site = Site::start().await;
    let add = async |fields: &str| send(&site, "/targets/add", fields).await;
    check(&add("account=Nordhafen+Krantechnik+GmbH").await, "303", "done=");
    let asked = add("account=Nordhafen+Kran%C2%ADtechnik&because=x").await;
    check(&asked, "200", "one of these?");
    check(&asked, "200", "Yes: Nordhafen Krantechnik GmbH");
    check(&add("account=Nordhafen+Krantechnik&new=yes").await, "303", "done=");
    let both = ["The same firm", "Two firms", "nordhafen-krantechnik-gmbh", "For it: "];
    shows(&site, "/doubles/firms", &both, &[]).await;
    let pair = "a=nordhafen-krantechnik&b=nordhafen-krantechnik-gmbh&same=yes";
    check(&send(&site, "/doubles/firms", pair).await, "303", "/doubles/firms?done=");
    shows(&site, "/doubles/firms", &["Nothing to decide"], &[]).await;
    shows(&site, "/accounts/nordhafen-krantechnik", &["Another firm"], &[]).await;
    let split = send(&site, "/accounts/nordhafen-krantechnik-gmbh/split", "").await;
    check(&split, "303", "done=");
    shows(&site, "/accounts/nordhafen-krantechnik", &[], &["Another firm"]).await;
    check(&send(&site, "/doubles/firms", "a=.&b=x&same=yes").await, "404", "no such firm");
}

#[tokio::test]
async fn what_is_to_be_looked_after_is_answered_or_laid_to_rest() {
    let site = Site::start().await;
    let kind = "action=\"/accounts/lindner.example/tag\"";
    shows(
        &site,
        "/care",
        &["what are they to you?", kind, "A client (c)", "data-page-key=\"p\""],
        &[],
    )
    .await;
    let rest = "about=lindner.example&what=kind&until=2199-01-01";
    done_and_undone_away(&site, "/care/seen", rest, "/care", kind).await;
    done_and_undone_away(&site, "/accounts/lindner.example/tag", "tag=client", "/care", kind).await;
    check(&send(&site, "/accounts/lindner.example/tag", "tag=client").await, "303", "");
    // A target of which nobody knows what the ideal client asks for.
    send(&site, "/ideal-client/add", "topic=industry&level=must&words=cranes&weight=3").await;
    send(&site, "/targets/add", "account=lindner.example").await;
    shows(&site, "/care", &["What they do? Nobody knows yet, and they must have it"], &[kind])
        .await;
    let old = "topic=industry&text=Used+cranes&day=2020-01-01&verified=yes";
    send(&site, "/accounts/lindner.example/claim", old).await;
    shows(&site, "/care", &["Used cranes", "as of 1 January 2020", "Still so?"], &["Nobody knows"])
        .await;
    let still = "topic=industry&text=Used+cranes&verified=yes&next=/care";
    check(&send(&site, "/accounts/lindner.example/claim", still).await, "303", "/care?done=");
    shows(&site, "/care", &[], &["Still so?"]).await;
    check(&send(&site, "/care/seen", "about=.&what=kind").await, "404", "nothing to lay to rest");
    check(
        &send(&site, "/care/seen", "about=a.example&what=x&until=2001-01-01").await,
        "422",
        "coming day",
    );
}

/// Sends a form that takes something off a page, then undoes it.
async fn done_and_undone_away(site: &Site, path: &str, fields: &str, at: &str, words: &str) {
    let answer = send(site, path, &format!("{fields}&next={at}")).await;
    check(&answer, "303", "done=");
    let (_, number) = answer.split_once("done=").unwrap();
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    shows(site, at, &[], &[words]).await;
    check(&send(site, &format!("/deeds/{number}/undo"), "next=/").await, "303", "");
    shows(site, at, &[words], &[]).await;
}

#[tokio::test]
async fn a_note_to_oneself_that_names_no_deal_is_placed() {
    let mail = "From x Mon Jan  5 09:00:00 2026\nFrom: ada@brandt-advice.example\n\
        To: ada@brandt-advice.example\nDate: Mon, 5 Jan 2026 09:00:00 +0100\n\
        Message-ID: <n1@brandt-advice.example>\nSubject: An <idea>\n\nAsk them for a plan.\n";
    // Who the user is, has to be known first.
    let site = Site::start_with(&[("deals.json", crate::site::DEALS)]).await;
    let path = site.folder.path().join("notes.mbox");
    std::fs::write(&path, mail).unwrap();
    Site::import(&site.inroad, &[path]).await;
    let waits = "An &lt;idea&gt;";
    shows(&site, "/care", &[waits, "names no deal", "Of the deal"], &[]).await;
    let fields = "note=n1%40brandt-advice.example&deal=";
    check(
        &send(&site, "/care/note", &format!("{fields}Nothing")).await,
        "404",
        "No deal is called",
    );
    done_and_undone_away(&site, "/care/note", &format!("{fields}Rota"), "/care", waits).await;
    check(&send(&site, "/care/note", "note=&deal=Rota").await, "404", "does not wait");
}
