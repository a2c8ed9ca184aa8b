# One obligation: its page, the forms of its officers, a line pasted from elsewhere.

## Obligation page
obligation-crumb = Obligation
obligation-set-by = set by { $who }
obligation-waits-for = Could be removed by:
obligation-milestones = Milestones
obligation-no-milestones = No milestone has been set. Without a date nothing is shown as late.
obligation-reached = Reached
obligation-evidence = Evidence
obligation-no-evidence = There is no public evidence yet.
obligation-published-on = published or reported on { $date }
obligation-reported-on = reported { $date }
obligation-source = Source:
obligation-entry = Entry { $position }
obligation-history-all = The whole history ({ $count })
obligation-binds = Strength of the wording
obligation-changed-on = Last fact
obligation-changed-since = What others recorded since you opened the form
obligation-send-again = What you filled in still stands below. Please check it and send it again.
obligation-no-desks = The bodies of this place have no desk yet. The system administrator opens one.

## What officers do
obligation-do-record-stage = Record a stage
obligation-do-record-evidence = Record evidence
obligation-do-complete-evidence = Complete number or day
obligation-do-note = Add a note
obligation-do-reach-milestone = Mark a milestone as reached
obligation-do-set-milestone = Set a milestone
obligation-do-assign-holder = Put it at a desk
obligation-do-hand-over = Hand it over
obligation-do-choose-part = Choose the part
obligation-do-choose-topics = Choose the topics
obligation-do-block = Record an obstacle
obligation-do-unblock = Remove the obstacle
obligation-do-close = Close
obligation-do-reopen = Open again
obligation-do-opt-in = Take it up
obligation-do-opt-out = Give it up

## Fields
obligation-field-on = Holds from
obligation-field-on-hint = Left empty, it is today. An earlier day needs its source.
obligation-field-source = Source
obligation-field-source-or-file = Needed where no file is attached.
obligation-field-files = Files
obligation-field-files-hint = PDF, DOCX, XLSX, PNG, JPEG, ZIP or text; at most { $most }, together at most { $size }. Whoever may see the entry may have its files.
obligation-files-sent = Files sent already, not recorded yet
obligation-field-link = Address
obligation-field-desk = Desk or person
obligation-field-reason = Reason
obligation-field-wrong-because = What was wrong
obligation-field-name = What is to be reached
obligation-field-name-en = The same in English
obligation-field-due = Last day
obligation-field-set-by = Set by
obligation-field-milestone = Milestone
obligation-field-note = Note
obligation-field-designation = Number of the standard or project
obligation-field-title = Title
obligation-field-title-en = Title in English
obligation-field-published = Published on
obligation-field-reported = Reported on
obligation-field-block = What stands in the way
obligation-field-waits-for = Who could remove it
obligation-field-how = How it was removed
obligation-field-closing = What was done

## A pasted line
paste-title = Record a pasted line
paste-line = Paste one line of an announcement or plan
paste-hint = For example: DB3201/T …—2026, its title, the day it was published. Nothing is recorded before you confirm.
paste-read = Read it
paste-doubts = Please check
paste-candidates = Tasks it may belong to
paste-confirm-title = Check and confirm
paste-nothing-yet = Nothing is recorded yet
paste-what = Record as
paste-what-stage = A stage was reached: { $stage }
paste-what-standard = A standard came out
paste-target = Belongs to
paste-target-hint = The likeliest first. What is outside the list belongs to a measure.
paste-choose = Please choose
paste-designation-hint = May be left empty where it is not known yet.
paste-on = Date
paste-source-hint = The pasted line is kept with the entry.
paste-outside = Outside the list: measure { $measure }
paste-confirm = Confirm and record
paste-reason-same-title = same title
paste-reason-contained = one title contains the other
paste-reason-alike = titles { $percent }% alike
paste-reason-holds = the place holds it
paste-reason-holds-not = the place does not hold it
paste-reason-number = its number is named

## Refusals
refusal-web-action = There is no action “{ $action }”. There are: { $known }.
refusal-web-action-input = Some fields cannot be read. Please mend them as said beside each.
fault-choice = Please choose one of those listed
fault-line = The line is empty, or longer than 4,000 characters
obligation-links-note = What the task serves holds for every obligation of it; what this obligation alone serves is proposed here and confirmed by those who keep the list.
obligation-no-links = No measure yet.
obligation-link-own = of this obligation alone
obligation-link-of-subject = { $kind ->
    [task] through its task
   *[other] the measure in which the sentence stands
}
obligation-link-measure = Measure served
obligation-desk-change = Change the desk’s name or contact
obligation-desk-name = Name of the desk
obligation-desk-name-en = Name of the desk in English
obligation-desk-contact-hint = Everybody sees it: give an office telephone, address and hours, no private number.
obligation-desk-go = Save
paste-milestone = Milestone reached
paste-milestone-hint = The milestone is recorded as reached. One whose name fits is chosen already; please check.
paste-milestone-none = No milestone
paste-milestone-earlier = The standard is out, and the milestone is that of a draft: it is chosen because it is the only one of this item that is open. Where it does not fit, choose “No milestone”.
paste-tier-differs = The number is that of another kind of standard ({ $number }) than the task asks for ({ $task }).
paste-tier-anyway = I have checked it: record it all the same
