# The command line: help, answers, what doctor finds.


## Headings of the help
cli-heading-usage = 用法
cli-heading-verbs = 命令
cli-heading-verb = 命令
cli-heading-options = 选项
cli-heading-arguments = 参数

## Verbs, each with an example
cli = 标尺：清单台账。谁承诺了什么、结果如何，任一日期可查，可验证。
cli-example =
    例：
      biaochi serve --demo
      biaochi list read 清单.txt --format json
cli-serve = 启动平台；需要时升级数据库、重建数据表
cli-serve-example =
    例：
      biaochi serve --listen 127.0.0.1:8080 --demo
cli-list = 读取、录入、查看、导出、比较清单
cli-list-example =
    例：
      biaochi list show --as-of 2025-06-30
cli-list-read = 读取公布的文本并打印所读内容；有存疑之处时退出码为 1
cli-list-read-example =
    例：
      biaochi list read 清单.txt --format json
cli-list-import = 录入公布的清单；有存疑之处则不录入
cli-list-import-example =
    例：
      biaochi list import 清单.txt
cli-list-show = 显示某一版本或某一日期的清单
cli-list-show-example =
    例：
      biaochi list show --as-of 2025-06-30 --format json
cli-list-export = 导出清单为工作簿、CSV 或 JSON（按文件后缀）
cli-list-export-example =
    例：
      biaochi list export --version 1 -o 清单.xlsx
cli-list-diff = 比较清单的两个版本
cli-list-diff-example =
    例：
      biaochi list diff 1 2
cli-number = 解析标准编号：规范写法与问题
cli-number-example =
    例：
      biaochi number 'GB/T1.1-2020' 'DB3201/T 1234—2026'
cli-run = 按可执行标准计算各单元的结果
cli-run-example =
    例：
      biaochi run examples/5g-factory.md --data 工厂.csv --at 2025-03-01 --format json
cli-explain = 说明一个单元的结果如何得出：公式、输入、参数、条款
cli-explain-example =
    例：
      biaochi explain examples/5g-factory.md --data 工厂.csv --unit 甲厂 --node C2
cli-sensitivity = 改变标准声明的不确定内容：名次区间、等级翻转、Sobol 指数
cli-sensitivity-example =
    例：
      biaochi sensitivity 指数.md --data 城市.csv --until 0.01 --seed 7
cli-analyse = 分析排名背后的结构：哪些指标重复或相互抵消，各指标起多大作用，各单元如何变化
cli-analyse-example =
    示例：
      biaochi analyse index.md --data cities.csv
cli-footprint = 计算产品系统中各产品的足迹：整个供应链的影响
cli-footprint-example =
    例：
      biaochi footprint --technosphere A.csv --biosphere B.csv --factors C.csv --demand D.csv
cli-import-openlca = 将 openLCA 数据包（JSON-LD）转成 footprint 的各表
cli-import-openlca-example =
    示例：
      biaochi import-openlca database.zip -o tables
cli-export-openlca = 将 footprint 的各表转成 openLCA 数据包（JSON-LD）
cli-export-openlca-example =
    示例：
      biaochi export-openlca --technosphere A.csv --biosphere B.csv --factors C.csv -o system.zip
cli-import-index = 把 COINr 或 COIN Tool 的指数转为可执行标准
cli-import-index-example =
    例：
      biaochi import-index iMeta.csv iData.csv -o 指数.md --impute group:区域
cli-build = 把标准文本编译成各种格式
cli-build-example =
    例：
      biaochi build 标准.md --to pdf,html -o 输出
cli-build-arg-fonts = PDF 的字体：screen（思源字体）或 office（本机已装的宋体、黑体）
cli-build-arg-output = 输出目录（默认与源文件同目录）；几个文本同名时只生成第一个，其余报错
cli-build-arg-to = 格式（默认全部）
cli-form = 标准制修订程序的表格和编制说明：空白表、填写内容的核对和打印
cli-form-example =
    例：
      biaochi form
      biaochi form F3 --empty -o 空表.toml
      biaochi form F3 -i 意见.toml -o 意见.pdf
