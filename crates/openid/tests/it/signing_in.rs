//! Somebody is believed to be who the provider says, and only if all of what it says holds.

use inroad_openid::{
    Client, Doubt, Error, Issuer, Person, Returned, authorization_address, redeem,
};
use jiff::{SignedDuration, Timestamp};

use crate::provider::{Provider, field};

const BACK: &str = "https://inroad.test.example/sign-in/back";
const BROWSER: &str = "0123456789abcdef0123456789abcdef";
const MIA: &str = "mia@studio.example";

fn client(provider: &Provider) -> Client {
    let issuer = Issuer::new(&provider.issuer).unwrap();
    Client { issuer, id: provider.client.clone(), secret: Some(provider.secret.clone().into()) }
}

/// What the provider sends along, once `account` signed in.
fn comes_back(provider: &Provider, account: &str, way: &str) -> String {
    let address = authorization_address(&client(provider), BACK, "a-state", BROWSER).unwrap();
    let back = provider.sign_in(&address, account, way);
    assert!(back.starts_with(BACK) && field(&back, "state").unwrap() == "a-state", "{back}");
    back
}

fn redeemed(client: &Client, back: &str, browser: &str, at: Timestamp) -> Result<Person, Error> {
    let (code, issuer) = (field(back, "code").unwrap(), field(back, "iss"));
    let issuer = issuer.as_deref();
    redeem(client, &Returned { code: &code, issuer, back_to: BACK, browser, at })
}

#[test]
fn who_signs_in_is_known_by_a_name_that_stays() {
    let Some(provider) = Provider::there() else { return };
    let email = |text: &str| Some(text.to_owned());
    for (account, way, verified_email) in [
        (MIA, "", email(MIA)),
        (MIA, "email-in-token", email(MIA)),
        ("unverified-mia@studio.example", "", None),
        ("unverified-mia@studio.example", "email-in-token", None),
    ] {
        let back = comes_back(&provider, account, way);
        let person = redeemed(&client(&provider), &back, BROWSER, Timestamp::now()).unwrap();
        let subject = format!("account-of-{account}");
        assert_eq!(person, Person { subject, verified_email }, "{account} {way}");
    }
}

#[test]
fn a_token_is_believed_only_if_all_of_it_holds() {
    let Some(provider) = Provider::there() else { return };
    for (way, expected) in [
        ("audience", Doubt::Audience),
        ("audiences", Doubt::Audience),
        ("party", Doubt::Audience),
        ("nonce", Doubt::Nonce),
        ("no-nonce", Doubt::Nonce),
        ("issuer", Doubt::Issuer),
        ("expired", Doubt::Expired),
        ("foreign", Doubt::Signature),
        ("unsigned", Doubt::Signature),
        ("changed", Doubt::Signature),
    ] {
        let back = comes_back(&provider, MIA, way);
        let refused = redeemed(&client(&provider), &back, BROWSER, Timestamp::now());
        assert_eq!(refused, Err(Error::NotBelieved(expected)), "{way}");
    }
    let back = comes_back(&provider, MIA, "");
    let in_a_day = Timestamp::now() + SignedDuration::from_hours(24);
    let late = redeemed(&client(&provider), &back, BROWSER, in_a_day);
    assert_eq!(late, Err(Error::NotBelieved(Doubt::Expired)));
}

#[test]
fn a_code_is_redeemed_once_and_by_the_browser_that_was_sent() {
    let Some(provider) = Provider::there() else { return };
    let (client, now) = (client(&provider), Timestamp::now());
    let refused = |code| Err(Error::Refused { code });
    let back = comes_back(&provider, MIA, "");
    // Whoever saw the address pass has another secret than the browser that was sent.
    let stolen = redeemed(&client, &back, "fedcba9876543210fedcba9876543210", now);
    assert_eq!(stolen, refused("invalid_grant"));
    let back = comes_back(&provider, MIA, "");
    assert!(redeemed(&client, &back, BROWSER, now).is_ok());
    assert_eq!(redeemed(&client, &back, BROWSER, now), refused("invalid_grant"), "replayed");
    let back = comes_back(&provider, MIA, "");
    let wrong = Client { secret: Some("not that one".to_owned().into()), ..client };
    assert_eq!(redeemed(&wrong, &back, BROWSER, now), refused("invalid_client"));
    assert!(!format!("{wrong:?}").contains("not that one"));
}

#[test]
fn a_browser_says_from_where_it_comes() {
    let Some(provider) = Provider::there() else { return };
    for issuer in [None, Some("https://other.example")] {
        let back = comes_back(&provider, MIA, "");
        let code = field(&back, "code").unwrap();
        let returned =
            Returned { code: &code, issuer, back_to: BACK, browser: BROWSER, at: Timestamp::now() };
        let refused = redeem(&client(&provider), &returned);
        assert_eq!(refused, Err(Error::NotBelieved(Doubt::Issuer)), "{issuer:?}");
    }
}

#[test]
fn the_way_there_tells_nothing_that_is_secret() {
    let Some(provider) = Provider::there() else { return };
    let address = authorization_address(&client(&provider), BACK, "a-state", BROWSER).unwrap();
    assert_eq!(field(&address, "code_challenge_method").unwrap(), "S256");
    assert_eq!(field(&address, "response_type").unwrap(), "code");
    assert!(field(&address, "nonce").unwrap().len() == 64);
    assert!(!address.contains(BROWSER) && !address.contains(&provider.secret), "{address}");
    assert!(field(&provider.refuse(&address), "error").unwrap() == "access_denied");
}
