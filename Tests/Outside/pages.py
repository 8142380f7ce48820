"""Opens reports in headless Chromium and uses them as a person does.

python pages.py [--pictures FOLDER] PAGE…: nothing may be asked of a network, nothing may go wrong in the console, no page
may be wider than its window, and the map must show what is pointed at. Pages whose data tries to be markup must stay
text. Exits with 3 where no Chromium is."""
import json, os, pathlib, re, sys

sys.dont_write_bytecode = True
import browser

if browser.program() is None:
    sys.exit(3)

LARGEST = 5_000_000
WIDTHS = {"wide": 1920, "usual": 1280, "narrow": 360}


def data(path):
    text = path.read_text()
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.S).group(1))


def middle(page, selector):
    """The middle of an element on the screen, scrolled to the middle of the window first."""
    page.evaluate(f"document.querySelector('{selector}').scrollIntoView({{block: 'center', behavior: 'instant'}})")
    page.settle()
    return page.evaluate(
        f"(box => [box.left + box.width / 2, box.top + box.height / 2])(document.querySelector('{selector}').getBoundingClientRect())")


def place(page, item):
    """Where the map draws an item, in the window."""
    return page.evaluate(f"(() => {{ const map = document.querySelector('.map canvas'), box = map.getBoundingClientRect(), "
                         f"[x, y] = map.placeOf({item}); return [box.left + x, box.top + y]; }})()")


def card(page):
    """The text of the map's card, or None while it is hidden."""
    return page.evaluate("(card => card.hidden ? null : card.innerText)(document.querySelector('.map-card'))")


def alone(page, count):
    """An item of the map with no other near it on the screen, so that it is what is pointed at."""
    places = page.evaluate(f"Array.from({{length: {count}}}, (_, i) => document.querySelector('.map canvas').placeOf(i))")

    def room(i):
        return min((places[i][0] - x) ** 2 + (places[i][1] - y) ** 2 for j, (x, y) in enumerate(places) if j != i)

    return max(range(count), key=room)


def curves(page, report):
    x, y = middle(page, "[data-figure=loss] svg")
    page.move(x, y)
    readings = page.evaluate("[...document.querySelectorAll('.readings')].map(each => each.innerText)")
    assert readings and all("step" in text for text in readings), f"not every chart follows the pointer: {readings}"
    shown = float(re.search(r"step\s*([\d,.]+)", readings[0]).group(1).replace(",", ""))
    last = max(curve["steps"][-1] for run in report["runs"] for curve in run["curves"] if curve["name"] == "loss")
    assert last * .3 <= shown <= last * .7, f"step {shown} of {last} is not in the middle"
    page.evaluate("document.querySelector('[data-figure=loss]').focus()")
    page.key("ArrowRight")
    after = page.evaluate("document.querySelector('[data-figure=loss] .readings').innerText")
    assert float(re.search(r"step\s*([\d,.]+)", after).group(1).replace(",", "")) > shown, "an arrow moves along the steps"
    page.key("Escape")
    before = page.evaluate("document.querySelector('[data-figure=rate] svg').innerHTML")
    page.evaluate("(box => { box.checked = true; box.dispatchEvent(new Event('change')); })"
                  "(document.querySelector('#curves input[type=checkbox]'))")
    assert page.evaluate("document.querySelector('[data-figure=rate] svg').innerHTML") != before, "a logarithmic axis"


