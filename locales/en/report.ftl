# Reports: monthly and quarterly reports, the evaluation sheet.

report-quarter = Quarter { $quarter } of { $year }
report-whole = All who hold obligations
report-everybody = Anybody may read it, keep it and compute it again.
report-task = No. { $number } { $title }
report-title-month = { $scope }: monthly report on the list of { $document } ({ $period })
report-title-quarter = { $scope }: quarterly report on the list of { $document } ({ $period })
report-mark-month = Monthly report on the list
report-mark-quarter = Quarterly report on the list
report-number-blank = No. ____ ({ $year })
report-addressee-place = To the Ministry of Commerce and the State Administration for Market Regulation:
report-addressee-whole = To (to be filled in):
report-signature-blank = (name of the body, to be filled in)
report-annexes = Annex:{" "}
report-annex-name = Obligations in detail ({ $period })
report-demo = Demo: holds illustrative data, not the actual progress of any place
report-demo-mark = [Demo]{" "}
report-note = Version { $version } of the list, data as of { $instant }; each number in the text opens the rows that it counts.{" "}
report-end-of-day = the end of { $date }
report-period-running = { $period }, up to { $day }
report-body-demo = { $name } (demo)
report-note-open = Open this report

## Parts
report-standing = Where things stand
report-changed = Changes in the period
report-outputs = Outputs in the period
report-blocked = Obstacles
report-due = Next
report-by-state = By state
report-by-place = By place (definite obligations)
report-overdue = Overdue
report-overdue-number = Past a day that was set: { $number }.
report-overdue-none = No milestone is past its day.
report-overdue-unseen = Whether something is overdue is shown to whoever holds it and to the guiding ministries.
report-coming = Due soon
report-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
report-as-of = At the end of { $date }, { $scope } held { $number } obligations ({ $group })
report-colon = :{" "}
report-comma = ,{" "}
report-stop = .
report-of-which = { $number } { $state }
report-all = Total
report-none = none
report-group-firm = definite obligations
report-group-willing = tasks open to willing places
report-group-sentences = commitments under the measures
report-changed-none = No obligation changed in the period.
report-changed-count = { $count ->
    [one] { $count } obligation changed in the period.
   *[other] { $count } obligations changed in the period.
}
report-changed-rest = { $count ->
    [one] { $count } more change stands in the annex.
   *[other] { $count } more changes stand in the annex.
}
report-aspect-new = new
report-aspect-state = state
report-aspect-stage = stage
report-aspect-holder = desk
report-aspect-next = next milestone
report-aspect-evidence = evidence or output
report-aspect-block = obstacle
report-aspect-terms = role or content
report-aspect-reported = reported on
report-outputs-listed = In the list
report-outputs-unlisted = Outside the list
report-outputs-none = None in the period.
report-output = “{ $title }” ({ $number }), { $day }, source: { $source }.
report-number-unknown = number to follow
report-blocked-none = Nothing is blocked.
report-blocked-unseen = Reasons for obstacles are shown to participants only.
report-due-none = No milestone falls due in the next { $days } days (until { $day }).
report-due-horizon = { $count ->
    [one] { $count } milestone falls due in the next { $days } days (until { $day }).
   *[other] { $count } milestones fall due in the next { $days } days (until { $day }).
}

## Columns
report-column-ordinal = No.
report-column-task = Task
report-column-group = Kind
report-column-place = Place
report-column-part = Role
report-column-state = State
report-column-stage = Stage
report-column-holder = In whose hands
report-column-since = Since
report-column-next = Next milestone
report-column-due = Due
report-column-past = Overdue by
report-column-output = Output
report-column-designation = Number
report-column-source = Source
report-column-changed = Changed
report-column-from = State before
report-column-to = State now
report-column-what = What changed
report-column-block = Obstacle
report-column-reason = Reason
report-column-waits = Waits for
report-column-set-by = Set by

## Pages
report-monthly = Monthly and quarterly reports
report-monthly-what = State, changes, outputs and next steps of a place or of the whole list in a month or quarter; Word in the official layout, with a workbook.
report-evaluation = Evaluation of the pilots
report-evaluation-what = Indicators of each place from events alone, by public formulas; anybody can compute them again from the data.
report-who = Right needed
report-choose-place = Place
report-choose-period = Month or quarter
report-period-hint = For example 2026-10 or 2026Q3
report-show = Make the report
report-download-docx = Download Word
report-download-xlsx = Download workbook
report-download-json = Download data
report-rows-note = Open a number to see the rows that it counts.

## The evaluation sheet
evaluation-title = Evaluation of the pilots
evaluation-intro = Indicators come from public events alone; milestones met on time are shown to participants only and are not in the score.
evaluation-weights = The weights are illustrative: the ministry has published none. They only show how the sum works.
evaluation-again = Formulas and the public figures of every place are here:
evaluation-download = download the data (JSON)
evaluation-again-end = , and anybody computes the sheet again; the workbook holds every row that is counted and live formulas. Rows that are not public are shown to participants alone and are in no score.
evaluation-reported-means = “Publicly reported on” means at least one public stage, note, obstacle, piece of evidence or closing. A role or topics that were chosen, or a milestone reached, make the state “in progress” and are no report; nor do records for participants alone count. So the page of a place may show more in progress than this column.
evaluation-live = The cells are formulas: the score comes from “Working”, and “Working” from “Rows counted”. The sum is rounded once by GB/T 8170.
evaluation-working = Working
evaluation-basis = Rows counted
evaluation-numerator = Numerator
evaluation-denominator = Denominator
evaluation-value = Value
evaluation-full = Full points at
evaluation-none = No points at
evaluation-part = Part earned
evaluation-code = Code of place
evaluation-from = Issued, or due
evaluation-until = First public report, or reached
evaluation-days-column = Days
evaluation-delivered = Delivered
evaluation-reported = Publicly reported on
evaluation-held = Held by a desk
evaluation-taken-up = Taken up
evaluation-on-time = On time
evaluation-points = Points
evaluation-points-none = shown, not in the score
evaluation-points-share = share × { $weight } points
evaluation-points-count = number ÷ { $full } (at most 1) × { $weight } points
evaluation-points-days = { $weight } points at { $full } days or fewer, 0 at { $none } days or more, in a straight line between
evaluation-score = Illustrative score
evaluation-formula = Formula
evaluation-weight = Weight (illustrative)
evaluation-indicator = Indicator
evaluation-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
evaluation-no-value = no data
evaluation-explanation = Explanation by the place
evaluation-explain = Attach an explanation
evaluation-explain-hint = It is published beside the figures and changes none of them. At most 2,000 characters.
evaluation-explain-send = Publish the explanation
evaluation-explained-at = Published { $instant }
evaluation-caption = Indicators of each pilot place

## Refusals
refusal-report-future = The period { $period } has not begun.
refusal-report-future-next = Choose this month or an earlier period.
refusal-report-explanation = The explanation was not published.
refusal-report-explanation-next = Write 1 to 2,000 characters.
fault-period-future = The period has not begun
fault-period = Write 2026-10 or 2026Q3
evaluation-not-shown = not shown to you
