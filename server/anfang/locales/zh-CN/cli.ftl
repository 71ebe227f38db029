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
      3. 查看已公布的通报：{ $origin }/p/
