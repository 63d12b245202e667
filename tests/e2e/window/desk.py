#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with a screen reader at the real program: finds what is on the window by its accessible name, presses it,
and reads what is said. Knows no coordinates and no class names, so that the window may be laid out anew.

To be run inside `dbus-run-session -- xvfb-run …` (window.sh does that)."""

import os
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# A machine that runs other tests beside this one is slow, and a sanitizer makes it slower.
PATIENCE = float(os.environ.get("WRISTKEEP_PATIENCE", "30"))

BUTTON = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}
MENU_ITEM = {Atspi.Role.MENU_ITEM, Atspi.Role.CHECK_MENU_ITEM}
CHOICE = {Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.COMBO_BOX,
          Atspi.Role.LIST_ITEM}
DIALOG = {Atspi.Role.DIALOG, Atspi.Role.ALERT}
TABLE = {Atspi.Role.TABLE, Atspi.Role.TREE_TABLE, Atspi.Role.LIST}
# Each cell is an object of its own; nobody looks for a button among ten thousand of them.
LEAVES = TABLE | {Atspi.Role.TREE}


class Missing(Exception):
    """What was waited for did not come."""


def pause(seconds=0.05):
    # The tree is kept up to date by events, and those come through GLib's loop.
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        time.sleep(0.01)


def wait_for(what, probe, patience=None):
    """The first true answer of `probe`; Missing with the words of `what` otherwise."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > end:
            raise Missing(what() if callable(what) else what)
        pause()


def states(thing):
    return thing.get_state_set()


def enabled(thing):
    here = states(thing)
    return here.contains(Atspi.StateType.ENABLED) and here.contains(Atspi.StateType.SENSITIVE)


def walk(thing):
    """The thing and all below it; what disappears meanwhile is passed over."""
    try:
        yield thing
        if thing.get_role() in LEAVES:
            return
        for index in range(thing.get_child_count()):
            child = thing.get_child_at_index(index)
            if child is not None:
                yield from walk(child)
    except GLib.Error:
        return


