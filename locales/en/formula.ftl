# Formulas: what is wrong with one, how to mend it, and why a value is absent.

## Faults; -mend says what to do
formula-too-long = The formula has more than 20,000 bytes
formula-too-long-mend = Split it into several indicators or named parts
formula-too-deep = The formula is nested too deeply or has too many operations (at most 48 brackets in brackets, 250 operations)
formula-too-deep-mend = Split it into named parts: "…; name = …"
formula-strange-character = The character "{ $found }" means nothing in a formula
formula-strange-character-mend = Remove it; write a name with special characters in backticks: `name`
formula-unclosed-text = Quotation marks are not closed
formula-unclosed-text-mend = Add the closing mark
formula-bad-number = "{ $found }" is no number that can be read
formula-bad-number-mend = Write 12, 0.5 or 1.2e-3, without thousands separators; the unit follows the number
formula-unknown-unit = The unit "{ $unit }" is not known
formula-unknown-unit-mend = Use a unit listed in docs/language.md; write an operator between a number and a name
formula-expected-operand = A number, name or function should stand here, not "{ $found }"
formula-expected-operand-mend = Add the other side of the operation
formula-expected-close-parenthesis = ")" should stand here, not "{ $found }"
formula-expected-close-parenthesis-mend = Close the bracket, or write a comma between two arguments
formula-expected-close-bracket = "]" or ")" should stand here, not "{ $found }"
formula-expected-close-bracket-mend = Write an interval as [50 %, 100 %)
formula-expected-close-brace = A closing brace should stand here, not "{ $found }"
formula-expected-close-brace-mend = Close the brace, or write a comma between two words
formula-expected-then = "then" should stand here, not "{ $found }"
formula-expected-then-mend = Write: if condition then a else b
formula-expected-else = "else" should stand here, not "{ $found }"
formula-expected-else-mend = Every "if" needs an "else"
formula-expected-arrow = "->" should stand here, not "{ $found }"
formula-expected-arrow-mend = Write each rung as "value->points", a word as "word:points"
formula-expected-name = A name should stand here, not "{ $found }"
formula-expected-name-mend = Write a name; one with special characters in backticks or quotation marks
formula-expected-equals = "=" should stand here, not "{ $found }"
formula-expected-equals-mend = After a semicolon write "name = formula"
formula-expected-period = A period should follow "@", not "{ $found }"
formula-expected-period-mend = Write parameter@2022 or parameter@2022-07
formula-expected-end = The formula should end here; "{ $found }" follows
formula-expected-end-mend = Write an operator between the two, or remove what is left over
formula-chained-comparison = Comparisons cannot be chained
formula-chained-comparison-mend = Write: a < b and b < c
formula-unknown-function = There is no function "{ $name }"{ $has-near ->
    [yes] ; perhaps "{ $near }"
   *[no] {""}
    }
formula-unknown-function-mend = Use a function listed in docs/language.md
formula-argument-count = The function "{ $function }" takes { $wanted } arguments; there are { $found }
formula-argument-count-mend = Add or remove arguments
formula-no-rungs = The ladder has no rungs
formula-no-rungs-mend = Write: linear(0->0, 80 %->100)
formula-unknown-name = Nothing defines the name "{ $name }"{ $has-near ->
    [yes] ; perhaps "{ $near }"
   *[no] {""}
    }
formula-unknown-name-mend = Correct the name; put a word in quotation marks; define a new quantity as input, parameter or indicator
formula-unit-mismatch = Quantities of different dimensions cannot be added or compared: { $left } and { $right }
formula-unit-mismatch-mend = Check the units; give a number the unit it lacks
formula-wrong-unit = The declared unit is "{ $declared }", the dimension that comes out is { $found }
formula-wrong-unit-mend = Correct the unit, or add the conversion to the formula
formula-not-a-truth = A condition (yes or no) should stand here
formula-not-a-truth-mend = Write a comparison such as A1 >= 5
formula-not-a-quantity = A quantity should stand here, not a word or a condition
formula-not-a-quantity-mend = Turn words into numbers with "grade"
formula-not-a-list = A list should stand here
formula-not-a-list-mend = Write the words in braces, or name an input that is a list
formula-mixed-kinds = The cases give results of different kinds (quantity, word, condition)
formula-mixed-kinds-mend = Let every branch give the same kind
formula-unknown-word = "{ $word }" is none of the words that can be: { $known }
formula-unknown-word-mend = Use one of the words listed
formula-unclear-power = A quantity with a unit takes whole exponents only
formula-unclear-power-mend = Divide by a quantity of the same unit first, or use a whole exponent
formula-unit-in-function = "{ $function }" takes a pure number, not { $found }
formula-unit-in-function-mend = Divide by a quantity of the same unit first
formula-rung-order = The points neither all rise nor all fall
formula-rung-order-mend = Sort them, and remove repeated points
formula-rung-twice = The word "{ $word }" stands twice
formula-rung-twice-mend = Keep one
formula-rung-kind = A linear ladder takes two points or more, a step ladder points, conditions or intervals, a grade ladder words only
formula-rung-kind-mend = Write: linear(0->0, 100->100), step(0->100, >=2->0); the words of a grade ladder stand in braces
formula-no-subject = The ladder has nothing to climb with here
formula-no-subject-mend = Give the subject first: linear(x, 0->0, 100->100)
formula-unknown-table = There is no table "{ $name }"
formula-unknown-table-mend = Define [tables.{ $name }] in the rules, or correct the name
formula-ring = "{ $name }" depends on itself, directly or through others
formula-ring-mend = Break the ring
formula-defined-twice = "{ $name }" is defined twice
formula-defined-twice-mend = Keep one definition

## Why a value is absent
absence-missing = not given{ $has-reason ->
    [yes] {" "}({ $reason })
   *[no] {""}
    }
absence-not-applicable = not applicable{ $has-reason ->
    [yes] {" "}({ $reason })
   *[no] {""}
    }
absence-unverified = not verified{ $has-reason ->
    [yes] {" "}({ $reason })
   *[no] {""}
    }
absence-division-by-zero = division by zero
absence-domain = outside the domain of the function
absence-too-large = too many digits
absence-off-ladder = "{ $value }" is not on the scoring ladder
absence-no-row = the table "{ $table }" has no row "{ $key }"
absence-unit-mismatch = units do not fit: { $left } and { $right }
absence-wrong-kind = the value is of another kind (quantity, word, condition, list)
absence-unknown-name = there is no such quantity
absence-no-period = no parameter value can be used for { $period }
absence-no-population = there are no other units to compare with
absence-empty-list = the list is empty
absence-ring = it depends on itself
