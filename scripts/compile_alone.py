"""Compiles each file by itself, on all cores, and keeps nothing of it:
compile_alone.py BUILD, file names on standard input. BUILD must not combine
files, and must hold the generated headers.
"""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def compile_alone(entry):
    arguments = shlex.split(entry['command'])
    compiler = next(i for i, a in enumerate(arguments)
                    if not a.endswith('ccache'))
    output = arguments.index('-o')
    command = (arguments[compiler:output] + arguments[output + 2:] +
               ['-fsyntax-only'])
    return subprocess.run(command, cwd=entry['directory'], text=True,
                          stderr=subprocess.PIPE, check=False)


def main():
    root, build = pathlib.Path.cwd(), pathlib.Path(sys.argv[1])
    wanted = {path for path in sys.stdin.read().split()
              if pathlib.Path(path).is_file()}
    # A file of several targets is compiled once.
    entries = {
        os.path.relpath(entry['file'], root): entry
        for entry in json.loads((build / 'compile_commands.json').read_text())
    }
    for path in sorted(wanted - entries.keys()):
        print(f'{path}: no target compiles it', file=sys.stderr)
    wrong = bool(wanted - entries.keys())
    found = sorted(wanted & entries.keys())

    print(f'   {len(found)} files to compile', file=sys.stderr)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = pool.map(compile_alone, [entries[path] for path in found])
        for number, (path, done) in enumerate(zip(found, runs), start=1):
            if number % 50 == 0:
                print(f'   [{number}/{len(found)}]', file=sys.stderr)
            if done.returncode:
                wrong = True
                print(f'{path}:\n{done.stderr}', file=sys.stderr)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
