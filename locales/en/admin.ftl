# Administration: bodies, people, rights, proof-reading, the system, the audit log, what is unassigned.

admin-lead = What your rights let you do.
admin-places = Places
admin-places-text = Enter places and parks, change a name or a prefix from a date, record that a place joined the pilots
admin-place-new = Enter a place
admin-place-code = Code of the place
admin-place-code-hint = Six digits after GB/T 2260; nine or twelve for parks and whatever lies below a county. It never changes.
admin-place-level = Level of its local standards
admin-place-prefix = Prefix of its local standards
admin-place-prefix-hint = Such as DB32 or DB3201; empty where it issues none.
admin-place-parent = Code of the place above
admin-place-chain = Authorities
admin-place-chain-hint = From the place upwards, one a line.
admin-place-pilot = Pilot
admin-place-pilot-since = Pilot since
admin-place-pilot-text = A pilot since { $since }, according to
admin-place-pilot-source = Document
admin-place-pilot-hint = Its number. Joining the pilots changes no list: a list is widened by a proposal.
admin-place-pilot-go = Record that it joined
admin-place-public-page = Public page
admin-organizations = Organizations and desks
admin-organizations-text = Enter bodies, rename them from a date, open and close desks
admin-people = People and roles
admin-people-text = Invitations, roles, substitutes, leaving; many at once by workbook
admin-rights = Table of rights
admin-rights-text = Who may do what to which
admin-reading = Proof-reading of the list
admin-reading-text = Each task's published line beside what was read, doubts marked
admin-system = System
admin-system-text = Ledger, queue, outbox, file store
admin-audit = Audit log
admin-audit-text = Every entry and who made it
admin-unassigned = What is unassigned
admin-unassigned-text = Tasks without a guiding ministry, obligations without desk or date
unassigned-fill-in = Download the assignment workbook
unassigned-workbook = Download what lacks a desk or a day

org-id = Id
org-id-hint = Lower case letters, digits and hyphens; it never changes.
org-name = Name (Chinese)
org-name-en = Name (English)
org-short = Short name
org-kind = Kind
org-place = Place code
org-parent = Id of the body above
org-ownership = Class of ownership (statistics only)
org-new = Enter an organization
org-new-go = Enter
org-change = Rename or change
org-effective = From which day
org-change-go = Record the change
org-history = Names over time
org-desks = Desks
org-desks-none = There are no desks.
org-desk-open = Open a desk
org-desk-id = Desk id
org-desk-name = Name of the desk (Chinese)
org-desk-contact = Public contact
org-desk-close = Close
org-desk-close-sure = Yes, close it
org-desk-successor = Id of the desk that goes on
org-open-until = from { $from }
org-since = { $from } to { $to }
org-end = End the organization
org-successor = Id of the body that goes on
org-end-go = End
org-end-reason = Why it ends
org-end-sure = Yes, end it from this day; its people lose their roles in it
org-members = People with a role

people-list-lead = Names and addresses are kept encrypted; only those who manage people and colleagues see them.
people-new = Invite a person
people-new-go = Invite
people-name = Name
people-login = Login
people-email = E-mail
people-role = Role
people-organization = Organization
people-desk = Desk id
people-places = Place codes
people-places-hint = Separate several by commas; officers of places need them.
people-from = From
people-until = Until
people-memberships = Roles
people-entered = Entered
people-left = Left on { $date }
people-grant = Give a role
people-grant-go = Give
people-end = End this role
people-substitute = Name a substitute
people-substitute-who = Substitute
people-substitute-go = Name
people-letter = New link to set the password
people-leave = The person leaves
people-leave-hint = Sessions and keys end at once; what they held goes back to the desk.
people-leave-sure = Yes, this person leaves
people-factor = Take the second factor away
people-factor-hint = Where telephone and recovery codes are lost. All sessions end, and the person is told by letter and on the own account; make sure first that it is this person who asks.
people-factor-reason = Reason
people-factor-sure = I have made sure that it is this person who asks
people-factor-go = Take it away
people-invited = Invited
people-link-once = The link is shown this once; hand it to the person. It opens until { $until }.
people-link-mailed = { $count ->
    [one] A letter with a link of its own goes to the person’s address.
   *[other] Letters with links of their own go to { $count } addresses.
}
people-link-repeated = This invitation had been made before; its link is not shown again.
people-upload = Many at once
people-upload-lead = Download the table, fill it in, upload it. With one fault nothing is entered, and the workbook comes back marked.
people-upload-template = Download the table
people-upload-go = Upload and enter
people-upload-unreadable = The workbook cannot be read: { $reason }
people-upload-lacking = The workbook lacks these columns: { $columns }
people-upload-done = { $count } people invited

rights-lead = What is not listed is refused. Ownership of an enterprise plays no part in any right.
rights-action = Action
rights-scope-any = all
rights-scope-place = own places
rights-scope-organization = own body
rights-scope-guided = tasks that the own body guides
rights-scope-own = own

