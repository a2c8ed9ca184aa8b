//! The units that standards use, each as a number times base quantities. SI and GB 3100—93; Chinese names beside the
//! symbols; 1 a = 365 d, 1 亩 = 2000/3 m², a tonne of coal equivalent (tce) is counted apart from energy because its
//! heat is a convention that each standard states for itself (GB/T 2589).

/// Symbol or name, numerator, denominator of the factor, the bases of its dimension.
pub(crate) type Row = (&'static str, i64, u64, &'static [(&'static str, i8)]);

const NONE: &[(&str, i8)] = &[];
const LENGTH: &[(&str, i8)] = &[("m", 1)];
const AREA: &[(&str, i8)] = &[("m", 2)];
const VOLUME: &[(&str, i8)] = &[("m", 3)];
const MASS: &[(&str, i8)] = &[("kg", 1)];
const TIME: &[(&str, i8)] = &[("s", 1)];
const ENERGY: &[(&str, i8)] = &[("kg", 1), ("m", 2), ("s", -2)];
const POWER: &[(&str, i8)] = &[("kg", 1), ("m", 2), ("s", -3)];
const PRESSURE: &[(&str, i8)] = &[("kg", 1), ("m", -1), ("s", -2)];
const FORCE: &[(&str, i8)] = &[("kg", 1), ("m", 1), ("s", -2)];
const VOLTAGE: &[(&str, i8)] = &[("kg", 1), ("m", 2), ("s", -3), ("A", -1)];
const RESISTANCE: &[(&str, i8)] = &[("kg", 1), ("m", 2), ("s", -3), ("A", -2)];
const SPEED: &[(&str, i8)] = &[("m", 1), ("s", -1)];
const MONEY: &[(&str, i8)] = &[("元", 1)];
const COAL: &[(&str, i8)] = &[("kgce", 1)];
const GAS: &[(&str, i8)] = &[("Nm³", 1)];
const BOX: &[(&str, i8)] = &[("TEU", 1)];
const PERSON: &[(&str, i8)] = &[("人", 1)];
const INFORMATION: &[(&str, i8)] = &[("bit", 1)];
const RATE: &[(&str, i8)] = &[("bit", 1), ("s", -1)];

/// Units that take the prefixes of the SI.
pub(crate) const PREFIXED: &[Row] = &[
    ("m", 1, 1, LENGTH),
    ("g", 1, 1_000, MASS),
    ("s", 1, 1, TIME),
    ("A", 1, 1, &[("A", 1)]),
    ("K", 1, 1, &[("K", 1)]),
    ("mol", 1, 1, &[("mol", 1)]),
    ("cd", 1, 1, &[("cd", 1)]),
    ("L", 1, 1_000, VOLUME),
    ("J", 1, 1, ENERGY),
    ("Wh", 3_600, 1, ENERGY),
    ("W", 1, 1, POWER),
    ("Pa", 1, 1, PRESSURE),
    ("N", 1, 1, FORCE),
    ("V", 1, 1, VOLTAGE),
    ("Ω", 1, 1, RESISTANCE),
    ("Hz", 1, 1, &[("s", -1)]),
    ("Bq", 1, 1, &[("s", -1)]),
    ("lx", 1, 1, &[("cd", 1), ("m", -2)]),
    ("lm", 1, 1, &[("cd", 1)]),
    ("bit", 1, 1, INFORMATION),
    ("B", 8, 1, INFORMATION),
    ("bps", 1, 1, RATE),
    ("t", 1_000, 1, MASS),
    ("tce", 1_000, 1, COAL),
    ("gce", 1, 1_000, COAL),
];

pub(crate) const PREFIXES: &[(&str, i32)] = &[
    ("n", -9),
    ("μ", -6),
    ("µ", -6),
    ("u", -6),
    ("m", -3),
    ("c", -2),
    ("d", -1),
    ("h", 2),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
    ("E", 18),
];

/// Units without prefixes.
pub(crate) const PLAIN: &[Row] = &[
    ("%", 1, 100, NONE),
    ("％", 1, 100, NONE),
    ("‰", 1, 1_000, NONE),
    ("‱", 1, 10_000, NONE),
    ("ppm", 1, 1_000_000, NONE),
    ("ppb", 1, 1_000_000_000, NONE),
    ("个百分点", 1, 100, NONE),
    ("百分点", 1, 100, NONE),
    ("pp", 1, 100, NONE),
    // Time
    ("min", 60, 1, TIME),
    ("h", 3_600, 1, TIME),
    ("d", 86_400, 1, TIME),
    ("a", 31_536_000, 1, TIME),
    ("秒", 1, 1, TIME),
    ("毫秒", 1, 1_000, TIME),
    ("分钟", 60, 1, TIME),
    ("小时", 3_600, 1, TIME),
    ("天", 86_400, 1, TIME),
    ("日", 86_400, 1, TIME),
    ("工作日", 86_400, 1, TIME),
    ("周", 604_800, 1, TIME),
    ("月", 2_628_000, 1, TIME),
    ("个月", 2_628_000, 1, TIME),
    ("年", 31_536_000, 1, TIME),
    // Length, area, volume
    ("米", 1, 1, LENGTH),
    ("毫米", 1, 1_000, LENGTH),
    ("厘米", 1, 100, LENGTH),
    ("千米", 1_000, 1, LENGTH),
    ("公里", 1_000, 1, LENGTH),
    ("海里", 1_852, 1, LENGTH),
    ("平方米", 1, 1, AREA),
    ("平方千米", 1_000_000, 1, AREA),
    ("平方公里", 1_000_000, 1, AREA),
    ("ha", 10_000, 1, AREA),
    ("公顷", 10_000, 1, AREA),
    ("亩", 2_000, 3, AREA),
    ("立方米", 1, 1, VOLUME),
    ("升", 1, 1_000, VOLUME),
    ("毫升", 1, 1_000_000, VOLUME),
    ("Nm³", 1, 1, GAS),
    ("Nm3", 1, 1, GAS),
    ("标准立方米", 1, 1, GAS),
    // Mass
    ("克", 1, 1_000, MASS),
    ("毫克", 1, 1_000_000, MASS),
    ("千克", 1, 1, MASS),
    ("公斤", 1, 1, MASS),
    ("吨", 1_000, 1, MASS),
    ("吨标准煤", 1_000, 1, COAL),
    ("吨标煤", 1_000, 1, COAL),
    ("千克标准煤", 1, 1, COAL),
    // Energy, power
    ("千瓦", 1_000, 1, POWER),
    ("兆瓦", 1_000_000, 1, POWER),
    ("千瓦时", 3_600_000, 1, ENERGY),
    ("兆瓦时", 3_600_000_000, 1, ENERGY),
    ("度", 3_600_000, 1, ENERGY),
    ("焦", 1, 1, ENERGY),
    ("千焦", 1_000, 1, ENERGY),
    ("吉焦", 1_000_000_000, 1, ENERGY),
    ("kcal", 41_868, 10, ENERGY),
    // Temperature as a scale of its own
    ("℃", 1, 1, &[("℃", 1)]),
    ("°C", 1, 1, &[("℃", 1)]),
    ("dB", 1, 1, &[("dB", 1)]),
    ("dBm", 1, 1, &[("dB", 1)]),
    ("节", 463, 900, SPEED),
    // Money
    ("元", 1, 1, MONEY),
    ("人民币元", 1, 1, MONEY),
    ("CNY", 1, 1, MONEY),
    ("角", 1, 10, MONEY),
    ("美元", 1, 1, &[("USD", 1)]),
    ("USD", 1, 1, &[("USD", 1)]),
    ("欧元", 1, 1, &[("EUR", 1)]),
    ("EUR", 1, 1, &[("EUR", 1)]),
    // Freight, persons
    ("标准箱", 1, 1, BOX),
    ("标箱", 1, 1, BOX),
    ("TEU", 1, 1, BOX),
    ("人", 1, 1, PERSON),
    ("人次", 1, 1, PERSON),
    ("名", 1, 1, PERSON),
    // Counts of things, points, ranks: pure numbers
    ("个", 1, 1, NONE),
    ("台", 1, 1, NONE),
    ("台套", 1, 1, NONE),
    ("套", 1, 1, NONE),
    ("件", 1, 1, NONE),
    ("次", 1, 1, NONE),
    ("起", 1, 1, NONE),
    ("项", 1, 1, NONE),
    ("条", 1, 1, NONE),
    ("家", 1, 1, NONE),
    ("户", 1, 1, NONE),
    ("处", 1, 1, NONE),
    ("座", 1, 1, NONE),
    ("辆", 1, 1, NONE),
    ("架", 1, 1, NONE),
    ("艘", 1, 1, NONE),
    ("列", 1, 1, NONE),
    ("班", 1, 1, NONE),
    ("张", 1, 1, NONE),
    ("份", 1, 1, NONE),
    ("页", 1, 1, NONE),
    ("册", 1, 1, NONE),
    ("本", 1, 1, NONE),
    ("种", 1, 1, NONE),
    ("门", 1, 1, NONE),
    ("所", 1, 1, NONE),
    ("间", 1, 1, NONE),
    ("床", 1, 1, NONE),
    ("单", 1, 1, NONE),
    ("票", 1, 1, NONE),
    ("批", 1, 1, NONE),
    ("篇", 1, 1, NONE),
    ("级", 1, 1, NONE),
    ("档", 1, 1, NONE),
    ("分", 1, 1, NONE),
    ("点", 1, 1, NONE),
    ("位", 1, 1, NONE),
    ("倍", 1, 1, NONE),
    ("是否", 1, 1, NONE),
    ("1", 1, 1, NONE),
];

/// Multipliers before a unit, or alone.
pub(crate) const MULTIPLIERS: &[(&str, i32)] = &[
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("十亿", 9),
    ("百亿", 10),
    ("千亿", 11),
    ("万亿", 12),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
    ("10^3", 3),
    ("10^4", 4),
    ("10^6", 6),
    ("10^8", 8),
    ("10^9", 9),
    ("10³", 3),
    ("10⁴", 4),
    ("10⁶", 6),
    ("10⁸", 8),
    ("10⁹", 9),
];

/// Substances after a unit of mass: `tCO2`, `kgC`. They say what is weighed and change no dimension; carbon becomes
/// carbon dioxide by 44/12, which a formula writes.
pub(crate) const SUBSTANCES: &[&str] = &[
    "CO2eq", "CO₂eq", "CO2e", "CO₂e", "CO2", "CO₂", "CH4", "CH₄", "N2O", "N₂O", "C",
];
