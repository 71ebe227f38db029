storage-full = Storage is full and nothing was saved; please send it again later.
object-missing = A file that the database lists is not in storage; ask the administrator to check.
