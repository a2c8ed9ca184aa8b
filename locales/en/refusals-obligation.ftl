# Refusals of obligations and outputs: one message for each rule, by the rule's id. What is missing, and what to do next.

## Obligations
refusal-obligation-text = Some of what you entered cannot be accepted. See each field.
refusal-obligation-ended = The list no longer asks for this obligation, so nothing more can be done with it.
refusal-obligation-closed = This obligation is closed. Reopen it first to go on.
refusal-obligation-not-closed = This obligation is not closed, so there is nothing to reopen.
refusal-obligation-part-given = The list itself says what is to be done here ({ $part }); there is no choice.
refusal-obligation-part-not-offered = The choice is between taking part and undertaking.
refusal-obligation-topics-unknown = Not among the topics of this task: { $topics }. Its topics are: { $known }. Choose at least one.
refusal-obligation-not-willing = This task does not ask for willing places, so it cannot be taken up. You can propose a change of the list.
refusal-obligation-already-held = The place holds this task already.
refusal-obligation-firm = The list itself gives this obligation, so it cannot be left. You can propose a change of the list.
refusal-obligation-no-such-desk = { $organization } has no desk “{ $desk }”. Choose one of those listed, or ask the system administrator to open it.
refusal-obligation-person-not-at-desk = The person does not sit at desk “{ $desk }” today. Choose another, or give it to the desk alone.
refusal-obligation-already-in-these-hands = It is in these hands already.
refusal-obligation-milestone-unknown = There is no milestone “{ $milestone }”. There are: { $known }.
refusal-obligation-milestone-reached = Milestone “{ $milestone }” was reached on { $day }.
refusal-obligation-due-before-list = The day { $due } lies before the list was issued ({ $issued }).
refusal-obligation-stage-unknown = “{ $stage }” is no stage code. The stages are { $known }, with a sub-stage if you like: 30.20.
refusal-obligation-designation-unreadable = “{ $text }” does not read as the number of a standard. Write it like DB3201/T 1234—2026, or leave it empty while it is unknown.
refusal-obligation-source-missing = Say where it is written: name and date of the document, notice or report, or its address, or attach a file.
refusal-obligation-reported-before-published = It was reported ({ $reported }) before it was published ({ $published }).
refusal-obligation-file-missing = File { $file } has not arrived. Upload it again, then send.
refusal-obligation-too-many-files = One entry takes at most { $most } files. Record several entries, or pack them into one ZIP.
refusal-obligation-date-in-future = The day { $date } lies after today ({ $today }). What has not happened yet can be set as a milestone.
refusal-obligation-before-list = The day { $date } lies before the list was issued ({ $issued }).
refusal-obligation-entered-afterwards = An entry for { $date }, made afterwards, needs a source.
refusal-obligation-not-blocked = Nothing stands in its way.
refusal-obligation-closes-on-evidence = This part ({ $part }) closes on evidence of one of these kinds: { $would }. Recorded so far: { $there }. Record it first.
refusal-obligation-no-such-entry = This obligation has no entry { $position }.
refusal-obligation-evidence-of-output = This came with an output. Complete it on the page of the output; the obligation follows.
refusal-obligation-correction-of-correction = A correction cannot itself be corrected. Record what is right.
refusal-obligation-entry-of-the-list = Entry { $position } comes from the list and changes with the list alone.
refusal-obligation-already-corrected = Entry { $position } has been corrected already.
refusal-obligation-closing-rests-on-it = The closing rests on entry { $position }. Reopen the obligation first, then correct it.
refusal-correction-not-this = Entry { $position } is not corrected in this way: what the list brought changes with the list, obligations and outputs are corrected on their own pages.
refusal-correction-version-rests-on-it = A version of the list rests on entry { $position }; it can no longer be corrected.

## Outputs
refusal-output-text = Some of what you entered cannot be accepted. See each field.
refusal-output-exists = There is an output with the id “{ $output }” already.
refusal-output-no-such-place = There is no place with the code { $place }.
refusal-output-no-such-measure = There is no measure { $measure }.
refusal-output-no-obligation = { $place } does not hold task { $task }. Take it up first, or record this as an output outside the list.
refusal-output-serves-nothing = Choose at least one task; for an output outside the list, at least one measure.
refusal-output-nothing-new = Nothing new: number and date are as recorded.

## Single faults
fault-text-empty = Fill this in
fault-text-too-long = At most { $limit } characters; there are { $length }
fault-text-control = Contains invisible control characters; remove them
fault-link = Give an address that begins with https:// or http://
fault-link-too-long = The address is too long
fault-designation = Does not read as the number of a standard
fault-date-in-future = Not after today
fault-date-before-list = Not before the list was issued
refusal-obligation-link-of-subject = The task (or sentence) serves measure { $measure } already; no link of its own is needed.
refusal-obligation-link-of-subject-next = To change what the task serves, propose that on the page of the task.
fault-outside-has-no-stage = An output outside the list has no stage: choose “A standard came out”.
fault-milestone-of-another = This milestone belongs to another obligation: choose another, or change what the line belongs to.
fault-tier-differs = The number is of the kind “{ $number }”, the task of the kind “{ $task }”: tick that it is meant so.
