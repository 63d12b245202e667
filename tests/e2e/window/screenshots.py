#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BIN-FOLDER PICTURE-FOLDER: pictures of the real program with its demo account, light and dark, for
people who want to see it before they try it. The demo's person is made up, and the program's clock is turned to a
fixed morning, so that the same program gives the same pictures on any day."""

import os
import shutil
import subprocess
import sys
import tempfile

import desk

# The window shows where it keeps things, so that this is to be read in the pictures.
PLACE = os.path.join(tempfile.gettempdir(), "demo")
MORNING = "2026-06-18 09:41:00"
ZONE = "Europe/Berlin"


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


def appearance(environment, chosen):
    """What the person chose in the demo's settings before this start."""
    place = os.path.join(environment["XDG_DATA_HOME"], "wristkeep", "demo")
    os.makedirs(place, mode=0o700, exist_ok=True)
    with open(os.path.join(place, "window.ini"), "w", encoding="utf-8") as stream:
        print(f"[window]\nappearance={chosen}\ntold_about_tray=true", file=stream)


def tell(programs, camera, folder, chosen):
    environment = desk.fresh_home(folder) | {
        "TZ": ZONE,
        "LC_ALL": "C.UTF-8",
        # Not by the program `faketime`: that one would be the window's parent, and end in its place.
        "LD_PRELOAD": "/usr/$LIB/faketime/libfaketimeMT.so.1",
        "FAKETIME": f"@{MORNING}",
        # Timers go on as they do.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    appearance(environment, chosen)
    program = desk.Program([os.path.join(programs, "wristkeep"), "--demo"], environment,
                           os.path.join(folder, "wristkeep.log"))
    try:
        program.find("Status: Not connected")
        camera.take(program, f"start-{chosen}")
        program.press("Connect")
        program.find("Status: Connected")
        week = program.shows("Days", {desk.Atspi.Role.COMBO_BOX})
        if week:
            program.select("Days", "Last 7 days")
        program.press("Sync now")
        opened = program.open_panel("Sync log")
        program.wait_for_rows("Sync log", 14 if week else 2)
        program.find("Status: Connected")
        camera.take(program, f"log-{chosen}")
        if opened:
            program.press("Sync log", roles=desk.MENU_ITEM)
        camera.take(program, f"window-{chosen}")
    finally:
        program.stop()


def main():
    programs, pictures = (os.path.abspath(folder) for folder in sys.argv[1:3])
    os.makedirs(pictures, exist_ok=True)
    manager = desk.window_manager()
    try:
        for chosen in ("light", "dark"):
            # Whoever has a folder of that name keeps it: this fails then.
            os.mkdir(PLACE, mode=0o700)
            try:
                tell(programs, Camera(pictures), PLACE, chosen)
            finally:
                shutil.rmtree(PLACE)
    except (desk.Missing, FileExistsError) as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        manager.terminate()
        manager.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
