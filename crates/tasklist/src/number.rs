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
        // Whether the rows behind go on as if this one were `number`: the first that is numbered decides, if there is one.
        let goes_on = |number: u32| {
            let next = written[at + 1..]
                .iter()
                .take(4)
                .zip(1_u32..)
                .find_map(|(next, gap)| next.map(|next| (next, gap)));
            next.map(|(next, gap)| next == number.saturating_add(gap))
        };
        let (number, footing, reached) = match here {
            Some(number) if number == expected => (Some(number), Footing::Written, number),
            None if goes_on(expected) != Some(false) => (Some(expected), Footing::Inferred, expected),
            None => (None, Footing::Unknown, last),
            Some(number) if number > expected && goes_on(number) == Some(true) => {
                (Some(number), Footing::Written, number)
            }
            Some(_) if goes_on(expected) == Some(true) => (Some(expected), Footing::Corrected, expected),
            Some(number) if number == last => (Some(number), Footing::Repeated, last),
            Some(number) if number < last && goes_on(expected).is_none() => {
                (Some(expected), Footing::Corrected, expected)
            }
            // The last row, behind a gap that both neighbours are told of.
            Some(number) if number > last && goes_on(number).is_none() => (Some(number), Footing::Written, number),
            // Neither what is written nor the next number agrees with the rows behind.
            Some(number) if number > last => (None, Footing::Unknown, expected),
            Some(_) => (None, Footing::Unknown, last),
        };
        last = reached;
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
        assert!(
            settle(&[Some(1), Some(2), Some(3)])
                .iter()
                .all(|(_, footing)| *footing == Footing::Written)
        );
    }

    #[test]
    fn a_lost_number_is_inferred() {
        assert_eq!(settle(&[Some(1), None, Some(3)])[1], (Some(2), Footing::Inferred));
        assert_eq!(settle(&[None, Some(2)])[0], (Some(1), Footing::Inferred));
        assert_eq!(settle(&[Some(1), None])[1], (Some(2), Footing::Inferred));
        assert_eq!(
            numbers(&[Some(1), None, None, Some(4)]),
            [Some(1), Some(2), Some(3), Some(4)]
        );
    }

    #[test]
    fn text_between_rows_takes_no_number() {
        assert_eq!(settle(&[Some(1), None, Some(2)])[1], (None, Footing::Unknown));
        assert_eq!(
            settle(&[Some(7), Some(8), Some(3), Some(9)])[2],
            (None, Footing::Unknown)
        );
    }

    #[test]
    fn a_wrong_number_is_corrected() {
        assert_eq!(settle(&[Some(11), Some(2), Some(3)])[0], (Some(1), Footing::Corrected));
        assert_eq!(settle(&[Some(1), Some(2), Some(1)])[2], (Some(3), Footing::Corrected));
        assert_eq!(settle(&[Some(1), Some(1), Some(3)])[1], (Some(2), Footing::Corrected));
        assert_eq!(
            settle(&[Some(1), Some(3), Some(3), Some(4)])[1],
            (Some(2), Footing::Corrected)
        );
        assert_eq!(settle(&[Some(1), Some(22), Some(3)])[1], (Some(2), Footing::Corrected));
    }

    #[test]
    fn one_misread_number_does_not_spoil_the_rest() {
        let settled = settle(&[Some(5), Some(99), Some(8), Some(9), Some(10)]);
        assert_eq!(settled[1], (None, Footing::Unknown));
        assert_eq!(settled[2..], [8, 9, 10].map(|number| (Some(number), Footing::Written)));
    }

    #[test]
    fn the_count_never_goes_back() {
        // 86, 87, 88 torn by wraps must not pass for 6, 7, 8.
        let settled = settle(&[Some(84), Some(85), Some(6), Some(7), Some(8), Some(89)]);
        assert!(
            settled[2..5].iter().all(|(_, footing)| *footing != Footing::Written),
            "{settled:?}"
        );
        assert_eq!(settled[5].0, Some(89));
    }

    #[test]
    fn a_gap_and_a_doubled_row_keep_their_numbers() {
        assert_eq!(numbers(&[Some(1), Some(4), Some(5)]), [Some(1), Some(4), Some(5)]);
        assert_eq!(
            settle(&[Some(1), Some(2), Some(2), Some(3)])[2],
            (Some(2), Footing::Repeated)
        );
    }
}
