"""Opens pages of measurements (kindred evaluate … --report) in headless Chromium and uses them as a person does.

python evaluations.py [--pictures FOLDER] PAGE…: nothing may be asked of a network, nothing may go wrong in the console, no
page may be wider than its window; every figure, query and hit of the data must be there, and names that try to be markup
must stay text. Exits with 3 where no Chromium is."""
import json, pathlib, re, sys

sys.dont_write_bytecode = True
import browser

if browser.program() is None:
    sys.exit(3)

LARGEST = 5_000_000
WIDTHS = {"wide": 1920, "usual": 1280, "narrow": 360}


def data(path):
    text = path.read_text()
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.S).group(1))


def texts(page, selector):
    return page.evaluate(f"[...document.querySelectorAll({json.dumps(selector)})].map(each => each.textContent)")


def figures(page, report):
    """Every figure stands in the table, and its mark on the axis where its interval is."""
    count = sum(value is not None for row in report["rows"] for value in row["values"])
    shown = texts(page, ".measured td strong")
    assert len(shown) == count, f"{len(shown)} of {count} figures"
    first = report["rows"][0]["values"][0]
    assert abs(float(shown[0].replace(",", "")) - first) < .06, (shown[0], first)
    intervals = sum(each is not None for row in report["rows"] for each in row["intervals"])
    assert page.evaluate("document.querySelectorAll('.whisker i').length") == intervals, "a bar an interval"
    inside = page.evaluate("[...document.querySelectorAll('.whisker')].every(each => [...each.children].every(mark => "
                           "mark.getBoundingClientRect().left >= each.getBoundingClientRect().left - 2 && "
                           "mark.getBoundingClientRect().right <= each.getBoundingClientRect().right + 2))")
    assert inside, "marks lie on their axes"


def groups(page, report):
    """Every query with what was found for it, in its order, what is right marked as such."""
    for number, group in enumerate(report["groups"], 1):
        part = f"#found-{number}"
        assert texts(page, f"{part} h2") == [group["title"]]
        rows = page.evaluate(f"[...document.querySelectorAll('{part} .answers')].map(row => "
                             "[row.querySelector('.query').textContent, row.querySelectorAll('.hits li:not(.gap)').length, "
                             "row.querySelectorAll('.mark.right').length])")
        assert len(rows) == len(group["rows"]), f"{len(rows)} of {len(group['rows'])} queries"
        for (words, hits, right), row in zip(rows, group["rows"]):
            assert row.get("text") is None or row["text"] in words, f"{row['text']!r} is missing in {words!r}"
            assert row.get("note") is None or row["note"] in words, f"{row['note']!r} is missing in {words!r}"
            wanted = 1 if row.get("wanted") else 0
            assert hits == len(row["hits"]) + wanted
            assert right == sum(hit.get("isRight") is True for hit in row["hits"]) + wanted


def classes(page, report):
    """Points at a confusion and presses it for its pictures."""
    own = report["classes"][0]["figures"]
    wrong = [cell for cell in own["cells"] if cell["truth"] != cell["guess"]]
    if not wrong or not page.evaluate("!!document.querySelector('.matrix')"):
        return
    cell = max(wrong, key=lambda cell: cell["count"])
    place = f".matrix tbody tr:nth-child({cell['truth'] + 1}) td:nth-of-type({cell['guess'] + 1})"
    page.evaluate(f"document.querySelector({json.dumps(place)}).scrollIntoView({{block: 'center', inline: 'center', behavior: 'instant'}})")
    page.settle()
    x, y = page.evaluate(f"(box => [box.left + box.width / 2, box.top + box.height / 2])"
                         f"(document.querySelector({json.dumps(place)}).getBoundingClientRect())")
    page.move(x, y)
    page.move(x, y, "mousePressed", button="left", buttons=1, clickCount=1)
    page.move(x, y, "mouseReleased", button="left", clickCount=1)
    page.settle()
    words = texts(page, ".readings-line")[0]
    names = own["classes"]
    assert names[cell["truth"]] in words and names[cell["guess"]] in words and f": {cell['count']} of " in words, words
    shown = page.evaluate("document.querySelectorAll('.cell-pictures .thumbnail').length")
    assert shown == len(cell["items"]) > 0, f"{shown} pictures of {len(cell['items'])}"
    runs = page.evaluate("[...document.querySelectorAll('#classes select option')].map(each => each.value)")
    assert len(runs) == (len(report["classes"]) if len(report["classes"]) > 1 else 0)
    for run in runs[1:]:
        page.evaluate(f"(select => {{ select.value = '{run}'; select.dispatchEvent(new Event('change')); }})"
                      "(document.querySelector('#classes select'))")
        assert report["classes"][int(run)]["name"] in texts(page, "#classes p")[0]


def check(path, folder):
    report = data(path)
    size = path.stat().st_size
    assert size <= LARGEST, f"{size} bytes are more than {LARGEST}"
    with browser.Browser() as page:
        for name, width in WIDTHS.items():
            for dark in (False, True):
                page.open(path, width, 900, dark=dark)
                wide, there = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                assert wide <= width and there <= width, f"the page is {max(wide, there)} wide in a window of {width}"
                if folder:
                    page.evaluate("new Promise(done => setTimeout(done, 300))")
                    page.screenshot(folder / f"{path.stem}-{name}-{'dark' if dark else 'light'}.png")
        page.open(path, 1280, 900)
        assert page.evaluate("document.querySelector('h1').textContent") == page.evaluate("document.title") == report["title"]
        assert page.evaluate("document.querySelectorAll('script').length") == 2, "a script that is not ours"
        assert not page.evaluate("document.querySelectorAll('iframe, object, embed, form, base').length")
        figures(page, report)
        groups(page, report)
        if report["classes"]:
            classes(page, report)
        page.settle()
        assert not page.errors, page.errors
        assert not page.requests, page.requests
        assert page.evaluate("typeof lost") == "undefined", "text from the data ran as a script"
    queries = sum(len(group["rows"]) for group in report["groups"])
    print(f"{path}: {size:,} bytes, {len(report['rows'])} rows of figures, {queries} queries: shown, used, and silent")


arguments = sys.argv[1:]
folder = None
if arguments[:1] == ["--pictures"]:
    folder = pathlib.Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    arguments = arguments[2:]
for argument in map(pathlib.Path, arguments):
    check(argument, folder)
