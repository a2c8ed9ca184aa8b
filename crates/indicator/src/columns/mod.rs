//! The wide way to run a standard: blocks of units in floats, on several threads. Whatever floats cannot tell (a total
//! near a rounding, a limit or a neighbour's; lists, tables, looks at other units) the exact run decides, so that both
//! ways say the same.

mod block;
mod frame;
mod index;
mod join;
mod judge;
mod live;
mod peers;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use formula::{LANES, Number};

pub(crate) use block::{Block, Known, Terms};
pub use frame::Frame;
pub(crate) use index::Scores;
pub(crate) use join::{PointLanes, join};
pub(crate) use judge::{Judged, NO_GRADE, UNGRADED as NONE_GIVEN, judged, totals};
pub use live::LiveRun;
pub use told::{Told, tells, told};

use crate::data::UnitData;
use crate::outcome::UnitResult;
use crate::run::{NOISE, Settings, UNGRADED, is_level};
use crate::standard::Standard;
use crate::world::Population;

/// What a wide run gives, row by row in the order of the frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wide {
    /// Totals before rounding; NaN where there is none.
    pub total: Vec<f64>,
    /// As the standard rounds them.
    pub rounded: Vec<f64>,
    /// Shares of the weight with a verified value; NaN where nothing is scored.
    pub coverage: Vec<f64>,
    /// Grades.
    pub grade: Vec<Option<WideGrade>>,
    /// Ranks by the exact total among the units of the same period; 0 where there is none.
    pub rank: Vec<u32>,
    /// Where nothing is scored: the values of accounts by their number, in their units, NaN where there is none.
    pub accounts: BTreeMap<usize, Vec<f64>>,
    /// Rows that the exact run decided.
    pub exact: Vec<u32>,
}

impl Wide {
    /// Before anything is computed.
    fn nothing(standard: &Standard, rows: usize) -> Self {
        let mut wide = Self {
            total: vec![f64::NAN; rows],
            rounded: vec![f64::NAN; rows],
            coverage: vec![f64::NAN; rows],
            grade: vec![None; rows],
            rank: vec![0; rows],
            ..Self::default()
        };
        if !standard.has_total() {
            for node in 0..standard.nodes.len() {
                wide.accounts.insert(node, vec![f64::NAN; rows]);
            }
        }
        wide
    }
}

/// A grade of a wide run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WideGrade {
    /// 不予评级.
    Ungraded,
    /// The grade of this number.
    Grade(u16),
}

/// What a wide run is told beside its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WideSettings {
    /// As of every run.
    pub run: Settings,
    /// How many threads.
    pub threads: usize,
    /// Whether units are ranked.
    pub ranked: bool,
}

impl Default for WideSettings {
    fn default() -> Self {
        Self {
            run: Settings::default(),
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            ranked: true,
        }
    }
}

/// Runs a standard over a frame.
///
/// ```
/// use formula::Unit;
/// use indicator::{Frame, WideSettings, blocks, read, run_wide};
///
/// let text = "```指标\n| 代号 | 权重 | 单位 | 计分 |\n|--|--|--|--|\n| A | 1 | % | 线性(50 %→0, 100 %→100) |\n```\n";
/// let standard = read(&blocks(text)).standard;
/// let percent = Unit::parse("%").unwrap();
/// let frame = Frame::of_floats(3, None).with("A", &percent, vec![60.0, 90.0, 75.0]);
/// let wide = run_wide(&standard, &frame, WideSettings::default());
/// assert!((wide.total[0] - 20.0).abs() < 1e-9);
/// assert_eq!(wide.rank, [3, 1, 2]);
/// ```
pub fn run_wide(standard: &Standard, frame: &Frame<'_>, settings: WideSettings) -> Wide {
    if standard.index.as_ref().is_some_and(|rules| rules.weighing.is_some()) {
        let units: Vec<UnitData> = (0..frame.rows() as u32).map(|row| frame.unit(row)).collect();
        if let Some(weighed) = crate::weighing::weighed(standard, &units, settings.run) {
            return run_wide(&weighed, frame, settings);
        }
    }
    whole(standard, frame, settings, None).0
}

