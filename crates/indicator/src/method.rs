//! How points become points above.

use formula::{Number, NumberError};

use crate::peers::Peers;

/// A way to join weighted points.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Method {
    /// 加权算术.
    #[default]
    Arithmetic,
    /// 几何.
    Geometric,
    /// 调和.
    Harmonic,
    /// 广义(p): the power mean.
    Power(Number),
    /// 最小 (短板): the worst decides.
    Least,
    /// TOPSIS and others: over all units of a period at once.
    Peers(Peers),
}

/// What may be written, where a choice is unknown.
pub(crate) const KNOWN: &str = "加权算术, 几何, 调和, 广义(p), 最小, TOPSIS, Copeland, VIKOR(v), PROMETHEE(p), COPRAS, MABAC, EDAS, ARAS, WASPAS(λ), MARCOS, 灰色关联(ζ) (arithmetic, geometric, harmonic, power(p), least, grey(ζ))";

impl Method {
    /// Reads `加权算术`, `geometric`, `广义(0.5)`, `最小`.
    ///
    /// ```
    /// use indicator::Method;
    /// assert_eq!(Method::read("几何"), Some(Method::Geometric));
    /// assert!(matches!(Method::read("广义(-1)"), Some(Method::Power(_))));
    /// assert_eq!(Method::read("差不多"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        Some(match text {
            "加权算术" | "算术" | "arithmetic" => Self::Arithmetic,
            "加权几何" | "几何" | "geometric" => Self::Geometric,
            "加权调和" | "调和" | "harmonic" => Self::Harmonic,
            "最小" | "短板" | "least" | "min" => Self::Least,
            _ => {
                if let Some(peers) = Peers::read(text) {
                    return Some(Self::Peers(peers));
                }
                let inside = ["广义", "power", "generalised"].iter().find_map(|name| {
                    text.strip_prefix(name)?
                        .trim()
                        .strip_prefix(['(', '（'])?
                        .strip_suffix([')', '）'])
                })?;
                Self::Power(Number::parse(inside.trim()).filter(|p| !p.is_zero())?)
            }
        })
    }

    /// As a standard writes it.
    ///
    /// ```
    /// use indicator::Method;
    /// assert_eq!(Method::read("广义(-1)").unwrap().name(), "广义(-1)");
    /// ```
    pub fn name(&self) -> String {
        match self {
            Self::Arithmetic => "加权算术".to_owned(),
            Self::Geometric => "几何".to_owned(),
            Self::Harmonic => "调和".to_owned(),
            Self::Least => "最小".to_owned(),
            Self::Power(p) => format!("广义({})", p.exact_text()),
            Self::Peers(peers) => peers.name(language::Lang::Zh),
        }
    }

    /// The way that looks at all units, where it is one.
    pub(crate) const fn peers(&self) -> Option<Peers> {
        match self {
            Self::Peers(peers) => Some(*peers),
            _ => None,
        }
    }

    /// The mean of points with their weights, which need not sum to one. `None` without points.
    pub fn join(&self, parts: &[(Number, Number)]) -> Option<Result<Number, NumberError>> {
        if parts.is_empty() {
            return None;
        }
        Some(self.joined(parts))
    }

    fn joined(&self, parts: &[(Number, Number)]) -> Result<Number, NumberError> {
        let total = sum(parts.iter().map(|(weight, _)| Ok(weight.clone())))?;
        let mean = |of: &dyn Fn(&Number) -> Result<Number, NumberError>| {
            sum(parts.iter().map(|(weight, points)| of(points)?.times(weight)))?.over(&total)
        };
        let any_zero = parts
            .iter()
            .any(|(weight, points)| points.is_zero() && !weight.is_zero());
        match self {
            Self::Arithmetic => mean(&|points| Ok(points.clone())),
            // A zero makes the whole zero.
            Self::Geometric if any_zero => Ok(Number::zero()),
            Self::Geometric => mean(&Number::ln)?.exp(),
            Self::Harmonic if any_zero => Ok(Number::zero()),
            Self::Harmonic => Number::one().over(&mean(&|points| Number::one().over(points))?),
            Self::Power(p) if any_zero && p.is_negative() => Ok(Number::zero()),
            Self::Power(p) => mean(&|points| points.power(p))?.power(&Number::one().over(p)?),
            Self::Least => parts
                .iter()
                .filter(|(weight, _)| !weight.is_zero())
                .map(|(_, points)| points.clone())
                .min()
                .ok_or(NumberError::DivisionByZero),
            // A unit alone has nobody to be compared with.
            Self::Peers(_) => Err(NumberError::DivisionByZero),
        }
    }
}

fn sum(parts: impl Iterator<Item = Result<Number, NumberError>>) -> Result<Number, NumberError> {
    let mut total = Number::zero();
    for part in parts {
        total = total.plus(&part?)?;
    }
    Ok(total)
}
