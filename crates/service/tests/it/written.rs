//! A kept mail as it was written.

use inroad_model::MessageId;
use inroad_service::Error;

use crate::desk::Desk;
use crate::letters::{JANA, Letter, ME, letter};

#[tokio::test]
async fn html_comes_harmless_with_what_was_left_out_and_what_came_along() {
    let parts = "--b\nContent-Type: text/html\n\n<p onclick=x>We <b>like</b> it.</p>\
        <img src=http://tracker.example/1.gif width=1><form>Password?</form>\n\
        --b\nContent-Type: application/pdf; name=offer.pdf\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n";
    let headers = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n".to_owned();
    let html = Letter { headers, ..letter(JANA, ME, 3, parts) }.called("1@t.example", "Offer");
    let plain = letter(JANA, ME, 4, "Just <b>words</b>.").called("2@t.example", "Words");
    let desk = Desk::new().await;
    desk.take_letters(&[html, plain]).await;

    let id = |id: &str| MessageId::new(id).unwrap();
    let written = desk.inroad.as_written(&id("1@t.example")).await.unwrap();
    assert_eq!(written.html.as_deref(), Some("<p>We <b>like</b> it.</p><div>Password?</div>"));
    assert_eq!(
        written.left_out,
        [
            "1 invisible picture was not loaded; such pictures tell a sender that a mail was opened",
            "1 script was left out",
            "1 form was left out; do not type a password into a mail"
        ]
    );
    let [file] = &written.attachments[..] else { panic!("{:?}", written.attachments) };
    assert_eq!((file.name.as_deref(), file.bytes), (Some("offer.pdf"), 3));

    let written = desk.inroad.as_written(&id("2@t.example")).await.unwrap();
    assert_eq!((written.html, written.text.trim()), (None, "Just <b>words</b>."));
    let missing = desk.inroad.as_written(&id("3@t.example")).await;
    assert!(matches!(missing, Err(Error::NotFound { .. })));
}
