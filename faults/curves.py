"""Curves over minutes as SVG."""

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 220, 56, 28
COLORS = ("#1f77b4", "#d62728", "#2ca02c")


def drawn(curves):
    """SVG of memory by the names of processes, each a list of (minute, MiB)."""
    most = max(y for curve in curves.values() for _, y in curve) * 1.1
    last = max(x for curve in curves.values() for x, _ in curve)
    def place(x, y):
        return f"{LEFT + x / last * (WIDTH - LEFT - 90):.1f},{HEIGHT - BOTTOM - y / most * (HEIGHT - BOTTOM - 10):.1f}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<polyline fill="none" stroke="#888" points="{place(0, most)} {place(0, 0)} {place(last, 0)}"/>',
        f'<text x="4" y="20">{most:.0f} MiB</text><text x="{LEFT}" y="{HEIGHT - 8}">0</text>',
        f'<text x="{WIDTH - 150}" y="{HEIGHT - 8}">{last:.0f} minutes</text>']
    for (name, curve), color in zip(curves.items(), COLORS):
        parts.append(f'<polyline fill="none" stroke="{color}" points="{" ".join(place(*point) for point in curve)}"/>')
        x, y = place(*curve[-1]).split(",")
        parts.append(f'<text x="{float(x) + 6:.0f}" y="{y}" fill="{color}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
