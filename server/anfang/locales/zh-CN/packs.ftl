pack-not-a-pack = 这不是证据包：{ $detail }
pack-zip-damaged = 压缩包已损坏：{ $detail }
pack-zip-altered = 压缩包的外壳与生成时不一致：{ $detail }
pack-path-unsafe = 文件名指向包外或无法在各系统中安全使用
pack-path-duplicate = 同名文件出现两次
pack-entry-encrypted = 文件被加密，无法核对
pack-entry-special = 这是链接或特殊文件，证据包中不允许
pack-too-large = 文件展开后异常庞大，已停止读取
pack-file-unlisted = 清单中没有列出此文件
pack-file-missing = 清单列出了此文件，但包中没有
pack-file-unexpected = 这类证据包中不应有此文件
pack-bag-malformed = 包的说明或清单格式不对：{ $detail }
pack-id-mismatch = 包的编号与内容清单不符
pack-hash-mismatch = 文件内容与清单中的哈希值不符，文件已被改动
pack-signature-invalid = 办公室的签名不成立
pack-signer-missing = 包中没有签名所用的办公室公钥
pack-key-mismatch = 公钥与文件名中的指纹不符
pack-signer-other = 签名者不是指定的办公室公钥，也不由其引荐
pack-introduction-invalid = 公钥的引荐不成立：{ $detail }
pack-document-invalid = 文件内容不符合格式：{ $detail }
pack-record-invalid = 记录的签名或披露项不成立：{ $detail }
pack-record-mismatch = 记录与包的目录不符：{ $detail }
pack-disclosure-not-allowed = 此类证据包不应披露：{ $detail }
pack-certificate-invalid = 记录密钥证书不成立：{ $detail }
pack-receipt-invalid = 回执的签名不成立：{ $detail }
pack-receipt-mismatch = 回执属于另一条记录或另一些照片：{ $detail }
pack-media-missing = 记录声明的照片既不在包中，也没有说明原因：{ $detail }
pack-media-foreign = 此照片不属于包中的任何记录
pack-checkpoint-invalid = 日志检查点不成立：{ $detail }
pack-log-proof-invalid = 日志的存在证明不成立：{ $detail }
pack-log-entry-missing = 日志中没有相应的条目：{ $detail }
pack-stamp-invalid = 时间戳不成立：{ $detail }
pack-picture-invalid = 图片不是规定的 PNG：{ $detail }
pack-redaction-invalid = 遮盖证明不成立：{ $detail }
pack-directory-empty = 空文件夹不是证据包的一部分
pack-key-unused = 包中没有任何内容用到此公钥
pack-log-key-other = 日志公钥不是本机构的：此包取自另一本日志
pack-disclosure-missing = 此类证据包应当披露而未披露：{ $detail }
pack-review-missing = 公开包只能含已审核属实的记录，此记录没有这样的审核决定
pack-review-mismatch = 所示审核决定与日志所记的不符：{ $detail }
pack-case-mismatch = 事项文件与包的目录不符：{ $detail }
pack-log-entry-unexpected = 日志条目与包中内容无关：{ $detail }
pack-source-changed = 存储中的文件已与其哈希值不符，证据包未生成：{ $path }
pack-ledger-title = 台账
pack-ledger-day = 日期
pack-ledger-unit = 单位
pack-ledger-site = 地点
pack-ledger-subject = 对象
pack-ledger-checklist = 检查表
pack-ledger-outcome = 走访结果
pack-ledger-failed = 未达标项
pack-ledger-pictures = 图片数
pack-ledger-review = 审核
pack-ledger-record = 记录编号
pack-outcome-done = 已完成
pack-outcome-not_possible = 未能进行
pack-outcome-withdrawn = 已撤回
pack-review-accepted = 属实
pack-review-returned = 退回补充
pack-review-rejected = 不采信
pack-answer-yes = 符合
pack-answer-no = 不符合
pack-answer-na = 不适用
pack-notice-corrected = 已更正
pack-notice-withdrawn = 已撤回
pack-page-title = 证据包
pack-page-profile-full = 完整包：含原始照片，供纪检监察机关或法院使用，请勿外传。
pack-page-profile-protected = 公开包：只含可以公开的内容，遮盖之处已涂黑。
pack-page-seen = 看到了什么（{ $count }）
pack-page-submitted = 提交时间
pack-page-place = 位置
pack-page-note = 备注
pack-page-item = 检查项
pack-page-answer = 结果
pack-page-picture = 照片
pack-page-picture-file = 照片文件（浏览器无法直接显示）
pack-page-provable = 附有证明：除涂黑处外未作改动。
pack-page-unprovable = 未附改动证明。
pack-page-absent = 有 { $count } 张照片不在包中。
pack-page-contents = 目录
pack-page-summary = { $visits } 次走访，{ $failed } 项未达标，{ $pictures } 张图片
pack-page-cleared = 经审核无需遮盖
pack-page-answered = 作了什么答复
pack-page-unanswered = 尚无答复。
pack-page-check-key = 先看签名者：下面是办公室公钥的指纹，应与通报上印制的、办公室另行公布的完全一致。
pack-page-cases = 整改与答复
pack-page-state = 办理状态
pack-page-due = 期限
pack-page-notices = 相关通报
pack-page-check = 如何核对
pack-page-check-page = 不装任何软件：用浏览器打开下面的核对页即可检查整个压缩包；存到磁盘后断网也能用，不发送任何内容。
pack-page-check-text = 解压后在此文件夹的上一级运行下列命令；每一条都应报告成功。签名公钥的指纹应与通报上印制的一致。
pack-page-proves = 核对通过说明：这些内容由办公室认可的密钥签署，收到之后未被改动、增添或删减。它不能证明镜头前确有其景。
pack-verify-text =
    # 如何核对证据包 { $pack }

    出具方网址：{ $origin }

    办公室公钥指纹：{ $key }。请与通报上印制的指纹比对。

    解压后，在文件夹 { $pack } 中运行：

        sha256sum -c manifest-sha256.txt
        sha256sum -c tagmanifest-sha256.txt
        openssl dgst -sha256 -verify keys/{ $key }.pem -signature tagmanifest-sha256.sig tagmanifest-sha256.txt

    前两条逐个核对文件，第三条核对办公室对清单的签名。

    也可在浏览器中用核对页检查整个压缩包：{ $origin }/verify-pack.html（一个文件，存到磁盘即可离线使用，不发送任何内容）。

    要同时核对记录、回执、日志、时间戳和遮盖证明，请使用 anfang（无需联网）：

        anfang verify { $pack }.zip --office-key { $key }

    退出码：0 完好且签名者已知；1 不完好（指出文件和原因）；2 不是证据包；3 内容一致但签名者未知。

    程序可读 data/pack.json，其格式（JSON Schema）公布于 { $schema }，包中各处哈希与编号的含义亦载于此。

    时间戳可另用 openssl 核对，CA.pem 为时间戳机构的根证书：

        openssl ts -verify -data data/log/checkpoint -in data/log/01.tsr -CAfile CA.pem
pack-office = 暗访工作办公室
pack-case-open = 办理中
pack-case-answered = 已陈述申辩
pack-case-rectified = 已整改
pack-case-closed = 已办结
pack-step-defence = 陈述申辩
pack-step-rectification = 整改情况
pack-step-reminder = 催办
pack-step-insufficient = 退回整改
pack-step-reply = 办公室答复
pack-source-unsound = 存储中的记录已无法核验（{ $reason }），证据包未生成
pack-expired = 该证据包文件已到保存期限并已删除；如需使用，请重新生成。
pack-not-ready = 证据包尚未生成，或生成失败，没有可下载的文件。
not-reviewed = 公开包只能包含已审核属实的记录，其中 { $count } 条尚未采信。
pack-office-key-malformed = 既不是办公室公钥的 PEM 文件，也不是其指纹（43 个字符）
pack-verifying = 正在核对
pack-verdict-sound = 完好，签名者已知；记录 { $records } 条。
pack-verdict-signer-unknown = 内容一致，但签名者未知（请用 --office-key 给出可信的办公室公钥）；记录 { $records } 条。
pack-verdict-unsound = 不完好，发现 { $count } 处问题：
pack-verdict-not-a-pack = 不是证据包：
pack-building = 正在生成
