//! The designation as a value: its parts, its order, its canonical print.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes::{IndustryCode, Known, Region};
use crate::parse::{Unreadable, parse};

/// Whose standard it is, in the order of the tiers of the Standardization Law; international ones last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 国家标准.
    National,
    /// 行业标准.
    Industry,
    /// 地方标准.
    Local,
    /// 团体标准.
    Group,
    /// 企业标准.
    Enterprise,
    /// ISO, IEC, ITU.
    International,
}

/// The form of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// GB, GB/T, GB/Z.
    National,
    /// The plan number of a national standard, 20240512-T-469.
    NationalPlan,
    /// A reference material, GSB 16-2062-2007.
    ReferenceMaterial,
    /// SB/T, HJ, DB/T (earthquakes).
    Industry,
    /// DB11/T, DB3201/T.
    Local,
    /// DBS50/ , food safety, outside the rules of local standards.
    LocalFood,
    /// A series with its own free form: construction (DBJ, DGJ, DG/TJ, CJJ, JGJ), GBJ, GBZ and the like.
    Legacy,
    /// T/CAS.
    Group,
    /// Q/ABC.
    Enterprise,
    /// ISO, IEC, ITU.
    International,
    /// Nothing but the words that a number will follow.
    Pending,
}

/// Who gives the number out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// The State: GB and GSB.
    State,
    /// The department of a plan, three digits (469 is SAC).
    Department(String),
    /// The department that owns an industry code.
    Industry(IndustryCode),
    /// A province, city or prefecture.
    Region(Region),
    /// An association, by its code.
    Association(String),
    /// An enterprise, by its code.
    Enterprise(String),
    /// International bodies (`ISO`, `ISO/IEC`), with the kind of deliverable (`TS`, `Guide`) if it is no standard.
    International {
        /// The bodies, joined by `/`.
        body: String,
        /// TS, TR, PAS, Guide, DIS ….
        deliverable: Option<String>,
    },
    /// The prefix of a legacy series as written (`DBJ51/T`), and its tier.
    Series {
        /// The whole prefix.
        prefix: String,
        /// The tier the prefix belongs to.
        tier: Tier,
    },
    /// Not known yet.
    Unknown,
}

/// The letter after the stroke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// None: mandatory, or a kind that has no letter. `Q` in plan numbers.
    Unmarked,
    /// `T`, recommended.
    Recommended,
    /// `Z`, guidance.
    Guidance,
}

/// The number within the issuer's series.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Seq {
    /// Given out, as written, leading zeros kept.
    Known(String),
    /// Not given out yet: …, XXXX, 编号待补.
    Unknown,
}

/// The part, without its first separator: `1`, `2.1`, in international numbers `2-1`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part(pub(crate) String);

impl Part {
    /// The part as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The year of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Year {
    pub(crate) value: u16,
    pub(crate) month: Option<u8>,
    pub(crate) short: bool,
}

impl Year {
    /// Four digits, two-digit years completed (88 is 1988, 05 is 2005).
    pub fn value(self) -> u16 {
        self.value
    }

    /// The month, which only international numbers may carry.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// Whether it is printed with two digits.
    pub fn is_short(self) -> bool {
        self.short
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.short {
            write!(f, "{:02}", self.value % 100)?;
        } else {
            write!(f, "{:04}", self.value)?;
        }
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))
    }
}

/// How an amendment is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AmendmentForm {
    /// 修改单, `XG`.
    Xg,
    /// `Amd` of ISO and IEC.
    Amd,
    /// `Cor` of ISO and IEC.
    Cor,
}

/// An amendment of a standard: the `/XG1—2020` of GB 20300—2018/XG1—2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amendment {
    /// How it is marked.
    pub form: AmendmentForm,
    /// Its serial number.
    pub number: u16,
    /// Its year.
    pub year: Option<Year>,
}

/// The number of a standard, plan or reference material. Values come from [`parse`], [`crate::find`] and
/// [`Designation::numbered`] only, so each prints to a text that parses to the same value.
///
/// Serialises as its canonical text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Designation {
    pub(crate) kind: Kind,
    pub(crate) issuer: Issuer,
    pub(crate) nature: Nature,
    pub(crate) number: Seq,
    pub(crate) part: Option<Part>,
    pub(crate) year: Option<Year>,
    pub(crate) amendment: Option<Amendment>,
    pub(crate) adopted: Vec<Designation>,
}

impl Designation {
    pub(crate) fn new(kind: Kind, issuer: Issuer) -> Self {
        Self {
            kind,
            issuer,
            nature: Nature::Unmarked,
            number: Seq::Unknown,
            part: None,
            year: None,
            amendment: None,
            adopted: Vec::new(),
        }
    }

