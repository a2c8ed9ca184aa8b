//! Verbs that only read: `number`, `list read`.

use crate::run::{policy, run};

#[test]
fn a_designation_is_mended_and_said_in_the_contracts_shape() {
    let ended = run(["number", "GB/T1.1-2020", "--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    insta::assert_snapshot!(ended.out, @r#"
    [
      {
        "input": "GB/T1.1-2020",
        "canonical": "GB/T 1.1—2020",
        "tier": "national",
        "issuer": "GB",
        "number": "1",
        "part": "1",
        "year": 2020,
        "valid": true,
        "findings": [
          {
            "code": "missing_blank",
            "severity": "mended",
            "at": [
              4,
              4
            ],
            "what": "",
            "mend": " "
          },
          {
            "code": "wrong_dash",
            "severity": "mended",
            "at": [
              7,
              8
            ],
            "what": "-",
            "mend": "—"
          }
        ]
      }
    ]
    "#);
}

#[test]
fn what_is_no_designation_is_a_finding_not_a_failure() {
    let ended = run(["number", "no number at all", "--format", "json"]);
    assert_eq!(ended.status, 1);
    assert_eq!(ended.json()[0]["valid"], false);
}

#[test]
fn the_published_text_gives_104_tasks_without_doubt() {
    let ended = run([
        "list".into(),
        "read".into(),
        policy().into_os_string(),
        "--format".into(),
        "json".into(),
    ]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let tasks = ended.json()["tasks"].clone();
    assert_eq!(tasks.as_array().unwrap().len(), 104);
    insta::assert_json_snapshot!(tasks[1], @r#"
    {
      "claims": [
        {
          "claim": "named",
          "places": [
            "440100"
          ]
        },
        {
          "claim": "willing",
          "places": []
        }
      ],
      "doubts": [],
      "line": [
        87,
        87
      ],
      "number": 2,
      "original": "2.“两业”融合领域的服务衍生制造、服务型制造及相关制造业企业服务业务等分类、核算标准（广州及其他有意愿的试点示范省市）",
      "part": "一、按照国务院及国务院标准化行政主管部门相关管理要求，参与或承办制修订国家标准",
      "places_as_written": "广州及其他有意愿的试点示范省市",
      "role": "take_part_or_undertake",
      "section": "",
      "tier": "national",
      "title": "“两业”融合领域的服务衍生制造、服务型制造及相关制造业企业服务业务等分类、核算标准",
      "topics": [
        "服务衍生制造",
        "服务型制造",
        "制造业企业服务业务"
      ]
    }
    "#);
}

#[test]
fn a_doubtful_text_is_printed_and_ends_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(policy()).unwrap();
    let damaged = folder.path().join("damaged.txt");
    let line = text.lines().find(|line| line.contains("79.")).unwrap();
    std::fs::write(&damaged, text.replacen(line, "", 1)).unwrap();
    let ended = run([
        "list".into(),
        "read".into(),
        damaged.into_os_string(),
        "--format".into(),
        "json".into(),
    ]);
    assert_eq!(ended.status, 1);
    assert!(!ended.json()["tasks"].as_array().unwrap().is_empty());
    assert!(ended.err.contains("doubt"), "{}", ended.err);
}

#[test]
fn input_that_cannot_be_read_ends_with_2_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent.txt");
    let ended = run(["list".into(), "read".into(), absent.into_os_string()]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("absent.txt"), "{}", ended.err);
    let latin = folder.path().join("latin.txt");
    std::fs::write(&latin, b"one\ntwo\n\xff\xfe").unwrap();
    let ended = run(["list".into(), "read".into(), latin.into_os_string()]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("line 3"), "{}", ended.err);
}

#[test]
fn a_wrong_call_ends_with_2_and_leaves_stdout_alone() {
    for words in [
        &["list"][..],
        &["nothing"],
        &["number"],
        &["verify"],
        &["list", "show", "--as-of", "yesterday"],
    ] {
        let ended = run(words);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{words:?}");
        assert!(!ended.err.is_empty(), "{words:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = crate::run::command([
        "list".as_ref(),
        "read".as_ref(),
        policy().as_os_str(),
        "--format".as_ref(),
        "json".as_ref(),
    ])
    .stdout(std::process::Stdio::piped())
    .stderr(std::process::Stdio::piped())
    .spawn()
    .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
}
