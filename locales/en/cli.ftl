# The command line: help, answers, what doctor finds.


## Headings of the help
cli-heading-usage = Usage
cli-heading-verbs = Verbs
cli-heading-verb = VERB
cli-heading-options = Options
cli-heading-arguments = Arguments

## Verbs, each with an example
cli = Biaochi: the living ledger of the list. Who undertook what and what came of it, as of any date, provable.
cli-example =
    Example:
      biaochi serve --demo
      biaochi list read list.txt --format json
cli-serve = Start the platform; migrates and rebuilds what it must
cli-serve-example =
    Example:
      biaochi serve --listen 127.0.0.1:8080 --demo
cli-list = Read, enter, show, export and compare the list
cli-list-example =
    Example:
      biaochi list show --as-of 2025-06-30
cli-list-read = Read a published text and print what was read; exit status 1 where there are doubts
cli-list-read-example =
    Example:
      biaochi list read list.txt --format json
cli-list-import = Enter the published list; nothing is entered while there are doubts
cli-list-import-example =
    Example:
      biaochi list import list.txt
cli-list-show = Show the list of a version or a day
cli-list-show-example =
    Example:
      biaochi list show --as-of 2025-06-30 --format json
cli-list-export = Export the list as workbook, CSV or JSON (by the file's ending)
cli-list-export-example =
    Example:
      biaochi list export --version 1 -o list.xlsx
cli-list-diff = Compare two versions of the list
cli-list-diff-example =
    Example:
      biaochi list diff 1 2
cli-number = Read designations of standards: canonical form and findings
cli-number-example =
    Example:
      biaochi number 'GB/T1.1-2020' 'DB3201/T 1234—2026'
cli-run = Run an executable standard over its units
cli-run-example =
    Example:
      biaochi run examples/5g-factory.md --data plants.csv --at 2025-03-01 --format json
cli-explain = Show how a unit's result came about: formula, inputs, parameters, clause
cli-explain-example =
    Example:
      biaochi explain examples/5g-factory.md --data plants.csv --unit P1 --node C2
cli-sensitivity = Vary what a standard declares as uncertain: intervals of ranks, flips of grades, Sobol's indices
cli-sensitivity-example =
    Example:
      biaochi sensitivity index.md --data cities.csv --until 0.01 --seed 7
cli-analyse = Analyse what stands behind a ranking: what repeats or contradicts, how much each indicator decides, where units are going
cli-analyse-example =
    Example:
      biaochi analyse index.md --data cities.csv
cli-footprint = Compute the footprints of products: what their whole supply causes
cli-footprint-example =
    Example:
      biaochi footprint --technosphere A.csv --biosphere B.csv --factors C.csv --demand D.csv
cli-import-openlca = Turn a package of openLCA (JSON-LD) into the tables of footprint
cli-import-openlca-example =
    Example:
      biaochi import-openlca database.zip -o tables
cli-export-openlca = Turn the tables of footprint into a package of openLCA (JSON-LD)
cli-export-openlca-example =
    Example:
      biaochi export-openlca --technosphere A.csv --biosphere B.csv --factors C.csv -o system.zip
cli-import-index = Turn an index of COINr or the COIN Tool into an executable standard
cli-import-index-example =
    Example:
      biaochi import-index iMeta.csv iData.csv -o index.md --impute group:Region
cli-build = Compile standards' texts into formats
cli-build-example =
    Example:
      biaochi build standard.md --to pdf,html -o out
cli-build-arg-fonts = Faces of the PDF: screen (Noto CJK) or office (SimSun, SimHei, where the machine has them)
cli-build-arg-output = Folder for the results (beside the source if not given); of texts of one name the first is built, the others are refused
cli-build-arg-to = Formats (all if not given)
cli-form = Forms of the procedures and explanatory reports: empty, checked, printed
cli-form-example =
    Example:
      biaochi form
      biaochi form F3 --empty -o empty.toml
      biaochi form F3 -i opinions.toml -o opinions.pdf
cli-form-arg-id = The form (without it all are listed; alone it says how each field is filled)
cli-form-arg-input = What was filled in (.json or .toml)
cli-form-arg-empty = The empty form: .pdf, .docx, .html with its fields explained, .toml, .json to be filled
cli-form-arg-output = The file to write; its ending names the format
cli-form-arg-fonts = Faces of the PDF: screen (Noto) or office (SimSun and SimHei of this machine)
cli-form-unknown = There is no form { $form }; known are { $known }
cli-form-ending = { $file }: its ending should be .pdf, .docx, .html or .json (an empty form also .toml)
cli-import = Read a Word file, or NISO STS, into a standard's source
cli-import-example =
    Example:
      biaochi import standard.docx -o standard.md --report report.json
cli-import-arg-file = Word file (.docx) or NISO STS (.xml)
cli-import-arg-output = Source to write; pictures go to the folder of the same name with .files
cli-import-arg-report = Report to write (JSON): what each block rests on and how sure it is, and what could not be kept
cli-import-written = Written { $file }: { $blocks } blocks, { $doubtful } of them to be looked at
cli-import-warning = { $file } block { $place }: { $message }
cli-import-exists = { $file } is there already with other contents and was left as it is
cli-check = Check standards' texts
cli-check-example =
    Example:
      biaochi check standard.md --format json
cli-fmt = Write the canonical source
cli-fmt-example =
    Example:
      biaochi fmt standard.md
cli-fmt-arg-check = Only say whether it is canonical
cli-fix = Mend what a machine may mend
cli-fix-example =
    Example:
      biaochi fix standard.md
cli-diff = Compare two editions of a standard: clauses added, removed, changed, moved, split, merged; drafts the main technical changes
cli-diff-example =
    Example:
      biaochi diff old.md new.md --to html -o difference.html
cli-diff-arg-old = The older edition
cli-diff-arg-new = The newer edition
cli-diff-arg-to = In which form (text if not given)
cli-diff-arg-output = File to write (printed if not given)
cli-arg-watch = Build again whenever a text or one of its pictures changes, until you stop it (Ctrl+C)
cli-arg-timings = Say how long each stage takes
cli-arg-fail-level = How grave a finding must be to fail (warning if not given)
cli-arg-profile = Rules (the text's own profile if not given, else by whose standard it is): gbt1.1-2020, gbt1.1-2009, group, construction
cli-arg-catalog = List of standards (CSV: number, status, replaced_by): whether what is cited is in force
cli-catalog-column = { $file } has no column “{ $column }”: name the columns number, status, replaced_by in its first row
cli-catalog-row = { $file }, line { $line }: “{ $number }” is no standard's number and was not used
cli-weight-error = error
cli-weight-warning = warning
cli-weight-info = info
cli-no-source = no file, or larger than { $limit }
cli-text-clean = { $file }: nothing found
cli-text-raster = { $file }: the picture { $picture } is written as SVG alone, which older Words do not show
cli-text-built = Built { $file }
cli-text-watching = Watching { $count ->
    [one] one text
   *[other] { $count } texts
}; Ctrl+C ends it
cli-text-same-result = { $file } was not built: its results would overwrite those of { $before }, which has the same name; build it in a call of its own with another folder (-o), or rename it
cli-text-picture = { $file }: the picture { $picture } cannot be printed; its words stand for it
cli-text-no-face = { $file }: no face has { $characters }; a geta mark (U+3013) stands for it
cli-no-faces-install = { $families } not found; install the package { $package }
cli-no-faces = { $families } not found, which --fonts { $profile } needs
cli-fmt-errors = { $file } has errors and was left as it is; mend them first:
cli-fmt-differs = { $file } is not the canonical source; run biaochi fmt
cli-fmt-written = Wrote { $file }
cli-fix-done = { $file }: { $count ->
    [one] { $count } fix
   *[other] { $count } fixes
 } applied
cli-search = Search titles and numbers of the list
cli-search-example =
    Example:
      biaochi search elderly
cli-verify = Verify the log (--ledger), or a signed checkpoint
cli-verify-example =
    Example:
      biaochi verify --ledger
      biaochi verify 000000001000.json
cli-redact = Remove the content of an entry that should never have been recorded; the log still verifies and says so
cli-redact-example =
    Example:
      biaochi redact 4711 --reason 'a telephone number in a note' --rule 'Personal Information Protection Law, Article 47'
cli-redact-arg-position = Place of the entry in the log; it must have been taken back before
cli-redact-arg-reason = Why; it stands in the log, so leave out what is to be removed
cli-redact-arg-rule = By which rule; shown in the entry’s place
cli-rebuild = Make every derived table again from the log; --check compares instead
cli-rebuild-example =
    Example:
      biaochi rebuild --check
cli-backup = Back up, consistently, while the server runs or not
cli-backup-example =
    Example:
      biaochi backup backup.zip
cli-restore = Restore a backup into an empty database, verified; a SQLite backup restores into PostgreSQL
cli-restore-example =
    Example:
      biaochi restore backup.zip --database postgres://biaochi@db/biaochi
cli-bench = Measure the project's own figures, beside their budgets
cli-bench-example =
    Example:
      biaochi bench ledger --json
cli-user = Administer accounts
cli-user-example =
    Example:
      biaochi user passwd nanjing
cli-user-add = Add an account; prints the token that sets its password
cli-user-add-example =
    Example:
      biaochi user add nanjing --name 'Wang Xiao' --role commerce_officer --organization nanjing-commerce --place 320100
cli-user-passwd = Set a password; all its sessions end
cli-user-passwd-example =
    Example:
      biaochi user passwd nanjing < password-file
cli-user-factor = Take away a second factor that was lost; all sessions end, and the person is told
cli-user-factor-example =
    Example:
      biaochi user factor --remove nanjing --reason 'telephone lost, seen in person'
cli-user-factor-arg-remove = Whose second factor
cli-user-factor-arg-reason = Why; it stands in the log
cli-user-erase = Erase what is known of a person, for good; the log keeps an opaque id
cli-user-erase-example =
    Example:
      biaochi user erase nanjing --ground consent_withdrawn
cli-user-role = Give a role
cli-user-role-example =
    Example:
      biaochi user role nanjing --role sector_officer --organization nanjing-commerce
cli-user-key = Make a personal key bound to some actions
cli-user-key-example =
    Example:
      biaochi user key nanjing --name report --scope obligation.report
cli-doctor = Tell the configuration in force, what this machine lacks, and how to get it
cli-doctor-example =
    Example:
      biaochi doctor --config /etc/biaochi/biaochi.toml
cli-completions = Print a shell completion script
cli-completions-example =
    Example:
      biaochi completions bash > /etc/bash_completion.d/biaochi
cli-man = Write the man pages into a folder
cli-man-example =
    Example:
      biaochi man /usr/local/share/man/man1

## Arguments
cli-arg-help = Show this help
cli-arg-version = Show the version of the program
cli-arg-data = Folder of database, files and keys (default ./data)
cli-arg-database = Database: postgres://… or an SQLite file (default biaochi.db in the data folder)
cli-arg-files = File store: a folder or s3://… (default files in the data folder)
cli-arg-key-file = Key file (default biaochi.key in the data folder); keep a copy elsewhere
cli-arg-config = Configuration file (TOML) with the same names
cli-arg-format = Form of the output: text or json; JSON goes to stdout alone
cli-arg-lang = Language: zh or en (default from LANG, else zh)
cli-arg-text = A designation, or a text that holds some
cli-arg-query = Words or a number
cli-arg-file = A file
cli-arg-ledger = Verify the log
cli-arg-check = Compare, change nothing
cli-bench-arg-name = Which figures (default list, ledger and document)
cli-bench-arg-long = Also sizes that take minutes: a million events
cli-bench-no-postgres = SKIPPED on PostgreSQL: name an empty database by --database postgres://…
cli-bench-not-empty = the database holds entries: bench writes into an empty one, or into a file of its own
cli-arg-name = Name
cli-arg-json = Print JSON
cli-arg-shell = Kind of shell
cli-arg-folder = A folder
cli-arg-listen = Where to listen (default 127.0.0.1:8080; port 0 takes a free one)
cli-arg-demo = Demonstration: sample accounts and data, all marked as such
cli-arg-base-url = Address under which people reach the platform, such as https://biaochi.example.cn
cli-arg-log = Form of the running log on stderr: text or json
cli-list-arg-version = Version of the list
cli-list-show-arg-version = Version of the list
cli-list-export-arg-version = Version of the list
cli-arg-as-of = A day, such as 2025-06-30
cli-arg-output = File to write (.xlsx, .csv, .json)
cli-arg-from = From
cli-list-diff-arg-from = The older version
cli-list-diff-arg-to = The newer version
cli-arg-login = Login
cli-arg-who = Login, or id as the log has it
cli-arg-ground = Why (PIPL art. 47): purpose_over, term_over, consent_withdrawn, unlawful, other_law
cli-arg-erasures = A later backup, whose list of erasures is applied, too
cli-arg-email = E-mail address
cli-arg-role = Role
cli-arg-organization = Body
cli-arg-desk = Desk
cli-arg-place = Codes of the places acted for, separated by commas
cli-arg-until = Last day
cli-arg-scope = Actions that the key may be used for, separated by commas
cli-arg-standard = Executable standard (Markdown)
cli-run-arg-data = Data of the units: CSV, XLSX or JSON; the first row names the columns, unit (or id, uCode) is the unit
cli-explain-arg-data = Data of the units: CSV, XLSX or JSON; the first row names the columns, unit (or id, uCode) is the unit
cli-arg-at = Day of the report (default today): parameters published later are not used
cli-arg-period = Period, such as 2024 or 2024-07
cli-sensitivity-arg-data = Data of the units: CSV, XLSX or JSON; the first row names the columns, unit (or id, uCode) is the unit
cli-sensitivity-arg-second-order = Also the second-order index of every two factors; nearly twice as many replications
cli-sensitivity-arg-output = Write the results to a JSON file; to a picture of rank intervals where it ends in .svg
cli-sensitivity-arg-until = Half width of 95 % confidence of every index at which to stop
cli-arg-seed = Seed: the same gives the same digits
cli-arg-exact = Compute every unit exactly, however many there are
cli-arg-freeze = Write the goalposts of an index, to be kept for later years
cli-run-arg-by-rank = Units in the order of their ranks
cli-run-arg-certificate = Write a certificate of this run: digests of standard and data, results, digest of the derivations, both signatures
cli-run-arg-output = Write the results to a JSON file, or, ending in .xlsx, to a workbook with live formulas, in .svg to a picture of the totals
cli-arg-meta = Table of indicators, iMeta: codes, parents, weights, directions, denominators
cli-arg-indicators = Table of data, iData: its columns are the codes
cli-arg-technosphere = Technosphere: product,process,amount; what is made is positive, what is used negative
cli-arg-biosphere = Biosphere: flow,process,amount
cli-arg-factors = Characterisation factors: flow,factor
cli-arg-demand = Demand: product,amount
cli-footprint-arg-until = Stop as soon as every mean is known to this share of itself (95 % confidence); status 1 where the draws do not do
cli-arg-samples = Draw every figure that the column uncertainty spreads so many times, and tell mean, quantiles and what they hang on
cli-arg-against = Another edition of the standard, run over the same data: which rules differ, who moves, and through which indicators
cli-analyse-arg-data = Data of the units: CSV, XLSX or JSON; the first row names the columns, unit (or id, uCode) is the unit
cli-analyse-arg-output = Write the results to a JSON file
cli-arg-package = Package of openLCA: a ZIP of JSON-LD, schema 2 or 1
cli-import-openlca-arg-output = Folder for A.csv, B.csv and a table of factors for each impact category
cli-arg-category = Name of the impact category
cli-export-openlca-arg-output = File of the package
cli-arg-all = The footprint of a unit of every product, all at once
cli-import-index-arg-output = Standard to write (default: printed)
cli-arg-impute = Filling of gaps
cli-arg-treat = Treatment of outliers
cli-arg-normalise = Normalisation
cli-arg-aggregate = Aggregation
cli-arg-unit = Unit
cli-arg-node = Code of the indicator (default: the total)

## Answers
cli-failed = error: { $what }
cli-no-such-lang = there is no language { $lang }: write zh or en
cli-unreadable = { $file }: cannot be read ({ $reason })
cli-not-utf8 = { $file }: line { $line } is not UTF-8; save the file as UTF-8 and try again
cli-no-key-file = there is no key file { $file }: name it with --key-file, or start biaochi serve once
cli-no-database = there is no database { $file }: name it with --data or --database, or start biaochi serve once
cli-port = cannot listen on { $address } ({ $reason }): name another with --listen; port 0 takes a free one
cli-serving = The platform is at { $address }
cli-what-is-real = What is real: { $tasks } tasks, { $sentences } commitments of the measures, { $outputs } outputs that were publicly reported; all else is marked “demo”.
cli-sample-account = Sample account { $name }: { $login } / { $password }
cli-first-administrator = There is no system administrator yet. Within 24 hours, open { $address }/first-administrator and enter: { $token }
cli-valid = valid
cli-not-valid = not valid
cli-doubt = { $file }: line { $line }: doubt: { $doubt }
cli-read = { $tasks } tasks read, { $doubts } doubts
cli-import-doubts = nothing was entered: settle the doubts above first
cli-import-other = { $file }: differs from the first list as shipped, and cannot be entered as it; a change of the list is proposed on the platform and takes effect with its approvals
cli-import-there = the list has been entered already; nothing was changed
cli-imported = { $tasks } tasks and { $obligations } obligations entered
cli-no-version = the list has no version { $version }; there are: { $known }
cli-export-kind = cannot export to .{ $kind }: use .xlsx, .csv or .json
cli-column-number = Number
cli-column-part = Part
cli-column-section = Section
cli-column-tier = Tier
cli-column-title = Task
cli-column-places = Places
cli-sheet-list = List of tasks
cli-differ = { $count } tasks differ
cli-found = { $count } found
cli-verified = { $events } events verified, head at { $head }, { $problems } problems
cli-certificate-holds = Certificate of a run: unaltered, signed by key { $key }; compare it with the published id
cli-certificate-altered = The certificate was altered, or not signed by the keys that it names: the signature by { $scheme } does not hold
cli-certificate-unsigned = The certificate names keys { $key }, and was signed by others
cli-certificate-malformed = The certificate cannot be checked ({ $reason })
cli-certificate-trace = The digests of the units' derivations do not give the one over all
cli-certificate-other-keys = Signed by key { $key }, which is not that of the key file here
cli-not-signed = { $file }: is no checkpoint signed by a platform ({ $reason })
cli-signature-fails = the signature is not by this installation's keys
cli-not-in-log = the log has no such checkpoint
cli-checkpoint-holds = checkpoint { $position }: the signature holds, and it is in the log
cli-rebuilt = the rows were made again from the log
cli-rows-agree = the rows agree with the log
cli-rows-differ = { $table }: { $missing } rows missing, { $surplus } too many; run biaochi rebuild
cli-backed-up = backed up to { $file }: { $events } events, { $size }
cli-erased = erased { $id } by { $rule }
cli-no-such-ground = { $ground } is no ground; there are { $known }
cli-erased-again = { $count } persons whom this copy brought back were erased again
cli-restored = restored from { $file }: { $events } events
cli-file-missing = the file { $digest } is missing
cli-invited = { $login } was added. Token that sets the password (until { $expires }): { $token }
cli-type-password = New password:
cli-password-set = the password of { $login } is set; all sessions ended
cli-role-given = { $login } was given the role { $role }
cli-key-made = key of { $login } (shown this once): { $key }
cli-no-password-yet = { $login } has set no password yet, or has left: let them use their token, or set one with biaochi user passwd
cli-factor-removed = The second factor of { $login } was taken away, and all sessions ended; the person is told.
cli-redacted = The content of entry { $position } is removed, as entry { $by } says; files removed: { $files }. Older backups still hold it: destroy them.
cli-no-such-entry = There is no entry { $position }.
cli-verify-redacted = { $position } content removed by entry { $by }: { $rule }
cli-no-such-login = there is no login { $login }
cli-no-such-role = there is no role { $role }; there are: { $known }
cli-no-such-action = there is no action { $action }; there are: { $known }
cli-no-such-period = The period "{ $period }" cannot be read: write 2024, 2024-07 or 2024-07-01
cli-errors-found = { $count ->
    [one] 1 error, nothing was run:
   *[other] { $count } errors, nothing was run:
    }
cli-no-unit-column = { $file }: there is no column unit (or id, uCode); name the columns in the first row
cli-column-twice = { $file }: the column "{ $column }" stands twice; remove or rename one
cli-json-unit = { $file }: unit number { $number } has another shape; wanted are id, period and inputs, an absent value as an object with missing
cli-no-such-unit = There is no unit "{ $unit }"; the data has: { $known }
cli-no-such-node = The standard has no indicator "{ $node }"
cli-against-head = { $after } beside { $before }: { $rules } rules differ; of { $units } units { $moved } move
cli-against-indicator = indicator { $of }
cli-against-weight = weight of { $of }
cli-against-unit = unit of { $of }
cli-against-formula = formula of { $of }
cli-against-scoring = scoring of { $of }
cli-against-missing = missing values of { $of }
cli-against-method = joining of level { $of }
cli-against-gate = gate
cli-against-grade = grade { $of }
cli-against-parameter = parameter { $of }
cli-against-nothing = none
cli-against-unit-moves = { $unit }: total { $total }, grade { $grade }, rank { $rank }
cli-against-because = {"  "}{ $adds } { $code } { $name } (weight { $weight }, points { $points })
cli-against-rest = {"  "}{ $adds } others
cli-analyse-head = Period { $period }, { $units } units with a total
cli-analyse-group = { $code }: { $count } indicators over { $units } units, alpha { $alpha }, first component { $share } %
cli-analyse-loose = {"  "}← hardly one thing (alpha below 0.7)
cli-analyse-pair = { $one } · { $other }: correlation { $r }
cli-analyse-repeats = {"  "}← one says nothing new beside the other
cli-analyse-pair-against = {"  "}← they pull against each other
cli-analyse-indicator = { $code } { $name }: correlation { $above } with what it is joined into, { $total } with the total
cli-analyse-removed = ; without it ranks move by { $mean } in the mean, { $unit } by { $most }
cli-analyse-not-moved = ; without it ranks stay
cli-analyse-weak = {"  "}← hardly decides
cli-analyse-against = {"  "}← works against what it is joined into
cli-analyse-trend = { $unit }: { $change } from { $from } to { $to } ({ $rate } a year), places { $places }
cli-openlca-read = { $amounts } amounts made and used, { $flows } flows of nature, { $categories } impact categories
cli-openlca-unmade = { $count } products are used and nobody makes them; they were not followed: { $names }
cli-openlca-unclear = { $count } products are made by several and the package does not say whose are used; they were not followed: { $names }
cli-openlca-both-ways = { $count } flows are taken from nature and given to it; what is taken is negative: { $names }
cli-openlca-unspread = { $count } figures spread in a way that the tables cannot say; they are taken as certain
cli-openlca-too-large = { $file } unpacks to more than 2 GB: split the package
cli-footprint-result = { $product } { $amount }: footprint { $score } (residual { $residual }, { $solver })
cli-footprint-part = {"  "}{ $share } %  { $of } { $amount }: { $score }
cli-footprint-rest = {"  "}others: { $score }
cli-footprint-spread = {"  "}mean { $mean } ± { $ci } (95 % confidence), 5 % { $low }, 50 % { $middle }, 95 % { $high }, of { $draws } draws
cli-footprint-failed = {"  "}{ $count } draws have no footprint (the system could not run) and are in no figure
cli-footprint-source = {"  "}{ $share } % of the variance: { $of }
cli-footprint-unweighed = { $count } flows have no factor and are not counted: { $flows }
cli-run-still = These indicators stand in the workbook as values, sheets have no formula for them: { $codes }
cli-run-head = { $system }, day of the report { $at }, { $count ->
    [one] 1 unit
   *[other] { $count } units
    }
cli-run-every-unit = Of every unit: { $note }
cli-run-unit = { $id }: total { $total }, grade { $grade }, coverage { $coverage }, rank { $rank }
cli-sensitivity-head = { $system }: { $replications } replications, seed { $seed }, { $converged ->
    [yes] converged
   *[no] not converged
    }
cli-sensitivity-target = Shares of the variance of { $target ->
    [rank_shift] the mean shift of ranks
    [total] the total
   *[other] { $target }
    } (± 95 % confidence)
cli-sensitivity-factor = { $factor }: alone { $s1 } ± { $s1_ci }, with interactions { $st } ± { $st_ci }
cli-picture-totals = { $title }: totals of { $count } units
cli-picture-totals-desc = In order of rank; { $without } units have no total
cli-picture-ranks = { $title }: intervals of ranks
cli-picture-ranks-desc = Bars hold 90 % of the ranks in { $replications } replications, marks are the nominal ranks
cli-sensitivity-pair = { $one } and { $other }: only together { $s2 } ± { $s2_ci }
cli-sensitivity-rank = { $id }: rank { $nominal }, 90 % within { $p5 }–{ $p95 }, median { $p50 }
cli-sensitivity-value = { $id }: { $nominal }, 90 % within { $p5 }–{ $p95 }, median { $p50 }
cli-sensitivity-flip = { $text }; another grade in { $share } %
cli-sensitivity-unranked = { $id }: no rank
cli-sensitivity-not-converged = Not converged: some confidence is wider than { $until } after { $replications } replications; raise N in the standard, or --until
cli-sensitivity-progress = { $replications } replications, widest confidence { $widest }

## What doctor finds
cli-doctor-new = { $what } (made by the first start)
cli-doctor-absent = there is no folder { $what }
cli-doctor-make-folder = mkdir -p { $folder }
cli-doctor-writable = give { $folder } to the account that runs the platform: chown
cli-doctor-key-copy = bring the key file back from its copy, or name it with --key-file
cli-doctor-readable = { $file } can be read by others
cli-doctor-events = { $database }, { $events } events
cli-doctor-database = look at --database and whether the database runs; postgres://user@host/name, or an SQLite file
cli-doctor-files = look at --files; a folder, or s3://bucket?endpoint=…&region=…
cli-doctor-port = where the port is taken, name another: --listen 127.0.0.1:8081
cli-doctor-no-mail = no server is set: no letter leaves
cli-doctor-mail = look at [mail] in the configuration file: server, port, protection (starttls, tls, none), user, password-file, from
cli-doctor-letters = { $waiting } waiting, { $uncertain } uncertain, { $failed } failed
cli-doctor-letters-mend = look at /admin/system and say what became of each; what waits leaves when [mail] names a server
cli-doctor-no-proxy = people come by https through a proxy to { $listen }, and no proxy is trusted: all of them look like one
cli-doctor-proxy = name the proxy’s address or network: [proxy] trusted = ["127.0.0.1"]
cli-doctor-direct = none trusted; nobody’s forwarded address is believed
cli-doctor-second-factor = staff show a second factor
cli-doctor-no-second-factor = a second factor is up to each: whoever learns a password of staff has their rights
cli-doctor-shipped = as shipped
cli-doctor-visibility = look at the file that visibility names: [[visible]] rows with fact and audience, as in catalog/visibility.toml

## What is wrong with the configuration
cli-environment-number = { $name }: { $value } is no number that fits
cli-mail-no-server = [mail] sets { $name } but no server: name one, or take the section away
cli-mail-protection = [mail] protection is starttls, tls or none, not { $value }
cli-mail-from = [mail] from must be the address that letters come from; it is “{ $value }”
cli-mail-bare-password = [mail] the password would go to { $server } unprotected: set protection to starttls or tls
cli-mail-two-passwords = [mail] sets password and password-file: one of them
cli-mail-half-credentials = [mail] sets one of user and password: set both, or neither
cli-proxy-header = [proxy] header is x-forwarded-for or forwarded, not { $value }
cli-proxy-network = [proxy] trusted: “{ $value }” is neither an address nor a network (10.0.0.7, 10.0.0.0/8)
cli-waiting-verifying = verifying the log
cli-waiting-rebuilding = making the rows again
cli-waiting-comparing = comparing the rows
cli-waiting-backing-up = backing up
cli-waiting-restoring = restoring
cli-waiting-importing = entering the list
cli-accounts-second-factor = [accounts] second-factor is staff or optional, not { $value }
cli-arg-dry-run = Show the lines that would change, and leave the file
cli-arg-only = Mend what these rules found alone, with commas between
cli-arg-skip = Leave what these rules found, with commas between
cli-check-totals = { $count } in all: { $rules }
cli-fix-rules = by rule: { $rules }
cli-fix-would = { $file }: fixes that would be applied: { $count }; the file is unchanged
