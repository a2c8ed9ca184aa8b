# Why something is not done, and what to do next. An id is refusal-FEATURE-RULE, the next step refusal-FEATURE-RULE-next.

error-unseen = Not found
error-broken = Something went wrong here
refusal-request = Request

## By manner, where a rule has no message of its own
refusal-manner-wrong = Something in the input is wrong.
refusal-manner-wrong-next = Correct what is marked and send it again.
refusal-manner-unseen = There is no such thing, or you may not see it.
refusal-manner-unseen-next = Check the address, or sign in and try again.
refusal-manner-forbidden = You do not have the right to do this.
refusal-manner-forbidden-next = Ask the administrator of your body.
refusal-manner-anonymous = Sign in first.
refusal-manner-anonymous-next = Sign in, then do it again.
refusal-manner-stale = Somebody has just changed the same thing; your change was not saved.
refusal-manner-stale-next = Open it again, compare, and send what still holds.
refusal-manner-rule = The rules do not allow this now.
refusal-manner-rule-next = See the rule named here.
refusal-manner-too-many = Too many attempts.
refusal-manner-too-many-next = Try again later.
refusal-manner-too-large = What was sent is too large.
refusal-manner-too-large-next = Make it smaller and send it again.

## Rules that all features share
refusal-any-unseen = There is no such thing, or you may not see it.
refusal-any-unseen-next = Check the address, or sign in and try again.
refusal-any-stale = Somebody has just changed the same thing; your change was not saved.
refusal-any-stale-next = Open it again, compare, and send what still holds.
refusal-any-taken = “{ $value }” is already in use.
refusal-any-taken-next = Choose another.
refusal-any-key-reused = This Idempotency-Key was used for another request with different content.
refusal-any-key-reused-next = Use a new key for each request.
refusal-any-already-reacted = This has already been done.
refusal-any-nothing-to-do = Nothing was changed.
refusal-any-nothing-to-do-next = Change something, then send it.

## Rights
refusal-rights-sign-in = Sign in first.
refusal-rights-sign-in-next = Sign in, then do it again.
refusal-rights-missing = You do not have the right “{ $right }”.
refusal-rights-missing-next = Ask the security administrator of your body.

## What comes in
refusal-web-broken = Something went wrong here; nothing was saved.
refusal-web-broken-next = Try again later; quote the request number to the administrator.
refusal-web-key = The key is not valid, or was revoked.
refusal-web-key-next = Make a new key on your account page.
refusal-web-parameter = The value “{ $value }” of { $parameter } cannot be read.
refusal-web-parameter-next = Correct it in the address or the form.
refusal-web-parameter-unknown = There is no parameter called “{ $parameter }”; nothing was filtered by it.
refusal-web-parameter-unknown-next = Parameters that this call knows: { $known }.
refusal-web-query = The query of the address cannot be read: { $reason }
refusal-web-form = The form cannot be read: { $reason }
refusal-web-not-json = The body must be JSON (Content-Type: application/json).
refusal-web-json = The body cannot be read at line { $line }, column { $column }: { $reason }
refusal-web-body = The body is incomplete or cannot be read.
refusal-web-too-large = What was sent is too large.
refusal-web-too-many = Too many requests in a short time; this one was not carried out.
refusal-web-too-many-next = Try again in { $seconds } seconds.
refusal-web-idempotency-key = An Idempotency-Key is 1–200 printable characters.
refusal-web-cross-site = The request came from another site and was not carried out.
refusal-web-cross-site-next = Send it from a page of this site.
refusal-web-must-change = Change the password you were given first.
refusal-web-must-change-next = Sign in and change it on your account page.
refusal-web-method = This address does not take that method.
refusal-redaction-done = The content of entry { $position } was removed before.
refusal-redaction-not-this = A correction keeps its words: without them it would take nothing back.
refusal-redaction-not-taken-back = Entry { $position } still counts: take it back first, then remove its content.
refusal-redaction-ground = Reason (at most 500 characters) and rule (at most 200) are needed.
refusal-web-starting = The server is starting: { $doing }.
refusal-web-starting-next = Nothing is lost; try again in { $seconds } seconds.
starting-title = The server is starting
starting-connecting = reaching the database
starting-migrating = bringing the tables up to date
starting-rebuilding = making rows again from the log
starting-entering = entering what ships
refusal-web-unconfirmed = This is hard to undo and was not confirmed; nothing was done.
refusal-web-unconfirmed-next = Tick the confirmation and send the form again.
fault-unconfirmed = Tick to confirm
fault-date = Write the date as 2026-11-23.
fault-instant = Write the instant as 2026-11-23T09:00:00+08:00.
fault-limit = limit is a whole number from 1 to 200.
fault-parameter = The value “{ $value }” of { $parameter } cannot be read.

fault-password-again = The two passwords differ

## Entering the shipped list
refusal-list-doubts = The text of the list is in doubt and was not entered: { $doubt }
refusal-list-unread = Line { $line } of the list has no { $what }; nothing was entered.
refusal-list-no-such-obligation = The list has no obligation { $obligation }.

## Rights by name
right-list-import = import a list
right-task-assign = assign guiding ministry and time limits
right-link-propose = propose a link to a measure
right-link-confirm = confirm a link to a measure
right-obligation-choose = choose the way of taking part
right-obligation-assign = name who holds an obligation
right-obligation-plan = set milestones
right-obligation-report = report progress
right-obligation-close = close an obligation
right-entry-correct = correct an entry
right-lateness-read = read who is late
right-participants-read = read what stands among participants
right-desk-read = read internal notes of a desk
right-output-record = record outputs
right-text-put = put up a version of a text
right-text-publish = publish a version of a text
right-survey-keep = open surveys and publish their tables
right-survey-rows = read what units report to a survey
right-survey-report = report to a survey for a unit
right-proposal-open = propose a change of the list
right-proposal-ask = ask for opinions
right-proposal-opine = give an opinion for a body
right-proposal-approve = enter an approval number
right-proposal-effect = put a change into effect
right-desk-change = say what a desk of one’s body is called and how it is reached
right-organization-manage = manage bodies
right-people-manage = manage people
right-role-grant = grant roles
right-own-manage = manage one's own account
right-audit-read = read the audit record
right-report-make = make reports
right-system-run = run the system
