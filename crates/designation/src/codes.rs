//! The codes that stand in designations: industry codes and the place prefixes of local standards.
//!
//! Both are data that an administrator changes. The tables here are the starting state (the 76 codes of the
//! national industry-standard platform; the province codes of GB/T 2260 that issue local standards); what a
//! caller knows beyond them goes into [`Known`].

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Approved industry codes with their fields.
const INDUSTRIES: [(&str, &str); 76] = [
    ("AQ", "安全生产"),
    ("BB", "包装"),
    ("CB", "船舶"),
    ("CH", "测绘"),
    ("CJ", "城镇建设"),
    ("CY", "新闻出版"),
    ("DA", "档案"),
    ("DB", "地震"),
    ("DL", "电力"),
    ("DY", "电影"),
    ("DZ", "地质矿产"),
    ("EJ", "核工业"),
    ("FZ", "纺织"),
    ("GA", "公共安全"),
    ("GC", "国家物资储备"),
    ("GF", "国防工业"),
    ("GH", "供销合作"),
    ("GM", "密码"),
    ("GY", "广播电视和网络视听"),
    ("HB", "航空"),
    ("HG", "化工"),
    ("HJ", "生态环境"),
    ("HS", "海关"),
    ("HY", "海洋"),
    ("JB", "机械"),
    ("JC", "建材"),
    ("JG", "建筑工程"),
    ("JR", "金融"),
    ("JS", "机关事务"),
    ("JT", "交通"),
    ("JY", "教育"),
    ("KA", "矿山安全"),
    ("LB", "旅游"),
    ("LD", "劳动和劳动安全"),
    ("LS", "粮食"),
    ("LY", "林业"),
    ("MH", "民用航空"),
    ("MR", "市场监管"),
    ("MT", "煤炭"),
    ("MZ", "民政"),
    ("NB", "能源"),
    ("NY", "农业"),
    ("QB", "轻工"),
    ("QC", "汽车"),
    ("QJ", "航天"),
    ("QX", "气象"),
    ("RB", "认证认可"),
    ("RF", "人民防空"),
    ("SB", "国内贸易"),
    ("SC", "水产"),
    ("SF", "司法"),
    ("SH", "石油化工"),
    ("SJ", "电子"),
    ("SL", "水利"),
    ("SN", "出入境检验检疫"),
    ("SW", "税务"),
    ("SY", "石油天然气"),
    ("TB", "铁路"),
    ("TD", "土地管理"),
    ("TY", "体育"),
    ("WB", "物资管理"),
    ("WH", "文化"),
    ("WJ", "兵工民品"),
    ("WM", "外经贸"),
    ("WS", "卫生"),
    ("WW", "文物保护"),
    ("XB", "稀土"),
    ("XF", "消防救援"),
    ("YB", "黑色冶金"),
    ("YC", "烟草"),
    ("YD", "通信"),
    ("YJ", "减灾救灾与综合性应急管理"),
    ("YS", "有色金属"),
    ("YY", "医药"),
    ("YZ", "邮政"),
    ("ZY", "中医药"),
];

/// Provinces that issue local standards, each by its short and its full name. 71, 81 and 82 stand in GB/T 2260 and issue none.
const PROVINCES: [(&str, &str, &str); 31] = [
    ("11", "北京", "北京市"),
    ("12", "天津", "天津市"),
    ("13", "河北", "河北省"),
    ("14", "山西", "山西省"),
    ("15", "内蒙古", "内蒙古自治区"),
    ("21", "辽宁", "辽宁省"),
    ("22", "吉林", "吉林省"),
    ("23", "黑龙江", "黑龙江省"),
    ("31", "上海", "上海市"),
    ("32", "江苏", "江苏省"),
    ("33", "浙江", "浙江省"),
    ("34", "安徽", "安徽省"),
    ("35", "福建", "福建省"),
    ("36", "江西", "江西省"),
    ("37", "山东", "山东省"),
    ("41", "河南", "河南省"),
    ("42", "湖北", "湖北省"),
    ("43", "湖南", "湖南省"),
    ("44", "广东", "广东省"),
    ("45", "广西", "广西壮族自治区"),
    ("46", "海南", "海南省"),
    ("50", "重庆", "重庆市"),
    ("51", "四川", "四川省"),
    ("52", "贵州", "贵州省"),
    ("53", "云南", "云南省"),
    ("54", "西藏", "西藏自治区"),
    ("61", "陕西", "陕西省"),
    ("62", "甘肃", "甘肃省"),
    ("63", "青海", "青海省"),
    ("64", "宁夏", "宁夏回族自治区"),
    ("65", "新疆", "新疆维吾尔自治区"),
];

