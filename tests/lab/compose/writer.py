# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder of one recorded host while it is composed: files, moving counters, answers, truth."""
import json
import os
import shutil

MACHINES = "Composed for this project after the documented formats; names and numbers are invented."


class Folder:
    def __init__(self, base, name, host):
        self.path = os.path.join(base, name)
        shutil.rmtree(self.path, ignore_errors=True)
        os.makedirs(os.path.join(self.path, "out"))
        self.host = {"format": 1, **host, "rebase_time": True, "dated_files": [], "folders": [],
                     "origin": [{"what": "all files", "source": MACHINES, "version": host.pop("version", None),
                                 "licence": "GPL-3.0-or-later", "edited": "nothing: not taken from a machine"}]}
        self.host.pop("version", None)
        self.moving = []
        self.rows = []
        self.truth = {}
        self.outputs = {}

    def file(self, name, text, dated=False):
        path = os.path.join(self.path, "root", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        if dated:
            self.host["dated_files"].append(name)

    def files(self, base, **values):
        for name, value in values.items():
            self.file(f"{base}/{name}", f"{value}\n")

    def link(self, name, target):
        path = os.path.join(self.path, "root", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(target, path)

    def folder(self, *names):
        """Empty folders, which git does not keep: made when the host starts."""
        self.host["folders"] += [name.strip("/") for name in names if name.strip("/")]

    def move(self, file, line, field, per_s, **more):
        if per_s or more.get("swing"):
            self.moving.append({"file": file, "line": line, "field": field, "per_s": round(per_s, 4), "wrap": None, **more})

    def answer(self, argv, stdout=None, name=None, stderr=None, exit=0, delay_ms=0, glob=None, **more):
        """A recorded command. `argv` is split at spaces when it is text."""
        words = argv.split(" ") if isinstance(argv, str) else argv
        if glob is None:
            glob = any(word == "**" or "*" in word for word in words)
        row = {"argv_glob" if glob else "argv": words}
        for key, text in (("stdout", stdout), ("stderr", stderr)):
            if text is None:
                continue
            file = f"out/{name or words[0] + '_' + str(len(self.rows))}" + (".err" if key == "stderr" else "")
            if self.outputs.setdefault(file, text) != text:
                raise ValueError(f"{self.path}/{file} is written twice")
            with open(os.path.join(self.path, file), "w", encoding="utf-8") as out:
                out.write(text)
            row[key] = file
            if "@@now" in text:
                row["dates"] = True
        row["exit"] = exit
        if delay_ms:
            row["delay_ms"] = delay_ms
        row.update(more)
        self.rows.append(row)

    def close(self):
        def dump(name, value):
            with open(os.path.join(self.path, name), "w", encoding="utf-8") as out:
                json.dump(value, out, indent=1, ensure_ascii=False)
                out.write("\n")
        for key in ("dated_files", "folders"):
            if not self.host[key]:
                del self.host[key]
        dump("host.json", self.host)
        dump("truth.json", self.truth)
        with open(os.path.join(self.path, "moving.json"), "w", encoding="utf-8") as out:
            out.write("[\n" + ",\n".join(json.dumps(rule) for rule in self.moving) + "\n]\n")
        with open(os.path.join(self.path, "commands.jsonl"), "w", encoding="utf-8") as out:
            for row in self.rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        if not os.listdir(os.path.join(self.path, "out")):
            os.rmdir(os.path.join(self.path, "out"))
