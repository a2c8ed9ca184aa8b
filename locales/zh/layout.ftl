# The frame of every page, beyond the words that other rooms share.

frame-tools = 工具
frame-as-of-show = 查看
frame-notices = 提醒
frame-notices-title = { $count } 条未读提醒
frame-notices-none = 没有未读提醒
frame-notices-unread = 条未读
frame-compare-today = 与今天对比
frame-known-at = （按 { $instant } 已知的内容）
frame-words = 术语
frame-api = 开放接口
frame-feeds = 订阅
frame-build = 版本 { $build }

## Screens
screen-measures = 措施×地方
screen-places = 地方
screen-outputs = 成果
screen-reading = 清单校对

## Keyboard
key-search = 搜索
key-down = 下一行
key-up = 上一行
key-open = 打开所在行
key-select = 选择所在行
key-help = 显示本说明
key-off = 关闭单键操作

## Filters and tables
filter-any = 不限
filter-more = 更多筛选
filter-remove = 取消“{ $name }：{ $value }”
table-pages = 分页
table-first = 第一页

## Home
home-what = 商资发〔2024〕314号所列任务和措施的台账：各地承担了什么，形成了什么成果；任何一天的状态都可查、可证。

## The words page
words-intro = 页面和接口中使用的术语。代码不会改变，名称可以修订。
words-word = 术语
words-other-language = 英文
words-id = 代码
words-meaning = 含义
words-term = 基本概念
words-tier = 标准层级
words-claim = 承担方式
words-part = 承担角色
words-state = 状态
words-stage = 阶段
words-substage = 子阶段
words-evidence = 证明材料
words-strength = 约束强度
words-block = 受阻原因
words-audience = 公开范围
words-organization-kind = 机构类型

## The API page
api-intro = 页面上的内容都可以通过接口取得。机器可读的说明：
api-lists = 列表每次返回 limit 行（1–200，默认 50），用 next 的值作为 cursor 取下一页。
api-time = as_of=日期 查询当日终了时的状态；known_at=时刻 按当时已知的内容查询。
api-writes = 写入可带 Idempotency-Key，重复发送只办理一次；带 If-Match 时，别人先改过的内容不会被覆盖。
api-errors = 不能办理时返回 application/problem+json，其中 rule 指出依据，errors 逐项说明。
api-keys = 个人密钥放在 Authorization: Bearer 中，只能办理密钥所限定的事项。
api-example = 试一次
api-example-what = 南京承担的第20项任务，任何人都可以读取：
api-example-past = 2025年6月30日时的状态：
api-example-fields = 返回的 state 是状态，holder 是承办席位，next 是下一节点，delivered 是成果；firm 为 true 即确定承担单元。
api-calls = 接口一览
api-call = 地址
api-method = 方法
api-who = 谁可以调用
api-summary = 说明
api-public = 任何人
api-signed-in = 已登录用户

## Privacy
about-intro = 标尺是《国家服务业扩大开放综合试点示范省市标准制修订及相关工作任务清单（首批）》的台账：各地承担了什么，形成了什么成果，谁在使用，是否有效。
about-source = 文本来源
about-source-text = 104 项任务、17 条措施和组织保障的文字，取自商务部、市场监管总局印发的《关于支持国家服务业扩大开放综合试点示范省市标准化建设推进制度型开放若干措施的意见》及《国家服务业扩大开放综合试点示范省市标准制修订及相关工作任务清单（首批）》（商资发〔2024〕314号）的公开文本，每项旁边可以看到原文的那一行。
about-official = 是否官方
about-official-text = 本页面不是商务部、市场监管总局的官方发布。文件以印发文本为准，标准以批准发布机构公布的文本为准。
about-progress = 进展从哪里来
about-progress-text = 进展由承担地方、部门自行登记，每条都注明何人何时、依据什么。没有人报告的，写“未报告”，不写“未开始”。超期和内部备注只对有权限的人显示。
about-proof = 怎样核对
about-proof-text = 每条登记都不删改，写错的以更正记录更正；任何一天的状态都可以查看。记录首尾相接，定期签名，签名在“开放接口”的 checkpoints 中公开。
about-demo = 本站是演示
about-demo-text = 真实的：104 项任务、措施的句子、四项公开报道的成果及其出处。其余都是演示：示例账户、登记的进展、节点、指导部门的指定和联系人，都标有“演示”，不代表任何地方的实际工作；您在这里登记的内容也同样标记。
privacy-intro = 本平台只处理办理事项所必需的个人信息。
privacy-log = 台账中没有姓名
privacy-log-text = 台账只记录不含身份信息的编号。姓名和联系方式单独加密保存，每个人一把密钥。
privacy-person = 保存什么
privacy-person-text = 账户：登录名、姓名、联系方式、任职和登录记录。意见和附件按提交时说明的范围使用。
privacy-cookies = Cookie
privacy-cookies-text = bc_session 用于保持登录，关闭浏览器即失效；display 保存您选择的对比度和字号。没有其他 Cookie，不使用第三方统计。
privacy-visits = 访问记录
privacy-visits-text = 服务器记录每次请求的时间、页面类别和结果，不记录查询内容，用于排查故障和安全审计。
privacy-rights = 您的权利
privacy-rights-text = 您可以查阅、更正本人信息，也可以要求删除。删除时销毁您的密钥，已加密的内容随之无法读取，台账仍可核验。

## Accessibility
accessibility-intro = 本平台以 WCAG 2.2 AA 级和 GB/T 37668 为目标。
accessibility-keyboard = 键盘
accessibility-keyboard-text = 所有操作都可以只用键盘完成。按 ? 查看快捷键；快捷键可以关闭。
accessibility-script = 不依赖脚本
accessibility-script-text = 关闭脚本后，公开页面和表单照常可用。
accessibility-sight = 视觉
accessibility-sight-text = 状态同时用形状和文字表示，不只靠颜色。页脚可以切换高对比度和字号；放大到 400% 时内容不缺失。
accessibility-language = 语言
accessibility-language-text = 页面有中文和英文。非正式译文和机器翻译均有标注，以中文文本为准。
about-operator-filed = 本站备案号为 { $number }，备案主体即运行单位。
about-operator-none = 本站未填写运行单位和备案号。
