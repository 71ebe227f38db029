serving = 暗访服务已启动：{ $origin }（控制台：{ $origin }/console）
installation-in-use = 此文件夹已有一套自己的安装；请用 ANFANG_DATA=… 另选一个空文件夹。
folder-not-writable = 无法写入 { $folder }；请用 ANFANG_DATA=… 另选文件夹。
demo-records = 记录
demo-step = 示范：{ $step }
demo-sign-ins = 登录账号（{ $origin }/console）
demo-link = 手机登记链接（十分钟内有效，只能用一次）
demo-first =
    先做什么
      1. 用 reviewer1 登录，审核队列中的记录
      2. 在手机或浏览器中打开登记链接，设口令，填一次检查
      3. 用 lead 登录，看“群众”下的信访投诉、满意度调查、密封评议，以及“打分排名”
      4. 公开页不用登录：通报 { $origin }/p/ ，投诉 { $origin }/p/complaints ，排名 { $origin }/p/rankings/
custody-not-established = 尚未举行保管仪式：身份和证书虽已封存，密钥仍在服务器文件中。请两名保管员在控制台“保管”页或用 anfang custody establish 完成。
custody-taken-over = 密钥已由两名保管员共同掌管；请各自牢记口令，遗失后无法恢复。
custody-handed-over = 密钥已重新分给两名保管员；离任者的口令从此无效。
custody-ask-password = { $who } 的账号密码
custody-ask-passphrase = { $who } 的保管口令（新）
custody-ask-present = { $who } 的保管口令（现）
retention-due = 保存期满、待删除的文件：{ $count } 个（未作任何更改；--delete 执行删除）
retention-deleted = 已删除文件：{ $count } 个，删除证明已入日志
factors-reset = 已移除 { $who } 的第二因素；下次登录时重新设置。