cli-form-arg-id = 表格（不写则列出全部表格；只写表格则说明各项怎样填写）
cli-form-arg-input = 填好的内容（.json 或 .toml）
cli-form-arg-empty = 空白表：.pdf、.docx、.html 附填写说明，.toml、.json 供填写
cli-form-arg-output = 写入的文件，格式由扩展名定
cli-form-arg-fonts = PDF 的字体：screen（思源字体）或 office（本机已装的宋体、黑体）
cli-form-unknown = 没有表格 { $form }；可用：{ $known }
cli-form-ending = { $file }：扩展名应为 .pdf、.docx、.html 或 .json（空白表还可用 .toml）
cli-import = 把 Word 文件或 NISO STS（XML）读成标准文本
cli-import-example =
    例：
      biaochi import 标准.docx -o 标准.md --report 报告.json
cli-import-arg-file = Word 文件（.docx）或 NISO STS（.xml）
cli-import-arg-output = 写入的标准文本；图片放在同名的 .files 目录
cli-import-arg-report = 写出报告（JSON）：每一块的依据和把握，以及未能保留的内容
cli-import-written = 已写入 { $file }：{ $blocks } 块，其中 { $doubtful } 块请核对
cli-import-warning = { $file } 第 { $place } 块：{ $message }
cli-import-exists = { $file } 已存在且内容不同，未覆盖
cli-check = 检查标准文本
cli-check-example =
    例：
      biaochi check 标准.md --format json
cli-fmt = 写成规范的源文本
cli-fmt-example =
    例：
      biaochi fmt 标准.md
cli-fmt-arg-check = 只检查是否规范，不改动
cli-fix = 自动修改可以修改的问题
cli-fix-example =
    例：
      biaochi fix 标准.md
cli-diff = 比较同一标准的两个版本：条款的增删改、移动、拆分与合并，并草拟前言的主要技术变化
cli-diff-example =
    例：
      biaochi diff 旧版.md 新版.md --to html -o 比较.html
cli-diff-arg-old = 旧版
cli-diff-arg-new = 新版
cli-diff-arg-to = 形式（默认 text）
cli-diff-arg-output = 写入的文件（默认打印）
cli-arg-watch = 文本或其图片一有改动即重新编译，按 Ctrl+C 结束
cli-arg-timings = 报告各步骤用时
cli-arg-fail-level = 达到哪一级的问题算不通过（默认 warning）
cli-arg-profile = 规则集（默认取自文本的 profile，否则按标准类别）：gbt1.1-2020、gbt1.1-2009、group、construction
cli-arg-catalog = 标准目录（CSV：number、status、replaced_by）：所引用的文件是否现行
cli-catalog-column = { $file } 没有“{ $column }”列：首行写列名 number、status、replaced_by
cli-catalog-row = { $file } 第 { $line } 行：“{ $number }”不是标准编号，没有采用
cli-weight-error = 错误
cli-weight-warning = 警告
cli-weight-info = 提示
cli-no-source = 不是文件，或超过 { $limit }
cli-text-clean = { $file }：没有问题
cli-text-raster = { $file }：图片 { $picture } 只以 SVG 写入，旧版 Word 不显示
cli-text-built = 已生成 { $file }
cli-text-watching = 正在关注 { $count } 个文本的改动；按 Ctrl+C 结束
cli-text-same-result = 未生成 { $file }：它与 { $before } 同名，结果会覆盖后者；请另行运行并用 -o 指定别的目录，或改文件名
cli-text-picture = { $file }：图片 { $picture } 无法印出，以其文字代替
cli-text-no-face = { $file }：没有字体包含 { $characters }，以〓代替
cli-no-faces-install = 找不到 { $families }；请安装软件包 { $package }
cli-no-faces = 找不到 --fonts { $profile } 需要的 { $families }
cli-fmt-errors = { $file } 有错误，未改动；请先改正：
cli-fmt-differs = { $file } 不是规范的源文本；请执行 biaochi fmt
cli-fmt-written = 已改写 { $file }
cli-fix-done = { $file }：自动修改 { $count } 处
cli-search = 按任务名称和编号检索
cli-search-example =
    例：
      biaochi search 养老