def embeddings(page, report, name, folder):
    """Points at the map, zooms, drags, and goes over it by keys."""
    run = next(run for run in report["runs"] if run.get("map"))
    gallery, count = report["galleries"][run["gallery"]], len(run["map"]["x"])
    x, y = middle(page, ".map canvas")
    item = alone(page, count)
    page.move(*place(page, item))
    text = card(page)
    assert text and gallery["titles"][item] in text, f"{gallery['titles'][item]!r} is pointed at, the card says {text!r}"
    for labels in gallery["labels"]:
        label = labels["labels"][item]
        assert label is None or labels["classes"][label] in text, f"{labels['name']} is missing in {text!r}"
    assert page.evaluate("document.querySelectorAll('.map-card .thumbnail').length") == 1 + len(run["map"]["near"][item])
    box = page.evaluate("(a => (b => [a.left >= b.left, a.right <= b.right, a.top >= b.top, a.bottom <= b.bottom])"
                        "(document.querySelector('.map').getBoundingClientRect()))"
                        "(document.querySelector('.map-card').getBoundingClientRect())")
    assert all(box), "the card lies within the map"
    if folder:
        page.screenshot(folder / f"{name}-map.png", whole=False)

    # What is under the pointer stays there, and everything else moves away from it.
    at, other = place(page, item), (item + 1) % count
    before = place(page, other)
    page.move(*at, kind="mouseWheel", deltaX=0, deltaY=-120)
    page.settle()
    now, after = place(page, item), place(page, other)
    assert abs(now[0] - at[0]) < .5 and abs(now[1] - at[1]) < .5, "the map zooms about the pointer"
    ratio = (after[0] - now[0]) / (before[0] - at[0])
    assert ratio > 1.1, f"zoomed by {ratio}"
    page.move(x, y)
    assert page.evaluate("(map => map.getContext('2d').getImageData(0, 0, map.width, map.height).data.some(value => value > 0))"
                         "(document.querySelector('.map canvas'))"), "the map is drawn"

    start = place(page, item)
    page.move(x, y, "mousePressed", button="left", buttons=1, clickCount=1)
    page.move(x + 40, y + 25, buttons=1)
    page.move(x + 40, y + 25, "mouseReleased", button="left", clickCount=1)
    end = place(page, item)
    assert abs(end[0] - start[0] - 40) < 1 and abs(end[1] - start[1] - 25) < 1, f"dragged from {start} to {end}"

    page.evaluate("document.querySelector('.map canvas').focus({preventScroll: true})")
    page.key("0")
    page.move(5, 5)
    page.key("ArrowRight")
    first = card(page)
    page.key("ArrowLeft")
    assert first and card(page) and first != card(page), "arrows go from picture to picture"
    page.key("Escape")
    assert card(page) is None
    for choice in page.evaluate("[...document.querySelectorAll('#map select option')].map(option => option.value)"):
        page.evaluate(f"(select => {{ select.value = '{choice}'; select.dispatchEvent(new Event('change')); }})"
                      f"([...document.querySelectorAll('#map select')].at(-1))")


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
                light = sum(page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"))
                assert (light < 150) == dark, "the colours of the paper follow the system's"
                if folder:
                    page.evaluate("new Promise(done => setTimeout(done, 300))")
                    page.screenshot(folder / f"{path.parent.name}-{name}-{'dark' if dark else 'light'}.png")
        page.open(path, 1280, 900)
        assert page.evaluate("document.title") == report["title"]
        assert page.evaluate("document.querySelector('h1').textContent") == report["title"]
        # Links may lead to parts of the page alone, scripts are the two that we wrote, pictures are inside.
        assert page.evaluate("document.querySelectorAll('script').length") == 2, "a script that is not ours"
        assert page.evaluate("[...document.querySelectorAll('a')].every(a => a.getAttribute('href').startsWith('#'))")
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert not page.evaluate("document.querySelectorAll('iframe, object, embed, form, base').length")
        curves(page, report)
        if any(run.get("map") for run in report["runs"]):
            embeddings(page, report, path.parent.name, folder)
        page.settle()
        assert not page.errors, page.errors
        assert not page.requests, page.requests
        assert page.evaluate("typeof lost") == "undefined", "text from the data ran as a script"
    pictures = sum(len(gallery["titles"]) for gallery in report["galleries"])
    print(f"{path}: {size:,} bytes, {len(report['runs'])} runs, {pictures} pictures: shown, used, and silent")


arguments = sys.argv[1:]
folder = None
if arguments[:1] == ["--pictures"]:
    folder = pathlib.Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    arguments = arguments[2:]
for argument in map(pathlib.Path, arguments):
    check(argument, folder)
