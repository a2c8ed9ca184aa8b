# One obligation: its page, the forms of its officers, a line pasted from elsewhere.

## Obligation page
obligation-crumb = 承担单元
obligation-set-by = { $who } 设定
obligation-waits-for = 可解除者：
obligation-milestones = 节点
obligation-no-milestones = 尚未设定节点。没有日期，就不会显示超期。
obligation-reached = 达到日期
obligation-evidence = 成果和证明
obligation-no-evidence = 尚无公开的成果或证明。
obligation-published-on = { $date } 发布或见于报道
obligation-reported-on = { $date } 报道
obligation-source = 来源：
obligation-entry = 第 { $position } 号记录
obligation-history-all = 全部历史（{ $count }）
obligation-binds = 约束强度
obligation-changed-on = 最近进展
obligation-changed-since = 您打开之后，别人登记了这些内容
obligation-send-again = 您填写的内容还在下面。请核对后再提交。
obligation-no-desks = 本地各单位还没有席位。请系统管理员设立席位。

## What officers do
obligation-do-record-stage = 登记阶段
obligation-do-record-evidence = 登记成果或证明
obligation-do-complete-evidence = 补全编号或日期
obligation-do-note = 写进展说明
obligation-do-reach-milestone = 登记达到节点
obligation-do-set-milestone = 设定节点
obligation-do-assign-holder = 交由席位办理
obligation-do-hand-over = 转交
obligation-do-choose-part = 选择承担角色
obligation-do-choose-topics = 选择内容
obligation-do-block = 登记障碍
obligation-do-unblock = 解除障碍
obligation-do-close = 办结
obligation-do-reopen = 重新打开
obligation-do-opt-in = 自愿承担
obligation-do-opt-out = 退出承担

## Fields
obligation-field-on = 自何日起
obligation-field-on-hint = 留空即今天。补记以前的事项须写明来源。
obligation-field-source = 来源
obligation-field-source-or-file = 没有附件时必须写明来源。
obligation-field-files = 附件
obligation-field-files-hint = PDF、DOCX、XLSX、PNG、JPEG、ZIP 或文本文件，最多 { $most } 个，合计不超过 { $size }。附件与本条记录的可见范围相同。
obligation-files-sent = 已上传、待提交的附件
obligation-field-link = 网址
obligation-field-desk = 席位或承办人
obligation-field-reason = 原因
obligation-field-wrong-because = 错在哪里
obligation-field-name = 节点名称
obligation-field-name-en = 英文名称
obligation-field-due = 完成日期
obligation-field-set-by = 设定者
obligation-field-milestone = 节点
obligation-field-note = 说明
obligation-field-designation = 标准或项目编号
obligation-field-title = 名称
obligation-field-title-en = 英文名称
obligation-field-published = 发布日期
obligation-field-reported = 报道日期
obligation-field-block = 障碍说明
obligation-field-waits-for = 可解除者
obligation-field-how = 如何解除
obligation-field-closing = 办结说明

## A pasted line
paste-title = 登记一行公告
paste-line = 粘贴一行公告或计划
paste-hint = 例如：DB3201/T …—2026《养老机构康复服务规范》2026年3月1日发布。确认之前不作任何登记。
paste-read = 读取
paste-doubts = 请核对
paste-candidates = 可能对应的任务
paste-confirm-title = 核对后确认
paste-nothing-yet = 尚未登记
paste-what = 登记为
paste-what-stage = 进入阶段：{ $stage }
paste-what-standard = 标准已发布
paste-target = 对应事项
paste-target-hint = 相近的在前；不属于清单的，选择所服务的措施。
paste-choose = 请选择
paste-designation-hint = 未知可以留空（编号待补）。
paste-on = 日期
paste-source-hint = 所粘贴的原文随记录保存。
paste-outside = 清单外：{ $measure }
paste-confirm = 确认登记
paste-reason-same-title = 名称相同
paste-reason-contained = 名称互相包含
paste-reason-alike = 名称相近 { $percent }%
paste-reason-holds = 该地方承担此项
paste-reason-holds-not = 该地方没有承担此项
paste-reason-number = 写明了序号

## Refusals
refusal-web-action = 没有名为“{ $action }”的办理事项。可用：{ $known }。
refusal-web-action-input = 有填写不符合要求的内容，请按各项提示改正。
fault-choice = 请从列出的项目中选择
fault-line = 这一行是空的，或者过长（最多 4000 字）
obligation-links-note = 任务的对应关系适用于所有承担单元；只涉及这一个承担单元的，在这里单独提出，由清单管理单位确认。
obligation-no-links = 还没有对应的措施。
obligation-link-own = 本承担单元单独对应
obligation-link-of-subject = { $kind ->
    [task] 随任务对应
   *[other] 本条所在措施
}
obligation-link-measure = 对应的措施
obligation-desk-change = 更改席位信息
obligation-desk-name = 席位名称
obligation-desk-name-en = 席位英文名称
obligation-desk-contact-hint = 任何人都能看到；写办公电话、地址和时间，不写个人号码。
obligation-desk-go = 保存
paste-milestone = 达成节点
paste-milestone-hint = 登记后所选节点记为已达成；名称相符的已替您选上，请核对。
paste-milestone-none = 不涉及节点
paste-milestone-earlier = 标准已经发布，所选的是草案阶段的节点：它是这一事项唯一尚未达成的节点，因此替您选上；如不相符，请改选“不涉及节点”。
paste-tier-differs = 编号是{ $number }的编号，而这项任务是{ $task }。
paste-tier-anyway = 我已核对，仍然登记