cli-verify = 验证日志（--ledger），或验证一份签名的检查点
cli-verify-example =
    例：
      biaochi verify --ledger
      biaochi verify 000000001000.json
cli-redact = 清除本不应记录的内容；日志仍可验证并注明
cli-redact-example =
    例：
      biaochi redact 4711 --reason 备注中有电话号码 --rule '个人信息保护法 第四十七条'
cli-redact-arg-position = 记录在日志中的位置；须已更正撤回
cli-redact-arg-reason = 原因，记入日志，请勿写入要清除的内容
cli-redact-arg-rule = 依据，显示在该记录处
cli-rebuild = 由日志重建全部数据表；--check 只比较、不改动
cli-rebuild-example =
    例：
      biaochi rebuild --check
cli-backup = 备份：服务运行时亦可，内容前后一致
cli-backup-example =
    例：
      biaochi backup 备份.zip
cli-restore = 由备份恢复到空数据库并验证；SQLite 的备份可恢复到 PostgreSQL
cli-restore-example =
    例：
      biaochi restore 备份.zip --database postgres://biaochi@db/biaochi
cli-bench = 测量本项目的性能数据，与预算并列
cli-bench-example =
    例：
      biaochi bench ledger --json
cli-user = 管理账户
cli-user-example =
    例：
      biaochi user passwd nanjing
cli-user-add = 新增账户；打印设置密码的邀请码
cli-user-add-example =
    例：
      biaochi user add nanjing --name 王晓 --role commerce_officer --organization nanjing-commerce --place 320100
cli-user-passwd = 设置密码；其全部登录随即失效
cli-user-passwd-example =
    例：
      biaochi user passwd nanjing < 密码文件
cli-user-factor = 解除遗失的二次验证；所有会话终止，并通知本人
cli-user-factor-example =
    例：
      biaochi user factor --remove nanjing --reason 手机遗失，已当面核实
cli-user-factor-arg-remove = 解除谁的二次验证
cli-user-factor-arg-reason = 原因，记入日志
cli-user-erase = 删除某人的个人信息，不可恢复；日志只留编号
cli-user-erase-example =
    例：
      biaochi user erase nanjing --ground consent_withdrawn
cli-user-role = 授予角色
cli-user-role-example =
    例：
      biaochi user role nanjing --role sector_officer --organization nanjing-commerce
cli-user-key = 生成限定用途的个人密钥
cli-user-key-example =
    例：
      biaochi user key nanjing --name 月报 --scope obligation.report
cli-doctor = 列出生效的配置，检查本机缺少什么、如何补齐
cli-doctor-example =
    例：
      biaochi doctor --config /etc/biaochi/biaochi.toml
cli-completions = 打印命令补全脚本
cli-completions-example =
    例：
      biaochi completions bash > /etc/bash_completion.d/biaochi
cli-man = 把手册页写入目录
cli-man-example =
    例：
      biaochi man /usr/local/share/man/man1