reading-lead = The published line at the left, what was read at the right. Doubts are settled by a person before anything is entered.
reading-text = Published text
reading-text-hint = Paste the whole text; left empty, the shipped text of the first list is read.
reading-go = Read
reading-found = { $tasks } tasks and { $measures } measures read; { $doubts } doubts, { $leftovers } leftovers
reading-printed = As published
reading-read = As read
reading-lines = Lines { $first } to { $last }
reading-statements = Sentences that ask nobody for anything
reading-leftovers = Lines that belong to nothing else
reading-leftover-page-number = page number
reading-leftover-unread = not understood
reading-doubts = Doubts about the whole text
reading-no-doubts = No doubts.
reading-file = Or upload a text file
reading-file-hint = A .txt in UTF-8.
reading-settled = Checked against the original
reading-propose = Make it a change of a list in force
reading-propose-note = Rows are compared with the version in force by their numbers; the differences become one proposal. The list stays as it is until that is approved.
reading-list = Which list
reading-enter = Enter it as a list of its own
reading-enter-note =
    { $tasks ->
        [one] { $tasks } task becomes version 1.
       *[other] { $tasks } tasks become version 1.
    } The { $measures } measures of the text are counted and not entered.
reading-id = Id of the list
reading-id-hint = Letters, digits and hyphens, such as second.
reading-title = Title of the list (Chinese)
reading-document = Number of the document
reading-issued = Issued on
reading-issued-by = Issued by
reading-pilots = The places that “all pilots” stands for
reading-enter-go = Enter the list
reading-open = Read in a published text

system-head = Head of the ledger
system-position = Position
system-hash = Hash
system-checkpoint = Last signed checkpoint
system-checkpoint-none = No checkpoint yet
system-verify = Verify the ledger
system-verify-hint = Reads the whole log and checks hashes, order and signatures.
system-verified = Verified: { $events } events
system-verify-failed = { $count } problems found
system-database = Database
system-files = File store
system-files-open = Available
system-files-none = Not configured
system-mail = Mail
system-mail-none = No server is set: no letter leaves, and no summary is written
system-mail-waiting = Letters waiting
system-jobs = Jobs that failed
system-jobs-none = No job failed.
system-job-kind = Kind
system-job-failure = Why it failed
system-job-revive = Queue again
system-outbox = Messages that may or may not have arrived
system-outbox-none = No message is uncertain.
system-outbox-failed = Messages that failed
system-message-channel = Channel
system-message-created = Written
system-message-arrived = It arrived
system-message-again = Send again
system-message-given-up = Give up

audit-lead = Entries never change; a correction is an entry too.
audit-event = Event
audit-kind = Kind
audit-object = Object
audit-who = By
audit-when = When
audit-effective = Effective
audit-cause = Cause
audit-system = The platform
audit-earlier = Earlier
audit-later = Later
audit-none = No entries.

unassigned-lead = This list shrinks as things are assigned.
unassigned-tasks = Tasks without a guiding ministry
unassigned-tasks-none = Every task has a guiding ministry.
unassigned-obligations = Obligations without desk or date
unassigned-obligations-none = Every obligation has a desk and a date.
unassigned-no-desk = no desk
unassigned-no-date = no date
unassigned-by-place = By place
unassigned-shown = { $shown } of { $total } shown
assign-title = Assign
assign-guiding = Guiding ministry
assign-source = Source
assign-source-hint = Title and number of the document, or who said so and when.
assign-guiding-go = Assign the ministry
assign-limit = Time limit
assign-limit-due = Last day
assign-set-by = Set by
assign-limit-go = Set the time limit
assign-limit-clear-reason = Why it is taken away
assign-limit-clear-go = Take the time limit away
assign-milestone = Common milestone
assign-milestone-name = Milestone (Chinese)
assign-milestone-go = Set the milestone
assign-links = Measures
assign-link-confirm = Confirm
assign-link-remove = Reject
assign-link-new = Propose a measure
assign-link-go = Propose
assign-link-state = { $state ->
    [confirmed] confirmed
    [shipped] came with the platform, not confirmed yet
   *[proposed] proposed, not confirmed yet
 }
people-erase = Erase personal data
people-erase-hint = Name, login, address, password, sessions and keys go with the key that seals them and cannot come back; an older backup that is restored forgets them again. The log keeps a number by which nobody knows the person.
people-erase-ground = Ground
people-erase-sure = I know that this cannot be undone
people-erase-go = Erase personal data
people-ground-purpose-over = The purpose is reached, or no longer needs it
people-ground-term-over = The service or the time for keeping it has ended
people-ground-consent-withdrawn = The person withdraws consent, or asks for it
people-ground-unlawful = It was kept against the law or what was agreed
people-ground-other-law = Another law or regulation asks for it

## The first security administrator
security-title = The first security administrator
security-text = Invite somebody to manage people and roles; the system administrator may not be the same person
security-lead = A system administrator may invite one security administrator. From then on people and roles are theirs to manage.
security-there = There is a security administrator already.
unassigned-silent = Places that have reported nothing
unassigned-silent-none = Every place has reported something.
unassigned-tick = Tick tasks, choose the ministry and say on what grounds: they are named at once.
assign-other = Time limit and more
assign-done =
    { $count ->
        [one] The guiding ministry of { $count } task is named
       *[other] The guiding ministry of { $count } tasks is named
    }
assign-past-anyway = I know that this day has passed: record it all the same
assign-back = Back to what is unassigned
fault-date-past = This day has passed. Tick that it is meant so, and send it again.
