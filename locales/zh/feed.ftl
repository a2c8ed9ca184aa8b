# Feeds.

feed-intro = 订阅只含公开内容，对所有人相同。更正会以更新的形式出现，条目编号不变。
feed-events = 全部公开动态
feed-calendar = 节点和时限日历
feed-places = 按地方订阅
feed-task = 按任务订阅
feed-api = 程序接口
feed-of = { $name }：公开动态
feed-summary = 事实自 { $date } 起成立；记录第 { $position } 号。
feed-withdrawn = 【已撤回】{ $title }
feed-withdrawn-because = 已于 { $at } 撤回，原因：{ $reason }。
feed-set-by = 期限由{ $who }规定。