## Arguments
cli-arg-help = 显示帮助
cli-arg-version = 显示程序版本
cli-arg-data = 数据目录：数据库、文件、密钥（默认 ./data）
cli-arg-database = 数据库：postgres://… 或 SQLite 文件（默认 数据目录/biaochi.db）
cli-arg-files = 文件存储：目录或 s3://…（默认 数据目录/files）
cli-arg-key-file = 密钥文件（默认 数据目录/biaochi.key）；应另行保管
cli-arg-config = 配置文件（TOML），名称与选项相同
cli-arg-format = 输出格式：text 或 json；json 单独输出到 stdout
cli-arg-lang = 语言：zh 或 en（默认取自 LANG，否则 zh）
cli-arg-text = 标准编号
cli-arg-query = 检索词
cli-arg-file = 文件
cli-arg-ledger = 验证日志
cli-arg-check = 只比较，不改动
cli-bench-arg-name = 测量项目（默认清单、台账与文本）
cli-bench-arg-long = 另测需数分钟的规模：一百万条事件
cli-bench-no-postgres = 已跳过 PostgreSQL：请以 --database postgres://… 指定一个空数据库
cli-bench-not-empty = 该数据库已有记录：测量只写入空数据库，或自建文件
cli-arg-name = 名称
cli-arg-json = 输出 JSON
cli-arg-shell = 终端类型
cli-arg-folder = 目录
cli-arg-listen = 监听地址（默认 127.0.0.1:8080；端口 0 为任一空闲端口）
cli-arg-demo = 演示：样例账户与样例数据，均标明“演示”
cli-arg-base-url = 用户访问平台的地址，如 https://biaochi.example.cn
cli-arg-log = 运行日志的格式：text 或 json（输出到 stderr）
cli-list-arg-version = 清单版本
cli-list-show-arg-version = 清单版本
cli-list-export-arg-version = 清单版本
cli-arg-as-of = 日期，如 2025-06-30
cli-arg-output = 写入的文件（.xlsx、.csv、.json）
cli-arg-from = 起始
cli-list-diff-arg-from = 旧版本
cli-list-diff-arg-to = 新版本
cli-arg-who = 登录名，或日志中的编号
cli-arg-ground = 依据（个人信息保护法第四十七条）：purpose_over、term_over、consent_withdrawn、unlawful、other_law
cli-arg-erasures = 一份较晚的备份，其删除名单一并执行
cli-arg-login = 登录名
cli-arg-email = 电子邮箱
cli-arg-role = 角色
cli-arg-organization = 机构
cli-arg-desk = 岗位
cli-arg-place = 代表的地区代码，可用逗号分隔
cli-arg-until = 截止日期
cli-arg-scope = 密钥可用于的操作，可用逗号分隔
cli-arg-standard = 可执行标准（Markdown）
cli-run-arg-data = 各单元的数据：CSV、XLSX 或 JSON；第一行为列名，unit 列（或 id、uCode）为单元
cli-explain-arg-data = 各单元的数据：CSV、XLSX 或 JSON；第一行为列名，unit 列（或 id、uCode）为单元
cli-arg-at = 报告日（默认今天）：其后发布的参数不采用
cli-arg-period = 期间，如 2024 或 2024-07
cli-sensitivity-arg-data = 评估单元的数据：CSV、XLSX 或 JSON；首行为列名，unit（或 id、uCode）为单元
cli-sensitivity-arg-second-order = 也算每两个因素的二阶指数；重复约多一倍
cli-sensitivity-arg-output = 把结果写入 JSON 文件；以 .svg 结尾则画成名次区间图
cli-sensitivity-arg-until = 各指数 95 % 置信半宽小于此值时停止
cli-arg-seed = 种子：相同则结果逐位相同
cli-arg-exact = 单元再多也逐一精确计算
cli-arg-freeze = 写出指数的目标值，供以后各年使用
cli-run-arg-by-rank = 按名次排列各单元
cli-run-arg-certificate = 把本次运行的证书写入文件：标准和数据的摘要、结果、推导摘要，双签名
cli-run-arg-output = 把结果写入 JSON 文件；以 .xlsx 结尾则写成带公式的工作簿，以 .svg 结尾则画成总分图
cli-arg-meta = 指标表 iMeta：代码、上级、权重、方向、分母
cli-arg-indicators = 数据表 iData：列名即指标代码
cli-arg-technosphere = 技术圈：product,process,amount，产出为正，投入为负
cli-arg-biosphere = 生物圈：flow,process,amount
cli-arg-factors = 特征化因子：flow,factor
cli-arg-demand = 需求：product,amount
cli-footprint-arg-until = 均值的相对误差（95 % 置信）达到此值即停止；抽完仍未达到时状态为 1
cli-arg-samples = 对 uncertainty 列所示各数值抽样若干次，给出均值、分位数以及主要来源
cli-arg-against = 标准的另一版，对同样的数据运行：哪些规则不同，谁变动，因为哪些指标
cli-analyse-arg-data = 各单元的数据：CSV、XLSX 或 JSON；首行为列名，unit（或 id、uCode）列为单元
cli-analyse-arg-output = 将结果写入 JSON 文件
cli-arg-package = openLCA 数据包：JSON-LD 的 ZIP 文件，schema 2 或 1
cli-import-openlca-arg-output = 存放 A.csv、B.csv 和各影响类别因子表的文件夹
cli-arg-category = 影响类别的名称
cli-export-openlca-arg-output = 数据包文件
cli-arg-all = 每种产品的单位足迹，一次算出
cli-import-index-arg-output = 写入的标准（默认打印）
cli-arg-impute = 插补
cli-arg-treat = 极端值处理
cli-arg-normalise = 标准化
cli-arg-aggregate = 汇总
cli-arg-unit = 单元
cli-arg-node = 指标代号（默认总分）

