//! The state of one output: what its events, taken together, say.

use super::event::{Output, OutputEvent};
use crate::event::{is_demo, read, standing};
use ledger::Recorded;
use std::collections::BTreeSet;

/// The state of one output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// What is known of it; nothing where it was taken back.
    pub output: Option<Output>,
    /// Of the measures that it is said to serve, those that an analyst confirmed.
    pub confirmed: BTreeSet<String>,
}

impl State {
    /// The state after these events, corrections applied.
    pub fn fold(events: &[Recorded]) -> Self {
        let mut state = Self::default();
        for event in standing(events) {
            state.apply(event);
        }
        state
    }

    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        match read(recorded) {
            Some(OutputEvent::Recorded { mut output } | OutputEvent::Completed { mut output }) => {
                output.demo |= is_demo(recorded);
                self.output = Some(output);
            }
            Some(OutputEvent::MeasureConfirmed { measure }) => {
                self.confirmed.insert(measure);
            }
            Some(OutputEvent::MeasureRemoved { measure }) => {
                self.confirmed.remove(&measure);
                if let Some(output) = &mut self.output {
                    output.measures.retain(|m| *m != measure);
                }
            }
            None => {}
        }
    }
}
