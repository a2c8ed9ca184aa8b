# Why a change of the list, an import or a workbook is not taken, and what to do next.

refusal-list-approval-missing = It cannot take effect yet: { $mofcom ->
    [missing] { $samr ->
        [missing] the approval numbers of the Ministry of Commerce and of the State Administration for Market Regulation are missing; each gives its own
       *[entered] the approval number of the Ministry of Commerce is missing; the Ministry gives it
    }
   *[entered] the approval number of the State Administration for Market Regulation is missing; the Administration gives it
}. MOFCOM document [2024] No. 314, part 6 (safeguards), unofficial translation: “Support the ministries and places concerned in updating the tasks of standardization and the related lists dynamically through the working mechanism of the pilots, to be deployed and carried out after due procedure.” Whoever keeps the list enters the numbers once they are given.
refusal-list-opinions-not-asked = { $count } affected places have not been asked for their opinion. Whoever keeps the list (the Ministry of Commerce) asks their commerce departments, under “Ask for opinions” on this page.
refusal-list-opinions-running = Opinions are open until the end of { $until }, and { $open } bodies have not answered. The bodies asked answer; whoever keeps the list ends it once all have, and after that day it ends by itself.
refusal-list-opinions-over = The time for opinions ended on { $until }. If need be, whoever keeps the list asks again.
refusal-list-not-asked = This body was not asked about the proposal. To answer, let whoever keeps the list ask it first.
refusal-list-approved-text-frozen = { $approver ->
    [mofcom] The Ministry of Commerce
   *[samr] The State Administration for Market Regulation
} approved this text by { $number }; it cannot change any more. The proposing body or whoever keeps the list withdraws it, and another is opened.
refusal-list-already-published = This proposal is public already; nothing needs to be done.
refusal-list-proposal-in-effect = This proposal is in effect as version { $version } of the list. Open another to change it.
refusal-list-proposal-withdrawn = This proposal was withdrawn. Open another.
refusal-list-base-moved = This rests on version { $base } of the list; the current version is { $current }. The proposing body checks it against the current version under “Edit proposal” and saves it; then it goes on.
refusal-list-changes-unfit = { $count } of the changes cannot stand. The proposing body mends each of them under “Edit proposal”.
refusal-list-text-unfit = The text does not fit. Mend it and send it again.
refusal-list-nobody-asked = Nobody is named who is to be asked.
refusal-list-organization-unknown = The platform knows no body “{ $organization }”. A system administrator enters it first.
refusal-list-until-past = The last day { $until } is not after today. Choose a later day.
refusal-list-approval-unfit = Number or date of the approval does not fit. Check the document.
refusal-list-effect-too-early = The day { $on } is before { $earliest }, the first on which it may take effect: no earlier than the approvals and the current version.
refusal-list-no-addressee = { $count } places have no commerce department on the platform to which their obligations could fall. A system administrator enters them first.
refusal-list-no-place-above = There is no place above this one.
refusal-list-place-not-named = The list does not name this place for the task.
refusal-list-nothing-near = No task is nearly the same as number { $number }.
refusal-list-not-the-proposer = Only the proposing body and the keepers of the list may change or withdraw it. Ask the proposing body, or open a proposal of your own.
refusal-list-other-list = This proposal is not of the list “{ $list }”.
refusal-list-doubts-open = { $count } doubts about the text are open, and nothing was entered. Settle each: lines { $lines }.
refusal-list-decision-unfit = The decision on line { $line } does not fit: there is no doubt on it, or no such task.
refusal-list-already-entered = The list “{ $list }” is there already. Change it by a proposal.
refusal-list-task-ended = The task was merged or closed; nothing more is assigned to it.
refusal-list-link-absent = The task is not linked to measure { $measure }.
refusal-list-measure-unknown = There is no measure { $measure }.
refusal-list-link-stands = The task is linked to measure { $measure } already.
refusal-list-workbook-unreadable = The workbook cannot be read: { $reason }
refusal-list-workbook-empty = The workbook says what the platform says; there is nothing to propose.

fault-no-changes = There is no change.
fault-too-many-changes = At most 500 changes at once; there are { $what }.
fault-changes-nothing = Change { $index }: it is what the list says already.
fault-title-empty = Change { $index }: there is no title.
fault-title-too-long = Change { $index }: the title has { $what } characters; 200 are allowed, 600 in English.
fault-title-odd = Change { $index }: the title holds characters that cannot be shown.
fault-no-places = Change { $index }: no place is named.
fault-place-unknown = Change { $index }: the platform knows no place { $what }.
fault-place-already-in = Change { $index }: { $what } is among the pilots already.
fault-merge-with-itself = Change { $index }: a task cannot be merged with itself.
fault-task-unknown = Change { $index }: there is no task { $what }.
fault-task-ended = Change { $index }: task { $what } was merged or closed.
fault-reason-empty = Say why.
fault-words-too-long = Change { $index }: too long; at most { $what } characters.
fault-nobody-asked = Choose at least one body.
fault-until-past = Choose a day after today.
fault-approval-number = Give the number on the document, at most 80 characters.
fault-date-future = The date cannot be after today.
fault-effect-too-early = Choose a day no earlier than the approvals.
fault-opinions-not-asked = Besides, { $count } affected places have not been asked.
fault-opinions-running = Besides, opinions are open until the end of { $until }, and { $open } bodies have not answered.
refusal-list-no-tasks = No list of tasks was read in the text.
refusal-list-number-twice = Number { $number } stands twice; settle it.
refusal-list-id-unfit = The id of a list has letters, digits and hyphens alone.
refusal-list-place-unknown = The platform knows no place { $place }.
fault-doubt = Line { $line }: { $doubt ->
    [number_missing] the number is missing
    [number_repeated] the number stands twice
    [number_out_of_order] the number is out of order
    [gap_in_numbers] numbers are missing
    [places_unread] no places were read
    [unknown_place] a place is not known
    [bracket_unbalanced] a bracket has no partner
    [title_suspicious] the title may be damaged
    [tier_unread] the kind of standard was not read
    [heading_uncertain] the heading is uncertain
    [measure_out_of_order] the number of the measure is out of order
    [bare_number_inside] a number stands alone in the text
    [no_tasks] no list of tasks was read
   *[other] to be checked
}
refusal-list-text-not-utf8 = The file is not text in UTF-8.
fault-not-utf8 = Save it as UTF-8 and upload it again.