## Answers
cli-failed = 错误：{ $what }
cli-no-such-lang = 没有语言 { $lang }：请用 zh 或 en
cli-unreadable = { $file }：无法读取（{ $reason }）
cli-not-utf8 = { $file }：第 { $line } 行不是 UTF-8；请另存为 UTF-8 后重试
cli-no-key-file = 没有密钥文件 { $file }：请用 --key-file 指明，或先用 biaochi serve 启动一次
cli-no-database = 没有数据库 { $file }：请用 --data 或 --database 指明，或先用 biaochi serve 启动一次
cli-port = 无法监听 { $address }（{ $reason }）：请用 --listen 换一个地址，端口 0 为任一空闲端口
cli-serving = 平台地址：{ $address }
cli-what-is-real = 真实数据：{ $tasks } 项任务、措施的 { $sentences } 项承诺、{ $outputs } 项公开报道的成果；其余均标“演示”。
cli-sample-account = 演示账户 { $name }：{ $login } / { $password }
cli-first-administrator = 尚无系统管理员。24 小时内打开 { $address }/first-administrator 并输入：{ $token }
cli-valid = 有效
cli-not-valid = 无效
cli-doubt = { $file }：第 { $line } 行存疑：{ $doubt }
cli-read = 读出 { $tasks } 项任务，{ $doubts } 处存疑
cli-import-doubts = 未录入：请先核对上述存疑之处
cli-import-other = { $file }：与随附的首批清单不同，不能作为首批清单录入；清单的变更须在平台上提出并经批准
cli-import-there = 清单已经录入，没有改动
cli-imported = 已录入 { $tasks } 项任务、{ $obligations } 项义务
cli-no-version = 清单没有第 { $version } 版；现有版本：{ $known }
cli-export-kind = 不能导出为 .{ $kind }：请用 .xlsx、.csv 或 .json
cli-column-number = 序号
cli-column-part = 部分
cli-column-section = 类别
cli-column-tier = 标准层级
cli-column-title = 任务
cli-column-places = 地区
cli-sheet-list = 任务清单
cli-differ = { $count } 项任务不同
cli-found = 找到 { $count } 项
cli-verified = 已验证 { $events } 个事件，末尾位置 { $head }，{ $problems } 个问题
cli-certificate-holds = 运行证书：未被改动，由密钥 { $key } 签名；请与公布的密钥号核对
cli-certificate-altered = 证书被改动，或不是所列密钥所签：{ $scheme } 签名不成立
cli-certificate-unsigned = 证书所列密钥为 { $key }，签名却出自其他密钥
cli-certificate-malformed = 证书无法核验（{ $reason }）
cli-certificate-trace = 各单元的推导摘要与总摘要不符
cli-certificate-other-keys = 由密钥 { $key } 签名，不是本机密钥文件中的密钥
cli-not-signed = { $file }：不是平台签名的检查点（{ $reason }）
cli-signature-fails = 签名不是本平台的密钥所签
cli-not-in-log = 日志中没有这个检查点
cli-checkpoint-holds = 检查点 { $position }：签名有效，且在日志之中
cli-rebuilt = 数据表已由日志重建
cli-rows-agree = 数据表与日志一致
cli-rows-differ = { $table }：缺 { $missing } 行，多 { $surplus } 行；请执行 biaochi rebuild
cli-backed-up = 已备份到 { $file }：{ $events } 个事件，{ $size }
cli-erased = 已删除 { $id }，依据{ $rule }
cli-no-such-ground = 没有 { $ground } 这一依据；可用：{ $known }
cli-erased-again = 这份备份带回的 { $count } 人已再次删除
cli-restored = 已由 { $file } 恢复：{ $events } 个事件
cli-file-missing = 缺少文件 { $digest }
cli-invited = 已新增 { $login }。设置密码的邀请码（{ $expires } 前有效）：{ $token }
cli-type-password = 请输入新密码：
cli-password-set = { $login } 的密码已设置，其登录均已失效
cli-role-given = 已授予 { $login } 角色 { $role }
cli-key-made = { $login } 的密钥（只显示这一次）：{ $key }
cli-no-password-yet = { $login } 尚未设置密码，或已离开：先用邀请码或 biaochi user passwd 设置密码
cli-factor-removed = { $login } 的二次验证已解除，所有会话已终止；本人会收到通知。
cli-redacted = 第 { $position } 条记录的内容已清除，见第 { $by } 条；清除文件 { $files } 个。较早的备份中仍有该内容，请销毁。
cli-no-such-entry = 没有第 { $position } 条记录。
cli-verify-redacted = { $position } 内容已清除，见第 { $by } 条：{ $rule }
cli-no-such-login = 没有登录名 { $login }
cli-no-such-role = 没有角色 { $role }；可用：{ $known }
cli-no-such-action = 没有操作 { $action }；可用：{ $known }
cli-no-such-period = 期间“{ $period }”读不出：写成 2024、2024-07 或 2024-07-01
cli-errors-found = { $count } 处错误，未运行：
cli-no-unit-column = { $file }：没有 unit 列（或 id、uCode）；请在第一行写列名
cli-column-twice = { $file }：列“{ $column }”出现两次；请删去或改名
cli-json-unit = { $file }：第 { $number } 个单元的形状不对；应为 id、period、inputs，缺失的值写成含 missing 的对象
cli-no-such-unit = 没有单元“{ $unit }”；数据中有：{ $known }
cli-no-such-node = 标准中没有指标“{ $node }”
cli-against-head = { $after }，对照 { $before }：规则有 { $rules } 处不同；{ $units } 个单元中 { $moved } 个变动
cli-against-indicator = 指标 { $of }
cli-against-weight = { $of } 的权重
cli-against-unit = { $of } 的单位
cli-against-formula = { $of } 的公式
cli-against-scoring = { $of } 的计分
cli-against-missing = { $of } 的缺失处理
cli-against-method = 第 { $of } 级汇总
cli-against-gate = 门槛
cli-against-grade = 等级 { $of }
cli-against-parameter = 参数 { $of }
cli-against-nothing = 无
cli-against-unit-moves = { $unit }：总分 { $total }，等级 { $grade }，名次 { $rank }
cli-against-because = {"  "}{ $adds }　{ $code } { $name }（权重 { $weight }，得分 { $points }）
cli-against-rest = {"  "}{ $adds }　其余
cli-analyse-head = 期间 { $period }，有总分的单元 { $units } 个
cli-analyse-group = { $code }：{ $count } 个指标，{ $units } 个单元，α { $alpha }，第一主成分 { $share } %
cli-analyse-loose = {"  "}← 难以看作同一事物（α 低于 0.7）
cli-analyse-pair = { $one } · { $other }：相关系数 { $r }
cli-analyse-repeats = {"  "}← 两者重复
cli-analyse-pair-against = {"  "}← 两者相互抵消
cli-analyse-indicator = { $code } { $name }：与上级相关 { $above }，与总分相关 { $total }
cli-analyse-removed = ；去掉后名次平均变动 { $mean } 位，{ $unit } 变动 { $most } 位
cli-analyse-not-moved = ；去掉后名次不变
cli-analyse-weak = {"  "}← 几乎不起作用
cli-analyse-against = {"  "}← 与上级方向相反
cli-analyse-trend = { $unit }：{ $from } 至 { $to } 变化 { $change }（年均 { $rate }），名次 { $places }
cli-openlca-read = 产品收支 { $amounts } 项，自然流 { $flows } 项，影响类别 { $categories } 个
cli-openlca-unmade = { $count } 种产品被使用而无人生产，未继续追踪：{ $names }
cli-openlca-unclear = { $count } 种产品有多个生产过程而数据包未指明，未继续追踪：{ $names }
cli-openlca-both-ways = { $count } 种流既取自自然又排入自然，取自自然的记为负：{ $names }
cli-openlca-unspread = { $count } 个数值的分布无法在表中表示，按确定值处理
cli-openlca-too-large = { $file } 解压后超过 2 GB：请拆分数据包
cli-footprint-result = { $product } { $amount }：足迹 { $score }（残差 { $residual }，{ $solver }）
cli-footprint-part = {"  "}{ $share } %　{ $of } { $amount }：{ $score }
cli-footprint-rest = {"  "}其余：{ $score }
cli-footprint-spread = {"  "}均值 { $mean } ± { $ci }（95 % 置信），5 % { $low }，50 % { $middle }，95 % { $high }，抽样 { $draws } 次
cli-footprint-failed = {"  "}其中 { $count } 次抽样系统无法运行，没有足迹，未计入任何数值
cli-footprint-source = {"  "}方差的 { $share } %：{ $of }
cli-footprint-unweighed = { $count } 种流没有特征化因子，未计入：{ $flows }
cli-run-still = 以下指标在工作簿中为固定值，表格没有相应的公式：{ $codes }
cli-run-head = { $system }，报告日 { $at }，{ $count } 个单元
cli-run-every-unit = 各单元相同：{ $note }
cli-run-unit = { $id }：总分 { $total }，等级 { $grade }，覆盖率 { $coverage }，名次 { $rank }
cli-sensitivity-head = { $system }：重复 { $replications } 次，种子 { $seed }，{ $converged ->
    [yes] 已收敛
   *[no] 未收敛
    }
