unit-code-taken = 该单位代码已被使用。
unit-cycle = 单位不能移到自己的下级之下。
site-position-incomplete = 纬度、经度和半径要么都填，要么都不填（流动点位）。
