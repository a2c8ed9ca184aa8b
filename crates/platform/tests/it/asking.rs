//! Questions, as pages and the API ask them.

use crate::opened;
use platform::{
    context::Reader,
    list::query::{TaskFilter, tasks},
    obligation::query::{By, Filter, SubjectKind, counts, obligation, obligations},
    output::query as output,
    place::query as place,
    question::Window,
};

fn today() -> Reader {
    Reader::public("2026-11-23".parse().unwrap())
}

#[tokio::test]
async fn obligations_are_counted_by_the_words_of_the_list() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let firm = Filter {
        firm: Some(true),
        ..Filter::default()
    };
    assert_eq!(
        obligations(p, &today(), &firm, &Window::default()).await.unwrap().total,
        239
    );
    let of = |code: &str| Filter {
        place: Some(code.to_owned()),
        ..Filter::default()
    };
    for (code, expected) in [
        ("320100", 14 + 13),
        ("500000", 28 + 13),
        ("210100", 13),
        ("510100", 15 + 13),
    ] {
        assert_eq!(
            obligations(p, &today(), &of(code), &Window::default())
                .await
                .unwrap()
                .total,
            expected,
            "{code}"
        );
    }
    let all = Filter {
        subject_kind: Some(SubjectKind::Any),
        ..Filter::default()
    };
    assert!(obligations(p, &today(), &all, &Window::default()).await.unwrap().total > 239 + 400);
    let late = Filter {
        late: Some(true),
        ..Filter::default()
    };
    assert!(
        obligations(p, &today(), &late, &Window::default()).await.is_err(),
        "the public may not ask who is late"
    );
}

#[tokio::test]
async fn pages_join_to_the_whole() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let page = obligations(p, &today(), &Filter::default(), &Window { cursor, limit: 70 })
            .await
            .unwrap();
        seen.extend(page.items.into_iter().map(|o| o.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let mut unique = seen.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((seen.len(), unique.len()), (239, 239));
}

#[tokio::test]
async fn a_task_is_found_by_place_measure_words_and_state() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let find = async |filter: TaskFilter| tasks(p, &today(), &filter, &Window::of(200)).await.unwrap();
    assert_eq!(find(TaskFilter::default()).await.total, 104);
    let delivered = find(TaskFilter {
        state: Some("delivered".into()),
        ..TaskFilter::default()
    })
    .await;
    assert_eq!(delivered.items.iter().map(|t| t.number).collect::<Vec<_>>(), [15, 20]);
    let words = find(TaskFilter {
        text: Some("5g".into()),
        ..TaskFilter::default()
    })
    .await;
    assert_eq!(words.items[0].number, 28);
    assert_eq!(
        find(TaskFilter {
            text: Some("%".into()),
            ..TaskFilter::default()
        })
        .await
        .total,
        0,
        "a sign is no wildcard"
    );
    assert!(
        find(TaskFilter {
            noted: true,
            ..TaskFilter::default()
        })
        .await
        .items
        .iter()
        .any(|t| t.number == 32)
    );
    let before = Reader {
        as_of: ledger::AsOf::day("2024-12-30".parse().unwrap()),
        ..today()
    };
    assert_eq!(
        tasks(p, &before, &TaskFilter::default(), &Window::default())
            .await
            .unwrap()
            .total,
        0
    );
}

#[tokio::test]
async fn a_place_goes_by_code_prefix_or_name() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    for word in ["320100", "DB3201", "南京", "南京市", "Nanjing"] {
        assert_eq!(place::place(p, &today(), word).await.unwrap().code, "320100", "{word}");
    }
    assert!(place::place(p, &today(), "Atlantis").await.is_err());
    assert_eq!(place::of_list(p, &today(), "first").await.unwrap().len(), 11);
}

#[tokio::test]
async fn the_four_reported_outputs_are_there_two_of_them_outside_the_list() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let count = async |in_list| {
        let filter = output::Filter {
            in_list,
            ..output::Filter::default()
        };
        output::outputs(p, &today(), &filter, &Window::default())
            .await
            .unwrap()
            .total
    };
    assert_eq!((count(None).await, count(Some(false)).await), (4, 2));
    let o = obligation(p, &today(), "first-20-320100").await.unwrap();
    assert_eq!(
        (o.state.as_str(), o.number, o.delivered.unwrap().designation),
        ("delivered", 20, None)
    );
    assert_eq!(o.holder.organization, "nanjing-commerce");
    let by_measure = counts(p, &today(), &Filter::default(), By::Measure, true)
        .await
        .unwrap();
    assert!(by_measure["2"]["320100"].values().sum::<i64>() > 0);
}