    /// The form of number.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Who gives it out.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// Mandatory, recommended, guidance.
    pub fn nature(&self) -> Nature {
        self.nature
    }

    /// The number within the series.
    pub fn number(&self) -> &Seq {
        &self.number
    }

    /// The part.
    pub fn part(&self) -> Option<&Part> {
        self.part.as_ref()
    }

    /// The year of publication (of a plan: of the plan). `None` in an undated reference.
    pub fn year(&self) -> Option<Year> {
        self.year
    }

    /// The amendment this number means, if it means one.
    pub fn amendment(&self) -> Option<Amendment> {
        self.amendment
    }

    /// The international standards of a double number (GB/T 19001—2016/ISO 9001:2015).
    pub fn adopted(&self) -> &[Designation] {
        &self.adopted
    }

    /// The tier; `None` while not even the issuer is known.
    pub fn tier(&self) -> Option<Tier> {
        Some(match self.kind {
            Kind::National | Kind::NationalPlan | Kind::ReferenceMaterial => Tier::National,
            Kind::Industry => Tier::Industry,
            Kind::Local | Kind::LocalFood => Tier::Local,
            Kind::Group => Tier::Group,
            Kind::Enterprise => Tier::Enterprise,
            Kind::International => Tier::International,
            Kind::Legacy => match &self.issuer {
                Issuer::Series { tier, .. } => *tier,
                _ => return None,
            },
            Kind::Pending => return None,
        })
    }

    /// Whether the number is still to be given out.
    pub fn is_pending(&self) -> bool {
        self.number == Seq::Unknown
    }

    /// The place of a local standard.
    pub fn region(&self) -> Option<&Region> {
        match &self.issuer {
            Issuer::Region(region) => Some(region),
            _ => None,
        }
    }

    /// The code of an industry standard.
    pub fn industry(&self) -> Option<&IndustryCode> {
        match &self.issuer {
            Issuer::Industry(code) => Some(code),
            _ => None,
        }
    }

    /// The issuer as the number shows it, without the letter of nature: GB, SB, DB3201, DBS50, CAS, ABC, ISO/IEC,
    /// GSB, 469 (plan), DBJ51/T. Empty while it is not known.
    pub fn issuer_text(&self) -> String {
        match &self.issuer {
            Issuer::State if self.kind == Kind::ReferenceMaterial => "GSB".to_owned(),
            Issuer::State => "GB".to_owned(),
            Issuer::Industry(code) => code.to_string(),
            Issuer::Region(region) if self.kind == Kind::LocalFood => format!("DBS{region}"),
            Issuer::Region(region) => format!("DB{region}"),
            Issuer::Department(code) | Issuer::Association(code) | Issuer::Enterprise(code) => code.clone(),
            Issuer::International { body, .. } => body.clone(),
            Issuer::Series { prefix, .. } => prefix.clone(),
            Issuer::Unknown => String::new(),
        }
    }

    /// Whether both mean the same standard in whatever edition: year, amendment and adopted numbers do not count,
    /// leading zeros neither. A pending number is the same as none, not even as another pending one.
    pub fn same_standard_as(&self, other: &Self) -> bool {
        !self.is_pending()
            && !other.is_pending()
            && self.kind == other.kind
            && self.issuer == other.issuer
            && self.nature == other.nature
            && seq_order(&self.number, &other.number).is_eq()
            && part_order(self.part.as_ref(), other.part.as_ref()).is_eq()
            // Plan numbers count anew each year.
            && (self.kind != Kind::NationalPlan || self.year == other.year)
    }

    /// The same designation with its number and year given out: DB3201/T XXXX—2026 becomes DB3201/T 1234—2026.
    /// `number` may carry a part (`1234.1`). Fails if the result is no designation, or if the issuer is unknown.
    pub fn numbered(&self, number: &str, year: u16) -> Result<Self, Unreadable> {
        let draft = Self {
            number: Seq::Known(number.trim().to_owned()),
            part: None,
            ..self.clone()
        };
        let dated = Self {
            year: Some(Year {
                value: year,
                month: None,
                short: false,
            }),
            ..draft
        };
        let text = dated.to_string();
        if self.kind == Kind::Pending {
            return Err(Unreadable {
                input: number.to_owned(),
                at: 0,
            });
        }
        let parsed = parse(&text, &Known::default())?;
        let given = parsed.designation;
        if given.issuer == self.issuer
            && given.nature == self.nature
            && given.to_string() == text
            && !given.is_pending()
        {
            Ok(given)
        } else {
            Err(Unreadable { input: text, at: 0 })
        }
    }

