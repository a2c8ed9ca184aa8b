//! People in bulk: all rows or none, and each fault at its cell.

use crate::kit::{Kit, PASSWORD, each, refused};
use language::Lang;
use platform::{
    catalogue::{VOCABULARY, words::Vocabulary},
    people::{
        invitation,
        query::persons,
        workbook::{Imported, import, layout},
    },
    refusal::Manner,
    rights::Role,
};
use sheet::FaultKind;

const HEAD: &str = "登录名,姓名,电子邮箱,机构代号,处室代号,角色,地区代码,任职起,任职止\n";

fn role(id: &str) -> String {
    Vocabulary::parse(VOCABULARY).unwrap().name("person_role", id).zh
}

async fn take(kit: &Kit, rows: &str) -> Imported {
    if kit.attempt("sec", PASSWORD, None).await.is_err() {
        kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
    }
    let context = kit.acting(&kit.actor("sec").await);
    let vocabulary = Vocabulary::parse(VOCABULARY).unwrap();
    let layout = layout(Lang::Zh, &vocabulary, kit.today());
    let bytes = format!("{HEAD}{rows}");
    import(&kit.platform, &context, bytes.as_bytes(), &layout, &vocabulary)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_sound_workbook_invites_everybody_in_it() {
    each(async |kit| {
        let officer = role("commerce_officer");
        let expert = role("expert");
        let rows = format!(
            "wang,王一,wang@example.org,nanjing-commerce,nanjing-desk,{officer},320100、500000,2026-11-01,\n\
             li,李二,,mofcom,,{expert},,,2027-12-31\n\
             wang,王一,wang@example.org,mofcom,,{expert},,,\n"
        );
        let Imported::Applied { invited, .. } = take(kit, &rows).await else {
            panic!("not applied")
        };
        assert_eq!(invited.len(), 2);
        let wang = invited.iter().find(|i| i.profile.login == "wang").unwrap();
        invitation::set_password(&kit.platform, wang.token.expose(), PASSWORD)
            .await
            .unwrap();
        let actor = kit.actor("wang").await;
        assert_eq!(actor.grants.len(), 2);
        assert_eq!(actor.grants[0].places, ["320100", "500000"]);
        assert_eq!(actor.grants[0].desk.as_deref(), Some("nanjing-desk"));
    })
    .await;
}

#[tokio::test]
async fn one_faulty_cell_and_nothing_is_applied() {
    each(async |kit| {
        let (officer, expert) = (role("commerce_officer"), role("expert"));
        let (system, audit) = (role("system_administrator"), role("audit_administrator"));
        kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
        let before = persons(&kit.platform, None, 200).await.unwrap().len();
        let rows = format!(
            "good,好人,,mofcom,,{expert},,,\n\
             a b,坏登录,no-address,mofcom,,{expert},,,\n\
             c1,丙,,nowhere,,{expert},,,\n\
             d1,丁,,mofcom,nanjing-desk,{expert},,,\n\
             e1,戊,,nanjing-commerce,,{officer},,,\n\
             f1,己,,nanjing-commerce,,{officer},999999,,\n\
             g1,庚,,mofcom,,皇帝,,,\n\
             h1,辛,,mofcom,,{system},,,\n\
             h1,辛,,mofcom,,{audit},,,\n\
             sec,壬,,mofcom,,{expert},,,\n\
             i1,癸,,mofcom,,{expert},,某日,\n\
             good,别人,,mofcom,,{expert},,,\n"
        );
        let Imported::Faulty { upload, faults } = take(kit, &rows).await else {
            panic!("was applied")
        };
        let found: Vec<(u32, &str)> = faults
            .iter()
            .map(|f| (f.sheet_row, f.column.as_ref().unwrap().as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (3, "login"),
                (3, "email"),
                (4, "organization"),
                (5, "desk"),
                (6, "places"),
                (7, "places"),
                (8, "role"),
                (10, "role"),
                (11, "login"),
                (12, "from"),
                (13, "name"),
            ]
        );
        assert!(faults.iter().any(|f| matches!(&f.kind,
            FaultKind::Other { code, .. } if code == "refusal-people-three-administrators")));
        assert_eq!(persons(&kit.platform, None, 200).await.unwrap().len(), before);
        assert!(!kit.log().await.contains("people/"));
        let vocabulary = Vocabulary::parse(VOCABULARY).unwrap();
        let layout = layout(Lang::Zh, &vocabulary, kit.today());
        let marked = sheet::mark(&upload, &layout, &faults, "原因", |f| f.found.clone()).unwrap();
        assert!(marked.starts_with(b"PK"));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_table_of_people_changes_nothing() {
    each(async |kit| {
        kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
        let context = kit.acting(&kit.actor("sec").await);
        let vocabulary = Vocabulary::parse(VOCABULARY).unwrap();
        let layout = layout(Lang::Zh, &vocabulary, kit.today());
        for (bytes, lacking) in [
            (&b""[..], false),
            (&b"PK\x03\x04 broken"[..], false),
            ("登录名,姓名\nwang,王一\n".as_bytes(), true),
        ] {
            let answer = import(&kit.platform, &context, bytes, &layout, &vocabulary)
                .await
                .unwrap();
            match answer {
                Imported::Unreadable(_) => assert!(!lacking),
                Imported::Lacking(columns) => {
                    assert!(lacking);
                    assert!(columns.iter().any(|c| c.as_str() == "organization"));
                }
                other => panic!("{other:?}"),
            }
        }
        let (_, analyst) = kit.with_role("analyst", "mofcom", Role::MinistryAnalyst).await;
        let context = kit.acting(&analyst);
        let answer = import(&kit.platform, &context, b"", &layout, &vocabulary).await;
        assert_eq!(refused(answer).manner, Manner::Forbidden);
    })
    .await;
}
