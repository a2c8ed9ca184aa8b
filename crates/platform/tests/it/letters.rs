//! Letters: one an hour at most, handed before they can have been accepted, never sent twice by themselves, and without a
//! word of what not everybody may see.

use crate::post_office::{Manner, join_token, text_of, town, town_with};
use jiff::SignedDuration;
use ledger::{MessageState, Resolution};
use platform::{
    clockwork::{Letters, letters},
    context::{Context, PersonId},
    notice::{
        digest::post_due,
        follow,
        letter::Digest,
        outgoing::{MAIL, Outgoing, posted},
        sending::{LEASE, Round},
        stopping,
    },
    obligation::event::Audience,
    people,
};

#[tokio::test]
async fn a_digest_tells_what_is_public_counts_the_rest_and_comes_once_an_hour() {
    let town = town().await;
    assert_eq!(post_due(&town.platform).await.unwrap(), 0, "nothing has happened");
    town.happens("PUBLICTEXT", Audience::Public).await;
    town.happens("SECRETWORD", Audience::Participants).await;
    assert_eq!(post_due(&town.platform).await.unwrap(), 1);
    town.happens("one more", Audience::Public).await;
    assert_eq!(post_due(&town.platform).await.unwrap(), 0, "within the hour");
    assert_eq!(
        town.send().await,
        Round {
            sent: 1,
            ..Round::default()
        }
    );
    let letters = town.letters();
    let letter = &letters[0];
    let id = &town.platform.ledger().messages(MessageState::Sent, 1).await.unwrap()[0].id;
    assert!(letter.contains(&format!("Message-ID: <{id}@biaochi.test>")));
    assert!(letter.contains("List-Unsubscribe: <https://biaochi.test/letters/stop/"));
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let text = text_of(letter);
    assert!(text.contains("https://biaochi.test/obligations/first-20-320100"));
    assert!(text.contains("另有 1 条仅参与单位可见") && text.contains("1 more change is for participants"));
    assert!(text.contains("您收到此信，是因为") && text.contains("You get this letter because"));
    for secret in ["SECRETWORD", "PUBLICTEXT"] {
        assert!(!text.contains(secret) && !letter.contains(secret));
    }
    let rows = town
        .platform
        .ledger()
        .fetch("SELECT recipient, body FROM outbox", vec![])
        .await
        .unwrap();
    let row = format!(
        "{} {}",
        rows[0].text("recipient").unwrap(),
        rows[0].text("body").unwrap()
    );
    assert!(
        !row.contains('@') && !row.contains("SECRETWORD"),
        "the outbox holds no address: {row}"
    );
    town.pass(SignedDuration::from_hours(1));
    assert_eq!(
        post_due(&town.platform).await.unwrap(),
        1,
        "what came within the hour comes in the next"
    );
    town.pass(SignedDuration::from_hours(1));
    assert_eq!(post_due(&town.platform).await.unwrap(), 0, "and not again");
}

#[tokio::test]
async fn what_the_server_never_took_is_sent_again_and_once() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    post_due(&town.platform).await.unwrap();
    for manner in [Manner::GoneBeforeData, Manner::NotNow] {
        *town.manner.lock().unwrap() = manner;
        assert_eq!(
            town.send().await,
            Round {
                refused: 1,
                ..Round::default()
            },
            "{manner:?}"
        );
        assert_eq!(town.send().await, Round::default(), "not before a pause");
        town.pass(SignedDuration::from_secs(60));
    }
    *town.manner.lock().unwrap() = Manner::Takes;
    assert_eq!(town.send().await.sent, 1);
    assert_eq!(town.letters().len(), 1);
    assert_eq!(town.in_state(MessageState::Sent).await, 1);
}

#[tokio::test]
async fn what_the_server_refuses_for_good_has_failed() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    post_due(&town.platform).await.unwrap();
    *town.manner.lock().unwrap() = Manner::Never;
    let before = town.in_state(MessageState::Failed).await;
    assert_eq!(town.send().await.refused, 1);
    assert_eq!(town.in_state(MessageState::Failed).await, before + 1);
}