/// A run, with the exact results of the rows that had to be decided exactly; what `columns` ask for is kept of the
/// others.
fn whole(
    standard: &Standard,
    frame: &Frame<'_>,
    settings: WideSettings,
    mut columns: Option<&mut told::Columns>,
) -> (Wide, BTreeMap<u32, UnitResult>) {
    let rows = frame.rows();
    let scored = standard.has_total();
    let scores = standard
        .index
        .as_ref()
        .map(|rules| Scores::of(standard, rules, frame, settings));
    let mut wide = Wide::nothing(standard, rows);
    let mut bounds = vec![0.0; rows];
    let mut doubtful = vec![false; rows];
    for (period, group) in &frame.groups {
        let terms = Terms::nominal(standard, settings.run.at, *period);
        let telling = columns.is_some();
        // What is joined over all units of a period wants them in one block.
        let lanes = if standard.aggregation.looks_at_peers() {
            group.len()
        } else {
            LANES
        };
        for (rows, (part, kept)) in parts(group, lanes, settings.threads, |rows| {
            part(&terms, frame, rows, scores.as_ref(), telling)
        }) {
            take(&mut wide, &mut bounds, &mut doubtful, (rows, part), standard);
            if let (Some(columns), Some(kept)) = (&mut columns, kept) {
                columns.take(rows, kept, &mut doubtful);
            }
        }
    }
    wide.exact = (0..)
        .zip(&doubtful)
        .filter(|(_, doubtful)| **doubtful)
        .map(|(row, _)| row)
        .collect();
    let mut exactly = Exactly::new(standard, frame, settings.run, scores.as_ref());
    for (row, result) in exactly.results(&wide.exact) {
        settle(&mut wide, &mut bounds, row as usize, result, standard);
    }
    if settings.ranked && scored {
        for (_, group) in &frame.groups {
            rank(&mut wide, &bounds, group, &mut exactly);
        }
    }
    if let Some(columns) = columns {
        columns.represent(frame, &mut exactly);
    }
    (wide, exactly.known)
}

/// What one block gives.
enum Part {
    Judged(Judged),
    /// Values in the indicators' units, and what is doubtful.
    Accounts(Vec<Vec<f64>>, Vec<bool>),
}

/// Blocks of so many lanes of a group on threads, in their order.
fn parts<T: Send>(group: &[u32], lanes: usize, threads: usize, of: impl Fn(&[u32]) -> T + Sync) -> Vec<(&[u32], T)> {
    let blocks: Vec<&[u32]> = group.chunks(lanes.max(1)).collect();
    let threads = threads.clamp(1, blocks.len().max(1));
    if threads == 1 {
        return blocks.into_iter().map(|rows| (rows, of(rows))).collect();
    }
    let each = blocks.len().div_ceil(threads);
    let share = |blocks: &[&[u32]]| blocks.iter().map(|rows| of(rows)).collect::<Vec<T>>();
    let share = &share;
    std::thread::scope(|scope| {
        let running: Vec<_> = blocks
            .chunks(each)
            .map(|blocks| scope.spawn(move || share(blocks)))
            .collect();
        let done = running.into_iter().flat_map(|thread| match thread.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        blocks.iter().copied().zip(done).collect()
    })
}

fn part(
    terms: &Terms<'_>,
    frame: &Frame<'_>,
    rows: &[u32],
    scores: Option<&Scores>,
    telling: bool,
) -> (Part, Option<told::Kept>) {
    let block = Block::new(terms, frame, rows);
    if let Some(scores) = scores {
        scores.preset(&block, rows);
    }
    let part = decided(&block, rows);
    let kept = telling.then(|| match &part {
        Part::Judged(judged) => told::Kept::of(&block, Some(judged), rows.len()),
        Part::Accounts(..) => told::Kept::of(&block, None, rows.len()),
    });
    (part, kept)
}

/// What a block comes to.
fn decided(block: &Block<'_>, rows: &[u32]) -> Part {
    let standard = block.terms.standard;
    if standard.has_total() {
        let top: Vec<usize> = standard.top().collect();
        return Part::Judged(judged(block, &top, rows.len()));
    }
    let mut doubtful = vec![false; rows.len()];
    let of_node = |node: usize| {
        let lanes = block.node_value(node);
        let rule = standard.nodes.get(node);
        let factor = match (rule, lanes.dimension()) {
            (Some(rule), Some(own)) if own == rule.unit.dimension() => rule.unit.factor().to_f64(),
            _ => 1.0,
        };
        for (lane, doubtful) in doubtful.iter_mut().enumerate() {
            *doubtful |= lanes.state(lane) == formula::State::Doubtful;
        }
        let number = lanes.dimension().is_some();
        let value = |lane| {
            if number && lanes.state(lane).is_present() {
                lanes.value(lane) / factor
            } else {
                f64::NAN
            }
        };
        (0..rows.len()).map(value).collect()
    };
    let values = (0..standard.nodes.len()).map(of_node).collect();
    Part::Accounts(values, doubtful)
}

fn take(wide: &mut Wide, bounds: &mut [f64], doubtful: &mut [bool], part: (&[u32], Part), standard: &Standard) {
    let (rows, part) = part;
    match part {
        Part::Accounts(values, doubts) => {
            for (row, doubt) in rows.iter().zip(doubts) {
                doubtful[*row as usize] = doubt;
            }
            for (node, values) in values.iter().enumerate() {
                let Some(column) = wide.accounts.get_mut(&node) else {
                    continue;
                };
                for (row, value) in rows.iter().zip(values) {
                    column[*row as usize] = *value;
                }
            }
        }
        Part::Judged(judged) => {
            for (lane, row) in rows.iter().enumerate() {
                let row = *row as usize;
                doubtful[row] = judged.doubtful[lane];
                wide.coverage[row] = judged.coverage[lane];
                if !judged.total.state(lane).is_present() {
                    continue;
                }
                bounds[row] = judged.total.bound(lane);
                wide.total[row] = judged.total.value(lane);
                wide.rounded[row] = judged.rounded[lane];
                wide.grade[row] = match judged.grade[lane] {
                    NO_GRADE => None,
                    NONE_GIVEN => Some(WideGrade::Ungraded),
                    at => standard.grades.get(usize::from(at)).map(|_| WideGrade::Grade(at)),
                };
            }
        }
    }
}

/// The exact result of a row in the place of the doubtful one.
fn settle(wide: &mut Wide, bounds: &mut [f64], row: usize, result: &UnitResult, standard: &Standard) {
    let float = |number: &Option<Number>| number.as_ref().map_or(f64::NAN, Number::to_f64);
    bounds[row] = formula::ROUNDOFF * float(&result.total).abs();
    wide.total[row] = float(&result.total);
    wide.rounded[row] = float(&result.rounded);
    wide.coverage[row] = float(&result.coverage);
    wide.grade[row] = result.grade.as_ref().and_then(|name| {
        if *name == UNGRADED[0] {
            return Some(WideGrade::Ungraded);
        }
        let at = standard.grades.iter().position(|grade| grade.name == *name)?;
        Some(WideGrade::Grade(at as u16))
    });
    for (node, column) in &mut wide.accounts {
        let value = result.nodes.get(*node).map(|node| &node.computed.value);
        let rule = standard.nodes.get(*node);
        let number = value.zip(rule).and_then(|(value, rule)| {
            let base = || value.quantity().map(|quantity| quantity.number.clone());
            value.in_unit(&rule.unit).or_else(base)
        });
        column[row] = float(&number);
    }
}

/// Ranks by the exact total: floats put units in order, and where neighbours are too close the exact totals do.
fn rank(wide: &mut Wide, bounds: &[f64], group: &[u32], exactly: &mut Exactly<'_>) {
    let mut order: Vec<u32> = group
        .iter()
        .copied()
        .filter(|row| !wide.total[*row as usize].is_nan())
        .collect();
    order.sort_by(|a, b| wide.total[*b as usize].total_cmp(&wide.total[*a as usize]));
    let widest = order
        .iter()
        .fold(0.0, |widest: f64, row| widest.max(bounds[*row as usize]));
    let mut clusters = Vec::new();
    let mut from = 0;
    while from < order.len() {
        let mut to = from + 1;
        while to < order.len() {
            let gap = wide.total[order[to - 1] as usize] - wide.total[order[to] as usize];
            if gap > (widest * 2.001).max(NOISE) {
                break;
            }
            to += 1;
        }
        clusters.push(order.get(from..to).unwrap_or_default());
        from = to;
    }
    // All that need it at once: each call looks at the whole population where a formula does.
    let close: Vec<u32> = clusters
        .iter()
        .filter(|cluster| cluster.len() > 1)
        .copied()
        .flatten()
        .copied()
        .collect();
    exactly.results(&close);
    let mut place = 1;
    for cluster in clusters {
        if let [one] = cluster {
            wide.rank[*one as usize] = place;
        } else {
            let mut totals: Vec<(u32, Option<Number>)> = exactly
                .results(cluster)
                .into_iter()
                .map(|(row, result)| (row, result.total.clone()))
                .collect();
            totals.sort_by(|a, b| b.1.cmp(&a.1));
            let mut last: Option<(&Option<Number>, u32)> = None;
            for (at, (row, total)) in (place..).zip(&totals) {
                let level = |before: &Option<Number>| match (before, total) {
                    (Some(before), Some(total)) => is_level(before, total),
                    (before, total) => before == total,
                };
                let (first, rank) = last.filter(|(before, _)| level(before)).unwrap_or((total, at));
                wide.rank[*row as usize] = rank;
                last = Some((first, rank));
            }
        }
        place += cluster.len() as u32;
    }
}

/// Exact results of the rows that need them, each computed once.
struct Exactly<'a> {
    standard: &'a Standard,
    frame: &'a Frame<'a>,
    settings: Settings,
    scores: Option<&'a Scores>,
    known: BTreeMap<u32, UnitResult>,
}

