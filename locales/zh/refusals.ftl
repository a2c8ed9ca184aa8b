# Why something is not done, and what to do next. An id is refusal-FEATURE-RULE, the next step refusal-FEATURE-RULE-next.

error-unseen = 没有找到
error-broken = 系统出错
refusal-request = 请求编号

## By manner, where a rule has no message of its own
refusal-manner-wrong = 填写的内容有误。
refusal-manner-wrong-next = 请按提示改正后再提交。
refusal-manner-unseen = 没有这项内容，或者您无权查看。
refusal-manner-unseen-next = 请核对地址，或者登录后再试。
refusal-manner-forbidden = 您没有办理此事的权限。
refusal-manner-forbidden-next = 请联系本单位的管理员。
refusal-manner-anonymous = 需要先登录。
refusal-manner-anonymous-next = 请登录后再办理。
refusal-manner-stale = 别人刚刚改过同一内容，您的修改没有保存。
refusal-manner-stale-next = 请重新打开，核对后再提交。
refusal-manner-rule = 按现行规则，现在不能办理。
refusal-manner-rule-next = 请查看所列依据。
refusal-manner-too-many = 操作过于频繁。
refusal-manner-too-many-next = 请稍后再试。
refusal-manner-too-large = 提交的内容过大。
refusal-manner-too-large-next = 请缩小后再提交。

## Rules that all features share
refusal-any-unseen = 没有这项内容，或者您无权查看。
refusal-any-unseen-next = 请核对地址，或者登录后再试。
refusal-any-stale = 别人刚刚改过同一内容，您的修改没有保存。
refusal-any-stale-next = 请重新打开，核对后再提交。
refusal-any-taken = “{ $value }”已被使用。
refusal-any-taken-next = 请换一个。
refusal-any-key-reused = 这个 Idempotency-Key 已用于另一项内容不同的请求。
refusal-any-key-reused-next = 每项请求请使用新的编号。
refusal-any-already-reacted = 此事已经办理。
refusal-any-nothing-to-do = 没有任何改动。
refusal-any-nothing-to-do-next = 请先修改，再提交。

## Rights
refusal-rights-sign-in = 需要先登录。
refusal-rights-sign-in-next = 请登录后再办理。
refusal-rights-missing = 您没有“{ $right }”的权限。
refusal-rights-missing-next = 请联系本单位的安全管理员。

## What comes in
refusal-web-broken = 系统出错，没有保存任何内容。
refusal-web-broken-next = 请稍后再试；联系管理员时请提供请求编号。
refusal-web-key = 密钥无效，或者已被撤销。
refusal-web-key-next = 请在账户页面新建密钥。
refusal-web-parameter = 参数 { $parameter } 的值“{ $value }”无法识别。
refusal-web-parameter-next = 请改正地址或表单中的这一项。
refusal-web-parameter-unknown = 没有名为“{ $parameter }”的参数，可能写错了；没有按它筛选。
refusal-web-parameter-unknown-next = 可用的参数：{ $known }。
refusal-web-query = 地址中的参数无法识别：{ $reason }
refusal-web-form = 表单无法识别：{ $reason }
refusal-web-not-json = 请求内容应为 JSON（Content-Type: application/json）。
refusal-web-json = 请求内容第 { $line } 行第 { $column } 列无法识别：{ $reason }
refusal-web-body = 请求内容不完整，或者无法识别。
refusal-web-too-large = 提交的内容过大。
refusal-web-too-many = 短时间内请求过多，这一次没有办理。
refusal-web-too-many-next = 请在 { $seconds } 秒后再试。
refusal-web-idempotency-key = Idempotency-Key 应为 1–200 个可打印字符。
refusal-web-cross-site = 这项请求来自其他网站，为安全起见没有办理。
refusal-web-cross-site-next = 请从本站页面提交。
refusal-web-must-change = 请先修改初始密码。
refusal-web-must-change-next = 登录后在账户页面修改密码。
refusal-web-method = 这个地址不支持该请求方法。
refusal-redaction-done = 第 { $position } 条记录的内容此前已清除。
refusal-redaction-not-this = 更正记录的内容不能清除，否则不再能撤回原记录。
refusal-redaction-not-taken-back = 第 { $position } 条记录仍然有效：请先更正撤回，再清除内容。
refusal-redaction-ground = 须写明原因（不超过 500 字）和依据（不超过 200 字）。
refusal-web-starting = 系统正在启动：{ $doing }。
refusal-web-starting-next = 数据没有丢失，请在 { $seconds } 秒后再试。
starting-title = 系统正在启动
starting-connecting = 正在连接数据库
starting-migrating = 正在升级数据表
starting-rebuilding = 正在按日志重建数据
starting-entering = 正在载入出厂数据
refusal-web-unconfirmed = 此项办理难以撤回，没有确认，未予办理。
refusal-web-unconfirmed-next = 请勾选确认后重新提交。
fault-unconfirmed = 请勾选确认
fault-date = 日期请写成 2026-11-23 的形式。
fault-instant = 时刻请写成 2026-11-23T09:00:00+08:00 的形式。
fault-limit = limit 应为 1–200 的整数。
fault-parameter = 参数 { $parameter } 的值“{ $value }”无法识别。

fault-password-again = 两次输入的密码不一致

## Entering the shipped list
refusal-list-doubts = 清单文本中有存疑之处，没有导入：{ $doubt }
refusal-list-unread = 清单文本第 { $line } 行缺少 { $what }，没有导入。
refusal-list-no-such-obligation = 清单中没有承担单元 { $obligation }。

## Rights by name
right-list-import = 导入清单
right-task-assign = 指定任务的指导部委和时限
right-link-propose = 提出措施关联
right-link-confirm = 确认措施关联
right-obligation-choose = 选择承担角色
right-obligation-assign = 指定承办处室或人员
right-obligation-plan = 设定时间节点
right-obligation-report = 报告进展
right-obligation-close = 办结事项
right-entry-correct = 更正记录
right-lateness-read = 查看逾期情况
right-participants-read = 查看参与方内部信息
right-desk-read = 查看本单位处室内部信息
right-output-record = 登记成果
right-text-put = 上传文本版本
right-text-publish = 公开文本版本
right-survey-keep = 开展统计调查、公布统计表
right-survey-rows = 查看统计调查对象的填报数据
right-survey-report = 代表统计调查对象填报
right-proposal-open = 提出清单调整
right-proposal-ask = 征求相关方意见
right-proposal-opine = 代表单位提出意见
right-proposal-approve = 登记批准文号
right-proposal-effect = 使调整生效
right-desk-change = 更改本单位席位的名称和联系方式
right-organization-manage = 管理机构
right-people-manage = 管理人员
right-role-grant = 授予角色
right-own-manage = 管理本人账户
right-audit-read = 查阅审计记录
right-report-make = 制作报表
right-system-run = 运行维护
