"""Runs clang-tidy on all cores: tidy.py BUILD, file names on standard input.

A file that was found clean is remembered in BUILD/tidy by a hash of all that
its finding depends on, the project's headers that it includes among it, so that
an unchanged file costs nothing.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(rb'^#include "([^"]+)"', re.MULTILINE)


class Sources:
    """The project's files and what they include, each read once."""

    def __init__(self, folders):
        self._folders = folders
        self._found = {}

    def _resolve(self, name):
        if name not in self._found:
            paths = (folder / name for folder in self._folders)
            path = next((p for p in paths if p.is_file()), None)
            content = path.read_bytes() if path else b''
            self._found[name] = (content, INCLUDE.findall(content))
        return self._found[name]

    def closure(self, name):
        """The contents of a file and of all it includes, in a fixed order."""
        seen, waiting = set(), [name]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            waiting += [i.decode() for i in self._resolve(current)[1]]
        return [(n, self._resolve(n)[0]) for n in sorted(seen)]


def digest(parts):
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(8, 'little') + part)
    return state.hexdigest()


def tidy(build, path):
    done = subprocess.run(
        ['clang-tidy', '-p', str(build), '--quiet', path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    # Standard error counts the warnings in others' headers.
    text = done.stdout or (done.stderr if done.returncode else '')
    return done.returncode, text


def main():
    root, build = pathlib.Path.cwd(), pathlib.Path(sys.argv[1])
    cache = build / 'tidy'
    cache.mkdir(exist_ok=True)
    commands = {
        os.path.relpath(entry['file'], root): entry['command']
        for entry in json.loads((build / 'compile_commands.json').read_text())
    }
    version = subprocess.run(['clang-tidy', '--version'], check=True,
                             stdout=subprocess.PIPE).stdout
    settings = pathlib.Path('.clang-tidy').read_bytes()
    sources = Sources([root, build / 'proto'])

    waiting = []
    strangers = []
    for path in sys.stdin.read().split():
        if not pathlib.Path(path).is_file():
            continue
        if path not in commands:
            strangers.append(path)
            continue
        parts = [version, settings, commands[path].encode()]
        for name, content in sources.closure(path):
            parts += [name.encode(), content]
        mark = cache / digest(parts)
        if mark.exists():
            mark.touch()
        else:
            waiting.append((path, mark))
    for path in strangers:
        print(f'{path}: no target compiles it', file=sys.stderr)

    print(f'   {len(waiting)} files to look at', file=sys.stderr)
    wrong = len(strangers)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(tidy, build, path): (path, mark)
                for path, mark in waiting}
        for number, run in enumerate(
                concurrent.futures.as_completed(runs), start=1):
            path, mark = runs[run]
            code, text = run.result()
            print(f'   [{number}/{len(waiting)}] {path}', file=sys.stderr)
            if code == 0:
                mark.touch()
            else:
                wrong += 1
                print(text, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
