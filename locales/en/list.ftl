# The list, its tasks and obligations; search.

## Columns
column-number = No.
column-title = Title
column-state = Progress
column-places = Places
column-place = Place
column-guiding = Guiding ministry
column-time-limit = Time limit
column-measures = Measures
column-progress = Stage
column-holder = In whose hands
column-since = Since
column-due = Next date

## Words
word-yes = Yes
word-no = No
tally-one = { $state } { $count }
ruler-state-and-stage = { $state }, { $stage }
due-none = no date set
next-time-limit = Time limit of the task
guiding-goes-on = { $source }; { $body } ended, and its successor goes on guiding
due-set-by = { $what } (set by { $who })
measure-short = Measure { $number }
measure-name = { $number ->
    [overall] { "" }
    [safeguard] { "" }
   *[other] ({ $number })
 }
link-unconfirmed = not confirmed
output-no-number = number to follow

## Home
home-title = The ledger of standardization tasks
home-tasks = tasks
home-obligations = definite obligations
home-sentences = commitments under the measures
home-outputs = publicly reported outputs
home-doors = Start here
home-door-place = A place: { $name }
home-door-place-text = What it undertook, what came out, what comes next
home-door-task = A task, from list to effect
home-door-task-text = Task 20, rehabilitation services in elderly care institutions
home-door-system = Try a standard: change a figure, see the grade
home-door-system-text = { $title }: both results side by side, why, and by which clause
home-door-text-text = Task 28, assessment of 5G factories: from the list to its text, clause by clause
home-week = Due this week
home-week-until = until { $day }
home-week-none = Nothing published is due in the next seven days. The next:
home-newest = Latest outputs
home-newest-all = All outputs
home-as-picture = Picture
home-as-table = Table
home-all-places = All places

## The list
list-version = First batch · version { $version } · from { $date }
list-version-choose = Version
list-version-today = In force
list-version-of = Version { $version } (from { $date })
list-version-day = As of { $date }
list-group-part = Order of the text
list-guiding-other = { $id }
list-changed-only = Only those that changed
list-changed-all = All rows
list-changed = { $count ->
    [one] 1 row is different today; it is marked.
   *[other] { $count } rows are different today; they are marked.
 }
list-before = No list was in force on this day
list-words = Title or number
list-place = Place
list-measure = Measure
list-guiding = Guiding ministry
list-noted = Warnings
list-noted-only = Only with a warning
list-english = English titles are machine translations, unchecked and unofficial. Chinese prevails.
list-unassigned = not assigned
list-has-note = warning
sign-prepared = Prepared by:
sign-checked = Checked by:
sign-issued = Issued by:

## A task
task-number = Task { $number }
task-facts = At a glance
task-no-guiding = No guiding ministry assigned
task-no-time-limit = No time limit set
task-nothing-due = Delivered: nothing is due next
task-volunteer = { $place } volunteers
task-nothing-to-do = Nothing
task-report = Report progress
task-propose-change = Propose a change
task-warning = Note
task-source = Source:
task-not-verified = not checked against the primary text; a warning only
task-near = Tasks with nearly the same title
task-as-published = As published, and as read
task-lines = Lines { $first }–{ $last } of the published text
task-counterparts = Places to align with
task-topics = Topics
task-holders = Obligations
task-outputs = Outputs
task-otherwise = What is different today
task-part = Part
task-section = Section
task-in-force = Version of the list
task-version = Version { $version }
task-fate = { $fate ->
    [merged] merged into another task
    [closed] closed
   *[other] in the list
 }

## Obligations
obligations-title = Obligations
obligations-firm = Definite
obligations-of = Source
obligations-of-tasks = Tasks of the list
obligations-of-actions = Sentences of the measures
obligations-of-both = Tasks and sentences of the measures
obligations-group-task = Task

## Search
search-title = Search
search-words = Title, number, designation, body or measure
search-hint = Enter words of a task, an output, a place, a body, a sentence of the measures or a proposal; or a number in the list, a designation (DB3201/T …), the code of a place or of an industry standard.
search-nothing = Nothing was found for “{ $words }”.
search-bodies = Bodies
search-measures = Measures
search-held = the { $count } tasks that { $place } holds
search-sentences = Sentences of the measures

## The published text
published-title = Published text
published-note = { $document }, line by line; tasks and measures name these lines.
published-chinese = There is a Chinese text alone.
home-compared = { $count ->
    [0] Compared with today, nothing is otherwise in any place.
    [one] Compared with today, { $count } place is otherwise:
   *[other] Compared with today, { $count } places are otherwise:
}
home-differs = { $name } { $before } → { $after }
home-outputs-note = The number of outputs counts those outside the list too; the tiles count tasks of the list alone.
list-before-first = No list was in force on this day; version 1 is in force from { $date }
list-data-as-of = Data as of { $when }
otherwise-part = { $name }: { $what }
due-passed = { $day } passed
due-passed-long = { $day } passed; what came of it is not public
due-passed-note = Whether a date that has passed was met is shown to participants only.
task-due-elsewhere = Places have dates of their own, the nearest:
task-propose-who = for officers of places and ministries
task-propose-others = Changes are proposed by officers of places and ministries; others can write to the place that holds it:
task-propose-contact = how to reach { $place }
search-documents = Documents
obligations-commitments = Commitments under the measures
