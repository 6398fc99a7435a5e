//! Other programs come in by the door of the pages.

use crate::site::Site;

#[tokio::test]
async fn a_program_with_the_key_is_answered_and_one_without_is_told() {
    let site = Site::start().await;
    let described = site.see_whole("/api/v1/openapi.json").await;
    assert!(described.contains("\"openapi\":\"3.1.0\""), "{described}");
    let deal = site.see_whole("/api/v1/deals/a%2Fb%20c").await;
    assert!(deal.starts_with("HTTP/1.1 200") && deal.contains("\"value\":48000.0"), "{deal}");
    let nowhere = site.see_whole("/api/v1/nowhere").await;
    assert!(nowhere.starts_with("HTTP/1.1 404") && nowhere.contains("problem+json"), "{nowhere}");
    let stranger = site.ask("/api/v1/deals", &[]).await;
    assert!(stranger.starts_with("HTTP/1.1 403"), "{stranger}");
    assert!(stranger.contains("application/problem+json"), "{stranger}");
}
