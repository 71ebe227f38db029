"""Map tiles of 天地图, the state's own map, where the office has a key. Pure."""

from typing import Final

HOST: Final = "https://t0.tianditu.gov.cn"
_LAYERS: Final = ("vec", "cva")
"""Map and lettering in Web Mercator on CGCS2000: no shift against WGS-84 (DOMAIN E)."""


def layers(key: str | None) -> list[str]:
    """Return the addresses of the raster layers, lowest first, with {z}, {x} and {y} to fill in.

    Args:
        key: the office's browser key (`tk`); without one there are no tiles.
    """
    return [] if key is None else [_layer(name, key) for name in _LAYERS]


def _layer(name: str, key: str) -> str:
    return (
        f"{HOST}/{name}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={name}"
        "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
    )