cli-sensitivity-target = { $target ->
    [rank_shift] 平均名次变动
    [total] 总分
   *[other] { $target }
    }的方差构成（± 95 % 置信半宽）
cli-sensitivity-factor = { $factor }：单独 { $s1 } ± { $s1_ci }，含交互 { $st } ± { $st_ci }
cli-picture-totals = { $title }：{ $count } 个单元的总分
cli-picture-totals-desc = 按名次排列；{ $without } 个单元没有总分
cli-picture-ranks = { $title }：名次区间
cli-picture-ranks-desc = 横条为重复 { $replications } 次中 90 % 的名次，标记为名义名次
cli-sensitivity-pair = { $one } 与 { $other }：只在一起时 { $s2 } ± { $s2_ci }
cli-sensitivity-rank = { $id }：名次 { $nominal }，90 % 在 { $p5 }–{ $p95 }，中位 { $p50 }
cli-sensitivity-value = { $id }：{ $nominal }，90 % 在 { $p5 }–{ $p95 }，中位 { $p50 }
cli-sensitivity-flip = { $text }；{ $share } % 得到别的等级
cli-sensitivity-unranked = { $id }：无名次
cli-sensitivity-not-converged = 未收敛：重复 { $replications } 次后仍有置信半宽大于 { $until }；提高标准中的 N，或放宽 --until
cli-sensitivity-progress = 已重复 { $replications } 次，最宽置信半宽 { $widest }

