# Why a change of the list, an import or a workbook is not taken, and what to do next.

refusal-list-approval-missing = 尚不能生效：{ $mofcom ->
    [missing] { $samr ->
        [missing] 缺少商务部和市场监管总局的批准文号，应分别由商务部、市场监管总局给出
       *[entered] 缺少商务部的批准文号，应由商务部给出
    }
   *[entered] 缺少市场监管总局的批准文号，应由市场监管总局给出
}。商资发〔2024〕314号 六、组织保障：“支持有关部门和地方依托试点示范工作机制，动态更新标准化建设工作任务及相关清单，履行相关程序后部署实施。”取得文号后，由清单管理人员录入。
refusal-list-opinions-not-asked = 还有 { $count } 个受影响的地方没有被征求意见。由清单管理单位（商务部）在本页“征求意见”中向其商务主管部门发出。
refusal-list-opinions-running = 征求意见到 { $until } 24:00 截止，还有 { $open } 家未答复。由被征求意见的单位答复；全部答复后由清单管理单位结束，到期自动结束。
refusal-list-opinions-over = 征求意见已于 { $until } 截止，不能再答复或再次结束。需要时请清单管理单位重新征求意见。
refusal-list-not-asked = 没有就此项调整向该单位征求意见。要答复的，请清单管理单位先向该单位征求意见。
refusal-list-approved-text-frozen = { $approver ->
    [mofcom] 商务部
   *[samr] 市场监管总局
}已以 { $number } 批准此文本，不能再改。需要修改时，由提出单位或清单管理单位撤回后另行提出。
refusal-list-already-published = 此项调整已经公开，不必再次公开。
refusal-list-proposal-in-effect = 此项调整已经生效，成为清单第 { $version } 版，不能再改。需要时请另提调整。
refusal-list-proposal-withdrawn = 此项调整已经撤回。需要时请另提调整。
refusal-list-base-moved = 此项调整以清单第 { $base } 版为基础，而现行版本是第 { $current } 版。请提出单位在“修改提案”中按现行版本核对并保存，再继续办理。
refusal-list-changes-unfit = 有 { $count } 处调整不能成立，请提出单位在“修改提案”中逐处修改。
refusal-list-text-unfit = 文字不合要求，请修改后再提交。
refusal-list-nobody-asked = 没有写明向谁征求意见。
refusal-list-organization-unknown = 平台没有“{ $organization }”这个单位。请系统管理员先在单位管理中录入。
refusal-list-until-past = 截止日 { $until } 不晚于今天。请选择今天以后的日期。
refusal-list-approval-unfit = 批准文号或日期不合要求，请核对文件后再录入。
refusal-list-effect-too-early = 生效日 { $on } 早于最早可以生效的 { $earliest }（批准日期和现行版本施行日期中较晚的一个）。
refusal-list-no-addressee = 有 { $count } 个地方还没有商务主管部门，承担单元无处可落。请系统管理员先在单位管理中录入。
refusal-list-no-place-above = 该地方没有上一级地方，不能上移。
refusal-list-place-not-named = 清单没有点名由该地方承担此任务，不能上移。
refusal-list-nothing-near = 没有与第 { $number } 项近似的任务。
refusal-list-not-the-proposer = 只有提出单位和清单管理单位可以修改或撤回。请联系提出单位，或另提调整。
refusal-list-other-list = 此项调整不属于清单“{ $list }”。
refusal-list-doubts-open = 文本还有 { $count } 处疑点未核定，没有录入任何内容。请逐处核对：第 { $lines } 行。
refusal-list-decision-unfit = 第 { $line } 行的核定意见不能成立：该行没有疑点，或任务号不存在。
refusal-list-already-entered = 清单“{ $list }”已经录入。变更请走清单调整。
refusal-list-task-ended = 此任务已并入其他任务或已关闭，不能再指定。
refusal-list-link-absent = 此任务与措施 { $measure } 没有关联。
refusal-list-measure-unknown = 没有措施 { $measure }。
refusal-list-link-stands = 此任务与措施 { $measure } 的关联已经在了。
refusal-list-workbook-unreadable = 工作簿不能读取：{ $reason }
refusal-list-workbook-empty = 工作簿与平台现有内容相同，没有可提出的修改。

fault-no-changes = 没有写任何调整。
fault-too-many-changes = 一次最多 500 处调整，这里有 { $what } 处。
fault-changes-nothing = 第 { $index } 处：与现行清单相同，没有变化。
fault-title-empty = 第 { $index } 处：没有题目。
fault-title-too-long = 第 { $index } 处：题目有 { $what } 个字，最多 200 个字。
fault-title-odd = 第 { $index } 处：题目含有不能显示的字符。
fault-no-places = 第 { $index } 处：没有写明由哪些地方承担。
fault-place-unknown = 第 { $index } 处：平台没有地方 { $what }。
fault-place-already-in = 第 { $index } 处：{ $what } 已在试点示范省市之列。
fault-merge-with-itself = 第 { $index } 处：任务不能与自身合并。
fault-task-unknown = 第 { $index } 处：没有任务 { $what }。
fault-task-ended = 第 { $index } 处：任务 { $what } 已并入其他任务或已关闭。
fault-reason-empty = 请写明理由。
fault-words-too-long = 第 { $index } 处：文字过长，最多 { $what } 个字。
fault-nobody-asked = 请至少选择一个单位。
fault-until-past = 请选择今天以后的日期。
fault-approval-number = 请填写文件上的文号，最多 80 个字。
fault-date-future = 日期不能晚于今天。
fault-effect-too-early = 请选择不早于批准日期的日期。
fault-opinions-not-asked = 另有 { $count } 个受影响的地方没有被征求意见。
fault-opinions-running = 另外，征求意见到 { $until } 24:00 截止，还有 { $open } 家未答复。
refusal-list-no-tasks = 文本中没有读出任务清单。
refusal-list-number-twice = 第 { $number } 项出现两次，请核定编号。
refusal-list-id-unfit = 清单代号只能用英文字母、数字和连字符。
refusal-list-place-unknown = 平台没有地方 { $place }。
fault-doubt = 第 { $line } 行：{ $doubt ->
    [number_missing] 没有编号
    [number_repeated] 编号重复
    [number_out_of_order] 编号次序不对
    [gap_in_numbers] 编号不连续
    [places_unread] 没有读出承担地方
    [unknown_place] 有不认识的地名
    [bracket_unbalanced] 括号不成对
    [title_suspicious] 题目可能有误
    [tier_unread] 没有读出标准类别
    [heading_uncertain] 标题可能有误
    [measure_out_of_order] 措施编号不对
    [bare_number_inside] 正文中夹有单独的数字
    [no_tasks] 没有读出任务清单
   *[other] 须核对
}
refusal-list-text-not-utf8 = 文件不是 UTF-8 编码的文本。
fault-not-utf8 = 请另存为 UTF-8 编码后再上传。
