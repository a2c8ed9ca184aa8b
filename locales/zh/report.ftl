# Reports: monthly and quarterly reports, the evaluation sheet.

report-quarter = { $year }年第{ $quarter }季度
report-whole = 全部承担单位
report-everybody = 任何人都可以查看、下载和复算。
report-task = 第{ $number }项 { $title }
report-title-month = { $scope }落实{ $document }任务措施清单情况月报（{ $period }）
report-title-quarter = { $scope }落实{ $document }任务措施清单情况季报（{ $period }）
report-mark-month = 清单落实情况月报
report-mark-quarter = 清单落实情况季报
report-number-blank = （发文机关代字）〔{ $year }〕__号
report-addressee-place = 商务部、市场监管总局：
report-addressee-whole = （主送机关待填）：
report-signature-blank = （单位名称待填）
report-annexes = 附件：
report-annex-name = 任务措施承担情况明细表（{ $period }）
report-demo = 演示 · 含演示数据，不代表任何地方的实际进展
report-demo-mark = 〔演示〕
report-note = 依据清单第 { $version } 版，数据截至 { $date } 24:00；正文中的数字可打开所计各行。
report-note-open = 打开本报表

## Parts
report-standing = 总体情况
report-changed = 本期变化
report-outputs = 本期成果
report-blocked = 存在的障碍
report-due = 下一步
report-as-of = 截至{ $date }，{ $scope }{ $group }共 { $number } 项
report-colon = ：
report-comma = ，
report-stop = 。
report-of-which = { $state } { $number } 项
report-all = 合计
report-none = 无
report-group-firm = 确定承担的任务
report-group-willing = 自愿承接的任务
report-group-sentences = 措施中的事项
report-changed-none = 本期没有承担事项发生变化。
report-changed-count = 本期有 { $count } 项承担事项发生变化。
report-changed-rest = 其余 { $count } 项变化见附件。
report-aspect-new = 新列入
report-aspect-state = 状态
report-aspect-stage = 阶段
report-aspect-holder = 承办处室
report-aspect-next = 下一节点
report-aspect-evidence = 证据或成果
report-aspect-block = 障碍
report-aspect-terms = 角色或内容
report-aspect-reported = 有新报告
report-outputs-listed = 清单内
report-outputs-unlisted = 清单外
report-outputs-none = 本期无。
report-output = 《{ $title }》（{ $number }），{ $day }，来源：{ $source }。
report-number-unknown = 编号待补
report-blocked-none = 没有受阻事项。
report-blocked-unseen = 受阻原因仅向参与单位提供。
report-due-none = 今后 { $days } 天内没有已定期限的节点。

## Columns
report-column-ordinal = 序号
report-column-task = 任务
report-column-group = 类别
report-column-place = 承担地
report-column-part = 角色
report-column-state = 状态
report-column-stage = 阶段
report-column-holder = 在谁手里
report-column-since = 自何时
report-column-next = 下一节点
report-column-due = 期限
report-column-output = 成果
report-column-designation = 编号
report-column-source = 来源
report-column-changed = 本期变化
report-column-from = 原状态
report-column-to = 现状态
report-column-what = 变化内容
report-column-block = 障碍
report-column-reason = 原因
report-column-waits = 有待于
report-column-set-by = 由谁规定

## Pages
report-monthly = 月报和季报
report-monthly-what = 一个地方或全部清单在一个月、一个季度内的状态、变化、成果和下一步；Word 按公文格式，附明细工作簿。
report-evaluation = 试点评估表
report-evaluation-what = 只依据事件，按公开公式计算各地指标；任何人都可以用数据包重新计算。
report-who = 需要权限
report-choose-place = 地方
report-choose-period = 月份或季度
report-period-hint = 例如 2026-10 或 2026Q3
report-show = 生成报表
report-download-docx = 下载 Word
report-download-xlsx = 下载工作簿
report-download-json = 下载数据包
report-rows-note = 点击数字查看所计各行。

## The evaluation sheet
evaluation-title = 试点评估表
evaluation-intro = 指标只取自公开的事件；按时完成节点一栏仅参与单位可见，不计入得分。
evaluation-weights = 权重为演示：商务部没有公布权重，这里的权重只用于说明算法，可在 catalog/evaluation.toml 中修改。
evaluation-again = 公式和各地方的公开数据都在这里：下载数据（JSON），任何人都可以复算。未公开的行只向参与方显示，不计入得分。
evaluation-score = 示意得分
evaluation-formula = 公式
evaluation-weight = 权重（演示）
evaluation-indicator = 指标
evaluation-days = { $days } 天
evaluation-no-value = 无数据
evaluation-explanation = 地方说明
evaluation-explain = 附加说明
evaluation-explain-hint = 说明与数据并列公布，不改变任何数字。最多 2000 字。
evaluation-explain-send = 公布说明
evaluation-explained-at = 公布于 { $instant }
evaluation-caption = 各试点地方指标

## Refusals
refusal-report-future = 所选时段 { $period } 还没有开始。
refusal-report-future-next = 请选择本月或更早的时段。
refusal-report-explanation = 说明没有公布。
refusal-report-explanation-next = 请填写 1 到 2000 字的说明。
fault-period-future = 时段还没有开始
fault-period = 请写成 2026-10 或 2026Q3
