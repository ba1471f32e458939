"""Checks that each test which a document names is there: named_tests.py FILE...
A name is `Suite.Test` in backticks, or `Suite.*` for a whole suite; a suite of
parameterized tests is named without its prefix.
"""

import pathlib
import re
import sys

TEST = re.compile(r'^(?:TEST|TEST_F|TEST_P|TYPED_TEST)\((\w+),\s*(\w+)\)',
                  re.MULTILINE)
NAME = re.compile(r'`([A-Z]\w*)\.([A-Z]\w*|\*)`')


def known():
    """Suite and test of each test below tests/, and each suite with '*'."""
    found = set()
    for path in pathlib.Path('tests').rglob('*.cc'):
        if 'node_modules' in path.parts:
            continue
        for suite, test in TEST.findall(path.read_text(encoding='utf-8')):
            found.update({(suite, test), (suite, '*')})
    return found


def main():
    tests = known()
    missing = 0
    for page in sys.argv[1:]:
        named = NAME.findall(pathlib.Path(page).read_text(encoding='utf-8'))
        if not named:
            sys.exit(f'{page} names no test')
        for suite, test in sorted(set(named) - tests):
            print(f'{page}: there is no test {suite}.{test}', file=sys.stderr)
            missing += 1
    sys.exit(1 if missing else 0)


if __name__ == '__main__':
    main()
