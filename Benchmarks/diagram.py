"""Diagrams with both axes logarithmic, as SVG: a straight line of slope 1 is growth in proportion. Needs no package."""

import math
import pathlib

WIDTH, HEIGHT, LEFT, TOP, GAP = 320, 300, 62, 46, 84


def digits(value):
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def stroke(color, dashed):
    return f'stroke="{color}" stroke-width="2"' + (' stroke-dasharray="5 4"' if dashed else "")


def panel(index, title, label, values, curves):
    """One diagram of several side by side.

    values: what stands at the x axis, as texts; curves: ({value: y}, color, dashed) each, not every value in each.
    """
    x = index * (WIDTH + GAP)
    heights = [y for curve, _, _ in curves for y in curve.values()]
    low, high = math.floor(math.log10(min(heights))), math.ceil(math.log10(max(heights)))
    first, last = math.log2(float(values[0])), math.log2(float(values[-1]))

    def place(value, y):
        return (x + LEFT + (math.log2(float(value)) - first) / (last - first) * (WIDTH - 20) + 10,
                TOP + HEIGHT - (math.log10(y) - low) / (high - low) * HEIGHT)

    parts = [f'<text x="{x + LEFT}" y="{TOP - 14}" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        y = place(values[0], 10**power)[1]
        parts.append(f'<path d="M{x + LEFT} {y:.1f}h{WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{x + LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for value in values:
        parts.append(f'<text x="{place(value, 1)[0]:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{value}</text>')
    parts.append(f'<text x="{x + LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">{label}</text>')
    for curve, color, dashed in curves:
        points = " ".join("{:.1f},{:.1f}".format(*place(value, curve[value])) for value in values if value in curve)
        parts.append(f'<polyline points="{points}" fill="none" {stroke(color, dashed)}/>')
    return parts


def legend(entries):
    """Below the diagrams: (name, color, dashed, the room that it takes) each."""
    parts, x, y = [], LEFT, TOP + HEIGHT + 66
    for name, color, dashed, room in entries:
        parts.append(f'<path d="M{x} {y - 4}h22" {stroke(color, dashed)}/><text x="{x + 28}" y="{y}">{name}</text>')
        x += room
    return parts


def write(name, panels, parts):
    """Writes an SVG file beside this one, for a number of panels."""
    width = panels * WIDTH + (panels - 1) * GAP + LEFT + 14
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 84}" '
            'font-family="sans-serif" font-size="12" fill="#222">', '<rect width="100%" height="100%" fill="#fff"/>']
    (pathlib.Path(__file__).parent / name).write_text("\n".join(head + parts + ["</svg>"]) + "\n")
