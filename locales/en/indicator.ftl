# Executable standards: what is found in them and in data, and what is said beside results.

## Reading
indicator-toml = The TOML cannot be read: { $reason }
indicator-toml-mend = Check brackets, quotation marks and equals signs; put texts in quotation marks
indicator-nothing-to-run = There are no indicators or accounts to run
indicator-nothing-to-run-mend = Add a block of indicators, or [accounts] in the rules
indicator-table-empty = The table of indicators is empty
indicator-table-empty-mend = Write a head and at least one row
indicator-row-without-code = This row has no code
indicator-row-without-code-mend = Give every row a code
indicator-code-twice = "{ $code }" stands twice
indicator-code-twice-mend = Keep one, or rename it
indicator-unknown-column = The column "{ $column }" is not known
indicator-unknown-column-mend = Use: code, name, weight, unit, formula, scoring, missing, evidence, direction, parent, denominator
indicator-key-missing = "{ $key }" is missing
indicator-key-missing-mend = Add it
indicator-unknown-key = The key "{ $key }" is not known and not used
indicator-unknown-key-mend = Correct or remove it
indicator-unknown-choice = "{ $found }" is none of the choices
indicator-unknown-choice-mend = Choose: { $known }
indicator-wrong-kind = The value here is of the wrong kind; wanted: { $wanted }
indicator-wrong-kind-mend = Rewrite it as { $wanted }
indicator-cell-unit = "{ $text }" has the dimension { $found }, which does not fit the unit "{ $unit }"
indicator-cell-unit-mend = Correct the unit
indicator-weight = "{ $found }" is no weight
indicator-weight-mend = Write a number or a percentage that is not negative
indicator-interval = "{ $found }" is no rounding interval
indicator-interval-mend = Write 1, 2 or 5 times a power of ten, such as 0.1
indicator-period = "{ $found }" is no period or date
indicator-period-mend = Write 2024, 2024-07 or 2024-07-01
indicator-no-parent = The parent "{ $parent }" of "{ $code }" does not exist
indicator-no-parent-mend = Correct the parent, or add it
indicator-uncertainty-declared = Uncertainty is declared: a run gives the nominal result only
indicator-uncertainty-declared-mend = Use sensitivity for rank intervals and indices
indicator-uncertain-none = The standard declares nothing as uncertain
indicator-uncertain-none-mend = Add [不确定性.改变] to the rules and under it, for example, 权重 = "±25 %" and 汇总 = ["算术", "几何"]
indicator-uncertain-unknown = Nothing called "{ $name }" can be varied
indicator-uncertain-unknown-mend = Vary one of: { $known }
indicator-uncertain-idle = Varying "{ $name }" would change nothing here
indicator-uncertain-idle-mend = Remove it, or name what a formula of this standard asks for; normalisation, imputation and treatment belong to an index, parameters and inputs to the others
indicator-uncertain-one = Fewer than two choices vary nothing
indicator-uncertain-one-mend = Name at least two of: { $known }
indicator-uncertain-beyond = "{ $code }" depends on "{ $name }" through lists, tables, other units or earlier results, which cannot be varied
indicator-uncertain-beyond-mend = Vary "{ $code }" itself instead, or remove "{ $name }"
indicator-judgements = These are no judgements of { $count } indicators
indicator-judgements-mend = Pair by pair: a square matrix, ones on its diagonal, each value the reciprocal of the one across. Best and worst: two lists in the order of the indicators, numbers from 1 upwards, 1 for the best in the first and for the worst in the second
indicator-inconsistent = The judgements contradict one another: consistency ratio { $ratio }, more than 0.10
indicator-inconsistent-mend = Look again at the pairs that disagree most
indicator-freeze-no-index = Only an index has goalposts to keep
indicator-freeze-no-index-mend = Give the standard the mode 指数 (index)
indicator-freeze-treated = "{ $code }" was treated for outliers and has no goalposts of its own
indicator-freeze-treated-mend = Set 极端值 = "无" before freezing, or write its goalposts by hand
indicator-import-no-data = The indicator "{ $code }" of iMeta has no column in iData
indicator-import-no-data-mend = Add the column, or remove the indicator from iMeta

