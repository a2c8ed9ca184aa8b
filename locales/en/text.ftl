# Texts: versions, reading, comparing, putting up; refusals text/….

text-title = Text
text-note = Versions of the standard's text
text-of = Text of { $title }
text-none = There is no text yet. Drafts that are put up stand here, version by version.
text-version = Version { $version }
text-column-version = Version
text-column-put = Put up
text-findings = Findings
text-compare = Compared with the one before
text-since = What changed since version { $version }
text-published-on = published { $day }
text-put = Put up a version
text-contents = Contents
text-beside = Version, downloads and findings
text-new-in-it = What is new
text-downloads = Downloads
text-format-source = Source
text-original = The file as it was sent (not public):
text-compare-with = Compare with
text-newer = There is a newer version, { $version }

text-clean = Nothing found
text-clean-means = Checked against GB/T 1.1—2020, rule by rule; nothing was found. Whether the content is right, people judge.
text-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
text-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
text-infos = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
text-weight-error = Errors
text-weight-error-means = The text breaks a drafting rule, or cannot be read. Mend it before it goes to review.
text-weight-warning = Warnings
text-weight-warning-means = Perhaps wrong: somebody should look and decide.
text-weight-info = Notes
text-weight-info-means = Good to know; nothing need be changed.
text-line = Line { $line }
text-clause = { $clause }
text-findings-more = { $count } more are not listed; download the source, and biaochi check lists them all.

text-publish-head = Publish
text-publish-hint = Everybody will be able to read and download this version. A Word file that was sent may hold names and comments; it is not published with it.
text-publish-errors = { $count ->
    [one] This version still has { $count } error.
   *[other] This version still has { $count } errors.
}
text-publish = Publish this version

text-difference = Version { $from } compared with version { $to }
text-difference-hint = The older version is at the left, the newer at the right. Words struck out are gone, underlined words are new; clauses that are the same are folded away.
text-difference-turned = The other way round

text-put-lead = Send a draft and see its findings first; nothing is kept as a version until you confirm.
text-field-file = File
text-field-file-hint = Word (.docx) or a source (.md), { $size } at most. Save old .doc and .wps files as .docx first.
text-field-source = Or paste the source
text-field-source-hint = Not needed where a file is chosen.
text-field-audience-hint = Publishing is a step of its own, after the version is put up.
text-look = See the findings
text-preview = Findings
text-not-recorded = Not kept yet.
text-will-see = Once you confirm, it can be seen by: { $who }.
text-confirm = Keep as a new version
text-another = Choose another file
text-word-read = Read from Word
text-word-blocks = { $blocks } paragraphs and tables were read; { $doubtful } of them are doubtful: compare them with the file.
text-word-warnings = { $count ->
    [one] { $count } thing was not kept as it was
   *[other] { $count } things were not kept as they were
}

refusal-text-unreadable = This file cannot be read; nothing was kept.
refusal-text-unreadable-next = Open it in Word or WPS, save it as .docx, and send it again.
refusal-text-kind = Only Word files (.docx) and sources in UTF-8 (.md) are taken.
refusal-text-kind-next = Save it as .docx and send it again.
refusal-text-too-long = The source is longer than { $limit } MB.
refusal-text-too-long-next = Put large tables and data into files of their own.
refusal-text-not-utf8 = The source is not in UTF-8.
refusal-text-not-utf8-next = Save it as UTF-8 in an editor and send it again.
refusal-text-empty = The text is empty.
refusal-text-empty-next = Choose a file, or paste the source.
refusal-text-no-file = No text arrived.
refusal-text-no-file-next = Choose a file, or paste the source. A file that is not confirmed within a day is removed: send it again.
refusal-text-ended = This obligation has ended and takes no more texts.
refusal-text-another-version = Since you opened the form, somebody put up version { $latest }; your text was not kept.
refusal-text-another-version-next = Look at version { $latest } first, then put yours up.
refusal-text-nothing-new = It is version { $latest } to the letter; there is no new version.
refusal-text-nothing-new-next = Check whether it is the right file.
refusal-text-public-at-once = A new version cannot be public at once.
refusal-text-public-at-once-next = Put it up first, then publish it.
refusal-text-published = Version { $version } is public already.
refusal-text-slow = Compiling this text took longer than { $seconds } seconds.
refusal-text-slow-next = Try again in a while; if that does not help, divide the text.
refusal-text-no-faces = This server lacks the fonts { $families } and cannot make a PDF.
refusal-text-no-faces-next = Take Word or HTML instead, and ask the administrator to install the fonts (biaochi doctor says how).
refusal-text-format = There is no such format.
refusal-text-format-next = Accept can be: { $known }.
fault-text-kind = Only .docx and .md are taken.
fault-text-source-long = The source is too long.
fault-text-not-utf8 = It is not in UTF-8.
fault-text-no-file = Choose a file, or paste the source.
fault-text-nothing-new = It is the same as the newest version.
fault-text-public-at-once = Publishing is a step of its own.
