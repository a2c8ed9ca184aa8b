//! One replication: the standard with its choices and figures drawn, over all units at once. What does not depend on the
//! draw is computed once: scores of an index for each way to prepare them, points of indicators that nothing varies.

use std::collections::{BTreeMap, BTreeSet};

use formula::{Dimension, LaneKind, Lanes, State, Value};

use super::declared::{Uncertainty, Varies};
use super::dense::Dense;
use super::indices::Model;
use super::{Interval, SensitivitySettings, UnitSensitivity, float};
use crate::columns::{Block, Frame, Judged, Known, PointLanes, Scores, Terms, judged, totals};
use crate::data::UnitData;
use crate::finding::Finding;
use crate::index::{Impute, IndexRules};
use crate::method::Method;
use crate::outcome::{Points, UnitResult};
use crate::run::Settings;
use crate::standard::{Aggregation, Standard, split_aspect};
use crate::world::Population;

/// Ranks are counted one by one for so many units; of more, neighbours are counted together.
const RANK_BINS: usize = 512;
/// Values of accounts are kept for quantiles up to so many in a batch.
const MOST_KEPT: usize = 2_000_000;

/// What all replications have in common.
pub(super) struct Shared<'a> {
    standard: &'a Standard,
    declared: &'a Uncertainty,
    frame: Frame<'a>,
    rows: Vec<u32>,
    ids: Vec<&'a str>,
    nominal: Vec<&'a UnitResult>,
    ranks: Vec<u32>,
    grades: Vec<Option<&'a str>>,
    terms: Terms<'a>,
    top: Vec<usize>,
    /// Dimensions of each factor.
    dimensions: Vec<Vec<usize>>,
    count: usize,
    /// Of weights: which indicator a dimension belongs to.
    weighed: BTreeMap<usize, usize>,
    aggregations: Vec<Aggregation>,
    /// Points known beforehand, by the way an index is prepared; one way where it is none.
    points: Vec<Vec<Option<PointLanes>>>,
    /// By the same ways, the weights before they are varied: where the data give them, those of the scores so prepared.
    weights: Vec<Vec<f64>>,
    values: Vec<Option<Lanes>>,
    /// The account that is looked at, where nothing is scored.
    account: Option<usize>,
    judges: bool,
    /// The short way to totals, where nothing is judged and all points are known.
    dense: Option<Dense>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(
        standard: &'a Standard,
        declared: &'a Uncertainty,
        units: &'a [UnitData],
        nominal: &'a [UnitResult],
        settings: SensitivitySettings,
    ) -> Result<Self, Vec<Finding>> {
        let frame = Frame::of_units(units);
        let (period, rows) = frame.groups.last().cloned().unwrap_or_default();
        let of_rows: Vec<&UnitResult> = rows.iter().filter_map(|row| nominal.get(*row as usize)).collect();
        let mut terms = Terms::nominal(standard, settings.run.at, period);
        terms.guarded = false;
        let account = (!standard.has_total()).then(|| {
            let last = || (0..standard.nodes.len()).rfind(|node| standard.nodes[*node].children.is_empty());
            declared.target.or_else(last).unwrap_or_default()
        });
        let mut shared = Self {
            standard,
            declared,
            ids: rows
                .iter()
                .filter_map(|row| units.get(*row as usize))
                .map(|unit| unit.id.as_str())
                .collect(),
            ranks: of_rows.iter().map(|result| result.rank.unwrap_or(0) as u32).collect(),
            grades: of_rows.iter().map(|result| result.grade.as_deref()).collect(),
            nominal: of_rows,
            rows,
            terms,
            top: standard.top().collect(),
            dimensions: Vec::new(),
            count: 0,
            weighed: BTreeMap::new(),
            aggregations: Vec::new(),
            points: Vec::new(),
            weights: Vec::new(),
            values: Vec::new(),
            account,
            judges: standard.judges() || !standard.adjustments.is_empty(),
            dense: None,
            frame,
        };
        shared.draw_dimensions();
        shared.aggregations = shared.all_aggregations();
        let varied = shared.depending()?;
        shared.values = shared.known_values(&varied);
        (shared.points, shared.weights) = match &standard.index {
            Some(rules) => shared.prepared(rules, units, settings.run).into_iter().unzip(),
            None => (vec![shared.known_points(&varied)], vec![shared.terms.weights.clone()]),
        };
        shared.can_vary(&varied)?;
        if shared.account.is_none() && !shared.judges {
            shared.dense = Dense::of(standard, shared.rows.len(), &shared.points, &shared.aggregations);
        }
        Ok(shared)
    }

    /// So that a test may hold the two ways against each other.
    #[cfg(test)]
    pub(super) fn forget_short_way(&mut self) {
        self.dense = None;
    }

    pub(super) fn dimensions(&self) -> &[Vec<usize>] {
        &self.dimensions
    }

    pub(super) const fn dimension_count(&self) -> usize {
        self.count
    }

    pub(super) fn target_name(&self) -> String {
        match self.account.and_then(|node| self.standard.nodes.get(node)) {
            Some(account) => account.code.clone(),
            None if self.rows.len() > 1 => "rank_shift".to_owned(),
            None => "total".to_owned(),
        }
    }

    fn draw_dimensions(&mut self) {
        for factor in &self.declared.factors {
            let Varies::Weights(level, _) = factor.varies else {
                self.dimensions.push(vec![self.count]);
                self.count += 1;
                continue;
            };
            let mut own = Vec::new();
            for (node, rule) in self.standard.nodes.iter().enumerate() {
                let siblings = match rule.parent.and_then(|parent| self.standard.nodes.get(parent)) {
                    Some(parent) => parent.children.len(),
                    None => self.top.len(),
                };
                // An only child's weight means nothing.
                if siblings > 1 && level.is_none_or(|level| level == rule.level) {
                    self.weighed.insert(self.count, node);
                    own.push(self.count);
                    self.count += 1;
                }
            }
            self.dimensions.push(own);
        }
    }

    /// Every combination of the ways to join, the last factor fastest.
    fn all_aggregations(&self) -> Vec<Aggregation> {
        let mut all = vec![self.standard.aggregation.clone()];
        for factor in &self.declared.factors {
            let Varies::Methods(level, methods) = &factor.varies else {
                continue;
            };
            let with = |aggregation: &Aggregation, method: &Method| {
                let mut aggregation = aggregation.clone();
                match level {
                    Some(level) => {
                        aggregation.levels.insert(*level, method.clone());
                    }
                    None => aggregation.default = method.clone(),
                }
                aggregation
            };
            all = all
                .iter()
                .flat_map(|aggregation| methods.iter().map(move |method| with(aggregation, method)))
                .collect();
        }
        all
    }

    /// The points of an index for every way to prepare it, and the weights that go with them.
    fn prepared(
        &self,
        rules: &IndexRules,
        units: &[UnitData],
        settings: Settings,
    ) -> Vec<(Vec<Option<PointLanes>>, Vec<f64>)> {
        let mut ways = vec![rules.clone()];
        for factor in &self.declared.factors {
            let vary = |count: usize, change: &dyn Fn(&mut IndexRules, usize)| -> Vec<IndexRules> {
                let each = |way: &IndexRules| {
                    (0..count)
                        .map(|at| {
                            let mut way = way.clone();
                            change(&mut way, at);
                            way
                        })
                        .collect::<Vec<_>>()
                };
                ways.iter().flat_map(each).collect()
            };
            ways = match &factor.varies {
                Varies::Normalisations(of) => vary(of.len(), &|way, at| {
                    way.normalise = of.get(at).cloned().unwrap_or_default()
                }),
                Varies::Imputations(of) => vary(of.len(), &|way, at| {
                    way.impute = of.get(at).cloned().unwrap_or(Impute::None)
                }),
                Varies::Treatments(of) => vary(of.len(), &|way, at| way.treat = of.get(at).copied().unwrap_or(false)),
                _ => continue,
            };
        }
        let population = Population::new(self.standard, units, settings.at);
        let raw = crate::index::Raw::of(&population, &ways, |_| true);
        let of_way = |way: &IndexRules| {
            let mut by_node = vec![None; self.standard.nodes.len()];
            let scores = raw.scores(self.standard, way);
            let mut weights = self.terms.weights.clone();
            for (node, weight) in crate::weighing::weights_by_scores(self.standard, way, units, &scores) {
                if let Some(place) = weights.get_mut(node) {
                    *place = weight;
                }
            }
            for (node, column) in scores {
                if let Some(place) = by_node.get_mut(node) {
                    *place = Some(column);
                }
            }
            let scores = Scores::given(by_node);
            let block = self.block(
                &self.terms,
                Known {
                    values: &self.values,
                    points: &[],
                },
            );
            let points = (0..self.standard.nodes.len())
                .map(|node| scores.points(&block, node, &self.rows))
                .collect();
            (points, weights)
        };
        ways.iter().map(of_way).collect()
    }

    fn block<'b>(&'b self, terms: &'b Terms<'a>, known: Known<'b>) -> Block<'b>
    where
        'a: 'b,
    {
        Block::new(terms, &self.frame, &self.rows).knowing(known)
    }

    /// Names of parameters, inputs and accounts that vary.
    fn quantities(&self) -> BTreeMap<&'a str, &'a super::Factor> {
        let quantities = self
            .declared
            .factors
            .iter()
            .filter(|factor| matches!(factor.varies, Varies::Quantity(_)));
        quantities.map(|factor| (factor.name.as_str(), factor)).collect()
    }

    /// The leaves that depend on what varies, each with the factor that reaches it.
    fn depending(&self) -> Result<BTreeMap<usize, &'a super::Factor>, Vec<Finding>> {
        let quantities = self.quantities();
        let mut errors = Vec::new();
        let mut depends: BTreeMap<usize, &'a super::Factor> = BTreeMap::new();
        let mut reached = BTreeSet::new();
        loop {
            let before = depends.len();
            for (node, rule) in self.standard.nodes.iter().enumerate() {
                if depends.contains_key(&node) {
                    continue;
                }
                let own = quantities.get_key_value(rule.code.as_str());
                let asked = [rule.formula.as_ref(), rule.scoring.as_ref()].into_iter().flatten();
                let asked: Vec<_> = asked.flat_map(|written| written.formula.asks()).collect();
                // All of them: one formula may ask for several things that vary.
                for asked in &asked {
                    if let Some((name, _)) = quantities.get_key_value(asked.name.as_str()) {
                        reached.insert(*name);
                    }
                }
                let through = asked.iter().find_map(|asked| {
                    let code = split_aspect(&asked.name).0;
                    let by_node = || self.standard.node(code).and_then(|node| depends.get(&node).copied());
                    quantities.get(asked.name.as_str()).copied().or_else(by_node)
                });
                if let Some((name, _)) = own {
                    reached.insert(*name);
                }
                let of_child = rule.children.iter().find_map(|child| depends.get(child).copied());
                if let Some(factor) = own.map(|(_, factor)| *factor).or(through).or(of_child) {
                    depends.insert(node, factor);
                }
            }
            if depends.len() == before {
                break;
            }
        }
        for (name, factor) in &quantities {
            // An index is prepared beforehand; what no formula asks for moves nothing.
            if self.standard.index.is_some() || !reached.contains(name) {
                errors.push(Finding::error(
                    "indicator-uncertain-idle",
                    &factor.place,
                    &[("name", name)],
                ));
            }
        }
        if errors.is_empty() { Ok(depends) } else { Err(errors) }
    }

    /// The values of leaves that nothing varies.
    fn known_values(&self, varied: &BTreeMap<usize, &super::Factor>) -> Vec<Option<Lanes>> {
        let of_node = |node: usize| {
            let leaf = self
                .standard
                .nodes
                .get(node)
                .is_some_and(|rule| rule.children.is_empty());
            if varied.contains_key(&node) || !leaf {
                return None;
            }
            let values: Vec<&Value> = self
                .nominal
                .iter()
                .filter_map(|result| Some(&result.nodes.get(node)?.computed.value))
                .collect();
            Some(self.lanes_of(&values))
        };
        (0..self.standard.nodes.len()).map(of_node).collect()
    }

    fn lanes_of(&self, values: &[&Value]) -> Lanes {
        let each: Vec<Lanes> = values
            .iter()
            .map(|value| Lanes::of_value(value, &|text| self.frame.word(text)))
            .collect();
        let present = each.iter().find(|lanes| lanes.state(0).is_present());
        let kind = present.map_or(LaneKind::Number(Dimension::NONE), |lanes| lanes.kind);
        let state = |lanes: &Lanes| match lanes.state(0) {
            State::Present if lanes.kind != kind => State::Doubtful,
            state => state,
        };
        let states: Vec<State> = each.iter().map(state).collect();
        let whole = states.iter().all(|state| state.is_present());
        let mut lanes = Lanes::of(
            kind,
            each.iter().map(|lanes| lanes.value(0)).collect(),
            (!whole).then_some(states),
        );
        lanes.relative = 0.0;
        lanes
    }

    /// The points of leaves that nothing varies.
    fn known_points(&self, varied: &BTreeMap<usize, &super::Factor>) -> Vec<Option<PointLanes>> {
        let of_node = |(node, rule): (usize, &crate::standard::NodeRule)| {
            if varied.contains_key(&node) || !rule.children.is_empty() || !self.standard.has_total() {
                return None;
            }
            let points = self
                .nominal
                .iter()
                .map(|result| result.nodes.get(node).and_then(|node| node.points.as_ref()));
            let (mut values, mut states, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
            for points in points {
                let (value, state) = match points {
                    Some(Points::Given { points, .. }) => (points.to_f64(), State::Present),
                    Some(Points::Dropped(absence) | Points::Failed(absence)) => (0.0, State::of(&absence.why)),
                    None => (0.0, State::Missing),
                };
                values.push(value);
                states.push(state);
                dropped.push(matches!(points, Some(Points::Dropped(_))));
            }
            let whole = states.iter().all(|state| state.is_present());
            let kind = LaneKind::Number(Dimension::NONE);
            let mut lanes = Lanes::of(kind, values, (!whole).then_some(states));
            lanes.relative = 0.0;
            Some(PointLanes {
                lanes,
                dropped: dropped.contains(&true).then_some(dropped),
            })
        };
        self.standard.nodes.iter().enumerate().map(of_node).collect()
    }

    /// Refuses what floats cannot compute, and what they compute otherwise than the exact run.
    fn can_vary(&self, varied: &BTreeMap<usize, &super::Factor>) -> Result<(), Vec<Finding>> {
        let points = self.points.first().map(Vec::as_slice).unwrap_or_default();
        let block = self.block(
            &self.terms,
            Known {
                values: &self.values,
                points,
            },
        );
        let mut errors = Vec::new();
        for (node, factor) in varied {
            let Some(rule) = self.standard.nodes.get(*node).filter(|rule| rule.children.is_empty()) else {
                continue;
            };
            let doubtful = |lanes: &Lanes| (0..self.rows.len()).any(|lane| lanes.state(lane) == State::Doubtful);
            let value = doubtful(&block.node_value(*node));
            let scored =
                self.standard.has_total() && block.node_points(*node).is_none_or(|points| doubtful(&points.lanes));
            if value || scored {
                errors.push(Finding::error(
                    "indicator-uncertain-beyond",
                    &factor.place,
                    &[("name", &factor.name), ("code", &rule.code)],
                ));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// What replications found, unit by unit.
    pub(super) fn told(&self, replicas: Vec<Replica<'_, '_>>) -> Vec<UnitSensitivity> {
        let observed: f64 = replicas.iter().map(|replica| f64::from(replica.observed)).sum();
        let bins = self.rank_bins();
        let units = self.ids.iter().enumerate().map(|(lane, id)| {
            let mut counts = vec![0_u64; bins];
            for replica in &replicas {
                let own = replica.ranks.get(lane * bins..(lane + 1) * bins).unwrap_or_default();
                for (sum, count) in counts.iter_mut().zip(own) {
                    *sum += u64::from(*count);
                }
            }
            let flips: u64 = replicas
                .iter()
                .filter_map(|replica| replica.flips.get(lane))
                .map(|flips| u64::from(*flips))
                .sum();
            let nominal = self.ranks.get(lane).copied().filter(|rank| *rank > 0);
            let mut kept: Vec<f64> = replicas
                .iter()
                .flat_map(|replica| replica.values.iter().skip(lane).step_by(self.rows.len()).copied())
                .filter(|value| value.is_finite())
                .collect();
            kept.sort_by(f64::total_cmp);
            UnitSensitivity {
                id: (*id).to_owned(),
                rank: nominal.and_then(|nominal| self.rank_interval(&counts, nominal)),
                value: self
                    .account
                    .and_then(|node| value_interval(&kept, self.account_value(lane, node))),
                grade_flip: (!self.standard.grades.is_empty() && self.grades.get(lane).copied().flatten().is_some())
                    .then(|| flips as f64 / observed.max(1.0)),
            }
        });
        units.collect()
    }

    fn account_value(&self, lane: usize, node: usize) -> f64 {
        let number = self.standard.nodes.get(node).and_then(|rule| {
            let value = &self.nominal.get(lane)?.nodes.get(node)?.computed.value;
            value
                .in_unit(&rule.unit)
                .or_else(|| value.quantity().map(|quantity| quantity.number.clone()))
        });
        float(number.as_ref())
    }

    fn rank_bins(&self) -> usize {
        self.rows.len().min(RANK_BINS)
    }

    fn bin_of(&self, rank: u32) -> usize {
        let (units, bins) = (self.rows.len().max(1), self.rank_bins().max(1));
        ((rank as usize).saturating_sub(1) * bins / units).min(bins - 1)
    }

    fn rank_interval(&self, counts: &[u64], nominal: u32) -> Option<Interval> {
        let all: u64 = counts.iter().sum();
        if all == 0 {
            return None;
        }
        let quantile = |share: f64| {
            let wanted = (share * all as f64).ceil().max(1.0) as u64;
            let mut sum = 0;
            let bin = counts.iter().position(|count| {
                sum += count;
                sum >= wanted
            });
            (bin.unwrap_or(0) * self.rows.len() / self.rank_bins().max(1)) as f64 + 1.0
        };
        Some(Interval {
            nominal: f64::from(nominal),
            p5: quantile(0.05),
            p50: quantile(0.5),
            p95: quantile(0.95),
        })
    }
}

fn value_interval(sorted: &[f64], nominal: f64) -> Option<Interval> {
    let quantile = |share: f64| {
        let place = share * (sorted.len() as f64 - 1.0);
        let low = sorted.get(place.floor() as usize)?;
        let high = sorted.get(place.ceil() as usize)?;
        Some(low + (high - low) * place.fract())
    };
    Some(Interval {
        nominal,
        p5: quantile(0.05)?,
        p50: quantile(0.5)?,
        p95: quantile(0.95)?,
    })
}

/// What a draw chooses: weights, factors of quantities, a way to join, a way to prepare.
struct Choices {
    weights: Vec<f64>,
    factors: BTreeMap<String, f64>,
    join: usize,
    way: usize,
}

/// A batch of replications, and what it has seen.
pub(super) struct Replica<'s, 'a> {
    shared: &'s Shared<'a>,
    observed: u32,
    /// How often each unit had each rank.
    ranks: Vec<u32>,
    flips: Vec<u32>,
    values: Vec<f64>,
    order: Vec<u32>,
    own: Vec<u32>,
}

impl<'s, 'a> Replica<'s, 'a> {
    pub(super) fn new(shared: &'s Shared<'a>) -> Self {
        let units = shared.rows.len();
        Self {
            shared,
            observed: 0,
            ranks: vec![0; units * shared.rank_bins()],
            flips: vec![0; units],
            values: Vec::new(),
            order: (0..units as u32).collect(),
            own: vec![0; units],
        }
    }

    /// What a draw chooses.
    fn choices(&self, point: &[f64]) -> Choices {
        let shared = self.shared;
        let mut weights = vec![1.0; shared.standard.nodes.len()];
        let mut factors = BTreeMap::new();
        let (mut join, mut way) = (0, 0);
        for (factor, dimensions) in shared.declared.factors.iter().zip(&shared.dimensions) {
            let u = dimensions
                .first()
                .and_then(|dimension| point.get(*dimension))
                .copied()
                .unwrap_or(0.5);
            let pick = |count: usize| ((u * count as f64) as usize).min(count - 1);
            match &factor.varies {
                Varies::Weights(_, spread) => {
                    for dimension in dimensions {
                        let node = shared.weighed.get(dimension).and_then(|node| weights.get_mut(*node));
                        if let (Some(weight), Some(u)) = (node, point.get(*dimension)) {
                            *weight *= spread.factor(*u).max(0.0);
                        }
                    }
                }
                Varies::Methods(_, of) => join = join * of.len() + pick(of.len()),
                Varies::Normalisations(of) => way = way * of.len() + pick(of.len()),
                Varies::Imputations(of) => way = way * of.len() + pick(of.len()),
                Varies::Treatments(of) => way = way * of.len() + pick(of.len()),
                Varies::Quantity(spread) => {
                    factors.insert(formula::canonical_name(&factor.name), spread.factor(u));
                }
            }
        }
        for (weight, own) in weights.iter_mut().zip(shared.weights.get(way).into_iter().flatten()) {
            *weight *= own;
        }
        Choices {
            weights,
            factors,
            join,
            way,
        }
    }

    fn over<T>(&self, point: &[f64], of: impl FnOnce(&Block<'_>) -> T) -> T {
        let shared = self.shared;
        let Choices {
            weights,
            factors,
            join,
            way,
        } = self.choices(point);
        let terms = Terms {
            standard: shared.standard,
            at: shared.terms.at,
            period: shared.terms.period,
            weights,
            aggregation: shared.aggregations.get(join).unwrap_or(&shared.standard.aggregation),
            factors,
            guarded: false,
        };
        let points = shared.points.get(way).map(Vec::as_slice).unwrap_or_default();
        let known = Known {
            values: &shared.values,
            points,
        };
        let block = Block::new(&terms, &shared.frame, &shared.rows).knowing(known);
        of(&block)
    }

    fn judged(&self, point: &[f64]) -> Option<Judged> {
        let shared = self.shared;
        shared
            .judges
            .then(|| self.over(point, |block| judged(block, &shared.top, shared.rows.len())))
    }

    pub(super) fn totals(&self, point: &[f64]) -> Vec<f64> {
        let shared = self.shared;
        let count = shared.rows.len();
        if let Some(account) = shared.account {
            return self.over(point, |block| {
                let lanes = block.node_value(account);
                let rule = shared.standard.nodes.get(account);
                let factor = rule.filter(|rule| lanes.dimension() == Some(rule.unit.dimension()));
                let factor = factor.map_or(1.0, |rule| rule.unit.factor().to_f64());
                let value = |lane| {
                    if lanes.state(lane).is_present() {
                        lanes.value(lane) / factor
                    } else {
                        f64::NAN
                    }
                };
                (0..count).map(value).collect()
            });
        }
        if let Some(dense) = &shared.dense {
            let drawn = self.choices(point);
            if let Some(totals) = dense.totals(drawn.way, drawn.join, &drawn.weights) {
                return totals;
            }
        }
        let lanes = match self.judged(point) {
            Some(judged) => judged.total,
            None => self.over(point, |block| totals(block, &shared.top)),
        };
        shared.floats(lanes)
    }

    /// How far the result of a draw is from the nominal one.
    fn measured(&mut self, totals: &[f64]) -> f64 {
        let shared = self.shared;
        if shared.account.is_some() || shared.rows.len() < 2 {
            let (sum, count) = totals
                .iter()
                .filter(|total| total.is_finite())
                .fold((0.0, 0.0), |(sum, count), total| (sum + total, count + 1.0));
            return if count > 0.0 { sum / count } else { 0.0 };
        }
        self.rank(totals);
        let (mut shift, mut count) = (0.0, 0.0);
        for (own, nominal) in self.own.iter().zip(&shared.ranks) {
            if *own > 0 && *nominal > 0 {
                shift += f64::from(own.abs_diff(*nominal));
                count += 1.0;
            }
        }
        if count > 0.0 { shift / count } else { 0.0 }
    }

    /// Ranks of a draw; the order of the last one is nearly that of this one.
    fn rank(&mut self, totals: &[f64]) {
        let total = |unit: u32| {
            let total = totals.get(unit as usize).copied().unwrap_or(f64::NAN);
            if total.is_nan() { f64::NEG_INFINITY } else { total }
        };
        self.order
            .sort_by(|a, b| total(*b).total_cmp(&total(*a)).then(a.cmp(b)));
        let mut last = (f64::NAN, 0);
        for (place, unit) in (1..).zip(&self.order) {
            let own = total(*unit);
            // Sums of floats in another order: what differs by less is the same total.
            let rank = match last {
                _ if own == f64::NEG_INFINITY => 0,
                (before, rank) if before - own <= 1e-12 * before.abs() => rank,
                _ => place,
            };
            if let Some(place) = self.own.get_mut(*unit as usize) {
                *place = rank;
            }
            last = (own, rank);
        }
    }
}

impl Shared<'_> {
    fn floats(&self, lanes: Lanes) -> Vec<f64> {
        if lanes.states.is_none() && lanes.values.len() == self.rows.len() {
            return lanes.values;
        }
        let value = |lane| {
            if lanes.state(lane).is_present() {
                lanes.value(lane)
            } else {
                f64::NAN
            }
        };
        (0..self.rows.len()).map(value).collect()
    }
}

impl Model for Replica<'_, '_> {
    fn result(&mut self, point: &[f64]) -> f64 {
        let totals = self.totals(point);
        self.measured(&totals)
    }

    fn observed(&mut self, point: &[f64]) -> f64 {
        let shared = self.shared;
        self.observed += 1;
        let judged = self.judged(point);
        if let Some(judged) = &judged {
            for (lane, flips) in self.flips.iter_mut().enumerate() {
                let grade = match judged.grade.get(lane) {
                    Some(&crate::columns::NO_GRADE) | None => None,
                    Some(&crate::columns::NONE_GIVEN) => Some(crate::run::UNGRADED[0]),
                    Some(at) => shared
                        .standard
                        .grades
                        .get(usize::from(*at))
                        .map(|grade| grade.name.as_str()),
                };
                *flips += u32::from(grade != shared.grades.get(lane).copied().flatten());
            }
        }
        let totals = match judged {
            Some(judged) if shared.account.is_none() => shared.floats(judged.total),
            _ => self.totals(point),
        };
        let result = self.measured(&totals);
        if shared.account.is_some() {
            if self.values.len() + totals.len() <= MOST_KEPT {
                self.values.extend(&totals);
            }
            return result;
        }
        if shared.rows.len() < 2 {
            self.rank(&totals);
        }
        let bins = shared.rank_bins();
        for (lane, rank) in self.own.iter().enumerate() {
            if *rank > 0
                && let Some(count) = self.ranks.get_mut(lane * bins + shared.bin_of(*rank))
            {
                *count += 1;
            }
        }
        result
    }
}
