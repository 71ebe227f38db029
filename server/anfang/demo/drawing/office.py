"""Scenes in an office and a hall: a desk in disorder or order, a hall clean or littered, smoke."""

import math

from anfang.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, Colour, mix
from anfang.demo.drawing.props import INK, WHITE, clock, face, person, pot_plant, sheet

_WOOD: Colour = (186, 140, 98)


def desk_untidy(c: Canvas) -> None:
    """Nobody at the desk, papers everywhere, a card game on the screen."""
    _room(c)
    _monitor(c, game=True)
    for x, count in ((220, 9), (1390, 12), (520, 3)):
        for level in range(count):
            sheet(
                c, x + c.rng.uniform(-16, 16), 850 - level * 13, 260, 150, c.rng.uniform(-0.2, 0.2)
            )
    for _ in range(11):
        sheet(
            c,
            c.rng.uniform(120, 1480),
            c.rng.uniform(930, 1120),
            c.rng.uniform(170, 240),
            c.rng.uniform(130, 170),
            c.rng.uniform(-0.8, 0.8),
        )
    _mug(c, 1130, 880)
    _noodles(c, 330, 1010)
    _seeds(c, 980, 1060)
    _keyboard(c, 640, 960, 0.08)
    _nameplate(c, 1240, 1060)


def desk_tidy(c: Canvas) -> None:
    """A desk as the rules want it: one file, a plant, the occupant's card with its photo."""
    _room(c)
    _monitor(c, game=False)
    sheet(c, 1180, 1000, 260, 190, -0.04)
    sheet(c, 1186, 992, 260, 190, 0.02)
    pot_plant(c, 320, 960, 230)
    _keyboard(c, 640, 970, 0)
    _mug(c, 1400, 920)
    _nameplate(c, 400, 1070)


def _room(c: Canvas) -> None:
    wall = mix((226, 230, 226), (232, 224, 208), c.rng.random())
    c.gradient(0, 0, WIDTH, 780, wall, mix(wall, INK, 0.12))
    c.rect(90, 60, 430, 420, (250, 250, 250), radius=6)
    c.gradient(106, 76, 398, 388, (150, 196, 228), (222, 236, 240))
    for slat in range(13):
        c.rect(100, 72 + slat * 17, 410, 9, (240, 238, 230), alpha=235)
    c.rect(1130, 90, 350, 330, (150, 116, 86), radius=6)
    c.rect(1146, 106, 318, 298, (246, 244, 236))
    c.text(1305, 150, "去向公示牌", 40, (178, 34, 38))
    for row, words in enumerate(("在岗", "会议", "外出", "请假")):
        y = 204 + row * 50
        c.line([(1160, y + 26), (1450, y + 26)], (206, 202, 192), 3)
        c.text(1190, y, words, 26, INK, "lm")
        c.ellipse(1420, y, 13, 13, (206, 52, 48) if row == 0 else (214, 214, 208))
    clock(c, 820, 130, 64, c.rng.choice((9, 10, 15, 16)), c.rng.randrange(60))
    c.rect(590, 330, 420, 520, (52, 56, 66), radius=80)
    c.rect(620, 362, 360, 420, (66, 71, 82), radius=64)
    c.gradient(0, 760, WIDTH, 440, mix(_WOOD, WHITE, 0.12), mix(_WOOD, (60, 30, 10), 0.25))
    c.rect(0, 754, WIDTH, 14, mix(_WOOD, WHITE, 0.35))
    for _ in range(16):
        grain = c.rng.uniform(790, 1190)
        x = c.rng.uniform(-200, 1200)
        c.line(
            [(x, grain), (x + c.rng.uniform(200, 600), grain + c.rng.uniform(-6, 6))],
            mix(_WOOD, (80, 40, 10), 0.22),
            3,
            alpha=110,
        )


