# The frame of every page, beyond the words that other rooms share.

frame-tools = Tools
frame-as-of-show = Show
frame-notices = Notices
frame-notices-title = { $count ->
    [one] 1 unread notice
   *[other] { $count } unread notices
 }
frame-notices-none = No unread notices
frame-notices-unread = unread
frame-compare-today = Compare with today
frame-known-at = (as known at { $instant })
frame-words = Words
frame-api = API
frame-feeds = Feeds
frame-build = Version { $build }

## Screens
screen-measures = Measures by place
screen-places = Places
screen-outputs = Outputs
screen-reading = Proof-reading

## Keyboard
key-search = search
key-down = next row
key-up = previous row
key-open = open the row
key-select = select the row
key-help = show this help
key-off = Turn single keys off

## Filters and tables
filter-any = Any
filter-more = More filters
filter-remove = Remove { $name }: { $value }
table-pages = Pages
table-first = First page

## Home
home-what = A living record of the tasks and measures of MOFCOM document [2024] No. 314: what each place has undertaken and what came of it, as of any day, open to proof.

## The words page
words-intro = Words that pages and the API use. Codes never change; names may be revised.
words-word = Word
words-other-language = Chinese
words-id = Code
words-meaning = Meaning
words-term = Basic terms
words-tier = Tiers of standards
words-claim = Ways of taking on a task
words-part = Roles
words-state = States
words-stage = Stages
words-substage = Substages
words-evidence = Evidence
words-strength = Strength of the wording
words-block = Reasons for being blocked
words-audience = Who may see it
words-organization-kind = Kinds of bodies

## The API page
api-intro = Whatever the pages show can be had through the API. Its description for machines:
api-lists = A list gives limit rows at once (1–200, 50 without); send next as cursor to get the following page.
api-time = as_of=DATE asks for the state at the end of that day; known_at=INSTANT for what was known then.
api-writes = Writes take Idempotency-Key, so that a call sent twice is done once, and If-Match, so that nobody's change is overwritten.
api-errors = A refusal is application/problem+json: rule names the rule, errors lists every fault.
api-keys = Send a personal key as Authorization: Bearer; it opens what it is bound to and nothing else.
api-example = One call to try
api-example-what = Task 20 as Nanjing holds it; anybody may read it:
api-example-past = As it stood on 30 June 2025:
api-example-fields = In the answer, state says where it stands, holder at which desk, next what is due, delivered what came out; firm is true for a definite obligation.
api-calls = Calls
api-call = Address
api-method = Method
api-who = Who may call
api-summary = What it does
api-public = anybody
api-signed-in = whoever is signed in

## Privacy
about-intro = Biaochi is the ledger of the List of tasks on making and revising standards for the pilots of wider opening of the service sector (first batch): what each place undertook, what came out, who uses it, and whether it works. English names of documents are unofficial.
about-source = Where the text comes from
about-source-text = The 104 tasks, 17 measures and arrangements are those of the published text of MOFCOM document [2024] No. 314, by the Ministry of Commerce and the State Administration for Market Regulation: the Opinions on measures to support standardization in the pilots of wider opening of the service sector and to advance institutional opening, with the list named above. Beside each task stands its original line.
about-official = Is it official
about-official-text = These pages are no publication of either ministry. The document as issued prevails, and a standard as its issuing body published it.
about-progress = Where progress comes from
about-progress-text = Places and bodies record it themselves, each entry with who, when and on what source. What nobody has reported is called “no report”, never “not begun”. What is late, and internal notes, are shown only to those entitled.
about-proof = How to check
about-proof-text = No entry is deleted or overwritten; a wrong one is corrected by another. The state of any day can be seen. The entries are chained and signed at intervals; the signatures are public under “checkpoints” of the API.
about-demo = This site is a demonstration
about-demo-text = Real are the 104 tasks, the sentences of the measures, and four publicly reported outputs with their sources. All else is illustrative: sample accounts, recorded progress, milestones, assigned ministries and contacts carry the mark “Demo” and say nothing about any place’s work. So does whatever you record here.
privacy-intro = The platform handles only the personal data that its work needs.
privacy-log = No names in the ledger
privacy-log-text = The ledger holds numbers that identify nobody by themselves. Names and addresses are kept apart, encrypted, with a key for each person.
privacy-person = What is kept
privacy-person-text = For an account: login, name, contact, offices held and times of signing in. Comments and attachments are used as was said when they were sent.
privacy-cookies = Cookies
privacy-cookies-text = bc_session keeps you signed in and ends with the browser; display keeps the contrast and text size you chose. There are no others, and no third party counts you.
privacy-visits = Visits
privacy-visits-text = The server notes the time, kind of page and outcome of each request, never what you searched for, to find faults and attacks.
privacy-rights = Your rights
privacy-rights-text = You may see and correct your data, and have them erased. Erasing destroys your key: what was encrypted can no longer be read, and the ledger can still be verified.

## Accessibility
accessibility-intro = The platform aims at WCAG 2.2 AA and GB/T 37668.
accessibility-keyboard = Keyboard
accessibility-keyboard-text = Everything can be done by keyboard alone. Press ? for the keys; single keys can be turned off.
accessibility-script = Without script
accessibility-script-text = Public pages and forms work with scripts turned off.
accessibility-sight = Sight
accessibility-sight-text = States have a shape and a word, never a colour alone. The foot of each page switches contrast and text size; nothing is lost at 400 %.
accessibility-language = Language
accessibility-language-text = Pages are in Chinese and English. Unofficial and machine translations are marked; the Chinese text prevails.
about-operator-filed = The filing number of this site is { $number }; whoever holds it runs the site.
about-operator-none = This installation names neither who runs it nor a filing number.
