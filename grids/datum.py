"""Turns map coordinates as received (GCJ-02, BD-09) into WGS-84 degrees."""

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]

# The ellipsoid of Krasovsky 1940, on which GCJ-02 is defined.
SEMI_MAJOR = 6_378_245.0
FLATNESS = 0.00669342162296594323
# Where GCJ-02 and BD-09 are defined: west, south, east, north.
CHINA = (72.0, 0.8, 138.0, 56.0)
TURN = pi * 3000 / 180
ROUNDS = 12


def _waves(value: float, *amplitudes_and_rates: Point) -> float:
    return sum(amplitude * sin(value * pi * rate) for amplitude, rate in amplitudes_and_rates) * 2 / 3


def _eastward(x: float, y: float) -> float:
    smooth = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return smooth + _waves(x, (20, 6), (20, 2), (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))


def _northward(x: float, y: float) -> float:
    smooth = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    return smooth + _waves(x, (20, 6), (20, 2)) + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))


def wgs84_to_gcj02(lon: float, lat: float) -> Point:
    phi = radians(lat)
    squeeze = 1 - FLATNESS * sin(phi) ** 2
    across = radians(SEMI_MAJOR / sqrt(squeeze) * cos(phi))
    along = radians(SEMI_MAJOR * (1 - FLATNESS) / squeeze**1.5)
    x, y = lon - 105, lat - 35
    return lon + _eastward(x, y) / across, lat + _northward(x, y) / along


def gcj02_to_bd09(lon: float, lat: float) -> Point:
    reach = hypot(lon, lat) + 0.00002 * sin(lat * TURN)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * TURN)
    return reach * cos(angle) + 0.0065, reach * sin(angle) + 0.006


def wgs84_to_bd09(lon: float, lat: float) -> Point:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def _undone(shift: Callable[[float, float], Point], lon: float, lat: float) -> Point:
    """The point that the shift takes here, by correcting a guess with what it misses."""
    guess = (lon, lat)
    for _ in range(ROUNDS):
        there = shift(*guess)
        guess = (guess[0] + lon - there[0], guess[1] + lat - there[1])
    return guess


def to_wgs84(lon: float, lat: float, datum: str) -> Point:
    """A point given in the datum named (`wgs84`, `gcj02`, `bd09`), in WGS-84; far from China nothing is shifted."""
    west, south, east, north = CHINA
    if not (west <= lon <= east and south <= lat <= north):
        return lon, lat
    shifts = {"gcj02": wgs84_to_gcj02, "bd09": wgs84_to_bd09}
    return (lon, lat) if datum == "wgs84" else _undone(shifts[datum], lon, lat)
