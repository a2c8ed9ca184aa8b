//! Every address that the server answers: one table. The router is made from it and from nothing else; so are the matrix
//! of rights, the description of the API and the labels of the metrics. A new row goes under the noun to which it belongs.

use crate::{
    api, assets, feeds, pages,
    route::{Access, Route, Row, Verb},
    watching,
};
use platform::rights::Action;
use std::sync::OnceLock;

/// The rows with their handlers.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    use Access::{Public, Right, SignedIn};
    vec![
        // Home
        Route::page("/", "home", Public, "What matters today", pages::home::page),
        // Signing in, one's own account
        Route::page("/sign-in", "sign-in", Public, "The door", pages::sign_in::page).personal(),
        Route::form("/sign-in", "sign-in-enter", Public, "Takes login and password", pages::sign_in::enter),
        Route::page("/sign-in/code", "sign-in-code", Public, "Asks for the second factor", pages::sign_in::code_page).personal(),
        Route::form("/sign-in/code", "sign-in-code-show", Public, "Takes the second factor", pages::sign_in::show_code),
        Route::form("/sign-out", "sign-out", Public, "Ends the session", pages::sign_in::leave),
        Route::page("/first-administrator", "first-administrator", Public, "The form of the first administrator", pages::first_administrator::page).personal(),
        Route::form("/first-administrator", "first-administrator-make", Public, "Makes the first administrator by the token of the terminal", pages::first_administrator::redeem),
        Route::page("/join/{token}", "join", Public, "Set the first password, or another", pages::sign_in::join_page).personal(),
        Route::form("/join/{token}", "join-set", Public, "Sets the password by a letter's token", pages::sign_in::set_password),
        Route::page("/account", "account", SignedIn, "One's own account", pages::account::page),
        Route::form("/account/sessions/end", "session-end", SignedIn, "Ends one of one's sessions", pages::account::end_session),
        Route::page("/account/keys/new", "key-new", SignedIn, "The form for a key", pages::account::key_page),
        Route::form("/account/keys/new", "key-make", SignedIn, "Makes a key", pages::account::make_key),
        Route::form("/account/keys/end", "key-end", SignedIn, "Ends one of one's keys", pages::account::end_key),
        Route::page("/account/password", "password", SignedIn, "The form for another password", pages::account::password_page),
        Route::form("/account/password", "password-change", SignedIn, "Changes the password", pages::account::change_password),
        Route::page("/account/second-factor", "factor", SignedIn, "The second factor", pages::account::factor_page),
        Route::form("/account/second-factor", "factor-offer", SignedIn, "Offers a secret", pages::account::offer_factor),
        Route::form("/account/second-factor/confirm", "factor-confirm", SignedIn, "Puts the second factor into force", pages::account::confirm_factor),
        // The list
        Route::page("/list", "list", Public, "The tasks in the document's own order and words", pages::list::page),
        Route::page("/tasks/{id}", "task", Public, "One task, from its line to what came out", pages::task::page),
        Route::page("/obligations", "obligations", Public, "What each place or ministry undertook", pages::obligation::list),
        Route::page("/obligations/{id}", "obligation", Public, "One obligation: holder, dates, evidence, history", pages::obligation::page),
        Route::page("/obligations/{id}/actions/{action}", "obligation-form", SignedIn, "One form of an obligation", pages::obligation::act_page),
        Route::form("/obligations/{id}/actions/{action}", "obligation-act", SignedIn, "Does something with an obligation", pages::obligation::act),
        Route::page("/paste", "paste", Right(Action::ReportProgress), "The box for a line from elsewhere", pages::obligation::paste_page),
        Route::form("/paste", "paste-read", Right(Action::ReportProgress), "Reads a line; records nothing", pages::obligation::paste),
        Route::form("/paste/confirm", "paste-confirm", Right(Action::ReportProgress), "Records what a line was read as", pages::obligation::confirm),
        // The desk and the history
        Route::page("/desk", "desk", SignedIn, "What is in my hands", pages::desk::page),
        Route::page("/desk/to-assign", "desk-to-assign", SignedIn, "What is at no desk yet", pages::desk::to_assign),
        Route::page("/desk/done", "desk-done", SignedIn, "What I have recorded", pages::desk::done),
        Route::page("/history/{kind}/{id}", "history", Public, "Everything recorded of an object", pages::history::page),
        Route::page("/events/{position}", "event", Public, "One entry: before, after, who, hash", pages::history::entry),
        Route::form("/events/{position}/correct", "event-correct", Right(Action::CorrectEntry), "Takes a wrong entry back", pages::history::correct),
        Route::page("/search", "search", Public, "Titles and numbers", pages::search::page),
        // Changes of the list
        Route::page("/changes", "changes", Public, "Proposals to change the list, and its versions", pages::change::page),
        Route::page("/changes/new", "change-new", Right(Action::OpenProposal), "The form for a proposal, prefilled from a task", pages::change::draft::page),
        Route::form("/changes/new", "change-open", Right(Action::OpenProposal), "Opens a proposal", pages::change::draft::open),
        Route::page("/changes/{id}", "change", Public, "One proposal: its shell, or all of it", pages::change::show::page),
        Route::page("/changes/{id}/print", "change-print", Public, "The explanatory note on a sheet", pages::change::show::print),
        Route::form("/changes/{id}/publish", "change-publish", Right(Action::AskOpinion), "Publishes a proposal", pages::change::acts::publish),
        Route::form("/changes/{id}/ask", "change-ask", Right(Action::AskOpinion), "Asks bodies for their opinion", pages::change::acts::ask),
        Route::form("/changes/{id}/opinion", "change-opine", Right(Action::GiveOpinion), "Gives the opinion of a body", pages::change::acts::opine),
        Route::form("/changes/{id}/close", "change-close", Right(Action::AskOpinion), "Ends the time for opinions", pages::change::acts::close),
        Route::form("/changes/{id}/approval", "change-approve", Right(Action::RecordApproval), "Enters an approval number", pages::change::acts::approve),
        Route::form("/changes/{id}/effect", "change-effect", Right(Action::PutIntoEffect), "Puts a proposal into effect", pages::change::acts::effect),
        Route::form("/changes/{id}/withdraw", "change-withdraw", Right(Action::OpenProposal), "Gives a proposal up", pages::change::acts::withdraw),
        Route::page("/lists/{id}/diff", "list-diff", Public, "Two versions of a list compared", pages::change::difference::page),
        // Following, feeds
        Route::page("/notices", "notices", SignedIn, "What happened to what the reader follows", pages::notice::page),
        Route::form("/notices/follow", "notice_follow", SignedIn, "Follows something", pages::notice::start),
        Route::form("/notices/unfollow", "notice_unfollow", SignedIn, "No longer follows something", pages::notice::stop),
        Route::form("/notices/read", "notice_read", SignedIn, "Marks notices as read", pages::notice::read),
        Route::page("/feeds", "feeds", Public, "Which feeds there are", feeds::page),
        Route::feed("/feeds/events.atom", "feed_events", "Everything public, Atom", feeds::events),
        Route::feed("/feeds/places/{file}", "feed_place", "Everything public of a place, Atom", feeds::place_events),
        Route::feed("/feeds/tasks/{file}", "feed_task", "Everything public of a task, Atom", feeds::task_events),
        Route::feed("/feeds/calendar.ics", "feed_calendar", "Milestones, iCalendar; place", feeds::calendar),
        Route::api(Verb::Get, "/api/v1/events", "event_list", Public, "The public feed, the oldest first; after, limit", api::events::events).answers::<api::events::EventsView>(),
        // Reports
        Route::page("/reports", "reports", Public, "Which reports there are, and who may make them", pages::report::index),
        Route::page("/reports/monthly", "report_monthly", Right(Action::MakeReport), "The monthly or quarterly report; place, period", pages::report::monthly::page),
        Route::file("/reports/monthly.docx", "report_monthly_docx", Right(Action::MakeReport), "The report in Word", pages::report::monthly::docx),
        Route::file("/reports/monthly.xlsx", "report_monthly_xlsx", Right(Action::MakeReport), "Its annex as a workbook", pages::report::monthly::xlsx),
        Route::page("/reports/evaluation", "report_evaluation", Right(Action::MakeReport), "The evaluation sheet of the pilots", pages::report::evaluation::page),
        Route::file("/reports/evaluation.xlsx", "report_evaluation_xlsx", Right(Action::MakeReport), "The evaluation sheet as a workbook", pages::report::evaluation::xlsx),
        Route::file("/reports/evaluation.json", "report_evaluation_json", Right(Action::MakeReport), "The data to compute the evaluation sheet again", pages::report::evaluation::json),
        Route::form("/reports/evaluation/{place}/explanation", "report_explain", Right(Action::MakeReport), "A place explains its row", pages::report::evaluation::take),
        Route::api(Verb::Get, "/api/v1/reports/{name}", "report_get", Right(Action::MakeReport), "A report's data: evaluation", pages::report::evaluation::api),
        // Places, measures, outputs
        Route::page("/places", "places", Public, "The places in a picture and a table", pages::place::picture::page),
        Route::page("/places/{code}", "place", Public, "One place, by code, prefix or name", pages::place::page),
        Route::page("/measures", "measures", Public, "Measures by place", pages::measure::page),
        Route::page("/measures/{number}", "measure", Public, "One measure, sentence by sentence", pages::measure::text::page),
        Route::page("/outputs", "outputs", Public, "What came out, inside the list and outside", pages::output::page),
        // Workbooks out and in
        Route::file("/list.xlsx", "list-workbook", Public, "The list as it is filtered, as a workbook", pages::workbook::list_file),
        Route::file("/places/{code}/workbook.xlsx", "place-workbook", Public, "The tasks of a place, as a workbook", pages::workbook::place_file),
        Route::page("/upload", "upload", SignedIn, "The form for a workbook that comes back", pages::workbook::page),
        Route::form("/upload", "upload-show", SignedIn, "Shows what a workbook would change", pages::workbook::show).upload(),
        Route::form("/upload/confirm", "upload-confirm", SignedIn, "Does what a workbook says", pages::workbook::confirm).upload(),
        Route::form("/upload/marked", "upload-marked", SignedIn, "Gives a workbook back with its faults marked", pages::workbook::marked).upload(),
        // What is unassigned
        Route::page("/unassigned", "unassigned", Right(Action::AssignTask), "What nobody has been named for", pages::unassigned::page),
        Route::page("/tasks/{id}/assign", "assign", Right(Action::ProposeLink), "The forms that assign a task", pages::unassigned::task),
        Route::form("/tasks/{id}/guiding", "assign-guiding", Right(Action::AssignTask), "Names the guiding ministry", pages::unassigned::guiding),
        Route::form("/tasks/{id}/time-limit", "assign-time-limit", Right(Action::AssignTask), "Sets the time limit", pages::unassigned::time_limit),
        Route::form("/tasks/{id}/milestone", "assign-milestone", Right(Action::AssignTask), "Sets a milestone for all who hold it", pages::unassigned::milestone),
        Route::form("/tasks/{id}/links", "link-propose", Right(Action::ProposeLink), "Proposes that it serves a measure", pages::unassigned::propose_link),
        Route::form("/tasks/{id}/links/confirm", "link-confirm", Right(Action::ConfirmLink), "Confirms a link", pages::unassigned::confirm_link),
        Route::form("/tasks/{id}/links/remove", "link-remove", Right(Action::ConfirmLink), "Rejects a link", pages::unassigned::remove_link),
        // Administration
        Route::page("/admin", "admin", SignedIn, "What one's rights open", pages::admin::page),
        Route::page("/admin/rights", "admin-rights", SignedIn, "Who may do what to which", pages::admin::rights::page),
        Route::page("/admin/organizations", "admin-organizations", Right(Action::ManageOrganizations), "Bodies", pages::admin::organization::list),
        Route::page("/admin/organizations/new", "organization-new", Right(Action::ManageOrganizations), "The form for a body", pages::admin::organization::new),
        Route::form("/admin/organizations/new", "organization-enter", Right(Action::ManageOrganizations), "Enters a body", pages::admin::organization::enter),
        Route::page("/admin/organizations/{id}", "admin-organization", Right(Action::ManageOrganizations), "One body", pages::admin::organization::page),
        Route::form("/admin/organizations/{id}/change", "organization-change", Right(Action::ManageOrganizations), "Renames or changes a body, from a day", pages::admin::organization::change),
        Route::form("/admin/organizations/{id}/desks", "desk-open", Right(Action::ManageOrganizations), "Opens a desk", pages::admin::organization::open_desk),
        Route::form("/admin/organizations/{id}/desks/close", "desk-close", Right(Action::ManageOrganizations), "Closes a desk", pages::admin::organization::close_desk),
        Route::form("/admin/organizations/{id}/end", "organization-end", Right(Action::ManageOrganizations), "Ends a body", pages::admin::organization::end),
        Route::page("/admin/places", "admin-places", Right(Action::ManageOrganizations), "Places as an administrator changes them", pages::admin::place::list),
        Route::page("/admin/places/new", "place-new", Right(Action::ManageOrganizations), "The form for a place", pages::admin::place::new),
        Route::form("/admin/places/new", "place-enter", Right(Action::ManageOrganizations), "Enters a place", pages::admin::place::enter),
        Route::page("/admin/places/{code}", "admin-place", Right(Action::ManageOrganizations), "What may be changed of a place", pages::admin::place::page),
        Route::form("/admin/places/{code}/change", "place-change", Right(Action::ManageOrganizations), "Changes a place, from a day", pages::admin::place::change),
        Route::form("/admin/places/{code}/pilot", "place-pilot", Right(Action::ManageOrganizations), "Records that a place joined the pilots", pages::admin::place::pilot),
        Route::page("/admin/people", "admin-people", Right(Action::ManagePeople), "People", pages::admin::person::list),
        Route::page("/admin/people/new", "person-new", Right(Action::ManagePeople), "The form that invites", pages::admin::person::new),
        Route::form("/admin/people/new", "person-invite", Right(Action::ManagePeople), "Invites a person", pages::admin::person::invite),
        Route::page("/admin/people/upload", "people-upload", Right(Action::ManagePeople), "The form for many people", pages::admin::people_workbook::page),
        Route::form("/admin/people/upload", "people-take", Right(Action::ManagePeople), "Invites by workbook", pages::admin::people_workbook::take).upload(),
        Route::file("/admin/people/workbook.xlsx", "people-workbook", Right(Action::ManagePeople), "The table of people to fill in", pages::admin::people_workbook::template),
        Route::page("/admin/people/{id}", "admin-person", Right(Action::ManagePeople), "One person", pages::admin::person::page),
        Route::form("/admin/people/{id}/grant", "role-grant", Right(Action::GrantRole), "Gives a role", pages::admin::person::grant),
        Route::form("/admin/people/{id}/end", "role-end", Right(Action::GrantRole), "Ends a role", pages::admin::person::end),
        Route::form("/admin/people/{id}/substitute", "substitute-name", Right(Action::ManagePeople), "Names a substitute", pages::admin::person::substitute),
        Route::form("/admin/people/{id}/letter", "person-letter", Right(Action::ManagePeople), "Gives another link to set the password", pages::admin::person::letter),
        Route::form("/admin/people/{id}/leave", "person-leave", Right(Action::ManagePeople), "The person leaves", pages::admin::person::leave),
        Route::page("/admin/lists/read", "list-read", Right(Action::ImportList), "Proof-reading: each line beside what was read", pages::admin::reading::page),
        Route::form("/admin/lists/read", "list-read-text", Right(Action::ImportList), "Proof-reading of a text that is pasted", pages::admin::reading::read),
        Route::page("/admin/system", "admin-system", Right(Action::RunSystem), "How the system does", pages::admin::system::page),
        Route::form("/admin/system/verify", "ledger-verify", Right(Action::RunSystem), "Verifies the ledger", pages::admin::system::verify),
        Route::form("/admin/system/jobs", "job-revive", Right(Action::RunSystem), "Queues a failed job again", pages::admin::system::revive),
        Route::form("/admin/system/messages", "message-resolve", Right(Action::RunSystem), "Says what became of a message", pages::admin::system::resolve),
        Route::page("/admin/audit", "admin-audit", Right(Action::ReadAudit), "Every entry with who made it", pages::admin::audit::page),
        // What the platform says of itself
        Route::page("/words", "words", Public, "The vocabulary", pages::words::page),
        Route::page("/privacy", "privacy", Public, "What is kept about whom", pages::statement::privacy),
        Route::page("/accessibility", "accessibility", Public, "For whom the pages work, and how", pages::statement::accessibility),
        // The API
        Route::page("/api/", "api", Public, "The API for people", pages::api::page),
        Route::api(Verb::Get, "/api/v1/lists", "list_lists", Public, "Lists", api::lists::lists).lists::<api::lists::ListView>(),
        Route::api(Verb::Get, "/api/v1/lists/{id}/tasks", "list_tasks", Public, "Tasks of a list; tier, place, measure, state, guiding, q", api::lists::tasks).lists::<api::lists::TaskView>(),
        Route::api(Verb::Get, "/api/v1/lists/{id}/versions", "list_versions", Public, "Versions of a list, newest first", api::lists::versions).lists::<api::lists::VersionView>(),
        Route::api(Verb::Get, "/api/v1/tasks/{id}", "task_get", Public, "One task", api::lists::task).answers::<api::lists::TaskView>(),
        Route::api(Verb::Get, "/api/v1/measures", "measure_list", Public, "The measures with their sentences", api::lists::measures).lists::<api::lists::MeasureView>(),
        Route::api(Verb::Get, "/api/v1/actions/{id}", "action_get", Public, "One sentence of a measure", api::lists::action).answers::<api::lists::ActionView>(),
        Route::api(Verb::Get, "/api/v1/obligations", "obligation_list", Public, "What each place or ministry undertook; list, version, task, action, subject, place, tier, claim, firm, role, stage, state, holder, late, measure", api::obligations::obligations).lists::<api::obligations::ObligationView>(),
        Route::api(Verb::Get, "/api/v1/obligations/{id}", "obligation_get", Public, "One obligation", api::obligations::obligation).answers::<api::obligations::ObligationView>(),
        Route::api(Verb::Get, "/api/v1/obligations/{id}/history", "obligation_history", Public, "Everything recorded of an obligation, newest first", api::history::of_obligation).lists::<api::history::EntryView>(),
        Route::api(Verb::Post, "/api/v1/obligations/{id}/actions", "obligation_act", SignedIn, "Does something with an obligation; If-Match compares its version", api::obligations::act).takes::<api::actions::ActionRequest>().answers::<api::obligations::ActedView>(),
        Route::api(Verb::Get, "/api/v1/places", "place_list", Public, "Places", api::places::places).lists::<api::places::PlaceView>(),
        Route::api(Verb::Get, "/api/v1/places/{code}", "place_get", Public, "One place, by code, prefix or name", api::places::place).answers::<api::places::PlaceView>(),
        Route::api(Verb::Get, "/api/v1/outputs", "output_list", Public, "What came out, inside the list and outside; place, in_list", api::places::outputs).lists::<api::places::OutputView>(),
        Route::api(Verb::Get, "/api/v1/lists/{id}/diff", "list_diff", Public, "Two versions of a list compared; from, to", api::proposals::diff).answers::<api::proposals::DifferenceView>(),
        Route::api(Verb::Get, "/api/v1/lists/{id}/proposals", "proposal_list", Public, "Proposals to change a list, newest first", api::proposals::proposals).lists::<api::proposals::ProposalView>(),
        Route::api(Verb::Post, "/api/v1/lists/{id}/proposals", "proposal_open", Right(Action::OpenProposal), "Opens a proposal", api::proposals::open).takes::<api::proposals::NewProposal>().answers::<api::proposals::DoneView>(),
        Route::api(Verb::Get, "/api/v1/proposals/{id}/opinions", "opinion_list", Public, "What came of asking, as far as the reader may know", api::proposals::opinions).lists::<api::proposals::OpinionView>(),
        Route::api(Verb::Post, "/api/v1/proposals/{id}/opinions", "opinion_give", Right(Action::GiveOpinion), "Gives the opinion of a body", api::proposals::opine).takes::<api::proposals::NewOpinion>().answers::<api::proposals::DoneView>(),
        Route::api(Verb::Get, "/api/v1/proposals/{id}/approval", "approval_get", Public, "Approvals, and those that are missing", api::proposals::approval).answers::<api::proposals::ApprovalsView>(),
        Route::api(Verb::Post, "/api/v1/proposals/{id}/approval", "approval_enter", Right(Action::RecordApproval), "Enters an approval number", api::proposals::approve).takes::<api::proposals::NewApproval>().answers::<api::proposals::DoneView>(),
        Route::api(Verb::Get, "/api/v1/organizations", "organization_list", Public, "Bodies; kind, place, parent", api::organizations::organizations).lists::<api::organizations::OrganizationView>(),
        Route::api(Verb::Get, "/api/v1/committees", "committee_list", Public, "Committees; place, parent", api::organizations::committees).lists::<api::organizations::OrganizationView>(),
        Route::api(Verb::Get, "/api/v1/openapi.json", "openapi", Public, "This description", api::openapi::document),
        // The server
        Route::asset("/assets/{hash}/{*name}", "asset", "Styles, islands, icons", assets::serve),
        Route::asset("/favicon.ico", "favicon", "The mark", assets::favicon),
        Route::asset("/robots.txt", "robots", "What search engines may read", pages::statement::robots),
        Route::asset("/healthz", "health", "The process answers", watching::health),
        Route::asset("/readyz", "ready", "The database answers", watching::ready),
        Route::asset("/metrics", "metrics", "Prometheus", watching::metrics),
    ]
}

/// The rows without their handlers, made once.
pub fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| table().into_iter().map(|route| route.row).collect())
}

/// The rows for whoever walks every route with every role: the test of the matrix of rights.
pub fn matrix() -> Vec<Row> {
    rows().to_vec()
}
