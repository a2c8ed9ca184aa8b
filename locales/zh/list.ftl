# The list, its tasks and obligations; search.

## Columns
column-number = 序号
column-title = 名称
column-state = 进展
column-places = 承担地
column-place = 承担地
column-guiding = 指导部门
column-time-limit = 时限
column-measures = 对应措施
column-progress = 阶段
column-holder = 在谁手里
column-since = 自何时
column-due = 下一节点

## Words
word-yes = 是
word-no = 否
tally-one = { $state } { $count }
ruler-state-and-stage = { $state }，{ $stage }
due-none = 未设日期
next-time-limit = 任务时限
guiding-goes-on = { $source }；{ $body }终止后由承接机构继续指导
due-set-by = { $what }（{ $who } 设定）
measure-short = 措施（{ $number }）
measure-name = { $number ->
    [overall] { "" }
    [safeguard] { "" }
   *[other] （{ $number }）
 }
link-unconfirmed = 待确认
output-no-number = 编号待补

## Home
home-title = 标准化建设任务清单台账
home-tasks = 项任务
home-obligations = 个确定承担单元
home-sentences = 条措施承诺
home-outputs = 项公开报道的成果
home-doors = 从这里开始
home-door-place = 看一个地方：{ $name }
home-door-place-text = 承担了哪些任务，形成了什么成果，下一步是什么
home-door-task = 看一项任务：从清单到成果
home-door-task-text = 第20项《养老机构康复服务规范》
home-door-system = 试一个标准：改一个数，看等级
home-door-system-text = 《{ $title }》：两个结果并排，为什么变，依据哪一条
home-door-text-text = 第28项《5G全连接工厂评估指南》：从清单到逐条文本
home-week = 本周到期
home-week-until = 截至 { $day }
home-week-none = 未来七天没有已公布的到期节点；下一个是：
home-newest = 最新成果
home-newest-all = 全部成果
home-as-picture = 图
home-as-table = 表
home-all-places = 全部地方

## The list
list-version = 首批 · 第{ $version }版 · { $date }起
list-version-choose = 版本
list-version-today = 现行
list-version-of = 第{ $version }版（{ $date }起）
list-version-day = 截至{ $date }
list-group-part = 原文顺序
list-guiding-other = { $id }
list-changed-only = 只看有变化的
list-changed-all = 看全部
list-changed = 与今天相比，{ $count } 行有变化，已标出。
list-before = 该日期尚无生效的清单
list-words = 名称或序号
list-place = 地方
list-measure = 措施
list-guiding = 指导部门
list-noted = 提示
list-noted-only = 仅看有提示的
list-english = 英文名称为机器翻译，未经核对，以中文为准。
list-unassigned = 未指定
list-has-note = 提示
sign-prepared = 制表：
sign-checked = 复核：
sign-issued = 签发：

## A task
task-number = 第{ $number }项
task-facts = 基本信息
task-no-guiding = 未指定指导部门
task-no-time-limit = 未设时限
task-nothing-due = 已交付，没有下一期限
task-volunteer = { $place }愿意承担
task-nothing-to-do = 无需办理
task-report = 报告进展
task-propose-change = 提出调整
task-warning = 提示
task-source = 依据：
task-not-verified = 尚未与原文核对，仅供提示
task-near = 名称相近的任务
task-as-published = 原文与读取结果
task-lines = 公布文本第 { $first }–{ $last } 行
task-counterparts = 对接的地方
task-topics = 包含的主题
task-holders = 承担单元
task-outputs = 形成的成果
task-otherwise = 与今天不同之处
task-part = 部分
task-section = 类别
task-in-force = 清单版本
task-version = 第{ $version }版
task-fate = { $fate ->
    [merged] 已并入其他任务
    [closed] 已调出清单
   *[other] 在清单中
 }

## Obligations
obligations-title = 承担单元
obligations-firm = 确定承担
obligations-of = 来源
obligations-of-tasks = 清单任务
obligations-of-actions = 措施条款
obligations-of-both = 任务和措施条款
obligations-group-task = 任务

## Search
search-title = 搜索
search-words = 名称、序号、标准编号、机构、措施
search-hint = 可输入任务、成果、地方、机构、措施条款或调整提案中的词，也可输入清单序号、标准编号（DB3201/T …）、地方代码或行业标准代号。
search-nothing = 没有找到“{ $words }”。
search-bodies = 机构
search-measures = 措施
search-held = { $place }承担的 { $count } 项
search-sentences = 措施条款

## The published text
published-title = 公布文本
published-note = { $document }，逐行列出，行号与各任务、措施所注一致。
published-chinese = 只有中文文本。
home-compared = { $count ->
    [0] 与今天相比，各地没有变化。
   *[other] 与今天相比，{ $count } 个地方有变化：
}
home-differs = { $name } { $before } → { $after }
home-outputs-note = 成果件数含清单外成果；图块只计清单内任务。
list-before-first = 该日期尚无生效的清单；第1版自{ $date }起
list-data-as-of = 数据截至{ $when }
otherwise-part = { $name }：{ $what }
due-passed = { $day } 已过
due-passed-long = { $day } 已过，结果不公开
due-passed-note = 日期已过的节点是否逾期，只对参与单位显示。
task-due-elsewhere = 各地另有节点，最近：
task-propose-who = 供地方和部门人员提出
task-propose-others = 调整由地方和部门的人员提出；其他单位可向承担地反映：
task-propose-contact = { $place }的联系方式
search-documents = 文件
obligations-commitments = 措施承诺
