"""Lists in docs/providers.md what is known of the products, and which test puts
it to broker and sandbox: provider_lines.py [--check]. Each test below
tests/journey/products says above itself which line it is for ("// Line: …").
"""

import pathlib
import re
import sys

TESTS = pathlib.Path('tests/journey/products')
PAGE = pathlib.Path('docs/providers.md')
BEGIN = '<!-- made by scripts/provider_lines.py -->\n'
END = '<!-- until here -->\n'
TEST = re.compile(r'((?:^//.*\n)*)^TEST_[PF]\((\w+), (\w+)\)', re.MULTILINE)


def line_of(comment):
    """The text after "Line:", or nothing."""
    text = ' '.join(part.removeprefix('//').strip()
                    for part in comment.splitlines())
    return text.removeprefix('Line: ') if text.startswith('Line: ') else ''


def rows():
    """A table row for each test; complains of those without a line."""
    found, missing = [], []
    for path in sorted(TESTS.glob('*_test.cc')):
        for comment, suite, test in TEST.findall(path.read_text()):
            text = line_of(comment)
            if text:
                found.append(f'| {text} | `{suite}.{test}` |')
            else:
                missing.append(f'{path}: {suite}.{test} says no line')
    return found, missing


def main():
    found, missing = rows()
    if missing:
        sys.exit('\n'.join(missing))
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    table = '\n'.join(['| line | test |', '|---|---|'] + found) + '\n'
    made = before + BEGIN + table + END + after
    if '--check' not in sys.argv:
        PAGE.write_text(made)
    elif made != page:
        sys.exit(f'{PAGE} is out of date: run scripts/provider_lines.py')


if __name__ == '__main__':
    main()
