"""Taxi scenes: the dashboard as a passenger sees it, and the cab from behind."""

import math

from anfang.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, Colour, mix
from anfang.demo.drawing.props import SKIN, WHITE, face, plate

_DARK: Colour = (38, 41, 48)
_TAXI: tuple[Colour, ...] = ((38, 138, 120), (232, 176, 44), (54, 116, 184))


def meter_off(c: Canvas) -> None:
    """A cab under way with the meter dark and the flag still at "vacant"."""
    _dashboard(c)
    _meter(c, running=False)


def meter_on(c: Canvas) -> None:
    """A cab under way with the meter running."""
    _dashboard(c)
    _meter(c, running=True)


def street(c: Canvas, horizon: float = 520) -> None:
    """Sky, houses and road up to the lower edge."""
    c.gradient(0, 0, WIDTH, horizon, (136, 186, 224), (226, 236, 240))
    x = -40.0
    while x < WIDTH:
        width = c.rng.uniform(110, 210)
        _house(c, x, horizon - c.rng.uniform(170, 430), width, horizon)
        x += width + c.rng.uniform(0, 14)
    for tree in range(9):
        cx = 90 + tree * 180 + c.rng.uniform(-30, 30)
        c.rect(cx - 5, horizon - 50, 10, 54, (104, 82, 66))
        c.ellipse(cx, horizon - 74, 46, 44, mix((74, 132, 82), (122, 168, 92), c.rng.random()))
    c.gradient(0, horizon, WIDTH, HEIGHT - horizon, (126, 130, 138), (88, 92, 100))
    c.poly([(0, horizon), (620, horizon), (0, horizon + 210)], (176, 174, 168))
    c.poly([(WIDTH, horizon), (980, horizon), (WIDTH, horizon + 210)], (176, 174, 168))


