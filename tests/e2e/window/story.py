#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told in the window, step by step: a person with a home of their own, the real program and the simulated
services; and the looks at files and rows that tell whether what the window said is true."""

import datetime
import os
import sqlite3
import tempfile

import desk
import service


def digits(text):
    """Without the separators of whatever language."""
    return "".join(sign for sign in text if sign.isdigit())


class Story:
    """The program is not started yet: begin() does that, with what more a story needs in the environment."""

    def __init__(self, programs, folder, simulator=()):
        self.programs = programs
        self.folder = folder
        self.service = service.Service(programs, folder, simulator)
        self.database = os.path.join(folder, "fitbit_singleuser.db")
        self.environment = desk.fresh_home(folder) | self.service.variables() | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "FITBIT_DATA_DIR": self.data_folder("fitbit"),
            "GOOGLE_HEALTH_DATA_DIR": self.data_folder("google-health"),
        }
        self.program = None

    def steps(self):
        raise NotImplementedError

    def begin(self, **variables):
        self.program = desk.Program([os.path.join(self.programs, "wristkeep")], self.environment | variables,
                                    os.path.join(self.folder, "wristkeep.log"))

    def stop(self):
        if self.program is not None:
            self.program.stop()
        self.service.stop()

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10) as database:
            return database.execute(sql, values).fetchall()

    def data_folder(self, provider):
        return os.path.join(self.folder, f"{provider.replace('-', '_')}_data")

    def day_files(self, provider="fitbit"):
        found = []
        for place, _, names in os.walk(self.data_folder(provider)):
            if ".archive" not in place:
                found += [name for name in names if name.endswith(".json")]
        return sorted(found)

    def check(self, what, holds, got=""):
        if not holds:
            raise AssertionError(f"{what}: {got}")
        print(f"ok      {what}", flush=True)

    def check_yesterday(self, day):
        self.check("it is yesterday, wherever the person is",
                   abs((datetime.datetime.now(datetime.timezone.utc).date() - day).days - 1) <= 1, day)

    def quit(self):
        self.program.press("Quit", roles=desk.MENU_ITEM)
        status = self.program.wait_for_end()
        self.check("Quit ends it in order", status == 0, status)
        said = self.program.said()
        self.check("it had nothing to complain about", said.strip() == "", said)

    def no_secret_was_told(self):
        secrets = [service.FITBIT_SECRET, service.GOOGLE_SECRET]
        for kind in self.service.control("secrets").values():
            secrets += kind if isinstance(kind, list) else []
        for place, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(place, name), "rb") as stream:
                    content = stream.read()
                for secret in secrets:
                    if isinstance(secret, str) and len(secret) > 20 and secret.encode() in content:
                        raise AssertionError(f"{name} holds a secret")
        self.check("no file holds a secret", len(secrets) > 4, len(secrets))


def tell(kind, *arguments):
    """The whole story of that class; what a script ends with."""
    with tempfile.TemporaryDirectory(prefix="wristkeep-window-") as folder:
        manager = desk.window_manager()
        story = kind(*arguments, folder)
        try:
            for step in story.steps():
                step()
        except (AssertionError, desk.Missing) as problem:
            print(f"FAILED  {problem}", flush=True)
            for name in ("wristkeep.log", "browser.log"):
                path = os.path.join(folder, name)
                if os.path.exists(path):
                    with open(path, encoding="utf-8") as stream:
                        print(f"{name}:\n{stream.read()}", flush=True)
            return 1
        finally:
            story.stop()
            manager.terminate()
            manager.wait()
    return 0
