//! In which order a system is reckoned: what does not need each other one after the other, what does as a core.

use super::matrix::Matrix;

/// The strongly connected parts of a matrix (row i needs column j where an entry stands), each after those it needs
/// (Tarjan 1972, without recursion).
pub fn parts(matrix: &Matrix) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let size = matrix.size();
    let needs: Vec<Vec<usize>> = (0..size)
        .map(|row| {
            matrix
                .row(row)
                .map(|(column, _)| column)
                .filter(|column| *column != row)
                .collect()
        })
        .collect();
    let (mut number, mut low, mut open) = (vec![UNSEEN; size], vec![0; size], vec![false; size]);
    let (mut stack, mut parts, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..size {
        if number[root] != UNSEEN {
            continue;
        }
        let mut walk: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, at)) = walk.last_mut() {
            let node = *node;
            if *at == 0 && number[node] == UNSEEN {
                number[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                open[node] = true;
            }
            if let Some(other) = needs[node].get(*at).copied() {
                *at += 1;
                if number[other] == UNSEEN {
                    walk.push((other, 0));
                } else if open[other] {
                    low[node] = low[node].min(number[other]);
                }
                continue;
            }
            walk.pop();
            if let Some((above, _)) = walk.last() {
                low[*above] = low[*above].min(low[node]);
            }
            if low[node] == number[node] {
                let mut part = Vec::new();
                while let Some(member) = stack.pop() {
                    open[member] = false;
                    part.push(member);
                    if member == node {
                        break;
                    }
                }
                part.sort_unstable();
                parts.push(part);
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_stand_together_after_what_they_need() {
        // 0 needs 1 and 2; 1 and 2 need each other; 2 needs 3.
        let entries = vec![
            (0, 0, 1.0),
            (0, 1, -1.0),
            (0, 2, -1.0),
            (1, 2, -1.0),
            (2, 1, -1.0),
            (2, 3, -1.0),
            (3, 3, 1.0),
        ];
        assert_eq!(parts(&Matrix::new(4, entries)), [vec![3], vec![1, 2], vec![0]]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let size = 200_000;
        let entries = (0..size - 1).map(|row| (row, row + 1, -1.0)).collect();
        let parts = parts(&Matrix::new(size as usize, entries));
        assert_eq!(
            (parts.len(), parts[0].as_slice()),
            (size as usize, [size as usize - 1].as_slice())
        );
    }
}
