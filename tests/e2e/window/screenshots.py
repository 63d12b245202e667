#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BIN-FOLDER PICTURE-FOLDER: pictures of the real program with its demo account, light and dark, for
people who want to see it before they try it. The demo's person is made up, and the program's clock is turned to a
fixed morning, so that the same program gives the same pictures on any day."""

import os
import shutil
import sys
import tempfile

import camera
import desk

# The window shows where it keeps things, so that this is to be read in the pictures.
PLACE = os.path.join(tempfile.gettempdir(), "demo")
MORNING = "2026-06-18 09:41:00"
ZONE = "Europe/Berlin"


def tell(programs, pictures, folder, chosen):
    photographer = camera.Camera(pictures)
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
    camera.appearance(os.path.join(environment["XDG_DATA_HOME"], "wristkeep", "demo"), chosen)
    program = desk.Program([os.path.join(programs, "wristkeep"), "--demo"], environment,
                           os.path.join(folder, "wristkeep.log"))
    try:
        program.find("Status: Not connected")
        photographer.take(program, f"start-{chosen}")
        program.press("Connect")
        program.find("Status: Connected")
        week = program.shows("Days", {desk.Atspi.Role.COMBO_BOX})
        if week:
            program.select("Days", "Last 7 days")
        program.press("Sync now")
        opened = program.open_panel("Sync log")
        program.wait_for_rows("Sync log", 14 if week else 2)
        program.find("Status: Connected")
        photographer.take(program, f"log-{chosen}")
        if opened:
            program.press("Sync log", roles=desk.MENU_ITEM)
        photographer.take(program, f"window-{chosen}")
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
                tell(programs, pictures, PLACE, chosen)
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