def _house(c: Canvas, x: float, top: float, width: float, horizon: float) -> None:
    wall = mix((202, 196, 188), (150, 164, 184), c.rng.random())
    c.rect(x, top, width, horizon - top, wall)
    c.rect(x, top, width, 12, mix(wall, (255, 255, 255), 0.35))
    columns = int(width // 36)
    for row in range(int((horizon - top - 40) // 44)):
        for column in range(columns):
            shade = mix((108, 134, 160), (236, 226, 184), 1.0 if c.rng.random() < 0.15 else 0.0)
            c.rect(x + 14 + column * 36, top + 30 + row * 44, 20, 26, shade)


def _lane_marks(c: Canvas, horizon: float) -> None:
    for near, far in ((0.06, 0.13), (0.2, 0.34), (0.5, 0.8)):
        top, low = horizon + 420 * near, horizon + 420 * far
        c.poly(
            [
                (800 - 26 * near, top),
                (800 + 26 * near, top),
                (800 + 26 * far, low),
                (800 - 26 * far, low),
            ],
            (236, 232, 216),
        )


def _dashboard(c: Canvas) -> None:
    street(c, 470)
    _lane_marks(c, 470)
    _car_ahead(c, 960, 556, 190)
    c.poly([(0, 0), (WIDTH, 0), (WIDTH, 74), (1150, 56), (450, 56), (0, 74)], _DARK)
    c.poly([(0, 0), (96, 0), (30, 640), (0, 700)], _DARK)
    c.poly([(WIDTH, 0), (1504, 0), (1570, 640), (WIDTH, 700)], _DARK)
    c.poly([(180, 64), (420, 64), (150, 640), (40, 660)], WHITE, alpha=22)
    _mirror(c)
    edge = [(x, 690 - 62 * math.sin(math.pi * x / WIDTH)) for x in range(0, WIDTH + 1, 40)]
    c.poly([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], (58, 62, 70))
    c.poly([*edge, *[(x, y + 34) for x, y in reversed(edge)]], (78, 82, 92))
    c.gradient(0, 860, WIDTH, 340, (58, 62, 70), (34, 36, 42))
    _console(c)
    _supervision_card(c)
    _instruments(c)
    _wheel(c)


def _car_ahead(c: Canvas, cx: float, base: float, w: float) -> None:
    paint = c.rng.choice(((226, 228, 230), (150, 44, 48), (70, 84, 110)))
    c.rect(cx - w * 0.48, base - 8, w * 0.96, 18, (40, 42, 46), radius=8, alpha=150)
    c.rect(cx - w * 0.38, base - w * 0.72, w * 0.76, w * 0.5, paint, radius=w * 0.14)
    c.rect(cx - w * 0.31, base - w * 0.66, w * 0.62, w * 0.26, (88, 110, 130), radius=w * 0.08)
    c.rect(cx - w * 0.46, base - w * 0.44, w * 0.92, w * 0.4, paint, radius=w * 0.1)
    for side in (-1, 1):
        c.rect(
            cx + side * w * 0.36 - w * 0.09,
            base - w * 0.36,
            w * 0.18,
            w * 0.1,
            (214, 52, 46),
            radius=6,
        )
        c.rect(
            cx + side * w * 0.34 - w * 0.07,
            base - w * 0.08,
            w * 0.14,
            w * 0.1,
            (32, 34, 38),
            radius=6,
        )
    plate(c, cx, base - w * 0.16, w * 0.36)


def _mirror(c: Canvas) -> None:
    c.rect(788, 40, 24, 50, (28, 30, 34))
    c.rect(640, 82, 320, 92, (24, 26, 30), radius=34)
    c.gradient(664, 94, 272, 68, (150, 168, 182), (96, 106, 120))
    skin = c.rng.choice(SKIN)
    c.rect(716, 98, 150, 64, skin, radius=26)
    c.rect(716, 94, 150, 20, (42, 36, 34))
    for cx in (756, 826):
        c.ellipse(cx, 134, 13, 8, WHITE)
        c.ellipse(cx, 134, 6, 7, (44, 40, 40))
        c.line([(cx - 20, 118), (cx + 18, 116)], (42, 36, 34), 5)
    c.line([(800, 174), (800, 226)], (150, 30, 34), 3)
    c.ellipse(800, 246, 20, 20, (200, 44, 44))
    c.text(800, 245, "安", 22, (250, 214, 120))
    for strand in (-8, 0, 8):
        c.line([(800 + strand * 0.5, 266), (800 + strand, 326)], (186, 36, 38), 3)


def _console(c: Canvas) -> None:
    c.rect(716, 726, 440, 474, (46, 49, 56), radius=36)
    for x in (742, 954):
        c.rect(x, 748, 176, 74, (26, 28, 32), radius=14)
        for slat in range(4):
            c.line([(x + 12, 764 + slat * 14), (x + 164, 764 + slat * 14)], (72, 76, 84), 4)
    c.rect(752, 842, 368, 196, (18, 22, 30), radius=16)
    c.rect(764, 854, 344, 172, (40, 74, 92), radius=8)
    for _ in range(7):
        y = 870 + c.rng.random() * 140
        c.line([(770, y), (1102, y + c.rng.uniform(-40, 40))], (82, 124, 136), 5)
    c.line([(800, 1020), (850, 950), (940, 940), (1000, 880), (1080, 866)], (98, 196, 255), 9)
    c.ellipse(940, 940, 12, 12, (255, 214, 90), outline=WHITE, line=3)
    for cx in (792, 864, 936, 1008, 1080):
        c.ellipse(cx, 1082, 22, 22, (30, 32, 38), outline=(92, 96, 106), line=3)
    c.rect(884, 1126, 100, 74, (28, 30, 34), radius=30)


def _meter(c: Canvas, *, running: bool) -> None:
    """The meter on the dashboard with its flag, which is lit while the cab is vacant."""
    c.shadow(790, 560, 300, 130, 22, 120)
    c.rect(790, 552, 300, 136, (24, 25, 29), radius=16, outline=(84, 88, 96), line=4)
    c.rect(812, 572, 180, 96, (46, 12, 14) if running else (20, 20, 22), radius=8)
    if running:
        fare = 11 + c.rng.randrange(60) / 5
        c.glow(902, 612, 70, (255, 60, 40), 70)
        c.text(902, 612, f"{fare:.2f}", 52, (255, 92, 66))
        c.text(902, 652, "金额  元", 17, (255, 150, 120))
    else:
        c.text(902, 612, "--.--", 46, (50, 46, 48))
        c.text(902, 652, "金额  元", 17, (72, 68, 70))
    flag: Colour = (54, 58, 66) if running else (214, 40, 40)
    c.rect(1006, 574, 68, 92, flag, radius=10)
    if not running:
        c.glow(1040, 616, 50, (255, 70, 60), 90)
        c.rect(1006, 574, 68, 92, flag, radius=10)
    for row, sign in enumerate("有客" if running else "空车"):
        c.text(1040, 600 + row * 40, sign, 34, (120, 126, 136) if running else (255, 236, 220))


def _supervision_card(c: Canvas) -> None:
    c.shadow(1196, 520, 330, 210, 18, 110)
    c.rect(1190, 508, 336, 214, (246, 248, 250), radius=14)
    c.rect(1190, 508, 336, 48, (28, 96, 168), radius=14)
    c.rect(1190, 536, 336, 20, (28, 96, 168))
    c.text(1358, 532, "服务监督卡", 28, WHITE)
    c.rect(1208, 572, 104, 132, (172, 206, 232), radius=6)
    c.rect(1222, 664, 76, 40, (60, 84, 120), radius=14)
    face(c, 1260, 630, 34)
    number = f"{c.rng.randrange(10_000):04d}"
    for row, words in enumerate(("姓名 某某", f"编号 {number}", "单位 示范出租")):
        c.text(1328, 590 + row * 36, words, 23, (50, 58, 70), "lm")
    c.text(1328, 696, "监督电话 0000-0000", 18, (180, 60, 50), "lm")


def _instruments(c: Canvas) -> None:
    c.rect(170, 690, 500, 240, (30, 32, 38), radius=110)
    for cx, reading in ((310, 0.55), (530, 0.3)):
        c.ellipse(cx, 806, 92, 92, (18, 20, 26), outline=(96, 102, 114), line=4)
        for tick in range(11):
            angle = math.radians(140 + tick * 26)
            outer, inner = (
                (cx + math.cos(angle) * 82, 806 + math.sin(angle) * 82),
                (
                    cx + math.cos(angle) * 68,
                    806 + math.sin(angle) * 68,
                ),
            )
            c.line([inner, outer], (214, 220, 228), 3)
        angle = math.radians(140 + reading * 260 + c.rng.uniform(-20, 20))
        c.line(
            [(cx, 806), (cx + math.cos(angle) * 66, 806 + math.sin(angle) * 66)], (255, 96, 72), 5
        )
        c.ellipse(cx, 806, 10, 10, (200, 204, 212))


def _wheel(c: Canvas) -> None:
    cx, cy, r = 420.0, 1080.0, 330.0
    c.ellipse(cx, cy, r, r, None, outline=(22, 23, 27), line=52)
    c.ellipse(cx, cy, r - 8, r - 8, None, outline=(52, 55, 62), line=8)
    c.poly(
        [(cx - 290, cy - 20), (cx + 290, cy - 20), (cx + 120, cy + 90), (cx - 120, cy + 90)],
        (32, 34, 40),
    )
    c.ellipse(cx, cy + 14, 112, 92, (44, 47, 54), outline=(20, 21, 24), line=5)
    c.ellipse(cx, cy + 8, 34, 34, None, outline=(150, 156, 166), line=6)
    skin = c.rng.choice(SKIN)
    for side, angle in ((-1, 214), (1, 322)):
        turn = math.radians(angle)
        hx, hy = cx + math.cos(turn) * (r - 24), cy + math.sin(turn) * (r - 24)
        c.poly(
            [
                (hx - 60, hy + 20),
                (hx + 50, hy + 10),
                (hx + side * 60 + 70, HEIGHT),
                (hx + side * 60 - 110, HEIGHT),
            ],
            (74, 96, 128),
        )
        c.ellipse(hx, hy, 58, 46, skin)
        for finger in range(4):
            c.rect(hx - 50 + finger * 25, hy - 46, 22, 50, skin, radius=11)
            c.line(
                [(hx - 26 + finger * 25, hy - 30), (hx - 26 + finger * 25, hy)],
                mix(skin, _DARK, 0.25),
                2,
            )


def rear(c: Canvas) -> None:
    """A cab from behind at the kerb, its plate to be read, its body unwashed."""
    street(c, 470)
    paint = c.rng.choice(_TAXI)
    c.poly([(0, 980), (WIDTH, 900), (WIDTH, HEIGHT), (0, HEIGHT)], (164, 164, 160))
    c.poly([(0, 960), (WIDTH, 880), (WIDTH, 904), (0, 986)], (206, 204, 196))
    c.shadow(360, 930, 880, 60, 40, 150)
    for x in (410, 1040):
        c.rect(x, 800, 150, 170, (26, 27, 30), radius=36)
    c.poly([(520, 330), (1080, 330), (1180, 590), (420, 590)], mix(paint, (20, 20, 30), 0.12))
    c.rect(500, 300, 600, 80, mix(paint, (20, 20, 30), 0.05), radius=40)
    c.poly([(556, 372), (1044, 372), (1120, 560), (480, 560)], (70, 92, 112))
    c.poly([(600, 372), (700, 372), (600, 560), (490, 560)], WHITE, alpha=38)
    for x in (620, 870):
        c.rect(x, 470, 110, 90, (44, 52, 62), radius=26)
    c.rect(370, 560, 860, 330, paint, radius=60)
    c.rect(370, 640, 860, 60, mix(paint, WHITE, 0.82))
    c.text(800, 668, "示范出租", 34, mix(paint, (10, 20, 30), 0.5))
    c.rect(380, 800, 840, 120, mix(paint, (20, 20, 26), 0.35), radius=36)
    for x in (386, 1104):
        c.rect(x, 600, 110, 92, (206, 40, 40), radius=22)
        c.rect(x + 14, 612, 82, 30, (255, 150, 110), radius=12)
    c.rect(690, 250, 220, 62, (250, 236, 176), radius=20, outline=(90, 90, 90), line=4)
    c.text(800, 281, "出租 TAXI", 32, (40, 60, 90))
    c.rect(640, 716, 320, 112, (30, 32, 36), radius=12)
    plate(c, 800, 772, 280)
    for _ in range(46):
        c.ellipse(
            c.rng.uniform(390, 1210),
            c.rng.uniform(740, 905),
            c.rng.uniform(4, 20),
            c.rng.uniform(3, 11),
            (110, 92, 70),
            alpha=c.rng.randrange(60, 130),
        )
    face(c, 1390, 590, 46)
    c.rect(1310, 668, 160, 330, (120, 88, 128), radius=54)
    c.rect(1330, 960, 50, 160, (54, 60, 76), radius=18)
    c.rect(1402, 960, 50, 160, (54, 60, 76), radius=18)