def _monitor(c: Canvas, *, game: bool) -> None:
    c.shadow(560, 850, 480, 50, 24, 110)
    c.rect(740, 780, 120, 100, (60, 64, 72))
    c.rect(650, 862, 300, 28, (44, 47, 54), radius=14)
    c.rect(510, 430, 580, 366, (26, 28, 32), radius=16)
    if game:
        c.rect(528, 448, 544, 330, (28, 112, 74))
        for column in range(7):
            for card in range(1 + (column * 3 + 2) % 6):
                x, y = 546 + column * 74, 548 + card * 30
                c.rect(x, y, 62, 86, WHITE, radius=6, outline=(160, 166, 170), line=1.5)
                red = c.rng.random() < 0.5
                c.text(
                    x + 15, y + 15, c.rng.choice("23456789JQKA"), 20, (206, 40, 44) if red else INK
                )
        for place in range(4):
            c.rect(
                768 + place * 74,
                458,
                62,
                80,
                (22, 92, 60),
                radius=6,
                outline=(90, 160, 122),
                line=2,
            )
        return
    c.rect(528, 448, 544, 330, (238, 241, 245))
    c.rect(528, 448, 544, 36, (38, 92, 158))
    c.text(544, 466, "办件系统", 22, WHITE, "lm")
    for row in range(7):
        for column, width in enumerate((90, 190, 110, 80)):
            x = 548 + (0, 110, 320, 444)[column]
            c.rect(
                x, 506 + row * 37, width * c.rng.uniform(0.6, 0.95), 16, (176, 188, 204), radius=4
            )


def _mug(c: Canvas, cx: float, cy: float) -> None:
    paint = c.rng.choice(((198, 66, 58), (58, 112, 146), (238, 236, 228)))
    c.shadow(cx - 50, cy + 40, 110, 40, 14, 110)
    c.ellipse(cx + 58, cy, 30, 32, None, outline=paint, line=12)
    c.rect(cx - 54, cy - 66, 108, 136, paint, radius=18)
    c.ellipse(cx, cy - 62, 54, 17, mix(paint, WHITE, 0.4))
    c.ellipse(cx, cy - 60, 44, 12, (112, 74, 40))


def _noodles(c: Canvas, cx: float, cy: float) -> None:
    c.shadow(cx - 90, cy + 50, 190, 50, 18, 120)
    c.poly(
        [(cx - 104, cy - 70), (cx + 104, cy - 70), (cx + 76, cy + 84), (cx - 76, cy + 84)],
        (206, 54, 44),
    )
    c.poly(
        [(cx - 98, cy - 30), (cx + 98, cy - 30), (cx + 88, cy + 26), (cx - 88, cy + 26)],
        (250, 214, 120),
    )
    c.text(cx, cy - 2, "泡面", 42, (150, 34, 30))
    c.ellipse(cx, cy - 70, 104, 28, (244, 236, 220))
    c.ellipse(cx, cy - 68, 88, 21, (222, 160, 76))
    for turn in range(6):
        c.arc(cx - 50 + turn * 20, cy - 68, 16, 180, 350, (250, 220, 140), 5)
    c.line([(cx - 20, cy - 70), (cx + 150, cy - 170)], (170, 118, 70), 8)
    c.line([(cx + 4, cy - 66), (cx + 168, cy - 150)], (150, 100, 60), 8)


def _seeds(c: Canvas, cx: float, cy: float) -> None:
    for _ in range(70):
        angle, reach = c.rng.uniform(0, math.tau), c.rng.gauss(0, 62)
        c.ellipse(
            cx + math.cos(angle) * reach * 1.6,
            cy + math.sin(angle) * reach * 0.6,
            9,
            4.5,
            c.rng.choice(((54, 48, 46), (226, 214, 190))),
        )


def _keyboard(c: Canvas, x: float, y: float, slope: float) -> None:
    c.shadow(x, y + 20, 330, 100, 14, 90)
    c.poly(
        [(x, y), (x + 320, y + 320 * slope), (x + 336, y + 118 + 320 * slope), (x - 16, y + 118)],
        (50, 54, 62),
    )
    for row in range(4):
        for key in range(13):
            kx, ky = x + 4 + key * 24.4 - row * 3, y + 10 + row * 26 + key * 24.4 * slope
            c.rect(kx, ky, 20, 20, (78, 84, 94), radius=4)
    c.ellipse(x + 400, y + 70 + 320 * slope, 26, 38, (52, 56, 64))


def _nameplate(c: Canvas, cx: float, cy: float) -> None:
    c.shadow(cx - 150, cy + 30, 300, 60, 16, 110)
    c.poly(
        [(cx - 150, cy + 80), (cx + 150, cy + 80), (cx + 138, cy - 60), (cx - 138, cy - 60)],
        (240, 242, 246),
    )
    c.rect(cx - 126, cy - 44, 90, 108, (176, 206, 230), radius=4)
    c.rect(cx - 116, cy + 34, 70, 30, (60, 84, 120), radius=10)
    face(c, cx - 81, cy + 4, 30)
    c.text(cx - 20, cy - 22, "综合科", 30, (178, 34, 38), "lm")
    c.text(cx - 20, cy + 18, "经办 某某", 24, INK, "lm")
    c.text(cx - 20, cy + 52, "A岗", 24, INK, "lm")


