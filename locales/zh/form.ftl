## Filled forms
form-other = 这是{ $other }的内容，不是{ $form }的：请用对应的表格
form-unknown = { $form }没有名为“{ $name }”的项：请删除或改正拼写
form-missing = “{ $label }”未填：请补填
form-missing-when = { $label }未填：“{ $other }”为“{ $said }”时应填写
form-no-rows = “{ $label }”没有一行：请至少填一行
form-no-row = “{ $label }”的每一行应是项名和值
form-no-date = “{ $label }”不是日期：请写成2026-03-01
form-no-count = “{ $label }”不是整数：请写0、1、2等
form-no-number = “{ $label }”不是数：请写数字
form-no-flag = “{ $label }”应为是或否：请写true或false
form-no-text = “{ $label }”应是文字
form-one-only = “{ $label }”选了不止一项，视为无效：请只选一项
form-no-choice = “{ $label }”没有“{ $said }”这一选项；可选：{ $choices }
form-turn = { $label }应为{ $number }：序号从1起依次编排，请改正或不填
form-tally = “{ $label }”按各行统计为{ $counted }：请改正或不填
form-sum = “{ $label }”为{ $said }，而{ $parts } = { $sum }：请核对
form-at-most = “{ $label }”为{ $said }，多于“{ $other }”的{ $limit }：请核对
form-before = “{ $label }”{ $said }早于“{ $other }”{ $day }：请核对
