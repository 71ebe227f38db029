assignment-not-open = 只有未完成的任务才能取消。
assignment-days-reversed = 最后一天不能早于第一天。
assignment-place-missing = 请选择点位或单位；点位须属于所选单位。
assignment-place-closed = 该点位或单位已停用。
checklist-not-in-campaign = 该行动没有使用这个检查表版本。
inspector-inactive = 该暗访员已停用。