def hall_clean(c: Canvas) -> None:
    """A hall in order, a guide at the desk."""
    _hall(c)


def hall_littered(c: Canvas) -> None:
    """The same hall with waste on the floor and an overflowing bin."""
    _hall(c)
    _bin(c, 1120, 850)
    c.ellipse(560, 1060, 230, 46, (150, 172, 184), alpha=120)
    for _ in range(13):
        x, y = c.rng.uniform(260, 1250), c.rng.uniform(860, 1150)
        sheet(c, x, y, c.rng.uniform(50, 110), c.rng.uniform(26, 50), c.rng.uniform(-0.6, 0.6))
    for _ in range(5):
        x, y = c.rng.uniform(300, 1250), c.rng.uniform(900, 1140)
        c.poly(
            [(x, y), (x + 66, y + 12), (x + 60, y + 46), (x + 4, y + 52)],
            c.rng.choice(((214, 70, 60), (240, 240, 236), (70, 140, 190))),
        )
        c.ellipse(x + 2, y + 26, 10, 27, (250, 246, 236))


def _hall(c: Canvas) -> None:
    c.gradient(0, 0, WIDTH, 640, (246, 247, 246), (224, 228, 230))
    c.poly([(0, 0), (WIDTH, 0), (1180, 170), (420, 170)], (232, 235, 236))
    for lamp in range(3):
        y = 24 + lamp * 50
        inset = 210 + lamp * 110
        c.poly(
            [(inset, y), (WIDTH - inset, y), (WIDTH - inset - 24, y + 16), (inset + 24, y + 16)],
            WHITE,
        )
    c.rect(360, 170, 880, 90, (178, 34, 38))
    c.text(800, 214, "甲市示范便民服务大厅", 50, (255, 240, 206))
    for number in range(5):
        x = 380 + number * 172
        c.rect(x, 280, 150, 220, (92, 108, 126), radius=6)
        c.gradient(x + 8, 322, 134, 170, (206, 220, 228), (176, 190, 200))
        c.rect(x + 8, 286, 134, 32, (20, 24, 32))
        c.text(x + 75, 302, f"{number + 1} 号窗口", 20, (255, 110, 80))
        person(c, x + 75, 408, 24, (44, 66, 108))
        c.rect(x, 492, 150, 14, (238, 232, 222))
    c.gradient(360, 506, 880, 90, (150, 108, 74), (122, 86, 60))
    _floor(c)
    for x in (250, 1260):
        c.gradient(x, 60, 92, 640, (236, 232, 224), (198, 194, 186))
    _seats(c, 60, 1)
    _seats(c, 1540, -1)
    pot_plant(c, 400, 700, 220)
    pot_plant(c, 1210, 700, 220)
    _guide_desk(c)


def _floor(c: Canvas) -> None:
    c.gradient(0, 590, WIDTH, HEIGHT - 590, (206, 206, 202), (232, 230, 224))
    for step in range(-14, 31):
        c.line(
            [(800 + (step * 100 - 800) * 0.42, 590), (step * 200 - 800, HEIGHT)], (186, 186, 182), 2
        )
    for step in range(12):
        y = 590 + 610 * (step / 12) ** 1.7
        c.line([(0, y), (WIDTH, y)], (186, 186, 182), 2)
    c.poly([(560, 596), (1040, 596), (1180, HEIGHT), (420, HEIGHT)], WHITE, alpha=46)


def _seats(c: Canvas, x: float, side: int) -> None:
    for row in range(3):
        size, y = 90 + row * 26, 640 + row * 150
        for place in range(2):
            left = x + side * place * (size + 14) + side * row * 4 - (size if side < 0 else 0)
            c.shadow(left, y + size * 1.3, size, 16, 12, 80)
            c.rect(left, y, size, size * 0.9, (84, 126, 160), radius=16)
            c.rect(left - 4, y + size * 0.8, size + 8, size * 0.34, (66, 104, 138), radius=12)
            c.rect(left + size * 0.46, y + size * 1.1, 10, size * 0.34, (120, 126, 132))


