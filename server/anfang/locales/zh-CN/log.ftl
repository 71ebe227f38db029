size-not-sealed = 该规模的存证日志尚未签封，无法出具证明。
nothing-sealed = 存证日志尚未签封。
not-yet-logged = 有内容尚未写入存证日志；请等待每日签封，或先执行签封。
log-broken = 存证日志与已签署的检查点不一致，已停止签封；请立即通知管理员。
