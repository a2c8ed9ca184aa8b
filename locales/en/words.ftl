# Words that every page shares: the frame, actions, states, marks, counts and time limits.
# Ids begin with what they are: frame-, action-, state-, mark-, count-, days-, table-, form-, refusal-, chart-.

## The frame of a page
frame-name = Biaochi
frame-skip = Skip to main content
frame-main-navigation = Main
frame-breadcrumb = Where you are
frame-search = Search tasks, numbers, bodies
frame-search-hint = Press / to search
frame-menu = Menu
frame-as-of = As of
frame-as-of-today = Today
frame-as-of-past = You are looking at the state of { $date }
frame-as-of-future = { $date } has not come yet: this is the state of that day as far as is known today
frame-as-of-return = Back to today
frame-language = 中文
frame-language-label = 切换到中文
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-account = Account
frame-contrast = High contrast
frame-text-size = Text size
frame-about = About
frame-state-of = State of { $date }
frame-accessibility = Accessibility
frame-privacy = Privacy
frame-keyboard-help = Keyboard
frame-chinese-prevails = The Chinese text prevails.
frame-version = List, version { $version }
frame-data-as-of = Data as of { $instant }
frame-printed-at = Printed { $instant }
frame-page-of = Page { $page } of { $pages }

## The four questions of a page head
facts-where = Where it stands
facts-who = In whose hands
assign-choose = Choose
facts-when = When it is due
facts-next = What to do
facts-since = since { $date }

## Screens
screen-home = Overview
screen-list = Task list
screen-coverage = Coverage
screen-desk = My desk
screen-dossier = Standards
screen-reader = Drafts
screen-consultations = Consultations
screen-dispositions = Comments received
screen-review = Review and ballot
screen-calls = Open calls
screen-alignment = Rules and standards
screen-reports = Reports
screen-changes = List changes
screen-administration = Administration

## Actions
action-search = Search
action-filter = Filter
action-clear-filters = Clear filters
action-apply = Apply
action-save-draft = Save draft
action-cancel = Cancel
action-back = Back
action-edit = Edit
action-undo = Undo
action-follow = Follow
action-unfollow = Stop following
action-print = Print
action-download-workbook = Download workbook
action-upload-workbook = Upload the workbook
action-copy = Copy
action-copied = Copied
action-show-all = Show all
action-more = More
action-close = Close
action-open = Open
action-history = History
action-compare = Compare
action-report-error = Report an error

## States: always shape and word together
state-published = Published
state-in-progress = In progress
state-unreported = Not reported
state-due-soon = Due soon
state-blocked = Blocked
state-overdue = Overdue
state-closed = Closed
state-not-taken-up = Not taken up
state-taken-up = Taken up
state-proposed = Proposed

## Marks
mark-demo = Demo
mark-demo-long = Illustrative data, which say nothing about any place's real progress; open to see what is real
mark-machine = Machine
mark-machine-long = Labelled by machine; can be undone
mark-machine-translation = machine translation, unchecked
mark-unofficial = unofficial translation
mark-no-english = no English yet
mark-changed = changed
mark-draft = draft
mark-unknown = not published

## Counts
days-unsettled = (the notice of holidays of a year concerned is not yet published; holidays fixed by law are counted)
count-tasks = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
count-obligations = { $count ->
    [one] { $count } obligation
   *[other] { $count } obligations
}
count-places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
count-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
count-selected = { $count ->
    [one] { $count } row selected
   *[other] { $count } rows selected
}
count-shown = Showing { $shown } of { $total } rows
count-comments = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
count-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
size-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}

## Time limits
deadline-closes = closes at the end of { $date }, Beijing time
days-working-left = { $count ->
    [one] { $count } working day left
   *[other] { $count } working days left
}
days-off-left = { $count ->
    [one] { $count } day left, not a working day
   *[other] { $count } days left, no working day among them
}
days-due-today = due today
days-past = { $count ->
    [one] { $count } day past
   *[other] { $count } days past
}

## Tables
table-select-row = Select this row
table-select-all = Select all
table-columns = Columns
table-group = Group
table-group-none = None
table-density-compact = Compact
table-density-normal = Standard
table-group-by = Group by
table-sort-by = Sort by { $column }
table-empty = No rows match
table-next = Next page
table-previous = Previous page
table-details = Details

## Forms
form-errors-title = { $count ->
    [one] There is a problem
   *[other] There are { $count } problems
}
form-required = required
form-optional = optional
form-unsaved = You have unsaved changes. Leave this page?

## Refusals
refusal-title = This cannot be done
refusal-rule = Rule
refusal-next = What to do next
refusal-ask = Whom to ask

## Pictures
chart-as-table = Show the table
chart-source = Source: { $source }, { $date }
count-commitments = { $count ->
    [one] { $count } commitment
   *[other] { $count } commitments
}
