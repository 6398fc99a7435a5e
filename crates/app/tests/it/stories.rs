//! A few deal stories from their mail to the review: quotes stand where the review says, and deals
//! in which nothing is wrong are left alone.

use std::path::Path;
use std::process::Command;

use inroad_stories::{Reviewed, Score, build, read};

/// One story of each hand, each with a deal in which nothing is wrong.
const SOME: [&str; 3] = [
    "british/301-valves-upstairs",
    "continental/321-taktzeit-anlage-drei",
    "overseas/341-sixty-two-stores",
];

#[test]
fn quotes_stand_in_the_stories_and_healthy_deals_are_left_alone() {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut score = Score::default();
    for name in SOME {
        let story = read(&stories.join(name)).unwrap().story;
        let built = build(&story);
        let folder = tempfile::tempdir().unwrap();
        let (mail, deals) = (folder.path().join("mail.mbox"), folder.path().join("deals.json"));
        std::fs::write(&mail, &built.mail).unwrap();
        std::fs::write(&deals, &built.deals).unwrap();
        // A review may print more than a pipe holds, so it is read while it comes.
        let run = Command::new(env!("CARGO_BIN_EXE_inroad"))
            .arg("review")
            .arg("--mail")
            .arg(&mail)
            .arg("--deals")
            .arg(&deals)
            .args(["--as-of", &story.as_of, "--format", "json"])
            .output()
            .unwrap();
        assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        let review: Reviewed = serde_json::from_slice(&run.stdout).unwrap();
        score.add(&story, &built, Some(&review));
    }
    assert!(score.quotes > 0);
    assert_eq!(score.wrong_quotes, Vec::<String>::new());
    assert!(score.left_alone.all > 0);
    assert_eq!(score.left_alone.right, score.left_alone.all, "{score:?}");
    assert_eq!(score.harmful, 0, "{score:?}");
}
