record-malformed = 记录不符合约定格式，没有保存。
disclosures-incomplete = 记录的披露项不齐全、有重复或不属于此记录，没有保存。
record-too-large = 记录超过 { $largest } 字节，没有保存。
too-many-media = 记录声明的照片超过 { $largest } 张，没有保存。
certificate-invalid = 记录、证书与链条的签名与此设备或彼此不符，没有保存。
record-exists = 同一编号下已收到内容不同的记录。
supersedes-not-newest = 新版本所接续的不是已收到的最新版本。
statement-malformed = 见证声明不符合约定格式，或不是针对此记录的。
own-record = 不能为自己的暗访作第二人见证。
already-decided = 此记录已经作出决定。
record-withdrawn = 暗访员已撤回此记录。
record-incomplete = 此记录的照片尚未全部收到。
record-quarantined = 此记录由已停用的设备发来，须先解除隔离再审核。
version-superseded = 此记录已收到更新的版本，请先查看。

flag-unknown-campaign = 记录所写的行动在本办公室不存在。
flag-unknown-checklist = 记录所写的检查表在本办公室不存在，无法计分。
flag-unknown-unit = 记录所写的单位在本办公室不存在。
flag-unknown-site = 记录所写的点位在本办公室不存在。
flag-unknown-assignment = 记录所写的任务在本办公室不存在。
flag-campaign-not-running = 收到记录时该行动不在进行中（{ $state ->
    [draft] 尚未开始
    [closed] 已结束
   *[other] { $state }
}）。
flag-day-outside-campaign = 暗访日期 { $day } 不在行动期限内（{ $starts_on } 至 { $ends_on }）。
flag-checklist-outside-campaign = 所用检查表不属于该行动。
flag-site-of-other-unit = 点位所属单位与记录所写单位不同。
flag-assignment-of-another = 该任务是派给另一名暗访员的。
flag-assignment-cancelled = 该任务此前已取消。
flag-assignment-differs-campaign = 记录所写的行动与任务不同。
flag-assignment-differs-checklist = 记录所用的检查表与任务不同。
flag-assignment-differs-unit = 记录所写的单位与任务不同。
flag-assignment-differs-site = 记录所写的点位与任务不同。
flag-day-outside-assignment = 暗访日期 { $day } 不在任务期限内（{ $from_day } 至 { $to_day }）。

flag-visit-missing = 记录没有说明是否完成了暗访。
flag-reason-missing = 记录没有写明原因（{ $outcome ->
    [not_possible] 未能暗访
    [withdrawn] 撤回记录
   *[other] { $outcome }
}）。
flag-answers-missing = 有 { $count } 项没有作答：{ $items }。
flag-answers-out-of-range = 有 { $count } 项答案不在检查表允许的范围内：{ $items }。
flag-answers-twice = 有 { $count } 项重复作答（按最后一次计分）：{ $items }。
flag-photos-missing = 有 { $count } 项按要求应有照片而没有：{ $items }。
flag-media-details-differ = 有 { $undescribed } 张照片没有说明；有 { $undeclared } 张被说明或提及的照片没有声明。
flag-capture-forbidden = 该点位禁止拍摄，记录却有 { $media } 张照片。

flag-place-missing = 记录没有定位（{ $reason ->
    [denied] 设备拒绝提供
    [unavailable] 无法测得
    [timeout] 等待超时
    [unsupported] 设备不支持
    [not-asked] 未请求定位
   *[other] 原因：{ $reason }
}）。
flag-place-coarse = 定位误差达 { $accuracy_m } 米。
flag-far-from-site = 定位距点位 { $distance_m } 米（点位半径 { $radius_m } 米，定位误差 { $accuracy_m } 米）。
flag-measured-far-from-site = 手工更正之前测得的定位距点位 { $distance_m } 米（点位半径 { $radius_m } 米，定位误差 { $accuracy_m } 米）。
flag-place-by-hand = 位置为手工填写，没有测得的定位。
flag-place-corrected = 测得的定位被手工移动了 { $moved_m } 米。
flag-place-stale = 定位时间为 { $fixed_at }，在暗访时段之外 { $minutes } 分钟。
flag-place-impossible = { $why ->
    [zero] 定位是经纬度零点：手机在此地测不出这样的位置，可能来自工具软件。
   *[exact] 定位声称没有误差：手机测不出这样的位置，可能来自工具软件。
}
flag-place-repeated = 定位与此前 { $records } 次暗访的定位分毫不差，而测定时间不同，可能来自工具软件。

