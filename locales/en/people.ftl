## The workbook of people
people-table-title = People
people-table-page = Page {"{"}page{"}"} of {"{"}pages{"}"}
people-column-login = Login
people-column-name = Name
people-column-email = E-mail
people-column-organization = Organization id
people-column-desk = Desk id
people-column-role = Role
people-column-places = Place codes
people-column-places-help = Separate several codes by commas
people-column-from = From
people-column-until = Until

## How a person is called to those who are no colleagues
people-nobody = Erased person

## Refusals
refusal-people-profile = Name, login or e-mail is not right; correct the marked fields.
refusal-people-login-taken = Somebody has this login; choose another.
refusal-people-left = This person has left.
refusal-people-term = The days are not right; check first and last day.
refusal-people-officer-without-place = An officer of a place needs the places for which the body acts.
refusal-people-membership-held = The person already has this role in this organization ({ $role }).
refusal-people-membership-ended = This membership has ended.
refusal-people-membership = There is no such organization, desk or place: { $value }. Enter it first.
refusal-people-three-administrators = System, security and audit administrator must be different persons: already { $held }, so not { $wanted }. Name somebody else.
refusal-people-own-role = Nobody gives a role to themselves; ask another security administrator.
refusal-people-last-administrator = This is the last { $role }; name a successor first.
refusal-people-bootstrap-used = The first { $role } has been made; security administrators give further roles.
refusal-people-substitute-elsewhere = A substitute must be a colleague in the same organization.
refusal-people-substitute-itself = Nobody is their own substitute.
refusal-people-organization-unknown = There is no organization with the id { $organization }.
refusal-people-organization-taken = The organization id { $organization } is taken.
refusal-people-organization = The organization's details are not right; correct the marked fields.
refusal-people-desk = The desk's details are not right; correct the marked fields.
refusal-people-desk-taken = The desk id { $desk } is taken.
refusal-people-successor-itself = An organization is not its own successor.
refusal-people-successor-unknown = The succeeding desk must be another desk of the same organization.
refusal-people-sign-in = Login or password is wrong. You can ask for a new password on the sign-in page.
refusal-people-second-factor = The code is wrong or was used; wait for the next one and try again.
refusal-people-second-factor-not-offered = Get the QR code first, then enter a code.
refusal-people-wait = Too many attempts; try again in { $seconds } seconds.
refusal-people-session-over = Your session is over; sign in again.
refusal-people-not-by-key = Sign in yourself for this; a key may not do it.
refusal-people-key = Name, scopes or term of the key are not right.
refusal-people-too-many-keys = At most { $most } keys stand at once; end those that are not used.
refusal-people-password = The password is not accepted; see the reasons.
refusal-people-password-old = The old password is wrong.
refusal-people-token-over = This link was used, has expired or is not whole; ask for another.
refusal-people-workbook-rows = The table has { $found } rows; it must have 1 to { $most }.

## Faults of fields
fault-required = Required
fault-too-long = Too long
fault-control-character = Has invisible characters
fault-login = 2 to 64 letters, digits and . _ - @
fault-login-taken = Somebody has it
fault-login-twice = Rows with the same login must agree in name and e-mail
fault-email = No e-mail address
fault-before-start = Before the first day
fault-past = In the past
fault-unknown = There is no such one
fault-taken = Taken
fault-desk-taken = Taken
fault-id = Use lower case letters, digits and hyphens
fault-name = A name of at most 120 characters is needed
fault-itself = Not itself
fault-code = The code is wrong
fault-password-short = At least 12 characters
fault-password-long = At most 256 characters
fault-password-common = Too common
fault-password-repetitive = Repeats too few characters
fault-password-login = The login, or close to it
fault-password-old = Wrong
refusal-place-facts = The place's details are not right; correct the marked fields.
