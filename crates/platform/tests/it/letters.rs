//! Letters: one an hour at most, handed before they can have been accepted, never sent twice by themselves, and without a
//! word of what not everybody may see. The other side is an SMTP server of our own on loopback, which records.

use crate::opened::now;
use jiff::SignedDuration;
use ledger::{ActorId, Cause, Commit, Config, MessageState, Resolution, SetClock, StreamName, database::DatabaseUrl};
use platform::{
    Platform, Settings,
    context::{Actor, Context, PersonId},
    event::record,
    notice::{
        digest::{MAIL, post_due},
        event::{Strength, Target},
        follow,
        sending::{LEASE, MailSettings, Protection, Round, send_due},
    },
    obligation::event::{Audience, ObligationEvent},
    people::{self, command::NewPerson, profile::Profile, query::memberships_of, state::Membership},
    rights::{Grant, Role},
};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// What the server does with a letter.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Manner {
    /// Takes it.
    Takes,
    /// Hangs up when the recipient is named: nothing was accepted.
    GoneBeforeData,
    /// Takes the data and hangs up without an answer: nobody knows.
    GoneAfterData,
    /// Says not now.
    NotNow,
    /// Says never.
    Never,
}

/// A recording SMTP server; each connection is one letter.
async fn server(manner: Arc<Mutex<Manner>>) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let received = Arc::new(Mutex::new(Vec::new()));
    let kept = received.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let manner = *manner.lock().unwrap();
            let _ended = converse(stream, manner, &kept).await;
        }
    });
    (port, received)
}

async fn converse(stream: tokio::net::TcpStream, manner: Manner, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 loopback\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let word = line.get(..4).unwrap_or("").to_uppercase();
        line.clear();
        match word.as_str() {
            "RCPT" if manner == Manner::GoneBeforeData => return Ok(()),
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while stream.read_line(&mut line).await? > 0 && line != ".\r\n" {
                    letter.push_str(&line);
                    line.clear();
                }
                line.clear();
                if matches!(manner, Manner::Takes | Manner::GoneAfterData) {
                    kept.lock().unwrap().push(letter);
                }
                match manner {
                    Manner::NotNow => stream.write_all(b"451 later\r\n").await?,
                    Manner::Never => stream.write_all(b"550 no\r\n").await?,
                    Manner::GoneAfterData => return Ok(()),
                    _ => stream.write_all(b"250 taken\r\n").await?,
                }
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => stream.write_all(b"250 ok\r\n").await?,
        }
    }
    Ok(())
}

struct Town {
    platform: Platform,
    clock: Arc<SetClock>,
    manner: Arc<Mutex<Manner>>,
    received: Arc<Mutex<Vec<String>>>,
    _folder: tempfile::TempDir,
}

/// A platform with the list, a server, and an officer of Nanjing with an address who follows task 20 there.
async fn town() -> Town {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::parse(folder.path().join("biaochi.db").to_str().unwrap()).unwrap();
    let keys = identity::KeyFile::generate(&identity::randomness::Seeded::new(7)).unwrap();
    let manner = Arc::new(Mutex::new(Manner::Takes));
    let (port, received) = server(manner.clone()).await;
    let mail = MailSettings {
        server: "127.0.0.1".to_owned(),
        port,
        protection: Protection::None,
        credentials: None,
        from: "biaochi@biaochi.test".to_owned(),
    };
    let settings = Settings {
        light_passwords: true,
        base_url: "https://biaochi.test".to_owned(),
        mail: Some(mail),
        ..Settings::default()
    };
    let clock = Arc::new(SetClock::at(now()));
    let platform = Platform::open(Config::new(url), None, keys, settings, clock.clone())
        .await
        .unwrap();
    platform::list::entering::enter(&platform, &Context::system(now(), "test"))
        .await
        .unwrap();
    let town = Town {
        platform,
        clock,
        manner,
        received,
        _folder: folder,
    };
    let person = town.officer().await;
    let context = town.acting(&person).await;
    let target = Target {
        task: Some("first-20".to_owned()),
        ..Target::default()
    };
    follow::begin(&town.platform, &context, &target, Strength::All)
        .await
        .unwrap();
    town
}

impl Town {
    async fn officer(&self) -> PersonId {
        let grant = Grant {
            role: Role::SecurityAdministrator,
            organization: people::OPERATOR.to_owned(),
            desk: None,
            places: Vec::new(),
            membership: "m1".to_owned(),
            standing_in_for: None,
        };
        let actor = Actor {
            person: PersonId("manager".to_owned()),
            grants: vec![grant],
            second_factor: true,
            scopes: None,
        };
        let manager = Context {
            actor: Some(actor),
            ..Context::system(now(), "test")
        };
        let membership = Membership {
            organization: "nanjing-commerce".to_owned(),
            desk: None,
            role: Role::CommerceOfficer,
            places: vec!["320100".to_owned()],
            from: self.platform.today(),
            until: None,
        };
        let profile = Profile::read("王", "wang", Some("wang@nanjing.test")).unwrap();
        let invited = people::command::invite(
            &self.platform,
            &manager,
            &NewPerson {
                profile,
                memberships: vec![membership],
            },
        )
        .await
        .unwrap();
        people::invitation::set_password(
            &self.platform,
            invited.token.unwrap().expose(),
            "correct horse battery staple",
        )
        .await
        .unwrap()
    }

    async fn acting(&self, person: &PersonId) -> Context {
        let held = memberships_of(&self.platform, person).await.unwrap().remove(0);
        let grant = Grant {
            role: held.membership.role,
            organization: held.membership.organization,
            desk: None,
            places: held.membership.places,
            membership: held.id,
            standing_in_for: None,
        };
        let actor = Actor {
            person: person.clone(),
            grants: vec![grant],
            second_factor: true,
            scopes: None,
        };
        Context {
            actor: Some(actor),
            ..Context::system(self.platform.now(), "test")
        }
    }

    async fn happens(&self, text: &str, audience: Audience) {
        let stream = StreamName::parse("obligation/first-20-320100").unwrap();
        let version = self.platform.ledger().version(&stream).await.unwrap();
        let event = record(&ObligationEvent::Noted {
            text: text.to_owned(),
            audience,
        })
        .unwrap();
        let commit = Commit::new(ActorId("somebody".to_owned()), Cause::Request("test".to_owned())).write(
            stream,
            version,
            vec![event],
        );
        self.platform.ledger().commit(commit).await.unwrap();
    }

    fn pass(&self, span: SignedDuration) {
        self.clock.set(self.platform.now().checked_add(span).unwrap());
    }

    async fn send(&self) -> Round {
        send_due(&self.platform, "test").await.unwrap()
    }

    fn letters(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    async fn in_state(&self, state: MessageState) -> usize {
        self.platform.ledger().messages(state, 100).await.unwrap().len()
    }
}

/// The decoded text of a letter in base64.
fn text_of(letter: &str) -> String {
    use base64::Engine as _;
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("Content-Transfer-Encoding: base64"), "{head}");
    let packed: String = body.split_whitespace().collect();
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).unwrap()).unwrap()
}

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
    assert!(letter.contains("List-Unsubscribe: <https://biaochi.test/notices>"));
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
    assert_eq!(town.send().await.refused, 1);
    assert_eq!(town.in_state(MessageState::Failed).await, 1);
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
