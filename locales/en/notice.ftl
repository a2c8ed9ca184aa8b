# Following, notices, letters.

notice-title = Notices
notice-none = No notices. Choose “Follow” on a task, place or obligation, and later changes show here.
notice-follows = What I follow
notice-follows-none = You follow nothing yet.
notice-unread = { $count } not read
notice-read-all = Mark all as read
notice-read = Read
notice-new = New
notice-stop = Stop following
notice-start = Follow
notice-strength = Told of
notice-all = Every change
notice-significant = Significant changes
notice-task = Task
notice-task-hint = Its number in the list, for example 10
notice-either = Choose a place, write a task, or both.
notice-place = Place
notice-any-place = Any place
notice-what = Change
notice-when = Recorded
notice-where = Object
notice-of-object = Object { $id }
notice-of-place = Place { $id }
notice-of-task = Task { $id }
notice-of-measure = Measure { $id }
notice-of-kind = Every { $id }
notice-mail-hint = Accounts with an e-mail address get one summary an hour at most; of what is not public it gives a count only.
notice-following = Following: { $strength }
notice-letters = Summaries by mail
notice-letters-none = No mail server is set here: no summaries are sent.
notice-letters-stop = Stop summaries by mail
notice-letters-stopped = Summaries by mail have stopped; notices on the page go on.
notice-letters-again = Let summaries come again
notice-no-letters = No more such letters: { $address }

## Letters
notice-subject = Biaochi: { $count ->
    [one] { $count } change in what you follow
   *[other] { $count } changes in what you follow
}
notice-restricted = { $count ->
    [one] { $count } more change is for participants; sign in to see it.
   *[other] { $count } more changes are for participants; sign in to see them.
}
notice-more = { $count ->
    [one] { $count } more stands on the page.
   *[other] { $count } more stand on the page.
}
notice-why = You get this letter because you follow these on Biaochi. Stop following: { $address }
notice-who = It is sent to nobody but you.

## The link to set a password
letter-invitation-subject = Biaochi: set the password of your account
letter-invitation =
    { $name },
    you are invited to Biaochi, the living ledger of the list. Set your password here, before { $until }:
      { $address }
    If this is not meant for you, no account is opened while nobody uses the link.
letter-reset-subject = Biaochi: set another password
letter-reset =
    { $name },
    another password was asked for your account of Biaochi. Set it here, before { $until }:
      { $address }
    If it was not you who asked, do nothing: your password stays as it is.

letter-factor-removed-subject = Biaochi: your second factor was taken away
letter-factor-removed =
    The second factor of your account of Biaochi was taken away and all your sessions were ended. Who did it and why stands on your account page; set another second factor there:
      { $address }
    If you did not ask for this, tell the security administrator of your body at once.

## Refusals
refusal-notice-target = Nothing was followed.
fault-notice-task = The list has no such task. Write its number, for example 10
fault-notice-either = Choose a place, or write the number of a task
refusal-notice-target-next = Choose a task, a place or an obligation.
refusal-notice-too-many = At most { $most } things can be followed.
refusal-notice-too-many-next = Stop following some first.
