# 概览数据
report-table-weeks = 按周
report-table-units = 按单位
report-table-items = 按检查项
report-column-begins = 周一日期
report-column-visits = 暗访次数
report-column-findings = 查实问题
report-column-vetoes = 一票否决
report-column-mean = 平均分
report-column-unit = 单位
report-column-checklist = 检查表
report-column-item = 检查项
report-column-failed = 不合格次数
report-column-of = 检查次数
report-column-share = 不合格率
report-column-low = 95%区间下限
report-column-high = 95%区间上限
