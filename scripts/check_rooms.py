"""Checks the floors of the house: reads file names from standard input.

A room includes only rooms below it; rooms on one floor do not know each other.
A library that only one room is to know is included by that room alone.
"""

import pathlib
import re
import sys

BASE = ['server/base']
CORE = BASE + ['server/core']

# What each folder may include beside itself. The longest prefix counts. `proto`
# stands for the headers generated from proto/.
FLOORS = {
    'server/base': [],
    'server/core': BASE,
    'server/config': CORE,
    'server/ledger': CORE,
    'server/sealing': CORE,
    'server/upstream': CORE,
    'server/identity': CORE,
    'server/web': CORE,
    'server/metrics': CORE,
    'server/messages': CORE + ['proto'],
    'server/rpc': CORE + ['server/identity', 'server/messages', 'proto'],
    'server/main': ['server', 'proto'],
    'client': BASE + ['proto'],
    # The operator's tool makes key rings, checks copies of ledgers, and explains
    # policies offline.
    'client/bursarctl': CORE + ['client', 'server/sealing', 'server/config',
                                'server/ledger', 'server/messages', 'proto'],
    'sandbox': BASE,
    # Benchmarks start the programs as the journeys do.
    'bench': ['server', 'client', 'sandbox', 'tests', 'proto'],
    'tests': ['server', 'client', 'sandbox', 'bench', 'proto'],
}

# An include or a phrase, where it may stand, and why. Tests may break in
# anywhere.
CONFINED = [
    (r'#include [<"]curl/', ['server/upstream/curl_'],
     'HTTP is spoken in one place'),
    (r'#include [<"]sqlite3\.h', ['server/ledger/database',
                                  'server/ledger/statement'],
     'SQL is spoken in one place'),
    (r'#include [<"]sodium', ['server/sealing/',
                              'server/upstream/authorization_url.cc'],
     'keys stay in the sealing room'),
    (r'#include [<"]p11-kit/', ['server/sealing/pkcs11_wrapper.cc'],
     'tokens are spoken to in one place'),
    (r'#include [<"]yaml-cpp/', ['server/config/'],
     'the core gets settings, not files'),
    (r'#include [<"]prometheus/', ['server/metrics/', 'server/main/'],
     'the core tells what happens, not how it is counted'),
    (r'#include [<"]grpcpp/', ['server/rpc/', 'server/main/', 'client/',
                               'bench/'],
     'the core is free of gRPC, and thread sanitizer can see into it'),
    (r'\babsl::Now\(', ['server/base/clock.cc'],
     'time comes from a Clock, or from the caller'),
]

# Nowhere at all.
BANNED = [
    (r'\bstd::string_view\b(?!\()',
     "abseil's own string_view is another type; convert only at another "
     "library's door"),
    (r'\b(TODO|FIXME|NOLINT)', 'do it now, or write an issue'),
    (r'\blog::(Debug|Info|Warning|Error|Write)\([^;]*\bExpose\(\)',
     'no secret enters a log line'),
]

INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def longest_prefix(path, prefixes):
    found = [p for p in prefixes if path.startswith(p + '/')]
    return max(found, key=len, default=None)


def room_of(include):
    if include.startswith(('bursar/v1/', 'google/rpc/')):
        return 'proto'
    return longest_prefix(include, FLOORS)


def line_of(text, position):
    return text.count('\n', 0, position) + 1


def check_floors(path, text):
    own = longest_prefix(path, FLOORS)
    for match in INCLUDE.finditer(text):
        room = room_of(match.group(1))
        if room is None or room == own:
            continue
        allowed = FLOORS.get(own, [])
        if room not in allowed and not longest_prefix(room, allowed):
            yield (line_of(text, match.start()),
                   f'{own} may not include {room} ({match.group(1)}); '
                   f'it may include: {", ".join(allowed) or "nothing"}')


def check_phrases(path, text):
    if not path.startswith('tests/'):
        for pattern, places, reason in CONFINED:
            if path.startswith(tuple(places)):
                continue
            for match in re.finditer(pattern, text):
                yield (line_of(text, match.start()),
                       f'"{match.group(0)}" belongs in {", ".join(places)} '
                       f'alone: {reason}')
    for pattern, reason in BANNED:
        for match in re.finditer(pattern, text):
            yield (line_of(text, match.start()),
                   f'"{match.group(0).splitlines()[0]}": {reason}')


def main():
    wrong = 0
    for path in sys.stdin.read().split('\n'):
        if not path or not pathlib.Path(path).is_file():
            continue
        text = pathlib.Path(path).read_text(encoding='utf-8')
        for line, message in (*check_floors(path, text),
                              *check_phrases(path, text)):
            print(f'{path}:{line}: {message}', file=sys.stderr)
            wrong += 1
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