class Program:
    """One running program and its windows."""

    def __init__(self, command, environment, log):
        variables = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", **environment)
        self.log = log
        with open(log, "ab") as stream:
            self.process = subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL, stdout=stream,
                                            stderr=stream, cwd=environment.get("HOME"))

    def said(self):
        with open(self.log, encoding="utf-8", errors="replace") as stream:
            return stream.read()

    def application(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended with {self.process.returncode}: {self.said()}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            try:
                one = desktop.get_child_at_index(index)
                if one is not None and one.get_process_id() == self.process.pid:
                    one.clear_cache()
                    return one
            except GLib.Error:
                continue
        return None

    def everything(self):
        root = self.application()
        return walk(root) if root is not None else iter(())

    def all(self, name=None, roles=None, showing=True, begins=False):
        for thing in self.everything():
            try:
                text = thing.get_name() or ""
                # A menu entry that asks before it acts ends with an ellipsis.
                if name is not None and not (text.startswith(name) if begins else text.rstrip("…") == name):
                    continue
                if roles is not None and thing.get_role() not in roles:
                    continue
                if showing and not states(thing).contains(Atspi.StateType.SHOWING):
                    continue
                yield thing
            except GLib.Error:
                continue

    def names(self):
        return [f"{thing.get_role_name()}: {thing.get_name()}" for thing in self.all() if thing.get_name()]

    def find(self, name, roles=None, patience=None, showing=True, begins=False):
        def complaint():
            return f'there is no "{name}". There is:\n  ' + "\n  ".join(self.names())
        return wait_for(complaint, lambda: next(self.all(name, roles, showing, begins), None), patience)

    def shows(self, name, roles=None):
        return next(self.all(name, roles), None) is not None

    def press(self, name, roles=None, within=None, patience=None):
        """Presses the button of that name that is to be seen and may be pressed; the menu's if there is none."""
        def probe():
            for wanted, showing in ((roles or BUTTON, True), (MENU_ITEM, False)):
                for thing in self.all(name, wanted, showing):
                    if enabled(thing) and (within is None or is_within(thing, within)):
                        return thing
            return None
        thing = wait_for(lambda: f'"{name}" cannot be pressed. There is:\n  ' + "\n  ".join(self.names()), probe, patience)
        thing.do_action(action_of(thing))
        pause()

    def choose(self, name, patience=None):
        """Ticks a radio button or a box of that name."""
        thing = self.find(name, CHOICE, patience)
        thing.do_action(action_of(thing))
        pause()

    def open_panel(self, name):
        """Opens the panel of that name by its entry in the menu, unless its table is to be seen already. Tells whether
        it was opened."""
        here = wait_for(f'there is no panel "{name}"', lambda: next(self.all(name, TABLE), None) or
                        next(self.all(name, MENU_ITEM, showing=False), None))
        if here.get_role() in TABLE:
            return False
        self.press(name, roles=MENU_ITEM)
        return True

    def select(self, box, item):
        """Picks an entry of a combo box as the keyboard does: opens it, types how the entry begins, presses Enter.
        (Qt 6.4 tells a combo box's entries to nobody and does not let its focus be set from outside.)"""
        thing = self.find(box, {Atspi.Role.COMBO_BOX})
        thing.do_action(action_of(thing))
        pause(0.5)
        subprocess.run(["xdotool", "type", item.split()[0]], check=True)
        pause(0.2)
        subprocess.run(["xdotool", "key", "Return"], check=True)
        pause(0.3)

    def rows(self, table):
        """How many rows the table of that accessible name has; 0 while it is not shown."""
        found = next(self.all(table, TABLE), None)
        return Atspi.Table.get_n_rows(found) if found is not None and "Table" in found.get_interfaces() else 0

    def wait_for_rows(self, table, count):
        return wait_for(lambda: f'"{table}" has {self.rows(table)} rows', lambda: self.rows(table) >= count)

    def cells(self, table, row):
        found = next(self.all(table, TABLE))
        return [Atspi.Table.get_accessible_at(found, row, column).get_name()
                for column in range(Atspi.Table.get_n_columns(found))]

    def wait_for_end(self, patience=None):
        try:
            return self.process.wait(patience or PATIENCE)
        except subprocess.TimeoutExpired:
            raise Missing(f"the program does not end: {self.said()}") from None

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def is_within(thing, roles):
    while thing is not None:
        if thing.get_role() in roles:
            return True
        thing = thing.get_parent()
    return False


def action_of(thing):
    """Qt names the action a press means in its own words; what only moves the focus is none."""
    names = [thing.get_action_name(index) for index in range(thing.get_n_actions())]
    for wanted in ("Press", "Toggle", "Check", "ShowMenu"):
        if wanted in names:
            return names.index(wanted)
    raise Missing(f'"{thing.get_name()}" has no action to press it: {names}')


def window_manager():
    """Without one no window ever becomes the active one."""
    return subprocess.Popen(["openbox", "--sm-disable"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def fresh_home(folder):
    """Variables of somebody who has never used the program, and who has no browser but the scripted one."""
    home = os.path.join(folder, "home")
    os.makedirs(home, mode=0o700, exist_ok=True)
    browser = os.path.join(os.path.dirname(os.path.abspath(__file__)), "browser.py")
    return {
        "HOME": home,
        "XDG_CONFIG_HOME": os.path.join(home, ".config"),
        "XDG_DATA_HOME": os.path.join(home, ".local/share"),
        "XDG_CACHE_HOME": os.path.join(home, ".cache"),
        "XDG_STATE_HOME": os.path.join(home, ".local/state"),
        # Nobody's choice of a browser may come in between; xdg-open asks them before it looks at BROWSER.
        "XDG_CURRENT_DESKTOP": "X-Generic",
        "BROWSER": browser,
        "WRISTKEEP_BROWSER_LOG": os.path.join(folder, "browser.log"),
    }
