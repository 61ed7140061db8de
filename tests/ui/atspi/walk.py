#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window by keyboard alone, as assistive technology sees it: on every page, in the menus, the palette and the
dialogs each control has a name, and Tab, the arrows or a shortcut reach it."""
import sys
import time

from desk import Atspi, Desk, GLib, Role, ROLES_OF_ACTIONS, VIEWS, alive, children, has, lineage, shows, told, walk

MOST_STOPS = 240
AT_ONCE = 8
PAGES = [
    ("ctrl+1", "Overview"),
    ("ctrl+2", "Devices"),
    ("ctrl+3", "Containers"),
    ("ctrl+4", "Activity"),
    ("ctrl+5", "Logs"),
    ("ctrl+6", "Settings"),
    ("ctrl+7", "Welcome"),
]
DIALOGS = [
    "add-device", "add-device-unknown-key", "edit-device", "host-key", "remove-device", "commands", "prompt", "unlock",
    "small", "close-question", "help", "about",
]  # fmt: skip


class Walk:
    def __init__(self, desk):
        self.desk = desk
        self.faults = []
        self.counted = 0

    def fault(self, where, text):
        line = "%s: %s" % (where, text)
        if line not in self.faults:
            self.faults.append(line)
            print("  fault:", line, flush=True)

    def round_of_tab(self):
        """Presses Tab until the focus is where it was first; returns all that had it, with what they lie in."""
        reached = set()
        first = None
        pressed = 0
        while pressed < MOST_STOPS:
            for stop in self.desk.keys(*["Tab"] * AT_ONCE):
                held = list(lineage(stop))
                reached.update(held)
                # Which cell of a view has it may change while the view is away.
                place = next((up for up in held if role_of(up) in VIEWS), stop)
                if first is None:
                    first = place
                elif place == first:
                    return reached
            pressed += AT_ONCE
        return reached

    def check(self, where, root):
        wanted = [found for found in walk(root) if role_of(found) in ROLES_OF_ACTIONS and alive(found)]
        self.counted += len(wanted)
        for found in wanted:
            if alive(found) and not found.get_name():
                self.fault(where, "no name: %s" % told(found))
        # Where there is but one stop, no key moves the focus away from it.
        held = {found for found in wanted if has(found, Atspi.StateType.FOCUSED)}
        reached = held | self.round_of_tab()
        for found in wanted:
            if alive(found) and found not in reached and not any(part in reached for part in children(found)):
                if role_of(found) != Role.RADIO_BUTTON or not self.beside(found, reached):
                    self.fault(where, "no key reaches %s" % told(found))
        print("%-32s %3d actions" % (where, len(wanted)), flush=True)
        return wanted

    def beside(self, radio, reached):
        """Of radio buttons Tab comes to the chosen one; the arrows go to the others."""
        for other in [part for part in children(radio.get_parent()) if role_of(part) == Role.RADIO_BUTTON and part in reached]:
            self.focus(other)
            there = radio in self.desk.keys("Down")
            self.desk.keys("Up")
            if there:
                return True
        return False

    def focus(self, found):
        """Tab goes there: tables cannot be asked to take the focus, and tell of it when only their row has changed."""
        for _ in range(MOST_STOPS):
            for stop in self.desk.keys("Tab"):
                if found in lineage(stop):
                    return
        raise AssertionError("Tab does not come to %s" % told(found))

    def arrows(self, where, found):
        """In a table or list the arrows move, and each row tells a sentence; in a row of segments or tabs they choose."""
        role = role_of(found)
        if not alive(found) or (role not in VIEWS and role != Role.PAGE_TAB_LIST):
            return
        self.focus(found)
        if role == Role.PAGE_TAB_LIST:
            self.desk.keys("Home")
            before = found.get_description()
            if before.endswith(" of 1"):
                return
            self.desk.keys("Right")
            if not before or found.get_description() == before:
                self.fault(where, "the arrows do not choose in %s (%s)" % (told(found), before))
            self.desk.keys("Home")
            return
        stops = self.desk.keys("Home", "End", "Home")
        inside = [stop for stop in stops if stop != found and found in lineage(stop)]
        if not inside:
            self.fault(where, "the arrows do not move in %s" % told(found))
        elif not all(stop.get_name() for stop in inside):
            self.fault(where, "a row of %s without words" % told(found))

    def pages(self):
        for keys, title in PAGES:
            self.desk.keys(keys)
            window = self.window(title)
            wanted = self.check(title, window)
            for found in wanted:
                self.arrows(title, found)
                if role_of(found) in VIEWS and title in ("Overview", "Devices") and found.get_name() == "Devices":
                    self.row(title, found)

    def window(self, title):
        """The main window once it shows a page."""
        self.desk.until(lambda: title in self.desk.windows()[0].get_name(), "the page " + title)
        self.desk.settle()
        return self.desk.windows()[0]

    def row(self, where, table):
        """What the pointer can do to a row, its menu can; a ticked row brings the bar of what can be done to many."""
        self.desk.keys("Home", "Menu")
        # A menu that pops up is no window of the program: what the arrows come to tells of it.
        entries = [stop for stop in self.desk.keys(*["Down"] * 10) if role_of(stop) == Role.MENU_ITEM]
        if len(set(entries)) < 3 or not all(entry.get_name() for entry in entries):
            self.fault(where, "the menu of a row has %d entries" % len(set(entries)))
        self.desk.keys("Escape")
        if where == "Devices":
            self.desk.keys("space")
            self.check(where + ", one ticked", self.desk.windows()[0])
            self.focus(table)
            self.desk.keys("space")

    def device(self):
        self.desk.keys("ctrl+k")
        self.desk.type("@borealis")
        self.desk.keys("Return")
        window = self.window("borealis")
        wanted = self.check("Device", window)
        tabs = next(found for found in wanted if found.get_name() == "What was collected")
        for found in wanted:
            if role_of(found) != Role.PAGE_TAB_LIST or found != tabs:
                self.arrows("Device", found)
        self.focus(tabs)
        self.desk.keys("Home")
        seen = {tabs.get_description()}
        while True:
            self.desk.keys("Right")
            words = tabs.get_description()
            if words in seen:
                break
            seen.add(words)
            for found in walk(window):
                if role_of(found) in ROLES_OF_ACTIONS and alive(found) and not found.get_name():
                    self.fault("Device, " + words, "no name: %s" % told(found))
        if len(seen) < 6:
            self.fault("Device", "the arrows reach only %d of its tabs" % len(seen))
        self.desk.keys("Home", "Right", "Right")
        self.check("Device, " + tabs.get_description(), window)

    def dialog(self, name):
        before = self.desk.windows()
        self.desk.tell("dialog " + name)
        opened = self.desk.until(
            lambda: next((window for window in self.desk.windows() if window not in before), None), "the dialog " + name)
        self.desk.until(lambda: self.desk.active() == opened, "the dialog %s is active" % name)
        self.desk.settle()
        if not opened.get_name():
            self.fault(name, "a dialog without a title")
        self.check("Dialog " + name, opened)
        self.desk.keys("Escape")
        self.desk.until(lambda: not shows(opened), "Escape closes the dialog " + name)
        self.desk.until(lambda: self.desk.active() is not None, "the window is active again")

    def palette(self):
        self.desk.keys("ctrl+k")
        field = self.desk.until(
            lambda: next((up for up in lineage(self.desk.focused()) if role_of(up) in (Role.TEXT, Role.ENTRY)), None),
            "the focus is in the palette's field")
        if not field.get_name():
            self.fault("Palette", "its field has no name")
        self.desk.type("re")
        lists = [found for found in walk(self.desk.windows()[0]) if role_of(found) in VIEWS and "alette" in found.get_name()]
        self.counted += 1
        if not lists:
            lists = [found for found in walk(self.desk.windows()[0]) if role_of(found) in (Role.LIST, Role.LIST_BOX)]
        words = [entry.get_name() for found in lists for entry in children(found)]
        if len(words) < 5 or not all(words):
            self.fault("Palette", "it tells of %d entries: %s" % (len(words), words[:5]))
        print("%-32s %3d entries" % ("Palette", len(words)), flush=True)
        self.desk.keys("Escape")

    def menus(self):
        """Alt shows the menu bar; the arrows go through every entry of every menu."""
        self.desk.keys("Alt_L")
        window = self.desk.windows()[0]
        bar = self.desk.until(
            lambda: next((found for found in walk(window) if role_of(found) == Role.MENU_BAR), None), "Alt shows a menu bar")
        wanted = {}
        for item in children(bar):
            for below in lineage_down(item):
                if role_of(below) == Role.MENU_ITEM and below != item:
                    wanted[below] = item.get_name()
        menus = len(list(children(bar)))
        self.counted += len(wanted)
        reached = set()
        stops = self.desk.keys("Down")
        for _ in range(menus):
            reached.update(stops)
            reached.update(self.desk.keys(*["Down"] * 14))
            stops = self.desk.keys("Right")
        for entry, menu in wanted.items():
            if not entry.get_name():
                self.fault("Menus", "an entry without words in %s" % menu)
            elif has(entry, Atspi.StateType.ENABLED) and entry not in reached:
                self.fault("Menus", "no arrow reaches '%s' in %s" % (entry.get_name(), menu))
        print("%-32s %3d entries in %d menus" % ("Menus", len(wanted), menus), flush=True)
        if len(wanted) < 20:
            self.fault("Menus", "only %d entries are told" % len(wanted))
        self.desk.keys("Escape", "Escape")

    def notices(self):
        """The walk itself must see a control without a name and one that no key reaches."""
        self.desk.keys("ctrl+1")
        window = self.window("Overview")
        self.desk.tell("spoil")
        self.desk.until(lambda: any(told(found).startswith("push button 'Unreached'") for found in walk(window)),
                        "two buttons are spoiled")
        honest, self.faults = self.faults, []
        self.check("Overview, spoiled on purpose", window)
        seen, self.faults = self.faults, honest
        if not any("no name" in line for line in seen) or not any("'Unreached'" in line for line in seen):
            self.fault("Walk", "it does not see what was spoiled: %s" % seen)


def role_of(accessible):
    try:
        return accessible.get_role()
    except GLib.Error:
        return Role.INVALID


def lineage_down(accessible):
    yield accessible
    for child in children(accessible):
        yield from lineage_down(child)


def main():
    started = time.monotonic()
    desk = Desk(sys.argv[1:])
    walked = Walk(desk)
    try:
        desk.open()
        walked.pages()
        walked.device()
        walked.palette()
        for name in DIALOGS:
            walked.dialog(name)
        walked.menus()
        walked.notices()
    except (AssertionError, GLib.Error) as error:
        walked.fault("Walk", str(error))
    finally:
        desk.close()
    for line in desk.complaints():
        walked.fault("Window", line)
    print("%d actions looked at, %d times the focus moved, %d faults, %d s"
          % (walked.counted, len(desk.stops), len(walked.faults), time.monotonic() - started))
    return 1 if walked.faults else 0


if __name__ == "__main__":
    sys.exit(main())
