//! Items as lists of any depth.

use super::role::Item;
use crate::model::{Block, BlockKind, List, ListItem, ListStyle};

/// Items of any depth as lists: what is deeper stands in the item before it.
pub(super) fn lists(items: Vec<(Item, ListItem)>) -> Vec<Block> {
    let mut depths = Vec::new();
    let mut open: Vec<Item> = Vec::new();
    for (item, _) in &items {
        let same =
            |other: &Item| other.counted == item.counted && other.digits == item.digits && other.level == item.level;
        if let Some(at) = open.iter().position(same) {
            open.truncate(at + 1);
        } else {
            // Digits stand below letters; what Word puts deeper stands deeper.
            while let Some(top) = open.last() {
                let below = item.level > top.level || (item.digits && top.counted && !top.digits);
                if below {
                    break;
                }
                open.pop();
            }
            open.push(*item);
        }
        depths.push(open.len() - 1);
    }
    let mut items: Vec<(usize, Item, ListItem)> = depths
        .into_iter()
        .zip(items)
        .map(|(depth, (item, made))| (depth, item, made))
        .collect();
    gather(&mut items, 0)
}

fn gather(items: &mut Vec<(usize, Item, ListItem)>, depth: usize) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    while let Some((at, item, _)) = items.first() {
        if *at < depth {
            break;
        }
        let (at, item) = (*at, *item);
        if at > depth {
            let below = gather(items, depth + 1);
            match out.last_mut().map(|last| &mut last.kind) {
                Some(BlockKind::List(list)) if !list.items.is_empty() => {
                    if let Some(last) = list.items.last_mut() {
                        last.blocks.extend(below);
                    }
                }
                _ => out.extend(below),
            }
            continue;
        }
        let (_, _, made) = items.remove(0);
        let style = if item.counted {
            ListStyle::Ordered
        } else {
            ListStyle::Dash
        };
        match out.last_mut().map(|last| &mut last.kind) {
            Some(BlockKind::List(list)) if list.style == style => list.items.push(made),
            _ => out.push(Block::new(BlockKind::List(List {
                style,
                items: vec![made],
            }))),
        }
    }
    out
}
