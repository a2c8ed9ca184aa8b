## The workbook of people
people-table-title = 人员
people-table-page = 第 {"{"}page{"}"} 页，共 {"{"}pages{"}"} 页
people-column-login = 登录名
people-column-name = 姓名
people-column-email = 电子邮箱
people-column-organization = 机构代号
people-column-desk = 处室代号
people-column-role = 角色
people-column-places = 地区代码
people-column-places-help = 多个代码用顿号隔开
people-column-from = 任职起
people-column-until = 任职止

## How a person is called to those who are no colleagues
people-nobody = 已注销人员

## Refusals
refusal-people-profile = 姓名、登录名或邮箱填写有误，请按提示改正。
refusal-people-login-taken = 该登录名已有人使用，请换一个。
refusal-people-left = 该人员已离任，不能再办理。
refusal-people-term = 起止日期有误，请核对。
refusal-people-officer-without-place = 地方经办人须注明所负责的地区。
refusal-people-membership-held = 该人员已在同一机构担任此角色（{ $role }）。
refusal-people-membership-ended = 该任职已经结束。
refusal-people-membership = 机构、处室或地区不存在：{ $value }。请先登记，再任职。
refusal-people-three-administrators = 系统管理员、安全管理员、审计管理员须由不同人员担任：已任 { $held }，不能再任 { $wanted }。请另行指定人员。
refusal-people-own-role = 不能给自己授予角色，请由另一名安全管理员办理。
refusal-people-last-administrator = 这是最后一名 { $role }，须先指定接任人员。
refusal-people-bootstrap-used = 首名 { $role } 已经产生，其后由安全管理员办理。
refusal-people-substitute-elsewhere = 代办人须是同一机构的在职人员。
refusal-people-substitute-itself = 代办人不能是本人。
refusal-people-organization-unknown = 没有代号为 { $organization } 的机构。
refusal-people-organization-taken = 机构代号 { $organization } 已被使用。
refusal-people-organization = 机构信息填写有误，请按提示改正。
refusal-people-desk = 处室信息填写有误，请按提示改正。
refusal-people-desk-taken = 处室代号 { $desk } 已被使用。
refusal-people-successor-itself = 承接机构不能是其自身。
refusal-people-successor-unknown = 承接处室须是同一机构的其他处室。
refusal-people-sign-in = 登录名或密码不正确。忘记密码的，可在登录页申请重设。
refusal-people-second-factor = 动态码不正确或已用过，请等待下一个动态码再试。
refusal-people-second-factor-not-offered = 请先获取绑定二维码，再输入动态码。
refusal-people-wait = 尝试次数过多，请在 { $seconds } 秒后再试。
refusal-people-session-over = 登录已过期，请重新登录。
refusal-people-not-by-key = 此项须本人登录办理，不能使用密钥。
refusal-people-key = 密钥的名称、权限或期限填写有误。
refusal-people-too-many-keys = 最多同时持有 { $most } 个密钥，请先停用不用的密钥。
refusal-people-password = 密码不符合要求，请按提示改正。
refusal-people-password-old = 原密码不正确。
refusal-people-token-over = 该链接已使用、已过期或不完整，请重新申请。
refusal-people-workbook-rows = 表中有 { $found } 行；须有 1 至 { $most } 行。

## Faults of fields
fault-required = 必填
fault-too-long = 过长
fault-control-character = 含有不可见字符
fault-login = 2 至 64 个字，可用字母、数字和 . _ - @
fault-login-taken = 已有人使用
fault-login-twice = 同一登录名各行的姓名和邮箱须一致
fault-email = 不是有效的邮箱地址
fault-before-start = 早于起始日期
fault-past = 已经过去
fault-unknown = 没有这一项
fault-taken = 已被使用
fault-desk-taken = 已被使用
fault-id = 只用小写字母、数字和连字符
fault-name = 名称须填写，且不超过 120 字
fault-itself = 不能是其自身
fault-code = 动态码不正确
fault-password-short = 至少 12 个字符
fault-password-long = 最多 256 个字符
fault-password-common = 过于常见
fault-password-repetitive = 重复字符过多
fault-password-login = 与登录名相同或相近
fault-password-old = 不正确
refusal-place-facts = 地方信息填写有误，请按提示改正。
