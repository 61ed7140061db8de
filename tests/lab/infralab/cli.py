# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the lab."""
import argparse
import json
import os
import shutil
import sys

from . import control, lifecycle
from .common import LabError
from .faults import WORDS
from .plan import DEFAULT_MIX, REAL, known_hosts

EPILOG = f"""faults:
  refuse            nobody listens any more; connections that live go on
  stall             connections are accepted, and nothing is ever said
  cut               the live connections end at once
  freeze            every process of the host stops where it is
  slow MS           each answer comes MS milliseconds later
  endless           the next answer never ends
  garbage           each answer begins with 4 KiB that are no text
  new-host-key      another host key, as a machine set up anew; known_hosts and the inventory keep the first
  max-sessions N    channels that new connections may have
  clock +S | -S     the host's clock is S seconds off
  reboot            connections end, counters begin again, a second later it listens
  disk-full         df shows full disks
  clear             all of it is taken back
"""


def parser():
    top = argparse.ArgumentParser(prog="lab", description="Private SSH hosts on this machine's loopback, for tests and the demo.",
                                  formatter_class=argparse.RawDescriptionHelpFormatter, epilog=EPILOG)
    commands = top.add_subparsers(dest="command", required=True, metavar="start|stop|status|log|fault|kinds")
    start = commands.add_parser("start", help="start hosts and print the inventory",
                                description="Starts hosts and prints the inventory. Without --mix and --recorded: "
                                            + ", ".join(DEFAULT_MIX) + ".")
    start.add_argument("--dir", required=True, help="folder of the lab; must be new or empty")
    start.add_argument("-n", type=int, default=0, metavar="NUMBER", help="how many hosts; the mix is repeated as needed")
    start.add_argument("--mix", help=f"KIND[:NUMBER],… — {REAL} is a real shell of this machine, the others are recorded "
                                     "(see `lab kinds`)")
    start.add_argument("--recorded", action="append", metavar="PATH", help="a recorded host's folder; may be given again")
    start.add_argument("--as-user", action="store_true", help="log in as the caller's own account; no root needed, no passwords")
    start.add_argument("--port", type=int, default=0, help="port of all hosts (each has its own address); default: a free one")
    start.add_argument("--shell", help="shell of the real hosts (default /bin/sh)")
    start.add_argument("--home", metavar="PATH", help="folder whose files the real hosts' homes begin with")
    for name, text in (("stop", "end a lab, all of it and nothing else"), ("status", "tell what runs")):
        ended = commands.add_parser(name, help=text)
        ended.add_argument("--dir", required=True)
        if name == "stop":
            ended.add_argument("--remove", action="store_true", help="remove the folder too, once all has ended")
    log = commands.add_parser("log", help="print a host's events as JSON lines")
    log.add_argument("--dir", required=True)
    log.add_argument("host")
    fault = commands.add_parser("fault", help="break a host, or mend it", epilog=EPILOG,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    fault.add_argument("--dir", required=True)
    fault.add_argument("host")
    fault.add_argument("words", nargs=argparse.REMAINDER, metavar="FAULT", help=" | ".join(WORDS))
    commands.add_parser("kinds", help="list what --mix takes")
    return top


def request(folder, what):
    answer = control.ask(folder, what)
    if answer is None:
        raise LabError(f"no lab runs in {folder}")
    if not answer.get("ok"):
        raise LabError(answer.get("error", "it failed"), answer.get("status", 1))
    return answer


def run(arguments):
    if arguments.command == "start":
        return lifecycle.start(arguments)
    if arguments.command == "kinds":
        return {"kinds": [REAL] + list(known_hosts()), "default": DEFAULT_MIX}
    folder = os.path.abspath(arguments.dir)
    if not os.path.isdir(folder):
        raise LabError(f"{folder} is not a folder")
    if arguments.command == "stop":
        told = lifecycle.stop(folder)
        if arguments.remove:
            shutil.rmtree(folder)
        return told
    if arguments.command == "status":
        return request(folder, {"do": "status"})
    host = lifecycle.find_host(folder, arguments.host)
    if arguments.command == "log":
        with open(host["log"], encoding="utf-8") as file:
            for line in file:
                sys.stdout.write(line)
        return None
    return request(folder, {"do": "fault", "host": host["name"], "words": arguments.words})


def main(words):
    try:
        result = run(parser().parse_args(words))
        if result is not None:
            print(json.dumps(result, indent=1, ensure_ascii=False))
        return 0
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        return 1
