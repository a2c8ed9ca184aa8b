//! An officer of Nanjing who follows a task, and an SMTP server of our own on loopback, which records.

use crate::opened::{now, write_list};
use jiff::SignedDuration;
use ledger::{ActorId, Cause, Commit, Config, MessageState, SetClock, StreamName, database::DatabaseUrl};
use platform::{
    Platform, Settings,
    context::{Actor, Context, PersonId},
    event::record,
    notice::{
        event::{Strength, Target},
        follow,
        sending::{MailSettings, Protection, Round, send_due},
    },
    obligation::event::{Audience, ObligationEvent},
    people::{
        self,
        command::{Invited, NewPerson},
        profile::Profile,
        query::memberships_of,
        state::Membership,
    },
    rights::{Grant, Role},
};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// What the server does with a letter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Manner {
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
    /// Wants nothing from this sender: the configuration is wrong.
    NotFromYou,
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
            "MAIL" if manner == Manner::NotFromYou => stream.write_all(b"553 not from you\r\n").await?,
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

pub struct Town {
    pub platform: Platform,
    pub clock: Arc<SetClock>,
    pub manner: Arc<Mutex<Manner>>,
    pub received: Arc<Mutex<Vec<String>>>,
    _folder: tempfile::TempDir,
}

/// A platform with the list, a server, and an officer of Nanjing with an address who follows task 20 there.
pub async fn town() -> Town {
    town_with(true).await
}

/// The same; letters leave, or no server is set.
pub async fn town_with(server_set: bool) -> Town {
    let folder = tempfile::tempdir().unwrap();
    write_list(folder.path()).await;
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
        mail: server_set.then_some(mail),
        ..Settings::default()
    };
    let clock = Arc::new(SetClock::at(now()));
    let platform = Platform::open(Config::new(url), None, keys, settings, clock.clone())
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
    // The officer came in by the link that the administrator saw: the letter with another is of no more use.
    town.send().await;
    for letter in town.platform.ledger().messages(MessageState::Failed, 10).await.unwrap() {
        assert_eq!(letter.failure, "the person needs no such link any more");
    }
    town
}

impl Town {
    pub async fn officer(&self) -> PersonId {
        let invited = self.invited("wang", Some("wang@nanjing.test")).await;
        people::invitation::set_password(
            &self.platform,
            invited.token.unwrap().expose(),
            "correct horse battery staple",
        )
        .await
        .unwrap()
    }

    pub async fn invited(&self, login: &str, email: Option<&str>) -> Invited {
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
        let new = NewPerson {
            profile: Profile::read("赵", login, email).unwrap(),
            memberships: vec![membership],
        };
        people::command::invite(&self.platform, &manager, &new).await.unwrap()
    }

    /// The letters that went out, as their text.
    pub fn texts(&self) -> Vec<String> {
        self.letters().iter().map(|letter| text_of(letter)).collect()
    }

    pub async fn acting(&self, person: &PersonId) -> Context {
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

    pub async fn happens(&self, text: &str, audience: Audience) {
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

    pub fn pass(&self, span: SignedDuration) {
        self.clock.set(self.platform.now().checked_add(span).unwrap());
    }

    pub async fn send(&self) -> Round {
        send_due(&self.platform, "test").await.unwrap()
    }

    pub fn letters(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    pub async fn in_state(&self, state: MessageState) -> usize {
        self.platform.ledger().messages(state, 100).await.unwrap().len()
    }
}

/// The decoded text of a letter in base64.
pub fn text_of(letter: &str) -> String {
    use base64::Engine as _;
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("Content-Transfer-Encoding: base64"), "{head}");
    let packed: String = body.split_whitespace().collect();
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).unwrap()).unwrap()
}

/// The token in the Chinese link of a letter.
pub fn join_token(text: &str) -> String {
    let at = text.find("/join/").unwrap() + "/join/".len();
    text[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .collect()
}
