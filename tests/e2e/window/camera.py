#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real window, light or dark, with ImageMagick's `import`."""

import os
import subprocess

import desk


class Camera:
    def __init__(self, folder):
        self.folder = folder

    def take(self, program, name, frame="Wristkeep"):
        window = program.find(frame, {desk.Atspi.Role.FRAME, desk.Atspi.Role.DIALOG}, begins=True)
        # Whatever was just pressed has been painted, and nothing is marked as being under the pointer.
        desk.pause(1.0)
        box = desk.Atspi.Component.get_extents(window, desk.Atspi.CoordType.SCREEN)
        path = os.path.join(self.folder, f"{name}.png")
        subprocess.run(["import", "-silent", "-window", "root", "-crop", f"{box.width}x{box.height}+{box.x}+{box.y}",
                        "+repage", "-strip", "-define", "png:exclude-chunks=date,time", path], check=True)
        print(path, flush=True)


def appearance(place, chosen):
    """What the person chose in the settings before this start; `place` is the folder of window.ini."""
    os.makedirs(place, mode=0o700, exist_ok=True)
    with open(os.path.join(place, "window.ini"), "w", encoding="utf-8") as stream:
        print(f"[window]\nappearance={chosen}\ntold_about_tray=true", file=stream)
