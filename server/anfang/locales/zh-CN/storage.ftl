storage-full = 存储空间已满，没有保存；请稍后重新发送。
object-missing = 数据库中登记的文件在存储中找不到，请联系管理员检查。
