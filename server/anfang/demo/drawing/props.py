"""Things that stand in more than one scene: people of no one's likeness, plates, plants, paper."""

import math

from anfang.demo.drawing.canvas import Canvas, Colour, mix

SKIN: tuple[Colour, ...] = ((240, 205, 175), (228, 186, 152), (214, 170, 134))
HAIR: tuple[Colour, ...] = ((42, 36, 34), (66, 50, 42), (92, 90, 92))
INK: Colour = (52, 58, 70)
WHITE: Colour = (252, 252, 250)


def face(c: Canvas, cx: float, cy: float, r: float) -> None:
    """Draw a plain cartoon face, radius `r`: what a reviewer would have to redact."""
    skin, hair = c.rng.choice(SKIN), c.rng.choice(HAIR)
    long_hair = c.rng.random() < 0.5
    if long_hair:
        c.rect(cx - r * 1.12, cy - r * 0.7, r * 2.24, r * 2.0, hair, radius=r * 0.7)
    c.rect(cx - r * 0.3, cy + r * 0.6, r * 0.6, r * 0.8, mix(skin, (120, 70, 50), 0.2))
    for side in (-1, 1):
        c.ellipse(cx + side * r * 0.95, cy + r * 0.1, r * 0.16, r * 0.24, skin)
    c.ellipse(cx, cy + r * 0.05, r * 0.95, r * 1.08, skin)
    c.poly(_fringe(cx, cy, r), hair)
    for side in (-1, 1):
        c.ellipse(cx + side * r * 0.36, cy + r * 0.08, r * 0.1, r * 0.13, INK)
        c.ellipse(cx + side * r * 0.39, cy + r * 0.04, r * 0.035, r * 0.04, WHITE)
        c.line(
            [(cx + side * r * 0.2, cy - r * 0.16), (cx + side * r * 0.52, cy - r * 0.18)],
            hair,
            r * 0.07,
        )
        c.ellipse(cx + side * r * 0.52, cy + r * 0.42, r * 0.15, r * 0.1, (236, 140, 120), alpha=90)
    c.line([(cx, cy + r * 0.2), (cx - r * 0.06, cy + r * 0.38)], mix(skin, INK, 0.35), r * 0.06)
    c.arc(cx, cy + r * 0.42, r * 0.3, 25, 155, (170, 70, 66), r * 0.08)


def _fringe(cx: float, cy: float, r: float) -> list[tuple[float, float]]:
    crown = [
        (cx + math.cos(angle) * r * 1.02, cy - math.sin(angle) * r * 1.2)
        for angle in (math.pi * step / 20 for step in range(21))
    ]
    return [
        *crown,
        (cx - r * 0.7, cy - r * 0.32),
        (cx + r * 0.1, cy - r * 0.55),
        (cx + r * 0.8, cy - r * 0.25),
    ]


def person(c: Canvas, cx: float, cy: float, r: float, cloth: Colour, *, tie: bool = False) -> None:
    """Draw head and shoulders; `cy` is the middle of the face, `r` its radius."""
    c.rect(cx - r * 2, cy + r * 1.25, r * 4, r * 3.2, cloth, radius=r * 0.95)
    c.rect(cx - r * 2, cy + r * 2.6, r * 4, r * 2, cloth)
    c.poly([(cx - r * 0.7, cy + r * 1.2), (cx + r * 0.7, cy + r * 1.2), (cx, cy + r * 2.1)], WHITE)
    if tie:
        c.poly(
            [(cx - r * 0.14, cy + r * 1.6), (cx + r * 0.14, cy + r * 1.6), (cx, cy + r * 3)],
            (150, 40, 46),
        )
    face(c, cx, cy, r)


def plate(c: Canvas, cx: float, cy: float, w: float) -> None:
    """Draw a number plate; no province is called 甲, so that it is nobody's."""
    h = w * 0.3
    number = f"甲A·{c.rng.choice('DTX')}{c.rng.randrange(10_000):04d}"
    c.rect(cx - w / 2, cy - h / 2, w, h, (28, 86, 176), radius=h * 0.14)
    c.rect(
        cx - w / 2 + h * 0.06,
        cy - h / 2 + h * 0.06,
        w - h * 0.12,
        h * 0.88,
        None,
        radius=h * 0.1,
        outline=WHITE,
        line=h * 0.04,
    )
    c.text(cx, cy, number, h * 0.5, WHITE)


def pot_plant(c: Canvas, cx: float, base: float, height: float) -> None:
    """Draw a plant in a pot that stands on `base`."""
    pot = height * 0.28
    c.shadow(cx - pot * 0.7, base - pot * 0.2, pot * 1.4, pot * 0.25, pot * 0.2, 90)
    for step in range(9):
        angle = math.pi * (0.12 + 0.095 * step)
        reach = height * c.rng.uniform(0.5, 0.72)
        tip = (cx + math.cos(angle) * reach * 0.7, base - pot - math.sin(angle) * reach)
        middle = (cx + math.cos(angle) * reach * 0.38, base - pot - math.sin(angle) * reach * 0.62)
        spread = height * 0.06
        green = mix((48, 120, 74), (112, 170, 92), c.rng.random())
        c.poly(
            [
                (cx, base - pot),
                (middle[0] - spread, middle[1]),
                tip,
                (middle[0] + spread, middle[1]),
            ],
            green,
        )
    c.poly(
        [
            (cx - pot * 0.6, base - pot),
            (cx + pot * 0.6, base - pot),
            (cx + pot * 0.42, base),
            (cx - pot * 0.42, base),
        ],
        (196, 112, 78),
    )
    c.rect(cx - pot * 0.66, base - pot * 1.05, pot * 1.32, pot * 0.2, (212, 130, 94), radius=4)


def clock(c: Canvas, cx: float, cy: float, r: float, hour: int, minute: int) -> None:
    """Draw a wall clock."""
    c.shadow(cx - r, cy - r + 8, 2 * r, 2 * r, r * 0.25, 70)
    c.ellipse(cx, cy, r, r, WHITE, outline=INK, line=r * 0.1)
    for tick in range(12):
        angle = math.tau * tick / 12
        c.ellipse(
            cx + math.sin(angle) * r * 0.74,
            cy - math.cos(angle) * r * 0.74,
            r * 0.05,
            r * 0.05,
            INK,
        )
    for turn, reach, width in ((hour / 12 + minute / 720, 0.45, 0.09), (minute / 60, 0.66, 0.06)):
        angle = math.tau * turn
        c.line(
            [(cx, cy), (cx + math.sin(angle) * r * reach, cy - math.cos(angle) * r * reach)],
            INK,
            r * width,
        )


def sheet(c: Canvas, cx: float, cy: float, w: float, h: float, angle: float) -> None:
    """Draw a sheet of paper with lines of writing, turned by `angle` radians."""

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            cx + x * math.cos(angle) - y * math.sin(angle),
            cy + x * math.sin(angle) + y * math.cos(angle),
        )

    corners = [at(-w / 2, -h / 2), at(w / 2, -h / 2), at(w / 2, h / 2), at(-w / 2, h / 2)]
    c.poly([(x + 5, y + 7) for x, y in corners], (60, 50, 44), alpha=60)
    c.poly(corners, mix(WHITE, (238, 230, 208), c.rng.random() * 0.8))
    for step in range(1, 7):
        y = -h / 2 + h * step / 7
        c.line([at(-w * 0.38, y), at(w * c.rng.uniform(0.1, 0.38), y)], (168, 174, 186), 3)