impl<'a> Exactly<'a> {
    const fn new(standard: &'a Standard, frame: &'a Frame<'a>, settings: Settings, scores: Option<&'a Scores>) -> Self {
        Self {
            standard,
            frame,
            settings,
            scores,
            known: BTreeMap::new(),
        }
    }

    fn results(&mut self, rows: &[u32]) -> Vec<(u32, &UnitResult)> {
        let unknown = rows.iter().copied().filter(|row| !self.known.contains_key(row));
        // In their order, to be found again.
        let open: Vec<u32> = unknown.collect::<BTreeSet<u32>>().into_iter().collect();
        if !open.is_empty() {
            let all: Vec<u32> = if self.looks_around() {
                (0..self.frame.rows() as u32).collect()
            } else {
                open.clone()
            };
            let units: Vec<UnitData> = all.iter().map(|row| self.frame.unit(*row)).collect();
            let population = Population::new(self.standard, &units, self.settings.at);
            if let Some(scores) = self.scores {
                scores.preset_exactly(&population, &all);
            }
            for row in open {
                if let Ok(at) = all.binary_search(&row) {
                    self.known.insert(row, crate::run::judged(&population, at));
                }
            }
        }
        rows.iter()
            .filter_map(|row| Some((*row, self.known.get(row)?)))
            .collect()
    }

    /// Whether a row's result takes other rows.
    fn looks_around(&self) -> bool {
        self.standard.aggregation.looks_at_peers() || crate::dependants::looks_around(self.standard)
    }
}
