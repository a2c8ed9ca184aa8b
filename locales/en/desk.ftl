# The desk: its tabs, and what it says when it is empty. Groups and reasons stand in history.ftl.

desk-tab-in-hand = In hand
desk-tab-to-assign = To assign
desk-tab-guided = We guide
desk-tab-done = Done
desk-tab-copied = Copied
desk-note = { $count } in hand
desk-empty = Nothing is in your hands.
desk-first-assign = Put what is to be assigned ({ $count }) at a desk
desk-first-milestone = Set a milestone for each, and say who sets it
desk-first-paste = Paste a line of an announcement above to record progress
desk-nothing-to-assign = Nothing waits to be assigned.
desk-nothing-guided = Nothing is open among the tasks that your ministry guides.
desk-nothing-done = You have not recorded anything yet.
desk-copied-lead = What others hold and your place, body or guided tasks have a part in, for your information.
desk-nothing-copied = Nothing is copied to you.
desk-answered = Answered { $date }

## Several rows at once
desk-workbook = Download the desk
desk-select = Select “{ $title }”
desk-select-all = Select all
desk-selected = { $n } selected
desk-selected-none = Tick rows to do one thing with all of them
desk-batch-assign = Give to the desk
desk-batch-reason = Reason (where it is at a desk)
desk-batch-milestone = Set the milestone
desk-batch-title = What became of each row
desk-batch-done = { $done } done, { $refused } refused; each row is done and answered by itself.
desk-batch-back = Back to the desk

## Changes of the list
desk-awaited = Changes of the list that wait for you
turn-answer = { $bodies } was asked: give its opinion
turn-ask = Proposed: to be published and opinions asked
turn-ask-public = Opinions of the places affected are to be asked
turn-end-opinions = All have answered or the time is over: end the time for opinions
turn-enter-approval = Opinions are in: enter the number of the approval of { $bodies }
turn-put-into-effect = Both approvals are in: choose the day on which it takes effect
turn-reword = The list has a newer version: back to your body, to be worded on that one
desk-note-overdue = { $count } overdue
desk-note-week = { $count } due this week
