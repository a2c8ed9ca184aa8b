//! What a text becomes once its doubts are settled: a list of its own, or a proposal to change one that stands.

use super::settling::Given;
use crate::{
    Answer, Asking, Web,
    components::{
        field::{Control, Faults, Field, once},
        words::{first, foreign},
    },
    links::segment,
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::{Bilingual, Origin},
    context::Context,
    list::{
        entering::FIRST,
        import::{self, Import},
        query as list,
    },
    people::query as people,
    place::query as place,
    proposal::command,
    refusal::Refusal,
    rights::Action,
};
use tasklist::Reading;

/// The fields, and a button for each way.
pub(super) async fn form(
    asking: &Asking,
    web: &Web,
    given: &Given,
    reading: &Reading,
    faults: &Faults,
) -> Answer<Markup> {
    let lang = asking.lang;
    let lists = list::lists(&web.platform).await?;
    let known: Vec<(String, String)> = lists
        .iter()
        .map(|l| (l.id.clone(), format!("{} {}", first(lang, &l.title), l.document)))
        .collect();
    let line = |name, label: String| Field::new(name, label).value(given.get(name));
    let issued = line("issued", t!(lang, "reading-issued"))
        .control(Control::Input("date"))
        .width("w-date");
    Ok(html! {
        (once())
        @if !lists.is_empty() && asking.can(web, Action::OpenProposal) {
            section.section #propose {
                header.section-head { h2 { (t!(lang, "reading-propose")) } p.section-note { (t!(lang, "reading-propose-note")) } }
                (line("list", t!(lang, "reading-list")).control(Control::Choose(known)).draw(lang, faults))
                (line("reason", t!(lang, "upload-reason")).control(Control::Lines(3)).draw(lang, faults))
                button.button type="submit" name="into" value="proposal" { (t!(lang, "upload-open")) }
            }
        }
        section.section #enter {
            header.section-head { h2 { (t!(lang, "reading-enter")) } p.section-note { (t!(lang, "reading-enter-note", tasks = reading.tasks.len(), measures = super::numbered(reading))) } }
            (line("id", t!(lang, "reading-id")).hint(t!(lang, "reading-id-hint")).width("w-code").draw(lang, faults))
            (line("title", t!(lang, "reading-title")).width("w-full").draw(lang, faults))
            (line("title_en", t!(lang, "workbook-title-en")).width("w-full").optional().draw(lang, faults))
            (line("document", t!(lang, "reading-document")).width("w-code").draw(lang, faults))
            (issued.draw(lang, faults))
            (ministries(asking, web, given).await?)
            (pilots(asking, web, given).await?)
            button.button type="submit" name="into" value="list" { (t!(lang, "reading-enter-go")) }
        }
    })
}

fn choices(lang: Lang, given: &Given, name: &str, legend: &str, of: &[(String, String)], usual: &[String]) -> Markup {
    let asked = given.0.iter().any(|(n, _)| n == "into");
    let chosen = if asked { given.all(name) } else { usual.to_vec() };
    html! {
        fieldset.field {
            legend { (legend) }
            ul.columns { @for (id, label) in of {
                li { label.check { input type="checkbox" name=(name) value=(id) checked[chosen.contains(id)]; span lang=[foreign(lang, label)] { (label) } } }
            } }
        }
    }
}

async fn ministries(asking: &Asking, web: &Web, given: &Given) -> Answer<Markup> {
    let filter = people::OrganizationFilter {
        kind: Some("ministry".to_owned()),
        ..people::OrganizationFilter::default()
    };
    let all: Vec<(String, String)> = people::organizations(&web.platform, &filter, asking.reader.as_of, 200)
        .await?
        .into_iter()
        .map(|o| (o.id.clone(), first(asking.lang, &o.name).to_owned()))
        .collect();
    let usual = ["mofcom".to_owned(), "samr".to_owned()];
    let legend = t!(asking.lang, "reading-issued-by");
    Ok(choices(asking.lang, given, "issued_by", &legend, &all, &usual))
}

async fn pilots(asking: &Asking, web: &Web, given: &Given) -> Answer<Markup> {
    let all: Vec<(String, String)> = place::places(&web.platform, &asking.reader)
        .await?
        .into_iter()
        .filter(|p| p.pilot.is_some())
        .map(|p| (p.code.clone(), first(asking.lang, &p.short_name()).to_owned()))
        .collect();
    let usual = place::of_list(&web.platform, &asking.reader, FIRST).await?;
    let legend = t!(asking.lang, "reading-pilots");
    Ok(choices(asking.lang, given, "pilots", &legend, &all, &usual))
}

/// Does what the pressed button says; where it is to be seen.
pub(super) async fn become_list_or_proposal(
    asking: &Asking,
    web: &Web,
    context: &Context,
    given: &Given,
) -> Answer<String> {
    let reading = import::reading(&web.platform, given.text()).await?;
    let decisions = given.decisions(&reading);
    if given.get("into") == "proposal" {
        let reason = Bilingual::zh(given.get("reason"));
        let draft = import::draft(&web.platform, given.get("list"), given.text(), &decisions, &reason).await?;
        let done = command::open(&web.platform, context, draft, None).await?;
        return Ok(crate::pages::change::path(&done.id));
    }
    let list = Import {
        decisions,
        ..described(asking, web, given)?
    };
    import::import(&web.platform, context, &list).await?;
    Ok(format!("/list?list={}", segment(&list.id)))
}

/// The list as its fields describe it.
fn described(asking: &Asking, web: &Web, given: &Given) -> Answer<Import> {
    let mut refusal = Refusal::wrong("web/form_fields");
    for field in ["id", "title", "document", "issued"] {
        if given.get(field).is_empty() {
            refusal = refusal.fault(field, "fault-required");
        }
    }
    let issued = given.get("issued").parse();
    if issued.is_err() && !given.get("issued").is_empty() {
        refusal = refusal.fault("issued", "fault-date");
    }
    let (true, Ok(issued)) = (refusal.faults.is_empty(), issued) else {
        return Err(refusal.into());
    };
    if issued > asking.reader.today {
        return Err(refusal.fault("issued", "fault-date-future").into());
    }
    let english = Some(given.get("title_en").to_owned()).filter(|en| !en.is_empty());
    Ok(Import {
        id: given.get("id").to_owned(),
        title: Bilingual {
            zh: given.get("title").to_owned(),
            en_origin: if english.is_some() {
                Origin::Person
            } else {
                Origin::None
            },
            en: english,
        },
        document: given.get("document").to_owned(),
        issued_by: given.all("issued_by"),
        issued,
        pilots: given.all("pilots"),
        text: given.text().to_owned(),
        decisions: Vec::new(),
        demo: web.demo,
    })
}