## What doctor finds
cli-doctor-new = { $what }（首次启动时创建）
cli-doctor-absent = 没有目录 { $what }
cli-doctor-make-folder = mkdir -p { $folder }
cli-doctor-writable = 把 { $folder } 交给运行平台的账户：chown
cli-doctor-key-copy = 用密钥文件的副本恢复，或用 --key-file 指明
cli-doctor-readable = { $file } 可被他人读取
cli-doctor-events = { $database }，{ $events } 个事件
cli-doctor-database = 检查 --database 与数据库的运行状态；postgres://用户@主机/库名，或 SQLite 文件
cli-doctor-files = 检查 --files；目录，或 s3://桶?endpoint=…&region=…
cli-doctor-port = 端口被占用时换一个：--listen 127.0.0.1:8081
cli-doctor-no-mail = 未设置邮件服务器，不发信
cli-doctor-mail = 检查配置文件的 [mail]：server、port、protection（starttls、tls、none）、user、password-file、from
cli-doctor-letters = 待发 { $waiting } 封，不确定 { $uncertain } 封，失败 { $failed } 封
cli-doctor-letters-mend = 到 /admin/system 逐封说明；待发的信在 [mail] 指明服务器后发出
cli-doctor-no-proxy = 用户经代理以 https 访问 { $listen }，但没有受信任的代理：所有人看起来是同一个地址
cli-doctor-proxy = 写明代理的地址或网段：[proxy] trusted = ["127.0.0.1"]
cli-doctor-direct = 没有受信任的代理；不采信任何转发地址
cli-doctor-second-factor = 工作人员登录须二次验证
cli-doctor-no-second-factor = 二次验证由各人自定：得知工作人员密码的人即有其权限
cli-doctor-shipped = 按出厂设置
cli-doctor-visibility = 请检查 visibility 所指的文件：各行为 [[visible]]，含 fact 与 audience，写法见 catalog/visibility.toml