## Checks
indicator-weight-sum = The weights of { $parts } under "{ $code }" sum to { $sum }, not 1
indicator-weight-sum-mend = Change the weights so that they sum to 1
indicator-weight-missing = "{ $code }" has no weight, but its siblings have
indicator-weight-missing-mend = Add a weight
indicator-no-weights = No indicator under "{ $code }" has a weight; they count equally
indicator-no-weights-mend = State the weights
indicator-no-scoring = "{ $code }" has a unit and no scoring
indicator-no-scoring-mend = Write a linear, step or grade ladder in the column for scoring
indicator-no-direction = "{ $code }" has no direction
indicator-no-direction-mend = Write up or down in the column for the direction
indicator-unknown-code = "{ $code }", named by a rule, is no indicator
indicator-unknown-code-mend = Correct the code
indicator-undeclared-input = The input "{ $name }" has no declared unit; it is read with the unit given, or as a pure number
indicator-undeclared-input-mend = Declare it under [inputs] in the rules
indicator-ring = "{ $names }" depends on itself, directly or through others
indicator-ring-mend = Break the ring
indicator-gate-otherwise = What the gate leads to, "{ $found }", is neither a grade nor ungraded
indicator-gate-otherwise-mend = Name a grade, or ungraded
indicator-gate-idle = The gate "{ $condition }" always holds and stops nothing
indicator-gate-idle-mend = Raise its limit, or remove it
indicator-gate-shut = The gate "{ $condition }" can never hold; nobody passes
indicator-gate-shut-mend = Correct its limit
indicator-grade-gap = The grades have a gap: a total of { $value } has none
indicator-grade-gap-mend = Let the last grade be otherwise
indicator-grade-unreachable = The grade "{ $grade }" can never be reached
indicator-grade-unreachable-mend = Check order and limits: grades listed before go first
indicator-ladder-turns = The scoring of "{ $code }" rises and falls
indicator-ladder-turns-mend = Make sure that this is meant; it should usually be monotone
indicator-ladder-direction = The scoring of "{ $code }" runs against its declared direction
indicator-ladder-direction-mend = Correct the direction or the scoring
indicator-table-gap = "{ $name }" has a gap: no row holds { $value }
indicator-table-gap-mend = Add a row, or an otherwise row
indicator-table-overlap = "{ $name }" overlaps: several rows hold { $value }
indicator-table-overlap-mend = Correct the limits, or let the first row hit
indicator-parameter-twice = The parameter "{ $name }" has two values for { $period } published on one day
indicator-parameter-twice-mend = Keep one
indicator-parameter-unpublished = This value of the parameter "{ $name }" has no day of publication
indicator-parameter-unpublished-mend = Add it
indicator-parameter-no-value = The parameter "{ $name }" has no value that can be used for { $period } (example "{ $example }")
indicator-parameter-no-value-mend = Add a value that describes the period and was published by then
indicator-evidence-undated = The evidence "{ $evidence }" of "{ $code }" has no validity and no way of checking
indicator-evidence-undated-mend = State it, such as a greatest age, a check on the spot or a sample
indicator-missing-unstated = "{ $code }" does not say what an absent value does; it fails
indicator-missing-unstated-mend = Write fail, zero or drop in the column for absence
indicator-no-example = There is no worked example
indicator-no-example-mend = Add a block with inputs and what is expected
indicator-example-fails = The example "{ $example }" does not hold: { $name } should be { $wanted } and is { $found }
indicator-example-fails-mend = Correct the example or the rules

## Data
indicator-unit-without-id = This row has no id
indicator-unit-without-id-mend = Fill in the column unit (or id, uCode)
indicator-unit-twice = The unit "{ $id }" stands twice in one period
indicator-unit-twice-mend = Merge the rows, or correct the period
indicator-unused-column = The column "{ $name }" is no input of the standard and was not used
indicator-unused-column-mend = Correct its name, or remove it
indicator-cell-unreadable = "{ $name }" of unit "{ $id }": "{ $text }" cannot be read ({ $reason })
indicator-cell-unreadable-mend = Write a number and its unit, such as 34 ms, without thousands separators
indicator-cell-wrong-unit = "{ $name }" of unit "{ $id }": "{ $text }" has the dimension { $found }, wanted "{ $unit }"
indicator-cell-wrong-unit-mend = Correct the unit
indicator-cell-not-a-number = "{ $name }" of unit "{ $id }" should be a number, not "{ $text }"
indicator-cell-not-a-number-mend = Fill in a number; leave it empty where there is none
indicator-cell-not-a-truth = "{ $name }" of unit "{ $id }" should be yes or no, not "{ $text }"
indicator-cell-not-a-truth-mend = Fill in yes or no
indicator-cell-not-a-word = "{ $name }" of unit "{ $id }" should be a word, not "{ $text }"
indicator-cell-not-a-word-mend = Fill in one of the words
indicator-cell-unknown-word = "{ $name }" of unit "{ $id }": "{ $text }" is none of { $known }
indicator-cell-unknown-word-mend = Fill in one of these words

## Notes and explanations
indicator-note-parameter = Parameter { $name } = { $value } (period { $period }, published { $published }; basis { $basis }, clause { $clause })
indicator-note-not-yet-published = The value of { $name } for { $period } was published on { $published }, after the day of the report, and is not used
indicator-note-dropped = { $code } is absent ({ $reason }) and left out; its siblings take its weight
indicator-note-zeroed = { $code } is absent ({ $reason }) and counts as zero points, as the standard says
indicator-note-failed = { $code } has no result: { $reason }
indicator-note-coverage = The coverage { $coverage } is below { $least }: no grade.
indicator-note-gate = The gate "{ $condition }" (clause { $clause }) does not hold: { $otherwise }.
indicator-note-unjudged = "{ $condition }" cannot be judged: { $reason }
indicator-note-adjusted = { $name }: { $points } points (clause { $clause })
indicator-note-full-value = "{ $grade }" is not reached: it asks for { $condition }; the total before rounding is { $total } and rounds to { $rounded }, and the full value decides (clause { $clause }).
indicator-note-no-grade = No grade's condition holds.
explain-total = Total = { $parts } = { $total }, rounded to { $rounded }.
explain-no-total = There is no total.
explain-grade = Grade: { $grade } (clause { $clause }).
explain-given = reported { $value }
explain-computed = { $formula } = { $substituted } = { $value }
explain-joined = { $parts } = { $points }
explain-scored = { $scoring } gives { $points } points
explain-dropped = absent ({ $reason }), left out
explain-zeroed = absent ({ $reason }), zero points
explain-failed = no result ({ $reason })
explain-weight = weight { $weight }
explain-clause = clause { $clause } (line { $line })
explain-method-geometric = geometric ({ $parts })
explain-method-harmonic = harmonic ({ $parts })
explain-method-least = least ({ $parts })
explain-method-power = power mean ({ $parts })
