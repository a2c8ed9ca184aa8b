# Outputs.

output-note = 公开报道或登记的成果，含清单外；未公布编号的注明待补。
output-none = 没有成果登记；登记后在这里显示。
output-caption = 成果及其来源
output-title = 成果
output-designation = 编号
output-number-unknown = 编号待补
output-list = 清单内外
output-inside = 清单内
output-outside = 清单外
output-real-or-demo = 是否演示
output-real = 真实
output-task = 任务{ $number }
output-day = 发布日期
output-day-unknown = 发布日期待补
output-reported = { $day }报道
output-source = 来源
output-history = “{ $title }”的历史
output-complete = 补全编号或日期
output-withdrawn = 这项成果已撤回
output-withdrawn-on = 已于 { $at } 撤回，不再计入成果。
output-withdrawn-why = 原因：
output-counted-to = { $made }（计入{ $place }）
output-counted-elsewhere = { $made }形成、计入所辖试点的成果：