#[tokio::test]
async fn a_server_that_does_not_let_us_in_costs_no_letter() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    post_due(&town.platform).await.unwrap();
    *town.manner.lock().unwrap() = Manner::NotFromYou;
    for _ in 0..20 {
        assert_eq!(town.send().await.refused, 1);
        town.pass(SignedDuration::from_hours(1));
    }
    *town.manner.lock().unwrap() = Manner::Takes;
    assert_eq!(town.send().await.sent, 1, "the operator has mended the configuration");
    assert_eq!(town.letters().len(), 1);
}

#[tokio::test]
async fn where_no_server_is_set_nothing_is_written_and_what_was_handed_over_is_listed() {
    let town = town_with(false).await;
    town.happens("x", Audience::Public).await;
    assert_eq!(letters(&town.platform).await.unwrap(), Letters::default());
    let rows = town.platform.ledger().count("SELECT COUNT(*) AS n FROM outbox", vec![]);
    assert_eq!(rows.await.unwrap(), 0, "nothing piles up");
    // A letter of the time when there was a server.
    let ledger = town.platform.ledger();
    let (_, posting) = posted(
        &town.platform,
        &PersonId("p".to_owned()),
        &Outgoing::Digest(Digest::default()),
        town.platform.now(),
    );
    ledger.state(vec![posting]).await.unwrap();
    let message = ledger.claim_messages(MAIL, "dies", LEASE, 1).await.unwrap().remove(0);
    assert!(ledger.message_handed(&message).await.unwrap());
    town.pass(LEASE + SignedDuration::from_secs(1));
    letters(&town.platform).await.unwrap();
    assert_eq!(town.in_state(MessageState::Uncertain).await, 1);
    assert_eq!(town.letters().len(), 0);
}

#[tokio::test]
async fn what_was_read_on_the_page_comes_in_no_letter() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    let person = town
        .platform
        .ledger()
        .fetch_one("SELECT person FROM follow", vec![])
        .await;
    let person = PersonId(person.unwrap().unwrap().text("person").unwrap());
    let (head, _) = town.platform.ledger().head().await.unwrap();
    follow::mark_read(&town.platform, &town.acting(&person).await, head)
        .await
        .unwrap();
    assert_eq!(post_due(&town.platform).await.unwrap(), 0);
}

#[tokio::test]
async fn a_round_of_letters_brings_an_event_to_its_follower_once() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    let first = letters(&town.platform).await.unwrap();
    assert_eq!((first.digests, first.sent.sent), (1, 1));
    for _ in 0..3 {
        town.pass(SignedDuration::from_hours(1));
        assert_eq!(letters(&town.platform).await.unwrap(), Letters::default());
    }
    assert_eq!(town.letters().len(), 1);
}

#[tokio::test]
async fn an_invitation_brings_a_link_of_its_own_that_no_table_holds() {
    let town = town().await;
    let invited = town.invited("zhao", Some("zhao@nanjing.test")).await;
    assert!(invited.mailed);
    let bodies = town
        .platform
        .ledger()
        .fetch("SELECT body FROM outbox", vec![])
        .await
        .unwrap();
    for row in bodies {
        assert!(!row.text("body").unwrap().contains("bc_"), "the outbox holds no token");
    }
    assert_eq!(town.send().await.sent, 1);
    let text = town.texts().remove(0);
    assert!(
        text.contains("赵") && text.contains("https://biaochi.test/en/join/"),
        "{text}"
    );
    let token = join_token(&text);
    people::invitation::set_password(&town.platform, &token, "correct horse battery staple")
        .await
        .unwrap();
    // One joined, no other link opens.
    let other = invited.token.unwrap();
    let other = people::invitation::set_password(&town.platform, other.expose(), "another horse staple");
    assert!(other.await.is_err());
    let without = town.invited("qian", None).await;
    assert!(!without.mailed);
    assert_eq!(town.send().await, Round::default());
}

