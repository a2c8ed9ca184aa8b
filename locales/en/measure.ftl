# Measures: the coverage matrix, and the page of one measure.

measure-title = Coverage: measures by place
measure-note = Each cell: obligations of tasks + commitments of the measure ● how many are delivered or closed. Open it for the rows.
measure-total-firm = { $count } definite obligations
measure-total-sentences = { $count ->
    [one] { $count } commitment
   *[other] { $count } commitments
} under the measures
measure-cells = “5+3 ●1” in a cell: the place holds 5 obligations of tasks that serve the measure and 3 commitments of its sentences, 1 of them delivered or closed; “–” is none. A task can serve several measures, so the cells add up to more than the total.
measure-levels = The shade shows progress: 2 for what is delivered or closed, 1 for what is in progress or blocked, divided by all; up to a quarter is “Begun”, up to one “Under way”, above it “Most delivered”.
measure-number = Measure { $number }
measure-unconfirmed = unconfirmed
measure-unconfirmed-notice = { $count } of the { $total } links between tasks and measures await confirmation.
measure-silent = No fact for { $days } days
measure-caption = The 17 measures, the general requirements and the safeguards, as each place holds them
measure-print-head = Coverage of the measures by place · MOFCOM document [2024] No. 314 · Data as of { $day }
measure-measure = Measure
measure-ministries = Ministries
measure-cell-none = { $place }: none
measure-cell = { $place }: { $tasks ->
    [one] { $tasks } obligation
   *[other] { $tasks } obligations
} of tasks, { $actions ->
    [one] { $actions } commitment
   *[other] { $actions } commitments
}; { $done } delivered or closed
measure-of-place = Shown for { $place } alone.
measure-all-places = Show all places
measure-published = As published
measure-line = Line { $line } of the text
measure-lines = Lines { $first }–{ $last } of the text
measure-sentences = Sentence by sentence
measure-sentences-note = Support, encourage and explore are taken up or not; they are never late.
measure-reported = { $up } of { $all } reported on
measure-held-for = The sentence asks { $who }; each pilot reports what it does for it.
measure-held = { $up } of { $all } taken up
measure-tasks = Tasks that serve it
measure-tasks-note = Officers propose links; analysts confirm them.
measure-no-tasks = No task is linked.
measure-places = Places, as written
measure-link = Link
measure-confirmed = Confirmed
measure-proposed = Proposed, unconfirmed
measure-outputs = Outputs outside the list
measure-who-unnamed = nobody named
measure-who-places = the pilots
measure-who-place-commerce-bureaus = the pilots' commerce authorities
measure-who-mofcom = the Ministry of Commerce
measure-who-samr = the State Administration for Market Regulation
measure-who-guiding-ministries = the guiding ministries
measure-who-relevant-ministries = the ministries concerned
measure-who-all-concerned = all concerned
measure-who-localities = localities
measure-who-fie-association = the China Association of Enterprises with Foreign Investment
measure-who-place-fie-associations = local associations of enterprises with foreign investment
measure-who-foreign-chambers = foreign chambers of commerce
measure-who-social-groups = social organizations
measure-who-enterprises = enterprises
