//! Settles the number of each row from what is written and from its neighbours, and says when it had to guess.

/// What the settled number rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Footing {
    /// Written, and fits.
    Written,
    /// Not written; the neighbours leave one number.
    Inferred,
    /// Written otherwise; the neighbours leave one number.
    Corrected,
    /// Written again after another row bore it.
    Repeated,
    /// Nothing tells.
    Unknown,
}

/// Numbers in the rows' order. Linear; looks a few rows ahead at most.
pub(crate) fn settle(written: &[Option<u32>]) -> Vec<(Option<u32>, Footing)> {
    let mut settled = Vec::with_capacity(written.len());
    let mut last = 0_u32;
    for (at, &here) in written.iter().enumerate() {
        let expected = last.saturating_add(1);
        // Whether the rows behind go on as if this one were `number`: the first that is numbered decides.
        let goes_on = |number: u32| {
            written[at + 1..].iter().take(4).enumerate().find_map(|(gap, next)| next.map(|next| (gap, next))).is_none_or(
                |(gap, next)| next == number.saturating_add(gap as u32 + 1),
            )
        };
        let (number, footing) = match here {
            Some(number) if number == expected => (Some(number), Footing::Written),
            None if goes_on(expected) => (Some(expected), Footing::Inferred),
            None => (None, Footing::Unknown),
            Some(number) if number > expected && goes_on(number) && !goes_on(expected) => (Some(number), Footing::Written),
            Some(_) if goes_on(expected) => (Some(expected), Footing::Corrected),
            Some(number) if number == last => (Some(number), Footing::Repeated),
            Some(number) if number > last => (Some(number), Footing::Written),
            Some(number) => (Some(number), Footing::Corrected),
        };
        if let Some(number) = number {
            last = last.max(number);
        }
        settled.push((number, footing));
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(written: &[Option<u32>]) -> Vec<Option<u32>> {
        settle(written).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn whole_numbers_stay() {
        assert!(settle(&[Some(1), Some(2), Some(3)]).iter().all(|(_, footing)| *footing == Footing::Written));
    }

    #[test]
    fn a_lost_number_is_inferred() {
        assert_eq!(settle(&[Some(1), None, Some(3)])[1], (Some(2), Footing::Inferred));
        assert_eq!(settle(&[None, Some(2)])[0], (Some(1), Footing::Inferred));
        assert_eq!(settle(&[Some(1), None])[1], (Some(2), Footing::Inferred));
        assert_eq!(numbers(&[Some(1), None, None, Some(4)]), [Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn text_between_rows_takes_no_number() {
        assert_eq!(settle(&[Some(1), None, Some(2)])[1], (None, Footing::Unknown));
    }

    #[test]
    fn a_wrong_number_is_corrected() {
        assert_eq!(settle(&[Some(11), Some(1), Some(3)])[1].1, Footing::Corrected);
        assert_eq!(settle(&[Some(1), Some(1), Some(3)])[1], (Some(2), Footing::Corrected));
        assert_eq!(settle(&[Some(1), Some(3), Some(3), Some(4)])[1], (Some(2), Footing::Corrected));
        assert_eq!(settle(&[Some(1), Some(22), Some(3)])[1], (Some(2), Footing::Corrected));
    }

    #[test]
    fn a_gap_and_a_doubled_row_keep_their_numbers() {
        assert_eq!(numbers(&[Some(1), Some(4), Some(5)]), [Some(1), Some(4), Some(5)]);
        assert_eq!(settle(&[Some(1), Some(2), Some(2), Some(3)])[2], (Some(2), Footing::Repeated));
    }
}
