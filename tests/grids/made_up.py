"""A tiny district of two grids, as files."""

import csv
from pathlib import Path

FILES = {
    "units": [
        "code,name,short_name,kind,parent,commanded,seat,basis",
        "DEPT,Department,Dept,government,,1,desk,",
        "POLICE,Police post,Police,station,DEPT,1,,",
        "OFFICE,Street office,Office,street_office,,1,,",
    ],
    "areas": [
        "code,kind,name,parent,office,lon,lat,provisional,basis,since",
        "990101,district,Small,,,,,1,,2026-01-01",
        "990101001,street,North,990101,OFFICE,,,1,,2026-01-01",
        "990101001001,community,Mill,990101001,,,,1,,2026-01-01",
        "990101001001001,grid,Mill 1,990101001001,,0.5,0.5,1,,2026-01-01",
        "990101001001002,grid,Mill 2,990101001001,,,,1,,2026-01-01",
    ],
    "outlines": [
        "code,outline",
        '990101001001001,"POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))"',
        '990101001001002,"POLYGON ((1 0, 1 1, 2 1, 2 0, 1 0))"',
    ],
    "stations": ["unit,street,kind", "POLICE,990101001,police"],
    "list_version": ["number,label,in_force_from,reference,basis", "1,List,2026-01-01,1,ours"],
    "items": ["code,area,title,category,street_led,legal_basis", "A-1,Order,Noise,enforcement,0,"],
    "duties": ["item,kind,order,party,unit,party_name,text", "A-1,lead,1,unit,DEPT,Department,Quieten it"],
    "situations": [
        "item,code,group,name,words,looks_like,photograph,first_action,call,urgency,at_once",
        "A-1,A-1-1,noise,Loud music,music,A loudspeaker,The loudspeaker,Ask to turn it down,Police post,normal,",
    ],
}


def made_up_district(folder: Path) -> None:
    for name, lines in FILES.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def rewrite(path: Path, number: int, column: str, value: str) -> None:
    """Puts another value into one cell; the heading is row 1."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[number - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
