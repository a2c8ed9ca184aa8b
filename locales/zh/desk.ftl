# The desk: its tabs, and what it says when it is empty. Groups and reasons stand in history.ftl.

desk-tab-in-hand = 待办·在办
desk-tab-to-assign = 待分派
desk-tab-guided = 我部门指导
desk-tab-done = 已办
desk-tab-copied = 抄送
desk-note = { $count } 项在办
desk-empty = 您手里目前没有事项。
desk-first-assign = 从待分派的 { $count } 项中，把事项交给席位
desk-first-milestone = 为每项设定节点，写明由谁设定
desk-first-paste = 把公告或计划粘贴到上面的框里，登记进展
desk-nothing-to-assign = 没有待分派的事项。
desk-nothing-guided = 您所在部门指导的任务中，没有未完成的事项。
desk-nothing-done = 您还没有登记过内容。
desk-copied-lead = 由他人办理、与您的地方、单位或指导任务有关的事项，供了解。
desk-nothing-copied = 没有抄送给您的事项。
desk-answered = 已于 { $date } 答复

## Several rows at once
desk-workbook = 下载工作台
desk-select = 选择“{ $title }”
desk-select-all = 全选
desk-selected = 已选 { $n } 行
desk-selected-none = 勾选若干行，一次办理
desk-batch-assign = 交给席位
desk-batch-reason = 移交理由（已有席位时）
desk-batch-milestone = 设定节点
desk-batch-title = 批量办理结果
desk-batch-done = 已办理 { $done } 行，未办理 { $refused } 行；每一行单独办理，单独答复。
desk-batch-back = 回到工作台

## Changes of the list
desk-awaited = 待办理的清单调整
turn-answer = 征求{ $bodies }的意见，请答复
turn-ask = 已提出，待公开并征求意见
turn-ask-public = 待征求受影响地方的意见
turn-end-opinions = 意见已收齐或答复期已过，待结束征求意见
turn-enter-approval = 意见已收齐，待录入{ $bodies }的批准文号
turn-put-into-effect = 批准文号齐备，待确定生效日期
turn-reword = 清单已有新版本，退回您单位按现行版本修改
desk-note-overdue = 已超期 { $count } 项
desk-note-week = 本周到期 { $count } 项
