# Formulas: what is wrong with one, how to mend it, and why a value is absent.

## Faults; -mend says what to do
formula-too-long = 公式超过 20000 字节
formula-too-long-mend = 拆成几个指标或几个命名的中间量
formula-too-deep = 公式嵌套过深或运算过多（括号至多 48 层，运算至多 250 个）
formula-too-deep-mend = 拆成几个命名的中间量：“…; 名称 = …”
formula-strange-character = 字符“{ $found }”在公式中没有意义
formula-strange-character-mend = 删去；含特殊字符的名称写在反引号中：`名称`
formula-unclosed-text = 引号没有配对
formula-unclosed-text-mend = 补上后引号
formula-bad-number = “{ $found }”不是可读的数
formula-bad-number-mend = 写成 12、0.5 或 1.2e-3，不用千位分隔符；单位写在数后
formula-unknown-unit = 单位“{ $unit }”不认识
formula-unknown-unit-mend = 用 docs/language.md 所列的单位；数与名称之间写运算符
formula-expected-operand = 此处应有数、名称或函数，实为“{ $found }”
formula-expected-operand-mend = 补上运算的另一项
formula-expected-close-parenthesis = 此处应为“)”，实为“{ $found }”
formula-expected-close-parenthesis-mend = 补上右括号，或在两个参数之间写逗号
formula-expected-close-bracket = 此处应为“]”或“)”，实为“{ $found }”
formula-expected-close-bracket-mend = 区间写成 [50 %, 100 %)
formula-expected-close-brace = 此处应为右花括号，实为“{ $found }”
formula-expected-close-brace-mend = 补上右花括号，或在两个词之间写逗号
formula-expected-then = 此处应为“则”，实为“{ $found }”
formula-expected-then-mend = 写成：若 条件 则 甲 否则 乙
formula-expected-else = 此处应为“否则”，实为“{ $found }”
formula-expected-else-mend = 每个“若”都要有“否则”
formula-expected-arrow = 此处应为“→”，实为“{ $found }”
formula-expected-arrow-mend = 每一级写成“值→得分”，词写成“词:得分”
formula-expected-name = 此处应为名称，实为“{ $found }”
formula-expected-name-mend = 写名称；含特殊字符的写在反引号或引号中
formula-expected-equals = 此处应为“=”，实为“{ $found }”
formula-expected-equals-mend = 分号后写成“名称 = 公式”
formula-expected-period = “@”后应为期间，实为“{ $found }”
formula-expected-period-mend = 写成 参数@2022 或 参数@2022-07
formula-expected-end = 公式在此处应已结束，实有“{ $found }”
formula-expected-end-mend = 在两项之间写运算符，或删去多余部分
formula-chained-comparison = 比较不能连写
formula-chained-comparison-mend = 写成：a < b 且 b < c
formula-unknown-function = 没有函数“{ $name }”{ $has-near ->
    [yes] ，是否为“{ $near }”
   *[no] {""}
    }
formula-unknown-function-mend = 用 docs/language.md 所列的函数
formula-argument-count = 函数“{ $function }”要 { $wanted } 个参数，实有 { $found } 个
formula-argument-count-mend = 增减参数
formula-no-rungs = 阶梯中没有一级
formula-no-rungs-mend = 写成：线性(0→0, 80 %→100)
formula-unknown-name = 名称“{ $name }”没有定义{ $has-near ->
    [yes] ，是否为“{ $near }”
   *[no] {""}
    }
formula-unknown-name-mend = 改正名称；是词则加引号；是新的量则在输入、参数或指标中定义
formula-unit-mismatch = 量纲不同不能加减或比较：{ $left } 与 { $right }
formula-unit-mismatch-mend = 核对单位；缺单位的数补上单位
formula-wrong-unit = 声明的单位是“{ $declared }”，算出的量纲是 { $found }
formula-wrong-unit-mend = 改正单位，或在公式中补上换算的量
formula-not-a-truth = 此处应为条件（是或否）
formula-not-a-truth-mend = 写成比较，例如 A1 ≥ 5
formula-not-a-quantity = 此处应为数量，实为词或条件
formula-not-a-quantity-mend = 用“等级”把词换成数
formula-not-a-list = 此处应为清单
formula-not-a-list-mend = 把词写在花括号中，或引用清单型输入
formula-mixed-kinds = 各种情形下的结果不是同一类（数量、词、条件）
formula-mixed-kinds-mend = 使各分支给出同一类结果
formula-unknown-word = “{ $word }”不在可取的词之中：{ $known }
formula-unknown-word-mend = 改正为所列的词之一
formula-unclear-power = 有单位的量只能取整数次方
formula-unclear-power-mend = 先除以同单位的量，或改用整数指数
formula-unit-in-function = “{ $function }”要无单位的数，实为 { $found }
formula-unit-in-function-mend = 先除以同单位的量
formula-rung-order = 各级的点没有依次递增或递减
formula-rung-order-mend = 按大小排列，去掉重复的点
formula-rung-twice = 词“{ $word }”出现两次
formula-rung-twice-mend = 只留一个
formula-rung-kind = 线性 至少要两个点，阶梯 用点、条件或区间，等级 只用词
formula-rung-kind-mend = 写成：线性(0→0, 100→100)、阶梯(0→100, ≥2→0)；等级的词写在花括号中
formula-no-subject = 此处的阶梯没有自变量
formula-no-subject-mend = 第一个参数写自变量：线性(x, 0→0, 100→100)
formula-unknown-table = 没有表“{ $name }”
formula-unknown-table-mend = 在规则中定义 [表.{ $name }]，或改正表名
formula-ring = “{ $name }”直接或间接地依赖自己
formula-ring-mend = 去掉循环
formula-defined-twice = “{ $name }”定义了两次
formula-defined-twice-mend = 只留一个定义

## Why a value is absent
absence-missing = 未提供{ $has-reason ->
    [yes] （{ $reason }）
   *[no] {""}
    }
absence-not-applicable = 不适用{ $has-reason ->
    [yes] （{ $reason }）
   *[no] {""}
    }
absence-unverified = 未核验{ $has-reason ->
    [yes] （{ $reason }）
   *[no] {""}
    }
absence-division-by-zero = 除数为零
absence-domain = 超出函数的定义域
absence-too-large = 数位过多
absence-off-ladder = “{ $value }”不在计分阶梯之内
absence-no-row = 表“{ $table }”中没有“{ $key }”
absence-unit-mismatch = 单位不符：{ $left } 与 { $right }
absence-wrong-kind = 值的类型不符（数量、词、条件、清单）
absence-unknown-name = 没有这个量
absence-no-period = 期间 { $period } 没有可用的参数值
absence-no-population = 没有可比较的其他单元
absence-empty-list = 清单为空
absence-ring = 循环依赖
