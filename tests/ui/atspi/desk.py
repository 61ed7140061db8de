# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk for the walk: the window under test, keys for it, and what assistive technology sees of it."""
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Role = Atspi.Role
ROLES_OF_ACTIONS = {
    Role.PUSH_BUTTON, Role.TOGGLE_BUTTON, Role.CHECK_BOX, Role.RADIO_BUTTON, Role.COMBO_BOX, Role.TEXT, Role.ENTRY,
    Role.PASSWORD_TEXT, Role.SPIN_BUTTON, Role.SLIDER, Role.LINK, Role.PAGE_TAB_LIST, Role.TABLE, Role.TREE_TABLE,
    Role.LIST, Role.LIST_BOX, Role.CHART, Role.PUSH_BUTTON_MENU,
}  # fmt: skip
FIELDS = {Role.TEXT, Role.ENTRY, Role.PASSWORD_TEXT, Role.COMBO_BOX, Role.SPIN_BUTTON}
VIEWS = {Role.TABLE, Role.TREE_TABLE, Role.LIST, Role.LIST_BOX, Role.TREE}
PATIENCE = 30  # seconds: the window may be built with sanitizers, on a busy machine


def told(accessible):
    """Role, name, and what it lies in."""
    try:
        parent = accessible.get_parent()
        place = "" if parent is None else " in %s '%s'" % (parent.get_role_name(), parent.get_name())
        return "%s '%s'%s" % (accessible.get_role_name(), accessible.get_name(), place)
    except GLib.Error:
        return "something that went away"


def has(accessible, *states):
    """What went away has no state."""
    try:
        held = accessible.get_state_set()
    except GLib.Error:
        return False
    return all(held.contains(state) for state in states)


def shows(accessible):
    return has(accessible, Atspi.StateType.SHOWING, Atspi.StateType.VISIBLE)


def alive(accessible):
    return shows(accessible) and (has(accessible, Atspi.StateType.ENABLED) or has(accessible, Atspi.StateType.SENSITIVE))


def children(accessible):
    """What goes away while it is looked at is not there."""
    try:
        count = accessible.get_child_count()
    except GLib.Error:
        return
    for number in range(count):
        try:
            child = accessible.get_child_at_index(number)
        except GLib.Error:
            continue
        if child is not None:
            yield child


def lineage(accessible):
    """It and all it lies in, the innermost first."""
    for _ in range(40):
        if accessible is None:
            return
        yield accessible
        try:
            accessible = accessible.get_parent()
        except GLib.Error:
            return


def walk(accessible, depth=0):
    """What shows below; the cells of views are left to the arrows, the signs within a field belong to it."""
    if depth > 40 or not shows(accessible):
        return
    try:
        role = accessible.get_role()
    except GLib.Error:
        return
    yield accessible
    if role in VIEWS or role in FIELDS:
        return
    for child in children(accessible):
        yield from walk(child, depth + 1)


class Desk:
    def __init__(self, command):
        self.stops = []  # what had the focus, in order
        self.window_manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=self.said)
        self.listener = Atspi.EventListener.new(self._event)
        self.listener.register("object:state-changed:focused")
        self.application = None

    def close(self):
        self.process.stdin.close()
        for process in (self.process, self.window_manager):
            try:
                if process is self.window_manager:
                    process.terminate()
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def complaints(self):
        """What the window itself finds wrong: a glyph or a colour that is not there."""
        self.said.seek(0)
        lines = self.said.read().decode(errors="replace").splitlines()
        return [line for line in lines if line.startswith(("icons:", "theme:"))]

    def _event(self, event, *_):
        if event.detail1:
            self.stops.append(event.source)

    def tell(self, line):
        """A word to the window's program."""
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def spin(self, seconds):
        context = GLib.MainContext.default()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not context.iteration(False):
                time.sleep(0.004)

    def until(self, wanted, what, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while True:
            if self.process.poll() is not None:
                raise AssertionError("the window ended with %d before this: %s" % (self.process.returncode, what))
            found = wanted()
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError("within %d s this did not happen: %s" % (seconds, what))
            self.spin(0.03)

    def keys(self, *names):
        """Presses keys; returns what had the focus since, once the window has dealt with them."""
        before = len(self.stops)
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "12", *names], check=True)
        self.settle()
        return self.stops[before:]

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)
        self.settle()

    def settle(self):
        """Keys and questions go through the same event loop of the window: after three answers the keys are done."""
        for _ in range(3):
            try:
                self.application.get_child_count()
            except GLib.Error:
                pass
            self.spin(0.02)

    def find_application(self):
        desktop = Atspi.get_desktop(0)
        for child in children(desktop):
            try:
                if child.get_process_id() == self.process.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def open(self):
        self.application = self.until(self.find_application, "the window's program is on the accessibility bus")
        self.application.set_cache_mask(Atspi.Cache.NONE)  # states are asked for, not remembered
        self.until(self.active, "a window is active")

    def windows(self):
        return [child for child in children(self.application) if shows(child)]

    def active(self):
        for window in self.windows():
            if has(window, Atspi.StateType.ACTIVE):
                return window
        return None

    def focused(self):
        return self.stops[-1] if self.stops else None