/// The two capitals of an industry standard, `SB` in SB/T 11238—2023. The form is checked, not whether the
/// code is approved: that is [`Known`]'s to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IndustryCode(String);

/// The digits after `DB`: two for a province, four for a city or prefecture (the head of its GB/T 2260 code).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

/// A code without the form of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not two capital letters, or `GB`.
    #[error("`{0}` is no industry code: write two capital letters other than GB, such as SB")]
    Industry(String),
    /// Not two or four digits.
    #[error("`{0}` is no place prefix: write the two or four digits that stand after DB, such as 3201")]
    Region(String),
}

impl IndustryCode {
    /// Takes two capital letters other than `GB`.
    pub fn new(code: &str) -> Result<Self, CodeError> {
        if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) && code != "GB" {
            Ok(Self(code.to_owned()))
        } else {
            Err(CodeError::Industry(code.to_owned()))
        }
    }

    /// The two capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The field in Chinese (国内贸易), if the starting table has the code.
    pub fn field(&self) -> Option<&'static str> {
        INDUSTRIES
            .iter()
            .find(|(code, _)| *code == self.0)
            .map(|(_, field)| *field)
    }
}

impl Region {
    /// Takes two or four digits.
    pub fn new(digits: &str) -> Result<Self, CodeError> {
        if matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits.to_owned()))
        } else {
            Err(CodeError::Region(digits.to_owned()))
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a city or prefecture rather than a province.
    pub fn is_city(&self) -> bool {
        self.0.len() == 4
    }

    /// The province: itself, or that of the city.
    pub fn province(&self) -> Self {
        Self(self.0.chars().take(2).collect())
    }

    /// The six digits of GB/T 2260: 50 is 500000, 3201 is 320100.
    pub fn place_code(&self) -> String {
        format!("{:0<6}", self.0)
    }

    /// The short name of its province in Chinese, if the starting table has it.
    pub fn province_name(&self) -> Option<&'static str> {
        self.of_table().map(|(_, short, _)| *short)
    }

    /// The full name of its province in Chinese, as a cover prints it: 重庆市, 广西壮族自治区.
    pub fn province_full_name(&self) -> Option<&'static str> {
        self.of_table().map(|(_, _, full)| *full)
    }

    fn of_table(&self) -> Option<&'static (&'static str, &'static str, &'static str)> {
        PROVINCES.iter().find(|(code, ..)| self.0.starts_with(code))
    }
}

macro_rules! code_text {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }
    };
}

code_text!(IndustryCode);
code_text!(Region);

/// The codes that count as known. [`Known::default`] holds the starting tables; an administrator's changes are
/// added to or taken from the two sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Approved industry codes.
    pub industry: BTreeSet<IndustryCode>,
    /// Places that issue local standards. A province covers its cities and prefectures.
    pub regions: BTreeSet<Region>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            industry: INDUSTRIES
                .iter()
                .map(|(code, _)| IndustryCode((*code).to_owned()))
                .collect(),
            regions: PROVINCES.iter().map(|(code, ..)| Region((*code).to_owned())).collect(),
        }
    }
}

impl Known {
    /// Whether the industry code is approved.
    pub fn has_industry(&self, code: &IndustryCode) -> bool {
        self.industry.contains(code)
    }

    /// Whether the place issues local standards: it is listed, or it is a city (01–99) of a listed province.
    pub fn has_region(&self, region: &Region) -> bool {
        self.regions.contains(region)
            || (region.is_city() && !region.0.ends_with("00") && self.regions.contains(&region.province()))
    }
}
