//! The words that tell what happened to a standard, and the harmonised stage of each.

/// Words, tried in order: what is said of a plan or of a draft comes before the word for publishing, since plans and
/// drafts are published too. Each row: all of these words, stage.
const WORDS: &[(&[&str], &str)] = &[
    (&["复审", "继续有效"], "90.93"),
    (&["复审", "修订"], "90.92"),
    (&["复审"], "90.20"),
    (&["征求意见", "结束"], "30.60"),
    (&["征求意见"], "30.20"),
    (&["征集意见"], "30.20"),
    (&["立项", "终止"], "10.98"),
    (&["立项", "公示"], "10.20"),
    (&["立项", "申报"], "10.20"),
    (&["立项", "建议"], "10.00"),
    (&["项目建议"], "00.20"),
    (&["预研"], "00.20"),
    (&["计划", "下达"], "10.99"),
    (&["列入", "计划"], "10.99"),
    (&["项目计划"], "10.99"),
    (&["制修订计划"], "10.99"),
    (&["获批立项"], "10.99"),
    (&["批准立项"], "10.99"),
    (&["立项"], "10.99"),
    (&["通过", "审查"], "40.99"),
    (&["通过", "审定"], "40.99"),
    (&["通过", "评审"], "40.99"),
    (&["审查会"], "40.20"),
    (&["送审"], "40.20"),
    (&["技术审查"], "40.20"),
    (&["报批"], "50.20"),
    (&["备案"], "60.99"),
    (&["发布"], "60.60"),
    (&["公布"], "60.60"),
    (&["印发"], "60.60"),
    (&["出版"], "60.60"),
    (&["废止"], "95.60"),
    (&["实施"], "60.60"),
    (&["施行"], "60.60"),
    (&["批准"], "50.60"),
    (&["审查"], "40.20"),
    (&["起草"], "20.20"),
    (&["编制"], "20.20"),
    (&["启动"], "20.20"),
];

/// The same in English, in small letters.
const ENGLISH: &[(&[&str], &str)] = &[
    (&["public comment"], "30.20"),
    (&["consultation"], "30.20"),
    (&["comments until"], "30.20"),
    (&["call for comments"], "30.20"),
    (&["project", "approved"], "10.99"),
    (&["plan", "approved"], "10.99"),
    (&["project plan"], "10.99"),
    (&["new project"], "10.20"),
    (&["submitted for approval"], "50.20"),
    (&["systematic review"], "90.20"),
    (&["withdrawn"], "95.60"),
    (&["published"], "60.60"),
    (&["issued"], "60.60"),
    (&["released"], "60.60"),
    (&["filed"], "60.99"),
    (&["in force"], "60.60"),
    (&["into force"], "60.60"),
    (&["takes effect"], "60.60"),
    (&["effective"], "60.60"),
    (&["approved"], "50.60"),
    (&["review"], "40.20"),
    (&["draft"], "20.20"),
];

/// The stage that the words around a title tell.
pub(super) fn of(around: &str) -> Option<&'static str> {
    let lower = around.to_lowercase();
    WORDS
        .iter()
        .chain(ENGLISH)
        .find(|(words, _)| words.iter().all(|w| lower.contains(w)))
        .map(|(_, stage)| *stage)
}
