//! Long work in the background, and what is sent for it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use inroad_service::{Came, Error, ImportOptions, Job, JobState, Jobs, Stop};

use crate::desk::Desk;
use crate::letters::{JANA, ME, letter, mbox, usual};

async fn over(jobs: &Jobs, number: u64) -> Job {
    let mut watch = jobs.watch(number).unwrap();
    let job = watch.wait_for(|job| job.state.is_over()).await.unwrap();
    job.clone()
}

fn added(job: &Job) -> Option<usize> {
    match &job.state {
        JobState::Over(Came::Import(report)) => Some(report.messages),
        _ => None,
    }
}

fn uploads_of(desk: &Desk) -> PathBuf {
    let mut name = desk.inroad.path().as_os_str().to_owned();
    name.push(".uploads");
    PathBuf::from(name)
}

fn write(path: &Path, content: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn what_is_sent_is_read_and_its_copy_removed() {
    let desk = Desk::new().await;
    let jobs = Jobs::new(desk.inroad.clone());
    let mut upload = jobs.begin_upload().unwrap();
    upload.begin_file("../../Sent.mbox").await.unwrap();
    for part in mbox(&usual()).as_bytes().chunks(10) {
        upload.write(part).await.unwrap();
    }
    let number = jobs.import_upload(upload, false).await.unwrap();
    let job = over(&jobs, number).await;
    assert_eq!(added(&job), Some(usual().len()));
    assert!(!job.can_go_on);
    assert!(matches!(jobs.import_again(number), Err(Error::Conflict { .. })));
    let uploads = uploads_of(&desk);
    assert_eq!(names(&uploads.join("1")), ["lock"]);
    drop(jobs);
    assert!(!uploads.exists(), "the folder goes with the server");
}

/// Files that were sent and looked at, and the look.
async fn looked_at(jobs: &Jobs) -> u64 {
    let mut upload = jobs.begin_upload().unwrap();
    upload.begin_file("Sent.mbox").await.unwrap();
    upload.write(mbox(&usual()).as_bytes()).await.unwrap();
    let look = jobs.import_upload(upload, true).await.unwrap();
    assert_eq!(added(&over(jobs, look).await), Some(usual().len()));
    look
}

/// A button is pressed twice, or again on a page that the browser kept.
#[tokio::test]
async fn a_second_press_after_a_look_leads_to_the_same_import() {
    let desk = Desk::new().await;
    let jobs = Jobs::new(desk.inroad.clone());
    let look = looked_at(&jobs).await;
    let first = jobs.import_again(look).unwrap();
    assert_eq!(jobs.import_again(look).unwrap(), first, "while it waits or runs");
    assert_eq!(added(&over(&jobs, first).await), Some(usual().len()));
    assert_eq!(jobs.import_again(look).unwrap(), first, "after its end");
    assert_eq!(jobs.all().len(), 2);
}

#[tokio::test]
async fn files_stay_until_the_last_that_reads_them() {
    let desk = Desk::new().await;
    let jobs = Jobs::new(desk.inroad.clone());
    let look = looked_at(&jobs).await;
    let stopped = jobs.import_again(look).unwrap();
    jobs.stop(stopped).unwrap();
    assert_eq!(added(&over(&jobs, stopped).await), None);
    // Both pages still offer to go on.
    let one = jobs.import_again(stopped).unwrap();
    let two = jobs.import_again(look).unwrap();
    assert_ne!(one, two);
    assert_eq!(added(&over(&jobs, one).await), Some(usual().len()));
    assert_eq!(added(&over(&jobs, two).await), Some(0), "all of it is there already");
    let uploads = uploads_of(&desk);
    assert_eq!(names(&uploads.join("1")), ["lock"]);
}

#[tokio::test]
async fn what_a_crash_left_is_removed_and_what_another_server_holds_is_not() {
    let desk = Desk::new().await;
    let uploads = uploads_of(&desk);
    write(&uploads.join("7/lock"), "");
    write(&uploads.join("7/1/0"), "left by a crash");
    let one = Jobs::new(desk.inroad.clone());
    assert!(!uploads.exists());
    let mut upload = one.begin_upload().unwrap();
    upload.begin_file("a.mbox").await.unwrap();
    let two = Jobs::new(desk.inroad.clone());
    let other = two.begin_upload().unwrap();
    assert_eq!(names(&uploads.join("1/1")), ["0"], "still there");
    drop((upload, other));
    assert_eq!(names(&uploads.join("1")), ["lock"], "an upload that is given up is removed");
}

#[tokio::test]
async fn an_import_that_is_stopped_goes_on_where_it_was() {
    let desk = Desk::new().await;
    let letters: Vec<_> =
        (1..=28).map(|day| letter(ME, JANA, day, &format!("Day {day}."))).collect();
    let path = desk.write("mail.mbox", mbox(&letters));
    let stop = Stop::default();
    let options = ImportOptions { batch_mails: 4, stop: stop.clone(), ..ImportOptions::default() };
    let inputs = [path.clone()];
    // After the second batch; what was told first is that nothing is read yet.
    let tell = |progress: inroad_service::Progress| {
        if progress.added >= 8 {
            stop.now();
        }
    };
    let report = desk.inroad.import(&inputs, &options, &tell);
    let report = report.await.unwrap();
    assert!(report.stopped);
    assert_eq!(report.messages, 8);
    assert!(report.owner.is_none(), "who the user is, is guessed from all of it");
    assert!(desk.inroad.seller().await.unwrap().is_none());
    let rest = desk.import(&[&path]).await;
    assert_eq!((rest.messages, rest.message_doubles, rest.stopped), (20, 8, false));
    let whole = Desk::new().await;
    let path = whole.write("mail.mbox", mbox(&letters));
    whole.import(&[&path]).await;
    let counts = |desk: &inroad_service::Diagnosis| desk.health.counts.clone();
    let (stopped, through) =
        (desk.inroad.diagnose().await.unwrap(), whole.inroad.diagnose().await.unwrap());
    assert_eq!(counts(&stopped), counts(&through));
}

#[tokio::test]
async fn jobs_take_turns_and_one_that_waits_can_be_stopped() {
    let desk = Desk::new().await;
    let path = desk.write("mail.mbox", mbox(&usual()));
    let jobs = Jobs::new(desk.inroad.clone());
    let first = jobs.import_paths(std::slice::from_ref(&path), true).unwrap();
    let second = jobs.import_paths(std::slice::from_ref(&path), false).unwrap();
    assert!(first < second);
    jobs.stop(second).unwrap();
    assert_eq!(added(&over(&jobs, first).await), Some(usual().len()));
    let waited = over(&jobs, second).await;
    assert!(matches!(waited.state, JobState::Over(Came::Nothing)), "{waited:?}");
    assert!(desk.inroad.is_empty().await.unwrap());
    let third = jobs.import_again(first).unwrap();
    assert_eq!(added(&over(&jobs, third).await), Some(usual().len()));
    assert_eq!(jobs.all().len(), 3);
    let missing = jobs.import_paths(&[desk.folder.path().join("not-here")], false);
    assert!(matches!(missing, Err(Error::NotFound { .. })));
    assert!(matches!(jobs.watch(1), Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn at_the_end_of_the_server_what_is_under_way_is_kept() {
    let desk = Desk::new().await;
    let path = desk.write("mail.mbox", mbox(&usual()));
    let jobs = Jobs::new(desk.inroad.clone());
    let number = jobs.import_paths(&[path], false).unwrap();
    tokio::time::sleep(Duration::from_millis(1)).await;
    jobs.end().await;
    let job = over(&jobs, number).await;
    assert!(job.state.is_over(), "{job:?}");
    assert!(desk.inroad.diagnose().await.unwrap().health.faults.is_empty());
}
