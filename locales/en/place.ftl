# Places: the picture of all, and the page of one.

place-picture = { $pilots } places hold tasks of the first list; { $others } more pilots are outside it
place-picture-note = The figures are tasks with a public output / all that are held; a heavy outline marks pilots of the first list; * marks a province with a pilot added in 2025, which is not a place of this list.
place-picture-rule = What counts: a public output is a standard that was published or publicly reported and is recorded with its source (the page of outputs). Where a place takes part by a seat, comments or data, the obligation is delivered, but that is no public output.
place-picture-signed-in = You are signed in: colours and states include reports that only participants see, so the public may see fewer. The number of public outputs is the same for everybody.
place-picture-source = Source: this ledger, as of { $day }.
place-all-note = “All pilots” means the { $pilots } places of the first list.
place-tile-pilot = { $name }: public output in { $done } of { $count }
place-tile-later = { $name } became a pilot in 2025 and is not a place of this list
place-level-0 = Nothing reported
place-level-1 = Begun
place-level-2 = Under way
place-level-3 = Most delivered
place-level-4 = All delivered
place-table = Obligations and outputs by place
place-table-note = Unreported means only that nobody has reported anything: neither not begun nor late.
place-not-of-list = not in this list
place-place = Place
place-level = Level
place-level-city = City
place-level-province = Province
place-prefix = Prefix
place-pilot = Named since
place-pilot-since = named as a pilot on { $day }
place-held = Obligations
place-with-output = Public output
place-table-outputs = The column of outputs counts public outputs of the place, those outside the list too.
place-tasks =
    { $count ->
        [one] { $count } task
       *[other] { $count } tasks
    }
place-nobody = Unassigned
place-no-date = No date set
place-open-desk = Open my desk
place-nothing-to-do = Nothing to do for the public
place-contact = Contact
place-no-contact = Not published
place-no-contact-long = The place has not published a contact.
place-ahead = What opens in the next 90 days
place-ahead-until = Until { $day }
place-ahead-none = Nothing is announced.
place-outputs = Outputs counted to this place
place-outputs-note = Those outside the list included
place-commitments = Commitments under the measures
place-commitments-note = { $count } in all, { $up } taken up. Support, encourage and explore are taken up or not; they are never late.
place-sentence = Sentence
place-strength = Strength of the wording
place-caption = Tasks that the place holds
place-number = No.
place-task = Task
place-claim = Claim
place-part = Role
place-stage = Progress
place-state = State
place-due = Next due
place-holder = With
place-tier = Kind
place-no-tasks = The place holds no task of the first list.
place-compare-off = Stop comparing
place-changed = Compared with today, { $changed } rows differ and { $new } were added.
place-today = Today:
place-today-gone = No longer in the list today
place-print-head = { $name } · Progress on the first list · List version { $version } · Data as of { $day }
place-sign-prepared = Prepared by:
place-sign-checked = Checked by:
place-sign-issued = Issued by:

# Refusals
refusal-place-facts = The details of the place are not right; correct the marked fields.
refusal-place-taken = The place { $place } is known already.
refusal-place-pilot-already = The place { $place } is a pilot already.
fault-place-code = Six, nine or twelve digits
fault-place-prefix = DB and the first two digits of the code (province) or the first four (city)
place-skip-picture = Skip the tiles of the places
place-nothing-for-you = Nothing for you to do
place-ahead-more = { $count } more
place-contact-of-body = How to reach it is not given yet; please ask the body itself.
place-in-list-since = in this list since { $day }
place-pilot-note = “Named since” is the date of the document that names the place: of the list, or of a later list of pilots. Some were pilots long before.
