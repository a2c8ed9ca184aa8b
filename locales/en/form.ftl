## Filled forms
form-other = This fills { $other }, not { $form }: use the form it belongs to
form-unknown = { $form } has nothing named “{ $name }”: delete it or mend its spelling
form-missing = “{ $label }” is not filled: fill it
form-missing-when = { $label } is not filled: it must be where “{ $other }” is “{ $said }”
form-no-rows = “{ $label }” has no row: fill at least one
form-no-row = each row of “{ $label }” is names with their values
form-no-date = “{ $label }” is no date: write 2026-03-01
form-no-count = “{ $label }” is no whole number: write 0, 1, 2 …
form-no-number = “{ $label }” is no number: write digits
form-no-flag = “{ $label }” is neither yes nor no: write true or false
form-no-text = “{ $label }” must be text
form-one-only = “{ $label }” has more than one choice, so that it is void: choose one
form-no-choice = “{ $label }” cannot be “{ $said }”; known are { $choices }
form-turn = { $label } should be { $number }: rows are numbered from 1; mend it or leave it out
form-tally = “{ $label }” is { $counted } by the rows: mend it or leave it out
form-sum = “{ $label }” is { $said }, but { $parts } = { $sum }: look which is wrong
form-at-most = “{ $label }” is { $said }, more than “{ $other }”, { $limit }: look which is wrong
form-before = “{ $label }”, { $said }, is before “{ $other }”, { $day }: look which is wrong