## What is wrong with the configuration
cli-environment-number = { $name }：{ $value } 不是合适的数字
cli-mail-no-server = [mail] 设置了 { $name } 而没有 server：请指明服务器，或删去这一节
cli-mail-protection = [mail] protection 只能是 starttls、tls 或 none，不能是 { $value }
cli-mail-from = [mail] from 须为发信地址，现为“{ $value }”
cli-mail-bare-password = [mail] 密码将不加保护地发往 { $server }：请把 protection 设为 starttls 或 tls
cli-mail-two-passwords = [mail] 同时设置了 password 和 password-file：只保留一个
cli-mail-half-credentials = [mail] user 和 password 只设置了一个：请都设置或都不设置
cli-proxy-header = [proxy] header 只能是 x-forwarded-for 或 forwarded，不能是 { $value }
cli-proxy-network = [proxy] trusted：“{ $value }”既不是地址也不是网段（10.0.0.7、10.0.0.0/8）
cli-waiting-verifying = 校验日志
cli-waiting-rebuilding = 重建数据表
cli-waiting-comparing = 比对数据表
cli-waiting-backing-up = 备份
cli-waiting-restoring = 恢复
cli-waiting-importing = 录入清单
cli-accounts-second-factor = [accounts] 的 second-factor 应为 staff 或 optional，不是 { $value }
cli-arg-dry-run = 只显示将要改动的行，不改文件
cli-arg-only = 只修改这些规则所指出的，以逗号分隔
cli-arg-skip = 不修改这些规则所指出的，以逗号分隔
cli-check-totals = 共 { $count } 处：{ $rules }
cli-fix-rules = 其中 { $rules }
cli-fix-would = { $file }：可自动修改 { $count } 处，文件未改动
