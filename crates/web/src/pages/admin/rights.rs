//! The table of rights: who may do what to which, as it is in force.

use super::within;
use crate::{
    Answer, Asking, Page, Web,
    problem::{right_name, role_name},
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::rights::{Action, Role, Scope};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let scope = |scope: &Scope| match scope {
        Scope::Any => t!(lang, "rights-scope-any"),
        Scope::Place => t!(lang, "rights-scope-place"),
        Scope::Organization => t!(lang, "rights-scope-organization"),
        Scope::Guided => t!(lang, "rights-scope-guided"),
        Scope::Own => t!(lang, "rights-scope-own"),
    };
    let body = html! {
        p { (t!(lang, "rights-lead")) }
        div.table-frame.wide tabindex="0" role="region" aria-labelledby="rights-caption" { table.table.compact {
            caption.visually-hidden #rights-caption { (t!(lang, "admin-rights")) }
            thead { tr { th scope="col" { (t!(lang, "rights-action")) } @for role in Role::ALL { th scope="col" { (role_name(lang, role.id())) } } } }
            tbody { @for action in Action::ALL { tr {
                th scope="row" { (right_name(lang, action.id())) }
                @for role in Role::ALL { td {
                    @let scopes: Vec<String> = web.platform.rights().scopes(*action, *role).iter().map(scope).collect();
                    (scopes.join(if lang == language::Lang::Zh { "、" } else { ", " }))
                } }
            } } }
        } }
    };
    Ok(within(&asking, t!(lang, "admin-rights"), body).sheet(crate::page::Sheet::A3))
}
