# Refusals of obligations and outputs: one message for each rule, by the rule's id. What is missing, and what to do next.

## Obligations
refusal-obligation-text = 有填写不符合要求的内容，请按各项提示改正。
refusal-obligation-ended = 该承担单元已不在清单要求之内，不能再办理。
refusal-obligation-closed = 该承担单元已办结。如需继续办理，请先重新打开。
refusal-obligation-not-closed = 该承担单元尚未办结，无需重新打开。
refusal-obligation-part-given = 清单已写明该项的承担角色（{ $part }），不能另选。
refusal-obligation-part-not-offered = 只能在“参与”和“承办”之间选择。
refusal-obligation-topics-unknown = 所选内容不在该任务之列：{ $topics }。该任务包含：{ $known }。请至少选一项。
refusal-obligation-not-willing = 该任务没有写“有意愿的”或“有关”地方，不能自愿承担。可以提出调整清单的建议。
refusal-obligation-already-held = 本地已经承担该任务。
refusal-obligation-firm = 该项由清单确定，不能退出。可以提出调整清单的建议。
refusal-obligation-no-such-desk = { $organization } 没有席位“{ $desk }”。请从列出的席位中选择，或请系统管理员设立。
refusal-obligation-person-not-at-desk = 所选人员今天不在席位“{ $desk }”任职。请另选人员，或只交给席位。
refusal-obligation-already-in-these-hands = 该项已经在所选席位（人员）手中。
refusal-obligation-milestone-unknown = 没有节点“{ $milestone }”。已有的节点：{ $known }。
refusal-obligation-milestone-reached = 节点“{ $milestone }”已于 { $day } 达到。
refusal-obligation-due-before-list = 完成日期 { $due } 早于清单印发日期 { $issued }。
refusal-obligation-stage-unknown = “{ $stage }”不是阶段代码。阶段为 { $known }，可加分阶段，如 30.20。
refusal-obligation-designation-unreadable = “{ $text }”不像标准编号。请写成 DB3201/T 1234—2026 的样子；编号未知可以留空。
refusal-obligation-source-missing = 请写明来源：文件、公告或报道的名称和日期，或者网址，或者附上文件。
refusal-obligation-reported-before-published = 报道日期 { $reported } 早于发布日期 { $published }。
refusal-obligation-file-missing = 没有收到文件 { $file }。请重新上传后再提交。
refusal-obligation-too-many-files = 一条记录最多附 { $most } 个文件。请分条记录，或打包成一个 ZIP。
refusal-obligation-date-in-future = 日期 { $date } 在今天（{ $today }）之后。尚未发生的事请设为节点。
refusal-obligation-before-list = 日期 { $date } 早于清单印发日期 { $issued }。
refusal-obligation-entered-afterwards = 补记 { $date } 的事项需要写明来源。
refusal-obligation-not-blocked = 该项没有未解除的障碍。
refusal-obligation-closes-on-evidence = 办结需要与承担角色（{ $part }）相符的成果或证明：{ $would }。已登记的有：{ $there }。请先登记。
refusal-obligation-no-such-entry = 该事项没有第 { $position } 号记录。
refusal-obligation-evidence-of-output = 该成果登记在成果库中，请在成果页面补全，承担单元随之更新。
refusal-obligation-correction-of-correction = 更正本身不能再被更正。请登记正确的内容。
refusal-obligation-entry-of-the-list = 第 { $position } 号记录由清单形成，只能随清单调整。
refusal-obligation-already-corrected = 第 { $position } 号记录已经更正过。
refusal-obligation-closing-rests-on-it = 办结以第 { $position } 号记录为依据。请先重新打开该事项，再更正。
refusal-correction-not-this = 第 { $position } 号记录不能这样更正：清单带来的内容随清单版本修改，承担单元和成果在各自的页面更正。
refusal-correction-version-rests-on-it = 清单的新版本已以第 { $position } 号记录为依据，不能再更正。

## Outputs
refusal-output-text = 有填写不符合要求的内容，请按各项提示改正。
refusal-output-exists = 已有编号为“{ $output }”的成果记录。
refusal-output-no-such-place = 没有代码为 { $place } 的地方。
refusal-output-no-such-measure = 没有第 { $measure } 条措施。
refusal-output-no-obligation = { $place } 没有承担任务 { $task }。请先登记自愿承担，或作为清单外产出登记。
refusal-output-serves-nothing = 请至少选择一项任务；清单外产出请至少选择一条措施。
refusal-output-nothing-new = 没有新的内容：编号、日期与已登记的相同。

## Single faults
fault-text-empty = 请填写
fault-text-too-long = 最多 { $limit } 个字，现有 { $length } 个
fault-text-control = 含有不可见的控制字符，请删除
fault-link = 请填写以 https:// 或 http:// 开头的网址
fault-link-too-long = 网址过长
fault-designation = 不像标准编号
fault-date-in-future = 不能晚于今天
fault-date-before-list = 不能早于清单印发日期
refusal-obligation-link-of-subject = 任务（或条款）已经对应措施 { $measure }，不必再单独提出。
refusal-obligation-link-of-subject-next = 需要改变任务的对应关系时，请在任务页提出。
fault-outside-has-no-stage = 清单外的成果没有阶段，请选“标准已发布”。
fault-milestone-of-another = 这个节点属于另一事项，请改选节点或对应事项。
fault-tier-differs = 编号属于{ $number }，任务属于{ $task }；确认无误后请勾选。
