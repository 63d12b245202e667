#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tst_window.py BIN-FOLDER: the real wristkeep against the simulated service, from the first Connect to Disconnect,
by accessible names alone; then whether what the window said is true: files, rows, and the service's own grants."""

import datetime
import os
import sys

import desk
import story


class Window(story.Story):
    def steps(self):
        return self.open, self.connect, self.sync, self.disconnect, self.quit, self.no_secret_was_told

    def open(self):
        self.begin(WRISTKEEP_PROVIDER="fitbit")

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
        self.check_yesterday(day)
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
                   story.digits(said.split(" readings")[0]) == str(len(truth["rates"])), said)
        names = program.names()
        self.check("the day's steps are on the window",
                   any(story.digits(name) == str(truth["steps"]) for name in names), names)
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


if __name__ == "__main__":
    sys.exit(story.tell(Window, os.path.abspath(sys.argv[1])))