def _guide_desk(c: Canvas) -> None:
    person(c, 800, 640, 50, (172, 44, 48))
    c.shadow(640, 860, 320, 40, 24, 110)
    c.rect(640, 730, 320, 150, (246, 246, 244), radius=14)
    c.rect(640, 730, 320, 26, (38, 92, 158), radius=10)
    c.text(800, 818, "导 办 台", 46, (38, 92, 158))


def _bin(c: Canvas, cx: float, base: float) -> None:
    c.shadow(cx - 80, base - 10, 170, 36, 18, 130)
    for _ in range(9):
        c.ellipse(
            cx + c.rng.uniform(-70, 70),
            base - 222 - c.rng.uniform(0, 44),
            38,
            28,
            c.rng.choice((WHITE, (214, 204, 180), (200, 70, 60), (90, 150, 190))),
        )
    c.poly(
        [(cx - 92, base - 220), (cx + 92, base - 220), (cx + 70, base), (cx - 70, base)],
        (70, 112, 84),
    )
    c.rect(cx - 98, base - 232, 196, 26, (56, 92, 70), radius=10)
    c.text(cx, base - 110, "可回收", 34, WHITE)


def smoking_corner(c: Canvas) -> None:
    """A full ashtray below a no-smoking sign."""
    c.gradient(0, 0, WIDTH, 800, (226, 226, 218), (200, 200, 192))
    c.gradient(980, 0, 460, 640, (164, 204, 230), (228, 238, 240))
    c.rect(950, 0, 34, 680, WHITE)
    c.rect(1196, 0, 22, 640, WHITE)
    c.rect(1440, 0, 34, 680, WHITE)
    c.rect(230, 130, 480, 420, WHITE, radius=18, outline=(200, 40, 40), line=10)
    c.ellipse(470, 290, 116, 116, None, outline=(206, 36, 40), line=24)
    c.rect(386, 276, 138, 28, INK, radius=6)
    c.rect(526, 276, 26, 28, (226, 130, 60), radius=4)
    c.line([(392, 212), (548, 368)], (206, 36, 40), 24)
    c.text(470, 482, "禁止吸烟", 72, (206, 36, 40))
    person(c, 1230, 430, 96, (70, 92, 128))
    c.line([(1262, 482), (1330, 500)], WHITE, 12)
    c.ellipse(1334, 501, 7, 7, (240, 120, 50))
    c.gradient(0, 690, WIDTH, 510, (214, 206, 194), (176, 166, 152))
    c.rect(0, 676, WIDTH, 30, (240, 236, 228))
    _ashtray(c, 840, 900)
    for _ in range(8):
        x, y = c.rng.uniform(300, 1350), c.rng.uniform(960, 1150)
        _stub(c, x, y, c.rng.uniform(-0.7, 0.7))
    _mug(c, 380, 880)
    for strand in range(3):
        points = [
            (860 + strand * 30 + math.sin(step / 3 + strand) * (10 + step * 2.2), 850 - step * 22)
            for step in range(24)
        ]
        c.line(points, WHITE, 15 - strand * 3, alpha=76)


def _ashtray(c: Canvas, cx: float, cy: float) -> None:
    c.shadow(cx - 220, cy + 30, 450, 90, 34, 130)
    c.ellipse(cx, cy + 26, 230, 92, (96, 120, 128))
    c.ellipse(cx, cy, 230, 92, (150, 178, 186))
    c.ellipse(cx, cy + 4, 192, 70, (86, 98, 104))
    c.ellipse(cx, cy + 14, 168, 52, (120, 116, 112))
    for _ in range(16):
        _stub(
            c, cx + c.rng.uniform(-140, 120), cy + c.rng.uniform(-36, 36), c.rng.uniform(-1.2, 1.2)
        )


def _stub(c: Canvas, x: float, y: float, angle: float) -> None:
    dx, dy = math.cos(angle), math.sin(angle)
    c.line([(x, y), (x + dx * 46, y + dy * 46)], (226, 162, 92), 17)
    c.line([(x + dx * 46, y + dy * 46), (x + dx * 78, y + dy * 78)], (246, 244, 238), 17)
    c.line([(x + dx * 76, y + dy * 76), (x + dx * 86, y + dy * 86)], (74, 70, 68), 16)
