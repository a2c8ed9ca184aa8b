//! Which milestone a stage reaches: names of milestones are read for stages as announcements are.

use super::stages;

/// Words by which a milestone names the end of what its stage begins.
const ENDS: [&str; 4] = ["截止", "结束", "closes", "closed"];

/// The stage that a milestone's name tells, where it tells one.
fn stage_of(name: &str) -> Option<String> {
    let stage = stages::of(name)?;
    let lower = name.to_lowercase();
    let main = stage.split('.').next().unwrap_or(stage);
    Some(if ENDS.iter().any(|word| lower.contains(word)) {
        format!("{main}.60")
    } else {
        stage.to_owned()
    })
}

/// From this stage on a standard is out.
const OUT: &str = "60";
/// From this stage on its text is settled: what comes before is a draft.
const SETTLED: &str = "50";

/// Whether a milestone lies long before what a line tells: the standard is out, and the milestone is that of a draft.
pub fn is_earlier(stage: &str, name: &str) -> bool {
    stage >= OUT && stage_of(name).is_some_and(|of| of.as_str() < SETTLED)
}

/// Of some open milestones, by id and name, the furthest that is reached where a standard stands at a stage; nothing where
/// none of their names tells a stage so far. That a standard is out proposes no milestone of its draft, unless that is the
/// only one that is open.
///
/// ```
/// use platform::obligation::mirror::fitting;
/// let open = [("draft", "征求意见稿"), ("end", "征求意见截止"), ("data", "提交调研数据")];
/// assert_eq!(fitting("30.20", &open), Some("draft"));
/// assert_eq!(fitting("40.20", &open), Some("end"));
/// assert_eq!(fitting("20.20", &open), None);
/// assert_eq!(fitting("60.60", &open), None);
/// assert_eq!(fitting("60.60", &open[..1]), Some("draft"));
/// ```
pub fn fitting<'m>(stage: &str, milestones: &[(&'m str, &str)]) -> Option<&'m str> {
    milestones
        .iter()
        .filter_map(|(id, name)| Some((stage_of(name)?, *id)))
        .filter(|(of, _)| of.as_str() <= stage)
        .filter(|(of, _)| stage < OUT || of.as_str() >= SETTLED || milestones.len() == 1)
        .max_by(|a, b| a.0.cmp(&b.0))
        .map(|(_, id)| id)
}