    fn prefix(&self) -> String {
        let letter = match self.nature {
            Nature::Unmarked => "",
            Nature::Recommended => "/T",
            Nature::Guidance => "/Z",
        };
        match &self.issuer {
            Issuer::Region(_) if self.nature == Nature::Unmarked => {
                format!("{}/", self.issuer_text())
            }
            Issuer::State | Issuer::Industry(_) | Issuer::Region(_) => {
                format!("{}{letter}", self.issuer_text())
            }
            Issuer::Association(code) => format!("T/{code}"),
            Issuer::Enterprise(code) => format!("Q/{code}"),
            Issuer::International { body, deliverable } => match deliverable.as_deref() {
                None => body.clone(),
                Some(word) if body == "ISO" && word != "Guide" => format!("{body}/{word}"),
                Some(word) => format!("{body} {word}"),
            },
            Issuer::Series { prefix, .. } => prefix.clone(),
            Issuer::Department(_) | Issuer::Unknown => String::new(),
        }
    }
}

/// The canonical form: one U+2014 before the year, one ASCII blank after the prefix; XXXX for what is pending.
impl fmt::Display for Designation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match &self.number {
            Seq::Known(number) => number.as_str(),
            Seq::Unknown => "XXXX",
        };
        match (self.kind, &self.issuer) {
            (Kind::Pending, _) => return f.write_str(PENDING),
            (Kind::NationalPlan, Issuer::Department(department)) => {
                let nature = match self.nature {
                    Nature::Unmarked => 'Q',
                    Nature::Recommended => 'T',
                    Nature::Guidance => 'Z',
                };
                let year = self.year.map_or(0, Year::value);
                return write!(f, "{year:04}{number}-{nature}-{department}");
            }
            _ => {}
        }
        write!(f, "{} {number}", self.prefix())?;
        let (of_part, of_year) = match self.kind {
            Kind::International => ('-', ':'),
            Kind::ReferenceMaterial => ('.', '-'),
            _ => ('.', '—'),
        };
        if let Some(Part(part)) = &self.part {
            write!(f, "{of_part}{part}")?;
        }
        match self.year {
            Some(year) => write!(f, "{of_year}{year}")?,
            None if self.is_pending() => write!(f, "{of_year}XXXX")?,
            None => {}
        }
        if let Some(amendment) = self.amendment {
            match amendment.form {
                AmendmentForm::Xg => write!(f, "/XG{}", amendment.number)?,
                AmendmentForm::Amd => write!(f, "/Amd {}", amendment.number)?,
                AmendmentForm::Cor => write!(f, "/Cor {}", amendment.number)?,
            }
            if let Some(year) = amendment.year {
                write!(f, "{of_year}{year}")?;
            }
        }
        self.adopted.iter().try_for_each(|adopted| write!(f, "/{adopted}"))
    }
}

/// The words of a number that is wholly unknown.
pub(crate) const PENDING: &str = "编号待补";

impl FromStr for Designation {
    type Err = Unreadable;

    /// Reads one designation with the starting tables and forgets the findings.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text, &Known::default()).map(|parsed| parsed.designation)
    }
}

impl Serialize for Designation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Designation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl PartialOrd for Designation {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By tier (unknown last), issuer, number, part, year; digits compare as numbers. What is left equal is settled by
/// the canonical text, so that equal order means equal value.
impl Ord for Designation {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.tier().is_none(), self.tier())
            .cmp(&(other.tier().is_none(), other.tier()))
            .then_with(|| natural(&self.issuer_text(), &other.issuer_text()))
            .then_with(|| seq_order(&self.number, &other.number))
            .then_with(|| part_order(self.part.as_ref(), other.part.as_ref()))
            .then_with(|| self.year.cmp(&other.year))
            .then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

fn seq_order(a: &Seq, b: &Seq) -> Ordering {
    match (a, b) {
        (Seq::Known(a), Seq::Known(b)) => natural(a, b),
        (Seq::Known(_), Seq::Unknown) => Ordering::Less,
        (Seq::Unknown, Seq::Known(_)) => Ordering::Greater,
        (Seq::Unknown, Seq::Unknown) => Ordering::Equal,
    }
}

fn part_order(a: Option<&Part>, b: Option<&Part>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => natural(&a.0, &b.0),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

/// Compares texts with their runs of digits as numbers of any length: `9` before `10`, `007` beside `7`.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else {
            return a.is_empty().cmp(&b.is_empty()).reverse();
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (run_a, rest_a) = digits_first(a);
            let (run_b, rest_b) = digits_first(b);
            let (run_a, run_b) = (run_a.trim_start_matches('0'), run_b.trim_start_matches('0'));
            let order = run_a.len().cmp(&run_b.len()).then_with(|| run_a.cmp(run_b));
            if order.is_ne() {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            if x != y {
                return x.cmp(&y);
            }
            (a, b) = (a.get(x.len_utf8()..).unwrap_or(""), b.get(y.len_utf8()..).unwrap_or(""));
        }
    }
}

fn digits_first(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}
