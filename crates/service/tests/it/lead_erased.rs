//! Leads of somebody who is erased.

use inroad_leads::LeadPerson;
use inroad_service::Error;

use crate::leads::{House, at, lead};

#[tokio::test]
async fn an_erased_person_takes_their_leads_along_and_is_not_handed_over_again() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let mut new = lead("Jana");
    new.hand_over.person.name = "Jana Kühnemann".to_owned();
    let jana = new.hand_over.person.email.clone().unwrap();
    let mia = house.who("mia").await;
    let done = inroad.hand_over_lead(&mia, new.clone(), at("02T10:00")).await.unwrap();
    let told = inroad.deed(done.deed).await.unwrap().says;
    assert!(told.contains("Kühnemann"), "{told}");

    let refused = inroad.erase(mia.email().unwrap(), &[], at("02T11:00")).await.unwrap_err();
    assert!(refused.to_string().contains("nobody of your own house"), "{refused}");
    inroad.erase(&jana, &[], at("02T11:00")).await.unwrap();
    let gone = inroad.lead(&mia, done.what, at("02T12:00")).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { .. }), "{gone}");
    let told = inroad.deed(done.deed).await.unwrap().says;
    assert!(!told.contains("Kühnemann"), "{told}");
    let again = inroad.hand_over_lead(&mia, new, at("03T10:00")).await.unwrap_err();
    assert!(again.to_string().contains("cannot be handed over"), "{again}");
}

#[tokio::test]
async fn a_lead_without_an_address_goes_with_whoever_is_called_so() {
    let house = House::new().await;
    let inroad = &house.inroad;
    let mia = house.who("mia").await;
    let mut known = lead("Jana");
    known.hand_over.person.name = "Jana Kühnemann".to_owned();
    let jana = known.hand_over.person.email.clone().unwrap();
    inroad.hand_over_lead(&mia, known, at("02T10:00")).await.unwrap();
    let mut without = lead("Jana");
    without.hand_over.person = LeadPerson {
        name: "Jana Kühnemann".to_owned(),
        phone: "+49 40 5550123".to_owned(),
        ..LeadPerson::default()
    };
    without.hand_over.account = "Elsewhere".to_owned();
    let other = inroad.hand_over_lead(&mia, without, at("02T10:00")).await.unwrap().what;
    let stays = house.hand("mia", "Omar", None, "02T10:00").await;
    inroad.erase(&jana, &[], at("02T11:00")).await.unwrap();
    let gone = inroad.lead(&mia, other, at("02T12:00")).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { .. }), "{gone}");
    assert!(inroad.lead(&mia, stays, at("02T12:00")).await.is_ok());
}
