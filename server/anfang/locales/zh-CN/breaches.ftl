rule-unknown = 规则手册里没有这一条。
rule-draft = 这套规矩的条文还是样稿，核定之前不能据以认定。
breach-in-future = 发现日期不能晚于今天。
breach-decided = 已经认定过。
breach-own-decision = 提出的人不能自己认定。
breach-defence-open = 单位还在陈述申辩期内，不能认定。
