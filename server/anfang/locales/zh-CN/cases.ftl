finding-in-case = 该问题已经立案（{ $number }），一个问题只能进入一个案件。
finding-withdrawn = 该问题已经撤销，不能立案。
finding-of-other-unit = 只能把本单位及其下属单位的问题放进同一案件。
finding-of-other-campaign = 一个案件里的问题必须来自同一次行动。
public-explanation-missing = 逐步解决的事项必须写明向公众的说明。
defence-window-shortened = 陈述申辩期限只能延长，不能缩短。
case-closed = 案件已经办结，不能再改。
