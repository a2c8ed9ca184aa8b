//! The subjects that one title bundles (tasks 1, 2, 5, 65, 73–76 and 97 of the first list).

/// Splits a title that bundles several subjects; empty if it has one.
///
/// Two forms bundle: an enumeration closed by 等 (`A、B及C等标准`), and clauses that end alike (`A建设、B建设标准`).
/// A comma of enumeration alone does not: 环境、社会和治理 is one subject.
///
/// ```
/// assert_eq!(tasklist::topics("户政、车驾管等相关领域服务标准"), ["户政", "车驾管"]);
/// assert!(tasklist::topics("首店经济评价指南").is_empty());
/// ```
pub fn topics(title: &str) -> Vec<String> {
    let clause = title.split('，').next().unwrap_or(title);
    let mut topics = enumerated(clause).or_else(|| parallel(clause)).unwrap_or_default();
    topics.retain(|topic| !topic.trim().is_empty());
    if topics.len() > 1 { topics } else { Vec::new() }
}

/// `…领域的A、B及C等…`.
fn enumerated(clause: &str) -> Option<Vec<String>> {
    let (list, _) = clause.rsplit_once('等')?;
    let list = list.split_once("领域的").map_or(list, |(_, rest)| rest);
    let list = list.strip_prefix("推广实施").unwrap_or(list);
    if !list.contains('、') {
        return None;
    }
    let mut topics: Vec<String> = Vec::new();
    if let Some((heads, tail)) = list.rsplit_once('及') {
        // What follows 及 shares its own ending (图书馆、文化馆、美术馆管理和服务), so it stays one subject.
        topics.extend(heads.split('、').map(str::to_owned));
        topics.push(tail.strip_prefix("相关").unwrap_or(tail).to_owned());
    } else {
        topics.extend(list.split('、').map(str::to_owned));
        if let Some((before, after)) = topics
            .pop()
            .as_deref()
            .map(|last| last.rsplit_once('和').unwrap_or((last, "")))
        {
            topics.extend(
                [before, after]
                    .into_iter()
                    .filter(|topic| !topic.is_empty())
                    .map(str::to_owned),
            );
        }
    }
    Some(topics)
}

/// `A建设、B建设标准`: the clauses end in the same two characters once the genre is off.
fn parallel(clause: &str) -> Option<Vec<String>> {
    let body = ["标准", "规范", "指南", "指引"]
        .iter()
        .find_map(|genre| clause.strip_suffix(genre))?;
    let clauses: Vec<&str> = body.split('、').collect();
    let ending = |clause: &str| -> String { clause.chars().rev().take(2).collect() };
    let alike = clauses.len() > 1
        && clauses
            .iter()
            .all(|clause| clause.chars().count() > 2 && ending(clause) == ending(clauses[0]));
    alike.then(|| clauses.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_bundle() {
        for (title, expected) in [
            (
                "文化和旅游领域的文旅融合、文化数字化、智慧旅游、公共文化服务、旅游公共服务及图书馆、文化馆、美术馆管理和服务等标准",
                vec![
                    "文旅融合",
                    "文化数字化",
                    "智慧旅游",
                    "公共文化服务",
                    "旅游公共服务",
                    "图书馆、文化馆、美术馆管理和服务",
                ],
            ),
            (
                "“两业”融合领域的服务衍生制造、服务型制造及相关制造业企业服务业务等分类、核算标准",
                vec!["服务衍生制造", "服务型制造", "制造业企业服务业务"],
            ),
            (
                "电视机、电冰箱、洗衣机、空调器和微型计算机等废旧家电回收估值评价规则",
                vec!["电视机", "电冰箱", "洗衣机", "空调器", "微型计算机"],
            ),
            (
                "软件即服务（SaaS）及相关云计算平台建设、数据中心分级分类建设标准",
                vec!["软件即服务（SaaS）及相关云计算平台建设", "数据中心分级分类建设"],
            ),
            (
                "知识产权保护、海外利益保护等方面标准",
                vec!["知识产权保护", "海外利益保护"],
            ),
            (
                "网络安全等级保护备案管理、境外非政府组织的境内管理等方面相关管理标准",
                vec!["网络安全等级保护备案管理", "境外非政府组织的境内管理"],
            ),
            (
                "产业园区、校园、医院等重点场所安全防范标准",
                vec!["产业园区", "校园", "医院"],
            ),
            (
                "推广实施工业和信息化、文化和旅游、养老服务、电子商务、邮政快递等领域国家、行业标准，加强宣传培训、应用效果评估、监督检查等工作",
                vec!["工业和信息化", "文化和旅游", "养老服务", "电子商务", "邮政快递"],
            ),
        ] {
            assert_eq!(topics(title), expected, "{title}");
        }
    }

    #[test]
    fn titles_of_one_subject() {
        for title in [
            "银行业金融机构环境、社会和治理（ESG）评价管理",
            "环境、社会和治理（ESG）评价标准制定及相关企业社会责任原则",
            "外资医疗机构参与的医疗信息院际互联互通、诊疗便利及标准化合作工作规范",
            "社会治理评价标准",
            "开展数字经济领域、人工智能治理标准研究，服务相关国际、国家、行业标准制定",
            "网络安全等级保护指南",
            "",
        ] {
            assert!(topics(title).is_empty(), "{title}");
        }
    }
}
