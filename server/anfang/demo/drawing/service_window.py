"""Scenes at the service counter: a window with nobody behind it, and one as it should be."""

from anfang.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, Colour, mix
from anfang.demo.drawing.props import INK, WHITE, clock, person, pot_plant

_UNIFORM: Colour = (44, 66, 108)
_BUSINESS = ("综合受理", "不动产登记", "社会保障", "户籍办理", "税费缴纳")


def unmanned(c: Canvas) -> None:
    """Office hours, an empty chair, a sign "service suspended"; the neighbour is at work."""
    number = _counter_hall(c)
    _window(c, 90, number, staffed=False)
    _window(c, 850, number + 1, staffed=True)
    _counter(c)
    _suspended_sign(c, 470)
    _nameplate(c, 1180)
    _waiting(c)


def staffed(c: Canvas) -> None:
    """Two windows in service."""
    number = _counter_hall(c)
    _window(c, 90, number, staffed=True)
    _window(c, 850, number + 1, staffed=True)
    _counter(c)
    _nameplate(c, 420)
    _nameplate(c, 1180)


def _counter_hall(c: Canvas) -> int:
    c.gradient(0, 0, WIDTH, HEIGHT, (240, 241, 240), (214, 218, 222))
    c.rect(0, 0, WIDTH, 128, (178, 34, 38))
    c.rect(0, 122, WIDTH, 10, (226, 184, 92))
    c.text(660, 74, "甲市示范便民服务大厅", 56, (255, 240, 206))
    clock(c, 1420, 78, 38, c.rng.choice((9, 10, 14, 15)), c.rng.randrange(60))
    return c.rng.randrange(2, 8)


def _window(c: Canvas, x: float, number: int, *, staffed: bool) -> None:
    c.shadow(x + 10, 300, 640, 520, 20, 60)
    c.rect(x, 172, 660, 660, (98, 110, 126), radius=10)
    c.rect(x + 20, 182, 620, 84, (20, 24, 32), radius=8)
    c.text(x + 64, 224, str(number), 62, (255, 92, 66))
    c.text(x + 110, 224, f"号窗口  {c.rng.choice(_BUSINESS)}", 40, (255, 120, 84), "lm")
    _back_office(c, x + 20, 280)
    if staffed:
        _chair(c, x + 330, 520, (58, 62, 72))
        person(c, x + 330, 500, 74, _UNIFORM, tie=True)
        c.rect(x + 368, 640, 54, 20, WHITE, radius=4)
    else:
        _chair(c, x + 372, 500, (48, 52, 62))
    _monitor(c, x + 500, 640)
    c.poly([(x + 20, 280), (x + 200, 280), (x + 60, 832), (x + 20, 832)], WHITE, alpha=46)
    c.poly([(x + 260, 280), (x + 310, 280), (x + 170, 832), (x + 120, 832)], WHITE, alpha=34)
    c.rect(x + 230, 770, 200, 62, (60, 66, 76), radius=28)


def _back_office(c: Canvas, x: float, y: float) -> None:
    c.gradient(x, y, 620, 552, (222, 226, 226), (196, 202, 206))
    c.rect(x + 20, y + 30, 250, 250, (168, 134, 100), radius=6)
    for shelf in range(3):
        left = x + 32
        while left < x + 246:
            width = c.rng.uniform(14, 28)
            binder = mix(
                (44, 96, 150),
                c.rng.choice(((190, 60, 56), (60, 130, 92), (220, 180, 80))),
                c.rng.random(),
            )
            c.rect(left, y + 42 + shelf * 80, width, 62, binder, radius=3)
            left += width + 3
        c.rect(x + 26, y + 104 + shelf * 80, 238, 8, (128, 98, 72))
    c.rect(x + 410, y + 40, 170, 120, (250, 250, 246), radius=4, outline=(120, 126, 134), line=4)
    c.text(x + 495, y + 70, "便民承诺", 26, (178, 34, 38))
    for row in range(3):
        c.line([(x + 430, y + 98 + row * 20), (x + 560, y + 98 + row * 20)], (180, 184, 190), 4)


def _chair(c: Canvas, cx: float, top: float, colour: Colour) -> None:
    c.rect(cx - 18, top + 240, 36, 90, (34, 36, 42))
    c.rect(cx - 108, top, 216, 270, colour, radius=44)
    c.rect(cx - 84, top + 24, 168, 200, mix(colour, WHITE, 0.12), radius=34)
    c.rect(cx - 130, top + 250, 260, 60, colour, radius=26)


def _monitor(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 6, y, 132, 104, (36, 38, 44), radius=8)
    c.rect(x + 44, y + 100, 30, 50, (58, 62, 70))
    c.ellipse(x + 60, y + 52, 10, 10, (110, 116, 126))


def _counter(c: Canvas) -> None:
    c.shadow(0, 822, WIDTH, 50, 26, 110)
    c.gradient(0, 826, WIDTH, 60, (236, 230, 220), (206, 196, 182))
    c.gradient(0, 886, WIDTH, HEIGHT - 886, (150, 108, 74), (112, 78, 54))
    for x in range(0, WIDTH, 200):
        c.line([(x, 886), (x, HEIGHT)], (98, 68, 48), 4)
    c.rect(0, 930, WIDTH, 16, (226, 184, 92))
    pot_plant(c, 800, 850, 200)


def _suspended_sign(c: Canvas, cx: float) -> None:
    c.shadow(cx - 190, 700, 380, 150, 18, 120)
    c.poly([(cx - 196, 858), (cx + 196, 858), (cx + 180, 690), (cx - 180, 690)], (200, 34, 38))
    c.poly([(cx - 180, 846), (cx + 180, 846), (cx + 168, 702), (cx - 168, 702)], (214, 48, 48))
    c.text(cx, 766, "暂停服务", 76, (255, 250, 240))
    c.text(cx, 826, "SERVICE SUSPENDED", 24, (255, 214, 200))


def _nameplate(c: Canvas, cx: float) -> None:
    c.rect(cx - 110, 792, 220, 64, (250, 250, 250), radius=8, outline=(178, 184, 192), line=3)
    c.text(cx, 812, "工号 0000", 26, INK)
    c.text(cx, 840, "请对我的服务评价", 18, (178, 60, 50))
    c.rect(cx + 150, 800, 90, 58, (30, 34, 42), radius=8)
    for step, colour in enumerate(((80, 180, 110), (240, 190, 70), (220, 80, 70))):
        c.ellipse(cx + 172 + step * 23, 829, 8, 8, colour)


def _waiting(c: Canvas) -> None:
    """The back of somebody who waits before the empty window."""
    cloth = c.rng.choice(((92, 112, 84), (128, 78, 74), (88, 96, 140)))
    c.rect(-20, 1060, 330, 300, cloth, radius=110)
    c.rect(116, 1010, 60, 80, (220, 180, 150))
    c.ellipse(146, 956, 84, 92, (46, 40, 38))
    c.ellipse(64, 966, 14, 24, (226, 186, 156))
    c.ellipse(228, 966, 14, 24, (226, 186, 156))
