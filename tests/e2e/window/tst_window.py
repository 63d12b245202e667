#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_window.py BIN-FOLDER: the real wristkeep against the simulated service, from the first Connect to Disconnect,
by accessible names alone; then whether what the window said is true: files, rows, and the service's own grants."""

import datetime
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request

import desk

SECRET = "0123456789abcdef0123456789abcdef"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def digits(text):
    """Without the separators of whatever language."""
    return "".join(sign for sign in text if sign.isdigit())


class Service:
    def __init__(self, programs, folder, redirect):
        self.process = subprocess.Popen(
            [os.path.join(programs, "wristkeep-simulator"), "--client-id", "23TEST", "--client-secret", SECRET,
             "--redirect-uri", redirect, "--control", "--quota", "1000"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, text=True)
        self.base = self.process.stdout.readline().strip().rstrip("/")
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def control(self, verb, command=None):
        request = urllib.request.Request(f"{self.base}/control/{verb}", json.dumps(command or {}).encode(),
                                         {"Content-Type": "application/json"})
        with self.opener.open(request, timeout=20) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Story:
    def __init__(self, programs, folder):
        self.folder = folder
        redirect = f"http://localhost:{free_port()}/fitbit/callback"
        self.service = Service(programs, folder, redirect)
        self.database = os.path.join(folder, "fitbit_singleuser.db")
        self.files = os.path.join(folder, "fitbit_data")
        environment = desk.fresh_home(folder) | {
            "FITBIT_CLIENT_ID": "23TEST",
            "FITBIT_CLIENT_SECRET": SECRET,
            "FITBIT_REDIRECT_URI": redirect,
            "FITBIT_API_URL": self.service.base,
            "FITBIT_AUTHORIZE_URL": f"{self.service.base}/oauth2/authorize",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "FITBIT_DATA_DIR": self.files,
            "WRISTKEEP_PROVIDER": "fitbit",
        }
        self.program = desk.Program([os.path.join(programs, "wristkeep")], environment,
                                    os.path.join(folder, "wristkeep.log"))

    def stop(self):
        self.program.stop()
        self.service.stop()

    def rows(self, sql):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10) as database:
            return database.execute(sql).fetchall()

    def day_files(self):
        found = []
        for place, _, names in os.walk(self.files):
            if ".archive" not in place:
                found += [name for name in names if name.endswith(".json")]
        return sorted(found)

    def check(self, what, holds, got=""):
        if not holds:
            raise AssertionError(f"{what}: {got}")
        print(f"ok      {what}", flush=True)

    def connect(self):
        program = self.program
        program.find("Status: Not connected")
        self.check("the window begins with Status: Not connected", True)
        program.press("Connect")
        program.find("Status: Connected")
        grants = self.service.control("grants")
        self.check("Connect and the consent in the browser lead to Status: Connected, and the service knows it",
                   grants.get("count") == 1, grants)
        sealed = self.rows("SELECT access_token, refresh_token FROM fitbit_tokens")
        self.check("the tokens are kept, and sealed",
                   len(sealed) == 1 and all(token.startswith("v1:") for token in sealed[0]), "another form")

    def sync(self):
        program = self.program
        program.press("Sync now")
        desk.wait_for(lambda: f"the sync brought only {self.day_files()}", lambda: len(self.day_files()) >= 2)
        program.find("Status: Connected")
        yesterday = self.rows("SELECT DISTINCT date FROM v_ledger WHERE state IN ('complete', 'provisional', 'empty')")
        self.check("one day is in the ledger", len(yesterday) == 1, yesterday)
        day = datetime.date.fromisoformat(yesterday[0][0])
        self.check("it is yesterday, wherever the person is",
                   abs((datetime.datetime.now(datetime.timezone.utc).date() - day).days - 1) <= 1, day)
        self.check("its two files are there",
                   self.day_files() == [f"{day}_heartrate_1min.json", f"{day}_steps.json"], self.day_files())
        truth = self.service.control("truth", {"date": str(day)})
        values = self.rows("SELECT value FROM v_daily WHERE data_type = 'steps'")
        self.check("the steps are those the service has", values and values[0][0] == truth["steps"],
                   f"{values} instead of {truth.get('steps')}")
        rates = self.rows("SELECT count(*) FROM v_samples WHERE data_type LIKE 'heartrate%'")
        self.check("the minutes with heart rate are those the service has", rates[0][0] == len(truth["rates"]),
                   f"{rates} instead of {len(truth['rates'])}")
        self.look_at_the_day(day, truth)
        program.open_panel("Sync log")
        program.wait_for_rows("Sync log", 1)
        written = [" | ".join(program.cells("Sync log", row)) for row in range(program.rows("Sync log"))]
        self.check("the sync log tells of it", any(str(day) in line or "teps" in line for line in written), written)

    def look_at_the_day(self, day, truth):
        program = self.program
        plot = program.find("Heart rate over the day")
        said = desk.wait_for("the plot says nothing", plot.get_description)
        self.check("the plot tells how many readings it shows",
                   digits(said.split(" readings")[0]) == str(len(truth["rates"])), said)
        names = program.names()
        self.check("the day's steps are on the window", any(digits(name) == str(truth["steps"]) for name in names), names)
        program.press("Table")
        table = "Heart rate by the minute"
        program.wait_for_rows(table, len(truth["rates"]))
        self.check("its table twin has the same readings", program.rows(table) == len(truth["rates"]), program.rows(table))
        cells = program.cells(table, program.rows(table) - 1)
        self.check("down to the last value", cells[-1] == str(truth["rates"][-1][1]), cells)
        program.press("Plot")

    def disconnect(self):
        program = self.program
        files, samples = self.day_files(), self.rows("SELECT count(*) FROM samples")
        program.press("Disconnect")
        program.press("Disconnect", within=desk.DIALOG)
        program.find("Status: Not connected")
        self.check("Disconnect, confirmed, leads to Status: Not connected", program.shows("Connect"))
        self.check("the service has no grant any more", self.service.control("grants").get("count") == 0,
                   self.service.control("grants"))
        self.check("no token is left", self.rows("SELECT count(*) FROM fitbit_tokens") == [(0,)])
        self.check("the data is still there",
                   (files, samples) == (self.day_files(), self.rows("SELECT count(*) FROM samples")))

    def quit(self):
        self.program.press("Quit", roles=desk.MENU_ITEM)
        status = self.program.wait_for_end()
        self.check("Quit ends it in order", status == 0, status)
        said = self.program.said()
        self.check("it had nothing to complain about", said.strip() == "", said)

    def no_secret_was_told(self):
        secrets = [SECRET]
        for kind in self.service.control("secrets").values():
            secrets += kind if isinstance(kind, list) else []
        for place, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(place, name), "rb") as stream:
                    content = stream.read()
                for secret in secrets:
                    if isinstance(secret, str) and len(secret) > 20 and secret.encode() in content:
                        raise AssertionError(f"{name} holds a secret")
        self.check("no file holds a secret", len(secrets) > 3, len(secrets))


def main():
    with tempfile.TemporaryDirectory(prefix="wristkeep-window-") as folder:
        manager = desk.window_manager()
        story = Story(os.path.abspath(sys.argv[1]), folder)
        try:
            for step in (story.connect, story.sync, story.disconnect, story.quit, story.no_secret_was_told):
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


if __name__ == "__main__":
    sys.exit(main())
