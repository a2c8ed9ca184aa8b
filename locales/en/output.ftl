# Outputs.

output-note = What was reported or recorded, outside the list too. A number that was not published is said to be pending.
output-none = No output is recorded; it will stand here once one is.
output-caption = Outputs and their sources
output-title = Output
output-designation = Number
output-number-unknown = number pending
output-list = List
output-inside = Inside the list
output-outside = Outside the list
output-real-or-demo = Illustrative or not
output-real = Real
output-task = Task { $number }
output-day = Published
output-day-unknown = date pending
output-reported = reported { $day }
output-source = Source
output-history = History of “{ $title }”
output-complete = Complete number or day
output-withdrawn = This output was withdrawn
output-withdrawn-on = Withdrawn on { $at }; it no longer counts.
output-withdrawn-why = Why:
output-counted-to = { $made } (counted to { $place })
output-counted-elsewhere = Outputs of { $made } that are counted to a pilot within it:
