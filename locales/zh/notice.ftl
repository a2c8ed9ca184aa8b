# Following, notices, letters.

notice-title = 提醒
notice-none = 没有提醒。在任务、地方或事项页上选择“关注”，这里就会显示其后的变化。
notice-follows = 我关注的
notice-follows-none = 还没有关注任何内容。
notice-unread = 未读 { $count } 条
notice-read-all = 全部标为已读
notice-read = 已读
notice-new = 新
notice-stop = 取消关注
notice-start = 关注
notice-strength = 提醒范围
notice-all = 全部变化
notice-significant = 重要变化
notice-task = 任务序号
notice-task-hint = 清单序号，例如 10
notice-either = 请选择地方、填写任务，或两者都填。
notice-place = 地方
notice-any-place = 不限地方
notice-what = 变化
notice-when = 记录时间
notice-where = 对象
notice-of-object = 对象 { $id }
notice-of-place = 地方 { $id }
notice-of-task = 任务 { $id }
notice-of-measure = 措施 { $id }
notice-of-kind = 全部{ $id }
notice-mail-hint = 填写了电子邮件地址的账户每小时最多收到一封摘要；非公开的内容只写条数。
notice-following = 已关注：{ $strength }
notice-letters = 摘要邮件
notice-letters-none = 本站未设置邮件服务器，不发摘要邮件。
notice-letters-stop = 停止摘要邮件
notice-letters-stopped = 摘要邮件已停止；站内提醒照常。
notice-letters-again = 恢复摘要邮件
notice-no-letters = 不再接收此类邮件：{ $address }

## Letters
notice-subject = 标尺：您关注的内容有 { $count } 条变化
notice-restricted = 另有 { $count } 条仅参与单位可见的变化，请登录后查看。
notice-more = 还有 { $count } 条，请打开网页查看。
notice-why = 您收到此信，是因为您在标尺上关注了上述内容。取消关注：{ $address }
notice-who = 此信只发给关注者本人。

## The link to set a password
letter-invitation-subject = 标尺：请设置账户密码
letter-invitation =
    { $name }：
    您受邀使用清单台账“标尺”。请在 { $until } 前打开以下链接设置密码：
      { $address }
    如与您无关，请勿点击；链接未使用前账户不会启用。
letter-reset-subject = 标尺：重设密码
letter-reset =
    { $name }：
    有人为您的“标尺”账户申请重设密码。请在 { $until } 前打开以下链接：
      { $address }
    如非本人申请，请忽略此信，原密码不变。

letter-factor-removed-subject = 标尺：您的二次验证已解除
letter-factor-removed =
    您的“标尺”账户的二次验证已被解除，所有登录会话已终止。办理原因见账户页面，请在该处重新设置二次验证：
      { $address }
    如非本人申请，请立即联系本单位的安全管理员。

## Refusals
refusal-notice-target = 没有关注。
fault-notice-task = 清单中没有这项任务。请填写清单序号，例如 10
fault-notice-either = 请选择地方，或填写任务的清单序号
refusal-notice-target-next = 请选择要关注的任务、地方或事项。
refusal-notice-too-many = 最多关注 { $most } 项。
refusal-notice-too-many-next = 请先取消一些关注。
