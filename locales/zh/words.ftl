# Words that every page shares: the frame, actions, states, marks, counts and time limits.
# Ids begin with what they are: frame-, action-, state-, mark-, count-, days-, table-, form-, refusal-, chart-.

## The frame of a page
frame-name = 标尺
frame-skip = 跳到正文
frame-main-navigation = 主导航
frame-breadcrumb = 当前位置
frame-search = 搜索任务、标准号、机构
frame-search-hint = 按 / 键开始搜索
frame-menu = 菜单
frame-as-of = 数据截至
frame-as-of-today = 今天
frame-as-of-past = 您看到的是 { $date } 的状态
frame-as-of-future = { $date } 尚未到来，显示的是按今天所知到那天的状态
frame-as-of-return = 回到今天
frame-language = English
frame-language-label = Switch to English
frame-sign-in = 登录
frame-sign-out = 退出
frame-account = 账户
frame-contrast = 高对比度
frame-text-size = 字号
frame-about = 关于本站
frame-state-of = { $date } 的状态
frame-accessibility = 无障碍说明
frame-privacy = 隐私说明
frame-keyboard-help = 键盘操作
frame-chinese-prevails = 以中文文本为准。
frame-version = 清单第 { $version } 版
frame-data-as-of = 数据截至 { $instant }
frame-printed-at = 打印于 { $instant }
frame-page-of = 第 { $page } 页，共 { $pages } 页

## The four questions of a page head
facts-where = 到哪一步了
facts-who = 在谁手里
assign-choose = 请选择
facts-when = 几天后到期
facts-next = 我要做什么
facts-since = 自 { $date } 起

## Screens
screen-home = 总览
screen-list = 任务清单
screen-coverage = 覆盖矩阵
screen-desk = 我的工作台
screen-dossier = 标准项目
screen-reader = 草案阅读
screen-consultations = 征求意见
screen-dispositions = 意见处理
screen-review = 审查与表决
screen-calls = 揭榜挂帅
screen-alignment = 规则对照
screen-reports = 评估与报表
screen-changes = 清单调整
screen-administration = 管理

## Actions
action-search = 搜索
action-filter = 筛选
action-clear-filters = 清除筛选
action-apply = 应用
action-save-draft = 保存草稿
action-cancel = 取消
action-back = 返回
action-edit = 修改
action-undo = 撤销
action-follow = 关注
action-unfollow = 取消关注
action-print = 打印
action-download-workbook = 下载工作簿
action-upload-workbook = 上传工作簿
action-copy = 复制
action-copied = 已复制
action-show-all = 显示全部
action-more = 更多
action-close = 关闭
action-open = 打开
action-history = 历史
action-compare = 对比
action-report-error = 指出错误

## States: always shape and word together
state-published = 已发布
state-in-progress = 进行中
state-unreported = 未报告
state-due-soon = 将到期
state-blocked = 受阻
state-overdue = 已超期
state-closed = 已办结
state-not-taken-up = 未承接
state-taken-up = 已承接
state-proposed = 拟议

## Marks
mark-demo = 演示
mark-demo-long = 演示数据，不代表任何地方的实际进展；点开看哪些是真实的
mark-machine = 机器
mark-machine-long = 由机器标注，可撤销
mark-machine-translation = 机器翻译，未经核对
mark-unofficial = 非正式译文
mark-no-english = 暂无英文
mark-changed = 有变化
mark-draft = 草稿
mark-unknown = 未公布

## Counts
days-unsettled = （所涉年份的放假安排尚未公布，暂按法定固定节日计）
count-tasks = { $count } 项任务
count-obligations = { $count } 个承担单元
count-places = { $count } 个地方
count-rows = { $count } 行
count-selected = 已选 { $count } 行
count-shown = 显示 { $shown } 行，共 { $total } 行
count-comments = { $count } 条意见
count-files = { $count } 个文件
size-bytes = { $count } 字节

## Time limits
deadline-closes = { $date }24:00 截止（北京时间）
days-working-left = 还剩 { $count } 个工作日
days-off-left = 还剩 { $count } 天（均为休息日）
days-due-today = 今天到期
days-past = 已过 { $count } 天

## Tables
table-select-row = 选择此行
table-select-all = 选择全部
table-columns = 选择列
table-group = 分组
table-group-none = 不分组
table-density-compact = 紧凑
table-density-normal = 标准
table-group-by = 分组
table-sort-by = 按“{ $column }”排序
table-empty = 没有符合条件的行
table-next = 下一页
table-previous = 上一页
table-details = 详情

## Forms
form-errors-title = 有 { $count } 处需要改正
form-required = 必填
form-optional = 选填
form-unsaved = 有未保存的修改，确定离开吗？

## Refusals
refusal-title = 不能办理
refusal-rule = 依据
refusal-next = 接下来
refusal-ask = 咨询

## Pictures
chart-as-table = 查看数据表
chart-source = 来源：{ $source }，{ $date }
count-commitments = { $count } 条措施承诺
