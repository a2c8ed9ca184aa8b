//! Whose turn it is with a proposal. Pure.

use crate::{
    proposal::{event::Approver, state::Stand},
    rights::Reach,
};
use jiff::civil::Date;

/// What has to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// These bodies were asked and have not answered.
    Answer {
        /// Bodies for which the reader may answer.
        bodies: Vec<String>,
    },
    /// It is to be published, and opinions asked.
    Ask,
    /// All have answered, or the day is over: the time for opinions is to be ended.
    EndOpinions,
    /// Numbers of approvals are missing.
    EnterApproval {
        /// The ministries whose number is missing.
        bodies: Vec<String>,
    },
    /// It can take effect.
    PutIntoEffect,
    /// The list has a newer version: its proposer words it anew on that one.
    Reword,
}

/// How far the reader's rights over proposals reach.
#[derive(Debug, Clone, Default)]
pub(super) struct Rights {
    /// Whom the reader may answer for.
    pub opines: Reach,
    /// Publishes, asks, ends the asking.
    pub asks: bool,
    /// Enters numbers.
    pub approves: bool,
    /// Puts into effect.
    pub puts: bool,
    /// Bodies for which the reader proposes.
    pub proposes: Vec<String>,
}

impl Rights {
    /// Whether nothing can ever wait for this reader.
    pub fn are_none(&self) -> bool {
        self.opines.is_nothing() && !self.asks && !self.approves && !self.puts && self.proposes.is_empty()
    }
}

/// What is known of a proposal that is open.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub state: Stand,
    /// The body that proposes it.
    pub by: String,
    /// Whether the list has a newer version than the one that it changes.
    pub moved: bool,
    /// How many were asked and have not answered.
    pub unanswered: i64,
    /// Last day for opinions.
    pub until: Option<Date>,
    /// Ministries whose approval is entered.
    pub approved: Vec<String>,
    /// Of the reader's bodies, those that were asked and have not answered.
    pub asked: Vec<String>,
}

/// What of an open proposal is up to a reader with these rights; nothing where it waits for others.
pub(super) fn turn(of: &Open, rights: &Rights, today: Date) -> Option<Turn> {
    let over = of.until.is_some_and(|until| until < today);
    if of.state == Stand::Opinions && !of.asked.is_empty() && !over {
        return Some(Turn::Answer {
            bodies: of.asked.clone(),
        });
    }
    if of.moved {
        return rights.proposes.contains(&of.by).then_some(Turn::Reword);
    }
    match of.state {
        Stand::Draft | Stand::Published => rights.asks.then_some(Turn::Ask),
        Stand::Opinions => (rights.asks && (over || of.unanswered == 0)).then_some(Turn::EndOpinions),
        Stand::AwaitingApproval => rights.approves.then(|| Turn::EnterApproval {
            bodies: Approver::ALL
                .iter()
                .map(|approver| approver.id().to_owned())
                .filter(|id| !of.approved.contains(id))
                .collect(),
        }),
        Stand::Approved => rights.puts.then_some(Turn::PutIntoEffect),
        Stand::InEffect | Stand::Withdrawn => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn open(state: Stand) -> Open {
        Open {
            state,
            by: "chengdu-commerce".to_owned(),
            moved: false,
            unanswered: 1,
            until: None,
            approved: vec!["mofcom".to_owned()],
            asked: Vec::new(),
        }
    }

    fn analyst() -> Rights {
        Rights {
            asks: true,
            approves: true,
            puts: true,
            ..Rights::default()
        }
    }

    #[test]
    fn each_step_waits_for_whoever_can_take_it() {
        let proposer = Rights {
            proposes: vec!["chengdu-commerce".to_owned()],
            ..Rights::default()
        };
        let cases = [
            (Stand::Draft, Some(Turn::Ask)),
            (Stand::Published, Some(Turn::Ask)),
            (Stand::Opinions, None),
            (
                Stand::AwaitingApproval,
                Some(Turn::EnterApproval {
                    bodies: vec!["samr".to_owned()],
                }),
            ),
            (Stand::Approved, Some(Turn::PutIntoEffect)),
            (Stand::InEffect, None),
            (Stand::Withdrawn, None),
        ];
        for (state, expected) in cases {
            assert_eq!(turn(&open(state), &analyst(), TODAY), expected, "{state:?}");
            assert_eq!(turn(&open(state), &proposer, TODAY), None, "{state:?} waits for others");
        }
        let moved = Open {
            moved: true,
            ..open(Stand::Published)
        };
        assert_eq!(turn(&moved, &proposer, TODAY), Some(Turn::Reword));
        assert_eq!(turn(&moved, &analyst(), TODAY), None);
    }

    #[test]
    fn asked_bodies_have_it_until_the_end_of_the_day_and_then_who_asked() {
        let asked = |until| Open {
            until: Some(until),
            asked: vec!["nanjing-commerce".to_owned()],
            ..open(Stand::Opinions)
        };
        let nanjing = Rights::default();
        let answer = Some(Turn::Answer {
            bodies: vec!["nanjing-commerce".to_owned()],
        });
        assert_eq!(turn(&asked(TODAY), &nanjing, TODAY), answer);
        assert_eq!(turn(&asked(date(2026, 11, 22)), &nanjing, TODAY), None);
        assert_eq!(
            turn(&asked(date(2026, 11, 22)), &analyst(), TODAY),
            Some(Turn::EndOpinions)
        );
        let answered = Open {
            unanswered: 0,
            until: Some(date(2026, 12, 1)),
            ..open(Stand::Opinions)
        };
        assert_eq!(turn(&answered, &analyst(), TODAY), Some(Turn::EndOpinions));
    }
}
