# The desk: its tabs, and what it says when it is empty. Groups and reasons stand in history.ftl.

desk-tab-in-hand = 待办·在办
desk-tab-to-assign = 待分派
desk-tab-done = 已办
desk-note = { $count } 项在办
desk-empty = 您手里目前没有事项。
desk-first-assign = 从待分派的 { $count } 项中，把事项交给席位
desk-first-milestone = 为每项设定节点，写明由谁设定
desk-first-paste = 把公告或计划粘贴到上面的框里，登记进展
desk-nothing-to-assign = 没有待分派的事项。
desk-nothing-done = 您还没有登记过内容。
