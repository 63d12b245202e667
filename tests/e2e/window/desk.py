#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with a screen reader at the real program: finds what is on the window by its accessible name, presses it,
and reads what is said. Knows no coordinates and no class names, so that the window may be laid out anew.

To be run inside `dbus-run-session -- xvfb-run …` (window.sh does that)."""

import ctypes
import os
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# A machine that runs other tests beside this one is slow, and a sanitizer makes it slower.
PATIENCE = float(os.environ.get("WRISTKEEP_PATIENCE", "30"))

# What is typed into a list within this time of the letters before is one word with them (Qt: 0.4 s).
TYPING = 0.5

BUTTON = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}
MENU_ITEM = {Atspi.Role.MENU_ITEM, Atspi.Role.CHECK_MENU_ITEM}
CHOICE = {Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.COMBO_BOX,
          Atspi.Role.LIST_ITEM}
DIALOG = {Atspi.Role.DIALOG, Atspi.Role.ALERT}
FIELD = {Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT}
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


class Successor:
    """A program that another one left in its place; as much of subprocess.Popen as a Program needs."""

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        end = time.monotonic() + (PATIENCE if timeout is None else timeout)
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.02)
        return self.returncode

    def send_signal(self, number):
        os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def adopt_orphans():
    """What is started by a program that then ends becomes ours, so that its end can be waited for."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


class Program:
    """One running program and its windows."""

    def __init__(self, command, environment, log):
        adopt_orphans()
        variables = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", **environment)
        self.name = os.path.basename(command[0])
        self.log = log
        self.typed = 0
        with open(log, "ab") as stream:
            self.process = subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL, stdout=stream,
                                            stderr=stream, cwd=environment.get("HOME"))

    def said(self):
        with open(self.log, encoding="utf-8", errors="replace") as stream:
            return stream.read()

    def application(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended with {self.process.returncode}: {self.said()}")
        for one, pid, _ in applications():
            if pid == self.process.pid:
                one.clear_cache()
                return one
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

    def write(self, field, text):
        """Puts that into the field of that name, in place of what is there."""
        thing = self.find(field, FIELD)
        if not states(thing).contains(Atspi.StateType.EDITABLE):
            raise Missing(f'"{field}" cannot be written into')
        Atspi.EditableText.set_text_contents(thing, text)
        pause()

    def reads(self, field):
        thing = self.find(field, FIELD)
        return Atspi.Text.get_text(thing, 0, Atspi.Text.get_character_count(thing))

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
        before = self.windows()
        pause(max(0, self.typed + TYPING - time.monotonic()))
        thing.do_action(action_of(thing))
        wait_for(f'"{box}" does not open', lambda: self.windows() > before)
        subprocess.run(["xdotool", "type", item.split()[0]], check=True)
        subprocess.run(["xdotool", "key", "Return"], check=True)
        wait_for(f'"{box}" does not close', lambda: self.windows() <= before)
        self.typed = time.monotonic()

    def windows(self):
        """How many are on the screen; an open list is one of them."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return len(found.stdout.split())

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

    def wait_for_restart(self, patience=None):
        """The program ends by itself and begins anew; from then on the new one is meant."""
        before = self.process.pid
        status = self.wait_for_end(patience)
        if status != 0:
            raise Missing(f"the program ended with {status} instead of beginning anew: {self.said()}")

        def probe():
            return next((pid for _, pid, name in applications() if name == self.name and pid != before), None)
        self.process = Successor(wait_for(lambda: f"the program does not begin anew: {self.said()}", probe, patience))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def applications():
    """Every program on this desktop that can be asked, its process and its name."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        try:
            one = desktop.get_child_at_index(index)
            if one is not None:
                yield one, one.get_process_id(), one.get_name()
        except GLib.Error:
            continue


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