#[tokio::test]
async fn a_forgotten_password_brings_a_letter_and_a_refused_letter_leaves_no_link() {
    let town = town().await;
    let context = Context::system(town.platform.now(), "test");
    people::invitation::forgotten(&town.platform, &context, "wang")
        .await
        .unwrap();
    *town.manner.lock().unwrap() = Manner::NotNow;
    assert_eq!(town.send().await.refused, 1);
    let tokens = town
        .platform
        .ledger()
        .count("SELECT COUNT(*) AS n FROM person_token", vec![]);
    assert_eq!(tokens.await.unwrap(), 0);
    *town.manner.lock().unwrap() = Manner::Takes;
    town.pass(SignedDuration::from_secs(60));
    assert_eq!(town.send().await.sent, 1);
    let token = join_token(&town.texts().remove(0));
    people::invitation::set_password(&town.platform, &token, "a wholly new staple")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_letter_without_an_answer_is_uncertain_and_is_not_sent_again_by_itself() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    post_due(&town.platform).await.unwrap();
    *town.manner.lock().unwrap() = Manner::GoneAfterData;
    assert_eq!(
        town.send().await,
        Round {
            unknown: 1,
            ..Round::default()
        }
    );
    *town.manner.lock().unwrap() = Manner::Takes;
    town.pass(LEASE + SignedDuration::from_secs(1));
    assert_eq!(town.send().await, Round::default());
    assert_eq!(
        town.in_state(MessageState::Uncertain).await,
        1,
        "listed to the operator"
    );
    assert_eq!(town.letters().len(), 1);
}

#[tokio::test]
async fn a_sender_that_dies_after_250_and_before_the_mark_leaves_an_uncertain_letter() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    post_due(&town.platform).await.unwrap();
    let ledger = town.platform.ledger();
    // The sender takes the letter, hands it over, hears 250 and dies: the mark that it was sent is never written.
    let message = ledger.claim_messages(MAIL, "dies", LEASE, 1).await.unwrap().remove(0);
    assert!(ledger.message_handed(&message).await.unwrap());
    town.pass(LEASE + SignedDuration::from_secs(1));
    assert_eq!(town.send().await, Round::default(), "nobody sends it again");
    assert_eq!(town.in_state(MessageState::Uncertain).await, 1);
    assert!(
        ledger
            .resolve_message(&message.id, Resolution::SendAgain)
            .await
            .unwrap()
    );
    assert_eq!(town.send().await.sent, 1, "unless the operator says so");
    assert_eq!(town.letters().len(), 1);
}

#[tokio::test]
async fn a_sender_that_dies_before_handing_over_has_sent_nothing() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    post_due(&town.platform).await.unwrap();
    town.platform
        .ledger()
        .claim_messages(MAIL, "dies", LEASE, 1)
        .await
        .unwrap();
    assert_eq!(town.send().await, Round::default(), "the lease still holds");
    town.pass(LEASE + SignedDuration::from_secs(1));
    assert_eq!(town.send().await.sent, 1);
    assert_eq!(town.letters().len(), 1);
}

#[tokio::test]
async fn whoever_has_a_letter_ends_them_with_its_link_and_nothing_else() {
    let town = town().await;
    town.happens("x", Audience::Public).await;
    letters(&town.platform).await.unwrap();
    let text = town.texts().remove(0);
    let at = text.find("/letters/stop/").unwrap() + "/letters/stop/".len();
    let token: String = text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
    for wrong in ["", "p1", "p1.00", &token[..token.len() - 1], &format!("x{token}")] {
        assert!(stopping::by_letter(&town.platform, wrong).await.is_err(), "{wrong}");
    }
    // One is posted already when the reader says stop.
    town.pass(SignedDuration::from_hours(1));
    town.happens("y", Audience::Public).await;
    assert_eq!(post_due(&town.platform).await.unwrap(), 1);
    stopping::by_letter(&town.platform, &token).await.unwrap();
    stopping::by_letter(&town.platform, &token).await.unwrap();
    assert_eq!(town.send().await.sent, 0);
    town.pass(SignedDuration::from_hours(1));
    town.happens("z", Audience::Public).await;
    assert_eq!(letters(&town.platform).await.unwrap(), Letters::default());
    let person = stopping::whose(&town.platform, &token).unwrap();
    stopping::by_person(&town.platform, &town.acting(&person).await, true)
        .await
        .unwrap();
    assert_eq!(letters(&town.platform).await.unwrap().sent.sent, 1);
}