flag-ride-fare-differs = 实付 { $paid } 元；按运价，{ $distance_m } 米应为 { $least } 至 { $most } 元（不含等候）。
flag-ride-too-fast = 乘车 { $distance_m } 米只用了 { $seconds } 秒：平均时速超过 { $limit_kmh } 公里。
flag-ride-too-short = 乘车里程为 { $distance_m } 米，照片的拍摄位置却相距 { $apart_m } 米。

flag-ticket-missing = 记录没有时间票据，无法说明它不是更早形成的。
flag-ticket-foreign = 记录中的时间票据不是本办公室签发的。
flag-clock-missing = 记录没有写明提交时间。
flag-clock-ahead = 设备时钟为 { $phone_time }，比本办公室收到记录的时间（{ $received_at }）晚 { $minutes } 分钟。
flag-clock-behind = 设备时钟为 { $phone_time }，比记录所含时间票据的签发时间（{ $ticket_time }）早 { $minutes } 分钟。
flag-clock-reversed = 按设备时钟，开始、结束、提交的先后次序颠倒。
flag-clock-jumped = 按设备时钟暗访历时 { $clock_minutes } 分钟，另行计时为 { $counted_minutes } 分钟，两者不一致。
flag-delivered-late = 记录在提交 { $hours } 小时之后才收到。
flag-day-missing = 记录没有写明暗访日期。
flag-day-differs = 记录写明的暗访日期为 { $day }，按设备时钟为 { $clock_day }。
flag-day-ahead = 记录写明的暗访日期为 { $day }，而收到日期为 { $received_day }。

flag-app-too-old = 记录由 { $app } 制作；{ $oldest } 之前的版本已不宜使用。
flag-chain-gap = 设备的签名链在第 { $seq } 环之前有缺口：可能有记录被略去，或尚未送达。
flag-chain-fork = 此设备另有 { $rivals } 环也占据签名链的第 { $seq } 位，或接续同一环。
flag-record-key-shared = 此记录的密钥还签署过另外 { $records } 份记录。
flag-device-revoked = 发来此版本时设备已被停用。
flag-version-after-decision = 此版本在记录已作出决定（{ $state ->
    [accepted] 已采用
    [rejected] 已否决
   *[other] { $state }
}）之后才收到。
flag-signed-after-revocation = 设备签署此版本的时间为 { $signed_at }，在其被停用（{ $revoked_at }）之后。

flag-visit-too-short = 暗访历时 { $seconds } 秒，作答 { $items } 项；按最快也约需 { $needed_s } 秒。
flag-travel-impossible = { $device ->
    [same] 同一设备的另一次暗访
   *[other] 同一暗访员用另一设备的另一次暗访
}相距 { $distance_m } 米，相隔 { $minutes } 分钟：时速须超过 { $limit_kmh } 公里。
flag-answers-repeated = 全部 { $items } 项答案与该暗访员此前在其他点位的 { $records } 次暗访完全相同。

flag-picture-before-visit = 有 { $count } 张照片早于暗访：拍摄于 { $taken_at }，比暗访开始（{ $started_at }）早 { $minutes } 分钟。
flag-picture-time-differs = 有 { $count } 张照片自带的时间与记录不同：文件为 { $taken_at }，记录为 { $captured_at }，相差 { $minutes } 分钟。
flag-picture-place-differs = 有 { $count } 张照片自带的位置与记录的定位相距 { $distance_m } 米。
flag-picture-edited = 有 { $count } 张照片的信息中写有修图软件：{ $software }。
flag-picture-screenshot = 有 { $count } 张照片自述为截屏。
flag-picture-from-file = 有 { $count } 张照片选自文件，不是在应用内拍摄的。
flag-picture-not-decoded = 有 { $count } 张照片无法显示（{ $reasons }），原件照样保存。
flag-picture-kind-differs = 有 { $count } 张照片的类型与设备所说不同。
flag-picture-seen-before = 有 { $count } 张照片与此前 { $records } 份记录中的照片相似（最接近的是 { $day } 的，64 个特征中有 { $bits } 个不同）。
own-request = 申请人不能自己打开；须由另一名保管员打开。
disclosure-over = 该披露申请已打开过或已过期；如仍需要，请重新申请。
publication-too-early = 为保护暗访员，所涉检查尚不能公开；最早可于 { $until } 公开（本周同一活动的已采信检查足够多时可提前）。
